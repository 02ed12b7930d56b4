"""A clock as a page shows it: its words, its bar and its ground.

Knows the docket's clocks and the law pack; derives nothing that the docket has not derived.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhibao.apps.cases.law import current_pack
from zhibao.docket.clocks import LAPSED, MET, MET_LATE, OVERDUE, SUSPENDED, Clock
from zhibao.docket.counting import Gap, spent, union
from zhibao.docket.events import Event
from zhibao.kernel.days import Unit, legal_day
from zhibao.rules.owers import OWERS
from zhibao.web.grounds import ground, grounds, show_cite
from zhibao.web.parts.bars import Bar
from zhibao.web.parts.why import Source, Why
from zhibao.web.words import entitle, say, show_day, show_length, show_moment, show_near_day, show_short_day, show_span

ENDED = frozenset({MET, MET_LATE, LAPSED})


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock, ready to be drawn. ``tone`` is over, soon or run; ``state`` a badge's letter with its ``word``."""

    clock: Clock
    title: str
    owed_by: str
    tone: str
    left: str
    due: str
    due_day: date | None
    state: str
    word: str
    bar: Bar
    used: str
    if_missed: str
    why: Why
    next_kind: str
    next_step: str

    @property
    def ended(self) -> bool:
        """Whether nobody owes the step any longer."""
        return self.clock.state in ENDED

    @property
    def owed(self) -> bool:
        """Whether somebody owes the step: a right that lapses unused or a wait is owed by nobody, unless an organ loses it."""
        ower = OWERS.get(self.clock.owed_by)
        organ = ower is not None and bool(ower.procedure)
        return self.clock.if_missed != MET and (organ or self.clock.if_missed != LAPSED)


def due_day(clock: Clock) -> date | None:
    """Return the last day in legal time."""
    return legal_day(clock.due) if isinstance(clock.due, datetime) else clock.due


def tone_of(clock: Clock, now: datetime) -> str:
    """Return over, soon (today or tomorrow) or run."""
    if clock.state == OVERDUE:
        return "over"
    day = due_day(clock)
    near = day is not None and day <= legal_day(now) + timedelta(days=1)
    return "soon" if near and clock.state not in ENDED else "run"


def _distance(clock: Clock, first: date, last: date) -> str:
    """Return the time from ``first`` to ``last`` in the clock's kind of day."""
    if clock.length.unit is Unit.WORKING_DAYS:
        return show_length(current_pack().calendar.working_days_between(first, last), "working-days")
    return show_length((last - first).days, "days")


def left_words(clock: Clock, now: datetime) -> str:
    """Say what is left or over: 剩 2 天, 今天, 逾期 1 个工作日, or why nothing runs."""
    if clock.state == SUSPENDED:
        return _("停着，不计时")
    if clock.due is None:
        return _("还没有到期日")
    if isinstance(clock.due, datetime):
        span = show_span(now - clock.due)
        return _("逾期 %(span)s") % {"span": span} if now > clock.due else _("剩 %(span)s") % {"span": span}
    today = legal_day(now)
    if clock.due == today:
        return _("今天")
    if clock.due < today:
        return _("逾期 %(span)s") % {"span": _distance(clock, clock.due, today)}
    return _("剩 %(span)s") % {"span": _distance(clock, today, clock.due)}


def _state(clock: Clock, tone: str) -> tuple[str, str]:
    if clock.state == clock.if_missed == MET:
        return "met", _("等待期满")
    if clock.state == LAPSED and any(line.what == LAPSED for line in clock.ledger):
        return "none", _("不再计算")
    return {
        MET: ("met", _("按时")),
        MET_LATE: ("late", _("迟办")),
        LAPSED: ("none", _("已过期失效")),
        OVERDUE: ("over", _("逾期")),
        SUSPENDED: ("stop", _("停着")),
    }.get(clock.state, ("soon", _("快到期")) if tone == "soon" else ("run", _("在走")))


