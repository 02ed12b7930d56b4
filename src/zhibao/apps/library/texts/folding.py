"""Text as search compares it: one width, one case, no spaces.

Full-width digits and letters become plain ones; Chinese punctuation is kept out of the way as well.
"""

import re
import unicodedata

_SPACE = re.compile(r"\s+")


def folded(text: str) -> str:
    """Return ``text`` in the form that is searched."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in ``text`` it came from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in _SPACE.sub("", unicodedata.normalize("NFKC", char)).casefold():
            chars.append(part)
            places.append(place)
    return "".join(chars), places


def printable(text: str) -> str:
    """Return ``text`` without what no text is printed with and not every database keeps: NUL, half characters, controls."""
    if text.isprintable():
        return text
    return "".join(char for char in text if char.isprintable() or char == "\n")
