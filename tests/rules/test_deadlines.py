from datetime import date

import pytest

from zhibao.kernel.days import Length, Unit
from zhibao.rules.deadlines import LastDay, parse_deadline
from zhibao.rules.errors import LawFault
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


def parsed(text, **changes):
    for old, new in changes.items():
        assert PLACES[old] in text, old
        text = text.replace(PLACES[old], new)
    return parse_deadline(read_table(text, "x.yaml"), PACK.cites)


PLACES = {
    "length": "length: 30 days",
    "moves": "    last_day_moves: true\n    last_day_cite: cn.samr-penalty-procedure/80\n",
    "moves_cite": "    last_day_cite: cn.samr-penalty-procedure/80\n",
    "ends": "ends: [filed, {event: decided, when: {result: penalty}, unless: {publish: false}}]",
    "missed": "if_missed: {finding: overdue, weight: 3}",
    "also": "    also: [cn.penalty-law/60]\n",
    "owed": "owed_by: handling-organ",
    "cite": "    cite: cn.samr-penalty-procedure/18\n",
    "confidence": "    confidence: text\n",
    "from": "  - from: 2021-07-15\n    length: 30 days\n",
}


def test_a_file_is_read_as_written():
    deadline = parsed(GOOD)
    version = deadline.versions[0]
    assert (deadline.id, deadline.where, deadline.owed_by.procedure) == ("t.one", "x.yaml:1", "administrative")
    assert (version.length, version.last_day) == (Length(30, Unit.DAYS), LastDay.MOVES)
    assert [cite.to_text() for cite in version.cites] == [
        "cn.samr-penalty-procedure@2021/18", "cn.penalty-law@2021/60", "cn.samr-penalty-procedure@2021/80",
    ]  # fmt: skip
    assert deadline.events == {"clue-received", "filed", "decided"}
    assert deadline.version_on(date(2021, 7, 14)) is None
    assert deadline.version_on(date(2021, 7, 15)) is version


def test_an_end_with_conditions_fires_only_when_they_hold():
    trigger = parsed(GOOD).ends[1]
    assert trigger.fires("decided", {"result": "penalty"})
    assert not trigger.fires("filed", {"result": "penalty"})
    assert not trigger.fires("decided", {"result": "no-penalty"})
    assert not trigger.fires("decided", {"result": "penalty", "publish": False})


def test_whether_the_last_day_moves_is_said_with_what_says_so():
    assert parsed(GOOD, moves="    last_day_moves: false\n").versions[0].last_day is LastDay.STAYS
    silent = parsed(GOOD, moves="    last_day_moves: true\n    last_day_reading: silent\n").versions[0]
    assert (silent.last_day, silent.last_day_cite) == (LastDay.SILENT, None)
    weekend = parsed(GOOD, moves_cite=PLACES["moves_cite"] + "    last_day_reading: weekend\n").versions[0]
    assert (weekend.last_day, weekend.last_day_cite is None) == (LastDay.WEEKEND, False)
    working = parsed(GOOD, length="length: 7 working-days", moves="").versions[0]
    assert working.last_day is LastDay.STAYS


def test_extensions_spans_variants_and_rivals_are_read():
    more = """
    extended_by:
      - {event: filing-extended, length: 15 days, needs: head-approval}
      - {event: filing-extended, at_most: 10 days, needs: head-approval}
      - {event: filing-extended, length: open, needs: collective-decision}
    excludes: [[suspended, resumed], [hearing-requested, [hearing-held, hearing-cancelled]]]
    lengths_if: [{when: {domestic: false}, length: 60 days}]
    conflicts: [{length: 45 working-days, cite: cn.penalty-law/60, confidence: secondary}]
    note: {zh: 注, en: note}
"""
    version = parsed(GOOD, confidence=PLACES["confidence"].rstrip() + more).versions[0]
    assert [(rule.length and rule.length.number, rule.at_most) for rule in version.extensions] == [
        (15, False),
        (10, True),
        (None, False),
    ]
    assert [span.ends for span in version.excludes] == [("resumed",), ("hearing-held", "hearing-cancelled")]
    assert version.length_for({"domestic": False}).number == 60
    assert version.length_for({}).number == 30
    assert version.conflicts[0].last_day is LastDay.STAYS
    assert version.note.en == "note"


def test_a_right_that_lapses_needs_no_finding():
    assert parsed(GOOD, missed="if_missed: {lapses: true}").missed.lapses
    both = parsed(GOOD, missed="if_missed: {lapses: true, finding: overdue, weight: 2}").missed
    assert (both.lapses, both.finding, both.weight) == (True, "overdue", 2)


def test_a_time_that_must_only_pass_owes_nothing():
    missed = parsed(GOOD, missed="if_missed: {waits: true}").missed
    assert (missed.waits, missed.lapses, missed.finding) == (True, False, "")
    assert not parsed(GOOD, missed="if_missed: {waits: false, finding: overdue, weight: 2}").missed.waits


