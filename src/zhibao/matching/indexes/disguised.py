"""Finds places where a watched mark may stand in disguise, and lets the slow comparison decide.

Characters that any signal can take for each other share a code; a title is written in codes and searched for the codes
of the first characters of each mark. A mark's character with several readings stands under each of them. Knows nothing
of scores and sentences.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from zhibao.matching.alignment import Prepared, align, as_match
from zhibao.matching.fold import Cell, Folded, cells_of, fold, has_soft_signs, soft_cells_of
from zhibao.matching.gates import admits_disguise, holds_soft_sign
from zhibao.matching.indexes.automaton import Automaton
from zhibao.matching.model import Match
from zhibao.matching.registry import LIKENESS

HEAD = 4  # characters of a mark that are looked up; the rest is compared. Bounds the readings' product at 3 ** 4.
_ELSE = " "  # written for every code that no mark has


def codes_of(cell: Cell) -> tuple[str, ...]:
    """Return what a character is looked up by; the first is what a seen character is written as."""
    for signal in LIKENESS:
        codes = signal.codes(cell)
        if codes:
            return tuple(f"{signal.name} {code}" for code in codes)
    return (cell.char,)


class _Script(dict[int, str]):
    """How each code point is written in codes: a table for ``str.translate`` that fills itself."""

    def __init__(self, letters: dict[str, str], cells: Callable[[str], tuple[Cell, ...]]) -> None:
        super().__init__()
        self._letters, self._cells = letters, cells

    def __missing__(self, code: int) -> str:
        written = "".join(self._letters.get(codes_of(cell)[0], _ELSE) for cell in self._cells(chr(code)))
        self[code] = written
        return written


class DisguiseIndex:
    """Watched marks by the codes of their first characters."""

    def __init__(self, marks: Sequence[Prepared]) -> None:
        letters: dict[str, str] = {}
        heads: dict[str, list[Prepared]] = {}
        for prepared in marks:
            choices = [[_letter(letters, code) for code in codes_of(cell)] for cell in prepared.cells[:HEAD]]
            for head in product(*choices):
                heads.setdefault("".join(head), []).append(prepared)
        self._heads = list(heads.values())
        self._automaton = Automaton(heads)
        self._plain = _Script(letters, cells_of)
        self._soft = _Script(letters, soft_cells_of)

    def find(self, title: str) -> Iterator[Match]:
        """Yield the disguised matches of a title."""
        yield from self._in_view(title, soft=False)
        if has_soft_signs(title):
            yield from self._in_view(title, soft=True)

    def _in_view(self, title: str, *, soft: bool) -> Iterator[Match]:
        places = self._automaton.find(title.translate(self._soft if soft else self._plain))
        if places:
            text = fold(title, soft=soft)
            for number, first, _ in places:
                yield from self._decided(text, self._heads[number], first, soft=soft)

    def _decided(self, text: Folded, marks: list[Prepared], first: int, *, soft: bool) -> Iterator[Match]:
        for prepared in marks:
            alignment = align(prepared, text, first)
            if alignment and admits_disguise(alignment) and (not soft or holds_soft_sign(alignment)):
                yield as_match(alignment)


def _letter(letters: dict[str, str], code: str) -> str:
    """Return the private letter of a code, giving the next free one to a new code."""
    if code not in letters:
        number = ord("!") + len(letters)
        letters[code] = chr(number if number < 0xD800 else number + 0x800)
    return letters[code]
