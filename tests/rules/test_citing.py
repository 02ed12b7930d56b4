"""Citations in running text and in tables, in both languages."""

import pytest

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.rules.citing import chinese_number


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (64, "六十四"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
     (213, "二百一十三"), (219, "二百一十九"), (1008, "一千零八"), (1259, "一千二百五十九"), (1010, "一千零一十")],
)  # fmt: skip
def test_article_numbers_as_statutes_write_them(number, text):
    assert chinese_number(number) == text


@pytest.mark.parametrize(
    ("cite", "running", "table", "english"),
    [
        (
            "cn.fashi-2025-5/3/1/1",
            "法释〔2025〕5号第三条第一款第（一）项",
            "法释〔2025〕5号 第3条第1款第1项",
            "Fashi [2025] No. 5 art. 3(1)(1)",
        ),
        (
            "cn.fashi-2025-5@2025/3/4",
            "法释〔2025〕5号第三条第四款",
            "法释〔2025〕5号 第3条第4款",
            "Fashi [2025] No. 5 art. 3(4)",
        ),
        ("cn.criminal-law@2020/219-1", "刑法第二百一十九条之一", "刑法 第219条之1", "Criminal Law art. 219-1"),
        (
            "cn.samr-penalty-procedure/18",
            "市场监管行政处罚程序规定第十八条",
            "市场监管行政处罚程序规定 第18条",
            "SAMR Penalty Procedure Rules art. 18",
        ),
        (
            "cn.transfer-rules@2020/annex-2",
            "行政机关移送规定附件2",
            "行政机关移送规定 附件2",
            "Transfer Rules annex 2",
        ),
        (
            "cn.trademark-guide/part-5-1-9",
            "商标审查审理指南下编第五章第5.1.9节",
            "商标审查审理指南下编第五章 第5.1.9节",
            "Trademark Guide vol. 2 ch. 5 part 5.1.9",
        ),
        (
            "cn.transfer-rules@2020/preamble",
            "行政机关移送规定preamble",
            "行政机关移送规定 preamble",
            "Transfer Rules art. preamble",
        ),
    ],
)
def test_forms_of_a_citation(pack, cite, running, table, english):
    citation = Citation.from_text(cite)
    assert pack.show_cite(citation, "zh") == running
    assert pack.show_cite(citation, "zh", "table") == table
    assert pack.show_cite(citation, "en", "table") == english


def test_english_running_text_spells_out(pack):
    assert (
        pack.show_cite(Citation.from_text("cn.fashi-2025-5/3/1/1"), "en")
        == "Fashi [2025] No. 5 art. 3 para. 1 item (1)"
    )
    assert pack.show_cite(Citation.from_text("cn.fashi-2025-5/3/4"), "en") == "Fashi [2025] No. 5 art. 3 para. 4"


def test_an_unknown_instrument_is_not_shown(pack):
    with pytest.raises(NotFound):
        pack.show_cite(Citation.from_text("cn.nothing/1"), "zh")
