"""How a length runs out when some time does not count, in whole numbers: for one entry, compiled or not.

Knows days, lengths, gaps and the calendar's tables; not what started the count or why a span is taken out of it. Gaps are
read from ``work.begins`` and ``work.stops`` (day numbers; OPEN_END: not closed yet), lengths from ``work.granted``.
"""

from zhibao.docket.columns.tables import (
    DAYS,
    MONTHS,
    NONE,
    OPEN_END,
    SILENT,
    STAYS,
    WEEKEND,
    WORKING,
    YEARS,
    Steps,
    Work,
)
from zhibao.kernel.day_arrays import (
    HORIZON,
    LONGEST_COUNT,
    DayTables,
    add_months,
    add_working,
    any_unpublished,
    next_working,
    working_before,
    working_between,
)


def join_gaps(steps: Steps, work: Work, count: int) -> int:
    """Write the gaps as days, in order, with overlapping ones joined, so that no day is taken out twice; return how many."""
    for k in range(count):
        begin = steps.day[work.gap_from[k]]
        stop = OPEN_END if work.gap_to[k] == NONE else steps.day[work.gap_to[k]]
        j = k
        while j > 0 and work.begins[j - 1] > begin:
            work.begins[j], work.stops[j] = work.begins[j - 1], work.stops[j - 1]
            j -= 1
        work.begins[j], work.stops[j] = begin, stop
    return join_sorted(work, count)


def join_sorted(work: Work, count: int) -> int:
    """Join the gaps that touch or overlap, in place; they stand by their beginning. Return how many are left."""
    joined = 0
    for k in range(count):
        if joined and work.begins[k] <= work.stops[joined - 1]:
            work.stops[joined - 1] = max(work.stops[joined - 1], work.stops[k])
        else:
            work.begins[joined], work.stops[joined] = work.begins[k], work.stops[k]
            joined += 1
    return joined


def add_up(work: Work, number: int, unit: int, extensions: int) -> int:
    """Write the length and its extensions with neighbours of one unit added up; years join months. Return how many."""
    count = 0
    for k in range(-1, extensions):
        more, of = (number, unit) if k < 0 else (work.granted[k], work.granted_unit[k])
        if of == NONE:
            continue
        if of == YEARS:
            more, of = more * 12, MONTHS
        if count and work.total_unit[count - 1] == of:
            work.total[count - 1] += more
        else:
            work.total[count], work.total_unit[count] = more, of
            count += 1
    return count


def run_out(
    tables: DayTables, work: Work, start: int, lengths: int, gaps: int, last_day: int
) -> tuple[int, bool, bool, int]:
    """Return (last day, provisional, reading, units counted) of the lengths in ``work.total`` counted from ``start``.

    ``start`` does not count itself. Day and units are NONE while an open gap keeps the count from running out. The last day moves once, at the end.
    """
    position, allowed, touched = int(start), 0, False
    for k in range(lengths):
        number = min(int(work.total[k]), LONGEST_COUNT)
        working = work.total_unit[k] == WORKING
        if work.total_unit[k] == MONTHS:
            number = int(add_months(tables, position, min(number, LONGEST_COUNT // 31))) - position
        found = advance(tables, work, position, number, gaps, working)
        if found == NONE:
            return NONE, False, False, NONE
        touched = touched or (working and found > position and bool(any_unpublished(tables, position + 1, found)))
        position, allowed = min(found, HORIZON), allowed + number
    return settle(tables, position, last_day, allowed, touched)


def advance(tables: DayTables, work: Work, start: int, number: int, gaps: int, working: bool) -> int:
    """Return the day on which ``number`` countable days after ``start`` are used up; NONE where an open gap comes first."""
    position, left = int(start), int(number)
    for k in range(gaps):
        first = max(position, int(work.begins[k]))
        available = count_days(tables, position, first, working)
        if available >= left:
            break
        if work.stops[k] == OPEN_END:
            return NONE
        if work.stops[k] > first:
            position, left = int(work.stops[k]), left - available
    if left <= 0:
        return position
    return int(add_working(tables, position, left)) if working else position + left


def count_days(tables: DayTables, after: int, upto: int, working: bool) -> int:
    """Return the days, or working days, after ``after`` up to and including ``upto``."""
    return int(working_between(tables, after, upto)) if working else int(upto - after)


def settle(tables: DayTables, day: int, last_day: int, allowed: int, touched: bool) -> tuple[int, bool, bool, int]:
    """Move a last day off to the next working day where the law says so or is read so."""
    if last_day == STAYS:
        return day, touched, False, allowed
    moved = int(next_working(tables, day))
    reading = moved != day and (last_day == SILENT or (last_day == WEEKEND and bool(tables.plain_weekend[day])))
    return moved, touched or bool(any_unpublished(tables, day, moved)), reading, allowed


def count_back(tables: DayTables, day: int, number: int, unit: int) -> tuple[int, bool]:
    """Return the day that lies the length before ``day``, which does not count itself, and whether it is provisional."""
    if unit == WORKING and number > 0:
        found = int(working_before(tables, day, number))
        return found, bool(any_unpublished(tables, found, day - 1))
    if unit in (DAYS, WORKING):
        return int(day - number), False
    months = number * 12 if unit == YEARS else number
    return int(add_months(tables, day, -months)), False


def end_term(tables: DayTables, first: int, number: int, unit: int) -> int:
    """Return the last day of a term of months or years whose first day counts: the day before the same day comes round.

    Where the last month has no such day, the term ends with the month.
    """
    months = number * 12 if unit == YEARS else number
    again = int(add_months(tables, first, months))
    month = tables.month_of[again]
    same = again - tables.month_first[month] == first - tables.month_first[tables.month_of[first]]
    return again - 1 if same else again


def spent(tables: DayTables, work: Work, start: int, until: int, gaps: int, working: bool) -> int:
    """Return how many countable days lie after ``start`` up to ``until``."""
    total = count_days(tables, start, max(start, until), working)
    for k in range(gaps):
        first, last = max(start, int(work.begins[k])), min(until, int(work.stops[k]))
        if last > first:
            total -= count_days(tables, first, last, working)
    return total


# What compiled.py compiles of this module.
KERNEL = (
    "join_gaps", "join_sorted", "add_up", "run_out", "advance", "count_days", "settle", "count_back", "end_term", "spent",
)  # fmt: skip
