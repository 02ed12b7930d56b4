"""期限尺: 22 days from the last working day, non-working days hatched, one mark for each clock due.

Knows no law: which days are worked and what is due are given.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.web.parts.markup import element
from zhibao.web.words import WEEKDAYS_EN, WEEKDAYS_ZH, lang, show_short_day

DAYS = 22
WIDTH, MARGIN = 1292, 6
STEP = (WIDTH - 2 * MARGIN) / DAYS
MOST_MARKS = 3  # more on one day are written as a number


def ruler_days(today: date, works: Callable[[date], bool]) -> list[date]:
    """Return the 22 days shown: from the last working day before today."""
    first = today - timedelta(days=1)
    while not works(first):
        first -= timedelta(days=1)
    return [first + timedelta(days=step) for step in range(DAYS)]


def _mark(tone: str, x: float) -> SafeString:
    if tone == "over":
        return element("path", d=f"M{x:.1f} 29 l8 15 h-16z", data_s="over")
    if tone == "soon":
        return element("path", d=f"M{x:.1f} 28 l8 9 -8 9 -8 -9z", data_s="soon")
    return element("circle", cx=x, cy=37, r=5.5, data_s="run")


def _marks(tones: Sequence[str], centre: float) -> list[SafeString]:
    if len(tones) > MOST_MARKS:
        worst = min(tones, key=("over", "soon", "run").index)
        return [
            _mark(worst, centre - 10),
            element("text", f"×{len(tones)}", x=centre + 2, y=41, cls="many"),
        ]
    return [_mark(tone, centre + 15 * (place - (len(tones) - 1) / 2)) for place, tone in enumerate(tones)]


def _day_words(day: date, today: date, first: date) -> str:
    if day == today:
        return _("今天 %(day)s") % {"day": day.day}
    return show_short_day(day) if day == first or day.day == 1 else str(day.day)


def _day(day: date, today: date, place: int, first: date, *, works: bool, tones: Sequence[str]) -> list[SafeString]:
    left = MARGIN + place * STEP
    centre = left + STEP / 2
    letter = WEEKDAYS_EN[day.weekday()][0] if lang() == "en" else WEEKDAYS_ZH[day.weekday()]
    pieces = [] if works else [element("rect", x=left, y=22, width=STEP, height=30, fill="url(#rest)")]
    now = day == today
    pieces += [
        element(
            "text",
            _day_words(day, today, first),
            x=centre,
            y=14,
            text_anchor="middle",
            cls="" if now else "d",
            font_weight=700 if now else None,
        ),
        element("text", letter, x=centre, y=68, text_anchor="middle", cls="d"),
        element("line", x1=left, x2=left, y1=22, y2=52, cls="lane"),
    ]
    if now:
        pieces.append(element("rect", x=left, y=20, width=STEP, height=34, fill="none", cls="halo"))
    return [*pieces, *_marks(tones, centre)]


def ruler_sentence(days: Sequence[date], due: Mapping[date, Sequence[str]]) -> str:
    """Say the ruler in one sentence, for people who do not see it."""
    told = [f"{show_short_day(day)} {len(due[day])}" for day in days if due.get(day)]
    parts = "、".join(told) if lang() == "zh" else ", ".join(told)
    return _("期限尺，22 天：%(days)s") % {"days": parts or _("没有到期的事")}


def deadline_ruler(today: date, due: Mapping[date, Sequence[str]], works: Callable[[date], bool]) -> SafeString:
    """Draw the ruler. ``due`` gives the tones (over, soon, run) of the clocks due on each day."""
    days = ruler_days(today, works)
    pieces: list[SafeString] = []
    for place, day in enumerate(days):
        pieces += _day(day, today, place, days[0], works=works(day), tones=due.get(day, ()))
    pieces.append(element("line", x1=MARGIN, x2=WIDTH - MARGIN, y1=52, y2=52, cls="lane"))
    return element(
        "svg",
        *pieces,
        viewBox=f"0 0 {WIDTH} 74",
        width="100%",
        cls="line",
        role="img",
        aria_label=ruler_sentence(days, due),
    )
