"""File names as people wrote them, mended where a program on the way misread them.

Knows encodings and dangerous characters; knows nothing of what is in the file.
"""

import re
import unicodedata

from zhibao.apps.vault.errors import BadFileName

LONGEST = 255
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2014-\u2026]")
_GB2312_LEADS = range(0xB0, 0xF8)  # the rows of GB 2312 that hold hanzi; both bytes of each pair are 0xA1 and above


def mend_name(name: str | bytes) -> str:
    """Return ``name`` without folders, controls and direction marks, and with misread encodings put right.

    Bytes are read as UTF-8, else as GB 18030. Text that a program made by reading such bytes as Latin-1 or code page
    437 is turned back. A name already readable is left as it is. Raises ``BadFileName`` when nothing is left.
    """
    text = _decode(name) if isinstance(name, bytes) else name
    while (mended := _mended_once(text)) != text:  # what was taken out may have hidden a misread name
        text = mended
    if not any(character.isalnum() for character in text):
        raise BadFileName
    return text


def _mended_once(text: str) -> str:
    text = unicodedata.normalize("NFC", _NEVER.sub("", _turn_back(text)))
    return _shorten(re.split(r"[/\\]", text)[-1].strip(" ."))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _turn_back(text: str) -> str:
    if any("\udc80" <= character <= "\udcff" for character in text):  # bytes kept by os.fsdecode
        return _decode(text.encode("utf-8", "surrogateescape"))
    if text.isascii():
        return text
    for misread_as in ("latin-1", "cp437"):
        try:
            raw = text.encode(misread_as)
        except UnicodeEncodeError:
            continue
        mended = _as_utf8(raw) or _as_gb(raw)
        if mended:
            return mended
    return text


def _as_utf8(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if any(_HAN.match(character) for character in text) else ""


def _as_gb(raw: bytes) -> str:
    """Return ``raw`` read as GB 18030 when most of it is everyday hanzi; Latin names with accents are left alone."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    wide = [character for character in text if not character.isascii()]
    everyday = [character for character in wide if _is_everyday(character)]
    return text if wide and len(everyday) * 2 > len(wide) else ""


def _is_everyday(character: str) -> bool:
    pair = character.encode("gb18030")
    return len(pair) == 2 and pair[0] in _GB2312_LEADS and pair[1] >= 0xA1


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    stem, dot, ending = text.rpartition(".")
    if dot and len(ending) <= 12:
        return stem[: LONGEST - len(ending) - 1] + "." + ending
    return text[:LONGEST]
