"""版本带: the versions of a text one after the other, with the day asked for marked on it.

Knows no law: which text was in force when is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.web.parts.markup import element
from zhibao.web.words import lang, show_day

WIDTH, BETWEEN = 1290, 6
NARROWEST = 150  # room for a title
OPEN_YEARS = 3  # how far a version that has no end is drawn


@dataclass(frozen=True, slots=True)
class Stretch:
    """One version: both days in force, ``last`` None while it has no end."""

    first: date
    last: date | None
    title: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A version as drawn, from ``x`` on."""

    stretch: Stretch
    x: float
    width: float
    days: int

    def place(self, day: date) -> float:
        """Return where ``day`` stands."""
        return self.x + self.width * min(1.0, (day - self.stretch.first).days / self.days)


def _days(stretch: Stretch, day: date) -> int:
    if stretch.last is not None:
        return (stretch.last - stretch.first).days + 1
    return max((day - stretch.first).days, 0) + OPEN_YEARS * 365


def _pieces(stretches: Sequence[Stretch], day: date) -> list[_Piece]:
    """Give each version its narrowest width, and what is left by its length."""
    room = WIDTH - BETWEEN * (len(stretches) - 1)
    narrowest = min(NARROWEST, room / len(stretches))
    lengths = [_days(stretch, day) for stretch in stretches]
    left = room - narrowest * len(stretches)
    pieces, x = [], 0.0
    for stretch, length in zip(stretches, lengths, strict=True):
        width = narrowest + left * length / sum(lengths)
        pieces.append(_Piece(stretch, x, width, length))
        x += width + BETWEEN
    return pieces


def _draw(piece: _Piece, day: date) -> list[SafeString]:
    stretch, x, width = piece.stretch, piece.x, piece.width
    ended, coming = stretch.last is not None and stretch.last < day, day < stretch.first
    if ended:
        box = element("rect", x=x, y=20, width=width, height=14, fill="url(#rest)")
    elif coming:
        box = element(
            "rect", x=x, y=20, width=width, height=14, cls="bg", stroke="currentColor", stroke_dasharray="5 3"
        )
    else:
        box = element("rect", x=x, y=20, width=width, height=14, data_s="run")
    return [
        box,
        element("text", stretch.title, x=x, y=14, font_weight=None if ended else 700),
        element("text", show_day(stretch.first), x=x, y=50, cls="d"),
    ]


def _mark(pieces: Sequence[_Piece], day: date, word: str) -> list[SafeString]:
    within = [piece for piece in pieces if piece.stretch.first <= day]
    if not within:
        return []
    x = within[-1].place(day)
    anchor = "start" if x < 60 else "end" if x > WIDTH - 60 else "middle"
    return [
        element("line", x1=x, x2=x, y1=4, y2=44, cls="flag"),
        element("text", word, x=x, y=60, text_anchor=anchor, cls="flagt"),
    ]


def ribbon_sentence(stretches: Sequence[Stretch]) -> str:
    """Say the ribbon in one sentence, for people who do not see it."""
    parts = [
        _("%(title)s，%(first)s至%(last)s")
        % {"title": each.title, "first": show_day(each.first), "last": show_day(each.last)}
        if each.last
        else _("%(title)s，%(first)s起") % {"title": each.title, "first": show_day(each.first)}
        for each in stretches
    ]
    return _("版本：%(parts)s") % {"parts": ("；" if lang() == "zh" else "; ").join(parts)}


def version_ribbon(stretches: Sequence[Stretch], day: date, word: str) -> SafeString:
    """Draw the versions in order, ``word`` standing under ``day``. Raises ValueError where two overlap or none is given."""
    ordered = sorted(stretches, key=lambda each: each.first)
    if not ordered or any(one.last is None or one.last >= two.first for one, two in pairwise(ordered)):
        raise ValueError("a ribbon needs versions that follow one another")
    pieces = _pieces(ordered, day)
    drawn = [shape for piece in pieces for shape in _draw(piece, day)]
    return element(
        "svg",
        *drawn,
        *_mark(pieces, day, word),
        viewBox=f"0 0 {WIDTH} 64",
        width="100%",
        cls="line ribbon",
        role="img",
        aria_label=ribbon_sentence(ordered),
    )
