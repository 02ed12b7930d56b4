"""Events in the order in which they happened, and which of them speak to one another.

Knows moments, days and the links between proceedings; no law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from zhibao.docket.corrections import effective
from zhibao.docket.errors import EventBadTime, EventWithoutTime
from zhibao.docket.events import Event
from zhibao.kernel.days import LEGAL_TZ, legal_day, parse_day
from zhibao.kernel.errors import BadDay

# Nothing a docket counts happened before or happens after; a typed year outside is a slip of the pen.
YEARS = range(1900, 2200)
# Kinds whose data may name the proceeding that they opened from their own.
JOINS = frozenset({"handed-over", "forwarded", "returned-for-penalty"})


@dataclass(frozen=True, slots=True)
class Step:
    """An event with its place: ``ref`` is its number in the matter, or its index where nothing is stored yet."""

    ref: int
    event: Event
    moment: datetime
    day: date


def timeline(events: Sequence[Event]) -> tuple[Step, ...]:
    """Return the effective events by when they happened; those of one moment keep the order they were recorded in."""
    indexed = {id(event): index for index, event in enumerate(events)}
    steps = []
    for event in effective(events):
        if event.at.tzinfo is None:
            raise EventWithoutTime(where=event.kind, seen=event.at.isoformat())
        ref = event.seq or indexed.get(id(event), 0)
        steps.append(Step(ref, event, event.at.astimezone(LEGAL_TZ), legal_day(event.at)))
    return tuple(sorted(steps, key=lambda step: step.moment))


def read_moment(text: str, where: str) -> tuple[datetime, date]:
    """Read a moment with its offset, or a day (its first moment in Asia/Shanghai).

    Raises EventWithoutTime for a time without an offset and EventBadTime for anything else.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and moment.year not in YEARS:
        raise EventBadTime(where=where, seen=text)
    if moment is not None and len(text) > len("2026-09-28"):
        if moment.tzinfo is None:
            raise EventWithoutTime(where=where, seen=text)
        return moment.astimezone(LEGAL_TZ), legal_day(moment)
    try:
        day = parse_day(text)
    except BadDay:
        raise EventBadTime(where=where, seen=text) from None
    return datetime.combine(day, time(), LEGAL_TZ), day


class Links:
    """Which proceedings of a matter belong together, by the handing-over that opened one from the other."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._head: dict[str, str] = {}
        for step in steps:
            opened = step.event.data.get("proceeding")
            if step.event.kind in JOINS and isinstance(opened, str):
                self._head[self.root(opened)] = self.root(step.event.proceeding)
        self._linked = frozenset(self._head) | frozenset(self._head.values())
        held: dict[str, set[str]] = {}
        for step in steps:
            held.setdefault(step.event.procedure, set()).add(step.event.proceeding)
        self._alone = frozenset(procedure for procedure, proceedings in held.items() if len(proceedings) == 1)

    def related(self, one: Event, other: Event) -> bool:
        """Tell whether the two events can answer each other.

        Events of one proceeding do; those of two proceedings of the same procedure do not. Across procedures they do
        within one line of handings-over. A proceeding outside every line answers a line only where it is the matter's only
        one of its procedure; two that are both outside answer each other.
        """
        if one.proceeding == other.proceeding or not one.proceeding or not other.proceeding:
            return True
        if one.procedure == other.procedure:
            return False
        if self.root(one.proceeding) == self.root(other.proceeding):
            return True
        outside = [event for event in (one, other) if not self.is_linked(event.proceeding)]
        return len(outside) == 2 or (len(outside) == 1 and self.is_alone(outside[0].procedure))

    def is_linked(self, proceeding: str) -> bool:
        """Tell whether a handing-over joins the proceeding to another."""
        return proceeding in self._linked

    def is_alone(self, procedure: str) -> bool:
        """Tell whether the matter has only one proceeding of the procedure."""
        return procedure in self._alone

    def root(self, proceeding: str) -> str:
        """Return the proceeding from which the line of handings-over to this one began."""
        seen = {proceeding}
        while (parent := self._head.get(proceeding, proceeding)) not in seen:
            seen.add(parent)
            proceeding = parent
        return proceeding


def same_proceeding(one: Event, other: Event) -> bool:
    """Tell whether both belong to one proceeding; events that name none belong to any."""
    return one.proceeding == other.proceeding or not one.proceeding or not other.proceeding


def text_of(data: Mapping[str, object], key: str) -> str:
    """Return a text of an event's data, empty where it is not there."""
    found = data.get(key)
    return found if isinstance(found, str) else ""
