"""The golden cases of `law assess`, one test each; and that the runner notices a wrong expectation."""

import pytest

from zhibao.rules import errors
from zhibao.rules.golden import check_case, run_cases
from zhibao.rules.load import load_cases
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
    assert run_cases(pack, [read_table(good, "f")]) == []
    found = run_cases(pack, [read_table(good.replace(old, new, 1), "f")])
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
