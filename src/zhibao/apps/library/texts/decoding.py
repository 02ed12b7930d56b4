"""A file of a law as lines: which bytes, which encoding, what may not be in it.

Knows no article: that is ``splitting``.
"""

import unicodedata
from dataclasses import dataclass

from zhibao.apps.library.errors import TextEmpty, TextLineTooLong, TextNotReadable, TextTooLarge, TextWrongKind
from zhibao.apps.library.texts.word import lines_of_word

MIB = 1024 * 1024
LIMIT = 16 * MIB  # the longest code in force has a third of a million characters
LONGEST_LINE = 20_000  # characters; the longest article of a Chinese statute has some five thousand
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KINDS = (
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 WPS 文件", "an old Word or WPS file"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"\x1f\x8b", "压缩文件", "a packed file"),
    (b"7z\xbc\xaf", "压缩文件", "a packed file"),
    (b"Rar!", "压缩文件", "a packed file"),
)
_UNSEEN = {
    "Cf",
    "Cc",
    "Co",
    "Cn",
}  # zero-width, direction, control and private characters: no statute is printed with them


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text with how it was read: ``kind`` is markdown or word, ``encoding`` empty for Word."""

    kind: str
    encoding: str
    lines: tuple[str, ...]


def read_lines(raw: bytes, name: str) -> Lines:
    """Return the lines of a Markdown, plain or Word file. Raises a TextFault that says what is wrong with it."""
    if not raw.strip():
        raise TextEmpty(where=name, name=name)
    if len(raw) > LIMIT:
        raise TextTooLarge(where=name, name=name, limit=LIMIT // MIB)
    if raw.startswith(b"PK"):
        kind, encoding, text = "word", "", "\n".join(lines_of_word(raw, name))
    else:
        _refuse_other_kinds(raw, name)
        encoding, text = _decoded(raw, name)
        kind = "markdown"
    lines = tuple(_seen(line) for line in text.splitlines())
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise TextLineTooLong(where=f"{name}:{number}", name=name, line=number, length=len(line))
    if not any(line.strip() for line in lines):
        raise TextEmpty(where=name, name=name)
    return Lines(kind, encoding, lines)


def _refuse_other_kinds(raw: bytes, name: str) -> None:
    for start, zh, en in _KINDS:
        if raw.startswith(start):
            raise TextWrongKind(where=name, name=name, kind_zh=zh, kind_en=en)


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return encoding.removesuffix("-sig"), _decode(raw, encoding, name)
    if b"\x00" in raw:
        raise TextNotReadable(where=name, name=name)
    try:
        return "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode(raw, "gb18030", name)
    if not _is_chinese(text):
        raise TextNotReadable(where=name, name=name)
    return "gb18030", text


def _decode(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise TextNotReadable(where=name, name=name) from None


def _is_chinese(text: str) -> bool:
    """Tell Chinese from bytes of another encoding that happen to be valid GB 18030: statutes are full of these words."""
    common = sum(text.count(word) for word in ("的", "条", "第", "，", "。", "法"))
    return common * 25 > len(text.strip())


def _seen(line: str) -> str:
    kept = line.replace("\t", " ")
    if any(unicodedata.category(char) in _UNSEEN for char in kept):
        kept = "".join(char for char in kept if unicodedata.category(char) not in _UNSEEN)
    return kept.replace("\xa0", " ").rstrip()
