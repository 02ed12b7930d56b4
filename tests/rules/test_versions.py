"""Both ends of a span count; versions neither overlap nor leave days open without saying so."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.rules import errors
from zhibao.rules.read import read_table
from zhibao.rules.versions import (
    Confidence,
    Span,
    check_versions,
    in_force,
    read_confidence,
    read_gaps,
    read_span,
)


@dataclass(frozen=True)
class V:
    span: Span
    where: str = "f:1"


def v(first, last=None):
    return V(Span(date.fromisoformat(first), date.fromisoformat(last) if last else None))


def test_both_ends_are_in_force():
    span = v("2004-12-22", "2025-04-25").span
    assert [span.contains(date.fromisoformat(day)) for day in ("2004-12-21", "2004-12-22", "2025-04-25", "2025-04-26")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert v("2025-04-26").span.contains(date(9999, 1, 1))


def test_the_version_in_force_is_found_on_each_side_of_a_switch():
    versions = [v("2025-04-26"), v("2004-12-22", "2025-04-25")]
    assert in_force(versions, date(2025, 4, 25)) is versions[1]
    assert in_force(versions, date(2025, 4, 26)) is versions[0]
    assert in_force(versions, date(2004, 12, 21)) is None


def test_versions_that_touch_are_fine_in_any_order():
    check_versions([v("2025-04-26"), v("2004-12-22", "2025-04-25")])
    check_versions([])


def test_a_stated_gap_is_fine():
    gaps = read_gaps(read_table("gaps: [{from: 2021-01-01, to: 2021-12-31, why: {zh: 空, en: none}}]", "f"))
    check_versions([v("2020-01-01", "2020-12-31"), v("2022-01-01")], gaps)
    with pytest.raises(errors.LawGap):
        check_versions([v("2020-01-01", "2020-12-31"), v("2022-01-01")])


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(-500, 3000))
def test_one_version_and_only_one_holds_on_each_day_covered(lengths, offset):
    start = date(2000, 1, 1).toordinal()
    versions, at = [], start
    for length in lengths:
        versions.append(V(Span(date.fromordinal(at), date.fromordinal(at + length - 1))))
        at += length
    check_versions(versions)
    day = date.fromordinal(start + offset)
    holding = [version for version in versions if version.span.contains(day)]
    assert len(holding) == (1 if 0 <= offset < sum(lengths) else 0)
    assert in_force(versions, day) == (holding[0] if holding else None)


def test_dates_and_confidence_are_read_or_asked_for():
    assert read_span(read_table("from: 2020-01-01", "f")) == Span(date(2020, 1, 1))
    assert read_confidence(read_table("confidence: secondary", "f")) is Confidence.SECONDARY
    assert read_confidence(read_table("a: 1", "f"), Confidence.TEXT) is Confidence.TEXT
    with pytest.raises(errors.LawNoConfidence):
        read_confidence(read_table("a: 1", "f"))
    with pytest.raises(errors.LawNotOneOf):
        read_confidence(read_table("confidence: sure", "f"))


def test_confidence_has_a_name_in_both_languages():
    assert (Confidence.UNCONFIRMED.label.zh, Confidence.TEXT.label.en) == ("未核实", "read in the text")
