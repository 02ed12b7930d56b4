import pytest

from zhibao.matching.fold import cells_of
from zhibao.matching.model import Mark
from zhibao.matching.reference import screen_slowly
from zhibao.matching.registry import CHANNELS, LIKENESS, SIGNALS, weakest_first
from zhibao.matching.screen import Screener
from zhibao.matching.signals import confusable, homophone
from zhibao.matching.signals.exact import is_exact
from zhibao.matching.signals.separator import differs
from zhibao.matching.signals.signal import never, no_codes

EXAMPLES = [(signal.name, *example) for signal in SIGNALS for example in signal.examples]


@pytest.mark.parametrize(("name", "mark", "text", "found"), EXAMPLES)
def test_each_signal_keeps_its_own_examples(name, mark, text, found):
    marks = [Mark("1", mark)]
    matches = screen_slowly(marks, text)
    assert [match.channel for match in matches] == ([name] if found else [])
    assert Screener(marks).screen(text) == matches


def test_every_signal_has_an_example_that_is_found_and_one_that_is_not():
    for signal in SIGNALS:
        assert {found for _, _, found in signal.examples} == {True, False}, signal.name


def test_names_are_unique_and_weakest_comes_first():
    assert len(set(CHANNELS)) == len(SIGNALS)
    assert weakest_first({"width", "homophone", "case"}) == ["homophone", "case", "width"]


@pytest.mark.parametrize("signal", LIKENESS, ids=lambda signal: signal.name)
def test_what_is_alike_shares_the_code_it_is_looked_up_by(signal):
    chars = "赣江月越岳姜诗思乐月长张GgIl1|0oОоé𠮷一あ7"
    cells = [cell for char in chars for cell in cells_of(char)]
    pairs = [(mark, seen) for mark in cells for seen in cells if mark.char != seen.char and signal.alike(mark, seen)]
    assert pairs
    for mark, seen in pairs:
        assert signal.codes(seen)[0] in signal.codes(mark)


def cell(char):
    return cells_of(char)[0]


def test_a_polyphone_of_the_mark_is_heard_in_each_reading_but_what_is_seen_in_its_commonest():
    assert homophone.readings("乐") == ("le", "yue")
    assert homophone.alike(cell("乐"), cell("月")) == homophone.SAME
    assert homophone.alike(cell("月"), cell("乐")) == 0


def test_near_sounds_are_worth_less_than_the_same_sound():
    assert homophone.alike(cell("诗"), cell("师")) == 85
    assert homophone.alike(cell("诗"), cell("思")) == 75
    assert (homophone.reading_mark(cell("诗"), cell("思")), homophone.reading_seen(cell("思"))) == ("shi", "si")
    assert homophone.alike(cell("诗"), cell("诗")) == 0


@pytest.mark.parametrize(("one", "other"), [("zhang", "zan"), ("shi", "si"), ("ling", "nin"), ("cheng", "cen")])
def test_sounds_that_many_do_not_part(one, other):
    assert homophone.blurred(one) == homophone.blurred(other)


def test_what_is_no_sound_and_no_letter_has_no_code():
    assert homophone.codes(cell("g")) == ()
    assert confusable.codes(cell("月")) == ()
    assert no_codes(cell("月")) == ()
    assert never(cell("月"), cell("月")) == 0


@pytest.mark.parametrize(
    ("mark", "seen", "likeness"),
    [("o", "о", 95), ("o", "0", 90), ("l", "I", 90), ("e", "3", 80), ("l", "i", 0), ("a", "b", 0), ("1", "l", 90)],
)
def test_how_much_a_letter_looks_like_another(mark, seen, likeness):
    assert confusable.alike(cell(mark), cell(seen)) == likeness


def test_exact_and_separator_compare_texts():
    assert is_exact("月", "月")
    assert not is_exact("é", "e\u0301")
    assert differs("", "·")
    assert not differs("·", "·")
