"""移送: where each handing over stands across both proceedings, and whether one is due.

Knows what was recorded and what ``assess`` said; days owed are in clocks.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhibao.docket.events import Event
from zhibao.docket.timeline import Links, Step, text_of, timeline
from zhibao.kernel.citations import Citation
from zhibao.rules.answer import Assessment

SENT, RECEIVED, INCOMPLETE, FORWARDED, FILED, REFUSED = (
    "sent",
    "received",
    "incomplete",
    "forwarded",
    "filed",
    "refused",
)
# What each step of the receiving side makes of a handing over.
_STATES = {
    "receipt-signed": RECEIVED,
    "materials-requested": INCOMPLETE,
    "materials-supplied": RECEIVED,
    "forwarded": FORWARDED,
    "police-filed": FILED,
    "filing-notice-received": FILED,
    "police-refused": REFUSED,
    "refusal-received": REFUSED,
}
ANSWERED = frozenset({FILED, REFUSED})


@dataclass(frozen=True, slots=True)
class Handover:
    """One handing over: who gave it to whom, where it stands, the event that says so, and whether the goods went along."""

    event: int
    at: datetime
    origin: str
    target: str
    by: str
    to: str
    state: str
    last: int
    last_at: datetime
    goods: bool

    @property
    def is_open(self) -> bool:
        """Tell whether the receiving side has neither filed nor refused."""
        return self.state not in ANSWERED


@dataclass(frozen=True, slots=True)
class Radar:
    """Whether the matter must go to the police: ``must`` None where that cannot be told yet; ``done``: it has gone."""

    must: bool | None
    basis: str
    cite: Citation | None
    done: bool
    events: tuple[int, ...]


def handovers(events: Sequence[Event]) -> tuple[Handover, ...]:
    """Return each handing over of the matter, by when it happened."""
    steps = timeline(events)
    links = Links(steps)
    return tuple(_handover(step, steps, links) for step in steps if step.event.kind == "handed-over")


def radar(events: Sequence[Event], assessment: Assessment | None) -> Radar:
    """Return whether the matter should be handed over, with the events the answer rests on."""
    steps = timeline(events)
    facts = tuple(
        step.ref
        for step in steps
        if step.event.kind in {"act-found", "goods-recorded", "prior-found", "priors-checked", "suspicion-assessed"}
    )
    done = any(step.event.kind == "handed-over" for step in steps)
    if assessment is None:
        return Radar(None, "unknown", None, done, facts)
    answer = assessment.transfer
    return Radar(answer.must, answer.basis, answer.ground.cite if answer.ground else None, done, facts)


def _handover(given: Step, steps: Sequence[Step], links: Links) -> Handover:
    state, last, goods = SENT, given, False
    for step in steps:
        if step.moment < given.moment or not links.related(given.event, step.event):
            continue
        if step.event.kind == "handed-over" and step is not given and step.moment > given.moment:
            break
        goods = goods or step.event.kind == "goods-handed-over"
        if step.event.kind in _STATES and state not in ANSWERED:
            state, last = _STATES[step.event.kind], step
    data = given.event.data
    return Handover(
        event=given.ref,
        at=given.moment,
        origin=given.event.proceeding,
        target=text_of(data, "proceeding"),
        by=given.event.organ,
        to=text_of(data, "to"),
        state=state,
        last=last.ref,
        last_at=last.moment,
        goods=goods,
    )
