"""Events given from outside as a JSON document (``zhibao law clocks``), and the clocks that answer it.

Knows the shape CONTRACT writes down; nothing is stored. In answers events are numbered by their place in the list, from
0; a ``corrected`` event names what it corrects as in a docket, counted from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from zhibao.docket.acceptance import check_correction, check_lengths, check_receipts, out_of_order
from zhibao.docket.clocks import clocks, unclocked
from zhibao.docket.corrections import CORRECTED
from zhibao.docket.errors import EventsNotReadable, EventWithoutTime, UnknownEventKind, UnknownProcedure
from zhibao.docket.events import Event, Json
from zhibao.docket.fields import check_value
from zhibao.docket.timeline import read_moment, timeline
from zhibao.kernel.days import LEGAL_TZ
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Given:
    """What a document says: its events in its own order, the time it asks for, the desk that asks."""

    events: tuple[Event, ...]
    now: datetime | None
    procedure: str


def read_given(pack: Pack, document: object) -> Given:
    """Read and check an EVENTS document. Raises an ``EventFault`` whose ``where`` is a JSON path."""
    if not isinstance(document, Mapping):
        raise EventsNotReadable(where="$", want_zh="一个对象", want_en="an object")
    procedure = _procedure(pack, document.get("procedure"), "procedure")
    rows = document.get("events")
    if not isinstance(rows, list):
        raise EventsNotReadable(where="events", want_zh="事项的列表", want_en="a list of events")
    events = tuple(replace(_event(pack, row, f"events[{index}]"), seq=index + 1) for index, row in enumerate(rows))
    now = document.get("now")
    given = Given(events, None if now is None else read_moment(_text(now, "now"), "now")[0], procedure)
    _check(pack, events)
    return given


def clocks_json(pack: Pack, document: object, *, now: datetime, lang: str) -> dict[str, Json]:
    """Answer an EVENTS document as CONTRACT prints it; ``now`` is used where the document says no time.

    ``ignored`` lists events after that time, ``unclocked`` the starts on a day when no version was in force.
    """
    given = read_given(pack, document)
    asked = given.now or now
    found = clocks(pack, given.events, now=asked, procedure=given.procedure)
    return {
        "law_pack": pack.hash,
        "now": asked.astimezone(LEGAL_TZ).isoformat(),
        "clocks": [clock.as_json(pack, lang, first=1) for clock in found],
        "ignored": [index for index, event in enumerate(given.events) if event.at > asked],
        "unclocked": [{"id": limit, "event": number - 1} for limit, number in unclocked(pack, given.events)],
    }


def _check(pack: Pack, events: tuple[Event, ...]) -> None:
    """Refuse what the list as a whole cannot mean."""
    for index, event in enumerate(events):
        if event.kind == CORRECTED:
            check_correction(pack, events[:index], event, f"events[{index}].data")
    for fault in out_of_order(pack, timeline(events)):
        raise fault.error(pack, where=f"events[{fault.step.ref - 1}].at")
    for index, event in enumerate(events):
        check_receipts(event, f"events[{index}].data")
    check_lengths(pack, timeline(events), lambda ref: f"events[{ref - 1}].data.length")


def _event(pack: Pack, row: object, where: str) -> Event:
    if not isinstance(row, Mapping):
        raise EventsNotReadable(where=where, want_zh="一个对象", want_en="an object")
    kind = _text(row.get("kind"), f"{where}.kind")
    if kind not in pack.event_kinds:
        raise UnknownEventKind(where=f"{where}.kind", seen=kind, near=near(kind, pack.event_kinds))
    data = {} if row.get("data") is None else row["data"]
    if not isinstance(data, Mapping):
        raise EventsNotReadable(where=f"{where}.data", want_zh="一个对象", want_en="an object")
    for field in pack.event_kinds[kind].fields:
        # A flag of another type would be taken for one not given, and start or stop the wrong clock.
        if field.type == "flag" and data.get(field.name) is not None:
            check_value(pack, field, data[field.name], f"{where}.data.{field.name}")
    return Event(
        kind=kind,
        at=_moment(_text(row.get("at"), f"{where}.at"), f"{where}.at"),
        data=data,
        procedure=_procedure(pack, row.get("procedure"), f"{where}.procedure"),
        organ=_optional(row.get("organ"), f"{where}.organ"),
        proceeding=_optional(row.get("proceeding"), f"{where}.proceeding"),
    )


def _moment(text: str, where: str) -> datetime:
    """Read a time; a day alone does not say when in it the event happened."""
    moment, _day = read_moment(text, where)
    if len(text) <= len("2026-09-28"):
        raise EventWithoutTime(where=where, seen=text)
    return moment


def _procedure(pack: Pack, seen: object, where: str) -> str:
    name = _optional(seen, where)
    if name and name not in pack.procedures:
        raise UnknownProcedure(where=where, seen=name, near=near(name, pack.procedures))
    return name


def _optional(value: object, where: str) -> str:
    return "" if value is None else _text(value, where)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise EventsNotReadable(where=where, want_zh="一段文字", want_en="a text")
    return value


def near(seen: str, names: Mapping[str, object]) -> str:
    """Return the names nearest to ``seen``, or the first few where none is near."""
    found = get_close_matches(seen, list(names), n=4, cutoff=0.5) or sorted(names)[:8]
    return ", ".join(found)
