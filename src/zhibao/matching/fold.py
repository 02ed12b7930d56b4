"""How a text is folded: which characters count, and each one's width, case and variant forms.

Folding is by code point and knows no context. Knows nothing of marks or of what resembles what.

A letter or number becomes one *cell*, or several where its compatibility form has several characters. Anything else
(spaces, punctuation, emoji, zero-width and combining marks, lone surrogates) separates: it makes no cell. The four signs
that are used as letters (``@ $ ! |``) are cells only in the soft view of a text.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from zhibao.matching.tables import pairs, ranges

SOFT_SIGNS = frozenset("@$!|")
_FIRST_IDEOGRAPH = 0x2E80  # from here on scripts are written without spaces between words (kana, Han, Hangul)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One character after folding: its code point, the code point's three forms, and which character of the last it is.

    Cells are made once per code point, so that the same one is the same object.
    """

    raw: str
    wide: str
    cased: str
    whole: str
    char: str
    part: int

    @property
    def first(self) -> bool:
        return self.part == 0

    @property
    def last(self) -> bool:
        return self.part == len(self.whole) - 1

    @property
    def is_digit(self) -> bool:
        return "0" <= self.char <= "9"

    @property
    def is_spaced(self) -> bool:
        """Whether it belongs to a script that puts spaces between words, so that words have bounds."""
        return not self.is_digit and ord(self.char) < _FIRST_IDEOGRAPH


@dataclass(frozen=True, slots=True)
class Folded:
    """A text's cells, and the code point each one stands at."""

    text: str
    cells: tuple[Cell, ...]
    at: tuple[int, ...]

    def gap(self, index: int) -> str:
        """Return what separates cell ``index`` from the one before it."""
        return self.text[self.at[index - 1] + 1 : self.at[index]]


@cache
def cells_of(char: str) -> tuple[Cell, ...]:
    """Return the cells of one code point: none for what separates."""
    wide = pairs("width.tsv").get(char, char)
    if wide == char and not is_letter(char):
        return ()
    cases, variants = pairs("case.tsv"), pairs("variant.tsv")
    cased = "".join(cases.get(c, c) for c in wide)
    whole = "".join(variants.get(c, c) for c in cased)
    return tuple(Cell(char, wide, cased, whole, c, part) for part, c in enumerate(whole))


@cache
def soft_cells_of(char: str) -> tuple[Cell, ...]:
    """Return the cells of one code point where the signs used as letters count."""
    return (Cell(char, char, char, char, char, 0),) if char in SOFT_SIGNS else cells_of(char)


def is_letter(char: str) -> bool:
    """Return whether a code point is a letter or a number (Unicode categories L and N)."""
    spans = ranges("letter.tsv")
    place = bisect_right(spans, (ord(char), 0x110000)) - 1
    return place >= 0 and ord(char) <= spans[place][1]


def fold(text: str, *, soft: bool = False) -> Folded:
    """Return the cells of a text with their places; ``soft`` also reads ``@ $ ! |`` as letters."""
    cells: list[Cell] = []
    at: list[int] = []
    find = soft_cells_of if soft else cells_of
    for place, char in enumerate(text):
        for cell in find(char):
            cells.append(cell)
            at.append(place)
    return Folded(text, tuple(cells), tuple(at))


def has_soft_signs(text: str) -> bool:
    """Return whether the soft view of a text differs from the plain one."""
    return not SOFT_SIGNS.isdisjoint(text)
