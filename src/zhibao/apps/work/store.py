"""Taking jobs and reporting on them, on SQLite and PostgreSQL alike.

Every step is one UPDATE that names the state and the lease it expects and counts the rows it changed; nothing rests on
row locks, which SQLite lacks. Reading the queue under ``skip_locked`` only keeps PostgreSQL workers out of each other's way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from zhibao.apps.organs.models import Person
from zhibao.apps.work.errors import AlreadyAsked, WorkerLost
from zhibao.apps.work.kinds import KINDS, Json, Recurring
from zhibao.apps.work.models import OPEN_STATES, Job, JobState, KeptAnswer, Schedule, Tally
from zhibao.kernel.errors import ZhibaoError

Problem = dict[str, str]
LOOK_AHEAD = 5  # candidates read at once: enough to step over those another worker takes meanwhile


def add_job(*, kind: str, data: Mapping[str, Json], key: str, asked_by: Person | None, now: datetime) -> Job:
    """Store a job that waits; raises AlreadyAsked if an open one has the same kind and key."""
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, data=dict(data), key=key, asked_by=asked_by, asked_at=now, run_after=now
            )
    except IntegrityError as error:
        raise AlreadyAsked(where=kind) from error


def take_job(*, worker: str, now: datetime, lease: timedelta, kinds: Sequence[str]) -> Job | None:
    """Take the job that has waited longest, or one whose lease ran out; None if there is nothing to do."""
    give_up_lost_jobs(now=now, kinds=kinds)
    ready = Q(state=JobState.WAITING, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        candidates = Job.objects.select_for_update(skip_locked=True).filter(ready, kind__in=kinds)
        for found in candidates.order_by("run_after", "asked_at", "id")[:LOOK_AHEAD]:
            taken = Job.objects.filter(ready, pk=found.pk, lease=found.lease).update(
                state=JobState.RUNNING,
                lease=F("lease") + 1,
                attempts=F("attempts") + 1,
                lease_until=now + lease,
                worker=worker,
                started_at=now,
                done=0,
                total=None,
            )
            if taken:
                return Job.objects.select_related("asked_by").get(pk=found.pk)
    return None


def give_up_lost_jobs(*, now: datetime, kinds: Sequence[str]) -> int:
    """Fail the jobs whose worker vanished in the last attempt they had; return how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now, kind__in=kinds)
    given_up = 0
    for job in lost:
        if job.attempts >= KINDS[job.kind].tries:
            problem = problem_of(WorkerLost(where=job.worker, attempts=job.attempts))
            given_up += fail_job(job_id=job.pk, lease=job.lease, problem=problem, now=now)
    return given_up


def hold_job(*, job_id: UUID, lease: int, until: datetime, done: int | None = None, total: int | None = None) -> bool:
    """Lengthen the lease and note how far the job came; False if the lease is no longer ours."""
    change: dict[str, object] = {"lease_until": until}
    if done is not None:
        change |= {"done": done, "total": total}
    return bool(_held(job_id, lease).update(**change))


def finish_job(*, job_id: UUID, lease: int, result: Json, now: datetime) -> bool:
    """Acknowledge a job; False if the lease is no longer ours, and then nothing is changed."""
    change = {"state": JobState.DONE, "result": result, "problem": None, "ended_at": now, "lease_until": None}
    return bool(_held(job_id, lease).update(**change))


def retry_job_later(*, job_id: UUID, lease: int, problem: Problem, at: datetime) -> bool:
    """Put a job back into the queue for a later moment; False if the lease is no longer ours."""
    change = {"state": JobState.WAITING, "problem": problem, "run_after": at, "lease_until": None}
    return bool(_held(job_id, lease).update(**change))


def fail_job(*, job_id: UUID, lease: int, problem: Problem, now: datetime) -> bool:
    """Keep a job as failed with its problem; False if the lease is no longer ours."""
    change = {"state": JobState.FAILED, "problem": problem, "ended_at": now, "lease_until": None}
    return bool(_held(job_id, lease).update(**change))


def _held(job_id: UUID, lease: int) -> QuerySet[Job]:
    return Job.objects.filter(pk=job_id, lease=lease, state=JobState.RUNNING)


def ask_recurring(recurring: Recurring, *, now: datetime) -> bool:
    """Ask for a recurring job if it is due and nobody did; a first sight only notes when it is due. True if asked."""
    known, made = Schedule.objects.get_or_create(name=recurring.name, defaults={"next_at": recurring.next_after(now)})
    if made or known.next_at > now:
        return False
    with transaction.atomic():
        ours = Schedule.objects.filter(name=known.name, next_at=known.next_at)
        if not ours.update(next_at=recurring.next_after(now)):
            return False
        if Job.objects.filter(kind=recurring.kind, key=recurring.name, state__in=OPEN_STATES).exists():
            return False  # the last one is still at it; the next slot will ask again
        add_job(kind=recurring.kind, data=recurring.data, key=recurring.name, asked_by=None, now=now)
    return True


def drop_ended(*, before: datetime, now: datetime) -> dict[str, int]:
    """Delete jobs that were done before ``before``, kept answers that ran out and tallies whose hour is over; failed
    jobs stay.
    """
    jobs, _ = Job.objects.filter(state=JobState.DONE, ended_at__lt=before).delete()
    answers, _ = KeptAnswer.objects.filter(ends_at__lt=now).delete()
    tallies, _ = Tally.objects.filter(ends_at__lt=now).delete()
    return {"jobs": jobs, "answers": answers, "tallies": tallies}


def problem_of(error: ZhibaoError) -> Problem:
    """Return an error as it is kept with a job: its code, place, and sentences in both languages."""
    return {
        "code": error.code,
        "where": error.where,
        "zh": error.say("zh"),
        "en": error.say("en"),
        "hint_zh": error.hint("zh"),
        "hint_en": error.hint("en"),
    }
