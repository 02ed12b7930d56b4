from datetime import date, timedelta
from itertools import pairwise

from zhibao.web.parts.ruler import deadline_ruler, ruler_days, ruler_sentence

MONDAY = date(2026, 11, 23)


def works(day):
    return day.weekday() < 5


def test_it_begins_on_the_last_working_day_and_has_22_days():
    days = ruler_days(MONDAY, works)
    assert days[0] == date(2026, 11, 20)
    assert len(days) == 22
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))


def test_non_working_days_are_hatched():
    assert deadline_ruler(MONDAY, {}, works).count("url(#rest)") == 6


def test_each_clock_has_a_mark_of_its_own_shape():
    due = {date(2026, 11, 20): ["over"], MONDAY: ["soon", "soon"], date(2026, 11, 25): ["run"]}
    svg = deadline_ruler(MONDAY, due, works)
    assert svg.count('data-s="over"') == 1
    assert svg.count('data-s="soon"') == 2
    assert svg.count("<circle") == 1


def test_many_on_one_day_are_counted():
    svg = deadline_ruler(MONDAY, {MONDAY: ["run"] * 3 + ["over"] * 4}, works)
    assert "×7" in svg
    assert svg.count('data-s="over"') == 1


def test_the_sentence_says_the_same():
    days = ruler_days(MONDAY, works)
    assert ruler_sentence(days, {MONDAY: ["soon", "soon"]}) == "期限尺，22 天：11月23日 2"
    assert ruler_sentence(days, {}) == "期限尺，22 天：没有到期的事"
