"""Everything one matter's page shows, read once.

Knows the queries of the rooms below and how each part is shown; writes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhibao.apps.cases.deriving import Derived
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event as EventRow
from zhibao.apps.cases.models import FindingAnswer, Matter, Proceeding
from zhibao.apps.cases.queries import answers_of, derived_of, event_rows_of, events_of, proceedings_of
from zhibao.apps.organs.models import Person
from zhibao.apps.register.access import access_right
from zhibao.apps.register.queries import RightOn, right_as_of
from zhibao.apps.vault.models import Exhibit, Sealing
from zhibao.apps.vault.queries import exhibits_of, sealings_of, verify_sealing
from zhibao.docket.events import Event
from zhibao.docket.facts import values_of
from zhibao.docket.findings import Finding
from zhibao.docket.fold import RightRef
from zhibao.kernel.days import Length, legal_day, parse_day, parse_moment
from zhibao.kernel.errors import ZhibaoError
from zhibao.web.assessment_view import AnswerView, TransferView, view_answer, view_transfer
from zhibao.web.clock_view import ClockView, sources_of, view_of
from zhibao.web.goods_view import GoodsView, view_goods
from zhibao.web.grounds import ground, grounds
from zhibao.web.limits import kind_words
from zhibao.web.matter_line import Sources, by_first_step, line_of, steps_of
from zhibao.web.parts.route import Line
from zhibao.web.parts.why import Source, Why
from zhibao.web.templatetags.zhibao import procedure_title
from zhibao.web.words import entitle, say, short_hash, show_amount, show_day, show_length, show_moment

MOST_VERIFIED = 20 * 1024**2  # bytes of bundles checked while a page is made; more are checked on the seal's own page
OWN_PLACE = frozenset({"party", "right", "exhibit", "proceeding", "data", "organ"})  # types shown elsewhere on the page
SHA256 = 64  # hex digits of a digest
ACT_KINDS = ("act-found", "goods-recorded", "prior-found", "priors-checked", "suspicion-assessed")


@dataclass(frozen=True, slots=True)
class RightView:
    """A right of the matter, as of the day of the act."""

    ref: RightRef
    day: date
    on: RightOn | None
    owner: str
    why: Why


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """An exhibit with its custody, and whether a seal over it held when this page was made."""

    it: Exhibit
    sealed: bool
    steps: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its ground and what was said of it."""

    it: Finding
    title: str
    says: str
    why: Why
    answers: Sequence[FindingAnswer]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A recorded event with its data in words, and the corrections that cite it."""

    row: EventRow
    kind: str  # fix, cri or empty
    title: str
    facts: Sequence[tuple[str, str]]
    corrected_by: Sequence[int]
    late_days: int


@dataclass(frozen=True, slots=True)
class MatterView:
    """The whole page."""

    matter: Matter
    proceedings: Sequence[Proceeding]
    derived: Derived
    events: Sequence[Event]
    by_seq: Mapping[int, Event]
    line: Line
    running: Sequence[ClockView]  # what somebody owes
    chances: Sequence[ClockView]  # what a party may do, and times that only have to pass: nobody owes them
    ended: Sequence[ClockView]
    goods: Sequence[GoodsView]
    answers: Sequence[AnswerView]
    transfer: TransferView | None  # None while the facts recorded do not allow an assessment: derived.missing says why
    transferred: bool
    rights: Sequence[RightView]
    exhibits: Sequence[ExhibitView]
    sealings: Sequence[Sealing]
    findings: Sequence[FindingView]
    timeline: Sequence[TimelineRow]


def clock_views(derived: Derived, by_seq: Mapping[int, Event], now: datetime, facts: str) -> list[ClockView]:
    """Return the matter's clocks, nearest due first, ended ones last."""
    views = [view_of(clock, by_seq, now, recompute=facts) for clock in derived.clocks]
    return sorted(views, key=lambda view: (view.ended, view.due_day or date.max, view.clock.id))


def act_day(derived: Derived, matter: Matter) -> date:
    """Return the last day of the acts found; before any is found, the day the matter was opened."""
    days = [act.until or act.since for act in derived.state.acts]
    known = [day for day in days if day is not None]
    return max(known, default=legal_day(matter.opened_at))


def _right(person: Person, ref: RightRef, day: date, by_seq: Mapping[int, Event]) -> RightView:
    on, owner, how = None, "", _("登记簿里没有这项权利。")
    try:
        right = access_right(person, ref.id)
    except ZhibaoError:
        right = None
    if right is not None:
        on, owner = right_as_of(right, day), right.owner.name
        how = say(on.reason) or _("登记簿写着从 %(since)s 到 %(until)s。") % {
            "since": show_day(on.since) or _("未知"),
            "until": show_day(on.until) or "—",
        }
    kind = current_pack().rights.get(ref.kind)
    cites = [ground(term.cite, str(term.confidence)) for term in kind.terms] if kind else []
    sources = sources_of([ref.event], by_seq)
    return RightView(ref, day, on, owner, Why(_("行为时的权利状态"), how, cites, sources, current_pack().hash))


def _exhibits(matter_id: UUID, sealings: Sequence[Sealing]) -> list[ExhibitView]:
    held: set[UUID] = set()
    checked = 0
    for sealing in sealings:
        checked += sealing.bundle.size
        if checked <= MOST_VERIFIED and verify_sealing(sealing).ok:
            held |= {exhibit.pk for exhibit in sealing.exhibits.all()}
    return [ExhibitView(each, each.pk in held, len(each.custody.all())) for each in exhibits_of(matter_id)]


