"""Screens titles against a register of marks.

Knows nothing of files, feeds or leads. What is a match is said by reference.py; this finds the same, fast.
"""

import hashlib
from collections.abc import Sequence

from zhibao.matching import tables
from zhibao.matching.alignment import Prepared
from zhibao.matching.gates import RULES, is_sought, is_sought_disguised
from zhibao.matching.indexes.disguised import DisguiseIndex
from zhibao.matching.indexes.exact import ExactIndex
from zhibao.matching.model import Mark, Match


class Screener:
    """A register of marks made ready. Build it once; ``screen`` may be called by several processes after a fork.

    ``exact`` and ``disguised`` are how many marks are looked for so; ``unsought`` holds the ids of marks without a letter
    or number, which cannot be looked for.
    """

    def __init__(self, marks: Sequence[Mark]) -> None:
        everything = [Prepared.from_mark(mark) for mark in marks]
        sought = [prepared for prepared in everything if is_sought(prepared)]
        watched = [prepared for prepared in sought if is_sought_disguised(prepared)]
        self.unsought = tuple(prepared.mark.id for prepared in everything if not is_sought(prepared))
        self.exact, self.disguised = len(sought), len(watched)
        self._exact, self._disguised = ExactIndex(sought), DisguiseIndex(watched)
        self._marks = tuple(marks)

    def screen(self, title: str) -> tuple[Match, ...]:
        """Return all matches in a title, ordered by start, end, mark and channel."""
        found = [*self._exact.find(title), *self._disguised.find(title)]
        return tuple(sorted(found, key=lambda match: match.order))

    def digest(self) -> str:
        """Return a SHA-256 over the marks, the rules and the tables: titles screened under the same one need no second screening."""
        state = hashlib.sha256(f"{RULES} {tables.digest()}\n".encode())
        for mark in sorted(self._marks, key=lambda mark: mark.id):
            line = f"{mark.id}\x1f{mark.text}\x1f{mark.watched:d}\n"
            state.update(line.encode("utf-8", "surrogatepass"))
        return state.hexdigest()
