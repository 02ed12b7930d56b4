"""The golden cases of values and routes, one test each; and that the runners notice a wrong expectation."""

import pytest

from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.golden import RUNNERS
from zhibao.rules.load import load_cases
from zhibao.rules.read import read_table
from zhibao.rules.route_golden import check_route_case
from zhibao.rules.values_golden import check_value_case

CASES = [("values-", case) for case in load_cases(kind="values-")] + [
    ("route-", case) for case in load_cases(kind="route-")
]


@pytest.mark.parametrize(
    ("kind", "case"), CASES, ids=[f"{case.where.rsplit('/', 1)[1]} {case.text('name')}" for _, case in CASES]
)
def test_golden_case(pack, kind, case):
    assert list(RUNNERS[kind](pack, case)) == []


def test_every_value_is_asked_for_on_its_first_day_and_the_day_before(pack):
    """The days of each entry's first version are in a case: a date cannot move unnoticed."""
    asked = {}
    for kind, case in CASES:
        if kind == "values-" and "values" in case:
            for entry in case.table("values"):
                asked.setdefault(entry, set()).update(case.table("values").table(entry))
    for value in pack.values.values():
        for version in value.versions:
            assert version.span.first.isoformat() in asked[value.id], value.id


GOOD = {
    "values": "name: x\nvalues: {enfsup2026: {2026-02-01: [yes, cn.enforcement-supervision@2025/44]}}",
    "admits": "name: x\nadmits: [{entry: adm.summary.cap, figure: citizen, on: 2026-01-01, numbers: {200: 'yes'}}]",
    "display": "name: x\ndisplay: [{entry: pub.display, kinds: [criticism], shown_on: 2026-01-01, expect: {tier: low}}]",
    "credit": "name: x\ncredit: [{entry: cr107.general, since: 2026-01-01, on: 2026-01-01, expect: {ends: 2027-01-01}}]",
    "reward": "name: x\nreward: [{entry: rwd, money: 100000, grade: '1', on: 2026-01-01, expect: {low: '5000.00'}}]",
    "held": "name: x\nheld: {courts/court.jx.high: {2026-01-01: [赣, province, '360000', secondary]}}",
    "evidence": "name: x\nevidence: [{entry: ev.layout.copy, channel: mediation, on: {2026-01-01: {right: parties cn.mediation-law@2010/29}}}]",
}
WRONG = {
    "values": ("yes,", "no,"),
    "admits": ("'yes'", "'no'"),
    "display": ("tier: low", "tier: general"),
    "credit": ("2027-01-01", "2027-01-02"),
    "reward": ("'5000.00'", "'5000.01'"),
    "held": ("province", "city"),
    "evidence": ("right:", "wrong:"),
}
NOTHING = {
    "values": ("enfsup2026", "enfsup2027"),
    "admits": ("adm.summary.cap", "adm.weather"),
    "display": ("pub.display", "pub.weather"),
    "credit": ("cr107.general", "cr107.weather"),
    "reward": ("rwd", "weather"),
    "held": ("court.jx.high", "court.jx.weather"),
    "evidence": ("ev.layout.copy", "ev.weather"),
}


@pytest.mark.parametrize("question", sorted(GOOD))
def test_a_wrong_expectation_is_noticed(pack, question):
    assert list(check_value_case(pack, read_table(GOOD[question], "f"))) == []
    assert list(check_value_case(pack, read_table(GOOD[question].replace(*WRONG[question], 1), "f")))


@pytest.mark.parametrize("question", sorted(GOOD))
def test_a_case_about_nothing_is_refused(pack, question):
    with pytest.raises(ZhibaoError):
        list(check_value_case(pack, read_table(GOOD[question].replace(*NOTHING[question], 1), "f")))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "name: x\nfacts: {channel: customs, act_place: '360403', filed_on: 2026-01-01}\nexpect: {missing: []}",
            ("[]", "[place]"),
        ),
        (
            "name: x\nfacts: {channel: customs, act_place: '360403'}\nvary: filed_on\nexpect: {2018-03-18: {reason: no-rule-in-force}}",
            ("-18", "-19"),
        ),
    ],
)
def test_a_wrong_route_is_noticed(pack, text, wrong):
    assert list(check_route_case(pack, read_table(text, "f"))) == []
    assert list(check_route_case(pack, read_table(text.replace(*wrong, 1), "f")))
