"""The law over REST gives what the command line gives."""

import pytest

pytestmark = pytest.mark.django_db
FACTS = {
    "acts": [
        {
            "kind": "counterfeit-mark-goods",
            "from": "2025-05-01",
            "to": "2025-07-30",
            "right_kinds": 1,
            "illegal_gain": "31000.00",
        }
    ],
    "priors": [],
    "on": "2026-11-23",
}
EVENTS = {
    "procedure": "administrative",
    "events": [{"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00", "data": {}}],
    "now": "2026-11-01T09:00:00+08:00",
}


def test_the_pack_says_its_hash(program, handler, pack):
    assert program(handler).get("/law").json()["law_pack"] == pack.hash


def test_instruments_are_listed_as_of_a_day(program, handler, pack):
    asking = program(handler)
    everything = asking.get("/law/instruments", size=500).json()
    assert everything["total"] == len(pack.instruments)
    early = asking.get("/law/instruments", size=500, on="2005-01-01").json()
    assert 0 < early["total"] < everything["total"]


def test_entries_are_listed_by_section_and_page(program, handler, pack):
    asking = program(handler)
    crimes = asking.get("/law/entries", section="offences").json()
    assert [one["id"] for one in crimes["items"]] == list(pack.offences)
    last = asking.get("/law/entries", size=10, page=2).json()
    assert len(last["items"]) == 10
    assert asking.get("/law/entries", page=999_999).json()["items"] == []


def test_an_entry_is_told_as_of_a_day(program, handler):
    asking = program(handler)
    now = asking.get("/law/entries/adm.file", on="2026-11-01").json()
    assert len(now["versions"]) == 1
    assert len(asking.get("/law/entries/adm.file").json()["versions"]) > 1
    assert asking.get("/law/entries/adm.fill").json()["code"] == "no-such-law-entry"
    assert asking.get("/law/entries/adm.file", on="1990-01-01").json()["code"] == "law-entry-not-in-force"


def test_facts_are_held_against_the_limits(program, handler):
    answer = program(handler).post("/law/assess", FACTS).json()
    crime = answer["offences"][0]
    assert (crime["offence"], crime["tier"], crime["rule_version"]) == ("cn.criminal.213", "base", "2025-04-26")
    assert any(one["met"] and one["cite_id"] == "cn.fashi-2025-5@2025/3/1/1" for one in crime["conditions"])


def test_facts_that_cannot_be_read_are_told_with_their_place(program, handler):
    wrong = {"acts": [FACTS["acts"][0] | {"illegal_gain": "三万"}]}
    answer = program(handler).post("/law/assess", wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/acts/0")


def test_clocks_are_derived_from_events(program, handler):
    clock = program(handler).post("/law/clocks", EVENTS).json()["clocks"][0]
    assert (clock["id"], clock["state"], clock["due"]) == ("adm.file", "overdue", "2026-10-23")
