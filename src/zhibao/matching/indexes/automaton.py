"""All places where any of many strings stands in a text, in one pass (Aho and Corasick 1975).

Knows no marks and no folding. Lone surrogates, which have no UTF-8 form, are taken as U+FFFD on both sides.
"""

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_SURROGATE = re.compile("[\ud800-\udfff]")


class Automaton:
    """Strings to be found; what is found is told by a string's number in their order.

    Every place is found, or with ``longest`` only the leftmost longest, none of which overlap.
    """

    def __init__(self, strings: Iterable[str], *, longest: bool = False) -> None:
        self._overlapping = not longest
        self._machine = AhoCorasick(
            [_speakable(s) for s in strings],
            matchkind=MatchKind.LeftmostLongest if longest else MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return (number of the string, start, end) for every place, in code points."""
        try:
            return self._machine.find_matches_as_indexes(text, overlapping=self._overlapping)
        except UnicodeEncodeError:
            return self._machine.find_matches_as_indexes(_speakable(text), overlapping=self._overlapping)


def _speakable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
