"""Clocks of many matters at once: the kernel over chunks of them, several at a time.

Knows how work is shared out and results are put together; counts nothing itself.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from zhibao.docket.columns.compiled import Fold, compiled_fold
from zhibao.docket.columns.events import EventColumns, microseconds
from zhibao.docket.columns.limits import LimitTables
from zhibao.docket.columns.tables import Longs, Rows, Shorts, make_rows, make_work
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Calendar, legal_day


@dataclass(frozen=True, slots=True)
class ClockColumns:
    """Every clock of many matters as it stands at one moment, by matter, and there by start."""

    law: LimitTables
    events: EventColumns
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows.matter)


def clock_columns(
    law: LimitTables, calendar: Calendar, events: EventColumns, *, now: datetime, workers: int = 1,
    fold: Fold | None = None, matters: Longs | None = None,
) -> ClockColumns:  # fmt: skip
    """Return the clocks of all matters, or of those numbered in ``matters`` (ascending).

    ``fold`` None: compiled where numba is installed. The answer does not depend on it, nor on ``workers``.
    """
    limits = law.limits(events.signatures, events.procedures)
    begins, ends = (events.begins, events.ends) if matters is None else (events.begins[matters], events.ends[matters])
    longest = int((ends - begins).max(initial=0))
    edges = np.linspace(0, len(begins), workers + 1).astype(np.int64)
    chunks = [(int(a), int(b)) for a, b in pairwise(edges)]
    each = np.diff(limits.starts_at) + np.diff(limits.held_at)
    sizes = [_most(each, events.steps.code, begins[a:b], ends[a:b]) for a, b in chunks]
    places = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    rows = make_rows(int(places[-1]))
    moment, today, run = microseconds(now), number_of(legal_day(now)), fold or compiled_fold()

    def one(chunk: int) -> int:
        first, last = chunks[chunk]
        return run(
            limits, calendar.tables, events.steps, events.extras, events.places, begins, ends, first, last, moment,
            today, rows, int(places[chunk]), make_work(limits, longest),
        )  # fmt: skip

    if workers == 1:
        behind = [one(0)]
    else:
        with ThreadPoolExecutor(workers) as pool:
            behind = list(pool.map(one, range(workers)))
    kept = _close_up(rows, [int(place) for place in places[:-1]], behind)
    if matters is not None:
        kept.matter[:] = matters[kept.matter]
    return ClockColumns(law, events, kept)


def _most(each: Longs, codes: Shorts, begins: Longs, ends: Longs) -> int:
    """Return how many rows the events of these matters can open at most."""
    if not len(begins):
        return 0
    if (begins[1:] == ends[:-1]).all():
        return int(np.bincount(codes[begins[0] : ends[-1]], minlength=len(each)) @ each)
    return int(sum(each[codes[lo:hi]].sum() for lo, hi in zip(begins, ends, strict=True)))


def _close_up(rows: Rows, places: Sequence[int], behind: Sequence[int]) -> Rows:
    """Return the rows written, without the room left between chunks."""
    at = behind[0]
    for place, end in zip(places[1:], behind[1:], strict=True):
        if at != place:
            for column in rows:
                column[at : at + end - place] = column[place:end].copy()
        at += end - place
    return Rows._make(column[:at] for column in rows)


def narrowed(law: LimitTables, ids: Sequence[str]) -> LimitTables:
    """Return the tables of these limits only, for events encoded for all of ``law``."""
    chosen: Mapping[str, int] = law.places
    return LimitTables([law.deadlines[chosen[name]] for name in ids], law.encoding)
