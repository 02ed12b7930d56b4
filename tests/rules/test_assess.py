"""The answer of `law assess`: its shape, which version is chosen and why, and what is still missing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhibao.kernel.labels import Label
from zhibao.rules.assess import RANK, assess, lighter_band
from zhibao.rules.conditions import Any, columns_of, evaluate, explain
from zhibao.rules.errors import FactFault
from zhibao.rules.offences import Band

TODAY = date(2026, 11, 23)
EXAMPLE = {
    "acts": [
        {
            "kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-07-30", "right_kinds": 1,
            "illegal_gain": "31000.00", "turnover": None, "unsold_value": None, "entity": False,
        }
    ],
    "priors": [{"kind": "administrative-penalty", "for": "counterfeit-mark-goods", "on": "2024-06-01"}],
    "suspicion": {"reasonable": True, "police_measures_needed": True},
    "on": "2026-11-23",
}  # fmt: skip


def answer(pack, lang="zh", **facts):
    return assess(pack, facts or EXAMPLE, today=TODAY).as_json(lang)


def act(kind, day="2025-05-01", **more):
    return {"kind": kind, "from": day, "to": day, **more}


def test_the_example_of_the_contract(pack):
    told = answer(pack)
    assert told["law_pack"] == pack.hash
    (offence,) = told["offences"]
    assert (offence["offence"], offence["tier"], offence["rule_version"]) == ("cn.criminal.213", "base", "2025-04-26")
    first = offence["conditions"][0]
    want = {
        "id": "goods.gain", "tier": "base", "met": True, "fact": "illegal_gain", "value": "31000.00", "limit": "30000.00",
        "inclusive": True, "cite": "法释〔2025〕5号 第3条第1款第1项", "cite_id": "cn.fashi-2025-5@2025/3/1/1", "confidence": "text",
    }  # fmt: skip
    assert {key: first[key] for key in want} == want
    assert offence["missing"] == ["turnover"]
    assert [(one["rule_version"], one["tier"]) for one in offence["compared"]] == [("2025-04-26", "base")]
    assert offence["chosen"] == "act"
    assert (told["transfer"]["must"], told["transfer"]["basis"]) == (True, "threshold")
    assert told["transfer"]["cite"] == "行政机关移送规定 第3条第1款"


def test_ids_do_not_change_with_the_language(pack):
    zh, en = answer(pack)["offences"][0], answer(pack, "en")["offences"][0]
    assert en["title"] == "counterfeiting a registered trademark"
    assert en["conditions"][0]["cite"] == "Fashi [2025] No. 5 art. 3(1)(1)"
    for key in ("offence", "tier", "rule_version", "missing", "chosen"):
        assert zh[key] == en[key]
    assert [row["cite_id"] for row in zh["conditions"]] == [row["cite_id"] for row in en["conditions"]]


def test_without_a_day_of_judging_today_is_meant(pack):
    told = answer(pack, acts=[act("counterfeit-mark-goods", "2020-01-01", illegal_gain="30000.00")])
    assert told["on"] == "2026-11-23"
    assert [one["rule_version"] for one in told["offences"][0]["compared"]] == ["2004-12-22", "2025-04-26"]


def test_each_offence_touched_is_answered_in_the_order_of_the_statute(pack):
    kinds = ["counterfeit-labels", "sell-counterfeit-goods", "counterfeit-mark-services", "counterfeit-mark-goods"]
    told = answer(pack, acts=[act(kind) for kind in kinds])
    assert [row["offence"] for row in told["offences"]] == ["cn.criminal.213", "cn.criminal.214", "cn.criminal.215"]
    assert answer(pack, acts=[], on="2026-01-01")["offences"] == []


def test_a_multiplied_limit_shows_its_ratio_and_both_articles(pack):
    rows = answer(pack)["offences"][0]["conditions"]
    grave = next(row for row in rows if (row["id"], row["tier"]) == ("goods.gain", "grave"))
    assert (grave["limit"], grave["times"], grave["met"]) == ("300000.00", "10", False)
    assert grave["cite_id"] == "cn.fashi-2025-5@2025/3/4"
    assert [also["cite_id"] for also in grave["also"]] == ["cn.fashi-2025-5@2025/3/1/1"]
    two = next(row for row in rows if (row["id"], row["tier"]) == ("goods.two-marks", "grave"))
    assert [(part["fact"], part["limit"]) for part in two["parts"]] == [
        ("right_kinds", 2), ("illegal_gain", "200000.00"), ("turnover", "300000.00"),
    ]  # fmt: skip


def test_a_sum_shows_both_measures_and_what_is_proved(pack):
    told = answer(pack, acts=[act("sell-counterfeit-goods", sales="40000.00", unsold_value="110000.00")], priors=[])
    row = next(
        row for row in told["offences"][0]["conditions"] if row["id"] == "sold-and-unsold" and row["tier"] == "base"
    )
    assert (row["fact"], row["value"], row["limit"], row["met"]) == (
        "sales+unsold_value",
        "150000.00",
        "150000.00",
        True,
    )


def test_a_repeat_names_the_penalty_it_rests_on(pack):
    row = next(row for row in answer(pack)["offences"][0]["conditions"] if row["id"] == "goods.repeat")
    part = row["parts"][0]
    assert (part["fact"], part["value"], part["limit"], part["met"]) == ("priors", "2024-06-01", "2 years", True)
    unknown = answer(pack, acts=EXAMPLE["acts"])["offences"][0]["conditions"]
    part = next(row for row in unknown if row["id"] == "goods.repeat")["parts"][0]
    assert (part["value"], part["met"]) == (None, None)


def test_a_role_is_shown_where_it_decides(pack):
    def role(value):
        told = answer(pack, acts=[act("counterfeit-labels", labels_unsold=30000, role=value)], priors=[])
        row = next(row for row in told["offences"][0]["conditions"] if row["id"] == "unsold" and row["tier"] == "base")
        return row["met"], row["fact"], row["parts"][0]["value"], row["parts"][0]["limit"]

    assert role("seller") == (True, "labels_unsold", "seller", "seller")
    assert role("maker") == (False, "role", None, "seller")


def test_an_attempt_says_so_and_how_sure_the_rule_is(pack):
    told = answer(
        pack, acts=[act("sell-counterfeit-goods", "2020-01-01", sales=0, unsold_value="150000.00")], priors=[]
    )
    row = next(row for row in told["offences"][0]["conditions"] if row["id"] == "unsold" and row["tier"] == "base")
    assert (row["attempt"], row["confidence"], row["met"]) == (True, "secondary", True)


def test_no_limit_in_force_is_explained_with_its_article(pack):
    told = answer(pack, acts=[act("counterfeit-mark-services", "2023-01-01", illegal_gain="90000.00")], on="2024-01-01")
    row = told["offences"][0]
    assert (row["tier"], row["reason"], row["chosen"]) == ("unknown", "no-limit-in-force", "act")
    assert row["silence"]["cite_id"] == "cn.criminal-law@2020/213"
    assert row["reason_text"].startswith("法条已有规定")
    assert row["sentence"] is None


def test_acts_that_add_up_cite_the_rule_that_adds_them(pack):
    one = act("counterfeit-mark-goods", illegal_gain="20000.00")
    assert answer(pack, acts=[one])["offences"][0]["added_up"] is None
    assert answer(pack, acts=[one, one])["offences"][0]["added_up"]["cite_id"] == "cn.fashi-2025-5@2025/29/1"


def test_acts_of_old_cite_the_rule_of_their_time_and_none_where_none_is_held(pack):
    old, older = (act("counterfeit-mark-goods", day, illegal_gain="20000.00") for day in ("2015-01-01", "1998-01-01"))
    assert answer(pack, acts=[old, old])["offences"][0]["added_up"]["cite_id"] == "cn.fashi-2004-19@2004/12/2"
    assert answer(pack, acts=[older, older], on="1999-01-01")["offences"][0]["added_up"] is None


def test_a_limit_is_told_in_words_beside_its_numbers(pack):
    row = answer(pack, acts=[act("counterfeit-mark-goods", illegal_gain="1.00")])["offences"][0]["conditions"][0]
    assert row["says"] == "违法所得数额30,000.00元以上"


def test_what_was_mended_is_told(pack):
    told = answer(pack, acts=[act("counterfeit-mark-goods", illegal_gain="3.1万")])
    assert told["mended"] == [{"where": "acts[0].illegal_gain", "seen": "3.1万", "read_as": "31000.00"}]


def test_before_the_first_transfer_rule_there_is_no_duty(pack):
    transfer = answer(pack, acts=[], on="2001-07-08")["transfer"]
    assert (transfer["must"], transfer["basis"], transfer["cite"]) == (False, "none", None)


def test_facts_that_cannot_be_read_are_refused(pack):
    with pytest.raises(FactFault):
        answer(pack, acts=[act("theft")])


def test_a_penalty_on_29_february_counts_until_28_february(pack):
    prior = {"kind": "administrative-penalty", "for": "counterfeit-mark-goods", "on": "2024-02-29"}

    def tier(day):
        facts = {"illegal_gain": "20000.00", "turnover": 0, "right_kinds": 1, "entity": False}
        return answer(pack, acts=[act("counterfeit-mark-goods", day, **facts)], priors=[prior], on="2026-11-23")[
            "offences"
        ][0]["tier"]

    assert (tier("2026-02-28"), tier("2026-03-01")) == ("base", "none")


@pytest.mark.parametrize(
    ("one", "other", "lighter"),
    [
        ((0, 36), (0, 60), True),
        ((0, 60), (0, 36), False),
        ((0, 36), (0, 36), False),
        ((1, 36), (0, 60), None),
        ((36, None), (36, 84), False),
    ],
)
def test_sentence_bands_are_ordered_only_where_neither_end_disagrees(one, other, lighter):
    assert lighter_band(Band(Label("", ""), *one), Band(Label("", ""), *other)) is lighter


def changed(pack, **fields):
    """Return the pack with article 218 changed: one tier, whose statute became heavier in 2021."""
    offence = replace(pack.offences["cn.criminal.218"], **fields)
    return replace(pack, offences={**pack.offences, offence.id: offence})


def sentence(pack, *bands):
    statute = tuple(
        replace(version, bands={"base": Band(Label("", ""), *band)})
        for version, band in zip(pack.offences["cn.criminal.218"].statute, bands, strict=True)
    )
    facts = {
        "illegal_gain": "100000.00",
        "sales": 0,
        "unsold_value": 0,
        "copies": 0,
        "copies_unsold": 0,
        "entity": False,
    }
    told = answer(
        changed(pack, statute=statute), acts=[act("sell-infringing-copies", "2020-01-01", **facts)], priors=[]
    )
    found = told["offences"][0]["sentence"]
    return found["chosen"], found["statute_version"]


def test_the_lighter_statute_is_chosen_by_its_band_and_a_tie_stays_with_the_act(pack):
    assert sentence(pack, (0, 60), (0, 36)) == ("lighter", "2021-03-01")
    assert sentence(pack, (0, 36), (0, 60)) == ("act", "1997-10-01")
    assert sentence(pack, (0, 36), (0, 36)) == ("act", "1997-10-01")
    assert sentence(pack, (1, 36), (0, 60)) == ("undetermined", "1997-10-01")


def test_an_offence_that_knows_no_lighter_law_stays_with_the_act(pack):
    facts = {"illegal_gain": "60000.00", "sales": 0, "unsold_value": 0, "copies": 0, "copies_unsold": 0}
    acts = [act("sell-infringing-copies", "2020-01-01", **facts)]
    assert len(answer(pack, acts=acts)["offences"][0]["compared"]) == 2
    assert len(answer(changed(pack, lighter=False), acts=acts)["offences"][0]["compared"]) == 1


AMOUNTS = st.one_of(
    st.none(), st.sampled_from([0, 19_999, 20_000, 30_000, 50_000, 149_999, 150_000, 300_000, 500_000, 1_500_000])
)
COUNTS = st.one_of(st.none(), st.sampled_from([0, 4_999, 5_000, 10_000, 20_000, 60_000, 150_000]))
KINDS = [
    "counterfeit-mark-goods", "counterfeit-mark-services", "sell-counterfeit-goods", "counterfeit-labels", "passing-off-patent",
    "infringe-copyright", "tpm-tools", "sell-infringing-copies", "trade-secret", "trade-secret-foreign",
]  # fmt: skip
FLAGS = st.sampled_from([None, True, False])
ACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "from": st.just("2006-01-01"),
        "to": st.sampled_from(["2006-05-01", "2012-01-01", "2020-01-01", "2023-01-01", "2025-06-01"]),
        "illegal_gain": AMOUNTS, "turnover": AMOUNTS, "sales": AMOUNTS, "unsold_value": AMOUNTS,
        "labels": COUNTS, "labels_unsold": COUNTS,
        "right_kinds": st.sampled_from([None, 1, 2]), "role": st.sampled_from([None, "maker", "seller"]), "entity": FLAGS,
        "loss": AMOUNTS, "copies": COUNTS, "clicks": COUNTS, "owner_bankrupt": FLAGS, "knows_crime": FLAGS,
    }
)  # fmt: skip
PRIORS = st.one_of(
    st.none(), st.just([]), st.just([{"kind": "criminal-penalty", "for": "counterfeit-labels", "on": "2005-06-01"}])
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(st.lists(ACTS, min_size=1, max_size=3), PRIORS)
def test_one_more_unknown_never_lowers_what_was_proved(pack, acts, priors):
    """Forgetting a fact may turn a tier into unknown or into a lower proved one, never raise it."""

    def told(given):
        rows = assess(pack, {"acts": given, "priors": priors, "on": "2026-11-23"}, today=TODAY).offences
        return {row.offence.id: row for row in rows}

    known, forgotten = told(acts), told([{**acts[0], "illegal_gain": None, "labels": None}, *acts[1:]])
    for offence, row in forgotten.items():
        own, before = row.compared[0].tier, known[offence].compared[0].tier
        assert own == "unknown" or before == "unknown" or RANK[own] <= RANK[before]


@SLOW
@given(st.lists(ACTS, min_size=1, max_size=3), PRIORS)
def test_columns_agree_with_reasons_on_the_shipped_law(pack, acts, priors):
    for row in assess(pack, {"acts": acts, "priors": priors, "on": "2026-11-23"}, today=TODAY).offences:
        for version in row.offence.versions:
            for tier in version.tiers:
                tree = Any(tuple(limit.tree for limit in version.limits(tier, version.span.first)))
                true, false = evaluate(tree, columns_of(tree, [row.facts]))
                assert (bool(true[0]), bool(false[0])) == {
                    True: (True, False),
                    False: (False, True),
                    None: (False, False),
                }[explain(tree, row.facts).truth]


@SLOW
@given(st.lists(ACTS, min_size=1, max_size=3), PRIORS)
def test_the_answer_keeps_its_promises(pack, acts, priors):
    for row in assess(pack, {"acts": acts, "priors": priors, "on": "2026-11-23"}, today=TODAY).as_json("zh")[
        "offences"
    ]:
        assert row["tier"] in {"none", "base", "grave", "unknown"}
        assert row["missing"] == sorted(set(row["missing"]))
        if row["tier"] in {"base", "grave"}:
            assert any(one["met"] and one["tier"] == row["tier"] for one in row["conditions"])
        if row["tier"] == "none":
            assert not any(one["met"] for one in row["conditions"])
            assert row["missing"] == []
        if row["chosen"] == "lighter":
            assert RANK[row["tier"]] < RANK[row["compared"][0]["tier"]]
        if row["chosen"] == "undetermined":
            assert row["tier"] == "unknown"
            assert "unknown" in {one["tier"] for one in row["compared"]}
