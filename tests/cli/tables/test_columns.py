import pytest

from zhibao.cli.tables.columns import LISTINGS, REGISTER
from zhibao.cli.tables.errors import ColumnMissing


@pytest.mark.parametrize("head", [["id", "title"], ["商品编号", "标题"], ["\ufeffID", " Title "], ["标 题", "ｉｄ"]])
def test_columns_are_known_by_english_and_chinese_names(head):
    assert set(LISTINGS.locate(head, "x.csv")) == {"id", "title"}
    assert LISTINGS.are_in(head)


def test_a_missing_column_is_told_with_what_was_found_and_how_to_name_it():
    with pytest.raises(ColumnMissing) as caught:
        REGISTER.locate(["编号", "牌子"], "r.csv")
    assert caught.value.say("zh") == "「r.csv」没有 mark 列；找到的列是：编号, 牌子。"
    assert "商标" in caught.value.hint("en")
    assert not REGISTER.are_in(["编号", "牌子"])


def test_an_empty_head_is_a_missing_column():
    with pytest.raises(ColumnMissing):
        REGISTER.locate([], "r.csv")
