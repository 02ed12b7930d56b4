"""Which column head means which field: one table, Chinese and English, and how a file's heads are told by it.

Knows names only; what may stand in a field is in ``values.py`` and ``rows.py``.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zhibao.apps.register.errors import HeadTwice
from zhibao.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: its name in code, its names for people, and the heads files give it."""

    name: str
    label: Label
    heads: tuple[str, ...]


FIELDS = (
    Field(
        "number",
        Label("注册号", "number"),
        (
            "id",
            "number",
            "no",
            "registration number",
            "reg no",
            "patent number",
            "application number",
            "注册号",
            "商标注册号",
            "注册号/申请号",
            "申请号",
            "专利号",
            "授权号",
            "登记号",
            "备案号",
            "公告号",
            "品种权号",
            "号码",
            "编号",
            "权利号",
        ),
    ),
    Field(
        "name",
        Label("名称", "name"),
        (
            "mark",
            "name",
            "title",
            "trademark",
            "mark name",
            "商标",
            "商标名称",
            "名称",
            "权利名称",
            "专利名称",
            "作品名称",
            "品种名称",
            "布图设计名称",
            "产品名称",
            "标题",
        ),
    ),
    Field("name_en", Label("英文名称", "English name"), ("name en", "english name", "英文名", "英文名称")),
    Field("kind", Label("种类", "kind"), ("kind", "type", "right kind", "种类", "权利种类", "类型", "权利类型")),
    Field(
        "classes",
        Label("类别", "classes"),
        (
            "classes",
            "class",
            "nice",
            "nice class",
            "nice classes",
            "类别",
            "国际分类",
            "尼斯分类",
            "商标类别",
            "类号",
        ),
    ),
    Field(
        "goods",
        Label("商品服务", "goods"),
        (
            "goods",
            "goods and services",
            "goods/services",
            "商品",
            "商品服务",
            "商品/服务",
            "核定商品",
            "核定使用商品",
            "指定商品",
        ),
    ),
    Field(
        "owner",
        Label("权利人", "owner"),
        (
            "owner",
            "holder",
            "proprietor",
            "applicant",
            "right holder",
            "权利人",
            "商标注册人",
            "注册人",
            "专利权人",
            "著作权人",
            "品种权人",
            "所有人",
            "申请人",
            "持有人",
            "权利人名称",
        ),
    ),
    Field("owner_kind", Label("权利人类型", "kind of owner"), ("owner kind", "holder type", "权利人类型", "主体类型")),
    Field(
        "owner_uscc",
        Label("统一社会信用代码", "credit code"),
        (
            "uscc",
            "owner uscc",
            "credit code",
            "unified social credit code",
            "统一社会信用代码",
            "信用代码",
            "社会信用代码",
            "权利人统一社会信用代码",
        ),
    ),
    Field(
        "owner_address",
        Label("权利人地址", "owner's address"),
        ("address", "owner address", "地址", "权利人地址", "注册人地址"),
    ),
    Field("owner_phone", Label("联系电话", "phone"), ("phone", "tel", "telephone", "电话", "联系电话")),
    Field("country", Label("国家", "country"), ("country", "owner country", "国家", "国别", "国家地区")),
    Field("ownership", Label("所有制", "ownership"), ("ownership", "所有制", "企业性质")),
    Field("size", Label("规模", "size"), ("size", "owner size", "规模", "企业规模")),
    Field("status", Label("状态", "status"), ("status", "legal status", "状态", "法律状态", "权利状态", "商标状态")),
    Field(
        "since",
        Label("有效期起", "first day"),
        (
            "from",
            "since",
            "valid from",
            "start",
            "有效期起",
            "专用权期限起",
            "起始日期",
            "生效日期",
            "起",
            "专用权起始日",
            "自",
        ),
    ),
    Field(
        "until",
        Label("有效期止", "last day"),
        (
            "to",
            "until",
            "valid to",
            "valid until",
            "end",
            "expiry date",
            "有效期止",
            "专用权期限止",
            "截止日期",
            "届满日期",
            "到期日",
            "止",
            "专用权截止日",
            "至",
        ),
    ),
    Field(
        "applied_on",
        Label("申请日", "application day"),
        ("applied on", "application date", "filing date", "申请日", "申请日期"),
    ),
    Field(
        "granted_on",
        Label("注册日", "grant day"),
        (
            "granted on",
            "grant date",
            "registration date",
            "注册日",
            "注册日期",
            "授权日",
            "授权公告日",
            "登记日期",
            "核准日期",
        ),
    ),
    Field("watched", Label("监测", "watched"), ("watch", "watched", "监测", "是否监测", "重点监测")),
    Field("industry", Label("产业", "industry"), ("industry", "产业", "行业", "所属产业")),
    Field(
        "place",
        Label("地区代码", "place code"),
        ("place", "place code", "region code", "地区代码", "行政区划代码", "地区"),
    ),
    Field("image", Label("图样摘要", "image digest"), ("image", "image sha256", "图样", "图样摘要")),
    Field("worth", Label("估值", "valuation"), ("valuation", "value", "worth", "估值", "评估价值", "评估值", "许可费")),
)
BY_NAME = {field.name: field for field in FIELDS}
NEEDED = ("number", "name")
# Columns that our own workbook of rows to mend adds; they are read as notes, not as data.
ROW_HEAD = "行号 Row"
NOTE_MARK = "▲"


def plain_head(head: str) -> str:
    """Return a head as the table knows it: half width, small letters, without brackets, stars, units or spaces."""
    text = unicodedata.normalize("NFKC", head).casefold()
    text = re.sub(r"[(\[（【].*?[)\]）】]", "", text)
    return re.sub(r"[\s_*:：]+", "", text)


_KNOWN = {
    plain_head(head): field.name
    for field in FIELDS
    for head in (field.name, field.label.zh, field.label.en, *field.heads)
}


def field_of(head: str) -> str:
    """Return the field a head means, or an empty string."""
    return "" if head.startswith(NOTE_MARK) else _KNOWN.get(plain_head(head), "")


def fields_of(heads: Sequence[str]) -> dict[int, str]:
    """Return which column holds which field. Raises HeadTwice when two columns mean the same."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = field_of(head)
        if name and name in found:
            raise HeadTwice(first=heads[found[name]], second=head)
        if name:
            found[name] = place
    return {place: name for name, place in found.items()}


def is_head_row(cells: Sequence[str]) -> bool:
    """Return whether a row holds the column names: at least the needed ones are among them."""
    return set(NEEDED) <= {field_of(cell) for cell in cells}
