"""Finds marks whose very characters stand in a text. Knows no disguise."""

from collections.abc import Iterator, Sequence

from zhibao.matching.alignment import Prepared
from zhibao.matching.gates import admits_exact, is_unbounded
from zhibao.matching.indexes.automaton import Automaton
from zhibao.matching.model import Match
from zhibao.matching.reasons import exact_match


class ExactIndex:
    """Marks by their text; several marks may have the same one."""

    def __init__(self, marks: Sequence[Prepared]) -> None:
        groups: dict[str, list[tuple[Prepared, bool]]] = {}
        for prepared in marks:
            groups.setdefault(prepared.core, []).append((prepared, is_unbounded(prepared)))
        self._groups = list(groups.values())
        self._automaton = Automaton(groups)

    def find(self, title: str) -> Iterator[Match]:
        """Yield the exact matches of a title."""
        for number, start, end in self._automaton.find(title):
            for prepared, unbounded in self._groups[number]:
                if title[start:end] != prepared.core:
                    continue
                if unbounded or admits_exact(prepared, title, start, end):
                    yield exact_match(prepared, title, start)
