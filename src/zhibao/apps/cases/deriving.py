"""All that follows from a matter's events under one law pack at one moment.

Knows in which order the docket is asked; reads and writes nothing stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of
from zhibao.docket.findings import Finding, findings
from zhibao.docket.fold import MatterState, fold
from zhibao.kernel.days import LEGAL_TZ, legal_day
from zhibao.rules.answer import Assessment
from zhibao.rules.assess import assess
from zhibao.rules.errors import FactFault
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Derived:
    """State, assessment, clocks and findings, and the next moment at which one of them changes by itself.

    ``assessment`` is None while the facts recorded do not allow one; ``missing`` then says what is to be found out.
    """

    state: MatterState
    assessment: Assessment | None
    missing: FactFault | None
    clocks: tuple[Clock, ...]
    findings: tuple[Finding, ...]
    next_due: datetime | None


def derive(pack: Pack, events: Sequence[Event], *, now: datetime) -> Derived:
    """Derive everything from ``events``."""
    state = fold(pack, events)
    today = legal_day(now)
    assessment, missing = _assessed(pack, state, today)
    running = clocks(pack, events, now=now)
    found = findings(pack, events, now=now, assessment=assessment, derived=running)
    return Derived(state, assessment, missing, running, found, _next_change(pack, state, running, now))


def _assessed(pack: Pack, state: MatterState, today: date) -> tuple[Assessment | None, FactFault | None]:
    """An act may be recorded before all is known of it: that it cannot be assessed yet must not keep it out of the record."""
    try:
        return assess(pack, facts_of(pack, state, on=today), today=today), None
    except FactFault as fault:
        return None, fault


def _next_change(pack: Pack, state: MatterState, running: Sequence[Clock], now: datetime) -> datetime | None:
    """Return the next moment at which what was derived may change although nothing is recorded.

    That is when a clock runs out; the day on which another version of a crime's limits begins, once an act was found;
    and the next day, while a criminal proceeding or a handing over is open: its idleness is counted in days.
    """
    today = legal_day(now)
    moments = [clock.due_moment for clock in running if clock.is_open and clock.due_moment is not None]
    if state.acts:
        versions = [version for offence in pack.offences.values() for version in offence.versions]
        moments += [_begins(day) for version in versions for day in version.turning_days()]
    is_criminal_open = any(one.procedure == "criminal" and one.closed is None for one in state.proceedings.values())
    if is_criminal_open or state.open_transfers:
        moments.append(_begins(today + timedelta(days=1)))
    return min((moment for moment in moments if moment > now), default=None)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LEGAL_TZ)
