"""Fines: how the files are read, which text and band apply, and what no facts may turn round."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibao.kernel.errors import BadInput
from zhibao.rules import errors
from zhibao.rules.conditions import Interval
from zhibao.rules.fine_answer import fines_json
from zhibao.rules.fine_procedure import hearing, low_fine, no_penalty, summary
from zhibao.rules.fine_weighing import choose, lighter
from zhibao.rules.fines import fines
from zhibao.rules.fines_golden import check_fine_case
from zhibao.rules.load import load_cases
from zhibao.rules.money_errors import FactBeforeAnyLaw
from zhibao.rules.penalties import check_penalty, parse_penalty
from zhibao.rules.read import read_table

TODAY = date(2026, 11, 25)
CASES = load_cases(kind="fines-")
ACT = {"kind": "infringe-mark", "from": "2026-03-01", "to": "2026-03-01", "turnover": "80000"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where.rsplit('/', 1)[1]} {case.text('name')}")
def test_golden_case(pack, case):
    assert list(check_fine_case(pack, case)) == []


PENALTY = """
id: fine.test
title: {zh: 试, en: test}
kinds: {infringe-mark: {zh: 侵权, en: infringement}}
keyed_on: act
lighter: true
versions:
  - from: 2019-11-01
    cite: cn.trademark-law/60/2
    confidence: text
    bands:
      - {id: large, when: turnover >= 50000, fine: {up_to: 5 times turnover}, may: true}
      - {id: worse, fact: serious, instead_of: large, fine: {from: 10000, up_to: 20000}}
    measures: [order-stop, {do: warn, fact: serious}]
    heavier: [{id: again, title: {zh: 再犯, en: again}, fact: serious}]
