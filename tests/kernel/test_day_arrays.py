"""The tables say what the calendar says, for single days and for arrays of them."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.calendars import shipped_calendar
from zhibao.kernel.day_arrays import (
    HORIZON,
    LONGEST_COUNT,
    add_months,
    add_working,
    any_unpublished,
    date_of,
    is_working,
    next_working,
    number_of,
    working_before,
    working_between,
)
from zhibao.kernel.days import Calendar, Length, Unit, YearDays
from zhibao.kernel.labels import Label

CALENDAR = shipped_calendar()
TABLES = CALENDAR.tables
EVERY = np.arange(number_of(date(2003, 12, 1)), number_of(date(2036, 2, 1)), dtype=np.int32)
DAYS = st.dates(date(1998, 1, 1), date(2042, 12, 31))


def dates(numbers):
    return [date_of(number) for number in numbers]


def test_numbers_and_dates_are_one_another():
    assert number_of(date(1850, 1, 1)) == 0
    assert date_of(number_of(date(2026, 11, 25))) == date(2026, 11, 25)


def test_every_day_of_the_shipped_calendar_is_worked_or_not_as_the_calendar_says():
    assert is_working(TABLES, EVERY).tolist() == [CALENDAR.is_working(day) for day in dates(EVERY)]
    assert dates(next_working(TABLES, EVERY)) == [CALENDAR.next_working(day) for day in dates(EVERY)]


def test_every_day_lies_in_a_published_year_or_not_as_the_calendar_says():
    assert any_unpublished(TABLES, EVERY, EVERY).tolist() == [CALENDAR.is_provisional(day) for day in dates(EVERY)]
    assert any_unpublished(TABLES, number_of(date(2026, 12, 31)), number_of(date(2027, 1, 1)))
    assert not any_unpublished(TABLES, number_of(date(2004, 1, 1)), number_of(date(2026, 12, 31)))


@pytest.mark.parametrize("number", [1, 2, 7, 15, 30, 250])
def test_adding_and_counting_back_equal_the_calendar_on_every_day(number):
    length = Length(number, Unit.WORKING_DAYS)
    forward = [CALENDAR.add(day, length, last_day_moves=True).day for day in dates(EVERY)]
    back = [CALENDAR.before(day, length).day for day in dates(EVERY)]
    assert dates(add_working(TABLES, EVERY, number)) == forward
    assert dates(working_before(TABLES, EVERY, number)) == back


@given(DAYS, DAYS)
def test_working_days_between_equal_the_calendar(a, b):
    assert working_between(TABLES, number_of(a), number_of(b)) == CALENDAR.working_days_between(a, b)


@given(DAYS, st.integers(0, 400))
def test_months_equal_the_calendar(day, months):
    forward = CALENDAR.add(day, Length(months, Unit.MONTHS), last_day_moves=False).day
    assert date_of(add_months(TABLES, number_of(day), months)) == forward
    back = CALENDAR.before(day, Length(months, Unit.MONTHS)).day
    assert date_of(add_months(TABLES, number_of(day), -months)) == back


def slow_plain_weekend(day):
    first = last = day
    while not CALENDAR.is_working(first - timedelta(days=1)):
        first -= timedelta(days=1)
    while not CALENDAR.is_working(last + timedelta(days=1)):
        last += timedelta(days=1)
    return (last - first).days < 2 and first.weekday() >= 5 and last.weekday() >= 5


def test_plain_weekends_are_runs_off_of_a_saturday_and_a_sunday_and_no_more():
    off = [day for day in dates(EVERY) if not CALENDAR.is_working(day)]
    assert [bool(TABLES.plain_weekend[number_of(day)]) for day in off] == [slow_plain_weekend(day) for day in off]
    assert not TABLES.plain_weekend[EVERY[is_working(TABLES, EVERY)]].any()


def test_days_far_from_the_years_given_are_monday_to_friday():
    far = Calendar.from_years({2030: YearDays((date(2030, 1, 1),), notice=Label("通知", "notice"))})
    for day in (date(1900, 1, 1), date(2029, 12, 29), date(2030, 1, 1), date(2031, 1, 4), date(2599, 12, 31)):
        assert bool(is_working(far.tables, number_of(day))) == far.is_working(day)
    assert far.tables is far.tables


def test_no_count_from_within_the_horizon_runs_off_the_tables():
    assert add_working(TABLES, HORIZON, LONGEST_COUNT) < len(TABLES.upto)
    assert add_months(TABLES, HORIZON, LONGEST_COUNT // 31) < len(TABLES.upto)
