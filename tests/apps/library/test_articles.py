"""An article as of a day, with its words where there are some, and its other numbers."""

from datetime import date

import pytest

from zhibao.apps.library import queries
from zhibao.apps.library.articles import article_label
from zhibao.apps.library.errors import ArticleUnknown, NoSuchVersion
from zhibao.kernel.citations import Citation

pytestmark = pytest.mark.django_db
LAW = "cn.tea-labels"
LAST, FIRST = date(2026, 12, 31), date(2027, 1, 1)


def test_the_day_chooses_the_version(both, handler):
    old, new = queries.article_on(handler, LAW, "4", LAST), queries.article_on(handler, LAW, "4", FIRST)
    assert (old.version, new.version) == ("2019", "2026")
    assert old.paragraphs[0].text == "茶商应当在收到异议之日起十五日内答复。"
    assert new.paragraphs[0].items[3].text == "（四）水温。"
    assert (new.gist.en, str(new.confidence), new.official) == (
        "what is written",
        "secondary",
        "https://example.org/tea",
    )


def test_the_same_provision_is_followed_across_the_renumbering(both, handler):
    old = queries.article_on(handler, LAW, "4", LAST)
    assert old.later == (Citation(LAW, "2026", "5"),)
    assert queries.article_on(handler, LAW, "5", FIRST).earlier == (Citation(LAW, "2019", "4"),)
    assert (old.previous, old.next) == ("3", "4-1")


def test_the_words_say_where_they_come_from(both, law_officer, handler, now):
    source = queries.article_on(handler, LAW, "4-1", LAST).source
    assert (source.file, source.by.zh, source.at, source.note) == ("old.md", "周衡", now.date(), None)


def test_without_a_text_there_is_our_gist_and_the_address(handler):
    found = queries.article_on(handler, LAW, "4-1", LAST)
    assert (found.paragraphs, found.source, found.gist.zh, found.label) == (None, None, "不答复的罚款", "第四条之一")
    assert found.official


def test_an_article_only_the_text_has_is_shown_without_a_gist(both, handler):
    found = queries.article_on(handler, LAW, "1", LAST)
    assert found.gist is None
    assert found.paragraphs


@pytest.mark.parametrize(("article", "day"), [("99", LAST), ("4", date(2010, 1, 1)), ("4-1", FIRST), ("\x00", LAST)])
def test_an_article_that_was_not_there_is_not_found(both, handler, article, day):
    with pytest.raises(ArticleUnknown) as caught:
        queries.article_on(handler, LAW, article, day)
    assert day.isoformat() in caught.value.say("zh")


def test_an_unknown_law_or_version_is_told_with_those_that_are(handler):
    with pytest.raises(NoSuchVersion) as caught:
        queries.article_on(handler, "cn.tea-ceremony", "1", LAST)
    assert LAW in caught.value.hint("en")
    with pytest.raises(NoSuchVersion) as caught:
        queries.article_in(handler, LAW, "2020", "1")
    assert "2019, 2026" in caught.value.hint("en")


def test_one_version_is_read_whatever_the_day(both, handler):
    assert queries.article_in(handler, LAW, "2026", "5").first == FIRST


def test_an_instrument_as_of_a_day_lists_its_articles(both, handler):
    view = queries.instrument_on(handler, LAW, LAST)
    assert [one.number for one in view.articles] == ["1", "2", "3", "4", "4-1", "5", "6"]
    assert view.articles[2].begins == "茶叶标识应当写明下列事项："
    assert view.preamble
    assert view.texts.keys() == {"2019", "2026"}
    assert queries.instrument_on(handler, LAW, date(2000, 1, 1)).version is None


def test_an_instrument_without_a_text_lists_what_the_pack_knows(handler):
    view = queries.instrument_on(handler, LAW, FIRST)
    assert [(one.number, one.has_text) for one in view.articles] == [("4", False), ("5", False), ("6", False)]


def test_labels_are_as_people_read_them():
    assert [article_label(one) for one in ("219-1", "60", "annex-2", "preface")] == [
        "第二百一十九条之一", "第六十条", "附件2", "preface",
    ]  # fmt: skip
