"""Damages: how the files are read, what the totals are by a second, slow way, and what no facts may turn round."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules import slow_damages as slow
from zhibao.kernel.errors import BadInput
from zhibao.rules import errors
from zhibao.rules.damage_answer import damages_json
from zhibao.rules.damages import damages
from zhibao.rules.damages_golden import check_damages_case
from zhibao.rules.load import load_cases
from zhibao.rules.partial import differences_from
from zhibao.rules.read import read_table
from zhibao.rules.remedies import parse_remedy

TODAY = date(2026, 11, 25)
CASES = load_cases(kind="damages-")
FACTS = {
    "right": "patent",
    "acts": [{"from": "2024-01-01", "to": "2024-06-01"}],
    "filed_on": "2025-01-01",
    "instance": "first",
    "loss": "100000",
    "intent": {"found": True},
    "serious": {"found": True},
    "punitive": {"claimed_at": "filing"},
    "on": "2026-06-01",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where.rsplit('/', 1)[1]} {case.text('name')}")
def test_golden_case(pack, case):
    assert list(check_damages_case(pack, case)) == []


REMEDY = """
id: dmg.test
title: {zh: 试, en: test}
rights: {patent: any}
kinds: {infringement: {zh: 侵权, en: infringement}}
keyed_on: act
limitation: lim.patent
versions:
  - from: 2021-06-01
    cite: cn.patent-law/71/1
    confidence: text
    order: ["loss | gain", licence]
    statutory: [{at_least: 30000, at_most: 5000000, costs: on-top, cite: cn.patent-law/71/2}]
    punitive: {from: 1, to: 5, mental: intent, cite: cn.patent-law/71/1}
    doubled: {times: 2, mental: malice, cite: cn.patent-law/71/1}