"""


def parsed(pack, text):
    return parse_penalty(read_table(text, "f"), pack.cites, {**pack.measures, **pack.fine_facts})


def test_a_penalty_is_read(pack):
    penalty = parsed(pack, PENALTY)
    assert [band.id for band in penalty.versions[0].fine_bands] == ["large", "worse"]
    assert penalty.versions[0].fine_bands[0].cite.to_text() == "cn.trademark-law@2019/60/2"
    assert list(check_penalty(penalty, pack)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault", "line"),
    [
        ("5 times turnover", "5 times weather", errors.LawUnknownMeasure, 12),
        ("5 times turnover", "0 times turnover", errors.LawBadComparison, 12),
        ("5 times turnover", "1/0 times turnover", errors.LawBadComparison, 12),
        ("5 times turnover", "5 times serious", errors.LawBadComparison, 12),
        ("5 times turnover", "五倍", errors.LawWrongShape, 12),
        ("5 times turnover", '"12.345"', errors.LawWrongShape, 12),
        ("5 times turnover", "99999999999999999999", errors.LawBadComparison, 12),
        ("from: 10000, up_to: 20000", "from: 30000, up_to: 20000", errors.LawBackwards, 13),
        ("from: 10000, up_to: 20000", "exactly: 1, up_to: 2", errors.LawUnknownKey, 13),
        ("from: 10000, up_to: 20000", "from: 1", errors.LawMissing, 13),
        ("instead_of: large", "instead_of: small", errors.LawUnknownReference, 13),
        ("id: worse", "id: large", errors.LawSameId, 13),
        ("fact: serious, instead_of", "needs: [turnover], instead_of", errors.LawUnknownReference, 13),
        ("[order-stop,", "[hang,", errors.LawNotOneOf, 14),
        ("do: warn", "do: hang", errors.LawNotOneOf, 14),
        ("en: again}, fact: serious}", "en: again}}", errors.LawMissing, 15),
        ("cite: cn.trademark-law/60/2", "cite: cn.trademark-law/999", errors.LawCitesNothing, 9),
        ("    confidence: text\n", "", errors.LawNoConfidence, 8),
        ("keyed_on: act", "keyed_on: step", errors.LawNotOneOf, 5),
        ("  - from: 2019-11-01", "  - {from: 2019-11-01}\n  - from: 2019-11-01", errors.LawFault, 8),
    ],
)  # fmt: skip
def test_a_penalty_that_does_not_hold_is_refused_with_its_line(pack, old, new, fault, line):
    assert old in PENALTY
    with pytest.raises(fault) as caught:
        parsed(pack, PENALTY.replace(old, new, 1))
    assert caught.value.where == f"f:{line}"


def test_a_penalty_without_versions_is_refused(pack):
    with pytest.raises(errors.LawMissing):
        parsed(pack, PENALTY[: PENALTY.index("versions:")] + "versions: []\n")


def test_a_repeat_of_a_penalty_that_is_not_there_is_told(pack):
    text = PENALTY.replace(
        "{do: warn, fact: serious}", "{do: warn, penalties: {at_least: 3, years: 2, of: [fine.none]}}"
    )
    assert [fault.data["seen"] for fault in check_penalty(parsed(pack, text), pack)] == ["fine.none"]


def told(pack, **facts):
    return fines_json(pack, {"acts": [ACT], "priors": [], "on": "2026-06-01", **facts}, today=TODAY, lang="en")


def test_both_texts_and_the_chosen_one_are_told(pack):
    acts = [{"kind": "well-known-words", "from": "2026-12-31", "to": "2026-12-31"}]
    found = told(pack, acts=acts, decided_on="2027-03-01", on="2027-03-01")["penalties"][0]
    assert [(one["rule_version"], one["party"]["min"]) for one in found["compared"]] == [
        ("2019-11-01", "100000.00"),
        ("2027-01-01", "0.00"),
    ]
    assert (found["chosen"], found["rule_version"], found["lighter_rule"]["cite_id"]) == (
        "lighter",
        "2027-01-01",
        "cn.penalty-law@2021/37",
    )


def test_every_figure_has_its_article_and_confidence(pack):
    found = told(pack, acts=[ACT, {"kind": "tm-agency-breach", "from": "2015-01-01", "to": "2015-01-01"}])
    bands = [band for penalty in found["penalties"] for band in penalty["bands"]]
    assert {band["confidence"] for band in bands} == {"text", "unconfirmed"}
    assert all(band["cite"] and band["cite_id"] and band["official"] for band in bands)


def test_ids_do_not_change_with_the_language(pack):
    facts = {"acts": [ACT], "priors": [], "on": "2026-06-01"}
    zh, en = (fines_json(pack, facts, today=TODAY, lang=lang) for lang in ("zh", "en"))
    assert zh["penalties"][0]["bands"][0]["says"] == "非法经营数额的5倍以下"
    assert en["penalties"][0]["bands"][0]["says"] == "up to 5 times the turnover"
    assert zh["penalties"][0]["party"] == en["penalties"][0]["party"]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("fake-registered-mark", "up to 20% of the turnover"),
        ("bad-faith-filing", "up to 3 times the illegal gain, at most 30,000.00 yuan"),
        ("well-known-words", "100,000.00 yuan"),
        ("trade-secret", "100,000.00 yuan to 1,000,000.00 yuan"),
        ("infringe-copyright", "1 to 5 times the turnover"),
    ],
)
def test_ratios_stay_ratios_in_words(pack, kind, says):
    acts = [{"kind": kind, "from": "2026-03-01", "to": "2026-03-01"}]
    assert says in [band["says"] for band in told(pack, acts=acts)["penalties"][0]["bands"]]


def refused(pack, facts):
    with pytest.raises(BadInput) as caught:
        fines(pack, facts, today=TODAY)
    error = caught.value
    assert error.say("zh")
    assert error.say("en")
    assert error.hint("zh")
    assert error.hint("en")
    return error.code, error.where


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        ([], "fact-not-shape", "$"),
        ({}, "fact-missing", "acts"),
        ({"acts": []}, "fact-missing", "acts"),
        ({"acts": "x"}, "fact-not-shape", "acts"),
        ({"acts": [1]}, "fact-not-shape", "acts[0]"),
        ({"acts": [ACT], "weather": 1}, "fact-unknown-field", "weather"),
        ({"acts": [{**ACT, "labels": 1}]}, "fact-unknown-field", "acts[0].labels"),
        ({"acts": [{**ACT, "kind": "piracy"}]}, "fact-unknown-kind", "acts[0].kind"),
        ({"acts": [{**ACT, "to": None}]}, "fact-missing", "acts[0].to"),
        ({"acts": [{**ACT, "from": "2026-04-01"}]}, "fact-backwards", "acts[0].from"),
        ({"acts": [{**ACT, "from": "2026-02-30"}]}, "fact-bad-day", "acts[0].from"),
        ({"acts": [{**ACT, "from": 20260101}]}, "fact-bad-day", "acts[0].from"),
        ({"acts": [{**ACT, "to": "2027-01-01"}]}, "fact-after-judging", "acts[0].to"),
        ({"acts": [ACT], "decided_on": "2026-02-01"}, "fact-decided-before-act", "decided_on"),
        ({"acts": [{**ACT, "from": "1970-01-01", "to": "1970-01-01"}]}, "fact-before-any-law", "acts[0].to"),
        ({"acts": [{**ACT, "turnover": "-1"}]}, "fact-bad-amount", "acts[0].turnover"),
        ({"acts": [{**ACT, "turnover": -1}]}, "fact-bad-amount", "acts[0].turnover"),
        ({"acts": [{**ACT, "turnover": 10**4000}]}, "fact-bad-amount", "acts[0].turnover"),
        ({"acts": [{**ACT, "turnover": True}]}, "fact-bad-amount", "acts[0].turnover"),
        ({"acts": [{**ACT, "illegal_gain": "80000.01"}]}, "fact-gain-above-turnover", "acts[0].illegal_gain"),
        ({"acts": [{**ACT, "serious": "yes"}]}, "fact-not-yes-no", "acts[0].serious"),
        ({"acts": [ACT], "priors": [{"kind": "warning"}]}, "fact-unknown-kind", "priors[0].kind"),
        ({"acts": [ACT], "priors": [{"kind": "criminal-penalty", "for": "infringe-mark", "on": "2027-01-01"}]}, "fact-after-judging", "priors[0].on"),
        ({"acts": [ACT], "circumstances": {"no_harm": True, "slight_harm": True}}, "fact-clash", "circumstances.slight_harm"),
        ({"acts": [ACT], "proposed": {"measures": ["hang"]}}, "fact-not-one-of", "proposed.measures[0]"),
        ({"acts": [ACT], "proposed": {"measures": [None]}}, "fact-not-shape", "proposed.measures"),
        ({"acts": [ACT], "proposed": {"measures": "warn"}}, "fact-not-shape", "proposed.measures"),
        ({"acts": [ACT], "payment": {"due_on": "2026-05-01"}}, "fact-missing", "payment.fine"),
        ({"acts": [ACT], "decided_on": "2026-05-01", "payment": {"fine": 1, "due_on": "2026-04-01"}}, "fact-backwards", "payment.due_on"),
        ({"acts": [{"kind": "passing-off-patent", "from": "2026-03-20", "to": "2026-03-20", "illegal_gain": 1, "gain": {"income": 5, "costs": 1, "taxes": 1, "refunded": 0, "helped": False}}]}, "fact-two-figures", "acts[0].illegal_gain"),
        ({"acts": [{"kind": "passing-off-patent", "from": "2026-03-20", "to": "2026-03-20", "gain": {"income": 5, "costs": 5, "taxes": 1, "refunded": 0, "helped": False}}]}, "fact-clash", "acts[0].gain.costs"),
        ({"acts": [{"kind": "passing-off-patent", "from": "2026-03-20", "to": "2026-03-20", "gain": {"income": 5, "costs": 1, "taxes": 1, "refunded": 4, "helped": False}}]}, "fact-clash", "acts[0].gain.refunded"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_at_its_place(pack, facts, code, where):
    assert refused(pack, facts) == (code, where)


def test_what_can_be_read_though_written_otherwise_is_told(pack):
    found = told(pack, acts=[{**ACT, "from": "2026年3月1日", "turnover": "８万"}])
    assert [one["read_as"] for one in found["mended"]] == ["2026-03-01", "80000.00"]


AMOUNTS = st.integers(0, 10**12)
MAYBE = AMOUNTS | st.none()
FLAGS = st.booleans() | st.none()


def act(kind, day, **measures):
    return {"kind": kind, "from": day.isoformat(), "to": day.isoformat(), **measures}


KINDS = st.sampled_from([case.text("kind") for case in CASES if "kind" in case])
DAYS = st.dates(date(2022, 3, 1), date(2027, 12, 31))


@settings(max_examples=200, deadline=None)
@given(kind=KINDS, day=DAYS, turnover=MAYBE, goods=MAYBE, serious=FLAGS, uncorrected=FLAGS, wait=st.integers(0, 900))
def test_the_chosen_text_is_never_heavier_than_the_acts_own(
    pack, kind, day, turnover, goods, serious, uncorrected, wait
):
    facts = {"turnover": turnover, "goods_value": goods, "serious": serious, "uncorrected": uncorrected}
    decided = (day + timedelta(days=wait)).isoformat()
    found = answered(pack, {"acts": [act(kind, day, **facts)], "priors": [], "decided_on": decided, "on": decided})
    for answer in found.answers if found else ():
        own = answer.compared[0]
        assert lighter(own, answer.threat) is not True
        assert (answer.threat is own) == (answer.chosen != "lighter")


def answered(pack, facts):
    """Return the answer, or None where the act lies before the first text held."""
    try:
        return fines(pack, facts, today=date(2030, 1, 1))
    except FactBeforeAnyLaw:
        return None


@settings(max_examples=200, deadline=None)
@given(kind=KINDS, day=DAYS, one=AMOUNTS, other=AMOUNTS)
def test_more_turnover_never_lowers_the_most_within_a_band(pack, kind, day, one, other):
    """Across the edge of a band it may: 250,000 yuan stand below 50,000 of turnover, five times it above."""
    less, more = sorted((one, other))
    found = [
        answered(pack, {"acts": [act(kind, day, turnover=value)], "priors": [], "on": "2029-01-01"})
        for value in (less, more)
    ]
    for low, high in zip(*(one.answers if one else () for one in found), strict=True):
        bands = [[band.band.id for band in one.threat.possible("party")] for one in (low, high)]
        if bands[0] == bands[1] and low.threat.most("party") is not None:
            assert high.threat.most("party") >= low.threat.most("party")


@settings(max_examples=150, deadline=None)
@given(kind=KINDS, day=DAYS, known=AMOUNTS)
def test_an_unknown_amount_keeps_every_known_one_possible(pack, kind, day, known):
    """Whatever the turnover turns out to be, its range lies inside the one told while it was not known."""
    found = [
        answered(pack, {"acts": [act(kind, day, turnover=value, goods_value=value)], "priors": [], "on": "2029-01-01"})
        for value in (None, known)
    ]
    for open_one, fixed in zip(*(one.answers if one else () for one in found), strict=True):
        if fixed.threat.possible("party"):
            most = open_one.threat.most("party")
            assert open_one.threat.least("party") <= fixed.threat.least("party")
            assert most is None or most >= fixed.threat.most("party")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["2026-03-01", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ACT)), inner, max_size=4),
    max_leaves=8,
)
PLACES = ["acts", "priors", "entity", "circumstances", "proposed", "payment", "decided_on", "on"]


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), value=JSON, inner=st.sampled_from([*ACT, "gain", "serious"]))
def test_anything_in_a_field_is_answered_or_refused(pack, place, value, inner):
    for facts in ({"acts": [ACT], place: value}, {"acts": [{**ACT, inner: value}]}):
        assert answered_or_refused(pack, facts)


def answered_or_refused(pack, facts):
    """Return the answer's pack, or where the document was refused; any other error goes through."""
    try:
        return fines_json(pack, facts, today=TODAY, lang="zh")["law_pack"]
    except BadInput as error:
        return error.where


