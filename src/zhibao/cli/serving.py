"""The web server, and a worker beside it, as processes of one command.

Knows granian and the order in which processes start and end.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

APPLICATION = "zhibao.project.wsgi:application"
THREADS = 8  # requests answered at once by one process; each waits for the database most of its time
PATIENCE = 30.0  # seconds a worker may take to finish the job in hand


def serve(*, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve until interrupted, with a worker process beside when asked."""
    if not with_worker:
        server(host, port, workers).serve()
        return
    with worker_beside():
        server(host, port, workers).serve()


def server(host: str, port: int, workers: int) -> Granian:
    """Return the server, not started."""
    return Granian(
        APPLICATION, address=host, port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=THREADS
    )


@contextmanager
def worker_beside() -> Iterator[subprocess.Popen[bytes]]:
    """Run ``zhibao worker`` as a process while the block lasts; it finishes the job in hand before it ends."""
    process = subprocess.Popen([sys.executable, "-m", "zhibao.cli", "worker"], stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
