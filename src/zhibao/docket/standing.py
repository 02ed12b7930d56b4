"""One matter's events, kept so that the next one can be accepted without walking through all of them again.

Knows the same rules as ``acceptance`` and refuses the same with the same error; a test holds the two equal. What an
event can change for the others is found in lists by kind; a correction, and an event that joins proceedings or is the
first of one, is put to ``acceptance`` itself.
"""

from bisect import insort
from collections.abc import Iterator, Sequence
from operator import attrgetter

from zhibao.docket.acceptance import OutOfOrder, check_alone, check_beside, check_length, twice
from zhibao.docket.corrections import CORRECTED
from zhibao.docket.events import Event
from zhibao.docket.timeline import JOINS, Links, Step, timeline
from zhibao.kernel.days import LEGAL_TZ
from zhibao.rules.pack import Pack
from zhibao.rules.procedures import EventKind

_MOMENT = attrgetter("moment")


class Guide:
    """What of a law pack accepting asks for again and again, looked up once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.extends = frozenset(
            rule.event
            for deadline in pack.deadlines.values()
            for version in deadline.versions
            for rule in version.extensions
        )
        self.followers: dict[str, tuple[str, ...]] = {
            name: tuple(other.id for other in pack.event_kinds.values() if name in other.after)
            for name in pack.event_kinds
        }

    def after(self, kind: str) -> tuple[str, ...]:
        """Return the kinds an event of ``kind`` can answer."""
        found = self.pack.event_kinds.get(kind)
        return tuple(found.after) if found else ()


class Standing:
    """The events of one matter in the order recorded, ready for the next."""

    def __init__(self, guide: Guide, events: Sequence[Event] = ()) -> None:
        self.guide = guide
        self.events = list(events)
        self._arrange()

    @property
    def seq(self) -> int:
        """The number of the last event; 0 before the first."""
        return len(self.events)

    @property
    def hash(self) -> str:
        """The hash of the last event; empty before the first."""
        return self.events[-1].hash if self.events else ""

    def check(self, new: Event) -> None:
        """Refuse ``new`` exactly as ``acceptance.check_new`` would against these events."""
        pack = self.guide.pack
        kind = check_alone(pack, new)
        if new.kind == CORRECTED or self._rejoins(new):
            check_beside(pack, kind, self.events, new)
        else:
            self._check_beside(kind, new)
        if new.kind in self.guide.extends:
            check_length(pack, self.events, new)

    def _check_beside(self, kind: EventKind, new: Event) -> None:
        if kind.once:
            same = [one.event for one in self._of(new.kind) if one.event.proceeding == new.proceeding]
            if same:
                raise twice(kind, min(same, key=attrgetter("seq")))
        fault = next(self._faults(_step(new)), None)
        if fault is not None:
            raise fault.error(self.guide.pack, where="at")

    def add(self, event: Event) -> None:
        """Take in an event that was accepted and is now the last of the record."""
        changes_others = event.kind == CORRECTED or self._rejoins(event)
        self.events.append(event)
        if changes_others:
            self._arrange()
        else:
            insort(self._by_kind.setdefault(event.kind, []), _step(event), key=_MOMENT)

    def follow(self, later: Sequence[Event]) -> bool:
        """Take in what was recorded elsewhere since; False, and nothing taken in, where it does not join the chain here.

        The first of ``later`` names the hash it was joined to, and a hash stands for everything before it.
        """
        if later and (later[0].seq, later[0].prev) != (self.seq + 1, self.hash):
            return False
        for event in later:
            self.add(event)
        return True

    def rewind(self, seq: int) -> None:
        """Forget the events after ``seq``: they were not recorded after all."""
        if seq < self.seq:
            del self.events[seq:]
            self._arrange()

    def _arrange(self) -> None:
        steps = timeline(self.events)
        self._links = Links(steps)
        self._known = {(step.event.procedure, step.event.proceeding) for step in steps}
        self._by_kind: dict[str, list[Step]] = {}
        for step in steps:
            self._by_kind.setdefault(step.event.kind, []).append(step)

    def _rejoins(self, event: Event) -> bool:
        """Tell whether the event may change which proceedings speak to one another."""
        return event.kind in JOINS or (event.procedure, event.proceeding) not in self._known

    def _of(self, kind: str) -> Sequence[Step]:
        return self._by_kind.get(kind, ())

    def _faults(self, new: Step) -> Iterator[OutOfOrder]:
        """Yield what ``new`` puts out of order, in the order of time: others that would answer it only, then itself."""
        orphans = [
            step
            for kind in self.guide.followers.get(new.event.kind, ())
            for step in self._of(kind)
            if step.moment < new.moment and self._links.related(new.event, step.event) and not self._answers(step)
        ]
        for step in sorted(orphans, key=lambda step: (step.moment, step.event.seq)):
            yield OutOfOrder(step, new)
        firsts = self._firsts(new)
        if firsts and new.event.kind not in self.guide.after(new.event.kind):
            start = min(firsts, key=_MOMENT)
            if start.moment > new.moment:
                yield OutOfOrder(new, start)

    def _answers(self, step: Step) -> bool:
        """Tell whether there is anything ``step`` can answer."""
        return bool(self._firsts(step))

    def _firsts(self, step: Step) -> list[Step]:
        """Return the first event of each kind that ``step`` can answer."""
        firsts = (
            next((one for one in self._of(kind) if self._links.related(one.event, step.event)), None)
            for kind in self.guide.after(step.event.kind)
        )
        return [one for one in firsts if one is not None]


def _step(event: Event) -> Step:
    moment = event.at.astimezone(LEGAL_TZ)
    return Step(event.seq, event, moment, moment.date())
