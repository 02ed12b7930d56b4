"""Where the ordinary words of a text stand, so that a mark cut out of them, or one that is such a word, can be told.

Knows no marks. Words are found from left to right, the longest first (forward maximum matching), in a lexicon of some
60,000 Chinese words of two to four characters. Names and rare words are not in it, and it is no grammar.
"""

from bisect import bisect_left, bisect_right
from enum import StrEnum
from functools import cache, lru_cache

from zhibao.kernel.labels import Label
from zhibao.matching.fold import cells_of
from zhibao.matching.indexes.automaton import Automaton
from zhibao.matching.tables import words

_NO_WORD = "\0"


CAPS = {"own": 100, "word": 60, "cut": 40}  # the most a match may score
SAYS = {
    "own": Label("", ""),
    "word": Label("但它也是常用词。", "It is also an ordinary word."),
    "cut": Label("但这里是从别的词里切出来的。", "But here it is cut out of longer words."),
}


class Wording(StrEnum):
    """How a window stands to the ordinary words around it."""

    OWN = "own"  # not a word of the language, or not only
    WORD = "word"  # made of ordinary words
    CUT = "cut"  # begins or ends inside an ordinary word


class _Plain(dict[int, str]):
    """How each code point is written for the lexicon: one character for one code point."""

    def __missing__(self, code: int) -> str:
        cells = cells_of(chr(code))
        self[code] = cells[0].char if len(cells) == 1 else _NO_WORD
        return self[code]


_PLAIN = _Plain()


@cache
def _lexicon() -> Automaton:
    return Automaton(sorted(words("lexicon.txt")), longest=True)


@lru_cache(maxsize=16)
def words_of(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the ordinary words of a text begin, and where they end."""
    places = _lexicon().find(text.translate(_PLAIN))
    return tuple(start for _, start, _ in places), tuple(end for _, _, end in places)


def wording_of(text: str, start: int, end: int) -> Wording:
    """Return how a window of a text stands to the ordinary words around it."""
    starts, ends = words_of(text)
    covered = 0
    for word in range(bisect_right(ends, start), bisect_left(starts, end)):
        if starts[word] < start or ends[word] > end:
            return Wording.CUT
        covered += ends[word] - starts[word]
    return Wording.WORD if covered == end - start else Wording.OWN