def test_a_pack_without_the_rules_says_that_they_are_not_held(pack):
    bare = replace(pack, values={})
    found = fines_json(
        bare, {"acts": [ACT], "priors": [], "payment": {"fine": 1, "due_on": "2026-05-01"}}, today=TODAY, lang="en"
    )
    assert {found[name]["reason"] for name in ("hearing", "summary", "low_fine", "no_penalty", "late_fee")} == {
        "no-rule-held"
    }
    assert found["penalties"][0]["chosen"] == "act"


def test_findings_may_be_asked_for_themselves(pack):
    found = fines(pack, {"acts": [ACT], "priors": [], "entity": False, "on": "2026-06-01"}, today=TODAY)
    threats = tuple(one.threat for one in found.answers)
    assert hearing(pack, found.case, threats).holds is None
    assert summary(pack, found.case, threats).holds is None
    assert low_fine(pack, found.case).missing == {"proposed.fine"}
    assert no_penalty(pack, found.case)[0] == "unknown"


def threat(pack, kind, day, **facts):
    found = fines(pack, {"acts": [act(kind, date.fromisoformat(day), **facts)], "priors": [], "on": day}, today=TODAY)
    return found.answers[0].threat


def test_two_threats_are_weighed_by_fines_and_heavy_measures_first(pack):
    fixed = threat(pack, "well-known-words", "2026-01-01")
    assert lighter(fixed, fixed) is False
    upto = threat(pack, "well-known-words", "2027-01-01")
    assert (lighter(upto, fixed), lighter(fixed, upto)) == (True, False)
    assert choose(fixed, upto) == ("lighter", upto)
    cancelled = threat(pack, "alter-mark", "2026-01-01", uncorrected=True)
    fined = threat(pack, "alter-mark", "2027-01-01", uncorrected=True, serious=False)
    assert lighter(fined, cancelled) is None
    assert choose(cancelled, fined) == ("undetermined", cancelled)


