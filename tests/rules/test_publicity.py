"""How long penalties are shown: tiers, unknowns, and what no rule covers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibao.rules.publicity import PENALTIES, Penalty, display
from zhibao.rules.shown_errors import RuleNotHeld


def shown(pack, day=date(2026, 1, 5), values=None, **given):
    rule = pack.displays["pub.display"]
    return display(
        rule, pack.values if values is None else values, pack.calendar, penalty=Penalty(**given), shown_on=day
    )


def test_a_day_before_all_rules_is_told(pack):
    with pytest.raises(RuleNotHeld, match="2021-08-31"):
        shown(pack, date(2021, 8, 31), kinds=frozenset({"fine"}))


def test_without_the_amounts_a_low_fine_cannot_be_told(pack):
    found = shown(pack, values={}, kinds=frozenset({"fine"}), fine=100, lenient=True)
    assert (found.tier, found.missing) == (None, ("low_fine",))


def test_who_was_fined_unknown_is_named(pack):
    found = shown(pack, kinds=frozenset({"fine"}), fine=100, lenient=True, business=None)
    assert found.missing == ("business",)


@pytest.mark.parametrize("fact", ["sector", "serious_list"])
def test_an_unknown_fact_that_decides_is_named(pack, fact):
    found = shown(pack, kinds=frozenset({"fine", "confiscation"}), fine=10**8, **{fact: None})
    assert (found.tier, found.missing) == (None, (fact,))


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.sets(st.sampled_from(sorted(PENALTIES)), min_size=1),
    fine=st.integers(1, 10**8),
    lenient=st.booleans(),
    day=st.dates(date(2021, 9, 1), date(2030, 1, 1)),
)
def test_one_tier_is_always_found_and_ends_after_it_begins(pack, kinds, fine, lenient, day):
    found = shown(pack, day, kinds=frozenset(kinds), fine=fine, lenient=lenient, low_fine=False)
    assert found.tier is not None
    if found.tier.stay.shown:
        assert day < found.ends_on <= day + timedelta(days=3 * 366)
        assert found.early_from is None or day < found.early_from <= found.ends_on