"""


def test_a_remedy_is_read(pack):
    remedy = parse_remedy(read_table(REMEDY, "f"), pack.cites)
    version = remedy.versions[0]
    assert (version.order, version.statutory[0].least, version.punitive.high, version.id) == (
        (("loss", "gain"), ("licence",)),
        3000000,
        Fraction(5),
        "2021-06-01",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("loss | gain", "loss | luck", errors.LawNotOneOf),
        ('["loss | gain", licence]', "[]", errors.LawMissing),
        ("patent: any", "patent: piracy", errors.LawNotOneOf),
        ("at_least: 30000", "for: [piracy], at_least: 30000", errors.LawNotOneOf),
        ("at_least: 30000", "at_least: 6000000", errors.LawBackwards),
        ("at_least: 30000", "at_least: 3万", errors.LawWrongShape),
        ("at_least: 30000", "at_least: 1.2.3", errors.LawWrongShape),
        ("at_most: 5000000", 'at_most: "5000000.001"', errors.LawWrongShape),
        ("costs: on-top", "costs: somewhere", errors.LawNotOneOf),
        ("from: 1, to: 5", "from: 5, to: 1", errors.LawBackwards),
        ("from: 1, to: 5", "from: 0, to: 1", errors.LawWrongShape),
        ("from: 1, to: 5", "from: x, to: 1", errors.LawWrongShape),
        ("mental: intent", "mental: whim", errors.LawNotOneOf),
        ("cn.patent-law/71/2", "cn.patent-law/71/9", errors.LawCitesNothing),
        ("keyed_on: act", "keyed_on: step", errors.LawNotOneOf),
    ],
)
def test_a_remedy_that_does_not_hold_is_refused(pack, old, new, fault):
    assert old in REMEDY
    with pytest.raises(fault) as caught:
        parse_remedy(read_table(REMEDY.replace(old, new, 1), "f"), pack.cites)
    assert caught.value.where.startswith("f:")


def test_a_remedy_without_versions_is_refused(pack):
    with pytest.raises(errors.LawMissing):
        parse_remedy(read_table(REMEDY[: REMEDY.index("versions:")] + "versions: []\n", "f"), pack.cites)


def refused(pack, facts):
    with pytest.raises(BadInput) as caught:
        damages(pack, facts, today=TODAY)
    error = caught.value
    assert error.say("zh")
    assert error.say("en")
    assert error.hint("zh")
    assert error.hint("en")
    return error.code, error.where


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"right": "weather"}, "fact-unknown-kind", "right"),
        ({"right": None}, "fact-unknown-kind", "right"),
        ({"kind": "confusion"}, "fact-not-one-of", "kind"),
        ({"right": "trade-secret", "kind": "confusion"}, "fact-clash", "kind"),
        ({"acts": None}, "fact-missing", "acts"),
        ({"acts": []}, "fact-missing", "acts"),
        ({"acts": "x"}, "fact-not-shape", "acts"),
        ({"acts": [{"from": "2024-01-01"}]}, "fact-missing", "acts[0].to"),
        ({"acts": [{"from": "2024-02-01", "to": "2024-01-01"}]}, "fact-backwards", "acts[0].from"),
        ({"acts": [{"from": "2024-01-01", "to": "2024-01-01", "kind": "x"}]}, "fact-unknown-field", "acts[0].kind"),
        ({"acts": [{"from": "2024-01-01", "to": "2026-06-02"}]}, "fact-after-judging", "acts"),
        ({"acts": [{"from": "1980-01-01", "to": "1980-01-01"}]}, "fact-before-any-law", "acts"),
        ({"filed_on": "2023-12-31"}, "fact-filed-before-act", "filed_on"),
        ({"filed_on": "2026-06-02"}, "fact-after-judging", "filed_on"),
        ({"final_on": "2026-01-01"}, "fact-clash", "final_on"),
        ({"final_on": "2024-12-31", "instance": "final"}, "fact-final-before-filed", "final_on"),
        ({"knew_on": "2023-01-01"}, "fact-clash", "knew_on"),
        ({"loss": "-1"}, "fact-bad-amount", "loss"),
        ({"gain": 1.5}, "fact-bad-amount", "gain"),
        ({"costs": "undeterminable"}, "fact-bad-amount", "costs"),
        ({"licence_multiple": 0}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": "-2"}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": "1e3"}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": "nan"}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": "1/0"}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": True}, "fact-bad-multiple", "licence_multiple"),
        ({"licence_multiple": "1234567890123"}, "fact-bad-multiple", "licence_multiple"),
        ({"punitive": {"claimed_at": "filing", "multiple": "5.01"}}, "fact-multiple-out-of-range", "punitive.multiple"),
        ({"punitive": {"claimed_at": "filing", "multiple": "0.9"}}, "fact-multiple-out-of-range", "punitive.multiple"),
        ({"right": "ic-layout", "punitive": {"multiple": 2}}, "fact-multiple-out-of-range", "punitive.multiple"),
        ({"punitive": {"claimed_at": "later"}}, "fact-not-one-of", "punitive.claimed_at"),
        ({"punitive": []}, "fact-not-shape", "punitive"),
        ({"intent": {"found": False, "malice": True}}, "fact-clash", "intent.malice"),
        ({"intent": {"factors": {"weather": True}}}, "fact-unknown-field", "intent.factors.weather"),
        ({"serious": {"malice": True}}, "fact-unknown-field", "serious.malice"),
        ({"instance": "third"}, "fact-not-one-of", "instance"),
        ({"nonuse": {"raised": True, "use": [{"from": "2024-01-01"}]}}, "fact-missing", "nonuse.use[0].to"),
        ({"fines_executed": [{"kind": "ticket"}]}, "fact-not-one-of", "fines_executed[0].kind"),
        ({"weather": 1}, "fact-unknown-field", "weather"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_at_its_place(pack, change, code, where):
    assert refused(pack, {**FACTS, **change}) == (code, where)


def test_every_figure_has_its_article_and_confidence(pack):
    found = damages_json(pack, {**FACTS, "costs": 1, "knew_on": "2024-02-01"}, today=TODAY, lang="en")
    cited = [
        *found["bases"],
        found["base"],
        found["statutory"],
        found["costs"],
        found["limitation"],
        *found["punitive"]["tests"],
    ]
    assert all(one["cite"] and one["cite_id"] and one["confidence"] for one in cited)
    assert found["punitive"]["multiples"]["cite_id"] == "cn.patent-law@2020/71/1"
    assert found["punitive"]["total_cap"]["cite_id"] == "cn.fashi-2026-7@2026/12"


def test_ids_do_not_change_with_the_language(pack):
    zh, en = (damages_json(pack, FACTS, today=TODAY, lang=lang) for lang in ("zh", "en"))
    assert zh["totals"] == en["totals"]
    assert zh["title"] != en["title"]
    assert [one["cite_id"] for one in zh["bases"]] == [one["cite_id"] for one in en["bases"]]


def test_a_wrong_expectation_is_noticed_at_its_line(pack):
    text = "name: x\nfacts: {right: patent}\nexpect:\n  totals:\n    maximum: 1\n  remedy: dmg.tm\n"
    answer = damages_json(pack, FACTS, today=TODAY, lang="zh")
    found = list(differences_from(read_table(text, "f").table("expect"), answer, "x"))
    assert [(one.where, one.want, one.got) for one in found] == [
        ("f:5", "1", "500000"),
        ("f:6", "dmg.tm", "dmg.patent"),
    ]


@pytest.mark.parametrize(
    ("want", "got", "differs"),
    [
        ("{a: [x, y]}", {"a": [{"id": "x"}, {"basis": "y"}]}, False),
        ("{a: [1, true]}", {"a": ["1", True]}, False),
        ("{a: {x: {b: null}}}", {"a": [{"id": "x", "b": None}]}, False),
        ("{a: {z: {b: 1}}}", {"a": [{"id": "x", "b": 1}]}, True),
        ("{a: {b: 1}}", {"a": None}, True),
        ("{a: {b: 1}}", {"a": 5}, True),
        ("{b: 1}", {}, True),
    ],
)
def test_a_part_of_an_answer_is_compared_by_ids(want, got, differs):
    assert bool(list(differences_from(read_table(want, "f"), got, "x"))) is differs


ROWS = st.sampled_from(slow.LAWS)
YUAN = st.integers(0, 10**9)
SUMS = YUAN | st.none() | st.just(slow.HARD)
FLAGS = st.booleans() | st.none()
TIMES = st.sampled_from([None, 1, 2, "2.5", "1/2"])


@st.composite
def suits(draw):
    """A suit under one of the laws, its facts, and the day it became final."""
    row = draw(ROWS)
    first, last = date.fromisoformat(row[2]), min(date.fromisoformat(row[3]), date(2028, 1, 1))
    day = draw(st.sampled_from([first, last]) | st.dates(first, last))
    final = draw(
        st.sampled_from([date(2021, 3, 2), date(2021, 3, 3), date(2026, 4, 30), date(2026, 5, 1)])
        | st.dates(day, date(2029, 1, 1))
    )
    facts = {"loss": draw(SUMS), "gain": draw(SUMS), "licence_fee": draw(SUMS), "licence_multiple": draw(TIMES)}
    facts |= {"intent": draw(FLAGS), "serious": draw(FLAGS), "claimed": draw(FLAGS)}
    return row, day, max(day, final), facts


def document(row, day, final, facts):
    """Write the suit as `law damages` is given it."""
    return {
        "right": row[0],
        **({"kind": row[1]} if row[1] else {}),
        "acts": [{"from": day.isoformat(), "to": day.isoformat()}],
        "filed_on": day.isoformat(),
        "final_on": final.isoformat(),
        "on": final.isoformat(),
        **{name: facts[name] for name in ("loss", "gain", "licence_fee", "licence_multiple")},
        "intent": {"found": facts["intent"]},
        "serious": {"found": facts["serious"]},
        "punitive": {"claimed_at": {True: "filing", False: "none", None: None}[facts["claimed"]]},
    }


@settings(max_examples=600, deadline=None)
@given(suits())
def test_the_totals_are_those_of_a_second_slow_way(pack, suit):
    row, _, final, facts = suit
    found = damages(pack, document(*suit), today=TODAY).totals
    want = slow.totals(facts, row, final.isoformat())
    got = tuple(None if one is None else Fraction(one, 100) for one in (found.least, found.most))
    assert [None if one is None else int(one * 100) for one in want] == [
        None if one is None else int(one * 100) for one in got
    ]


@pytest.mark.parametrize("day", slow.days())
def test_both_sides_of_every_change_agree_with_the_slow_way(pack, day):
    for row in slow.LAWS:
        for on in (day - timedelta(days=1), day, day + timedelta(days=1)):
            if not row[2] <= on.isoformat() <= row[3]:
                continue
            facts = {
                "loss": slow.HARD,
                "gain": 1000,
                "licence_fee": 10,
                "licence_multiple": 2,
                "intent": True,
                "serious": True,
                "claimed": True,
            }
            found = damages(pack, document(row, on, max(on, date(2027, 6, 1)), facts), today=TODAY)
            want = slow.totals(facts, slow.law_of(*row[:2], on.isoformat()), "2027-06-01")
            assert (found.totals.least, found.totals.most) == tuple(int(one * 100) for one in want)


@settings(max_examples=200, deadline=None)
@given(suits(), YUAN, YUAN)
def test_more_gain_never_lowers_the_most(pack, suit, one, other):
    """As long as gain is the base: where the order puts loss first, it changes nothing."""
    row, day, final, facts = suit
    less, more = sorted((one, other))
    found = [
        damages(pack, document(row, day, final, {**facts, "gain": gain}), today=TODAY).totals.most
        for gain in (less, more)
    ]
    assume(None not in found)
    assert found[1] >= found[0]


@settings(max_examples=200, deadline=None)
@given(suits())
def test_the_total_is_never_above_the_cap(pack, suit):
    found = damages(pack, document(*suit), today=TODAY)
    if found.totals.cap is not None:
        assert found.totals.most <= found.totals.cap
    if found.totals.most is not None and found.base.high and suit[2] >= date(2026, 5, 1):
        assert found.totals.most <= 5 * found.base.high


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["2024-01-01", "1", "undeterminable"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "to", "found", "factors", "multiple", "use"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
PLACES = [
    *FACTS,
    "kind",
    "final_on",
    "knew_on",
    "gain",
    "licence_fee",
    "licence_multiple",
    "basis",
    "costs",
    "nonuse",
    "fines_executed",
]


@settings(max_examples=400, deadline=None)
@given(place=st.sampled_from(PLACES), value=JSON)
def test_anything_in_a_field_is_answered_or_refused(pack, place, value):
    assert answered_or_refused(pack, {**FACTS, place: value})


def answered_or_refused(pack, facts):
    """Return the answer's pack, or where the document was refused; any other error goes through."""
    try:
        return damages_json(pack, facts, today=TODAY, lang="zh")["law_pack"]
    except BadInput as error:
        return error.where


