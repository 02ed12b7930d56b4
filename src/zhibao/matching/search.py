"""Searches a register for the marks that come nearest to a proposed one.

Knows nothing of goods beyond the class filter, nor of meaning. The likeness is the edit distance in which two characters
cost what the signals leave unexplained; a mark wholly inside the other, or the same characters in another order, count
for more than their distance says (the examination guidelines treat both as near).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhibao.matching.alignment import Prepared, compare
from zhibao.matching.fold import Cell, fold
from zhibao.matching.indexes.disguised import codes_of
from zhibao.matching.model import Column, Found, Mark, Reason
from zhibao.matching.naming import difference
from zhibao.matching.registry import BY_NAME, weakest_first

ORDER, INSIDE, INSIDE_SPAN = 85, 60, 30
_LEAST_INSIDE = 2  # a single character inside another name says nothing


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cheapest edit: a character of the mark, of the text asked for, or both, and the signals between."""

    mark: Cell | None
    seen: Cell | None
    kinds: tuple[str, ...] | None  # None: nothing explains the two


def distance(mark: Sequence[Cell], seen: Sequence[Cell]) -> tuple[int, tuple[Step, ...]]:
    """Return the cost of turning one into the other, 100 for each unexplained character, and its steps."""
    rows: list[list[tuple[int, int]]] = [[(100 * j, 2) for j in range(len(seen) + 1)]]
    for i, meant in enumerate(mark, start=1):
        row = [(100 * i, 1)]
        for j, found in enumerate(seen, start=1):
            pair = compare(meant, found)
            both = rows[-1][j - 1][0] + (100 - pair.likeness if pair else 100)
            row.append(min((both, 0), (rows[-1][j][0] + 100, 1), (row[-1][0] + 100, 2)))
        rows.append(row)
    return rows[-1][-1][0], tuple(_steps(mark, seen, rows))[::-1]


def _steps(mark: Sequence[Cell], seen: Sequence[Cell], rows: list[list[tuple[int, int]]]) -> Iterator[Step]:
    i, j = len(mark), len(seen)
    while i or j:
        move = rows[i][j][1] if i else 2
        if move == 0:
            pair = compare(mark[i - 1], seen[j - 1])
            yield Step(mark[i - 1], seen[j - 1], pair.kinds if pair else None)
        elif move == 1:
            yield Step(mark[i - 1], None, None)
        else:
            yield Step(None, seen[j - 1], None)
        i, j = i - (move != 2), j - (move != 1)


def _stands_in(inner: Sequence[Cell], outer: Sequence[Cell], *, inner_is_mark: bool) -> bool:
    def explained(one: Cell, other: Cell) -> bool:
        return compare(one, other) is not None if inner_is_mark else compare(other, one) is not None

    spans = range(len(outer) - len(inner) + 1)
    return any(all(explained(a, b) for a, b in zip(inner, outer[s:], strict=False)) for s in spans)


def likeness(prepared: Prepared, text: str) -> Found | None:
    """Return how near a mark is to a text, with reasons; None where nothing is common. This is the slow truth."""
    mark, seen = prepared.cells, fold(text).cells
    if not mark or not seen:
        return None
    cost, steps = distance(mark, seen)
    longer, shorter = max(len(mark), len(seen)), min(len(mark), len(seen))
    score, extra = (100 * longer - cost) // longer, ""
    if len(mark) == len(seen) and score < ORDER and _same_characters(mark, seen):
        score, extra = ORDER, "order"
    elif shorter >= _LEAST_INSIDE and len(mark) != len(seen):
        inner, outer = (mark, seen) if len(mark) < len(seen) else (seen, mark)
        inside = INSIDE + INSIDE_SPAN * shorter // longer
        if _stands_in(inner, outer, inner_is_mark=inner is mark) and inside > score:
            score, extra = inside, "inside" if inner is mark else "around"
    return Found(prepared.mark, score, _reasons(prepared, text, steps, extra)) if score > 0 else None


def _same_characters(mark: Sequence[Cell], seen: Sequence[Cell]) -> bool:
    return sorted(cell.char for cell in mark) == sorted(cell.char for cell in seen)


_SAYS = {
    "order": ("文字相同，只是顺序不同。", "The same characters in another order."),
    "inside": ("含有这件商标的全部文字。", "It holds the whole mark."),
    "around": ("全部文字都在这件商标里。", "All of it stands in the mark."),
    "different": ("有不同的文字：{what}。", "Other characters: {what}."),
    "missing": ("比这件商标少：{what}。", "Missing from the mark: {what}."),
    "added": ("比这件商标多：{what}。", "Added to the mark: {what}."),
}


