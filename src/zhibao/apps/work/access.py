"""Who may see a job: whoever asked for it, administrators, and of shared work everybody who may ask for the same.

A job the clock asked for follows the same rule: one that is not shared is seen by administrators only.
"""

from uuid import UUID

from zhibao.apps.organs.access import can
from zhibao.apps.organs.models import Person, Role
from zhibao.apps.work.errors import NoSuchJob
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job


def owns_job(person: Person, job: Job) -> bool:
    """Return whether ``person`` asked for ``job`` or runs the installation, and so may have it run again."""
    return job.asked_by_id == person.pk or person.has_role(Role.ADMIN)


def may_see_job(person: Person, job: Job) -> bool:
    """Return whether ``person`` may see ``job``."""
    kind = KINDS.get(job.kind)
    return owns_job(person, job) or (kind is not None and kind.shared and can(person, kind.deed))


def access_job(person: Person, job_id: UUID) -> Job:
    """Return the job; raises NoSuchJob if there is none or it may not be seen."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not may_see_job(person, job):
        raise NoSuchJob(where="id", id=str(job_id))
    return job
