"""Several people in the same instant: real threads, each with its own connection."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(*calls):
    """Run the calls in threads that start together; return what each returned or raised."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            gate.wait()
            return call()
        except Exception as error:  # noqa: BLE001  # the test looks at whatever was raised
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
