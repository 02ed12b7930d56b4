"""Chinese characters that sound the same, tones aside, or nearly the same. Knows no shape.

The seen character is taken in its commonest reading; the mark's in any of its (at most three) readings: who chooses
another character for its sound chooses one that everybody reads so.
"""

from functools import cache

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal
from zhibao.matching.tables import rows

SAME, NEAR = 85, 75
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _rank, syllable, chars in rows("reading.tsv"):  # sorted by rank: the commonest reading comes first
        for char in chars:
            found[char] = (*found.get(char, ()), syllable)
    return found


def readings(char: str) -> tuple[str, ...]:
    """Return a character's syllables without tone, commonest first; empty where none is known."""
    return _readings().get(char, ())


@cache
def blurred(syllable: str) -> str:
    """Return a syllable as those hear it who do not part zh/z, ch/c, sh/s, l/n, ang/an, eng/en, ing/in."""
    for sharp, soft in _INITIALS:
        if syllable.startswith(sharp):
            syllable = soft + syllable.removeprefix(sharp)
            break
    for sharp, soft in _FINALS:
        if syllable.endswith(sharp):
            return syllable.removesuffix(sharp) + soft
    return syllable


def alike(mark: Cell, seen: Cell) -> int:
    """Return the likeness in sound: 85 for the same syllable, 75 for a near one."""
    heard, meant = readings(seen.char)[:1], readings(mark.char)
    if not heard or mark.char == seen.char:
        return 0
    if heard[0] in meant:
        return SAME
    return NEAR if blurred(heard[0]) in map(blurred, meant) else 0


def codes(cell: Cell) -> tuple[str, ...]:
    """Return the blurred syllables, the commonest reading's first."""
    return tuple(dict.fromkeys(blurred(syllable) for syllable in readings(cell.char)))


def reading_mark(mark: Cell, seen: Cell) -> str:
    """Return the reading of the mark's character that comes nearest to what is heard."""
    heard, meant = readings(seen.char)[0], readings(mark.char)
    if heard in meant:
        return heard
    return next(syllable for syllable in meant if blurred(syllable) == blurred(heard))


def reading_seen(seen: Cell) -> str:
    """Return what is heard."""
    return readings(seen.char)[0]


HOMOPHONE = Signal(
    name="homophone",
    how="sound",
    says=Label("同音或近音字代替：{what}。", "Characters of the same or a near sound: {what}."),
    examples=(
        ("赣江月", "正品赣江越茶叶", True),
        ("赣江月", "正品干江月茶叶", True),
        ("诗山泉", "正品思山泉水", True),
        ("赣江月", "正品赣江水茶叶", False),
    ),
    alike=alike,
    codes=codes,
    reading_mark=reading_mark,
    reading_seen=reading_seen,
)
