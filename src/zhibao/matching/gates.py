"""Which matches are let through: short marks, word bounds, disguises only of watched marks of three and more characters.

Knows nothing of how a match was found. The rules:

1.  A mark without a letter or number is not looked for.
2.  A mark of one character, or of one or two spaced letters or digits, is found only exactly and only where it stands alone.
3.  Letters end at letters, digits at digits: a mark is not found inside a longer word or number.
4.  Disguises are looked for only of watched marks of three and more characters.
5.  At most half of a mark's characters may be ASCII look-alikes of other ASCII letters.
6.  Characters that only sound alike may not be ordinary words or cut out of them; and where every character only sounds
    alike, each must have the very syllable, not a near one.
7.  A window read with ``@ $ ! |`` as letters holds at least one of them.
"""

from zhibao.matching.alignment import Alignment, Prepared
from zhibao.matching.fold import SOFT_SIGNS, Cell, cells_of
from zhibao.matching.signals.homophone import SAME
from zhibao.matching.wording import Wording, wording_of

RULES = 1  # raised when a rule here changes, so that what was screened under the old ones is screened anew
SHORTEST_DISGUISED = 3
_SHORT_WORD = 2


def is_sought(prepared: Prepared) -> bool:
    """Return whether a mark is looked for at all."""
    return bool(prepared.cells)


def is_sought_disguised(prepared: Prepared) -> bool:
    """Return whether a mark is also looked for in disguise."""
    return prepared.mark.watched and len(prepared.cells) >= SHORTEST_DISGUISED


def is_unbounded(prepared: Prepared) -> bool:
    """Return whether ``admits_exact`` is true wherever a mark's characters stand: neither edge has bounds to keep."""
    cells = prepared.cells
    return len(cells) > 1 and not any(edge.is_spaced or edge.is_digit for edge in (cells[0], cells[-1]))


def admits_exact(prepared: Prepared, text: str, start: int, end: int) -> bool:
    """Return whether a mark's very characters at ``start`` to ``end`` count as a match."""
    cells = prepared.cells
    before, after = _neighbour(text, start - 1, -1), _neighbour(text, end, 0)
    if len(cells) == 1:
        return before is None and after is None
    if len(cells) <= _SHORT_WORD and all(cell.is_spaced or cell.is_digit for cell in cells):
        return not any(near and (near.is_spaced or near.is_digit) for near in (before, after))
    return _bounded(cells[0], before) and _bounded(cells[-1], after)


def admits_disguise(alignment: Alignment) -> bool:
    """Return whether an alignment that is not exact counts as a match."""
    prepared, text = alignment.prepared, alignment.text
    if not alignment.kinds or not is_sought_disguised(prepared):
        return False
    if alignment.plain_swaps * 2 > len(prepared.cells):
        return False
    before, after = _neighbour(text.text, alignment.start - 1, -1), _neighbour(text.text, alignment.end, 0)
    if not (_bounded(text.cells[alignment.first], before) and _bounded(text.cells[alignment.last - 1], after)):
        return False
    return "homophone" not in alignment.kinds or _admits_sound(alignment)


def _admits_sound(alignment: Alignment) -> bool:
    if all(pair.kinds == ("homophone",) for pair in alignment.pairs) and any(
        p.likeness < SAME for p in alignment.pairs
    ):
        return False
    return wording_of(alignment.text.text, alignment.start, alignment.end) is Wording.OWN


def holds_soft_sign(alignment: Alignment) -> bool:
    """Return whether the window holds a sign read as a letter."""
    return any(cell.raw in SOFT_SIGNS for cell in alignment.text.cells[alignment.first : alignment.last])


def _neighbour(text: str, place: int, part: int) -> Cell | None:
    """Return the cell that touches a window, None where something separates or the text ends."""
    if not 0 <= place < len(text):
        return None
    cells = cells_of(text[place])
    return cells[part] if cells else None


def _bounded(edge: Cell, near: Cell | None) -> bool:
    """Return whether a window may end at ``edge`` with ``near`` beside it."""
    if near is None:
        return True
    return not (edge.is_digit and near.is_digit) and not (edge.is_spaced and near.is_spaced)
