"""The second thread that lengthens a lease: while the job is ours, and not a moment longer."""

from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError

from zhibao.apps.work import store
from zhibao.apps.work.models import Job
from zhibao.jobs.hold import Hold, LeaseLost


@pytest.fixture
def job(db, now):
    store.add_job(kind="tidy", data={"n": 1}, key="", asked_by=None, now=now)
    return store.take_job(worker="w", now=now, lease=timedelta(seconds=1), kinds=["tidy"])


def hold(job, now, seconds=0.2):
    return Hold(job, clock=lambda: now, lease=timedelta(seconds=seconds))


def beats(monkeypatch, answers):
    """Let the lease be lengthened with these answers; return an event set when the last was given."""
    given, done = iter(answers), Event()

    def hold_job(**_):
        answer = next(given, answers[-1])
        if answer is answers[-1]:
            done.set()
        if isinstance(answer, Exception):
            raise answer
        return bool(answer)

    monkeypatch.setattr(store, "hold_job", hold_job)
    return done


def test_a_beat_that_meets_a_busy_database_is_followed_by_the_next(job, now, monkeypatch):
    done = beats(monkeypatch, [OperationalError("locked"), True, "last"])
    with hold(job, now) as held:
        assert done.wait(5)
        held.advance(1)


def test_a_beat_that_finds_the_lease_gone_tells_the_task(job, now, monkeypatch):
    done = beats(monkeypatch, [False])
    with hold(job, now) as held:
        assert done.wait(5)
        with pytest.raises(LeaseLost):
            held.advance(1)


def test_a_hold_tells_what_was_asked_when_and_by_whom(job, now):
    held = hold(job, now)
    assert (held.data, held.asked_at, held.now, held.asked_by) == ({"n": 1}, now, now, None)
    assert Job.objects.get().state == "running"
