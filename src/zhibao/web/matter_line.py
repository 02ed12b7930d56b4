"""A matter's procedure line from its events: one row for each organ, stops, handings between organs, what is to come.

Knows the docket and the law pack; how it is laid out and drawn is for ``parts``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Proceeding
from zhibao.docket.clocks import MET_LATE, Clock
from zhibao.docket.corrections import effective
from zhibao.docket.events import Event
from zhibao.docket.fold import MatterState
from zhibao.kernel.days import LEGAL_TZ, legal_day
from zhibao.rules.answer import Assessment
from zhibao.web.clock_view import ENDED, due_day
from zhibao.web.parts.route import Line, Move, Row, Stop, Stretch
from zhibao.web.templatetags.zhibao import procedure_title
from zhibao.web.words import entitle, show_name, show_short_day

REFUSED = frozenset(
    {"not-filed", "police-refused", "transfer-refused", "complaint-rejected", "not-prosecuted", "terminated"}
)
HANDS = frozenset({"handed-over", "forwarded", "returned-for-penalty", "sent-for-prosecution", "goods-handed-over"})
BACK = frozenset({"returned-for-penalty"})
PAUSES: Mapping[str, str] = {"suspended": "resumed"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the line is made of."""

    events: Sequence[Event]
    state: MatterState
    clocks: Sequence[Clock]
    proceedings: Sequence[Proceeding]
    assessment: Assessment | None


def _stands_on_line(event: Event) -> bool:
    """Return whether an event is a step of a procedure: notes, exhibits, goods and the like are in the timeline only."""
    if event.kind == "proceeding-opened":
        return True
    kind = current_pack().event_kinds.get(event.kind)
    return kind is not None and bool(kind.procedures)


def _criminal(procedure: str) -> bool:
    return procedure == "criminal"


def by_first_step(proceedings: Sequence[Proceeding], steps: Sequence[Event]) -> list[Proceeding]:
    """Return the proceedings in the order in which their first steps happened."""
    order = {proceeding: place for place, proceeding in enumerate(dict.fromkeys(event.proceeding for event in steps))}
    return sorted(proceedings, key=lambda proceeding: order.get(str(proceeding.pk), len(order)))


def _rows(proceedings: Sequence[Proceeding]) -> list[Row]:
    held: dict[str, list[Proceeding]] = {}
    for proceeding in proceedings:
        held.setdefault(proceeding.organ_id, []).append(proceeding)
    return [
        Row(
            id=organ,
            name=show_name(group[0].organ, "short"),
            note=" · ".join(dict.fromkeys(procedure_title(each.procedure) for each in group)),
            style="cri" if all(_criminal(each.procedure) for each in group) else "adm",
        )
        for organ, group in held.items()
    ]


def steps_of(events: Sequence[Event]) -> list[Event]:
    """Return the effective events that stand on the line, in order of time; an opening is left out where another step
    of its proceeding says the same.
    """
    standing = [event for event in effective(events) if _stands_on_line(event)]
    said = {event.proceeding for event in standing if event.kind != "proceeding-opened"}
    opened_by_move = {str(event.data.get("proceeding")) for event in standing if event.kind in HANDS}
    kept = [
        event
        for event in standing
        if event.kind != "proceeding-opened" or event.proceeding in opened_by_move or event.proceeding not in said
    ]
    return sorted(kept, key=lambda event: (event.at, event.seq))


def _name(event: Event, opened_by_move: set[str]) -> str:
    if event.kind == "proceeding-opened" and event.proceeding in opened_by_move:
        return _("收到移送")
    kinds = current_pack().event_kinds
    return entitle(kinds[event.kind].title) if event.kind in kinds else event.kind


def _late(clocks: Iterable[Clock]) -> set[int]:
    return {
        entry.event for clock in clocks if clock.state == MET_LATE for entry in clock.ledger if entry.what == MET_LATE
    }


def _moves(steps: Sequence[Event]) -> list[Move]:
    first: dict[str, Event] = {}
    for event in steps:
        first.setdefault(event.proceeding, event)
    moves = []
    for event in steps:
        target = first.get(str(event.data.get("proceeding", "")))
        if event.kind in HANDS and target is not None and target.proceeding != event.proceeding:
            moves.append(Move(f"s{event.seq}", f"s{target.seq}", back=event.kind in BACK))
    return moves


