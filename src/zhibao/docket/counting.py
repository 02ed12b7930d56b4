"""How a statutory length runs out when some time does not count.

Knows days, lengths and a calendar; not what started the count or why a span is taken out of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhibao.kernel.days import Calendar, Length, Unit
from zhibao.rules.deadlines import LastDay

ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that do not count: those after ``begins`` up to and including ``ends`` (None: still open)."""

    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last day of a count, and what decided it.

    ``reading``: the day rests on moving a last day where the text is silent. ``provisional``: an unpublished year
    decided it. ``allowed`` is the number of units counted, natural days for months and years.
    """

    day: date
    provisional: bool
    reading: bool
    allowed: int


def union(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return the gaps in order with overlapping ones joined, so that no day is taken out twice."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: gap.begins):
        last = joined[-1] if joined else None
        if last is None or (last.ends is not None and gap.begins > last.ends):
            joined.append(gap)
        elif last.ends is not None and (gap.ends is None or gap.ends > last.ends):
            joined[-1] = Gap(last.begins, gap.ends)
    return tuple(joined)


def run_out(
    calendar: Calendar, start: date, lengths: Sequence[Length], gaps: Sequence[Gap], last_day: LastDay
) -> Outcome | None:
    """Return the last day of ``lengths`` one after the other, counted from ``start``, which does not count itself.

    None while an open gap keeps the count from running out. Lengths of one unit add up before they are counted
    (30 + 30 = 60 days); the last day moves once, at the end. Raises ValueError for hours.
    """
    closed = union(gaps)
    position, allowed, touched = start, 0, False
    for length in merge(lengths):
        working = length.unit is Unit.WORKING_DAYS
        if working or length.unit is Unit.DAYS:
            number = length.number
        else:
            number = (calendar.add(position, length, last_day_moves=False).day - position).days
        found = _advance(calendar, position, number, closed, working=working)
        if found is None:
            return None
        touched = touched or (working and _provisional(calendar, position + ONE_DAY, found))
        position, allowed = found, allowed + number
    return _settle(calendar, position, last_day, allowed, touched=touched)


def spent(calendar: Calendar, start: date, until: date, gaps: Sequence[Gap], *, working: bool) -> int:
    """Return how many countable days lie after ``start`` up to ``until``."""
    total = _count(calendar, start, max(start, until), working=working)
    for gap in union(gaps):
        first = max(start, gap.begins)
        last = until if gap.ends is None else min(until, gap.ends)
        if last > first:
            total -= _count(calendar, first, last, working=working)
    return total


def merge(lengths: Sequence[Length]) -> tuple[Length, ...]:
    """Return the lengths with neighbours of one unit added up; years join months."""
    merged: list[Length] = []
    for length in lengths:
        one = Length(length.number * 12, Unit.MONTHS) if length.unit is Unit.YEARS else length
        if merged and merged[-1].unit is one.unit:
            merged[-1] = Length(merged[-1].number + one.number, one.unit)
        else:
            merged.append(one)
    return tuple(merged)


def _advance(calendar: Calendar, start: date, number: int, gaps: Sequence[Gap], *, working: bool) -> date | None:
    position, left = start, number
    for gap in gaps:
        first = max(position, gap.begins)
        available = _count(calendar, position, first, working=working)
        if available >= left:
            break
        if gap.ends is None:
            return None
        if gap.ends > first:
            position, left = gap.ends, left - available
    unit = Unit.WORKING_DAYS if working else Unit.DAYS
    return calendar.add(position, Length(left, unit), last_day_moves=False).day


def _count(calendar: Calendar, after: date, upto: date, *, working: bool) -> int:
    return calendar.working_days_between(after, upto) if working else (upto - after).days


def _settle(calendar: Calendar, day: date, last_day: LastDay, allowed: int, *, touched: bool) -> Outcome:
    if last_day is LastDay.STAYS:
        return Outcome(day, touched, reading=False, allowed=allowed)
    moved = calendar.next_working(day)
    reading = moved != day and (
        last_day is LastDay.SILENT or (last_day is LastDay.WEEKEND and _plain_weekend(calendar, day))
    )
    return Outcome(moved, touched or _provisional(calendar, day, moved), reading, allowed)


def _plain_weekend(calendar: Calendar, day: date) -> bool:
    """Tell whether the days off around ``day`` are a Saturday and a Sunday and no more."""
    first = last = day
    while not calendar.is_working(first - ONE_DAY):
        first -= ONE_DAY
    while not calendar.is_working(last + ONE_DAY):
        last += ONE_DAY
    return (last - first).days < 2 and first.weekday() >= _SATURDAY and last.weekday() >= _SATURDAY


def _provisional(calendar: Calendar, first: date, last: date) -> bool:
    return any(calendar.is_provisional(date(year, 1, 1)) for year in range(first.year, last.year + 1))
