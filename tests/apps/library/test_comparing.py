"""Two versions side by side: which article answers to which, and what of it differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.apps.library import queries
from zhibao.apps.library.comparing import changed_rows
from zhibao.apps.library.errors import CannotCompare, NoSuchVersion
from zhibao.apps.library.texts import differing
from zhibao.apps.library.texts.differing import Run, marked, pieces

LAW = "cn.tea-labels"


def side(runs, but):
    return "".join(run.text for run in runs if run.mark != but)


TEXTS = st.text(alphabet="茶商应当十五二日内答复，。\n12a", max_size=40)


@given(TEXTS, TEXTS)
def test_joined_runs_give_both_texts_back_and_share_what_is_the_same(old, new):
    found = marked(old, new)
    assert side(found.old, "new") == old
    assert side(found.new, "gone") == new
    same = [[run.text for run in runs if run.mark == "same"] for runs in (found.old, found.new)]
    assert "".join(same[0]) == "".join(same[1])
    assert found.same == (old == new)


def test_a_number_is_one_piece():
    found = marked("处一万元以上二十五万元以下的罚款", "处一万元以上五十万元以下的罚款")
    assert found.old == (Run("处一万元以上", "same"), Run("二十五万", "gone"), Run("元以下的罚款", "same"))
    assert found.new[1] == Run("五十万", "new")
    assert pieces("第12.5条 ab") == ["第", "12.5", "条", " ", "ab"]


def test_a_lonely_character_between_two_changes_is_part_of_the_change():
    found = marked("由工商局管理", "由税务局办理")
    assert [run.text for run in found.old if run.mark == "gone"] == ["工商局管"]


def test_one_side_alone_is_all_new_or_all_gone():
    assert marked("", "甲").new == (Run("甲", "new"),)
    assert marked("甲", "").old == (Run("甲", "gone"),)
    assert marked("", "").same


def test_very_long_texts_are_compared_by_lines(monkeypatch):
    monkeypatch.setattr(differing, "LONGEST", 5)
    found = marked("甲乙丙丁\n戊己庚", "甲乙丙丁\n戊己辛")
    assert found.old == (Run("甲乙丙丁\n", "same"), Run("戊己庚", "gone"))


@pytest.fixture
def compared(both, handler):
    return queries.compare_versions(handler, LAW, "2019", "2026")


@pytest.mark.django_db
def test_articles_are_paired_by_the_table_else_by_their_words_and_it_is_said(compared):
    pairs = {(row.old and row.old.number, row.new and row.new.number): row for row in compared.rows}
    assert pairs[("3", "4")].how == pairs[("4", "5")].how == "table"
    assert pairs[("4-1", "6")].how == "likeness"
    assert pairs[("4-1", "6")].score > 0.8
    assert pairs[("2", "3")].kind == "renumbered"
    assert pairs[("5", None)].kind == "dropped"
    assert pairs[(None, "2")].kind == "added"
    assert pairs[("1", "1")].kind == "changed"
    assert compared.by_likeness == 4
    assert compared.counts == {"changed": 5, "renumbered": 1, "added": 1, "dropped": 1}


@pytest.mark.django_db
def test_rows_follow_the_newer_text_and_the_dropped_stand_where_they_stood(compared):
    assert [(row.old and row.old.number, row.new and row.new.number) for row in compared.rows] == [
        ("1", "1"), (None, "2"), ("2", "3"), ("3", "4"), ("4", "5"), ("4-1", "6"), ("5", None), ("6", "7"),
    ]  # fmt: skip
    assert len(list(changed_rows(compared))) == len(compared.rows)


@pytest.mark.django_db
def test_the_words_that_differ_are_marked(compared):
    row = next(one for one in compared.rows if one.new and one.new.number == "5")
    assert [run for run in row.words.old if run.mark != "same"] == [Run("十五", "gone")]
    assert [run for run in row.words.new if run.mark != "same"] == [Run("二十", "new")]


@pytest.mark.django_db
def test_one_article_beside_what_it_became(both, handler):
    row = queries.compare_articles(handler, LAW, ("2019", "4"), new_version="2026")
    assert (row.new.number, row.how, row.kind) == ("5", "table", "changed")
    told = queries.compare_articles(handler, LAW, ("2019", "2"), ("2026", "3"))
    assert (told.kind, told.how, told.score) == ("renumbered", "number", 1.0)
    dropped = queries.compare_articles(handler, LAW, ("2019", "5"), new_version="2026")
    assert (dropped.new, dropped.kind) == (None, "dropped")


@pytest.mark.django_db
def test_without_texts_the_gists_are_compared_and_it_is_said(handler):
    found = queries.compare_versions(handler, LAW, "2019", "2026", words=False)
    assert not found.has_words
    assert [(row.old and row.old.number, row.new and row.new.number, row.kind) for row in found.rows] == [
        ("3", "4", "renumbered"), ("4", "5", "renumbered"), ("4-1", None, "dropped"), (None, "6", "added"),
    ]  # fmt: skip
    one = queries.compare_articles(handler, LAW, ("2019", "4"), new_version="2026")
    assert (one.words, one.gists[0].en, one.kind) == (None, "answering objections", "renumbered")


@pytest.mark.django_db
def test_without_texts_articles_of_one_number_are_paired_where_no_table_speaks(handler, settings, tmp_path, tea_pack):
    layer = tmp_path / "law" / "cn-plain"
    (layer / "instruments").mkdir(parents=True)
    content = (tea_pack / "instruments" / "tea-labels.yaml").read_text().split("renumbered:")[0]
    (layer / "instruments" / "plain.yaml").write_text(content.replace("cn.tea-labels", "cn.plain-labels"))
    settings.ZHIBAO_LAW = (*settings.ZHIBAO_LAW, layer)
    found = queries.compare_versions(handler, "cn.plain-labels", "2019", "2026", words=False)
    assert [(row.how, row.old and row.old.number) for row in found.rows if row.new and row.new.number == "4"] == [
        ("number", "4")
    ]


@pytest.mark.django_db
def test_a_version_without_a_text_cannot_be_compared_word_by_word(bring_in, handler):
    with pytest.raises(CannotCompare):
        queries.compare_versions(handler, LAW, "2019", "2026")
    with pytest.raises(NoSuchVersion):
        queries.compare_versions(handler, LAW, "2019", "2030")
    with pytest.raises(CannotCompare):
        queries.compare_articles(handler, LAW, ("2019", "77"), new_version="2026")
