"""Search: references first, two characters are enough, width and case do not matter, as of a day."""

from datetime import date

import pytest

from zhibao.apps.library import queries
from zhibao.apps.library.searching import excerpt_of, words_of
from zhibao.apps.library.texts.references import Reference, read_reference
from zhibao.apps.organs.law import current_pack
from zhibao.kernel.citations import Citation

pytestmark = pytest.mark.django_db
LAW = "cn.tea-labels"


def kinds(page):
    return [one.kind for one in page.page.items]


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("茶标法第四条之一", Reference((LAW,), "4-1")),
        ("《中华人民共和国茶叶标识法》第4条", Reference((LAW,), "4")),
        ("茶标法４条", Reference((LAW,), "4")),
        ("茶叶标识法第三条第一款第（二）项", Reference((LAW,), "3", 1, 2)),
        ("茶叶标识法第三条第一款第二项", Reference((LAW,), "3", 1, 2)),
        ("cn.tea-labels/3/1/2", Reference((LAW,), "3", 1, 2)),
        ("cn.tea-labels@2026/5", Reference((LAW,), "5", None, None, "2026")),
        ("Tea Labelling Law art. 4-1", Reference((LAW,), "4-1")),
        ("法释〔2025〕5号第三条", Reference(("cn.fashi-2025-5",), "3")),
        ("法释[2025]5号3条", Reference(("cn.fashi-2025-5",), "3")),
        ("刑法219条之一", Reference(("cn.criminal-law",), "219-1")),
        ("第六十条", Reference((), "60")),
    ],
)
def test_references_are_read_as_people_type_them(typed, want):
    assert read_reference(typed, current_pack().instruments.values()) == want


@pytest.mark.parametrize("typed", ["茶叶", "没有这部法第三条", "cn.nothing/3", "第条", "第十百条", ""])
def test_what_is_no_reference_is_none(typed):
    assert read_reference(typed, current_pack().instruments.values()) is None


def test_the_article_named_stands_first_in_each_version_the_one_of_today_before_the_others(both, handler):
    found = queries.search(handler, "茶标法第四条", today=date(2026, 11, 23)).page.items
    assert [(one.kind, one.cite) for one in found[:2]] == [
        ("reference", Citation(LAW, "2019", "4")),
        ("reference", Citation(LAW, "2026", "4")),
    ]
    later = queries.search(handler, "茶标法第四条", today=date(2027, 2, 1)).page.items
    assert later[0].cite.version == "2026"
    asof = queries.search(handler, "茶标法第四条", day=date(2027, 2, 1))
    assert (asof.counts["reference"], asof.page.items[0].cite.version) == (1, "2026")
    assert queries.search(handler, "cn.tea-labels@2019/4").counts["reference"] == 1


def test_a_reference_without_a_text_shows_our_gist(handler):
    found = queries.search(handler, "茶标法第四条之一").page.items[0]
    assert (found.kind, found.excerpt[0].text) == ("reference", "不答复的罚款")


def test_two_characters_find_articles_and_mark_them(both, handler):
    found = queries.search(handler, "罚款", kind="article").page.items
    mine = [one for one in found if one.cite and one.cite.instrument == LAW]
    assert {(one.cite.version, one.cite.article) for one in mine} == {("2019", "4-1"), ("2026", "6")}
    assert [bit.text for bit in mine[0].excerpt if bit.hit] == ["罚款"]


def test_all_words_must_be_there(both, handler):
    found = queries.search(handler, "茶叶局 罚款", kind="article")
    assert {one.where for one in found.page.items} == {"第四条之一", "第六条"}
    assert queries.search(handler, "茶叶局 骆驼").page.total == 0


def test_width_and_spaces_do_not_matter(both, handler):
    for query in ("2027年1月1日", "２０２７年１月１日"):
        found = queries.search(handler, query, kind="article").page.items
        assert ("第七条", "2026") in {(one.where, one.cite and one.cite.version) for one in found}


