"""Statutory forms: by day, with versions of their own where the articles change."""

from datetime import date

import pytest

from zhibao.rules.errors import LawNoDates
from zhibao.rules.forms import check_form, parse_form
from zhibao.rules.read import read_table

HEAD = "id: form.x\ntitle: {zh: 示例, en: example}\nprocedure: administrative\n"


def test_a_form_is_that_of_the_day(pack):
    form = pack.forms["form.transfer.letter"]
    assert form.on(date(2020, 8, 6)) is None
    assert [cite.to_text() for cite in form.on(date(2020, 8, 7)).cites] == ["cn.transfer-rules@2020/6/1/1"]


def test_a_form_may_change_its_articles(pack):
    text = HEAD + (
        "versions:\n"
        "  - {from: 2001-07-09, to: 2020-08-06, cite: cn.transfer-rules/6, confidence: secondary}\n"
        "  - {from: 2020-08-07, cite: [cn.transfer-rules/6/1/1], confidence: text}\n"
    )
    form = parse_form(read_table(text, "f"), pack.cites)
    assert [version.span.first.year for version in form.versions] == [2001, 2020]
    assert list(check_form(form, pack.event_kinds, pack.procedures)) == []


def test_a_form_needs_a_day(pack):
    with pytest.raises(LawNoDates):
        parse_form(read_table(HEAD + "cite: cn.transfer-rules/6\nconfidence: text\n", "f"), pack.cites)


def test_the_papers_of_a_transfer_are_there(pack):
    at = {form.event for form in pack.forms.values() if form.procedure in {"administrative", "criminal"}}
    assert {
        "filed",
        "seized",
        "penalty-notice-served",
        "decided",
        "transfer-approved",
        "handed-over",
        "police-filed",
        "explained",
    } <= at
