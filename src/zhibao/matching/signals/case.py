"""Capital and small letters (Unicode case folding). Knows no look-alikes."""

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal

LIKENESS = 98


def alike(mark: Cell, seen: Cell) -> int:
    """Return the likeness where case explains the difference of two characters."""
    changed_mark, changed_seen = mark.cased != mark.wide, seen.cased != seen.wide
    same = mark.cased == seen.cased and mark.wide != seen.wide
    return LIKENESS if changed_mark != changed_seen or (changed_mark and same) else 0


CASE = Signal(
    name="case",
    how="case",
    says=Label("大小写不同：{what}。", "Other capitals: {what}."),
    examples=(("Ganyue", "new GANYUE tea", True), ("GANYUE", "new ganyue tea", True), ("GANYUE", "ganyues", False)),
    alike=alike,
)
