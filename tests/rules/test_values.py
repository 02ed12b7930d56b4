"""Dated values: what holds on a day, figures that include their limits, one line in both languages."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.errors import NotFound
from zhibao.kernel.labels import Label
from zhibao.rules.values import BOUNDS, Bound, Figure


def test_a_value_is_that_of_the_day(pack):
    cap = pack.values["adm.summary.cap"]
    assert cap.on(date(2021, 7, 14)).figure("citizen").bounds[0].number == 5000
    assert cap.on(date(2021, 7, 15)).figure("citizen").bounds[0].number == 20000
    assert cap.on(date(1990, 1, 1)) is None


def test_a_figure_that_is_not_there_is_told(pack):
    with pytest.raises(NotFound):
        pack.values["adm.summary.cap"].on(date(2026, 1, 1)).figure("weather")


@pytest.mark.parametrize(
    ("entry", "zh", "en"),
    [
        (
            "adm.summary.cap",
            "公民：200.00元以下；法人或者其他组织：3,000.00元以下",
            "citizen: 200.00 yuan or less; entity: 3,000.00 yuan or less",
        ),
        ("enfsup2026", "是", "yes"),
        (
            "cmp.ip_offices",
            "否；只点了药监部门；其他投诉可以参照",
            "no; only drug offices are named; other complaints may refer to it",
        ),
        (
            "ti.scope",
            "(1) 专利；(2) 植物新品种；(3) 集成电路布图设计",
            "(1) patents; (2) plant varieties; (3) layout designs",
        ),
        ("tm.short", "字母数：1个字母以上、2个字母以下", "length: 1 letters or more, 2 letters or less"),
    ],
)
def test_a_value_is_told_in_one_line(pack, entry, zh, en):
    version = pack.values[entry].on(date(2026, 11, 23))
    assert version.told("zh").startswith(zh)
    assert version.told("en").startswith(en)


@given(st.sampled_from(sorted(BOUNDS.values())), st.integers(1, 10**9), st.integers(-3, 3))
def test_a_limit_admits_exactly_its_side(op, limit, away):
    figure = Figure("x", Label("数", "number"), (Bound(op, Fraction(limit)),), "count", None)
    assert figure.admits(limit + away) == eval(f"{away} {op.replace('=', '==') if op == '=' else op} 0")


def test_every_value_has_an_article_dates_and_words_in_both_languages(pack):
    for value in pack.values.values():
        for version in value.versions:
            assert version.cite.version
            assert version.told("zh")
            assert version.told("en").isascii() or "“" in version.told("en")
