"""Texts of law fall into the units that citations name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.library.statutes import NEW, OLD
from zhibao.apps.library.errors import TextNoArticles, TextTwice
from zhibao.apps.library.texts.numerals import read_number
from zhibao.apps.library.texts.splitting import split_text
from zhibao.rules.citing import chinese_number


def split(text):
    return split_text(text.split("\n"), "law.md")


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_is_read_back(number):
    assert read_number(chinese_number(number)) == number
    assert read_number(str(number)) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("２１９", 219), ("二〇二六", 2026), ("两", 2), ("十", 10), ("一百零八", 108), (" 1 2 ", 12), ("零", 0)],
)
def test_numbers_are_read_in_the_ways_statutes_write_them(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["", "甲", "十百", "一二十", "123456", "百千", "三千零"])
def test_what_is_no_number_is_none(written):
    assert read_number(written) in {None, 3000}


def test_articles_stand_under_their_headings_and_the_table_of_contents_is_left_out():
    whole = split(OLD)
    assert whole.title == "中华人民共和国茶叶标识法"
    assert whole.preamble == ("2019年12月28日第十三届全国人民代表大会常务委员会第十五次会议通过",)
    assert [one.number for one in whole.articles] == ["1", "2", "3", "4", "4-1", "5", "6"]
    assert [one.label for one in whole.articles][3:5] == ["第四条", "第四条之一"]
    paths = {one.number: one.path for one in whole.articles}
    assert paths["1"] == ("第一章 总则",)
    assert paths["3"] == ("第二章 标识", "第一节 一般规定")
    assert paths["5"] == ("第二章 标识", "第二节 特别规定")
    assert paths["6"] == ("第三章 附则",)
    assert whole.notes == ()


def test_paragraphs_and_items_are_told_apart():
    third = split(OLD).articles[2]
    first, second = third.paragraphs
    assert first.text == "茶叶标识应当写明下列事项："
    assert [item.number for item in first.items] == [1, 2, 3]
    assert first.items[1].text == "（二）采摘的日子，写明：\n1．年份；\n2．节气；"
    assert (second.text, second.items) == ("前款第三项的姓名可以写别号。", ())
    assert third.body.split("\n")[-1] == second.text


def test_plain_lines_without_marks_split_alike():
    whole = split(NEW)
    assert [one.number for one in whole.articles] == list("1234567")
    assert len(whole.articles[2].paragraphs) == 2
    assert len(whole.articles[3].paragraphs[0].items) == 4


def test_a_line_torn_in_the_middle_of_a_sentence_is_joined():
    whole = split("第一条 茶商应当在\n收到之日起\n答复。\n第二条 完。")
    assert [one.text for one in whole.articles[0].paragraphs] == ["茶商应当在收到之日起答复。"]
    torn = split("第一条 有下列情形：\n（一）没有写\n产地的；\n（二）其他。")
    assert [item.text for item in torn.articles[0].paragraphs[0].items] == ["（一）没有写产地的；", "（二）其他。"]


@pytest.mark.parametrize(
    "line", ["第一条 规定的茶商，应当答复。", "第一条、第二条的规定适用于冬茶。", "第二条规定的期限不延长。"]
)
def test_a_paragraph_that_begins_with_a_reference_is_no_article(line):
    whole = split(f"第一条 甲。\n第二条 乙。\n{line}\n第三条 丙。")
    assert [one.number for one in whole.articles] == ["1", "2", "3"]
    assert whole.articles[1].paragraphs[1].text == line


def test_an_article_number_on_a_line_of_its_own_takes_the_next_line():
    whole = split("第一条\n茶要热。\n第二条：\n水要开。")
    assert [one.body for one in whole.articles] == ["茶要热。", "水要开。"]


def test_full_width_and_plain_digits_are_read():
    assert [one.number for one in split("第１条 甲。\n第2条 乙。\n第 三 条 丙。\n第3条之1 丁。").articles] == [
        "1",
        "2",
        "3",
        "3-1",
    ]


def test_articles_run_on_without_a_space_only_in_order():
    whole = split("第一条茶要热。\n第二条水要开。\n第一条规定的茶要热。\n第三条完。")
    assert [one.number for one in whole.articles] == ["1", "2", "3"]


def test_annexes_follow_the_last_article():
    whole = split("第一条 甲。\n第二条 乙。\n附件一：茶样\n样一。\n附表2\n表。")
    assert [(one.number, one.label, one.path, one.body) for one in whole.articles][2:] == [
        ("annex-1", "附件1", ("茶样",), "样一。"),
        ("annex-2", "附件2", (), "表。"),
    ]


def test_a_decision_is_split_by_its_points():
    whole = split(
        "关于修改茶叶标识法的决定\n一、将第四条修改为：“茶商应当答复。”\n二、删去第五条。\n本决定自公布之日起施行。"
    )
    assert whole.unit == "点"
    assert [(one.number, one.label) for one in whole.articles] == [("1", "一、"), ("2", "二、")]


def test_a_gap_and_an_article_out_of_order_are_noted_with_their_lines():
    whole = split("第一条 甲。\n第四条 乙。\n第三条 丙。\n第六条\n第七条 丁。")
    assert [(note.line, note.says.en) for note in whole.notes] == [
        (2, "articles 2 to 3 are missing before 第四条."),
        (3, "第三条 stands after a later one."),
        (4, "第六条 has no text."),
        (4, "article 5 is missing before 第六条."),
    ]


def test_items_that_do_not_run_on_are_noted():
    note = split("第一条 写明：\n（一）产地；\n（三）姓名。").notes[0]
    assert note.says.zh == "第一条第1款的项号不连续：1、3。"


def test_two_articles_of_one_number_are_refused_with_both_lines():
    with pytest.raises(TextTwice) as caught:
        split("第一条 甲。\n第二条 乙。\n第二条 丙。")
    assert caught.value.where == "law.md:3"
    assert "第 2 行和第 3 行" in caught.value.say("zh")


@pytest.mark.parametrize("text", ["茶。", "案情：第一条在行中间。", "附件一\n表。"])
def test_a_text_without_articles_is_refused(text):
    with pytest.raises(TextNoArticles):
        split(text)


def test_comments_over_several_lines_keep_the_numbers_of_lines():
    whole = split("<!-- 来源\n某处 -->\n第一条 甲。\n第三条 乙。")
    assert whole.notes[0].line == 4


def test_a_title_on_two_lines_is_joined():
    assert (
        split("最高人民法院 最高人民检察院\n关于茶叶案件的解释\n第一条 甲。").title
        == "最高人民法院 最高人民检察院关于茶叶案件的解释"
    )


@given(
    st.lists(
        st.sampled_from(
            "第一条 甲。|（一）乙；|（二）丙。|第二章 丁|第三条之一 戊|己。|附件|目录|一、庚|第十条".split("|")
        ),
        max_size=25,
    )
)
def test_whatever_the_lines_every_article_is_found_once_or_the_text_is_refused(lines):
    try:
        whole = split_text(lines, "x")
    except (TextNoArticles, TextTwice):
        return
    numbers = [one.number for one in whole.articles]
    assert len(set(numbers)) == len(numbers)
    kept = "".join(one.body for one in whole.articles) + "".join(whole.preamble) + whole.title
    stray = "".join(note.says.zh for note in whole.notes)
    assert kept.count("己。") + stray.count("「己。」") == lines.count("己。")  # nothing is lost in silence