def test_light_measures_decide_only_where_all_else_is_equal_and_may_cross(pack):
    one = threat(pack, "fake-registered-mark", "2026-01-01", turnover=1)
    other = threat(pack, "fake-registered-mark", "2027-01-01", turnover=1)
    assert (lighter(other, one), lighter(one, other)) == (True, False)
    warned = threat(pack, "bad-faith-filing", "2026-01-01", illegal_gain=1).deeds
    crossing = replace(other, deeds=(*other.deeds, *warned))
    assert lighter(crossing, one) is None


def test_a_fine_without_a_bound_cannot_be_weighed(pack):
    known = threat(pack, "infringe-mark", "2026-01-01", turnover=60000)
    band = known.bands[0]
    unbounded = replace(
        known, bands=(replace(band, high=Interval(1, None)),), version=replace(known.version, fine_bands=())
    )
    assert lighter(unbounded, known) is None


def test_whether_penalties_were_counted_is_unknown_where_earlier_ones_are(pack):
    acts = [{"kind": "tm-agency-breach", "from": "2024-06-01", "to": "2024-06-01", "serious": False}]
    found = fines_json(pack, {"acts": acts, "on": "2024-06-01"}, today=TODAY, lang="en")["penalties"][0]
    assert [one["applies"] for one in found["measures"] if one["id"] == "stop-acceptance"] == [None]


