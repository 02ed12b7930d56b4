"""Who may see a job: whoever asked for it, and administrators. A job the clock asked for is seen by administrators only."""

from uuid import UUID

from zhibao.apps.organs.models import Person, Role
from zhibao.apps.work.errors import NoSuchJob
from zhibao.apps.work.models import Job


def may_see_job(person: Person, job: Job) -> bool:
    """Return whether ``person`` may see ``job``."""
    return job.asked_by_id == person.pk or person.has_role(Role.ADMIN)


def access_job(person: Person, job_id: UUID) -> Job:
    """Return the job; raises NoSuchJob if there is none or it may not be seen."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not may_see_job(person, job):
        raise NoSuchJob(where="id", id=str(job_id))
    return job
