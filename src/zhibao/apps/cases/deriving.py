"""All that follows from a matter's events under one law pack at one moment.

Knows in which order the docket is asked; reads and writes nothing stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event
from zhibao.docket.findings import Finding, findings
from zhibao.docket.fold import MatterState, fold
from zhibao.kernel.days import legal_day
from zhibao.rules.assess import Assessment, assess
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Derived:
    """State, assessment, clocks and findings, and the next moment at which one of them changes by itself."""

    state: MatterState
    assessment: Assessment
    clocks: tuple[Clock, ...]
    findings: tuple[Finding, ...]
    next_due: datetime | None


def derive(pack: Pack, events: Sequence[Event], *, now: datetime) -> Derived:
    """Derive everything from ``events``."""
    state = fold(pack, events)
    assessment = assess(pack, state.facts(), today=legal_day(now))
    running = clocks(pack, events, now=now)
    found = findings(pack, events, now=now, assessment=assessment)
    moments = [clock.due_moment for clock in running if clock.due_moment is not None and clock.due_moment > now]
    return Derived(state, assessment, running, found, min(moments, default=None))
