"""Sentences quote what was given without being harmed by it: bounded, printable, and never an order to a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.errors import LONGEST_DATUM, BadDay, BadMoney, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("2026.2.30", "2026.2.30"),
        ("青釉坊　茶具", "青釉坊　茶具"),
        ("1\u200b0", "1\\u200b0"),
        ("\u202e10", "\\u202e10"),
        ("a\x00b", "a\\x00b"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\ud800", "\\ud800"),
        ("𠮷😀", "𠮷😀"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, seen):
    assert visible(text) == seen


def test_long_texts_are_cut_in_sentence_hint_and_place():
    error = BadMoney(text="9" * 100_000, where="x" * 100_000)
    told = error.as_json("zh")
    assert max(map(len, told.values())) < LONGEST_DATUM + 100
    assert told["message"].startswith("「999")
    assert error.data["text"] == "9" * 100_000


@given(st.text(max_size=600) | st.text(st.characters(categories=["Cs", "Cc", "Cf"]), max_size=20))
def test_every_sentence_can_be_printed(text):
    for lang in ("zh", "en"):
        said = BadDay(text=text, where=text).as_json(lang)
        assert "".join(said.values()).encode()
        assert not any(char in "\x00\x1b\u202e\u200b" for char in said["message"])
