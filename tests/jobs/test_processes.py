"""Workers as real processes: one is killed in the middle of a job, two share a queue, one is asked to stop."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.jobs.database import ROOT, own_database

PLAYGROUND = [sys.executable, str(Path(__file__).with_name("playground.py"))]
PATIENCE = 40  # seconds, on a machine that does much else


@pytest.fixture
def installation(tmp_path):
    with own_database(tmp_path) as environment:
        yield environment


def run(installation, *words):
    done = subprocess.run(
        [*PLAYGROUND, *words], env=installation, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(installation, *words):
    return subprocess.Popen(
        [*PLAYGROUND, *words], env=installation, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def read(trail):
    return [json.loads(line) for line in trail.read_text().splitlines()] if trail.exists() else []


def until(condition):
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)


def jobs(installation):
    return json.loads(run(installation, "show"))


def test_a_job_whose_worker_was_killed_is_done_by_the_next_and_acknowledged_once(installation, tmp_path):
    trail = tmp_path / "trail"
    run(installation, "ask", "1")
    first = start(installation, "work", str(trail), "2", "60")
    until(lambda: len(read(trail)) == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert jobs(installation) == [{"state": "running", "lease": 1, "attempts": 1, "result": None}]
    second = start(installation, "work", str(trail), "2", "0")
    until(lambda: jobs(installation)[0]["state"] == "done")
    second.terminate()
    assert second.wait(PATIENCE) == 0
    assert [line["what"] for line in read(trail)] == ["began", "began", "ended"]
    assert jobs(installation) == [{"state": "done", "lease": 2, "attempts": 2, "result": {"pid": second.pid}}]


def test_two_workers_never_hold_one_job_at_the_same_time(installation, tmp_path):
    trail = tmp_path / "trail"
    run(installation, "ask", "24")
    both = [start(installation, "work", str(trail), "30", "0.1", "until-idle") for _ in range(2)]
    assert [worker.wait(PATIENCE) for worker in both] == [0, 0]
    lines = read(trail)
    assert sorted(line["n"] for line in lines if line["what"] == "began") == list(range(24))
    assert {job["state"] for job in jobs(installation)} == {"done"}
    assert {job["lease"] for job in jobs(installation)} == {1}
    assert {line["pid"] for line in lines} == {worker.pid for worker in both}


def test_a_long_job_keeps_its_lease_by_the_beat(installation, tmp_path):
    trail = tmp_path / "trail"
    run(installation, "ask", "1")
    slow = start(installation, "work", str(trail), "1", "4", "until-idle")
    until(lambda: len(read(trail)) == 1)
    other = start(installation, "work", str(trail), "1", "0")
    assert slow.wait(PATIENCE) == 0
    other.terminate()
    other.wait(PATIENCE)
    assert [line["what"] for line in read(trail)] == ["began", "ended"]
    assert jobs(installation)[0]["lease"] == 1


def test_a_worker_asked_to_stop_finishes_the_job_in_hand_and_takes_no_other(installation, tmp_path):
    trail = tmp_path / "trail"
    run(installation, "ask", "2")
    worker = start(installation, "work", str(trail), "30", "1")
    until(lambda: len(read(trail)) == 1)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert [line["what"] for line in read(trail)] == ["began", "ended"]
    assert sorted(job["state"] for job in jobs(installation)) == ["done", "waiting"]
