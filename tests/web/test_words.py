from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from zhibao.kernel.labels import Label
from zhibao.web import words

DAY = date(2026, 11, 24)


def both(call):
    with translation.override("zh-hans"):
        zh = call()
    with translation.override("en"):
        return zh, call()


def test_days_are_said_as_people_write_them():
    assert both(lambda: words.show_day(DAY)) == ("2026年11月24日", "24 Nov 2026")
    assert both(lambda: words.show_short_day(DAY)) == ("11月24日", "24 Nov")
    assert both(lambda: words.show_near_day(DAY)) == ("11月24日 周二", "Tue 24 Nov")


def test_moments_are_in_legal_time():
    moment = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert both(lambda: words.show_moment(moment)) == ("2026年11月24日 00:30", "24 Nov 2026 00:30")


def test_nothing_is_said_of_no_day():
    assert words.show_day(None) == words.show_short_day(None) == words.show_near_day(None) == ""
    assert words.show_moment(None) == ""


def test_money_has_two_decimals_and_commas_and_unknown_is_a_word():
    assert words.show_amount("31000") == "31,000.00"
    assert words.show_amount("三万") == "三万"
    assert words.show_fen(3_100_000) == "31,000.00"
    assert both(lambda: words.show_fen(None)) == ("未知", "unknown")


@pytest.mark.parametrize(
    ("number", "unit", "zh", "en"),
    [
        (3, "days", "3 天", "3 days"),
        (1, "days", "1 天", "1 day"),
        (5, "working-days", "5 个工作日", "5 working days"),
        (24, "hours", "24 小时", "24 hours"),
        (2, "months", "2 个月", "2 months"),
        (1, "years", "1 年", "1 year"),
    ],
)
def test_lengths_say_their_kind(number, unit, zh, en):
    assert both(lambda: words.show_length(number, unit)) == (zh, en)


def test_labels_mappings_and_plain_text_are_said_in_the_pages_language():
    assert both(lambda: words.say(Label("立案", "filed"))) == ("立案", "filed")
    assert both(lambda: words.say({"zh": "立案", "en": "filed"})) == ("立案", "filed")
    assert both(lambda: words.say({"zh": "立案"})) == ("立案", "立案")
    assert words.say("x") == "x"
    assert words.say(None) == ""


def test_spans_shares_and_hashes():
    assert both(lambda: words.show_span(timedelta(hours=17, minutes=20))) == ("17 小时 20 分", "17 h 20 min")
    assert words.show_share(342, 412) == "83%"
    assert words.show_share(0, 0) == "—"
    assert words.short_hash("7c1e" + "0" * 56 + "09af") == "7c1e…09af"
    assert words.short_hash("short") == "short"