def gaps_of(clock: Clock) -> list[Gap]:
    """Return the spans taken out of the count, from the clock's own ledger."""
    gaps: list[Gap] = []
    opened: list[date] = []
    for entry in clock.ledger:
        if entry.what == "suspended":
            opened.append(legal_day(entry.at))
        elif entry.what == "resumed" and opened:
            gaps.append(Gap(opened.pop(0), legal_day(entry.at)))
    return gaps + [Gap(day, None) for day in opened]


def bar_of(clock: Clock, now: datetime) -> Bar:
    """Return the clock's bar: used of allowed, with a cut at each pause and the end before an extension."""
    state = {MET: "met", MET_LATE: "met", OVERDUE: "over"}.get(clock.state, tone_of(clock, now))
    if clock.used is None or clock.allowed is None:
        return Bar(0, 0, state)
    if clock.length.unit is Unit.HOURS:
        until = clock.met_at or now
        used = max((until - clock.started) / timedelta(hours=1), 0)
        return Bar(used if clock.state != LAPSED else clock.used, clock.allowed, state)
    start, working = legal_day(clock.started), clock.length.unit is Unit.WORKING_DAYS
    gaps = union(gaps_of(clock))
    calendar = current_pack().calendar
    pauses = [spent(calendar, start, gap.begins, gaps, working=working) for gap in gaps if gap.begins > start]
    extended = any(entry.what == "extended" for entry in clock.ledger)
    same_unit = clock.length.unit in {Unit.DAYS, Unit.WORKING_DAYS}
    before = clock.length.number if extended and same_unit else None
    used = min(clock.used, clock.allowed) if clock.state == LAPSED else clock.used
    return Bar(used, clock.allowed, state, pauses, before)


def _unit(clock: Clock) -> str:
    unit = clock.length.unit
    return "days" if unit in {Unit.MONTHS, Unit.YEARS} else str(unit)


def _pauses(clock: Clock, now: datetime) -> str:
    gaps = union(gaps_of(clock))
    if not gaps:
        return ""
    days = sum(((gap.ends or legal_day(now)) - gap.begins).days for gap in gaps)
    total = show_length(days, "days")
    told = ngettext("停 %(n)s 次，共 %(days)s", "停 %(n)s 次，共 %(days)s", len(gaps))
    return told % {"n": len(gaps), "days": total}


def used_words(clock: Clock, now: datetime) -> str:
    """Say how much is used: 用 76 / 90 天；停 2 次，共 518 天."""
    if clock.used is None or clock.allowed is None:
        return ""
    told = _("用 %(used)s / %(allowed)s") % {"used": clock.used, "allowed": show_length(clock.allowed, _unit(clock))}
    if clock.length.unit in {Unit.MONTHS, Unit.YEARS}:
        told = _("%(told)s（%(length)s）") % {
            "told": told,
            "length": show_length(clock.length.number, str(clock.length.unit)),
        }
    paused = _pauses(clock, now)
    return _("%(told)s；%(paused)s") % {"told": told, "paused": paused} if paused else told


def how_words(clock: Clock, now: datetime) -> str:
    """Say how the due day came about."""
    hours = clock.length.unit is Unit.HOURS
    start = show_moment(clock.started) if hours else show_day(clock.started)
    length = show_length(clock.length.number, str(clock.length.unit))
    if clock.used is None:
        told = [_("从那一天往前数 %(length)s。") % {"length": length}]
    elif hours:
        told = [_("%(start)s 起，%(length)s。") % {"start": start, "length": length}]
    else:
        told = [_("%(start)s，次日起 %(length)s。") % {"start": start, "length": length}]
    for entry in clock.ledger:
        if entry.what == "extended" and entry.length is not None:
            more = show_length(entry.length.number, str(entry.length.unit))
            told.append(_("%(day)s 延长 %(length)s。") % {"day": show_short_day(entry.at), "length": more})
        elif entry.what == "extension-refused":
            told.append(_("%(day)s 的延长超过条文允许的次数，不算。") % {"day": show_short_day(entry.at)})
    paused = _pauses(clock, now)
    if paused:
        told.append(_("%(paused)s，不算在内。") % {"paused": paused})
    if clock.due is not None:
        last = show_moment(clock.due) if isinstance(clock.due, datetime) else show_day(clock.due)
        told.append(_("最后一天：%(day)s。") % {"day": last})
    return _join([*told, *_doubts(clock)])


