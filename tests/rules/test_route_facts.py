"""The facts of a route: read, settled by the right itself, refused where they do not hold."""

from datetime import date

import pytest

from zhibao.rules.errors import FactBadAmount, FactBadDay, FactMissing, FactNotOneOf, FactNotYesNo, FactUnknownField
from zhibao.rules.money_errors import FactNotShape
from zhibao.rules.route_errors import FactBadPlace, FactContradiction, FactNoSuchPlace
from zhibao.rules.route_facts import read_route_facts

TODAY = date(2026, 11, 23)


def read(pack, **facts):
    return read_route_facts(facts, rights=pack.rights, places=pack.places, today=TODAY)


def test_what_is_left_out_is_unknown_and_today_is_the_day(pack):
    facts = read(pack, channel="civil")
    assert (facts.right, facts.amount, facts.filed_on, facts.stage) == (None, None, TODAY, "first")
    assert set(facts.flags.values()) == {None}
    assert facts.left_out == {"monopoly", "well_known", "software", "national_major", "seller_unreachable", "invited"}


def test_null_says_that_it_is_not_known(pack):
    assert "well_known" not in read(pack, channel="civil", well_known=None).left_out


@pytest.mark.parametrize(
    ("right", "given", "technical", "software"),
    [
        ("patent-invention", {}, True, False),
        ("ic-layout", {"technical": True}, True, False),
        ("trademark", {}, False, False),
        ("trade-secret", {"technical": True}, True, False),
        ("trade-secret", {}, None, False),
        ("copyright", {"technical": True}, True, True),
        ("copyright", {"software": False}, None, False),
        ("patent-design", {}, None, False),
    ],
)
def test_the_right_settles_what_it_can(pack, right, given, technical, software):
    facts = read(pack, channel="civil", right=right, **given)
    assert (facts.flags["technical"], facts.flags["software"]) == (technical, software)


@pytest.mark.parametrize(
    "facts",
    [
        {"right": "trademark", "technical": True},
        {"right": "patent-invention", "technical": False},
        {"right": "trademark", "software": True},
        {"seller_unreachable": True, "platform_seller": False},
    ],
)
def test_facts_that_contradict_each_other_are_refused(pack, facts):
    with pytest.raises(FactContradiction) as caught:
        read(pack, channel="complaint", **facts)
    assert caught.value.where in facts


@pytest.mark.parametrize(
    ("facts", "error", "where"),
    [
        ({}, FactMissing, "channel"),
        ({"channel": "duel"}, FactNotOneOf, "channel"),
        ({"channel": "civil", "right": "weather"}, FactNotOneOf, "right"),
        ({"channel": "civil", "weather": 1}, FactUnknownField, "weather"),
        ({"channel": "civil", "place": 361104}, FactBadPlace, "place"),
        ({"channel": "civil", "place": "3611"}, FactBadPlace, "place"),
        ({"channel": "civil", "place": "369999"}, FactNoSuchPlace, "place"),
        ({"channel": "civil", "place": "360000"}, FactNotOneOf, "place"),
        ({"channel": "civil", "place": ["361104"]}, FactBadPlace, "place"),
        ({"channel": "civil", "amount": 1.5}, FactBadAmount, "amount"),
        ({"channel": "civil", "amount": True}, FactBadAmount, "amount"),
        ({"channel": "civil", "amount": "-1"}, FactBadAmount, "amount"),
        ({"channel": "civil", "amount": 10**30}, FactBadAmount, "amount"),
        ({"channel": "civil", "well_known": "yes"}, FactNotYesNo, "well_known"),
        ({"channel": "civil", "filed_on": 20260101}, FactBadDay, "filed_on"),
        ({"channel": "civil", "filed_on": "2026-02-30"}, FactBadDay, "filed_on"),
        ({"channel": ["civil"]}, FactNotOneOf, "channel"),
    ],
)
def test_bad_facts_are_refused_at_their_place(pack, facts, error, where):
    with pytest.raises(error) as caught:
        read(pack, **facts)
    assert caught.value.where == where


def test_what_was_mended_is_told(pack):
    facts = read(pack, channel="civil", filed_on="2026年1月2日", amount="3万")
    assert facts.filed_on == date(2026, 1, 2)
    assert {one.where for one in facts.mended} == {"filed_on", "amount"}


def test_full_width_digits_are_read(pack):
    assert str(read(pack, channel="civil", place="３６１１０４").places["place"]) == "361104"


@pytest.mark.parametrize("facts", [[], "civil", 7, None])
def test_what_is_no_object_is_refused(pack, facts):
    with pytest.raises(FactNotShape):
        read_route_facts(facts, rights=pack.rights, places=pack.places, today=TODAY)
