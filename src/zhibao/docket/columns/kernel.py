"""What each start of a limit came to, in whole numbers: its end, its gaps, its extensions, its last day, its state.

Runs matter by matter, as plain Python over one matter and compiled over millions (compiled.py); written in the part of
Python that both understand. How days are counted is in counting.py.
"""

from zhibao.docket.columns.counting import add_up, count_back, end_term, join_gaps, run_out
from zhibao.docket.columns.tables import (
    DUTY,
    HEARING,
    HOUR,
    HOURS,
    LAPSED,
    LAPSES,
    MET,
    MET_LATE,
    MINUTE,
    NONE,
    OVERDUE,
    RECEIVED,
    RUNNING,
    SUSPENDED,
    WAIT,
    Extras,
    Limits,
    Longs,
    Places,
    Rows,
    Steps,
    Work,
)
from zhibao.kernel.day_arrays import DayTables


def fold_matters(
    limits: Limits, tables: DayTables, steps: Steps, extras: Extras, places: Places, begins: Longs, ends: Longs, first: int,
    last: int, now: int, today: int, rows: Rows, at: int, work: Work,
) -> int:  # fmt: skip
    """Write a row for every start in the matters ``first`` to ``last - 1``, from row ``at``; return the row behind them.

    ``begins[m]:ends[m]`` are the events of matter m. ``now`` is in microseconds, ``today`` its day number.
    """
    for matter in range(first, last):
        lo, hi = begins[matter], ends[matter]
        stop = hi
        while stop > lo and steps.at[stop - 1] > now:
            stop -= 1
        behind = open_entries(limits, steps, extras, places, lo, stop, rows, at, work)
        if behind > at:
            notes = note_events(limits, steps, lo, stop, work)
            for row in range(at, behind):
                rows.matter[row] = matter
                finish(limits, tables, steps, extras, places, lo, hi, notes, now, today, rows, row, work)
            at = behind
    return at


def related(places: Places, a: int, b: int) -> bool:
    """Tell whether events in the two places can answer each other (``timeline.Links.related``)."""
    if a == b or same_proceeding(places, a, b):
        return True
    if places.procedure[a] == places.procedure[b]:
        return False
    if places.root[a] == places.root[b] or (places.outside[a] and places.outside[b]):
        return True
    return bool((places.outside[a] and places.alone[a]) or (places.outside[b] and places.alone[b]))


def same_proceeding(places: Places, a: int, b: int) -> bool:
    """Tell whether both belong to one proceeding; events that name none belong to any."""
    one, other = places.proceeding[a], places.proceeding[b]
    return bool(one == other or one == NONE or other == NONE)


def open_entries(
    limits: Limits, steps: Steps, extras: Extras, places: Places, lo: int, stop: int, rows: Rows, at: int, work: Work
) -> int:
    """Walk the events in order: each end closes every open entry it can answer, each start opens one."""
    behind, opened = at, 0
    for i in range(lo, stop):
        code = steps.code[i]
        if limits.idle[code]:
            continue
        opened = close_entries(limits, steps, places, i, rows, opened, work)
        before = behind
        for k in range(limits.starts_at[code], limits.starts_at[code + 1]):
            behind = open_entry(limits, steps, extras, limits.starts[k], limits.start_column[k], i, rows, behind, work)
        for k in range(limits.held_at[code], limits.held_at[code + 1]):
            if is_held_unasked(limits, steps, places, limits.held[k], i, rows, at, behind):
                behind = open_entry(limits, steps, extras, limits.held[k], NONE, i, rows, behind, work)
        for row in range(before, behind):
            work.open[opened] = row
            opened += 1
    for row in range(at, behind):
        work.counts[rows.limit[row]] = 0
    return behind


def close_entries(limits: Limits, steps: Steps, places: Places, i: int, rows: Rows, opened: int, work: Work) -> int:
    """End the open entries that event ``i`` answers; return how many stay open."""
    kept = 0
    for k in range(opened):
        row = work.open[k]
        how = limits.ends[rows.limit[row], steps.code[i]]
        if how and related(places, steps.place[rows.start[row]], steps.place[i]):
            rows.end[row], rows.lapsed[row] = i, how == LAPSES
        else:
            work.open[kept] = row
            kept += 1
    return kept