def _join(sentences: list[str]) -> str:
    return ("" if sentences and sentences[0].endswith("。") else " ").join(sentences)


def _doubts(clock: Clock) -> list[str]:
    told = []
    if clock.provisional:
        told.append(_("暂定：那一年的放假安排还没有公布。"))
    if clock.reading:
        told.append(_("最后一天遇休息日往后移，条文没有写明，这是一种读法。"))
    if clock.assumed_receipt:
        told.append(_("没有记收到的时间，从发生的时间算起。"))
    rivals = [
        _("%(cite)s 另定 %(length)s，到 %(day)s。")
        % {
            "cite": show_cite(rival.cite),
            "length": show_length(rival.length.number, str(rival.length.unit)),
            "day": show_day(rival.due) or _("未知"),
        }
        for rival in clock.conflicts
    ]
    return told + rivals


def event_name(event: Event | None, seq: int) -> str:
    """Return E-3 立案: an event by its number and kind."""
    kinds = current_pack().event_kinds
    name = say(kinds[event.kind].title) if event is not None and event.kind in kinds else ""
    return f"E-{seq} {name}".rstrip()


def sources_of(seqs: list[int], events: Mapping[int, Event], page: str = "") -> list[Source]:
    """Return the events as links to the matter's timeline."""
    return [Source(event_name(events.get(seq), seq), f"{page}#e-{seq}") for seq in dict.fromkeys(seqs)]


def why_of(clock: Clock, events: Mapping[int, Event], now: datetime, *, page: str = "", recompute: str = "") -> Why:
    """Return the ground under a clock's due day."""
    main = [ground(clock.cite, clock.confidence)]
    others = grounds(cite for cite in clock.cites if cite != clock.cite)
    seqs = [entry.event for entry in clock.ledger]
    sources = sources_of(seqs, events, page)
    return Why(say(clock.title), how_words(clock, now), [*main, *others], sources, current_pack().hash, recompute)


def _missed(clock: Clock) -> str:
    if clock.if_missed == LAPSED:
        return _("过期就失效，不能再做")
    if clock.if_missed == MET:
        return _("只是等时间过去，没有人要办")
    return _("算逾期，列入监督发现")


def view_of(
    clock: Clock, events: Mapping[int, Event], now: datetime, *, page: str = "", recompute: str = ""
) -> ClockView:
    """Return a clock as a page shows it. ``page`` is the matter's address, ``recompute`` that of its events."""
    pack = current_pack()
    tone = tone_of(clock, now)
    state, word = _state(clock, tone)
    deadline = pack.deadlines.get(clock.id)
    next_kind = deadline.ends[0].event if deadline else ""
    due = show_moment(clock.due) if isinstance(clock.due, datetime) else show_near_day(clock.due)
    return ClockView(
        clock=clock,
        title=entitle(clock.title),
        owed_by=entitle(clock.owed_by_title),
        tone=tone,
        left=left_words(clock, now),
        due=due,
        due_day=due_day(clock),
        state=state,
        word=word,
        bar=bar_of(clock, now),
        used=used_words(clock, now),
        if_missed=_missed(clock),
        why=why_of(clock, events, now, page=page, recompute=recompute),
        next_kind=next_kind,
        next_step=entitle(pack.event_kinds[next_kind].title) if next_kind in pack.event_kinds else "",
    )
