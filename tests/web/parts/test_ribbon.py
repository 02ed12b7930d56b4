import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.web.parts.ribbon import WIDTH, Stretch, ribbon_sentence, version_ribbon

OLD = Stretch(date(2014, 5, 1), date(2019, 10, 31), "2013 第60条")
HERE = Stretch(date(2019, 11, 1), date(2026, 12, 31), "2019 第60条")
COMING = Stretch(date(2027, 1, 1), None, "2026 第74条")
TODAY = date(2026, 11, 23)


def flag(svg):
    return float(re.search(r'x1="([\d.]+)"', svg).group(1))


def boxes(svg):
    return [(float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)" y="20" width="([\d.]+)"', svg)]


def test_the_text_of_the_day_the_ended_and_the_coming_are_drawn_differently():
    svg = version_ribbon([COMING, OLD, HERE], TODAY, "今天")
    shapes = re.findall(r"<rect[^>]*>", svg)
    assert "url(#rest)" in shapes[0]
    assert 'data-s="run"' in shapes[1]
    assert "stroke-dasharray" in shapes[2]


def test_the_day_stands_where_it_falls_in_its_version():
    svg = version_ribbon([OLD, HERE, COMING], TODAY, "今天")
    (_, _), (x, width), (_, _) = boxes(svg)
    assert x < flag(svg) < x + width
    assert flag(svg) > flag(version_ribbon([OLD, HERE, COMING], date(2020, 1, 1), "今天"))
    assert "今天" in svg


def test_a_day_before_all_versions_has_no_mark():
    assert "flag" not in version_ribbon([HERE, COMING], date(2010, 1, 1), "那天")


def test_the_sentence_says_the_same():
    assert (
        ribbon_sentence([HERE, COMING])
        == "版本：2019 第60条，2019年11月1日至2026年12月31日；2026 第74条，2027年1月1日起"
    )


@pytest.mark.parametrize("versions", [[], [HERE, HERE], [COMING, Stretch(date(2030, 1, 1), None, "")]])
def test_versions_that_overlap_are_not_drawn(versions):
    with pytest.raises(ValueError, match="follow one another"):
        version_ribbon(versions, TODAY, "今天")


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=9), st.integers(0, 20000))
def test_versions_fill_the_width_and_the_mark_stays_inside(lengths, after):
    first, versions = date(1990, 1, 1).toordinal(), []
    for length in lengths:
        versions.append(Stretch(date.fromordinal(first), date.fromordinal(first + length - 1), "甲"))
        first += length
    svg = version_ribbon(versions, date.fromordinal(date(1990, 1, 1).toordinal() + after), "今")
    drawn = boxes(svg)
    assert abs(drawn[-1][0] + drawn[-1][1] - WIDTH) < 0.1
    assert all(one[0] + one[1] <= two[0] for one, two in pairwise(drawn))
    assert 0 <= flag(svg) <= WIDTH
