"""Spaces, punctuation, emoji and invisible characters put between a mark's characters, or left out. Knows no characters."""

from zhibao.kernel.labels import Label
from zhibao.matching.signals.signal import Signal

COST = 4  # taken from the score, once
LONGEST_GAP = 8  # code points; one emoji of a family with skin tones has seven


def differs(mark_gap: str, seen_gap: str) -> bool:
    """Return whether two neighbours are set apart otherwise than in the mark."""
    return mark_gap != seen_gap


SEPARATOR = Signal(
    name="separator",
    how="separator",
    says=Label("字间插入或去掉了符号：{what}。", "Signs put in or left out between characters: {what}."),
    examples=(
        ("赣江月", "正品赣·江🍵月茶叶", True),
        ("赣江月", "赣\u200b江\u200d月", True),
        ("赣·江·月", "正品赣江月", True),
        ("Ganyue", "new G-a-n-y-u-e tea", True),
        ("赣江月", "赣江。。。。。。。。。月", False),
    ),
)
