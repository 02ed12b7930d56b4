"""From the clocks of one moment to those of a later one: only matters that changed or fell due are run again.

Knows which clocks time alone can change; that the answer equals running everything is held by tests.
"""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from zhibao.docket.columns.events import EventColumns, microseconds
from zhibao.docket.columns.findings import matters_of
from zhibao.docket.columns.fleet import ClockColumns, clock_columns
from zhibao.docket.columns.tables import NONE, RUNNING, Flags, Longs, Rows
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Calendar, legal_day


def fell_due(found: ClockColumns, events: EventColumns, *, since: datetime, now: datetime) -> Longs:
    """Return the matters with a clock that has run out, or an event dated ahead that has happened, after ``since``."""
    rows, moment, today = found.rows, microseconds(now), number_of(legal_day(now))
    running = np.flatnonzero((rows.state == RUNNING) & (rows.due != NONE))
    late_at, due = rows.late_at[running], rows.due[running]
    late = running[np.where(late_at > 0, late_at <= moment, due < today)]
    at = events.steps.at
    ahead = matters_of(events, np.flatnonzero((at > microseconds(since)) & (at <= moment)))
    return np.union1d(rows.matter[late], ahead[ahead != NONE]).astype(np.int64)


def swept(
    found: ClockColumns, calendar: Calendar, events: EventColumns, *, changed: Collection[int], since: datetime,
    now: datetime, workers: int = 1,
) -> tuple[ClockColumns, Longs]:  # fmt: skip
    """Return the clocks at ``now`` and the matters run again, from those found at ``since``.

    ``events`` are those of ``now``; ``changed`` the matters whose events are others than at ``since``, new ones included.
    """
    given = np.array(sorted(changed), dtype=np.int64)
    touched = np.union1d(given, fell_due(found, events, since=since, now=now))
    fresh = clock_columns(found.law, calendar, events, now=now, workers=workers, matters=touched)
    again = np.zeros(events.matters, dtype=np.bool_)
    again[touched] = True
    return ClockColumns(found.law, events, _merged(found.rows, fresh.rows, again, workers)), touched


def _merged(before: Rows, fresh: Rows, again: Flags, workers: int) -> Rows:
    """Return the rows of ``before`` but for the matters in ``again``, those of ``fresh`` in their places.

    Each column is written once into new memory: at millions of rows most of the time goes into touching it.
    """
    kept = np.flatnonzero(~again[before.matter])
    if not len(kept):
        return fresh
    places = np.searchsorted(before.matter[kept], fresh.matter)
    order = np.insert(kept, places, 0)
    places += np.arange(len(places))

    def merge(pair: tuple[npt.NDArray[Any], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        old, new = pair
        column = np.empty(len(order), dtype=old.dtype)
        np.take(old, order, out=column, mode="clip")
        column[places] = new
        return column

    with ThreadPoolExecutor(workers) as pool:
        return Rows(*pool.map(merge, zip(before, fresh, strict=True)))
