"""The same characters, code point for code point. Knows no folding."""

from zhibao.kernel.labels import Label
from zhibao.matching.signals.signal import Signal


def is_exact(mark: str, seen: str) -> bool:
    """Return whether the two texts are the same code points."""
    return mark == seen


EXACT = Signal(
    name="exact",
    how="equal",
    says=Label("与商标完全相同。", "The same as the mark."),
    examples=(
        ("赣江月", "正品赣江月茶叶", True),
        ("赣江月", "正品赣江白茶叶", False),
        ("Ganyue", "new Ganyue tea", True),
    ),
)
