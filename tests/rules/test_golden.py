"""The golden cases of `law assess`, one test each; and that the runner notices a wrong expectation."""

import pytest

from zhibao.docket.golden import RUNNERS as ALL_RUNNERS
from zhibao.rules import errors
from zhibao.rules.assess_golden import check_case
from zhibao.rules.golden import RUNNERS, run_golden, runner_of
from zhibao.rules.load import load_cases
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.read import read_table

CASES = load_cases(kind="assess-")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.where.rsplit('/', 1)[1]} {case.text('name')}")
def test_golden_case(pack, case):
    assert list(check_case(pack, case)) == []


SHORT = """
name: 违法所得
kind: counterfeit-mark-goods
day: 2025-05-01
vary: illegal_gain
expect: {30000: base, 300000: grave}
by: {base: [goods.gain, cn.fashi-2025-5@2025/3/1/1]}
"""
LONG = """
name: 移送
facts: {acts: [], on: 2026-01-01, suspicion: {reasonable: true, police_measures_needed: true}}
expect: {transfer: {must: true}}
"""


@pytest.mark.parametrize(
    ("good", "old", "new", "line"),
    [
        (SHORT, "30000: base,", "30000: none,", 6),
        (SHORT, "3/1/1]", "3/1/2]", 7),
        (SHORT, "goods.gain", "goods.two-marks", 7),
        (LONG, "must: true", "must: false", 4),
    ],
)
def test_a_wrong_expectation_is_noticed_with_its_line(pack, good, old, new, line):
    assert list(check_case(pack, read_table(good, "f"))) == []
    found = list(check_case(pack, read_table(good.replace(old, new, 1), "f")))
    assert [mismatch.where for mismatch in found] == [f"f:{line}"]


def test_an_offence_that_is_not_touched_answers_nothing(pack):
    case = read_table(LONG.replace("{transfer: {must: true}}", "{cn.criminal.213: {tier: base}}"), "f")
    assert [mismatch.got for mismatch in check_case(pack, case)] == ["{'tier': None}"]


def test_a_case_that_is_no_case_is_refused(pack):
    with pytest.raises(errors.LawUnknownReference):
        list(check_case(pack, read_table(SHORT.replace("vary: illegal_gain", "vary: weather"), "f")))
    with pytest.raises(errors.LawUnknownKey):
        list(check_case(pack, read_table(SHORT + "extra: 1\n", "f")))


def test_cases_stand_on_both_sides_of_every_switch_(pack):
    """Each day on which a version of a crime begins is varied over in one of its short cases, the day before as well."""
    by_day = [case for case in CASES if "vary" in case and case.text("vary") == "day"]
    for offence in pack.offences.values():
        varied = {day for case in by_day if case.text("kind") in offence.kinds for day in case.table("expect")}
        assert {version.span.first.isoformat() for version in offence.versions} <= varied
        assert {version.span.last.isoformat() for version in offence.versions if version.span.last} <= varied


def test_each_case_is_run_by_the_runner_of_its_file(pack):
    def wrong(_pack, case):
        yield Mismatch(case.where, "甲", "1", "2")

    cases = [read_table(LONG, "law/cn/cases/assess-x.yaml"), read_table("name: 乙", "law/cn/cases/other-x.yaml")]
    run = run_golden(pack, cases, {**RUNNERS, "other-": wrong})
    assert (run.cases, [one.where for one in run.mismatches], run.faults, run.holds) == (
        2,
        ["law/cn/cases/other-x.yaml:1"],
        [],
        False,
    )


def test_a_case_file_of_no_known_kind_is_refused(pack):
    run = run_golden(pack, [read_table("name: 甲", "law/cn/cases/weather-x.yaml")], RUNNERS)
    assert [(fault.code, fault.where) for fault in run.faults] == [
        ("law-unknown-case-kind", "law/cn/cases/weather-x.yaml:1")
    ]
    assert "assess-…" in run.faults[0].hint("zh")
    assert not run.holds


def test_facts_of_a_case_that_cannot_be_read_name_the_case(pack):
    text = LONG.replace("acts: []", "acts: [{kind: x, from: 2026-01-01, to: 2026-01-01}]")
    run = run_golden(pack, [read_table(text, "law/cn/cases/assess-x.yaml")], RUNNERS)
    assert [fault.where for fault in run.faults] == ["law/cn/cases/assess-x.yaml:2 acts[0].kind"]


def test_all_cases_of_the_pack_have_a_runner_in_the_docket():
    for case in load_cases():
        assert runner_of(case, ALL_RUNNERS)
