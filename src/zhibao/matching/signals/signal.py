"""What every signal gives. Knows no signal."""

from collections.abc import Callable
from dataclasses import dataclass

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell


def never(_mark: Cell, _seen: Cell) -> int:
    """Compare for signals that do not look at pairs of characters."""
    return 0


def no_codes(_cell: Cell) -> tuple[str, ...]:
    """Give codes for signals that need none: the folded characters are equal anyway."""
    return ()


def no_reading(_cell: Cell) -> str:
    """Read for signals that do not hear."""
    return ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal.

    ``alike(mark, seen)`` gives the likeness of two characters, 1 to 100, or 0 where the signal does not explain their
    difference. ``codes(cell)`` gives what the fast index looks a character up by: ``alike`` may be true only if the
    first code of the seen character is among the codes of the mark's. ``says`` is a template over ``{what}``, the
    list of differences; where ``looks_same``, its sentence names script and code point, as the eye cannot. ``examples`` are (mark, text, found) as in the table of docs/design/matching.md.
    """

    name: str
    how: str
    says: Label
    examples: tuple[tuple[str, str, bool], ...]
    alike: Callable[[Cell, Cell], int] = never
    codes: Callable[[Cell], tuple[str, ...]] = no_codes
    reading_mark: Callable[[Cell, Cell], str] = lambda _mark, _seen: ""
    reading_seen: Callable[[Cell], str] = no_reading
    looks_same: bool = False
