"""Who may see and work on which matter.

Knows proceedings, roles and places; does not know what a page or a program wants it for.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhibao.apps.cases.errors import MatterNotFound, NotYourProceeding, ProceedingNotFound
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.organs.access import Deed, can, covers
from zhibao.apps.organs.actions.log_reading import log_reading
from zhibao.apps.organs.errors import PurposeMissing
from zhibao.apps.organs.models import Organ, Person, Reading, Role

PURPOSE_HOLDS = timedelta(hours=12)  # a working day: the purpose is not asked again on every page of one matter


def access_matter(person: Person, matter_id: UUID | str, purpose: str = "", *, now: datetime | None = None) -> Matter:
    """Return the matter with this id or number, if ``person`` may see it.

    People of an organ that holds a proceeding in it see it; so do heads of a higher organ of the same kind whose place
    covers that one; so do supervisors of the place it lies in, who must say why (a purpose given holds for twelve
    hours). Whoever reads a matter their own organ does not hold is logged. To all others it does not exist:
    ``MatterNotFound``.
    """
    matter = find_matter(matter_id)
    organs = [proceeding.organ for proceeding in matter.proceedings.select_related("organ")]
    moment = now or timezone.now()
    if any(organ.pk == person.organ_id for organ in organs) and can(person, Deed.READ, person.organ):
        return matter
    if person.has_role(Role.HEAD) and any(can(person, Deed.READ, organ) for organ in organs):
        log_reading(actor=person, kind="matter", object_id=str(matter.pk), purpose=purpose, now=moment)
        return matter
    if not _supervises(person, matter):
        raise MatterNotFound
    if not (purpose.strip() or _said_before(person, matter, moment)):
        raise PurposeMissing
    if purpose.strip():
        log_reading(actor=person, kind="matter", object_id=str(matter.pk), purpose=purpose, now=moment)
    return matter


def find_matter(matter_id: UUID | str) -> Matter:
    """Return the matter with this id or number, whoever asks; raise ``MatterNotFound``."""
    matter = Matter.objects.filter(_key(matter_id)).order_by().first()
    if matter is None:
        raise MatterNotFound
    return matter


def _key(matter_id: UUID | str, path: str = "") -> Q:
    text = str(matter_id)
    try:
        return Q(**{f"{path}number": text}) if text.startswith("M-") else Q(**{f"{path}pk": UUID(text)})
    except ValueError:
        raise MatterNotFound from None


def _supervises(person: Person, matter: Matter) -> bool:
    return person.has_role(Role.SUPERVISOR) and can(person, Deed.SUPERVISE) and covers(person.organ.place, matter.place)


def _said_before(person: Person, matter: Matter, now: datetime) -> bool:
    said = Reading.objects.filter(
        person=person, kind="matter", object_id=str(matter.pk), at__gt=now - PURPOSE_HOLDS, at__lte=now
    )
    return said.exclude(purpose="").exists()


def access_proceeding(person: Person, matter_id: UUID | str, proceeding_id: UUID | str) -> Proceeding:
    """Return a proceeding the person may record in: one their organ holds, as handler or head.

    Raises ``MatterNotFound`` where they may not even see the matter, ``ProceedingNotFound``, ``NotYourProceeding``.
    """
    rows = Proceeding.objects.filter(_key(matter_id, "matter__")).select_related("organ", "matter")
    proceedings = {str(proceeding.pk): proceeding for proceeding in rows.order_by()}
    if not any(proceeding.organ_id == person.organ_id for proceeding in proceedings.values()):
        access_matter(person, matter_id)  # says not found, or asks for a purpose, to those who may only read
    proceeding = proceedings.get(str(proceeding_id))
    if proceeding is None:
        raise ProceedingNotFound
    if not can(person, Deed.HANDLE, proceeding.organ):
        raise NotYourProceeding(organ_zh=proceeding.organ.name_zh, organ_en=proceeding.organ.name_en)
    return proceeding


def visible_matters(person: Person) -> "QuerySet[Matter]":
    """Return the matters that may stand in a list shown to ``person``; opening one still goes through ``access_matter``."""
    seen = Q(pk__in=[])
    if can(person, Deed.READ, person.organ):
        seen |= Q(pk__in=Proceeding.objects.filter(organ_id=person.organ_id).values("matter_id"))
    if person.has_role(Role.HEAD):
        seen |= Q(pk__in=Proceeding.objects.filter(desks_below(person)).values("matter_id"))
    if person.has_role(Role.SUPERVISOR):
        seen |= Q(place__startswith=reach_of(person))
    return Matter.objects.filter(seen)


def may_answer(person: Person, organ: Organ | None) -> bool:
    """Return whether ``person`` may answer a finding about ``organ``: its own people, those above it, its supervisors."""
    return can(person, Deed.ANSWER, organ) or can(person, Deed.SUPERVISE, organ)


def desks_below(person: Person) -> Q:
    """Return what narrows rows with an ``organ`` to organs of the person's kind in the places below theirs."""
    within = Q(organ__kind=person.organ.kind, organ__place__startswith=reach_of(person))
    return within & ~Q(organ__place=person.organ.place)


def reach_of(person: Person) -> str:
    """Return the digits with which every place begins that the person's organ covers (GB/T 2260)."""
    place = person.organ.place
    if place == "000000":
        return ""
    return place[:2] if place.endswith("0000") else place[:4] if place.endswith("00") else place


class Gate:
    """What the vault below asks before it shows or takes evidence of a matter."""

    def may_see(self, person: Person, matter_id: UUID, *, purpose: str, now: datetime) -> None:
        """Return when ``person`` may see the matter."""
        access_matter(person, matter_id, purpose, now=now)

    def may_work(self, person: Person, matter_id: UUID) -> None:
        """Return when the person's organ holds a proceeding in the matter and they may record in it."""
        matter = find_matter(matter_id)
        own = matter.proceedings.filter(organ_id=person.organ_id).select_related("organ").first()
        if own is None:
            raise MatterNotFound
        if not can(person, Deed.HANDLE, own.organ):
            raise NotYourProceeding(organ_zh=own.organ.name_zh, organ_en=own.organ.name_en)
