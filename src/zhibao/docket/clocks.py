"""Clocks: what each event started, suspended, lengthened or ended, and the day by which a step is owed.

Derives everything from events and dated law; keeps nothing. What is counted is counted by ``columns``, here over one
matter; this module says it in words: dates, articles, and the account line by line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from zhibao.docket.columns.counting import add_up, run_out, spent
from zhibao.docket.columns.events import EPOCH, MICROSECOND, Gatherer, microseconds
from zhibao.docket.columns.kernel import finish, note_events, open_entries
from zhibao.docket.columns.limits import LAST_DAYS, LimitTables, tables_of
from zhibao.docket.columns.tables import MINUTE, NONE, STATES, UNITS, Rows, Work, make_rows, make_work
from zhibao.docket.entries import LedgerEntry, received, starts
from zhibao.docket.events import Event, Json
from zhibao.docket.timeline import Step, timeline
from zhibao.kernel.citations import Citation
from zhibao.kernel.day_arrays import DayTables, date_of, number_of
from zhibao.kernel.days import LEGAL_TZ, Calendar, Length, Unit, legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.deadlines import Deadline, DeadlineVersion

ONE_DAY = timedelta(days=1)
RUNNING, SUSPENDED, MET, MET_LATE, OVERDUE, LAPSED = "running", "suspended", "met", "met-late", "overdue", "lapsed"
OPEN_STATES = frozenset({RUNNING, SUSPENDED, OVERDUE})


class Law(Protocol):
    """What clocks need of a law pack."""

    @property
    def calendar(self) -> Calendar: ...

    @property
    def deadlines(self) -> Mapping[str, Deadline]: ...

    def show_cite(self, citation: Citation, lang: str, form: str = "running") -> str: ...


@dataclass(frozen=True, slots=True)
class RivalDue:
    """The last day another rule of the same time would give."""

    due: date | None
    length: Length
    cite: Citation
    confidence: str


@dataclass(frozen=True, slots=True)
class Clock:
    """期限: one start of one time limit in one matter.

    ``entry`` counts the starts of this limit in the matter from 1. ``due`` is the last day (for hours, the last
    minute); None while suspended or while the hearing it counts back from has no day. ``due_moment`` is the instant
    from which it is late. ``opens``: the first day of the time in which the step can be taken, where the law sets one.
    ``used`` and ``allowed`` are in the unit of ``length``, natural days for months and years.
    """

    id: str
    title: Label
    entry: int
    proceeding: str
    organ: str
    state: str
    started: datetime
    due: date | datetime | None
    due_moment: datetime | None
    opens: date | None
    met_at: datetime | None
    provisional: bool
    reading: bool
    assumed_receipt: bool
    owed_by: str
    owed_by_title: Label
    cite: Citation
    cites: tuple[Citation, ...]
    confidence: str
    version_from: date
    ledger: tuple[LedgerEntry, ...]
    conflicts: tuple[RivalDue, ...]
    length: Length
    used: int | None
    allowed: int | None
    if_missed: str
    finding: str
    weight: int

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still owes the step or may still take it."""
        return self.state in OPEN_STATES

    def as_json(self, pack: Law, lang: str, *, first: int = 0) -> dict[str, Json]:
        """Return the clock as CONTRACT prints it, and what the pages show besides.

        ``first`` is taken off the event numbers of the ledger: 1 turns numbers of a list into its indices.
        """
        return {
            "id": self.id,
            "title": self.title.say(lang),
            "entry": self.entry,
            "proceeding": self.proceeding or None,
            "organ": self.organ or None,
            "state": self.state,
            "started": self.started.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "due_moment": None if self.due_moment is None else self.due_moment.isoformat(),
            "opens": None if self.opens is None else self.opens.isoformat(),
            "met_at": None if self.met_at is None else self.met_at.isoformat(),
            "provisional": self.provisional,
            "reading": self.reading,
            "assumed_receipt": self.assumed_receipt,
            "owed_by": self.owed_by,
            "owed_by_title": self.owed_by_title.say(lang),
            "cite": pack.show_cite(self.cite, lang, "table"),
            "cite_id": self.cite.to_text(),
            "cites": [{"cite": pack.show_cite(one, lang, "table"), "cite_id": one.to_text()} for one in self.cites],
            "confidence": self.confidence,
            "version_from": self.version_from.isoformat(),
            "length": self.length.to_text(),
            "used": self.used,
            "allowed": self.allowed,
            "if_missed": self.if_missed,
            "conflicts": [
                {
                    "due": None if rival.due is None else rival.due.isoformat(),
                    "length": rival.length.to_text(),
                    "cite": pack.show_cite(rival.cite, lang, "table"),
                    "cite_id": rival.cite.to_text(),
                    "confidence": rival.confidence,
                }
                for rival in self.conflicts
            ],
            "ledger": [entry.as_json(first) for entry in self.ledger],
        }