def open_entry(
    limits: Limits, steps: Steps, extras: Extras, limit: int, column: int, i: int, rows: Rows, row: int, work: Work
) -> int:
    """Write the beginning of a row where a version is in force that day; return the row behind it.

    ``column`` of Extras.days names the day it counts from; NONE: the event's own, or that of its receipt.
    """
    moment, day, extra, assumed = steps.at[i], steps.day[i], steps.extra[i], False
    if limits.from_receipt[limit]:
        assumed = extras.days[extra, RECEIVED] == NONE
        if not assumed:
            moment, day = extras.received_at[extra], extras.days[extra, RECEIVED]
    version = version_on(limits, limit, day)
    if column != NONE:
        day = extras.days[extra, column]
    if version == NONE or day == NONE:
        return row
    work.counts[limit] += 1
    rows.limit[row], rows.version[row], rows.number[row] = limit, version, work.counts[limit]
    rows.start[row], rows.end[row], rows.lapsed[row] = i, NONE, False
    rows.moment[row], rows.day[row], rows.assumed[row] = moment, day, assumed
    return row + 1


def version_on(limits: Limits, limit: int, day: int) -> int:
    """Return the version in force on ``day``, NONE where the law knew no such limit."""
    for version in range(limits.versions_at[limit], limits.versions_at[limit + 1]):
        if limits.first[version] <= day <= limits.last[version]:
            return version
    return NONE


def is_held_unasked(
    limits: Limits, steps: Steps, places: Places, limit: int, i: int, rows: Rows, at: int, behind: int
) -> bool:
    """Tell whether event ``i`` is what a limit counts back from, and nothing had started it: it then starts it itself."""
    version = version_on(limits, limit, steps.day[i])
    if version == NONE or limits.before[version] != limits.kind[steps.code[i]]:
        return False
    for row in range(at, behind):
        if rows.limit[row] == limit and related(places, steps.place[rows.start[row]], steps.place[i]):
            return False
    return True


def note_events(limits: Limits, steps: Steps, lo: int, stop: int, work: Work) -> int:
    """Collect the matter's events that may begin or end a span, or extend a count; return how many."""
    count = 0
    for i in range(lo, stop):
        if limits.notable[steps.code[i]]:
            work.notes[count] = i
            count += 1
    return count


def take_out(
    limits: Limits, steps: Steps, extras: Extras, places: Places, notes: int, rows: Rows, row: int, work: Work
) -> int:
    """Collect the spans that do not count; a second beginning of an open span changes nothing, one ending closes it.

    Beginnings that name an item open spans of their own, closed by endings that name it. Returns how many gaps.
    """
    version, end, start = rows.version[row], rows.end[row], steps.place[rows.start[row]]
    count = 0
    for span in range(limits.spans_at[version], limits.spans_at[version + 1]):
        begun = 0
        for n in range(notes):
            i = work.notes[n]
            kind = limits.kind[steps.code[i]]
            begins = kind == limits.span_begin[span]
            if not (begins or limits.span_end[span, kind]) or not same_proceeding(places, start, steps.place[i]):
                continue
            found = find_begun(steps, extras, work, begun, i)
            if begins and found == begun and (end == NONE or steps.at[i] < steps.at[end]):
                work.pending[begun] = i
                begun += 1
            elif found < begun and limits.span_end[span, kind]:
                count = note_gap(steps, rows, row, work, count, work.pending[found], i)
                begun -= 1
                for k in range(found, begun):
                    work.pending[k] = work.pending[k + 1]
        for k in range(begun):
            count = note_gap(steps, rows, row, work, count, work.pending[k], NONE)
    return count


def find_begun(steps: Steps, extras: Extras, work: Work, begun: int, i: int) -> int:
    """Return which begun span names the same item as event ``i``; ``begun`` where none does."""
    ref = extras.ref[steps.extra[i]]
    for k in range(begun):
        if extras.ref[steps.extra[work.pending[k]]] == ref:
            return k
    return begun


def note_gap(steps: Steps, rows: Rows, row: int, work: Work, count: int, begin: int, stop: int) -> int:
    """Note a gap, unless it was over before the count began; return how many there are."""
    if stop != NONE and steps.day[stop] <= rows.day[row]:
        return count
    work.gap_from[count], work.gap_to[count] = begin, stop
    return count + 1


