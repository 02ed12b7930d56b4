"""Word files as lines: their own numbering is written out, and what a text of law has no use for keeps them out."""

import io
import zipfile

import docx as python_docx
import pytest

from tests.apps.library.statutes import OLD
from tests.apps.library.words import W, document, docx, numbering, paragraph
from zhibao.apps.library.errors import TextBomb, TextBroken, TextHasMacros, TextWrongKind
from zhibao.apps.library.texts import word
from zhibao.apps.library.texts.reading import read_text
from zhibao.apps.library.texts.word import lines_of_word


def test_word_and_markdown_of_one_law_are_the_same_text():
    written = python_docx.Document()
    for line in OLD.replace("*", "").replace("#", "").split("\n"):
        written.add_paragraph(line)
    out = io.BytesIO()
    written.save(out)
    read = read_text(out.getvalue(), "law.docx")
    assert (read.kind, read.encoding) == ("word", "")
    assert read.text_sha256 == read_text(OLD.encode(), "law.md").text_sha256


def test_words_own_numbers_are_written_out():
    body = document(
        paragraph("茶法"),
        paragraph("总则", number=(7, 0)),
        paragraph("甲。", number=(7, 1)),
        paragraph("乙。", number=(7, 1)),
        paragraph("产地；", number=(7, 2)),
        paragraph("附则", number=(7, 0)),
        paragraph("", number=(7, 1)),
    )
    lines = lines_of_word(docx(body, numbers=numbering("第%1章", "第%2条", "（%3）")), "law.docx")
    assert lines == ["茶法", "第一章　总则", "第一条　甲。", "第二条　乙。", "（一）　产地；", "第二章　附则", ""]


def test_plain_numbers_and_unknown_lists_are_no_trouble():
    body = document(paragraph("甲", number=(7, 0)), paragraph("乙", number=(9, 0)), paragraph("丙", number=(7, 5)))
    assert lines_of_word(docx(body, numbers=numbering("%1.", form="decimal")), "x") == ["1.　甲", "乙", "丙"]


def test_the_contents_word_makes_and_what_was_deleted_are_left_out():
    deleted = "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    broken = "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p>"
    assert lines_of_word(docx(document(paragraph("第一条 1", style="TOC1"), deleted, broken)), "x") == [
        "新",
        "上",
        "下 右",
    ]


def test_a_file_with_macros_is_not_opened():
    with pytest.raises(TextHasMacros):
        lines_of_word(docx(document(paragraph("第一条 甲。")), word__vbaProject_dot_bin=b"x"), "law.docx")


def test_a_bomb_is_not_unpacked():
    body = document(paragraph("茶" * 6_000_000))
    with pytest.raises(TextBomb):
        lines_of_word(docx(body), "law.docx")


def test_a_body_larger_than_any_law_is_not_read(monkeypatch):
    monkeypatch.setattr(word, "PART_LIMIT", 100)
    with pytest.raises(TextBomb):
        lines_of_word(docx(document(paragraph("第一条 甲。"))), "law.docx")


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(docx(document(paragraph("第一条 甲。"))))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("word/document.xml", document(paragraph("第二条 乙。")))
    with pytest.raises(TextBomb):
        lines_of_word(out.getvalue(), "law.docx")


def test_an_archive_that_is_no_word_file_is_named_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "第一条 甲。")
    with pytest.raises(TextWrongKind):
        lines_of_word(out.getvalue(), "law.zip")


@pytest.mark.parametrize(
    "body",
    [
        "<w:document",
        f'<!DOCTYPE x [<!ENTITY a "茶">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>',
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {W}>&a;</w:document>',
    ],
)
def test_xml_that_is_broken_or_declares_entities_is_refused(body):
    with pytest.raises(TextBroken):
        lines_of_word(docx(body), "law.docx")


def test_a_torn_file_is_refused():
    raw = docx(document(paragraph("第一条 甲。")))
    with pytest.raises(TextBroken):
        lines_of_word(raw[: len(raw) // 2], "law.docx")
