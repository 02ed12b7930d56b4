"""Findings of many matters at once: duties missed or done late, and penalties where the police should have been told.

Knows which rows of the clocks and of the facts make a finding; its words are said for one matter, in ``docket.findings``.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from zhibao.docket.columns.assessing import NO
from zhibao.docket.columns.encoding import PENALISED
from zhibao.docket.columns.events import EventColumns, microseconds
from zhibao.docket.columns.fleet import ClockColumns
from zhibao.docket.columns.tables import LAPSED, MET_LATE, NONE, OVERDUE, Bytes, Flags, Longs
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import legal_day

LATE = "late"


@dataclass(frozen=True, slots=True)
class Missed:
    """Findings that come from clocks: places in the clock rows, and in ``kinds``."""

    rows: npt.NDArray[np.intp]
    kind: Longs
    kinds: tuple[str, ...]


def missed_duties(clocks: ClockColumns, *, now: datetime) -> Missed:
    """Return a finding for each duty overdue or done late, and each right whose lapse is worth a look."""
    rows, moment, today = clocks.rows, microseconds(now), number_of(legal_day(now))
    named = [deadline.missed.finding for deadline in clocks.law.deadlines]
    kinds = tuple(sorted({*named, LATE}))
    looked_at = np.array(
        [bool(deadline.missed.lapses and deadline.missed.finding) for deadline in clocks.law.deadlines]
    )
    number = np.array([kinds.index(name) for name in named], dtype=np.int64)
    state, limit = rows.state, rows.limit
    lapsed = np.flatnonzero(state == LAPSED)
    lapsed = lapsed[looked_at[limit[lapsed]] & (rows.due[lapsed] != NONE)]
    late_at, due = rows.late_at[lapsed], rows.due[lapsed]
    lapsed = lapsed[np.where(late_at > 0, late_at <= moment, due < today)]
    found = np.concatenate((np.flatnonzero(state == OVERDUE), lapsed, np.flatnonzero(state == MET_LATE)))
    kind = np.where(state[found] == MET_LATE, kinds.index(LATE), number[limit[found]])
    return Missed(found, kind, kinds)


def penalised_instead(events: EventColumns, must: Bytes, *, now: datetime) -> Longs:
    """Return the events that decided on a penalty in a matter that must go to the police and has not."""
    moment = microseconds(now)
    decisions, given = marks(events)
    deciding = np.flatnonzero(decisions[events.steps.code])
    deciding = deciding[events.steps.at[deciding] <= moment]
    handing = np.flatnonzero(given[events.steps.code])
    handing = handing[events.steps.at[handing] <= moment]
    matter, other = matters_of(events, deciding), matters_of(events, handing)
    is_open = must != NO
    is_open[other[other != NONE]] = False
    kept: Longs = deciding[(matter != NONE) & is_open[matter]]
    return kept


def marks(events: EventColumns) -> tuple[Flags, Flags]:
    """Return by code whether it is a decision that penalises, and whether it is a handing over."""
    asked = events.encoding
    decisions = [one.kind == "decided" and asked.hears(one, PENALISED.id) for one in events.signatures]
    return np.array(decisions), np.array([one.kind == "handed-over" for one in events.signatures])


def matters_of(events: EventColumns, steps: npt.NDArray[np.intp]) -> Longs:
    """Return the matter of each event, NONE for one that no matter holds any more."""
    order = None if (events.begins[1:] >= events.begins[:-1]).all() else np.argsort(events.begins)
    begins = events.begins if order is None else events.begins[order]
    place = np.searchsorted(begins, steps, side="right") - 1
    matter = np.where(place < 0, 0, place if order is None else order[place])
    return np.where((place >= 0) & (steps < events.ends[matter]), matter, NONE)