def lengthen(
    limits: Limits, steps: Steps, extras: Extras, places: Places, notes: int, rows: Rows, row: int, work: Work
) -> int:
    """Add the extensions in order: the first uses the first rule for its kind, and so on; more than the law allows do nothing.

    Refused ones are noted without a unit. Returns how many were noted.
    """
    version, end, start = rows.version[row], rows.end[row], steps.place[rows.start[row]]
    first, last = limits.rules_at[version], limits.rules_at[version + 1]
    used, count = 0, 0
    if first == last:
        return 0
    for n in range(notes):
        i = work.notes[n]
        rule, kind = NONE, limits.kind[steps.code[i]]
        named = False
        for k in range(last - 1, first - 1, -1):
            if limits.rule_kind[k] == kind:
                named = True
                if not used & (1 << (k - first)):
                    rule = k
        if not named or steps.at[i] < rows.moment[row] or (end != NONE and steps.at[i] > steps.at[end]):
            continue
        if not same_proceeding(places, start, steps.place[i]):
            continue
        work.grants[count], work.granted[count], work.granted_unit[count] = i, 0, NONE
        if rule != NONE:
            grant(limits, extras, steps.extra[i], rule, work, count)
            if limits.rule_unit[rule] != NONE:
                used |= 1 << (rule - first)
        count += 1
    return count


def grant(limits: Limits, extras: Extras, extra: int, rule: int, work: Work, count: int) -> None:
    """Note by how much an extension lengthens the count; no unit where the decision had to say and did not."""
    number, unit = limits.rule_number[rule], limits.rule_unit[rule]
    said, of = extras.number[extra], extras.unit[extra]
    if of != NONE and (unit == NONE or (limits.rule_at_most[rule] and of == unit and said <= number)):
        work.granted[count], work.granted_unit[count] = said, of
    else:
        work.granted[count], work.granted_unit[count] = number, unit


def finish(
    limits: Limits, tables: DayTables, steps: Steps, extras: Extras, places: Places, lo: int, hi: int, notes: int,
    now: int, today: int, rows: Rows, row: int, work: Work,
) -> tuple[int, int, int]:  # fmt: skip
    """Complete a row: gaps and extensions, the last day, the state, who owes it.

    Returns how many gaps, joined gaps and extensions stand in ``work``.
    """
    version = rows.version[row]
    gaps = take_out(limits, steps, extras, places, notes, rows, row, work)
    extensions = lengthen(limits, steps, extras, places, notes, rows, row, work)
    number, unit = length_of(limits, version, steps.code[rows.start[row]])
    rows.late_at[row], rows.provisional[row], rows.reading[row], rows.allowed[row] = 0, False, False, NONE
    joined = join_gaps(steps, work, gaps)
    if limits.before[version] != NONE or limits.backwards[version]:
        due_backwards(limits, tables, steps, extras, places, lo, hi, now, number, unit, rows, row)
    elif unit == HOURS:
        due_in_hours(number, extensions, rows, row, work)
    elif limits.first_day_counts[version]:
        rows.due[row] = end_term(tables, rows.day[row], number, unit)
        rows.allowed[row] = rows.due[row] - rows.day[row] + 1
    else:
        lengths = add_up(work, number, unit, extensions)
        due, provisional, reading, allowed = run_out(
            tables, work, rows.day[row], lengths, joined, limits.last_day[version]
        )
        rows.due[row], rows.provisional[row], rows.reading[row], rows.allowed[row] = due, provisional, reading, allowed
    rows.state[row] = state_of(limits, steps, now, today, rows, row)
    rows.owed[row] = owing(limits, steps, places, lo, hi, rows, row)
    return gaps, joined, extensions


def length_of(limits: Limits, version: int, code: int) -> tuple[int, int]:
    """Return number and unit of the version's length for a start of that code."""
    variant = limits.variant[version]
    if variant == NONE:
        return limits.number[version], limits.unit[version]
    return limits.variant_number[code, variant], limits.variant_unit[code, variant]


def due_in_hours(number: int, extensions: int, rows: Rows, row: int, work: Work) -> None:
    """Count hours: the minute of the start does not count, and a step in the last minute is in time."""
    hours = int(number)
    for k in range(extensions):
        hours += int(work.granted[k])
    moment = rows.moment[row]
    minute = moment - moment % MINUTE + hours * HOUR
    rows.late_at[row], rows.allowed[row] = minute + MINUTE, hours
    rows.due[row] = rows.day[row]


