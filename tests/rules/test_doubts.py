"""Facts that hardly fit together are told beside the answer, and never refused."""

from datetime import date

import pytest

from zhibao.docket.golden import RUNNERS
from zhibao.rules.assess import assess
from zhibao.rules.golden import run_golden
from zhibao.rules.load import load_cases

ACT = {"kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-07-30", "right_kinds": 1}
TODAY = date(2026, 11, 23)


def told(pack, **facts):
    answer = assess(pack, {"acts": [ACT | facts], "priors": []}, today=TODAY).as_json("en")
    return [(one["where"], one["code"]) for one in answer["doubts"]]


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"illegal_gain": "31000.00", "turnover": "30000.00"}, ["acts[0].illegal_gain"]),
        ({"illegal_gain": "30000.00", "turnover": "30000.00"}, []),
        ({"illegal_gain": "31000.00", "turnover": None}, []),
        ({"illegal_gain": "31000.00"}, []),
        ({"sales": "5.00", "turnover": "4.99"}, ["acts[0].sales"]),
        ({"unsold_value": "5.00", "turnover": "4.99"}, ["acts[0].unsold_value"]),
        ({"sales": "3.00", "unsold_value": "2.00", "turnover": "4.99"}, ["acts[0].sales"]),
        ({"sales": "3.00", "unsold_value": "2.00", "turnover": "5.00"}, []),
        ({"sales": "9.00", "unsold_value": "2.00", "turnover": "5.00"}, ["acts[0].sales"]),
    ],
)
def test_more_than_the_turnover_is_doubtful(pack, facts, where):
    assert told(pack, **facts) == [(place, "more-than-turnover") for place in where]


def test_an_act_without_a_right_and_one_before_any_law_are_doubtful(pack):
    assert told(pack, right_kinds=0, labels=5) == [("acts[0].right_kinds", "no-right")]
    assert told(pack, right_kinds=0) == []
    assert told(pack, **{"from": "1997-09-30"}) == [("acts[0].from", "before-any-law")]
    assert told(pack, **{"from": "1997-10-01"}) == []


def test_a_doubt_is_a_sentence_in_both_languages_and_changes_no_tier(pack):
    facts = {"acts": [ACT | {"illegal_gain": "31000.00", "turnover": "30000.00"}], "priors": []}
    answer = assess(pack, facts, today=TODAY)
    assert answer.as_json("zh")["offences"][0]["tier"] == "base"
    assert "比非法经营数额 30,000.00 元还多" in answer.as_json("zh")["doubts"][0]["message"]
    assert "more than the turnover of 30,000.00 yuan" in answer.as_json("en")["doubts"][0]["message"]


def test_no_golden_case_is_refused_for_its_facts(pack):
    run = run_golden(pack, load_cases(kind="assess-"), RUNNERS)
    assert run.faults == []
    assert run.cases > 300
