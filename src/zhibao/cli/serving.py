"""The web server, and a worker beside it, as processes of one command.

Knows granian and the order in which processes start and end.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian.constants import Interfaces
from granian.server import MPServer

APPLICATION = "zhibao.project.wsgi:application"
THREADS = 8  # requests answered at once by one process; each waits for the database most of its time
PATIENCE = 30.0  # seconds a worker may take to finish the job in hand


def free_port(wanted: int, host: str = "127.0.0.1") -> int:
    """Return ``wanted`` if nobody listens there, else any port that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


def serve(*, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve until interrupted, with a worker process beside when asked."""
    if not with_worker:
        server(host, port, workers).serve()
        return
    with worker_beside():
        server(host, port, workers).serve()


def server(host: str, port: int, workers: int) -> MPServer:
    """Return the server, not started."""
    return MPServer(
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
