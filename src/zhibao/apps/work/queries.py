"""Lists of jobs, and whether anybody is there to do them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from zhibao.apps.organs.models import Person, Role
from zhibao.apps.organs.paging import Page, page_of
from zhibao.apps.work.models import OPEN_STATES, Job, JobState

# A worker at rest looks every second, and one that died leaves its lease to run out: past this somebody must be told.
PATIENCE = timedelta(seconds=30)


def jobs(person: Person, *, state: str = "", kind: str = "", page: int = 1, size: int = 50) -> Page[Job]:
    """Return the jobs ``person`` asked for (administrators: all), newest first."""
    found = Job.objects.all()
    if not person.has_role(Role.ADMIN):
        found = found.filter(asked_by=person)
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return page_of(found, number=page, size=size)


def open_jobs(kind: str) -> Mapping[str, Job]:
    """Return the jobs of a kind that wait or run, by their key; there is at most one for each."""
    return {job.key: job for job in Job.objects.filter(kind=kind, state__in=OPEN_STATES).exclude(key="")}


def lies_unclaimed(job: Job, now: datetime) -> bool:
    """Tell whether a job could have been taken for half a minute, was not, and no worker is busy with another one."""
    due = job.run_after if job.state == JobState.WAITING else job.lease_until
    if job.state not in OPEN_STATES or due is None or now - due < PATIENCE:
        return False
    return not Job.objects.filter(state=JobState.RUNNING, lease_until__gte=now).exists()
