import re

from zhibao.web.parts.bars import Bar, clock_bar, limit_bar, share_bar


def rects(svg, kind):
    return re.findall(rf'<rect[^>]* class="{kind}"[^>]*>', svg)


def test_length_is_the_time_allowed_and_the_fill_is_what_was_used():
    svg = clock_bar(Bar(used=76, allowed=90, tone="run"))
    assert 'width="84.44%"' in rects(svg, "run")[0]
    assert 'x1="100.00%"' in re.search(r'<line class="end"[^>]*>', svg)[0]
    assert not rects(svg, "over")


def test_each_pause_is_a_cut_at_what_had_been_used_and_takes_no_length():
    svg = clock_bar(Bar(used=76, allowed=90, tone="run", pauses=(6, 21)))
    assert re.findall(r'<svg x="([\d.]+)%"', svg) == ["6.67", "23.33"]
    assert 'width="84.44%"' in rects(svg, "run")[0]


def test_past_the_end_is_a_hatched_red_stretch():
    svg = clock_bar(Bar(used=8, allowed=7, tone="over"))
    inside, past = rects(svg, "over")
    assert 'width="87.50%"' in inside
    assert 'x="87.50%"' in past
    assert 'width="12.50%"' in past
    assert 'fill="url(#hatch)"' in svg


def test_an_extension_shows_the_end_before_it():
    svg = clock_bar(Bar(used=20, allowed=30, tone="run", before_extension=15))
    assert 'x1="50.00%"' in re.search(r'<line class="ext"[^>]*>', svg)[0]


def test_a_clock_without_a_length_is_only_a_track():
    svg = clock_bar(Bar(used=0, allowed=0, tone="run"))
    assert 'class="end"' not in svg
    assert 'width="100.00%"' in rects(svg, "track")[0]


def test_a_limit_is_an_upright_and_the_greater_takes_most_of_the_width():
    svg = limit_bar(285_204, 500_000)
    assert 'width="52.82%"' in rects(svg, "run")[0]
    assert 'x1="92.59%"' in re.search(r'<line class="end"[^>]*>', svg)[0]


def test_a_share_is_a_met_bar():
    assert 'width="83.00%"' in rects(share_bar(0.83), "met")[0]


def test_bars_are_hidden_from_screen_readers_because_words_stand_beside_them():
    assert 'aria-hidden="true"' in clock_bar(Bar(1, 2, "run"))
