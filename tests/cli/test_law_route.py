"""`zhibao law route`: where a matter goes, as JSON and as lines, and what it says to bad facts."""

import json

import pytest


@pytest.fixture
def facts(tmp_path):
    def write(**given):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(given))
        return path

    return write


def test_the_court_is_named_with_its_code(run, facts):
    told = run(
        "--json",
        "law",
        "route",
        facts(channel="civil", right="patent-invention", place="361104", filed_on="2026-01-01"),
    )
    assert told.code == 0
    (way,) = told.json["routes"]
    assert [one["code"] for one in way["organs"]] == ["赣01"]
    assert way["cite_id"] == "cn.fashi-2022-13@2022/1"


def test_people_are_told_in_lines(run, facts):
    told = run(
        "--lang",
        "en",
        "law",
        "route",
        facts(channel="civil", right="trademark", place="360203", amount="1", filed_on="2026-01-01"),
    )
    assert told.code == 0
    assert "list not confirmed" in told.out


def test_facts_that_contradict_are_bad_input(run, facts):
    told = run("--json", "law", "route", facts(channel="civil", right="trademark", technical=True))
    assert told.code == 2
    assert told.error["code"] == "fact-contradiction"
