"""Facts are mended where the meaning is plain and refused where it is not, with the JSON path and a remedy."""

from datetime import date

import pytest

from zhibao.rules import errors
from zhibao.rules.facts import read_facts

TODAY = date(2026, 11, 25)


def act(**more):
    return {"kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-05-02", **more}


def read(pack, **facts):
    return read_facts(pack, {"acts": [act()], **facts}, today=TODAY)


def test_what_is_left_out_is_unknown_and_not_zero(pack):
    case = read(pack)
    assert case.acts[0].amounts["illegal_gain"] is None
    assert case.acts[0].flags["entity"] is None
    assert case.acts[0].role is None
    assert case.priors is None
    assert case.suspicion == {"reasonable": None, "police_measures_needed": None}
    assert case.on == TODAY
    assert read(pack, priors=[]).priors == ()
    assert read(pack, on=None, suspicion=None).on == TODAY


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("31000.00", 3_100_000),
        ("3.1万", 3_100_000),
        ("３１０００", 3_100_000),
        ("¥31,000", 3_100_000),
        (31000, 3_100_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_in_yuan(pack, written, fen):
    case = read(pack, acts=[act(illegal_gain=written)])
    assert case.acts[0].amounts["illegal_gain"] == fen
    noted = [one.where for one in case.mended]
    assert noted == (["acts[0].illegal_gain"] if isinstance(written, str) and not written.isascii() else [])


def test_dates_are_mended_and_said(pack):
    case = read_facts(
        pack, {"acts": [act(**{"from": "2025.5.1", "to": "2025年5月2日"})], "on": "2026/1/2"}, today=TODAY
    )
    assert (case.acts[0].first, case.acts[0].last, case.on) == (date(2025, 5, 1), date(2025, 5, 2), date(2026, 1, 2))
    assert {(one.where, one.seen, one.read_as) for one in case.mended} == {
        ("acts[0].from", "2025.5.1", "2025-05-01"), ("acts[0].to", "2025年5月2日", "2025-05-02"), ("on", "2026/1/2", "2026-01-02"),
    }  # fmt: skip


def test_counts_are_whole_numbers(pack):
    case = read(pack, acts=[act(labels="１２", right_kinds=2, copies="7")])
    assert (case.acts[0].amounts["labels"], case.acts[0].amounts["right_kinds"]) == (12, 2)
    assert [one.where for one in case.mended] == ["acts[0].labels"]


def test_priors_and_suspicion_are_read(pack):
    prior = {"kind": "criminal-penalty", "for": "counterfeit-labels", "on": "2024-06-01"}
    case = read(pack, priors=[prior], suspicion={"reasonable": True})
    assert (case.priors[0].by, case.priors[0].kind, case.priors[0].on) == (
        "criminal",
        "counterfeit-labels",
        date(2024, 6, 1),
    )
    assert case.suspicion == {"reasonable": True, "police_measures_needed": None}


@pytest.mark.parametrize(
    ("facts", "fault", "where", "words"),
    [
        ([], errors.FactNotTable, "$", "an object"),
        ({}, errors.FactMissing, "acts", "“acts” is missing"),
        ({"acts": {}}, errors.FactNotTable, "acts", "a list"),
        ({"acts": "x"}, errors.FactNotTable, "acts", "a list"),
        ({"acts": [1]}, errors.FactNotTable, "acts[0]", "an object"),
        ({"acts": [], "act": []}, errors.FactUnknownField, "act", "“act” is not known"),
        ({"acts": [act(turn_over="1")]}, errors.FactUnknownField, "acts[0].turn_over", "“turn_over”"),
        ({"acts": [act(kind="theft")]}, errors.FactUnknownKind, "acts[0].kind", "“theft”"),
        ({"acts": [act(kind=3)]}, errors.FactUnknownKind, "acts[0].kind", "“3”"),
        ({"acts": [{"from": "2025-05-01", "to": "2025-05-02"}]}, errors.FactUnknownKind, "acts[0].kind", "null"),
        ({"acts": [{"kind": "counterfeit-labels", "to": "2025-05-02"}]}, errors.FactMissing, "acts[0].from", "“from” is missing"),
        ({"acts": [act(**{"from": "2026.2.30"})]}, errors.FactBadDay, "acts[0].from", "“2026.2.30” is not a day"),
        ({"acts": [act(to=20250502)]}, errors.FactBadDay, "acts[0].to", "“20250502”"),
        ({"acts": [act(**{"from": "2025-05-03"})]}, errors.FactBackwards, "acts[0].from", "after it ends"),
        ({"acts": [act(to="2027-05-02")]}, errors.FactAfterJudging, "acts[0].to", "after the day of judging"),
        ({"acts": [act(illegal_gain="lots")]}, errors.FactBadAmount, "acts[0].illegal_gain", "“lots” is not an amount"),
        ({"acts": [act(illegal_gain=3.5)]}, errors.FactBadAmount, "acts[0].illegal_gain", "“3.5”"),
        ({"acts": [act(illegal_gain=True)]}, errors.FactBadAmount, "acts[0].illegal_gain", "“true”"),
        ({"acts": [act(illegal_gain=10**5000)]}, errors.FactBadAmount, "acts[0].illegal_gain", "…” is not an amount"),
        ({"acts": [act(illegal_gain=-1)]}, errors.FactBadAmount, "acts[0].illegal_gain", "“-1”"),
        ({"acts": [act(labels=-(10**5000))]}, errors.FactBadCount, "acts[0].labels", "“-9"),
        ({"acts": [act(illegal_gain="-1")]}, errors.FactBadAmount, "acts[0].illegal_gain", "“-1”"),
        ({"acts": [act(labels=-1)]}, errors.FactBadCount, "acts[0].labels", "“-1” is not a count"),
        ({"acts": [act(labels=True)]}, errors.FactBadCount, "acts[0].labels", "“true”"),
        ({"acts": [act(labels=2.5)]}, errors.FactBadCount, "acts[0].labels", "“2.5”"),
        ({"acts": [act(labels=10**13)]}, errors.FactBadCount, "acts[0].labels", "is not a count"),
        ({"acts": [act(entity="yes")]}, errors.FactNotYesNo, "acts[0].entity", "“yes”"),
        ({"acts": [act(role="buyer")]}, errors.FactNotOneOf, "acts[0].role", "“buyer”"),
        ({"acts": [], "priors": 3}, errors.FactNotTable, "priors", "a list"),
        ({"acts": [], "priors": [{"kind": "warning"}]}, errors.FactUnknownKind, "priors[0].kind", "“warning”"),
        (
            {"acts": [], "priors": [{"kind": "criminal-penalty", "for": "theft", "on": "2024-01-01"}]},
            errors.FactUnknownKind, "priors[0].for", "“theft”",
        ),
        (
            {"acts": [], "priors": [{"kind": "criminal-penalty", "for": "counterfeit-labels", "on": "2027-01-01"}]},
            errors.FactAfterJudging, "priors[0].on", "after the day of judging",
        ),
        ({"acts": [], "suspicion": {"reasonable": 1}}, errors.FactNotYesNo, "suspicion.reasonable", "“1”"),
        ({"acts": [], "suspicion": {"strong": True}}, errors.FactUnknownField, "suspicion.strong", "“strong”"),
        ({"acts": [], "suspicion": []}, errors.FactNotTable, "suspicion", "an object"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_path(pack, facts, fault, where, words):
    with pytest.raises(fault) as caught:
        read_facts(pack, facts, today=TODAY)
    assert caught.value.where == where
    assert words in caught.value.say("en")
    assert caught.value.say("zh").endswith("。")


def test_an_unknown_kind_lists_the_known_ones(pack):
    with pytest.raises(errors.FactUnknownKind) as caught:
        read_facts(pack, {"acts": [act(kind="theft")]}, today=TODAY)
    assert "counterfeit-mark-services" in caught.value.hint("en")
