"""Instruments through their versions, and citations resolved against them."""

from datetime import date

import pytest

from zhibao.rules import errors
from zhibao.rules.instruments import Cites, parse_instrument
from zhibao.rules.read import read_table
from zhibao.rules.versions import Confidence

TEXT = """
id: cn.rule
title: {zh: 规定, en: rule}
short: {zh: 规定, en: rule}
number: 第一号
issuer: [示例部, 示例局]
kind: department-rule
official: "https://www.gov.cn/"
versions:
  - id: "2010"
    from: 2010-01-01
    to: 2019-12-31
    checked: {on: 2026-11-23, against: secondary}
    articles:
      "3": {gist: {zh: 甲, en: a}, paragraphs: {1: 2, 2: 0}}
      "4": {gist: {zh: 乙, en: b}, confidence: unconfirmed}
  - id: "2020"
    from: 2020-01-01
    number: 第二号
    dates: unconfirmed
    partial: false
    official: "https://www.gov.cn/2"
    checked: {on: 2026-11-23, against: text}
    articles:
      "5": {gist: {zh: 甲, en: a}, paragraphs: {1: 2}}
replaces: [cn.older]
renumbered:
  - {from: "2010", to: "2020", articles: {"3": "5"}}
"""


@pytest.fixture
def rule():
    return parse_instrument(read_table(TEXT, "f"))


def test_versions_keep_what_each_says_of_itself(rule):
    old, new = rule.versions
    assert (old.number, new.number, old.official, new.official) == (
        "第一号",
        "第二号",
        "https://www.gov.cn/",
        "https://www.gov.cn/2",
    )
    assert (old.partial, new.partial) == (True, False)
    assert (old.dates, new.dates) == (Confidence.TEXT, Confidence.UNCONFIRMED)
    assert old.checked_on == date(2026, 11, 23)
    assert old.articles["3"].confidence is Confidence.SECONDARY
    assert old.articles["4"].confidence is Confidence.UNCONFIRMED
    assert rule.replaces == ("cn.older",)
    assert rule.renumbered == {("2010", "3"): ("2020", "5")}


def test_the_version_in_force_is_found(rule):
    assert rule.on(date(2019, 12, 31)).id == "2010"
    assert rule.on(date(2020, 1, 1)).id == "2020"
    assert rule.on(date(2009, 12, 31)) is None
    assert rule.version("1999") is None


def test_a_citation_takes_the_version_in_force_or_the_one_it_names(rule):
    cites = Cites({rule.id: rule})
    row = read_table("{a: cn.rule/3/1/2, b: cn.rule@2020/5/1, c: [cn.rule/3, cn.rule/4], d: []}", "f")
    on = date(2015, 1, 1)
    assert cites.read(row, on=on, key="a").to_text() == "cn.rule@2010/3/1/2"
    assert cites.read(row, on=on, key="b").to_text() == "cn.rule@2020/5/1"
    assert [cite.article for cite in cites.read_all(row, on=on, key="c")] == ["3", "4"]
    assert [cite.article for cite in cites.read_all(row, on=on, key="a")] == ["3"]
    for key in ("d", "absent"):
        with pytest.raises(errors.LawNoArticle):
            cites.read_all(row, on=on, key=key)
    with pytest.raises(errors.LawNoArticle):
        cites.read(row, on=on, key="absent")


@pytest.mark.parametrize(
    "text", ["cn.rule/3/3", "cn.rule/3/1/3", "cn.rule/4/1", "cn.rule/5", "cn.other/1", "cn.rule@1999/3"]
)
def test_a_citation_to_nothing_is_refused(rule, text):
    with pytest.raises(errors.LawCitesNothing):
        Cites({rule.id: rule}).read(read_table(f"cite: {text}", "f"), on=date(2015, 1, 1))


def test_shipped_instruments_name_an_official_site_and_their_issuer(pack):
    for instrument in pack.instruments.values():
        assert instrument.issuer, instrument.id
        for version in instrument.versions:
            assert version.official.startswith("https://"), instrument.id
            assert version.articles, instrument.id
