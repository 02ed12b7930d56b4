"""Correct an event by a further event that cites it; the first record stays."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from zhibao.apps.cases.access import access_matter, access_proceeding, find_matter
from zhibao.apps.cases.errors import EventNotFound, NothingCorrected
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.record import Step, proceeding_of_event
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.docket.events import Event, Json


def correct_event(
    *,
    actor: Person,
    matter_id: UUID | str,
    seq: int,
    why: str,
    expected_seq: int | None,
    now: datetime,
    at: datetime | None = None,
    data: Mapping[str, Json] | None = None,
    withdrawn: bool = False,
) -> Event:
    """Record that event ``seq`` happened at another time, with other data, or not at all, and why.

    Only the organ that holds the event's proceeding corrects it. Raises ``EventNotFound``, ``NothingCorrected``,
    ``NotYourProceeding``, ``MatterMovedOn`` and what the docket does not accept.
    """
    matter = find_matter(matter_id)
    proceeding_id = proceeding_of_event(matter.pk, seq)
    if proceeding_id is None:
        access_matter(actor, matter.pk, now=now)  # those who may not see the matter are not told how long it is
        raise EventNotFound(where="seq", seq=seq)
    proceeding = access_proceeding(actor, matter.pk, proceeding_id)
    require(actor, Deed.CORRECT, proceeding.organ)
    if not why.strip() or (at is None and data is None and not withdrawn):
        raise NothingCorrected(where="why" if not why.strip() else "data")
    correction: dict[str, Json] = {"corrects": seq, "why": why.strip()}
    if at is not None:
        correction["at"] = at.isoformat()
    if data is not None:
        correction["data"] = data
    if withdrawn:
        correction["withdrawn"] = True
    step = Step(proceeding, "corrected", now, correction)
    return append(matter_id=matter.pk, steps=(step,), actor=actor, now=now, expected_seq=expected_seq)[0]
