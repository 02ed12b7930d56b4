from datetime import UTC, date, datetime, timedelta, timezone

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from scripts import make_calendar
from tests.kernel.calendars import shipped_calendar, shipped_years
from zhibao.kernel.days import Calendar, Due, Length, Unit, YearDays, legal_day, parse_day, parse_moment
from zhibao.kernel.errors import BadDay, BadLength, BadMoment, NoSuchDay
from zhibao.kernel.labels import Label

CALENDAR = shipped_calendar()
DAYS = st.dates(date(1998, 1, 1), date(2042, 12, 31))


def slow_working(day: date) -> bool:
    year = shipped_years().get(day.year, YearDays())
    return day in year.makeup_workdays or (day.weekday() < 5 and day not in year.holidays)


def slow_count(a: date, b: date) -> int:
    low, high = min(a, b), max(a, b)
    found = sum(slow_working(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    return found if b >= a else -found


def test_calendar_equals_the_published_one_day_by_day():
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_calendar_files_are_what_the_script_writes():
    for year in shipped_years():
        path = make_calendar.FOLDER / f"{year}.yaml"
        assert path.read_text() == make_calendar.written(year)


def test_published_years_have_a_notice_and_later_ones_have_none():
    assert {year for year, days in shipped_years().items() if days.notice} == set(range(2004, 2027))
    assert set(shipped_years()) == set(range(2004, 2036))


def test_a_computed_year_counts_thirteen_statutory_days_and_makes_up_weekends_and_doubles():
    assert len(make_calendar.statutory_days(2031)) == 13
    # 中秋 2031 is 1 October: named twice, so one more weekday is off; 正月初三 and 清明 fall on Saturdays.
    off = [day for day in make_calendar.computed_holidays(2031) if day.weekday() < 5]
    assert len(off) == 13
    assert date(2031, 10, 6) in off
    for year in make_calendar.LUNAR:
        assert sum(day.weekday() < 5 for day in make_calendar.computed_holidays(year)) == 13


def test_the_rule_for_computed_years_lies_within_the_notices_of_the_years_it_was_in_force(monkeypatch):
    known = {2025: ("01-29", "04-04", "05-31", "10-06"), 2026: ("02-17", "04-05", "06-19", "09-25")}
    for year, festivals in known.items():
        monkeypatch.setitem(make_calendar.LUNAR, year, festivals)
        assert set(make_calendar.statutory_days(year)) <= set(constants.holidays)


@given(DAYS, DAYS)
def test_working_day_sums_equal_a_slow_loop(a, b):
    assert CALENDAR.working_days_between(a, b) == slow_count(a, b)


@given(DAYS)
def test_one_day_is_working_as_the_slow_reading_says(day):
    assert CALENDAR.is_working(day) == slow_working(day)


@given(DAYS, st.integers(1, 400))
def test_adding_working_days_lands_on_the_first_day_that_counts_them(start, number):
    due = CALENDAR.add(start, Length(number, Unit.WORKING_DAYS), last_day_moves=True).day
    assert slow_count(start, due) == number
    assert slow_working(due)


@given(DAYS, st.integers(1, 400))
def test_counting_back_mirrors_counting_forward(day, number):
    found = CALENDAR.before(day, Length(number, Unit.WORKING_DAYS)).day
    assert slow_working(found)
    assert slow_count(found - timedelta(days=1), day - timedelta(days=1)) == number


@given(DAYS)
def test_next_working_is_the_first_working_day_from_here(day):
    found = CALENDAR.next_working(day)
    assert slow_working(found)
    assert slow_count(day - timedelta(days=1), found) == 1


@given(st.dates(date(1, 1, 8), date(2600, 1, 1)))
def test_days_far_from_the_table_are_monday_to_friday_and_provisional(day):
    far = Calendar.from_years({2030: YearDays(notice=Label("通知", "notice"))})
    assert far.is_working(day) == (day.weekday() < 5)
    assert far.is_provisional(day) == (day.year != 2030)
    assert far.next_working(day).weekday() < 5


def test_a_calendar_without_years_is_monday_to_friday():
    empty = Calendar.from_years({})
    assert empty.working_days_between(date(2026, 11, 22), date(2026, 11, 29)) == 5
    assert empty.is_provisional(date(2000, 1, 1))


def test_years_missing_in_between_are_monday_to_friday():
    gap = Calendar.from_years({2004: YearDays((date(2004, 1, 1),)), 2006: YearDays()})
    assert not gap.is_working(date(2004, 1, 1))
    assert gap.is_working(date(2005, 10, 3))


@pytest.mark.parametrize(
    ("start", "length", "moves", "due"),
    [
        # 国庆 2026: 1 to 7 October off, 10 October (a Saturday) worked.
        (date(2026, 9, 28), "15 working-days", True, Due(date(2026, 10, 23), provisional=False, moved=False)),
        (date(2026, 9, 28), "5 days", True, Due(date(2026, 10, 8), provisional=False, moved=True)),
        (date(2026, 9, 28), "5 days", False, Due(date(2026, 10, 3), provisional=False, moved=False)),
        (date(2026, 10, 5), "5 days", True, Due(date(2026, 10, 10), provisional=False, moved=False)),
        (date(2026, 1, 31), "1 months", False, Due(date(2026, 2, 28), provisional=False, moved=False)),
        (date(2023, 12, 31), "2 months", False, Due(date(2024, 2, 29), provisional=False, moved=False)),
        (date(2024, 2, 29), "1 years", False, Due(date(2025, 2, 28), provisional=False, moved=False)),
        (date(2026, 11, 30), "3 months", True, Due(date(2027, 3, 1), provisional=True, moved=True)),
        (date(2026, 12, 30), "2 working-days", True, Due(date(2027, 1, 4), provisional=True, moved=False)),
        (date(2026, 12, 30), "5 days", False, Due(date(2027, 1, 4), provisional=False, moved=False)),
        (date(2026, 11, 25), "0 working-days", False, Due(date(2026, 11, 25), provisional=False, moved=False)),
    ],
)
def test_last_days(start, length, moves, due):
    assert CALENDAR.add(start, Length.from_text(length), last_day_moves=moves) == due


@pytest.mark.parametrize(
    ("day", "length", "found"),
    [
        (date(2026, 10, 16), "7 working-days", date(2026, 10, 8)),
        (date(2026, 10, 16), "8 working-days", date(2026, 9, 30)),
        (date(2026, 10, 16), "7 days", date(2026, 10, 9)),
        (date(2026, 3, 31), "1 months", date(2026, 2, 28)),
        (date(2026, 1, 15), "1 months", date(2025, 12, 15)),
    ],
)
def test_counting_backwards(day, length, found):
    assert CALENDAR.before(day, Length.from_text(length)) == Due(found, provisional=False, moved=False)


def test_counting_backwards_through_an_unpublished_year_is_provisional():
    assert CALENDAR.before(date(2027, 1, 5), Length(3, Unit.WORKING_DAYS)).provisional


def test_hours_do_not_count_from_a_day():
    with pytest.raises(ValueError, match="minute"):
        CALENDAR.add(date(2026, 1, 1), Length(24, Unit.HOURS), last_day_moves=False)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026.11.23",
        "2026/11/23",
        "2026年11月23日",
        "20261123",
        "２０２６．１１．２３",
        " 2026 年 11 月 23 日 ",
    ],
)
def test_one_day_in_many_hands(text):
    assert parse_day(text) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["2026.2.30", "2026-13-01", "20260230", "2025年2月29日", "2026/0/1"])
