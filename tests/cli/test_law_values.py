"""The reference page of all law values: nothing is left out, what is unconfirmed stands at the top, both languages agree."""

import re

import pytest

from scripts.law_values import LEFT_OUT, law_values
from zhibao.rules.versions import Confidence


@pytest.fixture(scope="module")
def pages():
    return {lang: law_values(lang) for lang in ("zh", "en")}


def rows(page):
    return [line for line in page.split("\n") if line.startswith("| `")]


def test_every_entry_has_a_row(pack, pages):
    names_only = {"finding_kinds", "organ_kinds"}  # some of these cite no article: they name a thing
    wanted = {entry.id for section, entry in pack.entries() if section not in LEFT_OUT | names_only}
    for page in pages.values():
        named = {re.match(r"\| `([^`]+)`", row)[1] for row in rows(page)}
        assert wanted <= named


def test_what_is_unconfirmed_is_listed_at_the_top(pack, pages):
    for lang, head in (("zh", "## 未核实的值"), ("en", "## Unconfirmed")):
        top = pages[lang].split(head, 1)[1].split("\n## ", 1)[0]
        for value in pack.values.values():
            unsure = any(version.confidence is Confidence.UNCONFIRMED for version in value.versions)
            assert (f"- `{value.id}` " in top) == unsure, value.id


def test_both_languages_have_the_same_rows(pages):
    assert [row.split("|")[1] for row in rows(pages["zh"])] == [row.split("|")[1] for row in rows(pages["en"])]


def test_amounts_dates_and_articles_are_told(pages):
    (row,) = [row for row in rows(pages["zh"]) if row.startswith("| `adm.hearing.amount`")]
    assert "自然人：10,000.00元以上" in row
    assert "| 2021-07-15 |" in row
    assert "市场监管听证办法第五条第一款第（三）项" in row


def test_the_english_page_is_in_english(pages):
    kept = re.sub(r"`[^`]*`|\| [^|]*(?:号|令|公告|GB/T)[^|]*\|", "", pages["en"])
    seen = set(re.findall(r"[\u4e00-\u9fff]+", kept))
    assert len(seen) < 60, sorted(seen)[:80]


def test_no_row_shows_a_python_word(pages):
    for page in pages.values():
        assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|Citation\(|Label\(", page)