def clocks(pack: Law, events: Sequence[Event], *, now: datetime, procedure: str = "") -> tuple[Clock, ...]:
    """Return every clock the events started up to ``now``, by start and id.

    ``procedure`` names the desk that asks: events that name no procedure are taken to be its own. Events after
    ``now`` have not happened yet, except that a hearing already set counts as the day its notice counts back from.
    """
    steps = timeline(
        [event if event.procedure or not procedure else replace(event, procedure=procedure) for event in events]
    )
    found = _Matter(pack, steps, now).clocks()
    return tuple(sorted(found, key=lambda clock: (clock.started, clock.id, clock.entry)))


def unclocked(pack: Law, events: Sequence[Event]) -> tuple[tuple[str, int], ...]:
    """Return (limit, event number) for each start on a day when no version of the limit was in force."""
    steps = timeline(events)
    return tuple(
        (deadline.id, step.ref)
        for deadline in pack.deadlines.values()
        for step in steps
        if starts(deadline, step.event) and deadline.version_on(received(deadline, step)[1]) is None
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the kernel's, with the law it stands for and how many gaps and extensions ``work`` holds for it."""

    row: int
    deadline: Deadline
    version: DeadlineVersion
    start: Step
    end: Step | None
    gaps: int
    joined: int
    extensions: int


class _Matter:
    """One matter in columns, run through the kernel row by row, so that each row's account can be read from ``work``."""

    def __init__(self, pack: Law, steps: Sequence[Step], now: datetime) -> None:
        self.pack = pack
        self.steps = steps
        self.now = now
        self.law: LimitTables = tables_of(pack.deadlines)
        gatherer = Gatherer(self.law.encoding)
        gatherer.add(steps)
        self.columns = gatherer.columns()
        self.limits = self.law.limits(self.columns.signatures, self.columns.procedures)
        self.days: DayTables = pack.calendar.tables
        self.work: Work = make_work(self.limits, len(steps))
        self.rows: Rows = make_rows(self.law.most_starts(self.limits, self.columns.steps.code))

    def clocks(self) -> Iterator[Clock]:
        """Yield the matter's clocks."""
        columns, limits, rows, work = self.columns, self.limits, self.rows, self.work
        given = (columns.steps, columns.extras, columns.places)
        now, today = microseconds(self.now), number_of(legal_day(self.now))
        stop = sum(step.moment <= self.now for step in self.steps)
        behind = open_entries(limits, *given, 0, stop, rows, 0, work)
        notes = note_events(limits, columns.steps, 0, stop, work)
        for row in range(behind):
            counts = finish(limits, self.days, *given, 0, len(self.steps), notes, now, today, rows, row, work)
            end = None if rows.end[row] == NONE else self.steps[rows.end[row]]
            deadline, version = self.law.deadlines[rows.limit[row]], self.law.versions[rows.version[row]]
            yield self._clock(_Entry(row, deadline, version, self.steps[rows.start[row]], end, *counts))

    def _clock(self, entry: _Entry) -> Clock:
        rows, row, deadline, version = self.rows, entry.row, entry.deadline, entry.version
        state, moment = STATES[rows.state[row]], self._moment(entry)
        due, late_from = self._due(row)
        owed = None if rows.owed[row] == NONE else self.steps[rows.owed[row]].event
        return Clock(
            id=deadline.id,
            title=deadline.title,
            entry=int(rows.number[row]),
            proceeding=entry.start.event.proceeding if owed is None else owed.proceeding,
            organ="" if owed is None else owed.organ,
            state=state,
            started=moment,
            due=due,
            due_moment=late_from,
            opens=self._opens(entry),
            met_at=_met_at(entry, state, late_from),
            provisional=bool(rows.provisional[row]),
            reading=bool(rows.reading[row]),
            assumed_receipt=bool(rows.assumed[row]),
            owed_by=deadline.owed_by.id,
            owed_by_title=deadline.owed_by.title,
            cite=version.cite,
            cites=version.cites,
            confidence=version.confidence.value,
            version_from=version.span.first,
            ledger=tuple(sorted(self._ledger(entry, moment, state), key=lambda line: line.at)),
            conflicts=self._rivals(entry),
            length=version.length_for(entry.start.event.data),
            used=self._used(entry, moment),
            allowed=self._allowed(entry),
            if_missed=MET if deadline.missed.waits else LAPSED if deadline.missed.lapses else OVERDUE,
            finding=deadline.missed.finding,
            weight=deadline.missed.weight,
        )

    def _moment(self, entry: _Entry) -> datetime:
        """Return when the count starts: the event's own time, or that of its receipt."""
        return received(entry.deadline, entry.start)[0]

    def _due(self, row: int) -> tuple[date | datetime | None, datetime | None]:
        """Return the last day or minute, and the instant from which it is late."""
        if self.rows.due[row] == NONE:
            return None, None
        if self.rows.late_at[row]:
            late_at = int(self.rows.late_at[row])
            return _datetime(late_at - MINUTE), _datetime(late_at)
        day = date_of(self.rows.due[row])
        return day, _midnight_after(day)

    def _opens(self, entry: _Entry) -> date | None:
        """Return the first day of the window before the last day, where the version sets one."""
        window, due = entry.version.opens, self.rows.due[entry.row]
        if window is None or due == NONE or self.rows.late_at[entry.row]:
            return None
        return self.pack.calendar.before(date_of(due), window).day

    def _ledger(self, entry: _Entry, moment: datetime, state: str) -> Iterator[LedgerEntry]:
        """Yield the account of an entry from what the kernel left in ``work``."""
        yield LedgerEntry(entry.start.ref, "started", moment)
        for k in range(entry.gaps):
            begins = self.steps[self.work.gap_from[k]]
            yield LedgerEntry(begins.ref, "suspended", max(begins.moment, moment))
            if self.work.gap_to[k] != NONE:
                ends = self.steps[self.work.gap_to[k]]
                yield LedgerEntry(ends.ref, "resumed", ends.moment)
        for k in range(entry.extensions):
            step, unit = self.steps[self.work.grants[k]], self.work.granted_unit[k]
            if unit == NONE:
                yield LedgerEntry(step.ref, "extension-refused", step.moment)
            else:
                yield LedgerEntry(step.ref, "extended", step.moment, Length(int(self.work.granted[k]), _UNITS[unit]))
        if entry.end is not None and not (entry.deadline.missed.waits and state == MET):
            too_late = state == LAPSED and not self.rows.lapsed[entry.row]
            yield LedgerEntry(entry.end.ref, "too-late" if too_late else state, entry.end.moment)

    def _rivals(self, entry: _Entry) -> tuple[RivalDue, ...]:
        """Return the last days that other rules of the same time would give."""
        found = []
        for rival in entry.version.conflicts:
            day = self._run_out(entry, rival.length, LAST_DAYS[rival.last_day], entry.joined)[0]
            due = None if day == NONE else date_of(day)
            found.append(RivalDue(due, rival.length, rival.cite, rival.confidence.value))
        return tuple(found)

    def _run_out(self, entry: _Entry, length: Length, last_day: int, gaps: int) -> tuple[int, bool, bool, int]:
        lengths = add_up(self.work, length.number, UNITS[length.unit], entry.extensions)
        return run_out(self.days, self.work, self.rows.day[entry.row], lengths, gaps, last_day)

    def _used(self, entry: _Entry, moment: datetime) -> int | None:
        """Return how much of the budget is spent, in the unit of the length; None for limits that count backwards."""
        if entry.version.before or entry.version.backwards:
            return None
        until = entry.end.moment if entry.end is not None else self.now
        unit = entry.version.length_for(entry.start.event.data).unit
        if unit is Unit.HOURS:
            return max(0, int((until - moment) / timedelta(hours=1)))
        first = int(self.rows.day[entry.row])
        last = max(first, number_of(legal_day(until)))
        return int(spent(self.days, self.work, first, last, entry.joined, unit is Unit.WORKING_DAYS))

    def _allowed(self, entry: _Entry) -> int | None:
        """Return the budget; while suspended, what it would be without the pauses."""
        if entry.version.before or entry.version.backwards:
            return None
        if self.rows.allowed[entry.row] != NONE:
            return int(self.rows.allowed[entry.row])
        length = entry.version.length_for(entry.start.event.data)
        return int(self._run_out(entry, length, LAST_DAYS[entry.version.last_day], 0)[3])


def _met_at(entry: _Entry, state: str, late_from: datetime | None) -> datetime | None:
    if entry.deadline.missed.waits:
        return late_from if state == MET else None
    return entry.end.moment if entry.end is not None and state in {MET, MET_LATE} else None


def _datetime(microsecond: int) -> datetime:
    return (EPOCH + microsecond * MICROSECOND).astimezone(LEGAL_TZ)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + ONE_DAY, time(), LEGAL_TZ)


_UNITS = {code: unit for unit, code in UNITS.items()}
