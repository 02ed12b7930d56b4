"""Clocks in words, over real law: what is left, what is used, how it came about, and what is in doubt."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from zhibao.docket.clocks import LAPSED, MET, OVERDUE, clocks
from zhibao.docket.events import Event
from zhibao.kernel.days import LEGAL_TZ
from zhibao.web.clock_view import gaps_of, view_of


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_TZ)


def event(seq, kind, when, procedure="administrative", **data):
    return Event(kind, at(when), data, procedure=procedure, seq=seq)


def seen(pack, events, now, clock_id):
    clock = next(each for each in clocks(pack, events, now=at(now)) if each.id == clock_id)
    return clock, view_of(clock, {each.seq: each for each in events}, at(now))


def test_a_running_clock_says_what_is_left_in_its_own_kind_of_day(pack):
    events = [event(1, "clue-received", "2026-11-02 09:12")]
    _clock, view = seen(pack, events, "2026-11-18 10:00", "adm.file")
    assert view.left == "剩 3 个工作日"
    assert view.tone == "run"
    assert view.used == "用 12 / 15 个工作日"
    assert "次日起 15 个工作日" in view.why.how
    assert view.why.sources[0].text.startswith("E-1 ")


@pytest.mark.parametrize(
    ("owed_by", "if_missed", "owed"),
    [
        ("handling-organ", OVERDUE, True),
        ("handling-organ", LAPSED, True),
        ("party", OVERDUE, True),
        ("party", LAPSED, False),
        ("handling-organ", MET, False),
    ],
)
def test_what_a_party_may_do_and_what_only_has_to_pass_is_owed_by_nobody(pack, owed_by, if_missed, owed):
    clock, view = seen(pack, [event(1, "clue-received", "2026-11-02 09:12")], "2026-11-18 10:00", "adm.file")
    assert replace(view, clock=replace(clock, owed_by=owed_by, if_missed=if_missed)).owed is owed


@pytest.mark.parametrize(
    ("now", "left", "tone"),
    [
        ("2026-11-22 10:00", "剩 1 个工作日", "soon"),
        ("2026-11-23 10:00", "今天", "soon"),
        ("2026-11-25 10:00", "逾期 2 个工作日", "over"),
    ],
)
def test_near_and_past_are_told_apart(pack, now, left, tone):
    _clock, view = seen(pack, [event(1, "clue-received", "2026-11-02 09:12")], now, "adm.file")
    assert (view.left, view.tone) == (left, tone)


def test_a_pause_is_a_cut_and_said_in_days(pack):
    events = [
        event(1, "clue-received", "2026-11-02 09:00"),
        event(2, "identification-started", "2026-11-05 09:00"),
        event(3, "identification-ended", "2026-11-12 09:00"),
    ]
    clock, view = seen(pack, events, "2026-11-18 10:00", "adm.file")
    assert len(gaps_of(clock)) == 1
    assert list(view.bar.pauses) == [3]
    assert view.used.endswith("；停 1 次，共 7 天")
    assert "停 1 次，共 7 天，不算在内。" in view.why.how


def test_an_open_pause_stops_the_clock(pack):
    events = [event(1, "clue-received", "2026-11-02 09:00"), event(2, "identification-started", "2026-11-05 09:00")]
    _clock, view = seen(pack, events, "2026-11-18 10:00", "adm.file")
    assert view.left == "停着，不计时"
    assert (view.state, view.word) == ("stop", "停着")


def test_an_extension_is_told_with_its_day_and_shows_the_end_before(pack):
    events = [event(1, "clue-received", "2026-11-02 09:00"), event(2, "filing-extended", "2026-11-20 09:00")]
    _clock, view = seen(pack, events, "2026-11-23 10:00", "adm.file")
    assert "11月20日 延长 15 个工作日。" in view.why.how
    assert view.bar.before_extension == 15
    assert view.bar.allowed == 30


def test_a_clock_in_hours_counts_hours_and_minutes(pack):
    events = [event(1, "transfer-approved", "2026-11-23 09:00")]
    _clock, view = seen(pack, events, "2026-11-23 16:20", "xfer.handover")
    assert view.left == "剩 16 小时 40 分"
    assert view.due == "2026年11月24日 09:00"
    assert view.bar.used == pytest.approx(22 / 3)
    late, over = seen(pack, events, "2026-11-24 11:10", "xfer.handover")
    assert over.left == "逾期 2 小时 10 分"
    assert late.state == "overdue"


def test_a_step_taken_is_in_time_or_late(pack):
    base = [event(1, "clue-received", "2026-11-02 09:00")]
    _clock, met = seen(pack, [*base, event(2, "filed", "2026-11-20 09:00")], "2026-11-25 09:00", "adm.file")
    assert (met.state, met.word, met.bar.tone) == ("met", "按时", "met")
    _clock, late = seen(pack, [*base, event(2, "filed", "2026-11-25 09:00")], "2026-11-25 10:00", "adm.file")
    assert (late.state, late.word) == ("late", "迟办")
    assert late.bar.used > late.bar.allowed


def test_a_right_not_used_lapses_and_its_bar_stays_inside(pack):
    events = [event(1, "filed", "2026-10-01 09:00"), event(2, "penalty-notice-served", "2026-11-02 09:00")]
    _clock, view = seen(pack, events, "2026-11-25 09:00", "adm.statement")
    assert (view.state, view.word) == ("none", "已过期失效")
    assert view.bar.used == view.bar.allowed
    assert view.if_missed.startswith("过期就失效")


def test_waiting_time_that_ran_out_is_nobody_s_omission(pack):
    events = [event(1, "decided", "2026-01-05 09:00"), event(2, "published", "2026-01-06 09:00", display="general")]
    _clock, early = seen(pack, events, "2026-11-25 09:00", "adm.publish.early")
    assert (early.state, early.word) == ("met", "等待期满")
    assert early.if_missed.startswith("只是等时间过去")


def test_what_a_later_step_put_an_end_to_no_longer_runs(pack):
    events = [
        event(1, "hearing-requested", "2026-11-02 09:00", accepted=True),
        event(2, "hearing-held", "2026-11-16 09:00"),
    ]
    _clock, view = seen(pack, events, "2026-11-25 09:00", "hr21.chair")
    assert (view.state, view.word) == ("none", "不再计算")


def test_a_year_without_its_holiday_notice_is_provisional(pack):
    clock, view = seen(pack, [event(1, "filed", "2026-11-25 09:00")], "2026-11-25 10:00", "adm.decide")
    assert clock.provisional
    assert "暂定" in view.why.how


def test_months_are_shown_as_days_with_the_months_beside(pack):
    monthly = [
        each
        for each in pack.deadlines.values()
        if any("months" in version.length.to_text() for version in each.versions)
    ]
    assert monthly
    deadline = monthly[0]
    start = deadline.starts[0]
    events = [event(1, start.event, "2026-09-24 09:00", deadline.procedure, **start.when)]
    _clock, view = seen(pack, events, "2026-10-20 09:00", deadline.id)
    assert "个月" in view.used


def test_a_clock_that_counts_back_has_no_budget(pack):
    events = [
        event(1, "filed", "2026-09-01 09:00"),
        event(2, "hearing-requested", "2026-11-10 09:00"),
    ]
    _clock, view = seen(pack, events, "2026-11-12 09:00", "adm.hearing.notice")
    assert view.left == "还没有到期日"
    assert view.bar.allowed == 0
    assert "往前数" in view.why.how


def test_two_rules_of_one_time_are_both_said(pack):
    events = [event(1, "complaint-accepted", "2025-03-03 09:00", "complaint")]
    _clock, view = seen(pack, events, "2025-03-10 09:00", "cmp.mediate")
    assert "另定" in view.why.how


def test_tomorrow_counts_from_legal_midnight(pack):
    events = [event(1, "clue-received", "2026-11-02 09:12")]
    now = at("2026-11-22 00:01")
    clock = clocks(pack, events, now=now)[0]
    assert view_of(clock, {}, now).tone == "soon"
    assert view_of(clock, {}, now - timedelta(minutes=2)).tone == "run"
