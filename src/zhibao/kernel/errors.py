"""The root of every error a person may see.

An error has a stable code for programs and one whole sentence in each language for people: what is wrong, where, and
(as the hint) how to mend it. Both sentences stand beside the class that raises them, so that none can be forgotten;
``tests/house`` checks that each class has both and that codes are unique.

    ZhibaoError                     400
     ├── BadInput                   422  what was given cannot be read or does not hold
     ├── NotAllowed                 403  the person may not do or see this
     ├── NotFound                   404  there is no such thing, or it may not be shown
     ├── Conflict                   409  somebody else was faster, or the state does not allow it
     └── Broken                     500  our own data or a counterparty does not keep its promise
"""

import unicodedata
from collections.abc import Mapping
from typing import ClassVar

Lang = str  # "zh" or "en"
Datum = str | int
# A sentence quotes what was given; more of it than this helps nobody find the place.
LONGEST_DATUM = 400
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """Return ``text`` as a sentence may quote it: cut where it is very long, and nothing in it unseen or acting.

    Control, zero-width, direction and half characters are written as their escapes: they show what is wrong, and a terminal
    does not obey them.
    """
    cut = text if len(text) <= LONGEST_DATUM else f"{text[:LONGEST_DATUM]}…"
    if cut.isprintable():
        return cut
    return "".join(_escaped(char) if unicodedata.category(char) in _UNSEEN else char for char in cut)


def _escaped(char: str) -> str:
    return char if char == "\n" else char.encode("unicode_escape", "backslashreplace").decode("ascii")


