"""Text as a search sees it: half width, small letters, simplified characters, single spaces."""

import re
import unicodedata
from functools import cache

import opencc


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold_text(text: str) -> str:
    """Return the text folded, so that 景德鎮 finds 景德镇 and ＱＬ finds ql."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = str(_simplifier().convert(plain))
    return re.sub(r"\s+", " ", plain).strip()
