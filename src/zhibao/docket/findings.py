"""监督发现: what a supervisor should look at in one matter, each with the events and articles behind it.

Finds by rule and says what it rests on; whether something was wrong is for a person to answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhibao.docket.clocks import LAPSED, MET_LATE, ONE_DAY, OVERDUE, Clock, clocks
from zhibao.docket.events import Event, Json
from zhibao.docket.timeline import Links, Step, text_of, timeline
from zhibao.docket.transfers import SENT, Handover, handovers, radar
from zhibao.kernel.citations import Citation
from zhibao.kernel.days import LEGAL_TZ, Length, Unit, legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.answer import Assessment
from zhibao.rules.deadlines import LastDay
from zhibao.rules.pack import Pack
from zhibao.rules.supervision import FindingKind

POLICE_DECIDE = "xfer.police.decide"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``key`` is the same whenever it is derived again; ``since`` the day it became so.

    ``events`` are numbers of the matter's events, ``cites`` the articles, ``says`` one sentence in each language.
    """

    kind: str
    key: str
    title: Label
    organ: str
    proceeding: str
    since: date
    weight: int
    events: tuple[int, ...]
    cites: tuple[Citation, ...]
    says: Label
    data: Mapping[str, Json]

    def as_json(self, pack: Pack, lang: str) -> dict[str, Json]:
        """Return the finding for pages and programs."""
        return {
            "kind": self.kind,
            "key": self.key,
            "title": self.title.say(lang),
            "organ": self.organ or None,
            "proceeding": self.proceeding or None,
            "since": self.since.isoformat(),
            "weight": self.weight,
            "events": list(self.events),
            "cites": [{"cite": pack.show_cite(one, lang, "table"), "cite_id": one.to_text()} for one in self.cites],
            "says": self.says.say(lang),
            "data": dict(self.data),
        }


@dataclass(frozen=True, slots=True)
class _Case:
    """One matter as the finders look at it."""

    pack: Pack
    events: Sequence[Event]
    steps: tuple[Step, ...]
    links: Links
    clocks: tuple[Clock, ...]
    assessment: Assessment | None
    now: datetime

    @property
    def today(self) -> date:
        return legal_day(self.now)

    def after(self, step: Step, *kinds: str) -> list[Step]:
        """Return the events of ``kinds`` that can answer ``step`` and do not come before it."""
        return [
            one
            for one in self.steps
            if one.event.kind in kinds and one.moment >= step.moment and self.links.related(step.event, one.event)
        ]

    def of_kind(self, kind: str) -> list[Step]:
        return [step for step in self.steps if step.event.kind == kind]


