"""Clocks: what each event started, suspended, lengthened or ended, and the day by which a step is owed.

Derives everything from events and dated law; keeps nothing. How days are counted is in counting.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from zhibao.docket.counting import ONE_DAY, Outcome, run_out, spent
from zhibao.docket.entries import Entry, LedgerEntry, entries_of, lengthen, received, starts, take_out
from zhibao.docket.events import Event, Json
from zhibao.docket.timeline import Links, Step, read_moment, same_proceeding, text_of, timeline
from zhibao.kernel.citations import Citation
from zhibao.kernel.days import LEGAL_TZ, Calendar, Length, Unit, legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.deadlines import Deadline

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
    from which it is late. ``used`` and ``allowed`` are in the unit of ``length``, natural days for months and years.
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What a limit was told: the events it listens to, all events, their links, and the time."""

    heard: Sequence[Step]
    steps: Sequence[Step]
    links: Links
    now: datetime


@dataclass(frozen=True, slots=True)
class _Due:
    """When an entry runs out: the day or minute, and the instant from which it is late."""

    shown: date | datetime | None = None
    late_from: datetime | None = None
    outcome: Outcome | None = None


def clocks(pack: Law, events: Sequence[Event], *, now: datetime, procedure: str = "") -> tuple[Clock, ...]:
    """Return every clock the events started up to ``now``, by start and id.

    ``procedure`` names the desk that asks: events that name no procedure are taken to be its own. Events after
    ``now`` have not happened yet, except that a hearing already set counts as the day its notice counts back from.
    """
    steps = timeline(
        [event if event.procedure or not procedure else replace(event, procedure=procedure) for event in events]
    )
    links = Links(steps)
    found = []
    for deadline in pack.deadlines.values():
        kinds = deadline.events
        heard = [step for step in steps if step.event.kind in kinds]
        found += [
            _clock(pack, entry, _Told(heard, steps, links, now)) for entry in entries_of(deadline, heard, links, now)
        ]
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


def _clock(pack: Law, entry: Entry, told: _Told) -> Clock:
    """Finish an entry: gaps and extensions, the due day, the state, and the account of it all."""
    now = told.now
    entry.lengths.append(entry.version.length_for(entry.start.event.data))
    entry.ledger.append(LedgerEntry(entry.start.ref, "started", entry.moment))
    happened = [step for step in told.heard if step.moment <= now]
    take_out(entry, happened)
    lengthen(entry, happened)
    due = _due(pack.calendar, entry, told.heard)
    state = _state(entry, due, now)
    if entry.end is not None:
        late_right = state == LAPSED and not entry.lapsed
        entry.ledger.append(LedgerEntry(entry.end.ref, "too-late" if late_right else state, entry.end.moment))
    organ, proceeding = _owing(entry, told.steps, told.links)
    deadline, version = entry.deadline, entry.version
    return Clock(
        id=deadline.id,
        title=deadline.title,
        entry=entry.number,
        proceeding=proceeding,
        organ=organ,
        state=state,
        started=entry.moment,
        due=due.shown,
        due_moment=due.late_from,
        met_at=entry.end.moment if entry.end is not None and state in {MET, MET_LATE} else None,
        provisional=due.outcome is not None and due.outcome.provisional,
        reading=due.outcome is not None and due.outcome.reading,
        assumed_receipt=entry.assumed,
        owed_by=deadline.owed_by.id,
        owed_by_title=deadline.owed_by.title,
        cite=version.cite,
        cites=version.cites,
        confidence=version.confidence.value,
        version_from=version.span.first,
        ledger=tuple(sorted(entry.ledger, key=lambda line: line.at)),
        conflicts=_rivals(pack.calendar, entry),
        length=entry.lengths[0],
        used=_used(pack.calendar, entry, now),
        allowed=_allowed(pack.calendar, entry, due),
        if_missed=LAPSED if deadline.missed.lapses else OVERDUE,
        finding=deadline.missed.finding,
        weight=deadline.missed.weight,
    )


