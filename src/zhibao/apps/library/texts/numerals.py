"""Numbers as statutes write them: 二百一十九, 219, ２１９.

The way back, from a number to 二百一十九, is ``rules.citing.chinese_number``.
"""

import re
import unicodedata

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[零〇○一二两三四五六七八九十百千0-9０-９]+"
_LARGEST = 9999


def read_number(text: str) -> int | None:
    """Return the number written in ``text``, or None where it is none (or larger than any article's)."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if plain.isascii() and plain.isdecimal():
        return int(plain) if len(plain) <= len(str(_LARGEST)) else None
    if plain and all(char in _DIGITS for char in plain):
        return _of_digits(plain)
    return _of_places(plain)


def _of_digits(text: str) -> int | None:
    """二〇二六: digits side by side."""
    number = int("".join(str(_DIGITS[char]) for char in text))
    return number if number <= _LARGEST else None


def _of_places(text: str) -> int | None:
    """二百一十九: digits with their places, which fall from left to right."""
    total, digit, last = 0, None, 10 * _LARGEST
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            continue
        place = _PLACES.get(char, 0)
        if not place or place >= last:
            return None
        total += (1 if digit is None else digit) * place
        digit, last = None, place
    return total + (digit or 0) if text else None
