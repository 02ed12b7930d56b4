"""并排: the words of two texts with what went struck through and what came underlined, paragraph by paragraph.

Knows no law: the runs and their marks are given.
"""

from collections.abc import Iterable
from typing import Protocol

from django.utils.safestring import SafeString

from zhibao.web.parts.markup import element, join

TAGS = {"gone": "del", "new": "ins"}


class Marked(Protocol):
    """Some characters in a row with one mark: same, gone, new."""

    @property
    def text(self) -> str: ...

    @property
    def mark(self) -> str: ...


def marked_text(runs: Iterable[Marked]) -> SafeString:
    """Draw one side of a comparison; a line feed inside a run begins a new paragraph."""
    paragraphs: list[list[str]] = [[]]
    for run in runs:
        for place, line in enumerate(run.text.split("\n")):
            if place:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(element(TAGS[run.mark], line) if run.mark in TAGS else line)
    return element("div", *(element("p", join(pieces)) for pieces in paragraphs if pieces), cls="law")
