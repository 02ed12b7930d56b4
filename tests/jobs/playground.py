"""Run as a process by the tests: asks for jobs, or works on them with a task that leaves a trail in a file.

playground.py ask N              put N jobs into the queue
playground.py work TRAIL LEASE PAUSE [until-idle]
playground.py show               print the jobs as JSON
"""

import json
import os
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from zhibao.apps.work import store  # noqa: E402
from zhibao.apps.work.models import Job  # noqa: E402
from zhibao.jobs.worker import Worker  # noqa: E402


def ask(count):
    for number in range(count):
        store.add_job(kind="tidy", data={"n": number}, key="", asked_by=None, now=timezone.now())


def work(trail, lease, pause, mode=""):
    def leave(what, hold):
        with open(trail, "a") as file:  # one short write with O_APPEND: lines of several processes do not mix
            file.write(json.dumps({"what": what, "n": hold.data["n"], "pid": os.getpid(), "at": time.time()}) + "\n")

    def slow(hold):
        leave("began", hold)
        time.sleep(float(pause))
        leave("ended", hold)
        return {"pid": os.getpid()}

    worker = Worker(
        clock=timezone.now, lease=timedelta(seconds=float(lease)), poll=timedelta(seconds=0.05), tasks={"tidy": slow}
    )
    worker.stop_on_signals()
    print("ready", flush=True)
    worker.run_until_idle() if mode else worker.run()


def show():
    print(
        json.dumps(
            [
                {"state": j.state, "lease": j.lease, "attempts": j.attempts, "result": j.result}
                for j in Job.objects.all()
            ]
        )
    )


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    {"ask": lambda: ask(int(words[0])), "work": lambda: work(*words), "show": show}[command]()
