from dataclasses import replace
from datetime import date

import pytest

from tests.docket.conftest import event, moment
from zhibao.docket.acceptance import check_new
from zhibao.docket.facts import facts_of, values_of
from zhibao.docket.fold import fold
from zhibao.rules.assess import assess
from zhibao.rules.errors import FactMissing

ON = date(2026, 3, 20)


def adm(kind, at, seq, /, **data):
    return replace(event(kind, at, seq=seq, **data), proceeding="a", procedure="administrative", organ="mr-1")


def pol(kind, at, seq, /, **data):
    return replace(event(kind, at, seq=seq, **data), proceeding="c", procedure="criminal", organ="police-1")


LINES = [
    {"name": "酒", "right": "r1", "quantity": 100, "state": "sold", "prices": {"actual": "300.00"}},
    {"name": "酒", "right": "r1", "quantity": 50, "state": "unsold", "prices": {}},
]
MATTER = [
    adm("proceeding-opened", "2026-03-01", 1, procedure="administrative", organ="mr-1", lead="L-1"),
    adm("clue-received", "2026-03-02", 2),
    adm("party-joined", "2026-03-02", 3, party="p1", name="某商行", role="suspect"),
    adm("party-joined", "2026-03-03", 4, party="p1", name="某某商行", role="suspect"),
    adm("right-attached", "2026-03-02", 5, right="r1", kind="trademark", number="123", name="示例"),
    adm("filed", "2026-03-05", 6),
    adm(
        "act-found",
        "2026-03-06",
        7,
        **{
            "kind": "sell-counterfeit-goods",
            "from": "2026-01-01",
            "to": "2026-03-05",
            "illegal_gain": "8000.00",
            "entity": False,
        },
    ),
    adm("goods-recorded", "2026-03-06", 8, lines=LINES),
    adm("handed-over", "2026-03-10", 9, to="police-1", proceeding="c"),
    pol("proceeding-opened", "2026-03-10", 10, procedure="criminal", organ="police-1"),
    pol("receipt-signed", "2026-03-10T15:00", 11, competent=True),
]


def test_proceedings_keep_their_stage_and_organ(pack):
    state = fold(pack, MATTER)
    mine, theirs = state.proceedings["a"], state.proceedings["c"]
    assert (mine.procedure, mine.organ, mine.stage, mine.lead, mine.closed, mine.events) == (
        "administrative",
        "mr-1",
        "transfer",
        "L-1",
        None,
        9,
    )
    assert (theirs.stage, theirs.opened) == ("receipt", moment("2026-03-10"))
    assert state.last_at == moment("2026-03-10T15:00")


def test_parties_rights_and_acts_are_learnt_and_the_last_word_counts(pack):
    state = fold(pack, MATTER)
    assert [(party.id, party.name) for party in state.parties] == [("p1", "某某商行")]
    assert [(right.id, right.number) for right in state.rights] == [("r1", "123")]
    assert [(act.id, act.kind, act.since) for act in state.acts] == [
        ("act-7", "sell-counterfeit-goods", date(2026, 1, 1))
    ]
    again = [*MATTER, adm("act-found", "2026-03-11", 12, act="act-7", kind="sell-counterfeit-goods", sales="5.00")]
    assert [dict(act.measures) for act in fold(pack, again).acts] == [{"sales": "5.00"}]


def test_closing_and_reopening_keeps_the_first_closing(pack):
    closed = [*MATTER, adm("closed", "2026-04-01", 12), adm("published", "2026-04-02", 13)]
    mine = fold(pack, closed).proceedings["a"]
    assert mine.closed == moment("2026-04-01")
    assert mine.stage == "decision"


def test_an_unknown_procedure_has_no_stage(pack):
    state = fold(pack, [replace(MATTER[1], procedure="none")])
    assert state.proceedings["a"].stage == ""


def test_nothing_recorded_is_an_empty_matter(pack):
    state = fold(pack, [])
    assert (state.proceedings, state.last_at, state.priors, state.open_transfers) == ({}, None, None, ())


def test_goods_fill_the_measures_of_the_act_and_feed_assess(pack):
    facts = facts_of(pack, fold(pack, MATTER), on=ON)
    assert facts == {
        "acts": [
            {
                "kind": "sell-counterfeit-goods", "turnover": "45000.00", "sales": "30000.00", "unsold_value": "15000.00",
                "illegal_gain": "8000.00", "entity": False, "from": "2026-01-01", "to": "2026-03-05",
            }
        ],
        "on": "2026-03-20",
    }  # fmt: skip
    answer = assess(pack, facts, today=ON).as_json("zh")
    assert any(row["offence"] == "cn.criminal.214" for row in answer["offences"])


def test_a_sum_recorded_with_the_act_goes_before_the_one_worked_out(pack):
    stated = [replace(one, data={**one.data, "sales": "1.00"}) if one.kind == "act-found" else one for one in MATTER]
    assert facts_of(pack, fold(pack, stated), on=ON)["acts"][0]["sales"] == "1.00"


def test_lines_that_name_an_act_belong_to_it(pack):
    events = [
        *MATTER,
        adm("act-found", "2026-03-11", 12, act="second", **{"kind": "counterfeit-mark-goods", "from": "2026-02-01"}),
        adm(
            "goods-recorded",
            "2026-03-11",
            13,
            act="second",
            lines=[{"name": "茶", "quantity": 2, "state": "sold", "prices": {"actual": "5.00"}}],
        ),
    ]
    acts = facts_of(pack, fold(pack, events), on=ON)["acts"]
    assert (acts[0]["sales"], acts[1]["sales"]) == ("30000.00", "10.00")
    assert acts[1]["from"] == "2026-02-01"
    assert "to" not in acts[1]


