"""Whether a value given for a field of an event is of the field's type.

Knows types, not what the value means for the matter.
"""

from collections.abc import Mapping

from zhibao.docket.errors import EventDataWrong
from zhibao.docket.goods import STATES
from zhibao.docket.timeline import read_moment
from zhibao.kernel.days import Length, parse_day
from zhibao.kernel.errors import BadInput
from zhibao.kernel.labels import Label
from zhibao.kernel.money import parse_yuan
from zhibao.rules.pack import Pack
from zhibao.rules.pricing import PRICE_KINDS
from zhibao.rules.procedures import DataField

_WANT: Mapping[str, Label] = {
    "text": Label("一段文字", "a text"),
    "day": Label("一个日期，例如 2026-09-28", "a date such as 2026-09-28"),
    "moment": Label("一个时间，例如 2026-09-28T10:00:00+08:00", "a time such as 2026-09-28T10:00:00+08:00"),
    "whole": Label("不小于 0 的整数", "a whole number of 0 or more"),
    "yuan": Label("以元为单位的金额，例如 31000.00", "an amount in yuan such as 31000.00"),
    "flag": Label("true 或 false", "true or false"),
    "length": Label("一段时间，例如 30 days", "a length such as 30 days"),
    "event": Label("一件事项的序号", "the number of an event"),
    "data": Label("一组字段", "a table of fields"),
    "lines": Label("货物明细的列表", "a list of lines of goods"),
    "acts": Label("已知的行为种类", "a known kind of act"),
    "choice": Label("列出的选项之一", "one of the choices listed"),
}


def check_value(pack: Pack, field: DataField, value: object, where: str) -> None:
    """Refuse a value that is not of the field's type. Raises EventDataWrong, for lines naming the line."""
    if field.type == "lines":
        _check_lines(field, value, where)
    elif not _fits(pack, field, value):
        raise _wrong(field, value, where)


def _fits(pack: Pack, field: DataField, value: object) -> bool:
    match field.type:
        case "whole" | "event":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "flag":
            return isinstance(value, bool)
        case "data":
            return isinstance(value, Mapping)
        case "choice":
            return any(choice.id == value for choice in field.choices)
        case "acts":
            return value in pack.act_kinds
    return isinstance(value, str) and _reads(field.type, value)


def _reads(kind: str, text: str) -> bool:
    readers = {
        "day": parse_day,
        "moment": lambda text: read_moment(text, ""),
        "yuan": parse_yuan,
        "length": Length.from_text,
    }
    try:
        readers.get(kind, str)(text)
    except BadInput:
        return False
    return True


def _check_lines(field: DataField, value: object, where: str) -> None:
    if not isinstance(value, list):
        raise _wrong(field, value, where)
    for index, line in enumerate(value):
        place = f"{where}[{index}]"
        if not isinstance(line, Mapping):
            raise _wrong(field, line, place)
        for key in (*_LINE, *(key for key in line if key not in _LINE)):
            if not _line_fits(key, line.get(key)):
                raise _wrong(field, line.get(key), f"{place}.{key}", _LINE.get(key, _NO_SUCH))
        for kind, price in (line.get("prices") or {}).items():
            if kind not in PRICE_KINDS or not isinstance(price, str) or not _reads("yuan", price):
                raise _wrong(field, price, f"{place}.prices.{kind}", _LINE["prices"])


_LINE: Mapping[str, Label] = {
    "name": Label("货物的名称", "the name of the goods"),
    "right": Label("权利的编号", "the id of a right"),
    "quantity": Label("不小于 0 的整数", "a whole number of 0 or more"),
    "state": Label("、".join(STATES), ", ".join(STATES)),
    "prices": Label(
        f"{'、'.join(PRICE_KINDS)} 中的价格，以元为单位的字符串",
        f"prices by kind ({', '.join(PRICE_KINDS)}), strings in yuan",
    ),
}
_NO_SUCH = Label("、".join(_LINE), ", ".join(_LINE))


def _line_fits(key: str, value: object) -> bool:
    match key:
        case "name":
            return isinstance(value, str) and bool(value.strip())
        case "right":
            return value is None or isinstance(value, str)
        case "quantity":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "state":
            return value in STATES
        case "prices":
            return value is None or isinstance(value, Mapping)
    return False


def _wrong(field: DataField, value: object, where: str, want: Label | None = None) -> EventDataWrong:
    wanted = want or _WANT.get(field.type, _WANT["text"])
    if field.type == "choice":
        wanted = Label("、".join(one.id for one in field.choices), ", ".join(one.id for one in field.choices))
    seen = "…" if isinstance(value, Mapping | list) else str(value)[:60]
    return EventDataWrong(
        where=where,
        field_zh=field.title.zh,
        field_en=field.title.en,
        seen=seen,
        want_zh=wanted.zh,
        want_en=wanted.en,
    )
