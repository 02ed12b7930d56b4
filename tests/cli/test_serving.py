"""The server as a process: it answers, a worker runs beside it, and both end together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.house.source import ROOT
from tests.jobs.database import own_database
from zhibao.cli.serving import free_port, server


def test_a_port_in_use_gives_way_to_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in {0, port}
    assert free_port(port) == port
    assert free_port(port, "203.0.113.1") == port  # an address that is not ours: the server itself will say so


def test_the_server_is_made_for_the_application():
    made = server("127.0.0.1", 8181, 2)
    assert (made.target, made.bind_port, made.workers) == ("zhibao.project.wsgi:application", 8181, 2)


def children(pid):
    out = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [line for line in out.splitlines() if "zhibao.cli worker" in line]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("with_worker", [True, False])
def test_the_server_answers_and_ends_with_its_worker(tmp_path, with_worker):
    with own_database(tmp_path) as environment:
        port = free_port(8182)
        words = ["serve", "--port", str(port), "--with-worker" if with_worker else "--no-worker"]
        process = subprocess.Popen(
            [sys.executable, "-m", "zhibao.cli", *words],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            schema = patiently(
                lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/api/openapi.json", timeout=5).read()
            )
            assert b'"openapi"' in schema
            workers = children(process.pid)
            assert len(workers) == int(with_worker)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(40)
        for line in workers:
            assert not os.path.exists(f"/proc/{line.split()[0]}")


def patiently(ask):
    ends = time.monotonic() + 60
    while True:
        try:
            return ask()
        except OSError:
            assert time.monotonic() < ends, "the server did not answer"
            time.sleep(0.2)