def _reasons(prepared: Prepared, text: str, steps: Sequence[Step], extra: str) -> tuple[Reason, ...]:
    if prepared.core == text.strip():
        says = BY_NAME["exact"].says
        return (Reason("exact", says.zh, says.en),)
    kinds = {kind for step in steps for kind in step.kinds or ()}
    changes: dict[str, list[str]] = {"different": [], "missing": [], "added": []}
    for step in steps:
        if step.mark and step.seen and step.kinds is None:
            changes["different"].append(f"{step.mark.raw}→{step.seen.raw}")
        elif not step.seen and step.mark:
            changes["missing"].append(step.mark.raw)
        elif not step.mark and step.seen:
            changes["added"].append(step.seen.raw)
    named = [(extra, "")] if extra else []
    named += [(name, "、".join(parts)) for name, parts in changes.items() if parts and extra != "order"]
    found = [(name, _SAYS[name][0].format(what=what), _SAYS[name][1].format(what=what)) for name, what in named]
    for kind in weakest_first(kinds):
        signal = BY_NAME[kind]
        changed = [difference(signal, s.mark, s.seen) for s in steps if s.mark and s.seen and kind in (s.kinds or ())]
        zh, en = "、".join(label.zh for label in changed), ", ".join(label.en for label in changed)
        found.append((kind, signal.says.zh.format(what=zh), signal.says.en.format(what=en)))
    if not found:
        found = [("separator", "只有间隔或符号不同。", "Only spaces or signs differ.")]
    columns = tuple(_column(step) for step in steps)
    return tuple(Reason(kind, zh, en, columns if place == 0 else ()) for place, (kind, zh, en) in enumerate(found))


def _column(step: Step) -> Column:
    mark, seen = step.mark, step.seen
    if not mark or not seen:
        return Column(mark.raw if mark else "", seen.raw if seen else "", "missing" if mark else "added")
    if not step.kinds:
        return Column(mark.raw, seen.raw, "equal" if step.kinds == () else "different")
    signal = BY_NAME[step.kinds[0]]
    return Column(mark.raw, seen.raw, signal.how, signal.reading_mark(mark, seen), signal.reading_seen(seen))


class Searcher:
    """A register made ready for searching: which marks hold a character of each code.

    No mark is left out that the slow truth would rank: a mark that shares k codes with what is asked scores no more than
    a bound that follows from k and the lengths, and marks are tried in the order of that bound.
    """

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._prepared = [Prepared.from_mark(mark) for mark in marks]
        holders: dict[str, list[int]] = {}
        for number, prepared in enumerate(self._prepared):
            for code in {code for cell in prepared.cells for code in codes_of(cell)}:
                holders.setdefault(code, []).append(number)
        self._holders = {code: np.array(numbers, dtype=np.int64) for code, numbers in holders.items()}
        self._lengths = np.array([len(prepared.cells) for prepared in self._prepared], dtype=np.int64)

    def search(self, text: str, *, classes: Sequence[int] = (), top: int = 10) -> tuple[Found, ...]:
        """Return the ``top`` nearest marks of the classes (all when none is named), best first, ties by id."""
        best: list[tuple[int, str, Found]] = []
        bounds = self._bounds(text)
        for number in np.argsort(-bounds, kind="stable"):
            if bounds[number] <= 0 or (len(best) == top and bounds[number] < -best[-1][0]):
                break
            mark = self._prepared[number].mark
            if classes and not set(classes) & set(mark.classes):
                continue
            found = likeness(self._prepared[number], text)
            if found:
                best = sorted([*best, (-found.score, mark.id, found)], key=lambda entry: entry[:2])[:top]
        return tuple(found for _, _, found in best)

    def _bounds(self, text: str) -> NDArray[np.int64]:
        """Return for each mark the highest score it can have."""
        cells = fold(text).cells
        shared = np.zeros(len(self._prepared), dtype=np.int64)
        for cell in cells:
            holders = self._holders.get(codes_of(cell)[0])
            if holders is not None:
                shared[holders] += 1
        shared = np.minimum(shared, self._lengths)
        longer, shorter = np.maximum(self._lengths, len(cells)), np.minimum(self._lengths, len(cells))
        bound = 100 * shared // np.maximum(longer, 1)
        inside = INSIDE + INSIDE_SPAN * shorter // np.maximum(longer, 1)
        return np.where((shared >= shorter) & (shared > 0), np.maximum(bound, inside), bound)
