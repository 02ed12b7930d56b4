"""Holds a mark against a place in a text, character by character, and says what explains each difference.

Knows nothing of which marks are looked for (gates.py) or how places are found (reference.py, indexes/).
"""

from dataclasses import dataclass
from functools import cache

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell, Folded, fold
from zhibao.matching.model import Column, Mark, Match, Reason
from zhibao.matching.naming import difference
from zhibao.matching.registry import BY_NAME, FOLDING, LIKENESS, weakest_first
from zhibao.matching.signals.confusable import is_plain_swap
from zhibao.matching.signals.separator import COST, LONGEST_GAP, differs
from zhibao.matching.wording import CAPS, SAYS, Wording, wording_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mark folded. ``core`` is its text from the first letter or number to the last: signs at its edges do not count."""

    mark: Mark
    folded: Folded
    core: str

    @classmethod
    def from_mark(cls, mark: Mark) -> "Prepared":
        folded = fold(mark.text)
        core = mark.text[folded.at[0] : folded.at[-1] + 1] if folded.cells else ""
        return cls(mark, folded, core)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.folded.cells


@dataclass(frozen=True, slots=True)
class Pair:
    """What explains a character of the mark and one that was seen: the signals, weakest first, and the likeness."""

    kinds: tuple[str, ...]
    likeness: int


EQUAL = Pair((), 100)


@cache
def compare(mark: Cell, seen: Cell) -> Pair | None:
    """Return what explains the two characters, None when nothing does."""
    if mark.raw == seen.raw and mark.part == seen.part:
        return EQUAL
    if mark.char == seen.char:
        found = {s.name: s.alike(mark, seen) for s in FOLDING}
        kinds = {name for name, likeness in found.items() if likeness} or {"width"}
        return Pair(tuple(weakest_first(kinds)), min(filter(None, found.values()), default=98))
    for signal in LIKENESS:
        likeness = signal.alike(mark, seen)
        if likeness:
            return Pair((signal.name,), likeness)
    return None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A mark held against the cells ``first`` up to ``last`` of a text, all of them explained."""

    prepared: Prepared
    text: Folded
    first: int
    pairs: tuple[Pair, ...]
    kinds: tuple[str, ...]  # weakest first; empty when the texts are equal

    @property
    def last(self) -> int:
        return self.first + len(self.pairs)

    @property
    def start(self) -> int:
        return self.text.at[self.first]

    @property
    def end(self) -> int:
        return self.text.at[self.last - 1] + 1

    @property
    def plain_swaps(self) -> int:
        """How many ASCII characters stand for another ASCII letter."""
        seen = self.text.cells[self.first : self.last]
        return sum(
            pair.kinds == ("confusable",) and is_plain_swap(mark, cell)
            for pair, mark, cell in zip(self.pairs, self.prepared.cells, seen, strict=True)
        )

    @property
    def score(self) -> int:
        """The mean likeness, less the cost of separators; whole numbers only."""
        mean = sum(pair.likeness for pair in self.pairs) // len(self.pairs)
        return mean - COST if "separator" in self.kinds else mean


def align(prepared: Prepared, text: Folded, first: int) -> Alignment | None:
    """Hold a mark against a text at cell ``first``; None unless every character and gap is explained.

    A match never begins or ends inside a code point that folds to several characters.
    """
    marks, cells = prepared.cells, text.cells
    last = first + len(marks)
    if last > len(cells) or not cells[first].first or not cells[last - 1].last:
        return None
    found: list[Pair] = []
    for mark, seen in zip(marks, cells[first:last], strict=True):
        pair = compare(mark, seen)
        if pair is None:
            return None
        found.append(pair)
    kinds = {kind for pair in found for kind in pair.kinds}
    for index in range(1, len(marks)):
        gap = text.gap(first + index)
        if len(gap) > LONGEST_GAP:
            return None
        if differs(prepared.folded.gap(index), gap):
            kinds.add("separator")
    return Alignment(prepared, text, first, tuple(found), tuple(weakest_first(kinds)))


def as_match(alignment: Alignment) -> Match:
    """Return an alignment that is not exact as a match with its reasons."""
    start, end = alignment.start, alignment.end
    columns = strip(alignment)
    reasons = tuple(
        _reason(kind, alignment, columns, with_strip=place == 0) for place, kind in enumerate(alignment.kinds)
    )
    text, kind = alignment.text.text, alignment.kinds[0]
    wording = wording_of(text, start, end)
    if wording is not Wording.OWN:
        first, says = reasons[0], SAYS[wording]
        reasons = (Reason(first.kind, first.zh + says.zh, f"{first.en} {says.en}", first.columns), *reasons[1:])
    score = min(alignment.score, CAPS[wording])
    return Match(alignment.prepared.mark.id, kind, start, end, text[start:end], score, reasons)


def strip(alignment: Alignment) -> tuple[Column, ...]:
    """Return the columns of the disguise strip, separators included."""
    columns: list[Column] = []
    for index, (pair, mark) in enumerate(zip(alignment.pairs, alignment.prepared.cells, strict=True)):
        place = alignment.first + index
        if index:
            meant, gap = alignment.prepared.folded.gap(index), alignment.text.gap(place)
            if differs(meant, gap):
                columns.append(Column(meant, gap, "separator"))
        columns.append(_column(pair, mark, alignment.text.cells[place]))
    return tuple(columns)


def _column(pair: Pair, mark: Cell, seen: Cell) -> Column:
    if not pair.kinds:
        return Column(_shown(mark), _shown(seen), "equal")
    signal = BY_NAME[pair.kinds[0]]
    readings = signal.reading_mark(mark, seen), signal.reading_seen(seen)
    return Column(_shown(mark), _shown(seen), signal.how, *readings)


def _shown(cell: Cell) -> str:
    """Return the code point, or the folded character where one code point stands for several."""
    return cell.raw if len(cell.whole) == 1 else cell.char


def _reason(kind: str, alignment: Alignment, columns: tuple[Column, ...], *, with_strip: bool) -> Reason:
    signal = BY_NAME[kind]
    cells = alignment.text.cells[alignment.first : alignment.last]
    found = [
        difference(signal, mark, seen)
        for pair, mark, seen in zip(alignment.pairs, alignment.prepared.cells, cells, strict=True)
        if kind in pair.kinds
    ]
    if kind == "separator":
        gaps = (f"{_spelt(c.mark_char)}→{_spelt(c.seen_char)}" for c in columns if c.how == "separator")
        found = [Label(gap, gap) for gap in gaps]
    zh = signal.says.zh.format(what="、".join(label.zh for label in found))
    en = signal.says.en.format(what=", ".join(label.en for label in found))
    return Reason(kind, zh, en, columns if with_strip else ())


def _spelt(gap: str) -> str:
    """Return what separates two characters so that it can be read: the invisible by code points."""
    return "「" + "".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in gap) + "」"
