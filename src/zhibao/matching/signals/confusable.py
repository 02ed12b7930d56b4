"""Letters, digits and signs that look like another letter: Cyrillic and Greek, accents, ``0`` for ``o``. Knows no sound.

Only alphabets are compared; Chinese characters that look alike are another signal.
"""

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal
from zhibao.matching.tables import pairs

FOREIGN, NEAR, LEET = 95, 90, 80
_NEAR = frozenset("il1!|"), frozenset("o0")
_UPRIGHT = frozenset("lI")  # of i, I, l and L, only these two look alike


def skeleton(cell: Cell) -> str:
    """Return the small ASCII letter a character looks like, ``i`` for ``l`` too; empty where there is none."""
    table = pairs("confusable.tsv")
    seen = cell.wide if len(cell.whole) == 1 else cell.char
    letter = table.get(seen) or table.get(cell.char)
    return letter or (cell.char if "a" <= cell.char <= "z" else "")


def alike(mark: Cell, seen: Cell) -> int:
    """Return the likeness of two characters that look like the same letter."""
    if not skeleton(mark) or skeleton(mark) != skeleton(seen):
        return 0
    if not is_plain_swap(mark, seen):
        return FOREIGN
    if {mark.char, seen.char} == {"i", "l"} and {mark.wide, seen.wide} != _UPRIGHT:
        return 0
    return NEAR if any({mark.char, seen.char} <= group for group in _NEAR) else LEET


def is_plain_swap(mark: Cell, seen: Cell) -> bool:
    """Return whether both are ASCII, so that the likeness is weak and must not carry the match."""
    return mark.char.isascii() and seen.char.isascii()


def codes(cell: Cell) -> tuple[str, ...]:
    """Return the skeleton as the one code."""
    letter = skeleton(cell)
    return (letter,) if letter else ()


CONFUSABLE = Signal(
    name="confusable",
    how="confusable",
    says=Label("以形近的字母、数字代替：{what}。", "Look-alike letters or digits: {what}."),
    examples=(
        ("Ganopo", "new Gаnоро tea", True),
        ("Ganopo", "new Gan0po tea", True),
        ("Ganyue", "new G@nyue tea", True),
        ("Gányue", "new Ganyue tea", True),
        ("Ganyue", "new Gbnyue tea", False),
        ("Ganlan", "new GanIan tea", True),
        ("FLT", "a FIT shirt", False),
        ("ool", "only 001 left", False),
    ),
    alike=alike,
    codes=codes,
    looks_same=True,
)
