"""Events gathered into columns, matter by matter.

Knows how each field is written as numbers (encoding.py says what is asked of it); applies corrections through
``timeline`` and no law.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from zhibao.docket.columns.encoding import NOTHING, Encoding, Signature
from zhibao.docket.columns.tables import FIRST_FIELD, HEARING, NONE, RECEIVED, UNITS, Extras, Longs, Places, Steps
from zhibao.docket.timeline import Links, Step, read_moment, text_of
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A decision that grants more units than this has slipped a digit; it counts as not saying how long.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Events of many matters. ``begins[m]:ends[m]`` are those of matter m; codes are places in ``signatures``."""

    steps: Steps
    extras: Extras
    places: Places
    begins: Longs
    ends: Longs
    signatures: tuple[Signature, ...]
    procedures: tuple[str, ...]
    organs: tuple[str, ...]
    encoding: Encoding

    @property
    def matters(self) -> int:
        return len(self.begins)

    @property
    def longest(self) -> int:
        """Return the number of events of the longest matter."""
        return int((self.ends - self.begins).max(initial=0))


def microseconds(moment: datetime) -> int:
    """Return the moment as microseconds since 1970 UTC."""
    return (moment - EPOCH) // MICROSECOND


def stated_length(data: Mapping[str, object]) -> Length | None:
    """Return the length a decision grants, None where it says none or one that cannot be meant."""
    text = text_of(data, "length")
    if not text:
        return None
    try:
        stated = Length.from_text(text)
    except BadLength:
        return None
    return None if stated.unit is Unit.HOURS or stated.number > LONGEST else stated


class Numbers:
    """Gives each new thing the next number, from 0."""

    def __init__(self, things: Sequence[Hashable] = ()) -> None:
        self.seen: dict[Hashable, int] = {thing: number for number, thing in enumerate(things)}

    def of(self, thing: Hashable) -> int:
        return self.seen.setdefault(thing, len(self.seen))


class Gatherer:
    """Gathers matters one after the other; ``columns`` gives what was gathered since the last call."""

    def __init__(
        self,
        encoding: Encoding,
        *,
        signatures: Sequence[Signature] = (NOTHING,),
        procedures: Sequence[str] = (),
        organs: Sequence[str] = (),
    ) -> None:
        """``signatures``, ``procedures`` and ``organs``: the numbers already given out, where columns are continued."""
        self.encoding = encoding
        self.signatures = {signature: number for number, signature in enumerate(signatures)}
        self.procedures = Numbers(procedures)
        self.organs = Numbers(organs)
        self._clear()

    def _clear(self) -> None:
        self._bounds = [0]
        self._steps: list[tuple[int, int, int, int, int]] = []
        self._extras: list[tuple[int, tuple[int, ...], int, int, int]] = [self._extra({}, "", Numbers([""]))]
        self._places: list[tuple[int, int, int, int, bool, bool]] = []

    def add(self, steps: Sequence[Step]) -> None:
        """Gather the events of one matter, in the order of ``timeline``."""
        places, refs = self._place(steps), Numbers([""])
        first = len(self._places) - len(places)
        for step in steps:
            event = step.event
            signature = self.encoding.signature(event.kind, event.data)
            code = self.signatures.setdefault(signature, len(self.signatures))
            extra = self._note_extra(event.kind, event.data, refs) if event.data else 0
            place = first + places[event.proceeding, event.procedure, event.organ]
            self._steps.append((code, microseconds(step.moment), number_of(step.day), extra, place))
        self._bounds.append(len(self._steps))

    def columns(self) -> EventColumns:
        """Return the matters gathered since the last call; numbers given out stay the same from call to call."""
        code, at, day, extra, place = zip(*self._steps, strict=True) if self._steps else ((), (), (), (), ())
        received, days, number, unit, ref = zip(*self._extras, strict=True)
        placed = tuple(zip(*self._places, strict=True)) if self._places else ((),) * 6
        found = EventColumns(
            Steps(*map(np.array, (code, at, day, extra, place), STEP_TYPES)),
            Extras(*map(np.array, (received, days, number, unit, ref), EXTRA_TYPES)),
            Places(*map(np.array, placed, PLACE_TYPES)),
            np.array(self._bounds[:-1], dtype=np.int64),
            np.array(self._bounds[1:], dtype=np.int64),
            tuple(self.signatures),
            tuple(str(name) for name in self.procedures.seen),
            tuple(str(name) for name in self.organs.seen),
            self.encoding,
        )
        self._clear()
        return found

    def _note_extra(self, kind: str, data: Mapping[str, object], refs: Numbers) -> int:
        """Return the row of what else the event says, 0 where it says nothing else."""
        row = self._extra(data, kind, refs)
        if row == self._extras[0]:
            return 0
        self._extras.append(row)
        return len(self._extras) - 1

    def _extra(
        self, data: Mapping[str, object], kind: str, refs: Numbers
    ) -> tuple[int, tuple[int, ...], int, int, int]:
        encoding, received = self.encoding, 0
        days = [NONE] * (FIRST_FIELD + len(encoding.columns))
        if kind in encoding.receipts and (text := text_of(data, "received_at")):
            moment, day = read_moment(text, f"{kind}.received_at")
            received, days[RECEIVED] = microseconds(moment), number_of(day)
        if text := text_of(data, "hearing_at"):
            days[HEARING] = number_of(read_moment(text, f"{kind}.hearing_at")[1])
        for name in encoding.fields.get(kind, ()):
            if text := text_of(data, name):
                days[FIRST_FIELD + encoding.columns.index(name)] = number_of(read_moment(text, f"{kind}.{name}")[1])
        stated = stated_length(data)
        number, unit = (0, NONE) if stated is None else (stated.number, UNITS[stated.unit])
        return received, tuple(days), number, unit, refs.of(text_of(data, "ref"))

    def _place(self, steps: Sequence[Step]) -> Mapping[tuple[str, str, str], int]:
        """Note the places of a matter; return each one's number within the matter."""
        found: dict[tuple[str, str, str], int] = {}
        for step in steps:
            found.setdefault((step.event.proceeding, step.event.procedure, step.event.organ), len(found))
        links = Links(steps) if len(found) > 1 else None
        proceedings, roots = Numbers(), Numbers()
        for proceeding, procedure, organ in found:
            self._places.append(
                (
                    proceedings.of(proceeding) if proceeding else NONE,
                    self.procedures.of(procedure),
                    0 if links is None else roots.of(links.root(proceeding)),
                    self.organs.of(organ),
                    links is None or not links.is_linked(proceeding),
                    links is None or links.is_alone(procedure),
                )
            )
        return found


STEP_TYPES = (np.int16, np.int64, np.int32, np.int32, np.int32)
EXTRA_TYPES = (np.int64, np.int32, np.int32, np.int8, np.int32)
PLACE_TYPES = (np.int32, np.int32, np.int32, np.int32, np.bool_, np.bool_)