def _finding(finding: Finding, by_seq: Mapping[int, Event], answers: Sequence[FindingAnswer]) -> FindingView:
    why = Why(
        say(finding.title),
        say(finding.says),
        grounds(finding.cites),
        sources_of(list(finding.events), by_seq),
        current_pack().hash,
    )
    return FindingView(finding, entitle(finding.title), say(finding.says), why, answers)


def sources_for_acts(events: Sequence[Event], by_seq: Mapping[int, Event]) -> list[Source]:
    """Return the events an assessment rests on."""
    return sources_of([event.seq for event in events if event.kind in ACT_KINDS], by_seq)


def view_matter(person: Person, matter: Matter, now: datetime) -> MatterView:
    """Read a matter the person was let into."""
    pack = current_pack()
    derived, events = derived_of(matter, now), events_of(matter)
    by_seq = {event.seq: event for event in events}
    proceedings = by_first_step(proceedings_of(matter), steps_of(events))
    clocks = clock_views(derived, by_seq, now, reverse("matter-events-json", kwargs={"number": matter.number}))
    sources = sources_for_acts(events, by_seq)
    day = act_day(derived, matter)
    names = {key: ref.name for ref in derived.state.rights for key in (ref.id, ref.number)}
    sealings = sealings_of(matter.pk)
    said = answers_of(matter)
    return MatterView(
        matter=matter,
        proceedings=proceedings,
        derived=derived,
        events=events,
        by_seq=by_seq,
        line=line_of(Sources(events, derived.state, derived.clocks, proceedings, derived.assessment), now),
        running=[view for view in clocks if not view.ended and view.owed],
        chances=[view for view in clocks if not view.ended and not view.owed],
        ended=[view for view in clocks if view.ended],
        goods=[view_goods(each, names, by_seq) for each in values_of(pack, derived.state, on=legal_day(now))],
        answers=[view_answer(answer, sources) for answer in derived.assessment.offences] if derived.assessment else [],
        transfer=view_transfer(derived.assessment, sources) if derived.assessment else None,
        transferred=any(event.kind == "handed-over" for event in events),
        rights=[_right(person, ref, day, by_seq) for ref in derived.state.rights],
        exhibits=_exhibits(matter.pk, sealings),
        sealings=sealings,
        findings=[_finding(each, by_seq, said.get(each.key, [])) for each in derived.findings],
        timeline=timeline_of(event_rows_of(matter)),
    )


def timeline_of(rows: Sequence[EventRow]) -> list[TimelineRow]:
    """Return the recorded events, newest first, each with its data in words and the corrections of it."""
    corrections: dict[int, list[int]] = {}
    for row in rows:
        if row.kind == "corrected" and isinstance(row.data.get("corrects"), int):
            corrections.setdefault(row.data["corrects"], []).append(row.seq)
    return [_timeline_row(row, corrections.get(row.seq, [])) for row in rows]


def _timeline_row(row: EventRow, corrected_by: Sequence[int]) -> TimelineRow:
    kinds = current_pack().event_kinds
    kind = "fix" if row.kind == "corrected" else "cri" if row.proceeding.procedure == "criminal" else ""
    return TimelineRow(
        row=row,
        kind=kind,
        title=entitle(kinds[row.kind].title) if row.kind in kinds else row.kind,
        facts=facts_in_words(row.kind, row.data),
        corrected_by=corrected_by,
        late_days=(legal_day(row.recorded_at) - legal_day(row.at)).days,
    )


def facts_in_words(kind: str, data: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return an event's data as (what, value) in words; ids of things that have their own place are left out."""
    known = current_pack().event_kinds.get(kind)
    if known is None or kind == "proceeding-opened":
        return []
    told = []
    for field in known.fields:
        value = data.get(field.name)
        if value in (None, "", []) or field.type in OWN_PLACE or (field.name, field.type) == ("kind", "text"):
            continue
        told.append(
            (entitle(field.title), _value_words(field.type, value, {c.id: say(c.title) for c in field.choices}))
        )
    return told


def _value_words(kind: str, value: object, choices: Mapping[str, str]) -> str:
    """Say one value; text that does not read as its type is given back as it is."""
    text = str(value)
    if kind == "flag":
        return _("是") if value else _("否")
    if kind == "lines":
        return _("%(n)s 行") % {"n": len(value) if isinstance(value, list) else 0}
    try:
        if kind in SAID:
            return SAID[kind](text)
    except ZhibaoError:
        return text
    return choices.get(text, short_hash(text) if len(text) == SHA256 and text.isalnum() else text)


def _said_length(text: str) -> str:
    length = Length.from_text(text)
    return show_length(length.number, str(length.unit))


def _said_yuan(text: str) -> str:
    return _("%(amount)s 元") % {"amount": show_amount(text)}


SAID: Mapping[str, Callable[[str], str]] = {
    "event": lambda text: f"E-{text}",
    "acts": kind_words,
    "procedure": procedure_title,
    "day": lambda text: show_day(parse_day(text)),
    "moment": lambda text: show_moment(parse_moment(text)),
    "yuan": _said_yuan,
    "length": _said_length,
}
