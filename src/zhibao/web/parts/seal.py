"""符印: the mark of a verified exhibit. Only a check that passed, now and here, may show it.

Knows no check: it is told what came out.
"""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.web.parts.markup import element

LARGE = "与封存时相符"  # read from the right, three characters a column


def small_seal(*, holds: bool) -> SafeString:
    """Draw 符 in a double square where the check held, else an empty dashed square. It never says "true"."""
    if not holds:
        frame = element("rect", cls="f", x=3, y=3, width=54, height=54, stroke_width=2, stroke_dasharray="5 4")
        return element("svg", frame, cls="seal no", viewBox="0 0 60 60", role="img", aria_label=_("未验证"))
    return element(
        "svg",
        element("rect", cls="f", x=2, y=2, width=56, height=56, stroke_width=3.5),
        element("rect", cls="f", x=7.5, y=7.5, width=45, height=45, stroke_width=1.4),
        element("text", "符", x=30, y=43, font_size=35),
        cls="seal",
        viewBox="0 0 60 60",
        role="img",
        aria_label=_("与封存时相符"),
    )


def large_seal() -> SafeString:
    """Draw 与封存时相符 in two columns read from the right."""
    places = [(83 if spot < 3 else 43, 45 + 40 * (spot % 3)) for spot in range(6)]
    letters = [element("text", letter, x=x, y=y, font_size=34) for letter, (x, y) in zip(LARGE, places, strict=True)]
    return element(
        "svg",
        element("rect", cls="f", x=3, y=3, width=120, height=140, rx=4, stroke_width=4.5),
        element("rect", cls="f", x=10.5, y=10.5, width=105, height=125, rx=2, stroke_width=1.6),
        *letters,
        cls="seal xl",
        viewBox="0 0 126 146",
        role="img",
        aria_label=_("与封存时相符"),
    )
