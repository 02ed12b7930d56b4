"""What no golden case can hold: how a value is numbered, what a file may not say, and the parts only many matters run through.

Each was found as a survivor of the mutation run (scripts/mutate.py).
"""

from datetime import UTC, date, datetime

import pytest

from zhibao.docket.clocks import clocks, unclocked
from zhibao.docket.events import Event
from zhibao.kernel import days
from zhibao.rules import fine_amounts, remedies, values
from zhibao.rules.errors import LawWrongShape
from zhibao.rules.read import read_table


def test_the_items_of_a_value_are_numbered_from_one(pack):
    version = pack.values["calc.loss_method"].versions[-1]
    assert isinstance(version, values.ValueVersion)
    assert [f"({place})" in version.told("en") for place in range(6)] == [False, True, True, True, True, False]


@pytest.mark.parametrize("seen", ["0", "-1", "x", "1/0"])
def test_a_multiple_is_above_zero(seen):
    with pytest.raises(LawWrongShape):
        remedies._times(read_table(f'times: "{seen}"', "f"), "times")


def test_a_fine_may_begin_where_it_ends():
    class Words:
        measures: tuple[str, ...] = ()

    fine = fine_amounts.read_fine(read_table("{from: '1000', up_to: '1000'}", "f"), Words())
    assert fine.low == fine.high


def test_a_day_is_provisional_where_its_year_is_not_out(pack):
    calendar = pack.calendar
    assert isinstance(calendar, days.Calendar)
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert calendar.is_provisional(date(2003, 12, 31))


@pytest.mark.parametrize("seen", ["2026-03-02T10:00:00+00:00", "1999-12-31T10:00:00+00:00"])
def test_a_moment_of_a_year_that_is_read_is_read(seen):
    assert days.parse_moment(seen) == datetime.fromisoformat(seen).astimezone(UTC)


def test_no_working_days_is_the_day_itself_even_a_saturday(pack):
    saturday, none = date(2026, 3, 7), days.Length(0, days.Unit.WORKING_DAYS)
    assert pack.calendar.add(saturday, none, last_day_moves=False).day == saturday
    assert pack.calendar.before(saturday, none).day == saturday


def test_behind_the_years_held_weeks_have_five_working_days(pack):
    monday, week = date(2040, 1, 2), days.Length(5, days.Unit.WORKING_DAYS)
    assert pack.calendar.add(monday, week, last_day_moves=False).day == date(2040, 1, 9)
    assert pack.calendar.next_working(date(2040, 1, 7)) == date(2040, 1, 9)


def executed(day):
    return [Event("executed", datetime(*day, 10, tzinfo=days.LEGAL_TZ), {})]


def test_a_start_before_the_first_text_has_no_clock_and_is_told(pack):
    assert ("adm.close", 0) in unclocked(pack, executed((2021, 7, 14)))
    assert ("adm.close", 0) not in unclocked(pack, executed((2021, 7, 15)))
    assert ("adm.decide", 0) not in unclocked(pack, executed((2021, 7, 14)))


def test_what_is_not_met_has_no_moment_at_which_it_was(pack):
    began = executed((2026, 3, 2))
    closed = Event("closed", datetime(2026, 3, 3, 10, tzinfo=days.LEGAL_TZ), {})
    for events, met in ((began, None), ([*began, closed], closed.at.isoformat())):
        found = [
            one for one in clocks(pack, events, now=datetime(2026, 3, 4, tzinfo=days.LEGAL_TZ)) if one.id == "adm.close"
        ]
        assert [one.as_json(pack, "en")["met_at"] for one in found] == [met]