def test_the_article_that_is_most_about_it_stands_first(bring_in, handler):
    bring_in(
        "# 水法\n第一条 水温。\n第二条 甲乙丙丁戊己庚辛壬癸，甲乙丙丁戊己庚辛壬癸，水温甲乙丙丁戊己庚辛壬癸。",
        "water.md",
    )
    found = queries.search(handler, "水温", kind="article").page.items
    assert [one.where for one in found] == ["第一条", "第二条"]
    assert found[0].cite is None
    assert found[0].text


def test_an_unmatched_text_is_found_but_not_as_of_a_day(bring_in, handler):
    bring_in("# 水法\n第一条 泉水。", "water.md")
    assert queries.search(handler, "泉水").counts["article"] == 1
    assert queries.search(handler, "泉水", day=date(2026, 11, 23)).counts["article"] == 0


def test_a_replaced_text_is_not_found(bring_in, handler):
    from tests.apps.library.statutes import OLD

    bring_in(OLD)
    bring_in(OLD.replace("冬茶", "秋茶"))
    assert queries.search(handler, "冬茶").counts["article"] == 0
    assert queries.search(handler, "秋茶").counts["article"] == 1


def test_gists_are_found_without_a_text_and_once_with_one(handler, bring_in):
    assert queries.search(handler, "答复异议", kind="article").page.total == 2
    from tests.apps.library.statutes import OLD

    bring_in(OLD.replace("收到异议之日起十五日内答复", "答复异议"))
    found = queries.search(handler, "答复异议", kind="article").page
    assert found.total == 2
    assert found.items[0].text


def test_instruments_are_found_by_name_number_and_english(handler):
    for query in ("茶叶标识", "Tea Labelling", "茶标法"):
        assert queries.search(handler, query, kind="instrument").page.items[0].id == LAW
    assert queries.search(handler, "茶标法", kind="instrument", day=date(2001, 1, 1)).page.total == 0


def test_rules_are_found_by_id_title_and_by_what_they_say(handler):
    by_id = queries.search(handler, "tea.reply").page.items[0]
    assert (by_id.kind, by_id.section, by_id.id) == ("rule", "deadlines", "tea.reply")
    assert queries.search(handler, "答复异议的期限", kind="rule").page.items[0].id == "tea.reply"
    said = [one.id for one in queries.search(handler, "tea.reply 20", kind="rule").page.items]
    assert said == ["tea.reply"]
    assert queries.search(handler, "tea.reply", kind="rule", day=date(2001, 1, 1)).page.total == 0


def test_pages_are_cut_after_all_is_ranked(both, handler):
    first = queries.search(handler, "茶叶", page=1, size=2)
    second = queries.search(handler, "茶叶", page=2, size=2)
    assert first.page.total == second.page.total > 4
    assert not set(map(id, first.page.items)) & set(map(id, second.page.items))
    assert queries.search(handler, "茶叶", page=10_000, size=2).page.number == first.page.pages


@pytest.mark.parametrize(
    "query", ["", "   ", "%", "_", "'; DROP TABLE", "\\", "茶" * 5000, "( 。[", "\x00", "\ud800茶"]
)
def test_any_text_may_be_searched_for(both, handler, query):
    found = queries.search(handler, query)
    assert found.page.total == sum(found.counts.values())
    assert query not in {"%", "_"} or found.counts["article"] == 0


def test_words_are_folded_and_counted_once():
    assert words_of("商标 ＡＢ ab，茶、茶") == ("商标", "ab", "茶")


def test_an_excerpt_is_part_of_the_body_with_every_word_marked():
    body = "甲" * 200 + "茶 商答复，茶商" + "乙" * 300
    bits = excerpt_of(body, ("茶商", "答复"))
    assert "".join(bit.text for bit in bits) in body
    assert [bit.text for bit in bits if bit.hit] == ["茶 商答复", "茶商"]
    assert excerpt_of("甲乙", ("丙",)) == excerpt_of("甲乙", ())
    assert excerpt_of("", ("丙",)) == ()
