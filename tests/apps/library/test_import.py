"""Bringing in texts: kept once, given to their version, told when they do not agree with the pack."""

import pytest

from tests.apps.library.statutes import NEW, OLD
from tests.apps.library.words import document, docx, paragraph
from zhibao.apps.library import queries
from zhibao.apps.library.actions.import_text import import_text
from zhibao.apps.library.actions.tell_text import tell_text
from zhibao.apps.library.errors import NoSuchVersion, TextNotFound, TextTwice
from zhibao.apps.library.models import LawArticle, LawEvent, LawText
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.kernel.citations import Citation

pytestmark = pytest.mark.django_db
OTHER = OLD.replace("冬茶", "秋茶")


def rows():
    return LawText.objects.count(), LawArticle.objects.count(), LawEvent.objects.count()


def test_a_text_is_kept_with_its_articles_digest_and_who_and_when(bring_in, law_officer, now):
    done = bring_in(OLD)
    text = LawText.objects.get()
    assert (done.made, done.articles, done.text) == (True, 7, text)
    assert (text.state, text.instrument, text.version, text.how) == ("current", "cn.tea-labels", "2019", "title")
    assert (text.by, text.at, text.source_name, text.kind) == (law_officer, now, "茶叶标识法.md", "markdown")
    assert len(text.sha256) == 64
    third = text.articles.get(number="3")
    assert third.path == ["第二章 标识", "第一节 一般规定"]
    assert [len(one["items"]) for one in third.paragraphs] == [3, 0]
    event = LawEvent.objects.get()
    assert (event.kind, event.subject, event.by, event.organ) == (
        "text-imported",
        str(text.pk),
        law_officer,
        law_officer.organ,
    )


@pytest.mark.parametrize("again", [OLD.encode(), OLD.encode("gb18030"), OLD.replace("*", "").encode()])
def test_importing_the_same_text_again_changes_nothing(bring_in, again):
    first = bring_in(OLD)
    before = rows()
    second = bring_in(again, "another-name.md")
    assert (second.made, second.text) == (False, first.text)
    assert rows() == before


def test_the_same_law_from_word_is_the_same_text(bring_in):
    bring_in(OLD)
    body = document(*(paragraph(line) for line in OLD.replace("*", "").replace("#", "").split("\n")))
    assert not bring_in(docx(body), "law.docx").made


def test_another_text_of_the_same_version_takes_its_place_and_the_first_is_kept(bring_in):
    first, second = bring_in(OLD).text, bring_in(OTHER).text
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "current")
    before = rows()
    assert not bring_in(OLD).made  # known already: importing a folder again does not turn the two round
    assert rows() == before