def findings(
    pack: Pack,
    events: Sequence[Event],
    *,
    now: datetime,
    assessment: Assessment | None,
    derived: tuple[Clock, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of one matter, the weightiest first. ``assessment`` None: the facts do not allow one.

    ``derived`` are the matter's clocks at ``now``, where the caller has them already.
    """
    happened = [event for event in events if event.at <= now]
    steps = timeline(happened)
    running = clocks(pack, events, now=now) if derived is None else derived
    case = _Case(pack, happened, steps, Links(steps), running, assessment, now)
    found = [
        *_from_clocks(case),
        *_unsigned(case),
        *_untransferred(case),
        *_without_reasons(case),
        *_idle(case),
        *_not_returned(case),
    ]
    return tuple(sorted(found, key=lambda finding: (-finding.weight, finding.since, finding.key)))


def _from_clocks(case: _Case) -> Iterator[Finding]:
    """Yield a finding for each duty that is overdue, was done late, or lapsed and is worth a look."""
    for clock in case.clocks:
        missed = clock.state == OVERDUE or (clock.state == clock.if_missed == LAPSED and clock.finding)
        if missed and clock.due_moment is not None and clock.due_moment <= case.now:
            kind = case.pack.finding_kinds[clock.finding]
            when = Label(show_day(clock, "zh"), show_day(clock, "en"))
            says = Label(
                f"「{clock.title.zh}」最晚应当在{when.zh}办，没有办。",
                f"“{_opening(clock.title.en)}” was due by {when.en} and has not been done.",
            )
            if clock.state == LAPSED:
                says = Label(
                    f"「{clock.title.zh}」的时间到{when.zh}为止，过期没有办。",
                    f"The time for “{clock.title.en}” ran out on {when.en} unused.",
                )
            yield _of_clock(clock, kind, says, clock.weight)
        elif clock.state == MET_LATE and clock.met_at is not None:
            when = Label(show_day(clock, "zh"), show_day(clock, "en"))
            done = legal_day(clock.met_at)
            says = Label(
                f"「{clock.title.zh}」最晚应当在{when.zh}办，{day_zh(done)}才办。",
                f"“{_opening(clock.title.en)}” was due by {when.en} and was done on {day_en(done)}.",
            )
            kind = case.pack.finding_kinds["late"]
            yield _of_clock(clock, kind, says, kind.weight)


def _of_clock(clock: Clock, kind: FindingKind, says: Label, weight: int) -> Finding:
    late_from = clock.due_moment or clock.started
    return Finding(
        kind=kind.id,
        key=f"{kind.id}:{clock.id}:{clock.entry}",
        title=kind.title,
        organ=clock.organ,
        proceeding=clock.proceeding,
        since=legal_day(late_from),
        weight=weight,
        events=tuple(sorted({line.event for line in clock.ledger})),
        cites=clock.cites,
        says=says,
        data={"clock": clock.id, "entry": clock.entry, "due": None if clock.due is None else clock.due.isoformat()},
    )


def _unsigned(case: _Case) -> Iterator[Finding]:
    """Yield handings over that nobody signed for within the time the police have to decide (counted from the handing over: a reading)."""
    for handover in handovers(case.events):
        version = case.pack.deadlines[POLICE_DECIDE].version_on(legal_day(handover.at))
        if handover.state != SENT or version is None:
            continue
        moves = version.last_day is not LastDay.STAYS
        last = case.pack.calendar.add(legal_day(handover.at), version.length, last_day_moves=moves).day
        if case.today > last:
            yield _unsigned_one(case, handover, last)


def _unsigned_one(case: _Case, handover: Handover, last: date) -> Finding:
    kind, given = case.pack.finding_kinds["transferred-and-unanswered"], legal_day(handover.at)
    return Finding(
        kind=kind.id,
        key=f"{kind.id}:handover:{handover.event}",
        title=kind.title,
        organ=handover.to,
        proceeding=handover.target or handover.origin,
        since=last + ONE_DAY,
        weight=kind.weight,
        events=(handover.event,),
        cites=kind.cites_on(given),
        says=Label(
            f"{day_zh(given)}移送公安，没有签收回执，也没有立案或者不予立案的答复。",
            f"Handed over to the police on {day_en(given)}; no receipt was signed, and they neither filed nor refused.",
        ),
        data={"handed_over": given.isoformat(), "reading": True},
    )


def _untransferred(case: _Case) -> Iterator[Finding]:
    """Yield what had to go to the police and did not: punished instead, or not handed over yet."""
    seen = radar(case.events, case.assessment)
    if seen.must is not True or seen.done or not case.steps:
        return
    decisions = [step for step in case.of_kind("decided") if text_of(step.event.data, "result") in {"", "penalty"}]
    kinds = case.pack.finding_kinds
    basis = Label(
        {"threshold": "达到刑事立案标准", "reasonable-suspicion": "有犯罪合理嫌疑"}.get(seen.basis, "应当移送"),
        {
            "threshold": "a criminal threshold is met",
            "reasonable-suspicion": "there is reasonable suspicion of a crime",
        }.get(seen.basis, "it had to be handed over"),
    )
    cites = () if seen.cite is None else (seen.cite,)
    for step in decisions:
        kind = kinds["penalised-instead-of-transferred"]
        says = Label(
            f"{basis.zh}，{day_zh(step.day)}作出行政处罚，没有移送公安。",
            f"Penalised on {day_en(step.day)} though {basis.en}; not handed over to the police.",
        )
        yield _at(step, kind, says, (*seen.events, step.ref), (*kind.cites_on(step.day), *cites), basis=seen.basis)
    if not decisions and seen.events:
        step = next(one for one in reversed(case.steps) if one.ref in seen.events)
        kind = kinds["should-transfer"]
        says = Label(f"{basis.zh}，还没有移送公安。", f"Not handed over to the police yet, though {basis.en}.")
        yield _at(step, kind, says, seen.events, (*kind.cites_on(step.day), *cites), basis=seen.basis)


def _without_reasons(case: _Case) -> Iterator[Finding]:
    kind = case.pack.finding_kinds["refused-without-reasons"]
    for step in case.of_kind("police-refused"):
        if not text_of(step.event.data, "reason").strip():
            says = Label(
                f"公安{day_zh(step.day)}不予立案，没有记下理由。",
                f"The police refused to file on {day_en(step.day)}; no reasons are on record.",
            )
            yield _at(step, kind, says, (step.ref,), kind.cites_on(step.day))


def _idle(case: _Case) -> Iterator[Finding]:
    """Yield criminal cases filed with no step since for longer than the product's own length."""
    kind = case.pack.finding_kinds["filed-but-idle"]
    length = kind.idle_after or Length(60, Unit.DAYS)
    for step in case.of_kind("police-filed"):
        own = [one for one in case.steps if one.event.proceeding == step.event.proceeding and one.moment >= step.moment]
        ended = case.after(
            step, "sent-for-prosecution", "prosecuted", "not-prosecuted", "judged", "closed", "returned-for-penalty"
        )
        steps = [
            one
            for one in own
            if one.event.kind not in {"corrected", "note-added"} and one.event.procedure == step.event.procedure
        ]
        last = steps[-1] if steps else step
        until = case.pack.calendar.add(last.day, length, last_day_moves=False).day
        if not ended and case.today > until:
            says = Label(
                f"公安{day_zh(step.day)}立案，{day_zh(last.day)}以后{length.number}天没有侦查记录（天数是本系统定的，不是法定期限）。",
                f"Filed on {day_en(step.day)}; no step recorded for {length.number} days after {day_en(last.day)} (our own length, not the law's).",
            )
            cites = kind.cites_on(step.day)
            found = _at(step, kind, says, (step.ref, last.ref), cites, idle_since=last.day.isoformat())
            yield replace(found, since=until + ONE_DAY)


def _not_returned(case: _Case) -> Iterator[Finding]:
    kind = case.pack.finding_kinds["not-returned-for-penalty"]
    for step in case.of_kind("not-prosecuted"):
        if step.event.data.get("penalty_needed") is True and not case.after(step, "returned-for-penalty"):
            says = Label(
                f"{day_zh(step.day)}不起诉，需要行政处罚，没有移送行政机关。",
                f"Not prosecuted on {day_en(step.day)}; an administrative penalty is needed, but it was not returned for one.",
            )
            yield _at(step, kind, says, (step.ref,), kind.cites_on(step.day))


def _at(
    step: Step, kind: FindingKind, says: Label, events: Sequence[int], cites: Sequence[Citation], /, **data: Json
) -> Finding:
    """Return a finding that began with ``step``."""
    return Finding(
        kind=kind.id,
        key=f"{kind.id}:{step.ref}",
        title=kind.title,
        organ=step.event.organ,
        proceeding=step.event.proceeding,
        since=step.day,
        weight=kind.weight,
        events=tuple(dict.fromkeys(events)),
        cites=tuple(dict.fromkeys(cites)),
        says=says,
        data=data,
    )


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def show_day(clock: Clock, lang: str) -> str:
    """Write a clock's due day, or its minute for hours, in ``lang``."""
    if isinstance(clock.due, datetime):
        local = clock.due.astimezone(LEGAL_TZ)
        return f"{day_zh(local.date())}{local:%H:%M}" if lang == "zh" else f"{local:%H:%M} on {day_en(local.date())}"
    day = clock.due or legal_day(clock.started)
    return day_zh(day) if lang == "zh" else day_en(day)


def day_zh(day: date) -> str:
    """Write 2026年10月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_en(day: date) -> str:
    """Write 23 Oct 2026."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
