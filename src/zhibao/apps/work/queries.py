"""Lists of jobs."""

from zhibao.apps.organs.models import Person, Role
from zhibao.apps.organs.paging import Page, page_of
from zhibao.apps.work.models import Job


def jobs(person: Person, *, state: str = "", page: int = 1, size: int = 50) -> Page[Job]:
    """Return the jobs ``person`` may see, newest first."""
    found = Job.objects.all()
    if not person.has_role(Role.ADMIN):
        found = found.filter(asked_by=person)
    if state:
        found = found.filter(state=state)
    return page_of(found, number=page, size=size)
