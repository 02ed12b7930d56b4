"""Run a failed job again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.work.access import access_job, owns_job
from zhibao.apps.work.errors import AlreadyAsked, JobNotFailed, NoSuchJob
from zhibao.apps.work.models import Job, JobState


def run_again(*, actor: Person, job_id: UUID, now: datetime) -> Job:
    """Put a failed job back into the queue with all its attempts before it.

    Raises JobNotFailed where it did not fail, AlreadyAsked where the same was asked for anew meanwhile, NoSuchJob where
    somebody else asked for it: it is done in that person's name.
    """
    try:
        with transaction.atomic():
            job = access_job(actor, job_id)
            if not owns_job(actor, job):
                raise NoSuchJob(where="id", id=str(job_id))
            failed = Job.objects.filter(pk=job.pk, state=JobState.FAILED)
            if not failed.update(state=JobState.WAITING, attempts=0, run_after=now, ended_at=None):
                raise JobNotFailed(where=str(job_id), state=job.state)
            job.refresh_from_db()
    except IntegrityError as error:
        raise AlreadyAsked(where=str(job_id)) from error
    return job