def test_a_day_that_does_not_exist_says_so(text):
    with pytest.raises(NoSuchDay) as caught:
        parse_day(text)
    assert text in caught.value.say("zh")


@pytest.mark.parametrize(
    "text", ["", "昨天", "26-11-23", "2026-11", "2026-11.23", "11/23/2026", "1026-01-01", "2026-11-23T10:00"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(BadDay) as caught:
        parse_day(text)
    assert caught.value.code == "bad-day"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_written_days_are_read_back(day):
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day


def test_legal_day_is_the_day_in_shanghai():
    assert legal_day(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert legal_day(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    with pytest.raises(ValueError, match="offset"):
        legal_day(datetime(2026, 11, 23))  # noqa: DTZ001 the missing offset is what is tested


def test_a_moment_keeps_its_offset_and_gets_the_legal_one_where_it_has_none():
    assert parse_moment("2026-09-28T10:00:00+08:00") == datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
    assert parse_moment("2026-09-28T02:00:00Z").utcoffset() == timedelta(0)
    assert parse_moment("2026-09-28 10:00") == datetime(2026, 9, 28, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    assert legal_day(parse_moment("2026-09-28")) == date(2026, 9, 28)


@pytest.mark.parametrize("text", ["", "十点", "2026-02-30T10:00", "0026-01-01T00:00", "2026-09-28T25:00"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(BadMoment):
        parse_moment(text)


@pytest.mark.parametrize("text", ["15 working-days", "24 hours", "3 months", "2 years", "30 days"])
def test_lengths_are_read_and_written(text):
    assert Length.from_text(text).to_text() == text


@pytest.mark.parametrize("text", ["15", "working-days", "15 weeks", "-3 days", "1.5 days", "15  days", "3 day"])
def test_what_is_no_length_is_refused(text):
    with pytest.raises(BadLength):
        Length.from_text(text)
