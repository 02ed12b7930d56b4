"""Says what stands for what: two characters and how they differ, in words where the eye cannot tell them apart.

Knows the names of scripts and styles, not which characters resemble each other.
"""

import unicodedata

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal

_LATIN, _ACCENTED = Label("拉丁字母", "Latin"), Label("带符号的拉丁字母", "accented Latin")
_SIGN, _OTHER = Label("符号", "sign"), Label("字符", "character")
_STYLED = Label("花体字母", "styled letter")
# By the first word of a character's Unicode name, which never changes.
_NAMES = {
    "LATIN": _LATIN,
    "GREEK": Label("希腊字母", "Greek"),
    "CYRILLIC": Label("西里尔字母", "Cyrillic"),
    "ARMENIAN": Label("亚美尼亚字母", "Armenian"),
    "CHEROKEE": Label("切罗基字母", "Cherokee"),
    "COPTIC": Label("科普特字母", "Coptic"),
    "HEBREW": Label("希伯来字母", "Hebrew"),
    "LISU": Label("傈僳字母", "Lisu"),
    "DIGIT": Label("数字", "digit"),
    "FULLWIDTH": Label("全角", "full-width"),
    "HALFWIDTH": Label("半角", "half-width"),
    "CIRCLED": Label("圈码", "circled"),
    "PARENTHESIZED": Label("括号码", "parenthesized"),
    "SQUARED": Label("方框码", "squared"),
    "SQUARE": Label("方块字", "square"),
    "SUPERSCRIPT": Label("上标", "superscript"),
    "SUBSCRIPT": Label("下标", "subscript"),
    "ROMAN": Label("罗马数字", "Roman numeral"),
    "MATHEMATICAL": Label("数学字母", "mathematical"),
    "SCRIPT": _STYLED,
    "BLACK-LETTER": _STYLED,
    "DOUBLE-STRUCK": _STYLED,
    "CJK": Label("汉字", "Han"),
    "KANGXI": Label("部首", "radical"),
}


def name_of(char: str) -> Label:
    """Return the script or style of a character."""
    if unicodedata.category(char)[0] in "PS":
        first = unicodedata.name(char, "").split(" ")[0]
        return _NAMES.get(first, _SIGN)
    name = unicodedata.name(char, "")
    if name.startswith("LATIN") and " WITH " in name:
        return _ACCENTED
    return _NAMES.get(name.split(" ")[0], _OTHER)


def difference(signal: Signal, mark: Cell, seen: Cell) -> Label:
    """Return what stands for what, as ``signal`` explains it: ``月→越(yue)``, ``拉丁字母 T→西里尔字母 Т（U+0422）``."""
    if signal.looks_same:
        one, other = name_of(mark.raw), name_of(seen.raw)
        zh = f"{one.zh} {mark.raw}{_code(mark.raw, '（', '）')}→{other.zh} {seen.raw}{_code(seen.raw, '（', '）')}"
        en = f"{one.en} {mark.raw}{_code(mark.raw, ' (', ')')} → {other.en} {seen.raw}{_code(seen.raw, ' (', ')')}"
        return Label(zh, en)
    meant, heard = signal.reading_mark(mark, seen), signal.reading_seen(seen)
    sound = f"({heard})" if heard == meant else f"({meant}≈{heard})"
    text = f"{mark.raw}→{seen.raw}{sound if heard else ''}"
    return Label(text, text)


def _code(char: str, left: str, right: str) -> str:
    """Return a character's code point in brackets, nothing for ASCII and Han, which everybody can tell."""
    return "" if char.isascii() or "\u3400" <= char <= "\u9fff" else f"{left}U+{ord(char):04X}{right}"