def _due(calendar: Calendar, entry: Entry, heard: Sequence[Step]) -> _Due:
    if entry.version.before:
        return _due_before(calendar, entry, heard)
    if entry.lengths[0].unit is Unit.HOURS:
        # The minute of the start does not count; a step in the last minute is in time.
        minute = entry.moment.replace(second=0, microsecond=0) + timedelta(
            hours=sum(one.number for one in entry.lengths)
        )
        return _Due(minute, minute + timedelta(minutes=1))
    outcome = run_out(calendar, entry.day, entry.lengths, entry.gaps, entry.version.last_day)
    return _Due() if outcome is None else _Due(outcome.day, _midnight_after(outcome.day), outcome)


def _due_before(calendar: Calendar, entry: Entry, heard: Sequence[Step]) -> _Due:
    """Count backwards from the day of the hearing: the one held, or else the one announced in ``data.hearing_at``."""
    day = next(
        (
            step.day
            for step in heard
            if step.event.kind == entry.version.before
            and step.moment >= entry.start.moment
            and same_proceeding(entry.start.event, step.event)
        ),
        None,
    )
    if day is None and entry.end is not None:
        text = text_of(entry.end.event.data, "hearing_at")
        day = read_moment(text, f"{entry.end.event.kind}.hearing_at")[1] if text else None
    if day is None:
        return _Due()
    last = calendar.before(day, entry.lengths[0])
    outcome = Outcome(last.day, last.provisional, reading=False, allowed=entry.lengths[0].number)
    return _Due(last.day, _midnight_after(last.day), outcome)


def _state(entry: Entry, due: _Due, now: datetime) -> str:
    if entry.lapsed:
        return LAPSED
    missed = LAPSED if entry.deadline.missed.lapses else OVERDUE
    if entry.end is not None:
        late = due.late_from is not None and entry.end.moment >= due.late_from
        return (MET_LATE if missed == OVERDUE else LAPSED) if late else MET
    if due.late_from is None:
        return RUNNING if entry.version.before else SUSPENDED
    return missed if now >= due.late_from else RUNNING


def _rivals(calendar: Calendar, entry: Entry) -> tuple[RivalDue, ...]:
    found = []
    for rival in entry.version.conflicts:
        outcome = run_out(calendar, entry.day, [rival.length, *entry.lengths[1:]], entry.gaps, rival.last_day)
        day = None if outcome is None else outcome.day
        found.append(RivalDue(day, rival.length, rival.cite, rival.confidence.value))
    return tuple(found)


def _used(calendar: Calendar, entry: Entry, now: datetime) -> int | None:
    """Return how much of the budget is spent, in the unit of the length; None for limits that count backwards."""
    if entry.version.before:
        return None
    until = entry.end.moment if entry.end is not None else now
    unit = entry.lengths[0].unit
    if unit is Unit.HOURS:
        return max(0, int((until - entry.moment) / timedelta(hours=1)))
    last = max(entry.day, legal_day(until))
    return spent(calendar, entry.day, last, entry.gaps, working=unit is Unit.WORKING_DAYS)


def _allowed(calendar: Calendar, entry: Entry, due: _Due) -> int | None:
    if entry.version.before:
        return None
    if due.outcome is not None:
        return due.outcome.allowed
    if entry.lengths[0].unit is Unit.HOURS:
        return sum(length.number for length in entry.lengths)
    whole = run_out(calendar, entry.day, entry.lengths, (), entry.version.last_day)
    return None if whole is None else whole.allowed


def _owing(entry: Entry, steps: Sequence[Step], links: Links) -> tuple[str, str]:
    """Return the organ that owes the step and the proceeding it owes it in; parties leave the organ empty."""
    start, procedure = entry.start.event, entry.deadline.owed_by.procedure
    if not procedure:
        return "", start.proceeding
    if start.procedure == procedure:
        return start.organ, start.proceeding
    theirs = [step for step in steps if step.event.procedure == procedure and links.related(start, step.event)]
    earlier = [step for step in theirs if step.moment <= entry.start.moment]
    nearest = (earlier[-1:] or theirs[:1])[0].event if theirs else None
    return ("", start.proceeding) if nearest is None else (nearest.organ, nearest.proceeding)


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + ONE_DAY, time(), LEGAL_TZ)
