"""Findings and "must go to the police" by columns are those of each matter by itself."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.fleet_columns import facts_of as facts_at_once
from benchmarks.histories import events_of, make_histories
from tests.docket.columns.test_fleet import NOW, gathered
from tests.docket.conftest import event, moment
from zhibao.docket.columns.assessing import NO, SUSPICION, THRESHOLD, FactColumns, must_transfer
from zhibao.docket.columns.facts import FactGatherer
from zhibao.docket.columns.findings import matters_of, missed_duties, penalised_instead
from zhibao.docket.columns.fleet import clock_columns
from zhibao.docket.columns.kernel import fold_matters
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of
from zhibao.docket.findings import findings
from zhibao.docket.fold import fold
from zhibao.rules.assess import assess
from zhibao.rules.errors import FactFault

CASES = 250
TODAY = NOW.date()


@pytest.fixture(scope="module")
def made_up():
    return make_histories(CASES, seed=5)


@pytest.fixture(scope="module")
def matters(made_up):
    return [[Event(**row) for row in events_of(made_up, case)] for case in range(CASES)]


def gathered_facts(pack, matters, on=TODAY) -> FactColumns:
    gatherer = FactGatherer(pack, on=on)
    for events in matters:
        gatherer.add(events)
    return gatherer.columns()


def basis_of(pack, events, on):
    try:
        found = assess(pack, facts_of(pack, fold(pack, events), on=on), today=on).transfer
    except FactFault:
        return NO
    return {"threshold": THRESHOLD, "reasonable-suspicion": SUSPICION}.get(found.basis, NO) if found.must else NO


def test_must_transfer_equals_the_assessment_of_each_case(pack, matters):
    found = must_transfer(pack, gathered_facts(pack, matters), on=TODAY)
    assert found.tolist() == [basis_of(pack, events, TODAY) for events in matters]
    assert set(found.tolist()) == {NO, THRESHOLD, SUSPICION}


def test_facts_made_at_once_say_what_gathering_one_by_one_says(pack, matters, made_up):
    found = must_transfer(pack, facts_at_once(made_up, pack, TODAY), on=TODAY)
    assert found.tolist() == must_transfer(pack, gathered_facts(pack, matters), on=TODAY).tolist()


def act(kind="sell-counterfeit-goods", since="2026-01-05", until="2026-02-01", **measures):
    return event("act-found", "2026-03-01", act="a", kind=kind, **{"from": since, "to": until}, **measures)


ODD = {
    "no facts": [event("clue-received", "2026-03-01")],
    "two crimes": [act(illegal_gain="31000.00"), replace(act("counterfeit-labels", labels=50000, role="maker"), seq=2)],
    "an unknown party under the old rules": [act(since="2006-01-01", until="2006-05-01", sales="60000.00")],
    "an entity under the old rules": [act(since="2006-01-01", until="2006-05-01", sales="60000.00", entity=True)],
    "a person under the old rules": [act(since="2006-01-01", until="2006-05-01", sales="60000.00", entity=False)],
    "before any limit": [act(since="1980-01-01", until="1980-05-01", sales="60000.00")],
    "between two interpretations": [act(since="2024-01-01", until="2024-05-01", sales="40000.00", illegal_gain="26000.00")],
    "not read yet": [event("act-found", "2026-03-01", act="a", kind="sell-counterfeit-goods", illegal_gain="31000.00")],
    "suspicion alone": [event("suspicion-assessed", "2026-03-01", reasonable=True, police_measures_needed=True)],
    "half a suspicion": [event("suspicion-assessed", "2026-03-01", reasonable=True)],
    "a repeat": [
        act(illegal_gain="26000.00", turnover="45000.00"),
        event("prior-found", "2026-03-02", kind="administrative-penalty", **{"for": "sell-counterfeit-goods", "on": "2025-06-01"}),
    ],
    "none before": [act(illegal_gain="26000.00"), event("priors-checked", "2026-03-02")],
    "foreign secret": [act("trade-secret-foreign")],
    "goods of an act": [
        act(),
        event("goods-recorded", "2026-03-02", act="a", lines=[{"name": "cup", "right": "", "quantity": 900, "state": "sold", "prices": {"actual": "90.00"}}]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("on", [date(2026, 11, 25), date(2015, 1, 1), date(1999, 1, 1)])
def test_odd_facts_come_to_what_the_assessment_says(pack, what, on):
    facts = gathered_facts(pack, [ODD[what]], on)
    found = must_transfer(pack, facts, on=on)[0]
    if facts.general:
        assert found == NO
    else:
        assert found == basis_of(pack, ODD[what], on)


def test_a_crime_without_a_lighter_rule_is_judged_by_the_days_own_limits(pack):
    """The same act, once with and once without the rule that a later, lighter interpretation is preferred."""
    offence = next(one for one in pack.offences.values() if "sell-counterfeit-goods" in one.kinds)
    strict = replace(pack, offences={**pack.offences, offence.id: replace(offence, lighter=False)})
    events = ODD["between two interpretations"]
    facts = gathered_facts(strict, [events])
    assert must_transfer(strict, facts, on=TODAY)[0] == basis_of(strict, events, TODAY)


def test_an_act_that_was_no_crime_on_its_day_has_no_row(pack):
    offence = next(one for one in pack.offences.values() if "sell-counterfeit-goods" in one.kinds)
    nothing = tuple(replace(one, kinds=()) for one in offence.statute)
    other = replace(pack, offences={**pack.offences, offence.id: replace(offence, statute=nothing)})
    events = [act(illegal_gain="31000.00")]
    facts = gathered_facts(other, [events])
    assert facts.rows == ()
    assert must_transfer(other, facts, on=TODAY)[0] == basis_of(other, events, TODAY) == NO


def test_facts_that_change_by_themselves_are_left_to_be_asked_one_by_one(pack):
    ahead = act(until="2026-12-31", illegal_gain="31000.00")
    undated = event(
        "goods-recorded", "2026-03-01", lines=[{"name": "cup", "quantity": 9, "state": "sold", "prices": {}}]
    )
    later = event(
        "prior-found",
        "2026-03-02",
        kind="administrative-penalty",
        **{"for": "sell-counterfeit-goods", "on": "2026-12-01"},
    )
    facts = gathered_facts(pack, [[ahead], [undated], [later], [act(illegal_gain="31000.00")]])
    assert facts.general == (0, 1, 2)
    assert must_transfer(pack, facts, on=TODAY).tolist() == [NO, NO, NO, THRESHOLD]


def test_facts_are_not_asked_for_a_day_before_they_were_gathered(pack):
    with pytest.raises(ValueError, match="later day"):
        must_transfer(pack, gathered_facts(pack, []), on=TODAY - timedelta(days=1))


def test_a_law_without_triggers_sends_nobody_to_the_police(pack, matters):
    facts = gathered_facts(pack, matters[:40])
    assert not must_transfer(replace(pack, triggers={}), facts, on=TODAY).any()


def test_findings_equal_those_of_each_matter(pack, matters):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    clocks = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    missed = missed_duties(clocks, now=NOW)
    penal = penalised_instead(events, must_transfer(pack, gathered_facts(pack, matters), on=TODAY), now=NOW)
    ours = {
        (int(m), f"penalised-instead-of-transferred:{s - events.begins[m] + 1}")
        for m, s in zip(matters_of(events, penal), penal, strict=True)
    }
    for row, kind in zip(missed.rows, missed.kind, strict=True):
        limit = law.deadlines[clocks.rows.limit[row]].id
        ours.add((int(clocks.rows.matter[row]), f"{missed.kinds[kind]}:{limit}:{clocks.rows.number[row]}"))
    theirs = set()
    for number, one in enumerate(matters):
        assessment = assess(pack, facts_of(pack, fold(pack, one), on=TODAY), today=TODAY)
        for finding in findings(pack, one, now=NOW, assessment=assessment):
            if finding.kind == "penalised-instead-of-transferred" or "clock" in finding.data:
                theirs.add((number, finding.key))
    assert ours == theirs
    assert {key.split(":")[0] for _matter, key in ours} >= {"late", "overdue", "penalised-instead-of-transferred"}


def test_a_handing_over_answers_for_the_whole_matter(pack):
    guilty = act(illegal_gain="31000.00")
    decided = event("decided", "2026-04-01", result="penalty")
    handed = event("handed-over", "2026-05-01", proceeding="b")
    matters = [
        [guilty, decided],
        [guilty, decided, handed],
        [guilty, event("decided", "2026-04-01", result="no-penalty")],
    ]
    must = must_transfer(pack, gathered_facts(pack, matters), on=TODAY)
    events = gathered(pack, matters)
    assert penalised_instead(events, must, now=NOW).tolist() == [1]
    assert penalised_instead(events, must, now=moment("2026-04-20")).tolist() == [1, 3]
    assert penalised_instead(events, must, now=moment("2026-03-20")).tolist() == []


def test_the_matter_of_an_event_is_found_when_blocks_do_not_stand_in_order(pack):
    events = gathered(
        pack, [[event("filed", "2026-03-01")], [event("filed", "2026-03-01"), event("closed", "2026-03-02")]]
    )
    turned = replace(events, begins=np.array([1, 2]), ends=np.array([2, 3]))
    assert matters_of(turned, np.array([0, 1, 2])).tolist() == [-1, 0, 1]
    other = replace(events, begins=np.array([2, 0]), ends=np.array([3, 1]))
    assert matters_of(other, np.array([0, 1, 2])).tolist() == [1, -1, 0]
