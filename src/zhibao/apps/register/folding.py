"""Text as a search sees it: half width, small letters, simplified characters, single spaces."""

import unicodedata
from functools import cache

import opencc


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold_text(text: str) -> str:
    """Return the text folded, so that 景德鎮 finds 景德镇 and ＱＬ finds ql."""
    plain = text.casefold()
    if not plain.isascii():
        plain = str(_simplifier().convert(unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(plain.split())


def fold_equal(one: str, other: str) -> bool:
    """Return whether two texts are the same when folded."""
    return one == other or fold_text(one) == fold_text(other)
