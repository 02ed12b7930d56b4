"""Two texts of a provision side by side: which words went, which came.

Chinese has no spaces, so the pieces compared are single characters, with numbers (Chinese ones too), Latin words and sums
of money kept whole. Marks are data; how they look is for the pages.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_PIECE = re.compile(
    r"[一二三四五六七八九十百千万亿零〇两]{2,}|[0-9０-９]+(?:[.．][0-9０-９]+)?|[A-Za-z]+|\s+|.", re.DOTALL
)
ISLAND = 1  # pieces: a single character that stayed between two changes is read as changed
LONGEST = 6000  # pieces of one side; beyond, paragraphs are compared whole


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters in a row with one mark: same, gone (only in the older text), new (only in the newer)."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Both sides of a comparison; joined, the runs of a side give its text back."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return all(run.mark == SAME for run in (*self.old, *self.new))


def pieces(text: str) -> list[str]:
    """Return what is compared: characters, with numbers and Latin words whole."""
    return _PIECE.findall(text)


def marked(old: str, new: str) -> Marked:
    """Compare two texts."""
    if old == new:
        both = (Run(old, SAME),) if old else ()
        return Marked(both, both)
    if not old or not new:
        return Marked((Run(old, GONE),) if old else (), (Run(new, NEW),) if new else ())
    before, after = pieces(old), pieces(new)
    if max(len(before), len(after)) > LONGEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    left: list[Run] = []
    right: list[Run] = []
    for same, a, b in _blocks(before, after):
        if same:
            left.append(Run(a, SAME))
            right.append(Run(b, SAME))
            continue
        left += [Run(a, GONE)] if a else []
        right += [Run(b, NEW)] if b else []
    return Marked(tuple(_merged(left)), tuple(_merged(right)))


def _blocks(before: list[str], after: list[str]) -> list[tuple[bool, str, str]]:
    """Return the stretches of both sides in order; islands between two changes are given to the changes around them."""
    codes = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    blocks: list[tuple[bool, str, str]] = []
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        same = tag == "equal"
        if same and 0 < place < len(codes) - 1 and i2 - i1 <= ISLAND:
            same = False
        blocks.append((same, "".join(before[i1:i2]), "".join(after[j1:j2])))
    return blocks


def _merged(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if found and found[-1].mark == run.mark:
            found[-1] = Run(found[-1].text + run.text, run.mark)
        else:
            found.append(run)
    return found


def grams(text: str) -> frozenset[str]:
    """Return the pairs of characters of a text, spaces and punctuation left out: what likeness is told by."""
    plain = re.sub(r"[\W_]+", "", text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how alike two texts are, from 0 to 1 (Dice over pairs of characters)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
