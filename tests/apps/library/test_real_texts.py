"""The real texts of some 190 laws: split as their own count of articles says, matched, searched and compared.

They are read from the folder that ZHIBAO_DATA names and are no part of the product.
"""

import gzip
import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from zhibao.apps.library import queries
from zhibao.apps.library.models import LawArticle, LawText
from zhibao.kernel.errors import ZhibaoError

DATA = Path(os.environ.get("ZHIBAO_DATA", "")) / "iplaw"
pytestmark = [
    pytest.mark.data,
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not os.environ.get("ZHIBAO_DATA") or not DATA.is_dir(), reason="ZHIBAO_DATA names no folder with iplaw"
    ),
]
PACK_OF = {
    "trademark-law": "cn.trademark-law",
    "anti-unfair-competition-law": "cn.unfair-competition-law",
    "arbitration-law": "cn.arbitration-law",
    "civil-procedure-law": "cn.civil-procedure",
    "ip-tribunal-rules": "cn.spc-ip-tribunal",
    "patent-rules": "cn.patent-rules",
    "administrative-penalty-law": "cn.penalty-law",
    "patent-law": "cn.patent-law",
    "copyright-law": "cn.copyright-law",
    "transfer-rules": "cn.transfer-rules",
}


@pytest.fixture
def versions(bring_in):
    rows = json.loads((DATA / "versions.json").read_text())
    return {row["file"]: (row, bring_in((DATA / row["file"]).read_bytes(), Path(row["file"]).name)) for row in rows}


@pytest.fixture
def all_texts(bring_in, versions):
    kept, refused = {}, {}
    with gzip.open(DATA / "iplaw_texts.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            try:
                kept[row["path"]] = (row, bring_in(row["text"], Path(row["path"]).name))
            except ZhibaoError as error:
                refused[row["path"]] = (row, error)
    return kept, refused


def test_every_version_is_told_by_its_title_and_days(versions):
    for row, done in versions.values():
        text = done.text
        if row["file"] == "versions/patent-rules-2010.md":  # its head names no day of the version it is
            assert text.state == "unmatched"
            continue
        assert (text.instrument, text.version) == (PACK_OF[row["law"]], row["version"]), row["file"]
        assert not done.text.notes, row["file"]


def test_the_pack_cites_nothing_the_texts_do_not_have(versions, law_officer):
    found = queries.text_findings(law_officer)
    assert [(one.cite.to_text(), one.says.zh, one.where) for one in found] == []


def test_likeness_finds_the_articles_the_renumbering_table_names(versions, handler, monkeypatch):
    from zhibao.apps.library import comparing

    told = queries.compare_versions(handler, "cn.trademark-law", "2019", "2026")
    table = {row.old.number: row.new.number for row in told.rows if row.how == "table"}
    assert len(table) >= 10
    monkeypatch.setattr(comparing, "_by_table", lambda *_args: {})
    guessed = queries.compare_versions(handler, "cn.trademark-law", "2019", "2026")
    alike = {row.old.number: row.new.number for row in guessed.rows if row.old and row.new}
    right = sum(1 for old, new in table.items() if alike.get(old) == new)
    assert right >= 0.85 * len(table), {
        old: (new, alike.get(old)) for old, new in table.items() if alike.get(old) != new
    }


def test_the_days_choose_between_the_trademark_laws(versions, handler):
    last = queries.article_on(handler, "cn.trademark-law", "60", date(2026, 12, 31))
    first = queries.article_on(handler, "cn.trademark-law", "74", date(2027, 1, 1))
    assert "五年内实施两次以上商标侵权行为" in last.paragraphs[1].text
    assert "五年内实施两次以上商标侵权行为" in first.paragraphs[1].text
    assert last.later[0] == first.cite
    assert first.earlier[0] == last.cite


def test_every_text_is_split_into_as_many_articles_as_it_has(all_texts):
    kept, refused = all_texts
    for row, done in kept.values():
        if done.text.unit == "条" and row["n_articles"]:
            stored = LawArticle.objects.filter(text=done.text).exclude(number__startswith="annex").count()
            assert stored == row["n_articles"], row["path"]
    assert {error.code for _, error in refused.values()} == {"law-text-no-articles"}
    assert all(row["n_articles"] == 0 for row, _ in refused.values())
    assert len(kept) >= 150
    assert LawText.objects.filter(state="current").count() >= 40


def test_search_over_all_of_them_is_fast_and_finds_what_is_there(all_texts, handler):
    assert LawArticle.objects.count() > 8000
    for query, first in (
        ("商标法第六十条", "cn.trademark-law"),
        ("刑法219条之一", "cn.criminal-law"),
        ("民法典第一千一百八十五条", "cn.civil-code"),
    ):
        found = queries.search(handler, query, today=date(2026, 11, 23)).page.items[0]
        assert (found.kind, found.cite.instrument) == ("reference", first)
    queries.search(handler, "商标")  # the pack's own words are told once
    took = []
    for query in ("商标", "恶意", "惩罚性赔偿", "移送", "侵权 赔偿", "不存在的词"):
        started = time.perf_counter()
        found = queries.search(handler, query)
        took.append(time.perf_counter() - started)
        for one in found.page.items:
            if one.kind == "article" and one.text:
                assert any(bit.hit for bit in one.excerpt), query
    assert sorted(took)[len(took) // 2] < 2.0, took  # a tenth of this on a quiet machine
