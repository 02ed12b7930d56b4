"""Traditional, simplified and regional forms of one Chinese character. Knows no sound and no likeness of shape."""

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal

LIKENESS = 98


def alike(mark: Cell, seen: Cell) -> int:
    """Return the likeness where the simplified form explains the difference of two characters."""
    changed_mark, changed_seen = mark.whole != mark.cased, seen.whole != seen.cased
    same = mark.whole == seen.whole and mark.cased != seen.cased
    return LIKENESS if changed_mark != changed_seen or (changed_mark and same) else 0


VARIANT = Signal(
    name="variant",
    how="variant",
    says=Label("繁体、简体或异体：{what}。", "Traditional, simplified or variant forms: {what}."),
    examples=(("云龙台", "正宗雲龍臺酒", True), ("雲龍臺", "正宗云龙台酒", True), ("云龙台", "正宗雲龍壶酒", False)),
    alike=alike,
)
