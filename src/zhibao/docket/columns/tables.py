"""What the kernel reads and writes, as arrays of whole numbers: events, law, working space, results.

Knows the layout and the small codes; builds nothing (encoding.py, limits.py) and counts nothing (kernel.py, counting.py).
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from zhibao.kernel.days import Unit

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Shorts = npt.NDArray[np.int16]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

NONE: Final = -1
# Units of a length.
HOURS, DAYS, WORKING, MONTHS, YEARS = 0, 1, 2, 3, 4
UNITS: Final = {Unit.HOURS: 0, Unit.DAYS: 1, Unit.WORKING_DAYS: 2, Unit.MONTHS: 3, Unit.YEARS: 4}
# What happens to a last day off, in the order of rules.deadlines.LastDay.
STAYS, MOVES, SILENT, WEEKEND = 0, 1, 2, 3
# What an event does to an open entry.
ENDS, LAPSES = 1, 2
# States, in the order of STATES below.
RUNNING, SUSPENDED, MET, MET_LATE, OVERDUE, LAPSED = 0, 1, 2, 3, 4, 5
STATES: Final = ("running", "suspended", "met", "met-late", "overdue", "lapsed")
# Columns of Extras.days; the fields that limits count from follow.
RECEIVED, HEARING, FIRST_FIELD = 0, 1, 2
# What a missed limit leads to: Missed.lapses, Missed.waits, or a duty.
DUTY, RIGHT, WAIT = 0, 1, 2

MINUTE: Final = 60_000_000
HOUR: Final = 3_600_000_000


class Steps(NamedTuple):
    """Events, matter by matter, by when they happened; those of one moment in the order recorded.

    ``code``: what the law hears in it (0: nothing). ``at``: microseconds since 1970 UTC. ``day``: its day number in legal
    time. ``extra`` and ``place``: rows of Extras (0: nothing more is said) and Places.
    """

    code: Shorts
    at: Longs
    day: Ints
    extra: Ints
    place: Ints


class Extras(NamedTuple):
    """What a few events say besides: when received, other days named, a length granted, the item examined.

    ``days`` has a column for each of RECEIVED, HEARING and the fields limits count from; NONE where not said.
    ``unit`` NONE: no length that could count. ``ref`` 0: no item.
    """

    received_at: Longs
    days: Ints
    number: Ints
    unit: Bytes
    ref: Ints


class Places(NamedTuple):
    """Where an event happened: its proceeding and what links it to others, see ``timeline.Links``.

    ``proceeding`` NONE: not named. ``root``: one number for all that handings-over join. ``outside``: joined to none.
    ``alone``: the matter's only one of its procedure.
    """

    proceeding: Ints
    procedure: Ints
    root: Ints
    organ: Ints
    outside: Flags
    alone: Flags


class Limits(NamedTuple):
    """The deadlines of a law pack. Per code (C), deadline (D), version (V), span (S), extension rule (X), kind (K).

    ``starts_at[c]:starts_at[c + 1]`` are the places in ``starts`` of the deadlines an event of code c starts, ``held_at``
    those that count back from it. ``ends[d, c]`` is ENDS, LAPSES or 0. ``variant[v]`` is a column of ``variant_number[c, r]``.
    ``span_end[s, k]``: kind k ends span s.
    """

    kind: Longs  # C
    idle: Flags  # C: neither starts nor ends anything
    notable: Flags  # C: begins or ends a span, or extends
    starts_at: Longs  # C + 1
    starts: Longs
    start_column: Longs  # beside ``starts``: the column of Extras.days it counts from, or NONE
    held_at: Longs  # C + 1
    held: Longs
    ends: Bytes  # D, C
    from_receipt: Flags  # D
    missed: Longs  # D: DUTY, RIGHT, WAIT
    owed_procedure: Longs  # D, or NONE
    versions_at: Longs  # D + 1
    first: Longs  # V
    last: Longs  # V
    number: Longs  # V
    unit: Longs  # V
    last_day: Longs  # V
    before: Longs  # V: a kind, or NONE
    backwards: Flags  # V
    first_day_counts: Flags  # V
    variant: Longs  # V
    variant_number: Longs
    variant_unit: Longs
    spans_at: Longs  # V + 1
    span_begin: Longs  # S
    span_end: Flags  # S, K
    rules_at: Longs  # V + 1
    rule_kind: Longs  # X
    rule_number: Longs  # X
    rule_unit: Longs  # X: NONE where the decision says how long
    rule_at_most: Flags  # X


class Work(NamedTuple):
    """Working space for one matter at a time; the kernel leaves an entry's account in it for whoever writes it out."""

    counts: Longs  # D: entries opened so far
    open: Longs  # rows not ended yet
    notes: Longs  # events that may begin or end a span or extend
    pending: Longs  # begun spans
    gap_from: Longs  # the gaps of one entry: events, NONE where still open
    gap_to: Longs
    begins: Longs  # the same as days in order, joined
    stops: Longs
    grants: Longs  # extensions of one entry: event, number, unit (NONE: refused)
    granted: Longs
    granted_unit: Longs
    total: Longs  # lengths added up
    total_unit: Longs


class Rows(NamedTuple):
    """Results: one row for each start of a limit.

    ``moment`` and ``day``: from when it counts. ``due``: the last day, NONE where there is none; for hours the day of
    the last minute, and ``late_at`` the instant from which it is late (0: the midnight after ``due``).
    ``owed``: the event whose organ owes the step, NONE where no organ does.
    """

    matter: Ints
    limit: Shorts
    version: Shorts
    number: Shorts
    start: Ints
    end: Ints
    moment: Longs
    day: Ints
    assumed: Flags
    lapsed: Flags
    due: Ints
    late_at: Longs
    state: Bytes
    provisional: Flags
    reading: Flags
    allowed: Ints
    owed: Ints


OPEN_END: Final = 1 << 40


def make_rows(size: int) -> Rows:
    """Return room for ``size`` results."""
    types = (
        np.int32, np.int16, np.int16, np.int16, np.int32, np.int32, np.int64, np.int32, np.bool_, np.bool_, np.int32,
        np.int64, np.int8, np.bool_, np.bool_, np.int32, np.int32,
    )  # fmt: skip
    return Rows._make(np.empty(size, dtype=one) for one in types)


def make_work(limits: Limits, longest: int) -> Work:
    """Return working space for matters of at most ``longest`` events."""
    spans = int(np.diff(limits.spans_at).max(initial=0))
    starts = int((np.diff(limits.starts_at) + np.diff(limits.held_at)).max(initial=0))
    return _work(len(limits.missed), longest * starts, longest, longest * max(spans, 1))


def make_gaps(count: int) -> Work:
    """Return working space for ``count`` gaps and nothing else."""
    return _work(0, 0, 0, count)


def _work(limits: int, entries: int, events: int, gaps: int) -> Work:
    sizes = (limits, entries, events, events, gaps, gaps, gaps, gaps, events, events, events, events + 1, events + 1)
    return Work(*(np.zeros(size + 1, dtype=np.int64) for size in sizes))