def test_the_day_to_count_from_and_the_window_are_read():
    text = GOOD.replace("starts: clue-received", "starts: [clue-received, {event: filed, from: day}]")
    deadline = parsed(text, also="    backwards: true\n    opens: 6 months\n")
    assert [start.counts_from for start in deadline.starts] == ["", "day"]
    assert (deadline.versions[0].backwards, deadline.versions[0].opens) == (True, Length(6, Unit.MONTHS))
    term = parsed(GOOD, length="length: 10 years", moves="    last_day_moves: false\n    first_day_counts: true\n")
    assert term.versions[0].first_day_counts


def test_an_article_that_two_rules_share_is_cited_once():
    rival = """    conflicts:
      - {length: 9 days, last_day_moves: true, last_day_cite: cn.samr-penalty-procedure/80, cite: cn.penalty-law/60, confidence: text}
"""
    cites = parsed(GOOD, confidence=PLACES["confidence"] + rival).versions[0].cites
    assert [cite.article for cite in cites] == ["18", "60", "80"]


WRONG = {
    "no end": ({"ends": "ends: []"}, "law-missing", 6),
    "an unknown body": ({"owed": "owed_by: somebody"}, "law-not-one-of", 4),
    "a length that is none": ({"length": "length: a month"}, "law-wrong-shape", 10),
    "a length without a unit": ({"length": "length: 30"}, "law-no-unit", 10),
    "a window without a unit": ({"also": "    opens: 6\n"}, "law-no-unit", 14),
    "an end that counts from a day": ({"ends": "ends: {event: filed, from: day}"}, "law-unknown-key", 6),
    "waiting and lapsing": ({"missed": "if_missed: {waits: true, lapses: true}"}, "law-unknown-key", 16),
    "moving without an article or a reading": ({"moves_cite": ""}, "law-no-article", 11),
    "no word on the last day": ({"moves": ""}, "law-missing", 9),
    "a reading that is none": ({"moves_cite": "    last_day_reading: maybe\n"}, "law-not-one-of", 12),
    "a span that is no pair": ({"also": "    excludes: [[suspended]]\n"}, "law-wrong-shape", 14),
    "nothing said of what follows": ({"missed": "if_missed: {}"}, "law-missing", 16),
    "no article": ({"cite": ""}, "law-no-article", 9),
    "no confidence": ({"confidence": ""}, "law-no-confidence", 9),
    "no date": ({"from": "  - length: 30 days\n"}, "law-no-dates", 9),
}


@pytest.mark.parametrize(("changes", "code", "line"), WRONG.values(), ids=WRONG)
def test_each_mistake_names_its_line(changes, code, line):
    with pytest.raises(LawFault) as caught:
        parsed(GOOD, **changes)
    assert (caught.value.code, caught.value.where) == (code, f"x.yaml:{line}")


def test_a_deadline_without_versions_is_refused():
    with pytest.raises(LawFault) as caught:
        parse_deadline(
            read_table(GOOD[: GOOD.index("versions:")] + "versions: []\n" + PLACES["missed"], "x.yaml"), PACK.cites
        )
    assert caught.value.code == "law-missing"


CORE = """adm.file adm.preserve adm.seizure adm.statement adm.hearing.request adm.hearing.notice adm.decide adm.serve adm.publish
adm.withdraw adm.close xfer.approve xfer.handover xfer.forward xfer.supplement xfer.police.decide xfer.reconsider.apply
xfer.reconsider.decide xfer.supervision.apply xfer.goods proc.explain proc.file cmp.accept cmp.mediate pad.file pad.answer
pad.decide civ.preserve.rule civ.preserve.sue conf.window cus.request cus.investigate""".split()


def test_every_clock_of_the_core_is_in_the_pack():
    assert set(CORE) <= set(PACK.deadlines)


def test_only_the_rights_of_the_contract_lapse():
    lapsing = {
        "adm.statement",
        "adm.hearing.request",
        "xfer.reconsider.apply",
        "xfer.supervision.apply",
        "conf.window",
        "cus.request",
        "adm.preserve",
    }
    core = {
        "adm.file", "adm.seizure", "adm.hearing.notice", "adm.decide", "adm.serve", "adm.publish", "adm.withdraw", "adm.close",
        "xfer.approve", "xfer.handover", "xfer.forward", "xfer.supplement", "xfer.police.decide", "xfer.reconsider.decide",
        "xfer.goods", "proc.explain", "proc.file", "cmp.accept", "cmp.mediate", "pad.file", "pad.answer", "pad.decide",
        "civ.preserve.rule", "civ.preserve.sue", "cus.investigate", *lapsing,
    }  # fmt: skip
    assert {id_ for id_ in core if PACK.deadlines[id_].missed.lapses} == lapsing


def test_every_finding_a_deadline_leads_to_is_a_kind_of_finding():
    named = {deadline.missed.finding for deadline in PACK.deadlines.values()} - {""}
    assert named <= set(PACK.finding_kinds)
