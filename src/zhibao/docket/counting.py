"""Gaps of a clock as dates, for whoever draws one: joined, and how many countable days lie between two days.

Knows dates; how a length runs out over gaps is in ``columns.counting``, which this asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.docket.columns.counting import join_sorted
from zhibao.docket.columns.counting import spent as count_spent
from zhibao.docket.columns.tables import OPEN_END, Work, make_gaps
from zhibao.kernel.day_arrays import date_of, number_of
from zhibao.kernel.days import Calendar


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that do not count: those after ``begins`` up to and including ``ends`` (None: still open)."""

    begins: date
    ends: date | None


def union(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return the gaps in order with overlapping ones joined, so that no day is taken out twice."""
    work, count = _joined(gaps)
    return tuple(
        Gap(date_of(work.begins[k]), None if work.stops[k] == OPEN_END else date_of(work.stops[k]))
        for k in range(count)
    )


def spent(calendar: Calendar, start: date, until: date, gaps: Sequence[Gap], *, working: bool) -> int:
    """Return how many countable days lie after ``start`` up to ``until``."""
    work, count = _joined(gaps)
    return count_spent(calendar.tables, work, number_of(start), number_of(until), count, working)


def _joined(gaps: Sequence[Gap]) -> tuple[Work, int]:
    work = make_gaps(len(gaps))
    for k, gap in enumerate(sorted(gaps, key=lambda gap: gap.begins)):
        work.begins[k] = number_of(gap.begins)
        work.stops[k] = OPEN_END if gap.ends is None else number_of(gap.ends)
    return work, join_sorted(work, len(gaps))
