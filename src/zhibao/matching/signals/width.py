"""Full-width, circled, styled and other compatibility forms (Unicode NFKC). Knows no case."""

from zhibao.kernel.labels import Label
from zhibao.matching.fold import Cell
from zhibao.matching.signals.signal import Signal

LIKENESS = 98


def alike(mark: Cell, seen: Cell) -> int:
    """Return the likeness where the compatibility form explains the difference of two characters."""
    changed_mark, changed_seen = mark.wide != mark.raw, seen.wide != seen.raw
    same = mark.wide == seen.wide and mark.raw != seen.raw
    return LIKENESS if changed_mark != changed_seen or (changed_mark and same) else 0


WIDTH = Signal(
    name="width",
    how="width",
    says=Label("全角、圈码等特殊写法：{what}。", "Full-width, circled or styled forms: {what}."),
    examples=(
        ("Ganyue", "new Ｇａｎｙｕｅ tea", True),
        ("株式会社", "㍿", True),
        ("Ganyue", "new Ｇａｎｙｕｏ tea", False),
    ),
    alike=alike,
    looks_same=True,
)
