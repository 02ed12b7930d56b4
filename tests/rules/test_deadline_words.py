"""The reference of the words of a time-limit file names every word the reader takes, in both languages."""

import re
from pathlib import Path

import pytest

from zhibao.rules.deadlines import parse_deadline
from zhibao.rules.errors import LawUnknownKey
from zhibao.rules.load import load_pack
from zhibao.rules.read import read_table

PACK = load_pack()
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
LIMIT = """\
id: t.one
title: {zh: 一, en: one}
procedure: administrative
owed_by: handling-organ
starts: {event: clue-received}
ends: {event: filed}
keyed_on: step
versions:
  - from: 2022-11-01
    length: 15 working-days
    lengths_if: [{when: {source: watch}, length: 9 working-days}]
    extended_by: {event: filing-extended, length: 15 working-days, needs: head-approval}
    cite: cn.samr-penalty-procedure/18
    confidence: text
    conflicts: [{length: 9 working-days, cite: cn.penalty-law/60, confidence: text}]
if_missed: {finding: overdue, weight: 3}
"""
PLACES = {
    "the limit": ("id: t.one\n", "id: t.one\nnonsense: 1\n"),
    "a start": ("{event: clue-received}", "{event: clue-received, nonsense: 1}"),
    "an end": ("{event: filed}", "{event: filed, nonsense: 1}"),
    "a version": ("    length: 15", "    nonsense: 1\n    length: 15"),
    "another length": ("{when: {source: watch},", "{nonsense: 1, when: {source: watch},"),
    "an extension": ("{event: filing-extended,", "{nonsense: 1, event: filing-extended,"),
    "a conflict": ("conflicts: [{length", "conflicts: [{nonsense: 1, length"),
    "what follows": ("{finding: overdue", "{nonsense: 1, finding: overdue"),
}


def words_taken(old, new):
    """The words the reader names when it refuses one it does not know."""
    assert old in LIMIT
    with pytest.raises(LawUnknownKey) as caught:
        parse_deadline(read_table(LIMIT.replace(old, new), "x.yaml"), PACK.cites)
    return str(caught.value.data["known"]).split(", ")


@pytest.mark.parametrize("page", ["deadline-words.md", "deadline-words.zh-CN.md"])
@pytest.mark.parametrize("change", PLACES.values(), ids=PLACES)
def test_every_word_of_a_limit_is_explained(page, change):
    explained = set(re.findall(r"`([a-z_]+)`", (REFERENCE / page).read_text()))
    assert set(words_taken(*change)) <= explained


def test_the_pages_of_both_languages_explain_the_same_words():
    told = [
        re.findall(r"^\| (`.*?) \|", (REFERENCE / page).read_text(), re.MULTILINE)
        for page in ("deadline-words.md", "deadline-words.zh-CN.md")
    ]
    assert [row.replace("、", ", ") for row in told[1]] == told[0]
