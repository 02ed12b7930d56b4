"""Record that something happened in a proceeding."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from zhibao.apps.cases.access import access_proceeding
from zhibao.apps.cases.errors import EventHasItsOwnAction, ExhibitNotHere
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.record import Step
from zhibao.apps.organs.models import Person
from zhibao.apps.vault.queries import exhibits_in
from zhibao.docket.events import Event, Json
from zhibao.kernel.labels import Label

MADE_BY = {
    "proceeding-opened": Label("立卷或移送", "opening a matter or handing it over"),
    "handed-over": Label("移送", "handing over"),
    "corrected": Label("更正", "correcting"),
}


def record_event(
    *,
    actor: Person,
    matter_id: UUID | str,
    proceeding_id: UUID | str,
    kind: str,
    at: datetime,
    data: Mapping[str, Json],
    expected_seq: int | None,
    now: datetime,
    exhibits: Iterable[str] = (),
) -> Event:
    """Append one event and return it as recorded.

    ``at`` is when it happened, ``expected_seq`` the last event the actor had seen (None: whatever stands). Raises
    ``NotYourProceeding``, ``MatterMovedOn``, ``EventHasItsOwnAction``, ``ExhibitNotHere`` and what the docket does
    not accept.
    """
    proceeding = access_proceeding(actor, matter_id, proceeding_id)
    if kind in MADE_BY:
        title = current_pack().event_kinds[kind].title
        action = MADE_BY[kind]
        raise EventHasItsOwnAction(
            where="kind", kind_zh=title.zh, kind_en=title.en, action_zh=action.zh, action_en=action.en
        )
    kept = tuple(str(exhibit) for exhibit in exhibits)
    check_exhibits(proceeding.matter_id, kept)
    step = Step(proceeding, kind, at, data, kept)
    return append(matter_id=proceeding.matter_id, steps=(step,), actor=actor, now=now, expected_seq=expected_seq)[0]


def check_exhibits(matter_id: UUID, exhibits: tuple[str, ...]) -> None:
    """Raise ``ExhibitNotHere`` for the first exhibit that is not kept for this matter."""
    missing = set(exhibits) - exhibits_in(matter_id) if exhibits else set()
    for exhibit in exhibits:
        if exhibit in missing:
            raise ExhibitNotHere(where="exhibits", exhibit=exhibit)