def test_a_pack_without_clocks_and_values_says_what_is_not_held(pack):
    facts = {**FACTS, "right": "trademark", "knew_on": "2024-02-01", "nonuse": {"raised": True, "use": []}}
    bare = replace(pack, deadlines={}, values={})
    found = damages_json(
        bare, {**facts, "punitive": {"claimed_at": "appeal"}, "intent": {}, "serious": {}}, today=TODAY, lang="en"
    )
    assert (found["limitation"]["state"], found["nonuse"]) == ("not-held", None)
    assert found["punitive"]["interpretation"]["rule_version"] is None
    assert {test["id"]: test["holds"] for test in found["punitive"]["tests"]}["claim"] is None


def test_a_wrong_expectation_of_a_short_case_is_noticed_at_its_line(pack):
    text = """
name: x
facts: {right: patent, on: 2026-06-01, acts: [{from: 2024-01-01, to: 2024-01-01}], punitive: {claimed_at: none}}
vary: loss
expect: {100: [100, 100, not]}
by: {remedy: dmg.patent}
"""
    assert list(check_damages_case(pack, read_table(text, "f"))) == []
    for old, new, line in (("100, not", "101, not", 5), ("dmg.patent", "dmg.tm", 6)):
        found = list(check_damages_case(pack, read_table(text.replace(old, new), "f")))
        assert [one.where for one in found] == [f"f:{line}"]
