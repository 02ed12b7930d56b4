"""Rewards: the range of amounts, its floor and cap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.rewards import reward
from zhibao.rules.shown_errors import RuleNotHeld

DAY = date(2026, 1, 1)


def test_a_day_before_the_rule_is_told(pack):
    with pytest.raises(RuleNotHeld):
        reward(pack.rewards["rwd"], money=1, grade="1", on=date(2021, 11, 30))


def test_a_grade_that_is_none_is_told(pack):
    with pytest.raises(LawUnknownReference):
        reward(pack.rewards["rwd"], money=1, grade="4", on=DAY)


@given(money=st.integers(1, 10**13), grade=st.sampled_from(["1", "2", "3", None]))
def test_the_range_lies_between_the_floor_and_the_cap(pack, money, grade):
    found = reward(pack.rewards["rwd"], money=money, grade=grade, on=DAY)
    assert 100_000 <= found.low <= found.high <= 100_000_000
    assert found.capped == (money * {"1": 5, "2": 3, "3": 1, None: 5}[grade] // 100 > 100_000_000)


@given(money=st.integers(1, 10**13))
def test_an_unknown_grade_spans_all_grades(pack, money):
    each = [reward(pack.rewards["rwd"], money=money, grade=grade, on=DAY) for grade in "123"]
    unknown = reward(pack.rewards["rwd"], money=money, grade=None, on=DAY)
    assert (unknown.low, unknown.high) == (min(one.low for one in each), max(one.high for one in each))
