"""Days as whole numbers, and tables by day that make every sum of working days one subtraction: for one day or for millions.

Knows no law and no clock. The small functions below take single numbers or arrays of them, and say the same for both.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
# One day number or an array of them; what comes back is of the same shape.
Days: TypeAlias = Any

# Day number 0. The tables end far behind every day that a docket accepts, so that no count runs off them.
DAY_ZERO = date(1850, 1, 1).toordinal()
LAST_YEAR = 3250
HORIZON = date(2600, 1, 1).toordinal() - DAY_ZERO
# Longer counts stop here: from the horizon it still lands within the tables, in working days too.
LONGEST_COUNT = 150_000
NO_DAY = -1


class DayTables(NamedTuple):
    """Tables by day number (and by rank of working day, by month).

    ``upto[d]``: working days from day 0 to ``d``. ``working[r]``: the r-th working day, from 0. ``month_of[d]``: months
    from January 1850. ``month_first[m]``: the first day of month m. ``plain_weekend[d]``: d lies in days off that are a
    Saturday and a Sunday and no more. ``next_unpublished[d]``: the first day from d on whose year has no notice.
    """

    upto: Ints
    working: Ints
    month_of: Ints
    month_first: Ints
    plain_weekend: Flags
    next_unpublished: Ints


def number_of(day: date) -> int:
    """Return the day's number."""
    return day.toordinal() - DAY_ZERO


def date_of(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(int(number) + DAY_ZERO)


def make_tables(listed: range, working: Sequence[int], published: Collection[int]) -> DayTables:
    """Build the tables. Days are ordinals: of those in ``listed`` offices work on ``working``, elsewhere Monday to Friday.

    ``published`` are the years whose holidays are.
    """
    size = date(LAST_YEAR, 12, 31).toordinal() - DAY_ZERO + 1
    days = np.arange(size, dtype=np.int32)
    weekday = ((days + DAY_ZERO - 1) % 7).astype(np.int8)  # 0 is Monday: ordinal 1 was one
    is_worked = weekday < 5
    is_worked[listed.start - DAY_ZERO : listed.stop - DAY_ZERO] = False
    is_worked[np.asarray(working, dtype=np.int64) - DAY_ZERO] = True
    firsts = np.arange("1850-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    month_first = (firsts - firsts[0]).astype(np.int32)
    month_of = np.repeat(np.arange(len(month_first) - 1, dtype=np.int32), np.diff(month_first))[:size]
    is_open = ~np.isin(1850 + month_of // 12, list(published))
    following = np.where(is_open, days, size).astype(np.int32)
    return DayTables(
        upto=np.cumsum(is_worked, dtype=np.int32),
        working=np.flatnonzero(is_worked).astype(np.int32),
        month_of=month_of,
        month_first=month_first,
        plain_weekend=_plain_weekends(is_worked, weekday),
        next_unpublished=np.minimum.accumulate(following[::-1])[::-1].copy(),
    )


def _plain_weekends(is_worked: Flags, weekday: npt.NDArray[np.int8]) -> Flags:
    """Mark the days of runs off that hold nothing but a Saturday, a Sunday, or both."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], is_worked, [True])).astype(np.int8)))
    first, behind = edges[0::2], edges[1::2]
    plain = (behind - first <= 2) & (weekday[first] >= 5) & (weekday[np.minimum(behind, len(weekday)) - 1] >= 5)
    found = np.zeros(len(is_worked), dtype=np.bool_)
    for place in (0, 1):
        at = first + place
        found[at[plain & (at < behind)]] = True
    return found


def is_working(tables: DayTables, day: Days) -> Days:
    """Tell whether offices work on the day (from day number 1)."""
    return tables.upto[day] > tables.upto[day - 1]


def add_working(tables: DayTables, day: Days, number: Days) -> Days:
    """Return the ``number``-th working day after ``day``; ``number`` is at least 1."""
    return tables.working[tables.upto[day] + number - 1]


def next_working(tables: DayTables, day: Days) -> Days:
    """Return ``day`` if offices work on it, else the first working day after it."""
    return tables.working[tables.upto[day - 1]]


def working_before(tables: DayTables, day: Days, number: Days) -> Days:
    """Return the ``number``-th working day counted back from ``day``, which does not count itself."""
    return tables.working[tables.upto[day - 1] - number]


def working_between(tables: DayTables, a: Days, b: Days) -> Days:
    """Return the number of working days after ``a`` up to and including ``b``; negative when b is before a."""
    return tables.upto[b] - tables.upto[a]


def add_months(tables: DayTables, day: Days, months: Days) -> Days:
    """Return the same-numbered day ``months`` later (earlier where negative), or the last day of that month."""
    month = tables.month_of[day]
    first = tables.month_first[month + months]
    last = tables.month_first[month + months + 1] - 1
    return np.minimum(first + (day - tables.month_first[month]), last)


def any_unpublished(tables: DayTables, a: Days, b: Days) -> Days:
    """Tell whether a year from that of ``a`` to that of ``b`` has no notice yet; ``b`` is not before ``a``."""
    return tables.next_unpublished[a] <= b


# The functions written so that a compiler can take them as they are.
KERNEL = (
    "is_working", "add_working", "next_working", "working_before", "working_between", "add_months", "any_unpublished",
)  # fmt: skip
