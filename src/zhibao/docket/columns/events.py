"""Events gathered into columns, matter by matter.

Knows how each field is written as numbers (encoding.py says what is asked of it); applies corrections through
``timeline`` and no law.
"""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from zhibao.docket.columns.encoding import NOTHING, Encoding, Signature
from zhibao.docket.columns.tables import FIRST_FIELD, HEARING, NONE, RECEIVED, UNITS, Extras, Longs, Places, Steps
from zhibao.docket.corrections import CORRECTED
from zhibao.docket.errors import EventFault
from zhibao.docket.events import Event
from zhibao.docket.timeline import JOINS, Links, Step, read_moment, text_of
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A decision that grants more units than this has slipped a digit; it counts as not saying how long.
LONGEST = 400
# Rows from here on: legal time is eight hours ahead of UTC, with no summer time.
STEADY = (datetime(1992, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
DAY, AHEAD, FIRST_DAY = 86_400_000_000, 8 * 3_600_000_000, number_of(date(1970, 1, 1))
# Texts of data that are kept with what is heard in them: short ones come again and again.
KEPT_LENGTH, KEPT = 80, 20_000


class Row(NamedTuple):
    """A stored event as a row: ``at`` in microseconds since 1970 UTC, ``data`` as the text of a JSON object."""

    at: int
    kind: str
    data: str
    proceeding: str
    organ: str


class NotPlainError(ValueError):
    """Rows that only ``timeline`` can read: a correction, an old day, something that is refused."""


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
        self._heard: dict[tuple[str, str], tuple[int, Mapping[str, object] | None]] = {}
        self._telling = {"hearing_at", "length", "ref"}
        self._clear()

    def _clear(self) -> None:
        self._bounds = [0]
        self._steps: list[int] = []  # five numbers an event
        self._extras: list[tuple[int, tuple[int, ...], int, int, int]] = [self._extra({}, "", Numbers([""]))]
        self._places: list[tuple[int, int, int, int, bool, bool]] = []

    def add(self, steps: Sequence[Step]) -> None:
        """Gather the events of one matter, in the order of ``timeline``; nothing of it where one is refused."""
        before = self._lengths()
        try:
            self._add(steps)
        except EventFault:
            self._shorten(before)
            raise

    def _add(self, steps: Sequence[Step]) -> None:
        found: dict[tuple[str, str, str], int] = {}
        for step in steps:
            found.setdefault((step.event.proceeding, step.event.procedure, step.event.organ), len(found))
        refs, first = Numbers([""]), len(self._places)
        self._note_places(found, Links(steps) if len(found) > 1 else None)
        for step in steps:
            event = step.event
            signature = self.encoding.signature(event.kind, event.data)
            code = self.signatures.setdefault(signature, len(self.signatures))
            extra = self._note_extra(event.kind, event.data, refs) if event.data else 0
            place = first + found[event.proceeding, event.procedure, event.organ]
            self._steps.extend((code, microseconds(step.moment), number_of(step.day), extra, place))
        self._bounds.append(len(self._steps) // len(STEP_TYPES))

    def add_rows(self, rows: Sequence[Row], procedures: Mapping[str, str]) -> None:
        """Gather one matter from its rows in the order recorded; ``procedures`` by proceeding. The same as ``add``, faster.

        Raises NotPlainError, and gathers nothing of it, where only ``add`` can read the matter.
        """
        before = self._lengths()
        try:
            self._add_rows(sorted(rows, key=_moment), procedures)
        except (EventFault, LookupError, ValueError) as fault:
            self._shorten(before)
            raise NotPlainError from fault

    def _add_rows(self, rows: Sequence[Row], procedures: Mapping[str, str]) -> None:
        if rows and rows[0][0] < STEADY:
            raise NotPlainError
        found: dict[tuple[str, str], int] = {}
        refs, first, heard, note = Numbers([""]), len(self._places), self._heard, self._steps.extend
        for at, kind, text, proceeding, organ in rows:
            code, data = heard.get((kind, text)) or self._hear(kind, text)
            extra = 0 if data is None else self._note_extra(kind, data, refs)
            place = found.get((proceeding, organ))
            if place is None:
                place = found[proceeding, organ] = len(found)
            note((code, at, (at + AHEAD) // DAY + FIRST_DAY, extra, first + place))
        places = [(proceeding, procedures[proceeding], organ) for proceeding, organ in found]
        self._note_places(places, _links(rows, procedures) if len(places) > 1 else None)
        self._bounds.append(len(self._steps) // len(STEP_TYPES))

    def _hear(self, kind: str, text: str) -> tuple[int, Mapping[str, object] | None]:
        """Return the code of an event, and its data where they may say something besides; text nobody asks about is not read."""
        if kind == CORRECTED:
            raise NotPlainError
        encoding, telling = self.encoding, self._telling
        data: dict[str, object] = {}
        if text != "{}" and (
            kind in encoding.questions
            or kind in encoding.fields
            or kind in encoding.receipts
            or "\\u00" in text
            or any(f'"{key}"' in text for key in telling)
        ):
            data = json.loads(text)
            if not isinstance(data, dict):
                raise NotPlainError
        code = self.signatures.setdefault(encoding.signature(kind, data), len(self.signatures))
        tells = telling.union(encoding.fields.get(kind, ()), ["received_at"] if kind in encoding.receipts else ())
        found = code, None if tells.isdisjoint(data) else data
        if len(text) <= KEPT_LENGTH and len(self._heard) < KEPT:
            self._heard[kind, text] = found
        return found

    def _lengths(self) -> tuple[int, int, int]:
        return len(self._steps), len(self._extras), len(self._places)

    def _shorten(self, lengths: tuple[int, int, int]) -> None:
        steps, extras, places = lengths
        del self._steps[steps:], self._extras[extras:], self._places[places:]

    def columns(self) -> EventColumns:
        """Return the matters gathered since the last call; numbers given out stay the same from call to call."""
        steps = np.array(self._steps, dtype=np.int64).reshape(-1, len(STEP_TYPES)).T
        received, days, number, unit, ref = zip(*self._extras, strict=True)
        placed = tuple(zip(*self._places, strict=True)) if self._places else ((),) * 6
        found = EventColumns(
            Steps(*map(np.array, steps, STEP_TYPES)),
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

    def _note_places(self, found: Iterable[tuple[str, str, str]], links: Links | None) -> None:
        """Note the places of a matter: proceeding, procedure and organ. ``links`` None: there is only one."""
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


def _moment(row: Row) -> int:
    return row[0]


def _links(rows: Iterable[Row], procedures: Mapping[str, str]) -> Links:
    """Return the links from the few rows that make them: handings-over, and one row of each proceeding."""
    seen: set[str] = set()
    steps: list[Step] = []
    for _at, kind, text, proceeding, organ in rows:
        if kind not in JOINS and proceeding in seen:
            continue
        seen.add(proceeding)
        data = json.loads(text) if kind in JOINS else {}
        event = Event(kind, EPOCH, data, proceeding=proceeding, procedure=procedures[proceeding], organ=organ)
        steps.append(Step(0, event, EPOCH, EPOCH.date()))
    return Links(steps)


STEP_TYPES = (np.int16, np.int64, np.int32, np.int32, np.int32)
EXTRA_TYPES = (np.int64, np.int32, np.int32, np.int8, np.int32)
PLACE_TYPES = (np.int32, np.int32, np.int32, np.int32, np.bool_, np.bool_)
