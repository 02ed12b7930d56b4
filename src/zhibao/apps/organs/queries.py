"""Organs, people, tokens and readings, as lists for those who may see them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zhibao.apps.organs.access import Deed, can, covers, require
from zhibao.apps.organs.errors import PersonNotFound
from zhibao.apps.organs.models import ApiToken, Organ, Person, Reading
from zhibao.apps.organs.paging import Page, page_of


def organs(person: Person, *, kind: str = "", place: str = "", competence: str = "") -> list[Organ]:
    """Return the organs, optionally of one kind, in one place and below it, or competent for one procedure."""
    require(person, Deed.READ_ORGANS)
    found = Organ.objects.select_related("parent").all()
    if kind:
        found = found.filter(kind=kind)
    return [
        organ
        for organ in found
        if (not place or covers(place, organ.place)) and (not competence or competence in organ.competences)
    ]


def organ_for(place: str, competence: str) -> Organ | None:
    """Return the nearest organ competent for a procedure at a place: the county's, else the prefecture's, else the province's."""
    able = [o for o in Organ.objects.order_by("id") if competence in o.competences and covers(o.place, place)]
    return max(able, key=lambda organ: len(organ.place.rstrip("0")), default=None)


def people_of(person: Person, organ: Organ) -> list[Person]:
    """Return the people of an organ: all of them to its administrators, the active ones to colleagues."""
    found = Person.objects.filter(organ=organ).select_related("organ")
    if can(person, Deed.MANAGE, organ):
        return list(found)
    require(person, Deed.READ, organ)
    return list(found.filter(is_active=True))


def colleague(person: Person, username: str) -> Person:
    """Return an active person of the asker's own organ by log-in name. Raises PersonNotFound."""
    found = next((each for each in people_of(person, person.organ) if each.username == username), None)
    if found is None or not found.is_active:
        raise PersonNotFound(person=username)
    return found


def tokens_of(person: Person) -> list[ApiToken]:
    """Return a person's own tokens, newest first."""
    return list(ApiToken.objects.filter(person=person))


def readings_of(kind: str, object_ids: Iterable[str], number: int = 1, size: int = 50) -> Page[Reading]:
    """Return who read these objects, newest first. The caller's app has decided that the asker may see them."""
    rows: QuerySet[Reading] = Reading.objects.filter(kind=kind, object_id__in=list(object_ids))
    return page_of(rows.select_related("person", "organ"), number, size)


def readings_by(person: Person, number: int = 1, size: int = 50) -> Page[Reading]:
    """Return what a person has read, newest first, for the person's own log."""
    return page_of(Reading.objects.filter(Q(person=person)).select_related("organ"), number, size)


def is_founded(*, people: bool = False) -> bool:
    """Return whether the installation has its first organ (or its first person)."""
    return Person.objects.exists() if people else Organ.objects.exists()