def _here(steps: Sequence[Event], state: MatterState) -> set[int]:
    """Return the last step of each open proceeding: a matter may stand in two places."""
    last: dict[str, int] = {}
    for event in steps:
        last[event.proceeding] = event.seq
    return {
        seq
        for proceeding, seq in last.items()
        if proceeding in state.proceedings and state.proceedings[proceeding].closed is None
    }


def _plans(sources: Sources, now: datetime, organs: Mapping[str, str]) -> list[tuple[str, Stop]]:
    """Return the next due step of each open proceeding, as a stop still to come."""
    nearest: dict[str, tuple[date, Clock]] = {}
    for clock in sources.clocks:
        day = due_day(clock)
        if clock.state in ENDED or day is None or day < legal_day(now) or clock.proceeding not in organs:
            continue
        if clock.proceeding not in nearest or day < nearest[clock.proceeding][0]:
            nearest[clock.proceeding] = (day, clock)
    return [
        (
            proceeding,
            Stop(
                key=f"p{proceeding}",
                row=organs[proceeding],
                at=datetime.combine(day, time(12), LEGAL_TZ),
                name=entitle(clock.title),
                day=show_short_day(day),
                href="#m-clock",
                plan=True,
            ),
        )
        for proceeding, (day, clock) in nearest.items()
    ]


def _stretches(steps: Sequence[Event], plans: Sequence[tuple[str, Stop]]) -> list[Stretch]:
    last: dict[str, Event] = {}
    held: dict[str, str] = {}
    made = []
    for event in steps:
        before = last.get(event.proceeding)
        if before is not None:
            style = "cri" if _criminal(event.procedure) else "adm"
            made.append(Stretch(f"s{before.seq}", f"s{event.seq}", "hold" if event.proceeding in held else style))
        if event.kind in PAUSES:
            held[event.proceeding] = PAUSES[event.kind]
        elif held.get(event.proceeding) == event.kind:
            del held[event.proceeding]
        last[event.proceeding] = event
    made += [Stretch(f"s{last[proceeding].seq}", stop.key, "next") for proceeding, stop in plans if proceeding in last]
    return made


def _flags(steps: Sequence[Event], assessment: Assessment | None) -> list[tuple[date, str]]:
    """Return the days, within the line, from which another interpretation was in force for an offence in question."""
    if assessment is None or not steps:
        return []
    first, last = legal_day(steps[0].at), legal_day(steps[-1].at)
    days = {
        date.fromisoformat(outcome.version)
        for answer in assessment.offences
        for outcome in answer.compared
        if outcome.version and first < date.fromisoformat(outcome.version) <= last
    }
    return [(day, _("%(day)s 新解释施行") % {"day": show_short_day(day)}) for day in sorted(days)]


def line_of(sources: Sources, now: datetime) -> Line:
    """Return the line of a matter."""
    steps = steps_of(sources.events)
    organs = {str(proceeding.pk): proceeding.organ_id for proceeding in sources.proceedings}
    steps = [event for event in steps if event.proceeding in organs]
    opened = {str(event.data.get("proceeding")) for event in steps if event.kind in HANDS}
    here, late = _here(steps, sources.state), _late(sources.clocks)
    moves = _moves(steps)
    ends = {key for move in moves for key in (move.start, move.end)}
    plans = _plans(sources, now, organs)
    stops = [
        Stop(
            key=f"s{event.seq}",
            row=organs[event.proceeding],
            at=event.at,
            name=_name(event, opened),
            kind="refused" if event.kind in REFUSED else "hand" if f"s{event.seq}" in ends else "step",
            day=show_short_day(event.at),
            href=f"#e-{event.seq}",
            here=event.seq in here,
            late=event.seq in late,
        )
        for event in steps
    ]
    return Line(
        rows=_rows(by_first_step(sources.proceedings, steps)),
        stops=[*stops, *(stop for _proceeding, stop in plans)],
        stretches=_stretches(steps, plans),
        moves=moves,
        flags=_flags(steps, sources.assessment),
    )
