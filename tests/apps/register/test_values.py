"""One cell at a time: what is read, what is refused, and what the refusal says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.apps.register import values
from zhibao.apps.register.errors import (
    CellBadClass,
    CellBadDay,
    CellBadFlag,
    CellBadMoney,
    CellBadPlace,
    CellBadUscc,
    CellSwapped,
    CellTooLong,
)
from zhibao.kernel.labels import Label

LABEL = Label("注册日", "grant day")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-03-07", date(2018, 3, 7)),
        ("2018.3.7", date(2018, 3, 7)),
        ("２０１８年３月７日", date(2018, 3, 7)),
        ("2018/03/07 00:00:00", date(2018, 3, 7)),
        ("2018-03-07T10:30:00Z", date(2018, 3, 7)),
        ("20180307", date(2018, 3, 7)),
        ("43166", date(2018, 3, 7)),
        ("43166.0", date(2018, 3, 7)),
    ],
)
def test_days_in_all_usual_ways(text, day):
    assert values.read_day(text, LABEL, "注册日期") == day


def test_a_day_that_does_not_exist_is_told_so():
    with pytest.raises(CellBadDay) as caught:
        values.read_day("2026.2.30", LABEL, "注册日期")
    assert caught.value.where == "注册日期"
    assert caught.value.say("zh") == "「注册日」的日期 2026.2.30 不存在。"
    assert caught.value.say("en") == "The grant day 2026.2.30 is not in the calendar."


@pytest.mark.parametrize("text", ["昨天", "12345", "2018-03", "99999"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(CellBadDay):
        values.read_day(text, LABEL, "")


@given(st.dates(date(1960, 1, 1), date(2100, 1, 1)))
def test_an_excel_serial_is_the_day_it_counts_to(day):
    assert values.read_day(str((day - date(1899, 12, 30)).days), LABEL, "") == day


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("21,30", (21, 30)),
        ("第30类、第21类", (21, 30)),
        ("２１；21", (21,)),
        ("21.0", (21,)),
        ("class 9 42", (9, 42)),
        ("", ()),
    ],
)
def test_classes(text, classes):
    assert values.read_classes(text, "类别") == classes


@pytest.mark.parametrize("text", ["0", "46", "21,四十六", "½", "1234"])
def test_wrong_classes_are_refused(text):
    with pytest.raises(CellBadClass, match="no class"):
        values.read_classes(text, "类别")


def test_a_bad_credit_code_names_the_character():
    assert values.read_uscc("９1350100M000100Y43", "") == "91350100M000100Y43"
    with pytest.raises(CellBadUscc) as caught:
        values.read_uscc("91350100M000100Y44", "信用代码")
    assert (
        caught.value.say("zh") == "统一社会信用代码「91350100M000100Y44」的第 18 位是「4」，按前 17 位算应当是「3」。"
    )
    assert "营业执照" in caught.value.hint("zh")
    assert caught.value.where == "信用代码"
    with pytest.raises(CellBadUscc, match="I"):
        values.read_uscc("91350100MI00100Y43", "")


def test_money_in_wan_and_full_width():
    assert values.read_money("３.1万", LABEL, "") == 3_100_000
    with pytest.raises(CellBadMoney):
        values.read_money("很多", LABEL, "")


def test_flags():
    assert values.read_flag("是", LABEL, "") is True
    assert values.read_flag("ＮＯ", LABEL, "") is False
    with pytest.raises(CellBadFlag):
        values.read_flag("也许", LABEL, "")


def test_places():
    assert values.read_place("360200.0", "") == "360200"
    with pytest.raises(CellBadPlace):
        values.read_place("景德镇", "")


def test_text_is_trimmed_not_changed():
    assert values.read_text("  青\r\n釉 ", LABEL, "", 10) == "青 釉"
    with pytest.raises(CellTooLong):
        values.read_text("釉" * 11, LABEL, "", 10)


@pytest.mark.parametrize("text", ["91350100M000100Y43", "2018-03-07", "2018年3月7日"])
def test_a_name_that_evidently_is_something_else_is_a_swap(text):
    with pytest.raises(CellSwapped) as caught:
        values.refuse_swapped(text, Label("名称", "name"), "商标")
    assert "列" in caught.value.hint("zh")


@pytest.mark.parametrize("text", ["青釉坊", "QINGYOU 21", "1949", "百年老店 1921", "12345678901234567"])
def test_ordinary_marks_are_no_swap(text):
    values.refuse_swapped(text, Label("名称", "name"), "商标")


def test_a_number_made_of_words_is_a_swap():
    with pytest.raises(CellSwapped):
        values.refuse_swapped("景德镇青釉", Label("注册号", "number"), "注册号", number=True)
    values.refuse_swapped("赣作登字-2026-F-00012345", Label("注册号", "number"), "注册号", number=True)


@pytest.mark.parametrize("text", ["9999-12-31", "9999.12.31", "９９９９年12月31日", "长期", " 永久 "])
def test_an_end_that_never_comes_is_no_end(text):
    assert values.read_last_day(text, LABEL, "到期日") is None


def test_any_other_end_is_a_day():
    assert values.read_last_day("2033.12.8", LABEL, "到期日") == date(2033, 12, 8)
    with pytest.raises(CellBadDay):
        values.read_last_day("9998年", LABEL, "到期日")
