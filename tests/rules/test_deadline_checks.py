"""What must fit together in a time limit: its names, its ends, the day it counts from."""

import pytest

from zhibao.rules.deadline_checks import check_deadline
from zhibao.rules.deadlines import parse_deadline
from zhibao.rules.load import load_pack
from zhibao.rules.read import read_table

PACK = load_pack()
GOOD = """\
id: t.one
title: {zh: 一, en: one}
procedure: administrative
owed_by: handling-organ
starts: clue-received
ends: [filed, {event: decided, when: {result: penalty}, unless: {publish: false}}]
keyed_on: step
versions:
  - from: 2021-07-15
    length: 30 days
    last_day_moves: true
    last_day_cite: cn.samr-penalty-procedure/80
    cite: cn.samr-penalty-procedure/18
    also: [cn.penalty-law/60]
    confidence: text
if_missed: {finding: overdue, weight: 3}
"""
PLACES = {"confidence": "    confidence: text\n"}
ENDS = "ends: [filed, {event: decided, when: {result: penalty}, unless: {publish: false}}]"
ALSO = "    also: [cn.penalty-law/60]\n"


def checked(*changes):
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    deadline = parse_deadline(read_table(text, "x.yaml"), PACK.cites)
    return list(check_deadline(deadline, PACK.event_kinds, PACK.procedures, PACK.finding_kinds))


def test_names_that_point_to_nothing_are_listed():
    text = GOOD.replace("procedure: administrative", "procedure: nothing").replace("clue-received", "clue-recieved")
    deadline = parse_deadline(read_table(text, "x.yaml"), PACK.cites)
    assert [
        fault.data["seen"] for fault in check_deadline(deadline, PACK.event_kinds, PACK.procedures, PACK.finding_kinds)
    ] == [
        "nothing",
        "clue-recieved",
    ]
    assert checked() == []


def test_fields_and_findings_that_are_not_there_are_listed():
    text = GOOD.replace("when: {result: penalty}", "when: {outcome: penalty}").replace(
        "finding: overdue", "finding: tardy"
    )
    text = text.replace("keyed_on", "from_receipt: true\nkeyed_on")
    more = "    extended_by: {event: filing-extended, at_most: 9 days, needs: head-approval}\n    lengths_if: [{when: {moon: full}, length: 60 days}]\n"
    text = text.replace(PLACES["confidence"], PLACES["confidence"] + more)
    deadline = parse_deadline(read_table(text, "x.yaml"), PACK.cites)
    faults = check_deadline(deadline, PACK.event_kinds, PACK.procedures, PACK.finding_kinds)
    assert [fault.data["seen"] for fault in faults] == [
        "clue-received.moon", "clue-received.received_at", "decided.outcome", "filing-extended.length", "tardy",
    ]  # fmt: skip


STARTS = "starts: clue-received"
NEVER = {
    "the end belongs to another procedure": ([(ENDS, "ends: adjudicated")], 6, "cannot happen in"),
    "the end's data are never so": ([(ENDS, "ends: {event: decided, when: {result: acquitted}}")], 6, "are never so"),
    "the end asks for what it excludes": (
        [(ENDS, "ends: {event: decided, when: {publish: false}, unless: {publish: false}}")],
        6,
        "are never so",
    ),
    "the end comes before the start": ([(STARTS, "starts: decided"), (ENDS, "ends: filed")], 6, "happens once"),
    "the end is the start": ([(STARTS, "starts: filed"), (ENDS, "ends: filed")], 6, "happens once"),
    "the pause has no end": ([(ALSO, "    excludes: [[suspended, mediation-ended]]\n")], 9, "set it running"),
}


@pytest.mark.parametrize(("changes", "line", "words"), NEVER.values(), ids=NEVER)
def test_a_limit_that_can_never_end_is_refused_with_its_article(changes, line, words):
    (fault,) = checked(*changes)
    assert (fault.code, fault.where) == ("law-never-ends", f"x.yaml:{line}")
    assert words in fault.say("en")
    assert "cn.samr-penalty-procedure@2021/18" in fault.say("zh")


def test_one_end_that_can_happen_is_enough():
    assert checked((ENDS, "ends: [adjudicated, filed]")) == []


def test_an_end_that_may_happen_again_can_come_after_the_start():
    assert checked(("starts: clue-received", "starts: seizure-extended"), (ENDS, "ends: seized")) == []


def test_an_end_of_the_owing_body_can_happen():
    changes = [("owed_by: handling-organ", "owed_by: adjudicator"), (ENDS, "ends: adjudicated")]
    assert checked(*changes) == []


def test_a_pause_that_never_begins_here_needs_no_end():
    assert checked((ALSO, "    excludes: [[mediation-started, mediation-ended]]\n")) == []


MOVES = "    last_day_moves: true\n    last_day_cite: cn.samr-penalty-procedure/80\n"
TERM = "    last_day_moves: false\n    first_day_counts: true\n"
FROM = {
    "backwards from nothing": ((ALSO, "    backwards: true\n"), 9, "name no from"),
    "before what cannot happen": ((ALSO, "    before: adjudicated\n"), 9, "cannot happen in this procedure"),
    "a term in days": ((MOVES, TERM), 9, "needs months or years"),
    "a field that is no day": ((STARTS, "starts: {event: clue-received, from: note}"), 5, "is no day"),
}


@pytest.mark.parametrize(("change", "line", "words"), FROM.values(), ids=FROM)
def test_a_limit_with_no_day_to_count_from_is_refused(change, line, words):
    (fault,) = checked(change)
    assert (fault.code, fault.where) == ("law-nothing-to-count-from", f"x.yaml:{line}")
    assert words in fault.say("en")
    assert "cn.samr-penalty-procedure@2021/18" in fault.say("zh")


def test_what_a_start_counts_from_must_be_a_field_of_it():
    (fault,) = checked(("starts: clue-received", "starts: {event: clue-received, from: noon}"))
    assert fault.data["seen"] == "clue-received.noon"


def test_a_term_of_years_and_a_count_from_a_day_hold():
    civil = [
        ("procedure: administrative", "procedure: civil"),
        (STARTS, "starts: {event: preservation-executed, from: until}"),
        (ENDS, "ends: preservation-renewal-requested"),
    ]
    assert checked(*civil, ("    length: 30 days\n" + MOVES, "    length: 10 years\n" + TERM)) == []
    assert checked(*civil, (ALSO, "    backwards: true\n")) == []