def test_a_replaced_text_is_shown_again_when_somebody_says_so(bring_in, law_officer, now):
    first, second = bring_in(OLD).text, bring_in(OTHER).text
    tell_text(actor=law_officer, text_id=first.pk, instrument="cn.tea-labels", version="2019", now=now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("current", "replaced")


def test_parts_of_a_code_stand_side_by_side(bring_in):
    for number in (1, 2):
        bring_in(f"# 茶叶标识法\n2019年12月28日通过\n第{'一二'[number - 1]}条 甲。", f"part{number}.md")
    assert set(LawText.objects.values_list("state", flat=True)) == {"current"}


def test_a_text_of_no_known_law_is_kept_with_the_reason(bring_in):
    text = bring_in("# 水法\n2020年1月1日通过\n第一条 甲。").text
    assert (text.state, text.instrument, text.why["code"]) == ("unmatched", "", "no-instrument")
    assert "水法" in text.why["zh"]
    before = rows()
    assert not bring_in("# 水法\n2020年1月1日通过\n第一条 甲。").made
    assert rows() == before


def test_an_unmatched_text_is_told_what_it_is(bring_in, law_officer, now):
    text = bring_in("# 水法\n第一条 甲。").text
    told = tell_text(actor=law_officer, text_id=text.pk, instrument="cn.tea-labels", version="2026", now=now)
    assert (told.state, told.version, told.how) == ("current", "2026", "told")
    assert LawEvent.objects.filter(kind="text-told", subject=str(text.pk)).count() == 1
    tell_text(actor=law_officer, text_id=text.pk, instrument="cn.tea-labels", version="2026", now=now)
    assert LawEvent.objects.filter(kind="text-told").count() == 1  # told already
    assert not bring_in("# 水法\n第一条 甲。").made  # the file itself still does not say: what was told stays


def test_the_words_that_waited_are_given_to_their_version_when_told_with_the_file(bring_in):
    waiting = bring_in("# 水法\n第一条 甲。").text
    done = bring_in("# 水法\n第一条 甲。", instrument="cn.tea-labels", version="2026")
    assert (done.text.pk, done.text.state, LawText.objects.count()) == (waiting.pk, "current", 1)


@pytest.mark.parametrize(("instrument", "version"), [("cn.tea-labels", "1999"), ("cn.coffee", "2019")])
def test_a_version_nobody_knows_is_refused_with_those_that_are(bring_in, law_officer, now, instrument, version):
    with pytest.raises(NoSuchVersion) as caught:
        bring_in(OLD, instrument=instrument, version=version)
    assert caught.value.hint("zh")
    assert rows() == (0, 0, 0)
    text = bring_in(OLD).text
    with pytest.raises(NoSuchVersion):
        tell_text(actor=law_officer, text_id=text.pk, instrument=instrument, version=version, now=now)


def test_names_and_sources_that_no_database_keeps_are_kept_without_what_is_wrong_with_them(bring_in, law_officer):
    beside = b'source: "\\0https://example.org"\ntitle: "\\0\xe6\xb0\xb4\xe6\xb3\x95"\n'
    text = bring_in("第一条 甲。", "a\x00b\ud800.md", sidecar=beside).text
    text.refresh_from_db()
    assert (text.source_name, text.source, text.title) == ("ab.md", "https://example.org", "水法")
    assert queries.texts(law_officer, text="\x00水\ud800", instrument="\x00").total == 1


def test_a_file_that_is_no_law_leaves_nothing(bring_in):
    with pytest.raises(TextTwice):
        bring_in("第一条 甲。\n第一条 乙。")
    assert rows() == (0, 0, 0)


def test_only_law_officers_and_administrators_import(handler, head, supervisor, analyst, admin, now):
    for person in (handler, head, supervisor, analyst):
        with pytest.raises(DeedNotAllowed):
            import_text(actor=person, raw=OLD.encode(), name="x.md", now=now)
        with pytest.raises(DeedNotAllowed):
            tell_text(actor=person, text_id=1, instrument="cn.tea-labels", version="2019", now=now)
    assert rows() == (0, 0, 0)
    assert import_text(actor=admin, raw=OLD.encode(), name="x.md", now=now).made


def test_a_text_that_is_not_there_is_not_found(law_officer, now):
    with pytest.raises(TextNotFound):
        tell_text(actor=law_officer, text_id=99, instrument="cn.tea-labels", version="2019", now=now)


def test_a_text_that_agrees_with_the_pack_gives_no_finding(bring_in, both, law_officer):
    assert queries.text_findings(law_officer) == ()


def test_what_the_pack_cites_and_the_text_lacks_is_a_finding(bring_in, law_officer):
    short = NEW.replace("第六条 茶商不在期限内答复的，由茶叶局处一万元以上五十万元以下的罚款。\n", "").replace(
        "（四）水温。\n", ""
    )
    done = bring_in(short)
    told = {one.cite.to_text(): one for one in done.findings}
    assert told.keys() == {"cn.tea-labels@2026/6", "cn.tea-labels@2026/4/1"}
    assert told["cn.tea-labels@2026/6"].kind == "no-article"
    assert told["cn.tea-labels@2026/4/1"].says.en == "Paragraph 1 of 第四条 has 3 items; the pack says 4."
    assert told["cn.tea-labels@2026/6"].where.startswith("law/cn-tea/instruments/tea-labels.yaml:")
    assert [note["line"] for note in done.text.notes] == [16]  # the gap itself, too
    assert queries.text_findings(law_officer) == tuple(sorted(done.findings, key=lambda one: one.cite.to_text()))


def test_a_paragraph_the_text_lacks_is_a_finding(bring_in):
    done = bring_in(OLD.replace("前款第三项的姓名可以写别号。", ""))
    assert [(one.kind, one.cite) for one in done.findings] == [
        ("no-paragraph", Citation("cn.tea-labels", "2019", "3", 2))
    ]


def test_a_part_of_a_code_says_nothing_of_articles_it_does_not_reach(bring_in):
    done = bring_in("# 茶叶标识法\n2019年12月28日通过\n第五条 甲。\n第六条 乙。")
    assert done.findings == ()


def test_a_version_that_left_the_pack_is_a_finding(bring_in, law_officer):
    text = bring_in(OLD).text
    LawText.objects.filter(pk=text.pk).update(version="1988")
    assert [one.kind for one in queries.text_findings(law_officer)] == ["no-version"]


def test_texts_are_listed_by_state_title_and_instrument(bring_in, both, law_officer):
    bring_in("# 水法\n第一条 甲。")
    assert queries.texts(law_officer).total == 3
    assert queries.texts(law_officer, state="unmatched").total == 1
    assert queries.texts(law_officer, text="水").total == 1
    assert queries.texts(law_officer, instrument="cn.tea-labels").total == 2