def test_goods_without_any_act_are_valued_for_the_table_only(pack):
    events = [adm("goods-recorded", "2026-03-06", 1, lines=LINES)]
    values = values_of(pack, fold(pack, events), on=ON)
    assert [(one.act, one.value.sales) for one in values] == [(None, 3_000_000)]
    assert facts_of(pack, fold(pack, events), on=ON)["acts"] == []
    assert values_of(pack, fold(pack, []), on=ON) == ()
    assert values_of(replace(pack, price_orders={}), fold(pack, events), on=ON) == ()


def test_malformed_goods_fold_to_nothing_worth_counting(pack):
    events = [adm("goods-recorded", "2026-03-06", 1, lines="x"), adm("goods-recorded", "2026-03-06", 2, lines=["x"])]
    state = fold(pack, events)
    assert [(line.name, line.quantity) for line in state.goods] == [("", 0)]


def test_priors_are_unknown_until_looked_for(pack):
    assert fold(pack, MATTER).priors is None
    checked = [*MATTER, adm("priors-checked", "2026-03-11", 12)]
    assert facts_of(pack, fold(pack, checked), on=ON)["priors"] == []
    found = [
        *checked,
        adm(
            "prior-found",
            "2026-03-12",
            13,
            **{"kind": "administrative-penalty", "for": "counterfeit-labels", "on": "2025-01-02"},
        ),
        adm("priors-checked", "2026-03-13", 14),
    ]
    assert facts_of(pack, fold(pack, found), on=ON)["priors"] == [
        {"kind": "administrative-penalty", "for": "counterfeit-labels", "on": "2025-01-02"}
    ]


def test_suspicion_is_what_was_last_said_flag_by_flag(pack):
    events = [
        *MATTER,
        adm("suspicion-assessed", "2026-03-11", 12, reasonable=True),
        adm("suspicion-assessed", "2026-03-12", 13, police_measures_needed=True),
    ]
    assert facts_of(pack, fold(pack, events), on=ON)["suspicion"] == {
        "reasonable": True,
        "police_measures_needed": True,
    }


def test_transfers_stand_open_until_filed_or_refused(pack):
    state = fold(pack, MATTER)
    assert [(one.state, one.by, one.to, one.target) for one in state.open_transfers] == [
        ("received", "mr-1", "police-1", "c")
    ]
    assert fold(pack, [*MATTER, pol("police-filed", "2026-03-12", 12)]).open_transfers == ()


def test_what_lies_after_the_day_of_judging_is_left_out(pack):
    prior = {"kind": "administrative-penalty", "for": "counterfeit-labels", "on": "2026-03-01"}
    state = fold(pack, [*MATTER, adm("prior-found", "2026-03-12", 12, **prior)])
    early = facts_of(pack, state, on=date(2026, 2, 1))
    assert [(act["from"], act["to"]) for act in early["acts"]] == [("2026-01-01", "2026-02-01")]
    assert early["priors"] == []
    assert facts_of(pack, state, on=date(2025, 12, 31))["acts"] == []
    assess(pack, early, today=date(2026, 2, 1))


def test_an_act_whose_days_are_not_known_stays_without_them_and_assess_says_so(pack):
    state = fold(pack, [adm("act-found", "2026-03-11", 1, kind="counterfeit-mark-goods")])
    facts = facts_of(pack, state, on=ON)
    assert facts["acts"] == [{"kind": "counterfeit-mark-goods"}]
    with pytest.raises(FactMissing):
        assess(pack, facts, today=ON)


COURSES = {
    "reconsideration": (
        ("reconsideration-applied", "application"),
        ("reconsideration-accepted", "examination"),
        ("suspended", "pause"),
        ("resumed", "examination"),
        ("reconsideration-ruled", "ruling"),
        ("reconsideration-ruling-served", "ruling"),
        ("closed", "end"),
    ),
    "report": (
        ("report-received", "receipt"),
        ("authority-disputed", "authority"),
        ("authority-settled", "check"),
        ("report-decided", "decision"),
        ("reporter-told", "end"),
        ("closed", "end"),
    ),
    "credit": (
        ("listed", "found"),
        ("list-published", "shown"),
        ("repair-applied", "application"),
        ("repair-accepted", "examination"),
        ("repair-decided", "decision"),
        ("list-removed", "end"),
        ("listing-restored", "found"),
        ("closed", "end"),
    ),
    "supervision": (
        ("reverse-registered", "receipt"),
        ("consultation-started", "reverse"),
        ("reverse-suspended", "pause"),
        ("reverse-resumed", "reverse"),
        ("reverse-reviewed", "opinion"),
        ("closed", "end"),
    ),
    "agency": (("agency-changed", "change"), ("agency-change-filed", "end")),
}


@pytest.mark.parametrize("procedure", COURSES)
def test_each_procedure_folds_from_stage_to_stage_and_closes(pack, procedure):
    events = []
    for day, (kind, stage) in enumerate(COURSES[procedure], start=1):
        event_ = replace(event(kind, f"2026-03-{day:02}", seq=day), proceeding="p", procedure=procedure, organ="o")
        check_new(pack, events, event_)
        events.append(event_)
        assert fold(pack, events).proceedings["p"].stage == stage, kind
    assert fold(pack, events).proceedings["p"].closed == events[-1].at
