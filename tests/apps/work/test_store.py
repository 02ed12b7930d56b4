"""The queue's steps one by one: each changes what it says, and only for whoever holds the lease."""

from datetime import timedelta

import pytest

from zhibao.apps.work import store
from zhibao.apps.work.errors import AlreadyAsked
from zhibao.apps.work.kinds import KINDS, Recurring
from zhibao.apps.work.models import Job, KeptAnswer, Schedule

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)
KIND = "tidy"


def ask(now, key="", **data):
    return store.add_job(kind=KIND, data=data, key=key, asked_by=None, now=now)


def take(now, worker="w1"):
    return store.take_job(worker=worker, now=now, lease=LEASE, kinds=[KIND])


def test_the_job_that_waited_longest_is_taken_first(now):
    late = ask(now, n=2)
    early = ask(now - timedelta(minutes=1), n=1)
    assert [take(now).pk, take(now).pk, take(now)] == [early.pk, late.pk, None]


def test_a_job_of_another_kind_is_left(now):
    store.add_job(kind="sweep", data={}, key="", asked_by=None, now=now)
    assert take(now) is None


def test_a_job_is_not_taken_before_its_time(now):
    job = take(now) if ask(now) else None
    assert store.retry_job_later(job_id=job.pk, lease=job.lease, problem={}, at=now + timedelta(seconds=5))
    assert take(now + timedelta(seconds=4)) is None
    assert take(now + timedelta(seconds=5)).attempts == 2


def test_a_running_job_is_taken_again_only_after_its_lease(now):
    ask(now)
    first = take(now)
    assert take(now + LEASE) is None
    second = take(now + LEASE + timedelta(seconds=1), worker="w2")
    assert (second.pk, second.lease, second.worker) == (first.pk, first.lease + 1, "w2")


def test_who_lost_the_lease_cannot_report(now):
    ask(now)
    old = take(now)
    later = now + 2 * LEASE
    new = take(later, worker="w2")
    assert not store.hold_job(job_id=old.pk, lease=old.lease, until=later)
    assert not store.finish_job(job_id=old.pk, lease=old.lease, result={"by": "w1"}, now=later)
    assert not store.fail_job(job_id=old.pk, lease=old.lease, problem={}, now=later)
    assert not store.retry_job_later(job_id=old.pk, lease=old.lease, problem={}, at=later)
    assert store.finish_job(job_id=new.pk, lease=new.lease, result={"by": "w2"}, now=later)
    assert Job.objects.get().result == {"by": "w2"}


def test_a_job_is_acknowledged_once(now):
    ask(now)
    job = take(now)
    assert store.finish_job(job_id=job.pk, lease=job.lease, result=1, now=now)
    assert not store.finish_job(job_id=job.pk, lease=job.lease, result=2, now=now)
    assert Job.objects.get().result == 1


def test_holding_notes_how_far_the_job_came(now):
    ask(now)
    job = take(now)
    assert store.hold_job(job_id=job.pk, lease=job.lease, until=now + 2 * LEASE, done=3, total=9)
    kept = Job.objects.get()
    assert (kept.done, kept.total, kept.lease_until) == (3, 9, now + 2 * LEASE)
    assert store.hold_job(job_id=job.pk, lease=job.lease, until=now + 3 * LEASE)
    assert Job.objects.get().done == 3


def test_a_job_that_kills_its_workers_is_given_up(now):
    ask(now)
    for turn in range(KINDS[KIND].tries):
        assert take(now + turn * 2 * LEASE) is not None
    assert take(now + KINDS[KIND].tries * 2 * LEASE) is None
    kept = Job.objects.get()
    assert (kept.state, kept.problem["code"]) == ("failed", "worker-lost")
    assert "4" in kept.problem["zh"] and "4" in kept.problem["en"]


def test_of_one_key_only_one_job_is_open(now):
    job = ask(now, key="feed-1")
    with pytest.raises(AlreadyAsked):
        ask(now, key="feed-1")
    ask(now + timedelta(seconds=1), key="feed-2")
    taken = take(now)
    assert taken.pk == job.pk
    with pytest.raises(AlreadyAsked):
        ask(now, key="feed-1")
    store.finish_job(job_id=taken.pk, lease=taken.lease, result=None, now=now)
    assert ask(now, key="feed-1").pk != job.pk


def test_jobs_without_a_key_may_be_many(now):
    ask(now)
    ask(now)
    assert Job.objects.count() == 2


def test_a_recurring_job_is_asked_for_once_a_slot(now):
    hourly = Recurring("hourly", KIND, every=timedelta(hours=1))
    assert not store.ask_recurring(hourly, now=now)  # first seen: only noted
    assert not store.ask_recurring(hourly, now=now + timedelta(minutes=59))
    assert store.ask_recurring(hourly, now=now + timedelta(hours=1))
    assert not store.ask_recurring(hourly, now=now + timedelta(hours=1))
    assert Job.objects.count() == 1


def test_slots_slept_through_are_not_made_up(now):
    hourly = Recurring("hourly", KIND, every=timedelta(hours=1))
    store.ask_recurring(hourly, now=now)
    later = now + timedelta(days=3)
    assert store.ask_recurring(hourly, now=later)
    assert not store.ask_recurring(hourly, now=later + timedelta(minutes=1))
    assert Schedule.objects.get().next_at == later + timedelta(hours=1)


def test_a_recurring_job_still_at_it_is_not_asked_for_again(now):
    hourly = Recurring("hourly", KIND, every=timedelta(hours=1))
    store.ask_recurring(hourly, now=now)
    assert store.ask_recurring(hourly, now=now + timedelta(hours=1))
    assert not store.ask_recurring(hourly, now=now + timedelta(hours=2))
    assert Job.objects.count() == 1


def test_what_ran_out_is_dropped_and_failures_stay(now):
    for state, days in (("done", 40), ("done", 1), ("failed", 40)):
        job = ask(now)
        Job.objects.filter(pk=job.pk).update(state=state, ended_at=now - timedelta(days=days))
    assert store.drop_ended(before=now - timedelta(days=30), now=now) == {"jobs": 1, "answers": 0, "tallies": 0}
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "failed"]
    assert not KeptAnswer.objects.exists()
