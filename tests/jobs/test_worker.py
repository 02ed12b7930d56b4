"""One worker in this process: what becomes of a job that ends well, badly, too often, or under a lost lease."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from zhibao.apps.work import store
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job
from zhibao.jobs.worker import Worker, worker_name
from zhibao.kernel.errors import BadInput, Conflict

pytestmark = pytest.mark.django_db


class Faster(Conflict):
    code = "test-faster"
    zh = "{who}先记了。"
    en = "{who} was faster."


class Wrong(BadInput):
    code = "test-wrong"
    zh = "不对。"
    en = "Wrong."


class Hands:
    """A clock that is moved by hand."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, **length):
        self.now += timedelta(**length)


@pytest.fixture
def clock(now):
    return Hands(now)


def worker(clock, task):
    return Worker(clock=clock, name="w1", tasks={"tidy": task})


def ask(now, **data):
    return store.add_job(kind="tidy", data=data, key="", asked_by=None, now=now)


def test_a_job_that_ends_well_keeps_its_result(clock, now):
    ask(now, n=7)
    assert worker(clock, lambda hold: {"n": hold.data["n"], "by": hold.asked_by}).run_until_idle() == 1
    job = Job.objects.get()
    assert (job.state, job.result, job.worker, job.ended_at) == ("done", {"n": 7, "by": None}, "w1", now)


def test_a_failing_job_is_tried_again_later_each_time_and_then_kept_with_its_error(clock, now):
    ask(now)

    def fails(hold):
        raise Faster(who="李松")

    tried, waits = worker(clock, fails), []
    while Job.objects.get().state != "failed":
        before = clock.now
        while not tried.run_one():
            clock.move(seconds=1)
        waits.append((clock.now - before).total_seconds())
    job = Job.objects.get()
    assert waits == [0, 5, 10, 20]
    assert job.attempts == KINDS["tidy"].tries
    assert (job.problem["code"], job.problem["zh"], job.problem["en"]) == (
        "test-faster",
        "李松先记了。",
        "李松 was faster.",
    )


def test_what_the_asker_got_wrong_is_not_tried_again(clock, now):
    ask(now)

    def fails(hold):
        raise Wrong(where="行 3")

    worker(clock, fails).run_until_idle()
    job = Job.objects.get()
    assert (job.state, job.attempts, job.problem["where"]) == ("failed", 1, "行 3")


def test_a_fault_of_the_program_is_kept_without_its_words(clock, now, caplog):
    ask(now)
    worker(clock, lambda hold: 1 // 0).run_one()
    job = Job.objects.get()
    assert (job.state, job.problem["code"]) == ("waiting", "job-fault")
    assert "ZeroDivisionError" in job.problem["en"]
    assert "ZeroDivisionError" in caplog.text


def test_progress_is_noted_and_tells_the_task_when_its_lease_is_gone(clock, now):
    ask(now)
    seen = []

    def task(hold):
        hold.advance(1, 2)
        seen.append((Job.objects.get().done, Job.objects.get().total))
        Job.objects.update(lease=9)
        hold.advance(2, 2)
        seen.append("went on")

    assert worker(clock, task).run_one()
    assert seen == [(1, 2)]
    assert (Job.objects.get().state, Job.objects.get().result) == ("running", None)


def test_a_result_under_a_lost_lease_is_not_acknowledged(clock, now, caplog):
    ask(now)
    worker(clock, lambda hold: Job.objects.update(lease=9)).run_one()
    assert Job.objects.get().state == "running"
    assert "not acknowledged" in caplog.text


def test_the_clock_asks_for_recurring_jobs(clock):
    idle = worker(clock, lambda hold: None)
    assert not idle.run_one()
    clock.move(hours=24)
    assert idle.run_one()
    assert set(Job.objects.values_list("kind", flat=True)) == {"sweep", "screen-feed", "tidy"}


def test_a_database_that_is_away_is_waited_for(clock, monkeypatch, caplog):
    waiting = Worker(clock=clock, poll=timedelta(0), tasks={})
    answers = [OperationalError("away"), None]

    def take_job(**_):
        answer = answers.pop(0)
        if answer:
            raise answer
        waiting.stop()

    monkeypatch.setattr("zhibao.jobs.worker.close_old_connections", lambda: None)  # the test's own transaction
    monkeypatch.setattr(store, "take_job", take_job)
    waiting.run()
    assert answers == []
    assert "does not answer" in caplog.text


def test_a_worker_is_named_after_host_and_process():
    import os

    assert worker_name().endswith(f":{os.getpid()}")
