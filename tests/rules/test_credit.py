"""Marks of dishonesty: the window of repair, and what no rule covers."""

from datetime import date

import pytest

from zhibao.rules.credit import credit_window
from zhibao.rules.shown_errors import RuleNotHeld


def test_a_day_before_the_rule_is_told(pack):
    with pytest.raises(RuleNotHeld, match=r"cr107\.general"):
        credit_window(pack.credit["cr107.general"], pack.calendar, since=date(2025, 1, 1), on=date(2025, 12, 24))


def test_again_matters_only_where_the_rule_says_so(pack):
    held = pack.credit["cr107.general"]
    once, again = (
        credit_window(held, pack.calendar, since=date(2026, 1, 1), on=date(2026, 1, 1), again=flag)
        for flag in (False, True)
    )
    assert once == again


def test_a_restriction_counts_only_where_the_rule_says_so(pack):
    until = date(2035, 1, 1)
    found = credit_window(
        pack.credit["cr107.list"], pack.calendar, since=date(2026, 1, 1), on=date(2026, 1, 1), until=until
    )
    assert found.ends_on == date(2029, 1, 1)
