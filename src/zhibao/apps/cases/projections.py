"""What is looked up by: clocks, findings, stages and the next moment anything changes, derived from events and law.

Knows how to derive them afresh and how to bring the stored rows to that; never decides anything from a stored row.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhibao.apps.cases.models import ClockRow, FindingRow, Matter, Proceeding
from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event
from zhibao.docket.findings import Finding, findings
from zhibao.docket.fold import MatterState, fold
from zhibao.kernel.days import legal_day
from zhibao.rules.assess import Assessment, assess
from zhibao.rules.pack import Pack

CLOCK_FIELDS = ("proceeding_id", "state", "started", "due", "organ_id", "view")
FINDING_FIELDS = ("organ_id", "kind", "since", "weight", "view")
STAGE_FIELDS = ("stage", "closed_at")


@dataclass(frozen=True, slots=True)
class Derived:
    """All that follows from a matter's events under one law pack at one moment."""

    state: MatterState
    assessment: Assessment
    clocks: tuple[Clock, ...]
    findings: tuple[Finding, ...]
    next_due: datetime | None


def derive(pack: Pack, events: Sequence[Event], *, now: datetime) -> Derived:
    """Derive everything from ``events``; reads nothing stored."""
    state = fold(pack, events)
    assessment = assess(pack, state.facts(), today=legal_day(now))
    running = clocks(pack, events, now=now)
    found = findings(pack, events, now=now, assessment=assessment)
    moments = [clock.due_moment for clock in running if clock.due_moment is not None and clock.due_moment > now]
    return Derived(state, assessment, running, found, min(moments, default=None))
