"""The values matching takes and gives: marks in, matches with their reasons out.

Knows nothing of registers, listings or how a match is found. Places are code points in the raw text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A word mark. ``classes`` are Nice classes; only a ``watched`` mark is looked for in disguise."""

    id: str
    text: str
    classes: tuple[int, ...] = ()
    watched: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the disguise strip: a character of the mark above what stands for it in the text.

    ``how`` is ``equal``, ``width``, ``case``, ``variant``, ``separator``, ``confusable``, ``sound``, or in a search also
    ``missing`` and ``added``. In a ``separator`` column at most one side holds text. The readings (toneless pinyin) are
    empty where ``how`` is not ``sound``.
    """

    mark_char: str
    seen_char: str
    how: str
    reading_mark: str = ""
    reading_seen: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the fields under their own names; empty readings are left out."""
        found = {"mark_char": self.mark_char, "seen_char": self.seen_char, "how": self.how}
        if self.reading_mark:
            found |= {"reading_mark": self.reading_mark, "reading_seen": self.reading_seen}
        return found


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is a match: the signal's name, one sentence in each language, and on the first reason the whole strip."""

    kind: str
    zh: str
    en: str
    columns: tuple[Column, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return kind, sentences and columns."""
        return {"kind": self.kind, "zh": self.zh, "en": self.en, "columns": [c.as_json() for c in self.columns]}


@dataclass(frozen=True, slots=True)
class Match:
    """A mark found in a text from ``start`` up to ``end``; ``surface`` is what stands there, ``score`` is 0 to 100.

    ``channel`` is the weakest of the reasons (see registry.CHANNELS); the reasons stand weakest first, so that
    ``reasons[0].columns`` is the strip. An exact match has one reason and an empty strip: all columns would be equal.
    """

    mark_id: str
    channel: str
    start: int
    end: int
    surface: str
    score: int
    reasons: tuple[Reason, ...]

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The order of matches within one text."""
        return self.start, self.end, self.mark_id, self.channel


@dataclass(frozen=True, slots=True)
class Found:
    """A mark found by a search, with its likeness to what was asked (0 to 100) and the reasons."""

    mark: Mark
    score: int
    reasons: tuple[Reason, ...]
