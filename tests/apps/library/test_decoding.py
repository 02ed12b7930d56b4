"""Which files are texts, and what is said of those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.library.statutes import OLD
from zhibao.apps.library.errors import (
    TextEmpty,
    TextFault,
    TextLineTooLong,
    TextNoArticles,
    TextNotReadable,
    TextTooLarge,
    TextTwice,
    TextWrongKind,
)
from zhibao.apps.library.texts import decoding
from zhibao.apps.library.texts.decoding import read_lines
from zhibao.apps.library.texts.reading import read_text


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030")]
)
def test_one_text_in_every_encoding_is_the_same_text(encoding, named):
    read = read_text(OLD.encode(encoding), "law.md")
    assert read.encoding == named
    assert read.text_sha256 == read_text(OLD.encode(), "law.md").text_sha256
    assert read.head.title == "中华人民共和国茶叶标识法"


@pytest.mark.parametrize("raw", [b"", b"  \n\t ", "\u200b\n\ufeff".encode()])
def test_a_file_without_a_word_is_empty(raw):
    with pytest.raises(TextEmpty):
        read_lines(raw, "law.md")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02",
        "第一条".encode("utf-16-le"),
        b"\xff\xff\xff\xff",
        "Łódź, čaj".encode("iso8859-2"),
        b"\xff\xfe\x00",
    ],
)
def test_bytes_of_no_encoding_we_read_are_refused(raw):
    with pytest.raises(TextNotReadable):
        read_lines(raw, "law.md")


@pytest.mark.parametrize("raw", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1", b"{\\rtf1}", b"\x89PNG\r\n", b"\x1f\x8b\x08"])
def test_other_kinds_of_file_are_named(raw):
    with pytest.raises(TextWrongKind) as caught:
        read_lines(raw, "law.md")
    assert "law.md" in caught.value.say("zh")


def test_a_line_of_a_megabyte_is_refused_with_its_number():
    with pytest.raises(TextLineTooLong) as caught:
        read_lines(("第一条 甲。\n" + "茶" * 350_000).encode(), "law.md")
    assert caught.value.where == "law.md:2"


def test_more_than_a_statute_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(decoding, "LIMIT", 100)
    with pytest.raises(TextTooLarge):
        read_lines(OLD.encode(), "law.md")


def test_characters_nobody_sees_are_left_out():
    lines = read_lines("第一条\u200b 甲\u202e。\x07".encode(), "law.md").lines
    assert lines == ("第一条 甲。",)


def refusal(raw):
    try:
        read_text(raw, "x")
    except TextFault as fault:
        return fault
    return None


@given(st.binary(max_size=300))
def test_whatever_the_bytes_they_are_read_or_refused_with_a_sentence(raw):
    fault = refusal(raw)
    assert fault is None or (fault.say("zh") and fault.hint("en"))


@given(st.text(alphabet="第一二条款（）、：\n-#* :{}[]&*!|>'\"%@`之甲。0１\t", max_size=200))
def test_whatever_the_text_it_is_read_or_refused_with_a_sentence(text):
    fault = refusal(text.encode())
    assert (
        fault is None or fault.code == "law-text-bad-head" or isinstance(fault, TextNoArticles | TextTwice | TextEmpty)
    )
