"""Measures, kinds of right and of organ, places and calendar years as their files write them."""

from datetime import date

import pytest

from zhibao.kernel.days import Length, Unit
from zhibao.rules import errors
from zhibao.rules.read import read_table
from zhibao.rules.registers import (
    make_calendar,
    parse_calendar_year,
    parse_measure,
    parse_organ_kind,
    parse_places,
    parse_right_kind,
)

RIGHT = """
id: mark
title: {zh: 注册商标, en: registered trademark}
number_label: {zh: 注册号, en: registration number}
family: trademark
classes: nice
terms:
  - {from: 2019-11-01, to: 2026-12-31, length: 10 years, counts_from: registration, renewable: true, cite: cn.trademark-law/39, confidence: text}
cite: cn.trademark-law/3
confidence: text
"""
YEAR = """
id: cn.calendar.2026
year: 2026
notice: {number: x, title: {zh: 通知, en: notice}, official: "https://www.gov.cn/"}
cite: cn.holidays/2
confidence: secondary
holidays: [2026-01-01]
makeup_workdays: [2026-01-04]
"""


def test_a_measure_adds_up_and_scales_unless_it_says_otherwise(pack):
    plain = parse_measure(read_table("{id: x, title: {zh: 甲, en: a}, unit: yuan}", "f"), pack.cites)
    assert (plain.adds, plain.scales) == (True, True)
    assert (pack.measures["right_kinds"].adds, pack.measures["right_kinds"].scales) == (False, False)
    assert pack.measures["role"].values == ("maker", "seller")
    assert not pack.measures["entity"].adds


def test_a_right_has_terms_by_date(pack):
    right = parse_right_kind(read_table(RIGHT, "f"), pack.cites)
    (term,) = right.terms
    assert term.length == Length(10, Unit.YEARS)
    assert (term.counts_from, term.renewable, term.covers) == ("registration", True, None)
    assert term.cite.version == "2019"
    assert right.cite.version == "2019"


def test_a_right_without_terms_says_since_when(pack):
    doc = "\n".join(line for line in RIGHT.split("\n") if not line.startswith(("terms", "  - ")))
    assert parse_right_kind(read_table(doc + "since: 2027-01-01\n", "f"), pack.cites).cite.version == "2026"
    with pytest.raises(errors.LawNoDates):
        parse_right_kind(read_table(doc, "f"), pack.cites)


def test_a_length_without_a_unit_is_refused(pack):
    with pytest.raises(errors.LawWrongShape, match="working-days"):
        parse_right_kind(read_table(RIGHT.replace("10 years", "10"), "f"), pack.cites)


def test_an_organ_kind_has_levels_and_competences(pack):
    doc = """
id: x
title: {zh: 机关, en: organ}
family: administrative
levels: [province, city]
competences:
  - {from: 2021-07-15, procedure: administrative, rights: [mark], cite: cn.penalty-law/22, confidence: text}
receives: [criminal]
"""
    kind = parse_organ_kind(read_table(doc, "f"), pack.cites)
    assert kind.levels == ("province", "city")
    assert kind.competences[0].rights == ("mark",)
    assert kind.receives == ("criminal",)
    with pytest.raises(errors.LawWrongShape, match="village"):
        parse_organ_kind(read_table(doc.replace("[province, city]", "[village]"), "f"), pack.cites)


def test_places_are_read_with_their_level(pack):
    doc = "{id: x, confidence: text, places: [{code: '360100', name: {zh: 南昌市, en: Nanchang}}]}"
    (place,) = parse_places(read_table(doc, "f"), pack.cites)
    assert (place.id, place.level, place.name.en) == ("360100", "city", "Nanchang")
    with pytest.raises(errors.LawWrongShape, match="six digits"):
        parse_places(read_table(doc.replace("360100", "36010"), "f"), pack.cites)


def test_a_calendar_year_with_its_notice_is_published(pack):
    year = parse_calendar_year(read_table(YEAR, "f"), pack.cites)
    calendar = make_calendar({year.id: year})
    assert not calendar.is_working(date(2026, 1, 1))
    assert calendar.is_working(date(2026, 1, 4))
    assert not calendar.is_provisional(date(2026, 1, 5))


def test_a_year_without_a_notice_is_provisional(pack):
    doc = "\n".join(line for line in YEAR.split("\n") if not line.startswith("notice"))
    year = parse_calendar_year(read_table(doc, "f"), pack.cites)
    assert make_calendar({year.id: year}).is_provisional(date(2026, 1, 5))


@pytest.mark.parametrize("key", ["holidays: [2026", "makeup_workdays: [2026"])
def test_a_day_of_another_year_is_refused(pack, key):
    with pytest.raises(errors.LawWrongShape, match="days of 2026"):
        parse_calendar_year(read_table(YEAR.replace(key, key.replace("2026", "2025")), "f"), pack.cites)


def test_the_shipped_pack_has_its_registers(pack):
    assert {"trademark"} <= set(pack.rights)
    assert pack.places["360000"].name.zh == "江西省"
    assert pack.organ_kinds
    assert pack.calendar.is_working(date(2026, 11, 25))
