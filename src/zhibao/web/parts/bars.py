"""期限条: the clock bar, whose length is the time allowed and not the calendar, and the bar of a number against a limit.

Knows no law: used, allowed and pauses are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from zhibao.web.parts.markup import Attribute, element, percent


@dataclass(frozen=True, slots=True)
class Bar:
    """What one clock bar shows. All counts are in the clock's own unit.

    ``tone`` is ``run``, ``soon``, ``met`` or ``over``; ``pauses`` are how much had been used when each pause began;
    ``before_extension`` is what was allowed at first, where it was lengthened. ``allowed`` of 0 draws only the track.
    """

    used: float
    allowed: float
    tone: str
    pauses: Sequence[float] = ()
    before_extension: float | None = None


def _cut(at: float) -> SafeString:
    return element(
        "svg",
        element("rect", cls="cut", x=-4, y=2, width=8, height=10),
        element("line", cls="cutl", x1=-4.5, x2=-1.5, y1=13, y2=1),
        element("line", cls="cutl", x1=1.5, x2=4.5, y1=13, y2=1),
        x=percent(at),
        y=0,
        width=12,
        height=14,
        overflow="visible",
    )


def _upright(kind: str, at: float, top: int, bottom: int) -> SafeString:
    return element("line", cls=kind, x1=percent(at), x2=percent(at), y1=top, y2=bottom)


def clock_bar(bar: Bar) -> SafeString:
    """Draw a clock bar. Past the end is hatched; a pause is a cut, because a pause costs nothing.

    Hidden from screen readers: the words beside it always say the same.
    """
    span = max(bar.used, bar.allowed, 1e-9)
    end = bar.allowed / span
    inside = min(bar.used, bar.allowed) / span
    late = max(bar.used - bar.allowed, 0) / span
    pieces = [
        element("rect", cls="track", x=0, y=5, width=percent(end or 1), height=4),
        element("rect", cls=bar.tone, x=0, y=4, width=percent(inside), height=6),
    ]
    if late:
        past: dict[str, Attribute] = {"x": percent(end), "y": 4, "width": percent(late), "height": 6}
        pieces += [element("rect", **past, cls="over"), element("rect", **past, fill="url(#hatch)")]
    if bar.allowed:
        pieces += [_upright("tick", end * share, 11, 14) for share in (0.5, 0.8)]
        pieces += [_cut(min(pause, bar.allowed) / span) for pause in bar.pauses]
        if bar.before_extension is not None:
            pieces.append(_upright("ext", bar.before_extension / span, 0, 14))
        pieces.append(_upright("end", end, 1, 13))
    return element("svg", *pieces, cls="clk", aria_hidden="true")


def limit_bar(value: float, limit: float) -> SafeString:
    """Draw a number against the limit it must reach; the greater of the two takes 25/27 of the width."""
    span = max(value, limit, 1e-9) * 1.08
    return element(
        "svg",
        element("rect", cls="track", x=0, y=5, width="100%", height=4),
        element("rect", cls="run", x=0, y=4, width=percent(value / span), height=6),
        _upright("end", limit / span, 0, 14),
        cls="clk lim",
        aria_hidden="true",
    )


def share_bar(part: float) -> SafeString:
    """Draw how often something was right: a share of 0 to 1."""
    return clock_bar(Bar(used=part * 100, allowed=100, tone="met"))
