"""The mutation run itself: it changes what it says, notices what it should, and lists what nothing noticed."""

import json

import pytest

from scripts import mutate
from scripts.mutation import code, sites, units
from scripts.mutation.engine import EngineRun
from scripts.mutation.law import LawRun, Verdict
from zhibao.kernel import days
from zhibao.rules import acts
from zhibao.rules.read import read_table

FILE = """
id: adm.file
title: {zh: 一二三四, en: 15 days}
versions:
  - from: 2022-11-01
    length: 15 working-days
    cite: cn.fashi-2025-5/3/1/1
    when: illegal_gain >= 30000
    confidence: text
    lighter: true
    ends: [a, b]
"""


@pytest.fixture(scope="module")
def law():
    return LawRun()


def test_every_kind_of_value_is_changed_and_words_are_left_alone(pack):
    made = {(one.kind, one.old, one.new) for one in sites.mutants_of(read_table(FILE, "f"), pack)}
    assert {
        ("date", "2022-11-01", "2022-10-31"), ("date", "2022-11-01", "2022-11-02"),
        ("length", "15 working-days", "14 working-days"), ("unit", "15 working-days", "15 days"),
        ("comparison", "illegal_gain >= 30000", "illegal_gain > 30000"), ("number", "illegal_gain >= 30000", "illegal_gain >= 29999"),
        ("article", "cn.fashi-2025-5/3/1/1", "cn.fashi-2025-5/3/1/2"), ("confidence", "text", "unconfirmed"),
        ("flag", "true", "false"), ("dropped", "a", "—"),
    } <= made  # fmt: skip
    assert not {old for _, old, _ in made} & {"一二三四", "15 days", "adm.file"}


def test_a_mutant_is_the_whole_entry_with_one_value_changed(pack):
    (one,) = [one for one in sites.mutants_of(read_table(FILE, "f"), pack) if one.new == "14 working-days"]
    assert one.table.tables("versions")[0].text("length") == "14 working-days"
    assert (one.line, one.key) == (6, "f versions[1].length: 15 working-days → 14 working-days")


def test_the_golden_cases_hold_before_anything_is_changed(law):
    assert [case.table.where for case in law.broken] == []


@pytest.mark.parametrize("section", ["triggers", "price_orders", "rights", "organ_kinds"])
def test_every_mutant_of_the_short_sections_is_caught(law, section):
    verdicts = [law.judge(place, mutant) for place, mutant in law.mutants([section])]
    assert len(verdicts) > 20
    assert [one.key for one in verdicts if not one.caught and one.key not in mutate.EQUIVALENT] == []


def test_code_is_changed_in_place_and_put_back():
    functions = code.functions_of(days)
    made = [one for one in code.mutants_of(days) if one.function == "Calendar.add"]
    assert {"Calendar.add", "parse_day"} <= set(functions)
    assert all(one.old != one.new for one in made)
    assert len({one.key for one in made}) > 3


def test_an_operator_that_matters_is_noticed_by_a_golden_case():
    run = EngineRun([acts.__name__])
    mutants = [one for one in run.mutants() if "repeated_by" in one.function and "<" in one.old]
    assert mutants
    assert {run.judge(one).caught for one in mutants[:4]} == {"golden"}
    assert run.of


def test_unit_tests_mirror_the_module_and_notice_in_a_process_of_their_own():
    assert "tests/kernel/test_days.py" in units.mirrors("zhibao.kernel.days")
    assert units.mirrors("zhibao.rules.acts") == units.mirrors("zhibao.rules.assess")
    assert not any("mutated" in one for one in units.mirrors("zhibao.docket.clocks"))
    assert units.fails(["tests/no_such_file.py"], lambda: None)
    assert units.noticed_by("zhibao.rules.values", lambda: None) == ""


def test_shares_and_excuses_are_told(capsys, monkeypatch):
    monkeypatch.setitem(mutate.EQUIVALENT, "k2", "why")
    verdicts = [
        Verdict("a", "date", "k1", "f:1", "golden", "c:1"),
        Verdict("a", "date", "k2", "f:2", "", ""),
        Verdict("a", "date", "k3", "f:3", "", ""),
        Verdict("b", "date", "k4", "f:4", "unit", "t.py"),
    ]
    told = mutate.report({"law": verdicts}, 1.0)
    assert told["law"]["sections"]["a"] == {
        "equivalent": 1,
        "golden": 1,
        "mutants": 3,
        "survived": 1,
        "share": 0.5,
        "with_unit_tests": 0.5,
    }
    assert told["law"]["survivors"] == ["f:3 date k3"]
    assert told["law"]["by_unit_tests_only"] == ["f:4 k4 by t.py"]
    assert told["law"]["excused"] == ["k2: why"]
    assert told["law"]["sections"]["b"] == {"mutants": 1, "unit": 1, "share": 0.0, "with_unit_tests": 1.0}
    assert mutate.untrue(verdicts) == []
    assert mutate.untrue([Verdict("a", "date", "k2", "f:2", "golden", "")]) == ["k2"]
    assert json.dumps(told)
    assert "k3" not in capsys.readouterr().err