class ZhibaoError(Exception):
    """Base of all errors with a code and a sentence in each language.

    Subclasses set ``code`` (kebab-case, unique), ``zh`` and ``en`` (``str.format`` templates over ``data``), and may
    set ``hint_zh`` and ``hint_en`` (how to mend it). ``where`` names the place: a file and line, a row and column, a
    JSON path, a field.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something is wrong."
    hint_zh: ClassVar[str] = ""
    hint_en: ClassVar[str] = ""

    def __init__(self, *, where: str = "", **data: Datum) -> None:
        self.where = visible(where)
        self.data: dict[str, Datum] = data
        super().__init__(self.say("en"))

    def say(self, lang: Lang) -> str:
        """Return the sentence in ``lang``, without the place."""
        return (self.zh if lang == "zh" else self.en).format(**_shown(self.data))

    def hint(self, lang: Lang) -> str:
        """Return how to mend it in ``lang``, or an empty string."""
        return (self.hint_zh if lang == "zh" else self.hint_en).format(**_shown(self.data))

    def as_json(self, lang: Lang) -> dict[str, str]:
        """Return ``{"code", "message", "where", "hint"}`` as CONTRACT prints it under ``error``."""
        return {"code": self.code, "message": self.say(lang), "where": self.where, "hint": self.hint(lang)}


def _shown(data: Mapping[str, Datum]) -> dict[str, Datum]:
    return {name: visible(value) if isinstance(value, str) else value for name, value in data.items()}


class BadInput(ZhibaoError):
    """What was given cannot be read, or does not hold."""

    code = "bad-input"
    status = 422


class NotAllowed(ZhibaoError):
    """The person may not do or see this."""

    code = "not-allowed"
    status = 403
    zh = "你没有权限做这件事。"
    en = "You may not do this."


class NotFound(ZhibaoError):
    """There is no such thing, or it may not be shown to this person."""

    code = "not-found"
    status = 404
    zh = "没有找到{what}。"
    en = "There is no such {what}."


class Conflict(ZhibaoError):
    """Somebody else was faster, or the state does not allow the step."""

    code = "conflict"
    status = 409


class Broken(ZhibaoError):
    """Our own data, or a counterparty, does not keep its promise."""

    code = "broken"
    status = 500


# What the kernel itself refuses.


class BadDay(BadInput):
    """A text that should be a day is not one."""

    code = "bad-day"
    zh = "「{text}」不是日期。"
    en = "“{text}” is not a date."
    hint_zh = "写成 2026-11-23、2026.11.23、2026/11/23 或 2026年11月23日，年份在 1900 到 2199 之间。"
    hint_en = "Write 2026-11-23, 2026.11.23, 2026/11/23 or 2026年11月23日, with a year from 1900 to 2199."


class NoSuchDay(BadDay):
    """A date that is well written but not in the calendar, such as 2026.2.30."""

    code = "no-such-day"
    zh = "日期 {text} 不存在。"
    en = "The date {text} does not exist."
    hint_zh = "核对月份和日子。"
    hint_en = "Check the month and the day."


class BadMoment(BadInput):
    """A text that should be a time with its day is not one."""

    code = "bad-moment"
    zh = "「{text}」不是时间。"
    en = "“{text}” is not a time."
    hint_zh = "写成 2026-11-23T16:30:00+08:00；不写时区的按北京时间。"
    hint_en = "Write 2026-11-23T16:30:00+08:00; a time without an offset is read as Beijing time."


class BadLength(BadInput):
    """A text that should be a length of time is not one."""

    code = "bad-length"
    zh = "「{text}」不是期限。"
    en = "“{text}” is not a length of time."
    hint_zh = "写成数字加单位，如 15 working-days；单位只有 hours、days、working-days、months、years。"
    hint_en = (
        "Write a number and a unit, such as 15 working-days; the units are hours, days, working-days, months, years."
    )


class BadMoney(BadInput):
    """A text that should be an amount in yuan is not one."""

    code = "bad-money"
    zh = "「{text}」不是金额。"
    en = "“{text}” is not an amount of money."
    hint_zh = "写成 31000.00、31,000 或 3.1万，单位是元，最小到分，不能是负数。"
    hint_en = "Write 31000.00, 31,000 or 3.1万: yuan, down to the fen, not negative."


class BadUscc(BadInput):
    """A text that should be a unified social credit code is not one. Base of the three ways it can be wrong."""

    code = "bad-uscc"


class UsccLength(BadUscc):
    """Not 18 characters."""

    code = "uscc-length"
    zh = "统一社会信用代码「{text}」有 {length} 位，应当是 18 位。"
    en = "The unified social credit code “{text}” has {length} characters; it should have 18."
    hint_zh = "照营业执照补全；15 位的是旧注册号，不是统一社会信用代码。"
    hint_en = "Complete it from the business licence; a number of 15 digits is an old registration number."


class UsccCharacter(BadUscc):
    """A character that may not stand where it stands."""

    code = "uscc-character"
    zh = "统一社会信用代码「{text}」的第 {position} 位「{character}」不能用在这里。"
    en = "Character {position} of the unified social credit code “{text}”, “{character}”, may not stand there."
    hint_zh = "代码里没有 I、O、S、V、Z，第 3 到 8 位只有数字：常见的是把 0 写成 O，把 1 写成 I。"
    hint_en = "The code has no I, O, S, V, Z, and digits only in places 3 to 8: often O is written for 0, or I for 1."


class UsccCheckDigit(BadUscc):
    """The last character does not follow from the seventeen before it (GB 32100-2015)."""

    code = "uscc-check-digit"
    zh = "统一社会信用代码「{text}」的第 18 位是「{found}」，按前 17 位算应当是「{expected}」。"
    en = "Character 18 of the unified social credit code “{text}” is “{found}”; the first 17 call for “{expected}”."
    hint_zh = "有一位抄错了：对照营业执照逐位核对。"
    hint_en = "One character was copied wrongly: compare each with the business licence."


class BadCaseNumber(BadInput):
    """A text that should be a court's case number is not one (法〔2015〕137号)."""

    code = "bad-case-number"
    zh = "「{text}」不是 2016 年以后的法院案号。"
    en = "“{text}” is not a court case number of the form in use since 2016."
    hint_zh = "写成（2019）赣04刑终319号：年度、法院代字、类型代字、编号。更早的案号写在说明里。"
    hint_en = "Write （2019）赣04刑终319号: year, court, type, number. Put older numbers into the description."


class BadPlaceCode(BadInput):
    """A text that should be an administrative division code is not one (GB/T 2260)."""

    code = "bad-place-code"
    zh = "「{text}」不是行政区划代码。"
    en = "“{text}” is not an administrative division code."
    hint_zh = "写 6 位数字，如 360100（南昌市）；全国写 000000。"
    hint_en = "Write 6 digits, such as 360100 (Nanchang); 000000 for the whole country."


class BadCitation(BadInput):
    """A text that should be a citation of an article is not one."""

    code = "bad-citation"
    zh = "「{text}」不是法条引用。"
    en = "“{text}” is not a citation of an article."
    hint_zh = "写成 文件/条/款/项，如 cn.fashi-2025-5/3/1/1；要指明版本就写 cn.fashi-2025-5@2025/3/1/1。"
    hint_en = "Write instrument/article/paragraph/item, such as cn.fashi-2025-5/3/1/1, or with its version cn.fashi-2025-5@2025/3/1/1."


class NotCanonical(BadInput):
    """A value that has no single JSON form, such as a fraction."""

    code = "not-canonical"
    zh = "{what} 没有唯一的写法，不能算摘要。"
    en = "{what} has no single written form and cannot be hashed."
    hint_zh = "只用文字、整数、真假、空值、列表和对象；小数写成文字。"
    hint_en = "Use text, whole numbers, true and false, null, lists and objects only; write fractions as text."