def test_a_threat_that_has_ended_by_the_decision_is_the_lighter(pack):
    text = PENALTY.replace("  - from: 2019-11-01\n", "  - from: 2019-11-01\n    to: 2026-05-31\n")
    penalty = parsed(pack, text.replace("id: fine.test", "id: fine.tm.infringe"))
    ended = replace(pack, penalties={penalty.id: penalty})
    facts = {"acts": [{**ACT, "serious": False}], "priors": [], "decided_on": "2026-06-01", "on": "2026-06-01"}
    found = fines(ended, facts, today=TODAY).answers[0]
    assert (found.chosen, found.threat.state, found.threat.reason) == ("lighter", "none", "not-punishable-then")


SHORT = """
name: x
kind: infringe-mark
day: 2026-03-01
vary: turnover
expect: {80000: [large, 0, 400000]}
by: {large: {confidence: text}}
also: {rule_version: 2019-11-01}
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("400000", "400001", 6), ("confidence: text", "confidence: secondary", 7), ("2019-11-01", "2027-01-01", 8)],
)
def test_a_wrong_expectation_is_noticed_at_its_line(pack, old, new, line):
    assert list(check_fine_case(pack, read_table(SHORT, "f"))) == []
    found = list(check_fine_case(pack, read_table(SHORT.replace(old, new), "f")))
    assert [one.where for one in found] == [f"f:{line}"]


def test_a_case_that_varies_nothing_known_is_refused(pack):
    with pytest.raises(errors.LawUnknownReference):
        list(check_fine_case(pack, read_table(SHORT.replace("vary: turnover", "vary: weather"), "f")))
