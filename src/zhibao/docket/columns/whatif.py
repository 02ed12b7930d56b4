"""What a changed law would make of the clocks of many matters: only the differences.

Knows two sets of limits and one set of events; only the limits that differ are run, over columns already in memory.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from zhibao.docket.columns.encoding import Encoding
from zhibao.docket.columns.events import EventColumns
from zhibao.docket.columns.fleet import ClockColumns, clock_columns
from zhibao.docket.columns.limits import LimitTables
from zhibao.docket.columns.tables import NONE, Bytes, Ints, Longs, Rows
from zhibao.kernel.days import Calendar
from zhibao.rules.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Side:
    """Clocks under one law, beside those under the other: state, last day and, for hours, the instant it is late from.

    ``state`` NONE: this law has no such clock.
    """

    state: Bytes
    due: Ints
    late_at: Longs


@dataclass(frozen=True, slots=True)
class Differences:
    """The clocks whose state or last day differs: matter, limit (a place in ``ids``), proceeding (its number there), entry."""

    ids: tuple[str, ...]
    matter: Ints
    limit: Ints
    proceeding: Ints
    entry: Ints
    old: Side
    new: Side

    def __len__(self) -> int:
        return len(self.matter)


def run_limits(
    deadlines: Mapping[str, Deadline], calendar: Calendar, events: EventColumns, *, ids: Collection[str], now: datetime,
    workers: int = 1,
) -> ClockColumns:  # fmt: skip
    """Return the clocks of the limits named in ``ids``. Raises NotEncodedError where they ask something new of events."""
    chosen = [deadlines[name] for name in sorted(ids) if name in deadlines]
    return clock_columns(_tables(chosen, events.encoding), calendar, events, now=now, workers=workers)


def _tables(deadlines: Collection[Deadline], encoding: Encoding) -> LimitTables:
    return LimitTables(deadlines, encoding)


def differences(old: ClockColumns, new: ClockColumns) -> Differences:
    """Compare the clocks of the same matters under two laws."""
    ids = tuple(sorted(set(old.law.places) | set(new.law.places)))
    one, other = (_keys(side, ids) for side in (old, new))
    if len(one) == len(other) and (one == other).all():
        differing = np.flatnonzero(
            (old.rows.state != new.rows.state)
            | (old.rows.late_at != new.rows.late_at)
            | ((old.rows.due != new.rows.due) & (new.rows.late_at == 0))
        )
        return _told(ids, one[differing], _side(old.rows, differing), _side(new.rows, differing))
    return _merged(ids, one, other, old.rows, new.rows)


# A key holds matter, limit, proceeding and entry in one whole number.
_PARTS = (("matter", 31), ("limit", 10), ("proceeding", 10), ("entry", 12))


def _keys(side: ClockColumns, ids: tuple[str, ...]) -> Longs:
    rows, places = side.rows, side.events.places
    limits = np.array([ids.index(deadline.id) for deadline in side.law.deadlines] or [0], dtype=np.int64)
    owed = np.where(rows.owed == NONE, rows.start, rows.owed)
    proceeding = places.proceeding[side.events.steps.place[owed]].astype(np.int64) + 1
    parts = (rows.matter.astype(np.int64), limits[rows.limit], proceeding, rows.number.astype(np.int64))
    keys = np.zeros(len(rows.matter), dtype=np.int64)
    for part, (_name, bits) in zip(parts, _PARTS, strict=True):
        keys = (keys << bits) | part
    return keys


def _merged(ids: tuple[str, ...], one: Longs, other: Longs, old: Rows, new: Rows) -> Differences:
    """Compare where a clock may be there under one law only."""
    every = np.union1d(one, other)
    a, b = (_places(every, side) for side in (one, other))
    both = (a != NONE) & (b != NONE)
    alike = np.zeros(len(every), dtype=np.bool_)
    i, j = a[both], b[both]
    alike[both] = (
        (old.state[i] == new.state[j])
        & (old.late_at[i] == new.late_at[j])
        & ((old.due[i] == new.due[j]) | (new.late_at[j] != 0))
    )
    differing = np.flatnonzero(~alike)
    return _told(ids, every[differing], _side(old, a[differing]), _side(new, b[differing]))


def _places(every: Longs, side: Longs) -> npt.NDArray[np.intp]:
    """Return where each key stands in ``side``, NONE where it does not."""
    order = np.argsort(side, kind="stable")
    found = np.full(len(every), NONE, dtype=np.intp)
    found[np.searchsorted(every, side[order])] = order
    return found


def _told(ids: tuple[str, ...], keys: Longs, old: Side, new: Side) -> Differences:
    named = {}
    for name, bits in reversed(_PARTS):
        named[name] = (keys & ((1 << bits) - 1)).astype(np.int32)
        keys = keys >> bits
    named["proceeding"] -= 1
    return Differences(ids, **named, old=old, new=new)


def _side(rows: Rows, which: npt.NDArray[np.intp]) -> Side:
    there = which != NONE
    found = Side(*(np.full(len(which), NONE, column.dtype) for column in (rows.state, rows.due, rows.late_at)))
    for kept, column in ((found.state, rows.state), (found.due, rows.due), (found.late_at, rows.late_at)):
        kept[there] = column[which[there]]
    return found
