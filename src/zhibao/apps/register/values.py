"""One cell's text as a value: days, classes, credit codes, amounts, yes and no.

Knows one cell at a time. Each reader takes the field's label and the column's own head, and raises a RowFault.
"""

import re
import unicodedata
from datetime import date, timedelta

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
from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import BadDay, BadMoney, BadPlaceCode, BadUscc, NoSuchDay
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, parse_yuan
from zhibao.kernel.places import PlaceCode
from zhibao.kernel.uscc import Uscc

NICE = range(1, 46)
# Excel counts days from here, its leap day of 1900 that never was included (ECMA-376 18.17.4.1).
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(20_000, 80_000)  # 1954 to 2119: outside, a bare number is something else
_NO_END = {"长期", "永久", "无固定期限", "无期限"}
_YES = {"是", "y", "yes", "true", "1", "√", "✓", "有"}
_NO = {"否", "n", "no", "false", "0", "×", "无", "✗"}
_LOOKS = {
    "uscc": Label("统一社会信用代码", "credit code"),
    "day": Label("日期", "day"),
    "name": Label("名称", "name"),
}


_BREAKS = re.compile(r"\s*[\r\n\x00-\x1f]+\s*")


def half_width(text: str) -> str:
    """Return the text in half width, without spaces at its ends."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def read_text(text: str, label: Label, head: str, limit: int) -> str:
    """Return the text as written, its ends trimmed and line breaks made spaces; raises CellTooLong."""
    plain = _BREAKS.sub(" ", text).strip()
    if len(plain) > limit:
        raise CellTooLong(where=head, field_zh=label.zh, field_en=label.en, length=len(plain), limit=limit)
    return plain


def read_day(text: str, label: Label, head: str) -> date:
    """Return a day written in any of the usual ways, or as an Excel serial; raises CellBadDay."""
    plain = re.sub(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$", "", half_width(text))
    plain = re.sub(r"\.0+$", "", plain) if re.fullmatch(r"\d{5}\.0+", plain) else plain
    if plain.isascii() and plain.isdigit() and int(plain) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(plain))
    try:
        return parse_day(plain)
    except NoSuchDay:
        why = Label("不存在", "is not in the calendar")
    except BadDay:
        why = Label("看不懂", "cannot be read as a day")
    raise CellBadDay(
        where=head, field_zh=label.zh, field_en=label.en, value=text.strip()[:40], why_zh=why.zh, why_en=why.en
    )


def read_last_day(text: str, label: Label, head: str) -> date | None:
    """Return the last day of a span, None for one without end as offices write it; raises CellBadDay."""
    plain = half_width(text)
    return None if plain in _NO_END or plain.startswith("9999") else read_day(text, label, head)


def read_classes(text: str, head: str) -> tuple[int, ...]:
    """Return the Nice classes of "21,30", "21、30" or "第21类;第30类", sorted; raises CellBadClass."""
    found = set()
    for part in re.split(r"[,;、，；/|\s]+", half_width(text)):
        plain = re.sub(r"^(?:第|class\s*|cl\.?)|类$|\.0$", "", part.casefold())
        if not plain:
            continue
        if not (plain.isascii() and plain.isdigit() and len(plain) <= 3 and int(plain) in NICE):
            raise CellBadClass(where=head, value=part[:40])
        found.add(int(plain))
    return tuple(sorted(found))


def read_uscc(text: str, head: str) -> str:
    """Return the credit code in half width; raises CellBadUscc, which says which character is wrong."""
    try:
        return Uscc.from_text(text).code
    except BadUscc as error:
        raise CellBadUscc(where=head, why_zh=error.say("zh").rstrip("。"), why_en=error.say("en").rstrip(".")) from None


def read_money(text: str, label: Label, head: str) -> Fen:
    """Return an amount in fen; raises CellBadMoney."""
    try:
        return parse_yuan(text)
    except BadMoney:
        raise CellBadMoney(where=head, field_zh=label.zh, field_en=label.en, value=text.strip()[:40]) from None


def read_flag(text: str, label: Label, head: str) -> bool:
    """Return yes or no; raises CellBadFlag."""
    plain = half_width(text).casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise CellBadFlag(where=head, field_zh=label.zh, field_en=label.en, value=text.strip()[:40])


def read_place(text: str, head: str) -> str:
    """Return a place code; raises CellBadPlace."""
    try:
        return PlaceCode.from_text(re.sub(r"\.0$", "", half_width(text))).code
    except BadPlaceCode:
        raise CellBadPlace(where=head, value=text.strip()[:40]) from None


_USCC_LIKE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_DAY_LIKE = re.compile(r"(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def looks_like(text: str) -> str:
    """Return what a text evidently is: "uscc" (18 characters of that alphabet, mostly digits), "day", or nothing."""
    if len(text) < len("2026.1.1"):
        return ""
    plain = re.sub(r"\s", "", half_width(text)).upper()
    if _USCC_LIKE.fullmatch(plain) and sum(c.isdigit() for c in plain) >= 10:
        return "uscc"
    return "day" if _DAY_LIKE.fullmatch(plain) else ""


def refuse_swapped(text: str, label: Label, head: str, *, number: bool = False) -> None:
    """Raise CellSwapped when a name or number evidently is something else, as happens when two columns are swapped."""
    looks = looks_like(text)
    if not looks and number and len(_HAN.findall(text)) >= 4 and not any(c.isdigit() for c in text):
        looks = "name"
    if looks:
        found = _LOOKS[looks]
        raise CellSwapped(
            where=head,
            field_zh=label.zh,
            field_en=label.en,
            value=text.strip()[:40],
            looks_zh=found.zh,
            looks_en=found.en,
        )
