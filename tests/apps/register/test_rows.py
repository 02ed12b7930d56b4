"""A row as a right, or everything that is wrong with it at once."""

from datetime import date

import pytest

from tests.apps.register.conftest import KINDS
from zhibao.apps.register.columns import field_of, fields_of, plain_head
from zhibao.apps.register.newcomers import NewPeriod
from zhibao.apps.register.rows import Frame, problem_of

HEADS = {
    "注册号": "number",
    "商标": "name",
    "类别": "classes",
    "权利人": "owner",
    "统一社会信用代码": "owner_uscc",
    "状态": "status",
    "有效期起": "since",
    "有效期止": "until",
    "注册日期": "granted_on",
    "种类": "kind",
    "监测": "watched",
    "估值": "worth",
}
GOOD = {"注册号": "１２３４５６７８", "商标": "青釉坊", "类别": "21", "权利人": "景德镇青釉瓷业有限公司"}


def read(**cells):
    return Frame(HEADS, KINDS, "trademark").read({**GOOD, **cells})


def codes(faults):
    return [fault.code for fault in faults]


def test_a_good_row():
    right, faults = read(
        统一社会信用代码="91350100M000100Y43", 有效期起="2018.3.7", 有效期止="2028年3月6日", 监测="是", 估值="3.1万"
    )
    assert faults == []
    assert (right.kind, right.number, right.name, right.classes) == ("trademark", "12345678", "青釉坊", (21,))
    assert right.owner.uscc == "91350100M000100Y43"
    assert right.periods == (NewPeriod("in-force", date(2018, 3, 7), date(2028, 3, 6)),)
    assert right.watched is True
    assert right.details == {"worth_fen": 3_100_000}


def test_everything_wrong_with_a_row_is_told_at_once():
    right, faults = read(
        注册号="",
        商标="91350100M000100Y43",
        类别="46",
        统一社会信用代码="91350100M000100Y44",
        注册日期="2026.2.30",
        状态="快了",
        监测="?",
        估值="x",
        种类="植物",
    )
    assert right is None
    assert sorted(codes(faults)) == sorted(
        [
            "cell-empty",
            "cell-swapped",
            "cell-bad-kind",
            "cell-bad-day",
            "cell-bad-money",
            "cell-bad-uscc",
            "cell-bad-class",
            "cell-bad-flag",
            "cell-bad-status",
        ]
    )
    assert {fault.where for fault in faults} == {
        "注册号",
        "商标",
        "种类",
        "注册日期",
        "估值",
        "统一社会信用代码",
        "类别",
        "监测",
        "状态",
    }


def test_a_problem_is_kept_in_both_languages_with_how_to_mend_it():
    _, faults = read(商标="")
    assert problem_of(faults[0]) == {
        "code": "cell-empty",
        "column": "商标",
        "zh": "「名称」没有写。",
        "en": "The name is missing.",
        "hint_zh": "补上再导入这一行。",
        "hint_en": "Fill it in and import this row again.",
        "data": {"field_zh": "名称", "field_en": "name"},
    }


def test_status_words_and_the_days_they_need():
    assert read(状态="已注册", 注册日期="2018-03-07")[0].periods == (NewPeriod("in-force", date(2018, 3, 7)),)
    assert read(状态="期满", 有效期起="2008-03-07", 有效期止="2018-03-06")[0].periods == (
        NewPeriod("in-force", date(2008, 3, 7), date(2018, 3, 6)),
        NewPeriod("expired", date(2018, 3, 7)),
    )
    assert read(状态="撤销", 有效期止="2018-03-06")[0].periods == (NewPeriod("cancelled", date(2018, 3, 7)),)
    assert read()[0].periods == ()
    assert codes(read(状态="无效")[1]) == ["cell-empty"]
    assert codes(read(状态="有效")[1]) == ["cell-empty"]
    assert codes(read(有效期起="2018-03-07", 有效期止="2017-03-06")[1]) == ["cell-bad-order"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("外观设计", "patent-design"), ("作品", "copyright"), ("Trademark", "trademark"), ("", "trademark")],
)
def test_kinds_by_the_words_offices_use(word, kind):
    assert read(种类=word)[0].kind == kind


def test_the_quotation_mark_against_formulas_is_taken_away():
    assert read(商标="'=SUM青釉")[0].name == "=SUM青釉"
    assert read(商标="'n BEETJE")[0].name == "'n BEETJE"


def test_a_row_with_more_cells_than_heads_is_told():
    right, faults = Frame(HEADS, KINDS, "trademark").read(GOOD, 2)
    assert right is None
    assert codes(faults) == ["row-misshapen"]


def test_choices_and_foreign_owners():
    frame = Frame(
        {**HEADS, "企业规模": "size", "所有制": "ownership", "国家": "country", "权利人类型": "owner_kind"},
        KINDS,
        "trademark",
    )
    right, _ = frame.read({**GOOD, "企业规模": "小型", "所有制": "外资", "国家": "de", "权利人类型": "个体户"})
    assert (right.owner.size, right.owner.ownership, right.owner.country, right.owner.kind) == (
        "small",
        "foreign",
        "DE",
        "shop",
    )
    assert codes(frame.read({**GOOD, "企业规模": "巨型"})[1]) == ["cell-bad-choice"]


def test_too_long_a_cell_is_told():
    assert codes(read(商标="釉" * 301)[1]) == ["cell-too-long"]


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("注册号*", "number"),
        ("Reg_No", "number"),
        ("商标名称（中文）", "name"),
        ("有效期止：", "until"),
        ("估值(万元)", "worth"),
        ("备注", ""),
        ("▲ 商标", ""),
    ],
)
def test_heads_are_told_in_both_languages(head, field):
    assert field_of(head) == field


def test_fields_by_place():
    assert fields_of(["序号", "id", "备注", "Mark"]) == {1: "number", 3: "name"}
    assert plain_head(" Ｎice　Class (int.) ") == "niceclass"
