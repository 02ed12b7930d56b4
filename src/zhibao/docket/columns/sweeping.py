"""From the clocks of one moment to those of a later one: only matters that changed or fell due are run again.

Knows which clocks time alone can change; that the answer equals running everything is held by tests.
"""

from collections.abc import Collection
from datetime import datetime

import numpy as np

from zhibao.docket.columns.events import EventColumns, microseconds
from zhibao.docket.columns.findings import matters_of
from zhibao.docket.columns.fleet import ClockColumns, clock_columns
from zhibao.docket.columns.tables import NONE, RUNNING, Longs, Rows
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
    kept = np.flatnonzero(~again[found.rows.matter])
    order = np.argsort(np.concatenate((found.rows.matter[kept], fresh.rows.matter)), kind="stable")
    rows = Rows._make(np.concatenate((old[kept], new))[order] for old, new in zip(found.rows, fresh.rows, strict=True))
    return ClockColumns(found.law, events, rows), touched
