import pytest

from zhibao.docket.golden import run_clock_cases
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.load import load_cases
from zhibao.rules.read import read_table


def case(text):
    return [read_table(text, "case.yaml")]


def test_golden_clock_cases_come_out_as_worked_out_by_hand(pack):
    assert run_clock_cases(pack, load_cases(kind="clocks-")) == []


def test_every_clock_of_the_pack_has_cases(pack):
    cases = load_cases(kind="clocks-")
    told = {one.text("clock") for one in cases if "runs" in one} | {
        key.split("#")[0] for one in cases if "expect" in one for key in one.table("expect")
    }
    assert set(pack.deadlines) <= told


def test_a_wrong_expectation_is_told_with_its_line(pack):
    found = run_clock_cases(
        pack,
        case(
            "name: x\nevents: [{clue-received: 2026-09-28}]\non: 2026-10-20\nexpect:\n  adm.file: {due: 2026-10-22}\n"
        ),
    )
    assert [(one.where, one.want, one.got) for one in found] == [
        ("case.yaml:5", "{'due': '2026-10-22'}", "{'due': '2026-10-23'}")
    ]


def test_a_clock_that_is_not_there_is_told(pack):
    found = run_clock_cases(
        pack,
        case(
            "name: x\nevents: [{clue-received: 2026-09-28}]\non: 2026-10-20\nexpect:\n  adm.serve: {state: running}\n"
        ),
    )
    assert found[0].got == "{'state': None}"


def test_a_clock_that_should_not_be_there_is_told(pack):
    found = run_clock_cases(
        pack, case("name: x\nevents: [{clue-received: 2026-09-28}]\non: 2026-10-20\nexpect:\n  adm.file: none\n")
    )
    assert (found[0].want, found[0].got) == ("none", "running")


def test_a_wrong_run_is_told_with_its_line(pack):
    found = run_clock_cases(
        pack, case("name: x\nclock: adm.file\nstart: clue-received\nruns:\n  - [2026-09-28, 2026-10-22, cn.x/1]\n")
    )
    assert found[0].where == "case.yaml:5"


def test_a_run_may_carry_data(pack):
    assert (
        run_clock_cases(
            pack,
            case(
                "name: x\nclock: pad.answer\nstart: copy-served\ndata: {domestic: false}\nruns:\n  - [2026-03-02, 2026-04-01, cn.cnipa-81@2024/22]\n"
            ),
        )
        == []
    )


def test_an_unknown_event_is_refused_with_its_nearest(pack):
    with pytest.raises(LawUnknownReference) as caught:
        run_clock_cases(
            pack, case("name: x\nevents: [{clue-recieved: 2026-09-28}]\non: 2026-10-20\nexpect:\n  adm.file: none\n")
        )
    assert "clue-received" in caught.value.say("en")