def due_backwards(
    limits: Limits, tables: DayTables, steps: Steps, extras: Extras, places: Places, lo: int, hi: int, now: int,
    number: int, unit: int, rows: Rows, row: int,
) -> None:  # fmt: skip
    """Count backwards from the day the start names, or from that of the hearing: held, or else announced."""
    version, start, end = rows.version[row], rows.start[row], rows.end[row]
    day = rows.day[row] if limits.backwards[version] else NONE
    if limits.before[version] != NONE:
        for i in range(lo, hi):
            held = limits.kind[steps.code[i]] == limits.before[version] and steps.at[i] >= steps.at[start]
            if held and same_proceeding(places, steps.place[start], steps.place[i]):
                day = steps.day[i]
                break
        if day == NONE:
            day = hearing_set(steps, extras, places, lo, hi, now, start, end)
    rows.due[row] = NONE
    if day != NONE:
        rows.due[row], rows.provisional[row] = count_back(tables, day, number, unit)


def hearing_set(steps: Steps, extras: Extras, places: Places, lo: int, hi: int, now: int, start: int, end: int) -> int:
    """Return the day of a hearing not held yet: as the end says, else as the latest event since the start says; or NONE."""
    if end != NONE and extras.days[steps.extra[end], HEARING] != NONE:
        return int(extras.days[steps.extra[end], HEARING])
    day = NONE
    for i in range(lo, hi):
        said = extras.days[steps.extra[i], HEARING]
        happened = steps.at[start] <= steps.at[i] <= now
        if said != NONE and happened and same_proceeding(places, steps.place[start], steps.place[i]):
            day = int(said)
    return day


def state_of(limits: Limits, steps: Steps, now: int, today: int, rows: Rows, row: int) -> int:
    """Return the state at ``now`` of a row whose end and last day are known."""
    missed, end = limits.missed[rows.limit[row]], rows.end[row]
    if rows.lapsed[row]:
        return LAPSED
    ended_late = end != NONE and is_late(rows, row, steps.at[end], steps.day[end])
    if missed == WAIT:
        return wait_state(rows, row, end != NONE and not ended_late, is_late(rows, row, now, today))
    if end != NONE:
        return MET if not ended_late else (MET_LATE if missed == DUTY else LAPSED)
    if rows.due[row] == NONE:
        return RUNNING if limits.before[rows.version[row]] != NONE else SUSPENDED
    if not is_late(rows, row, now, today):
        return RUNNING
    return OVERDUE if missed == DUTY else LAPSED


def wait_state(rows: Rows, row: int, cut_short: bool, run_out_by_now: bool) -> int:
    """Return the state of time that must pass: nobody owes a step, and an end within it cuts it short."""
    if cut_short:
        return LAPSED
    if rows.due[row] == NONE:
        return SUSPENDED
    return MET if run_out_by_now else RUNNING


def is_late(rows: Rows, row: int, at: int, day: int) -> bool:
    """Tell whether that moment, on that day, lies behind the last day or minute."""
    if rows.due[row] == NONE:
        return False
    return bool(at >= rows.late_at[row]) if rows.late_at[row] else bool(day > rows.due[row])


def owing(limits: Limits, steps: Steps, places: Places, lo: int, hi: int, rows: Rows, row: int) -> int:
    """Return the event whose organ owes the step; NONE where a party owes it or no such organ has a hand in the matter."""
    procedure, start = limits.owed_procedure[rows.limit[row]], rows.start[row]
    if procedure == NONE or places.procedure[steps.place[start]] == procedure:
        return NONE if procedure == NONE else start
    nearest = NONE
    for i in range(lo, hi):
        if places.procedure[steps.place[i]] != procedure or not related(places, steps.place[start], steps.place[i]):
            continue
        if steps.at[i] > steps.at[start]:
            return i if nearest == NONE else nearest
        nearest = i
    return nearest


# What compiled.py compiles of this module, besides fold_matters.
KERNEL = (
    "related", "same_proceeding", "open_entries", "close_entries", "open_entry", "version_on", "is_held_unasked",
    "note_events", "take_out", "find_begun", "note_gap", "lengthen", "grant", "finish", "length_of", "due_in_hours",
    "due_backwards", "hearing_set", "state_of", "wait_state", "is_late", "owing",
)  # fmt: skip
