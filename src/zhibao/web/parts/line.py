"""程序线路, drawn: one row for each organ, columns in order of time, a matter may stand in two places.

Knows no docket: it draws what ``route`` has laid out, as a picture and, for a phone, as a list.
"""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.kernel.days import legal_day
from zhibao.web.parts.markup import element, join
from zhibao.web.parts.route import (
    MOST_COLUMNS,
    Fold,
    Layout,
    Line,
    Move,
    Placed,
    Row,
    Stretch,
    lay_out,
    name_lines,
    text_width,
)

LEFT, RIGHT, TOP = 128, 1316, 92
ROW = 108
WIDEST, NARROWEST = 112, 60
EDGE = 46  # what half a name, or today's upright, needs at either end


class _Picture:
    """One drawing: turns columns and rows into places on the sheet."""

    def __init__(self, line: Line, today: date) -> None:
        self.line = line
        self.today = today
        columns = min(len({stop.key for stop in line.stops}), MOST_COLUMNS)
        self.pitch = max(NARROWEST, min(WIDEST, (RIGHT - LEFT - 2 * EDGE) / max(columns - 0.5, 1)))
        self.layout: Layout = lay_out(line, pitch=self.pitch)
        self.bottom = TOP + ROW * (len(line.rows) - 1)

    def x(self, column: float) -> float:
        return LEFT + EDGE + column * self.pitch

    def y(self, row: int) -> float:
        return TOP + ROW * row

    def place(self, key: str) -> tuple[float, float]:
        column, row = self.layout.places[key]
        return self.x(column), self.y(row)

    def between(self, day: date) -> float:
        """Return where an upright for ``day`` stands: between the columns before and after it."""
        before = [place for place, start in enumerate(self.layout.starts) if legal_day(start) <= day]
        past = max(before, default=-1)
        return self.x(min(past, self.layout.first_planned - 1) + 0.5)

    # ---------- pieces ----------
    def lanes(self) -> list[SafeString]:
        pieces = []
        for place, row in enumerate(self.line.rows):
            y = self.y(place)
            pieces += [
                element("line", cls="lane", x1=LEFT, x2=RIGHT, y1=y, y2=y),
                *_organ(row, y),
            ]
        return pieces

    def years(self) -> list[SafeString]:
        pieces, said = [], 0
        for column, start in enumerate(self.layout.starts):
            year = legal_day(start).year
            if year != said:
                said = year
                pieces.append(element("text", str(year), cls="lbl", x=self.x(column) - 14, y=16))
        return pieces

    def uprights(self) -> list[SafeString]:
        pieces = []
        foot = self.bottom + 58
        for day, words in self.line.flags:
            x = self.between(day)
            pieces += [
                element("line", cls="flag", x1=x, x2=x, y1=26, y2=foot),
                element("text", words, cls="flagt", x=x, y=foot + 14, text_anchor="middle"),
            ]
        x = self.between(self.today)
        return [
            *pieces,
            element("line", cls="lane", x1=x, x2=x, y1=26, y2=foot, stroke_width=2),
            element("text", _("今天"), cls="lbl", x=x, y=26, text_anchor="middle"),
        ]

    def stretch(self, stretch: Stretch) -> list[SafeString]:
        (x1, y), (x2, _y) = self.place(stretch.start), self.place(stretch.end)
        ends = {"x1": x1, "x2": x2, "y1": y, "y2": y}
        pieces = [element("line", cls=stretch.style, **ends)]
        return [*pieces, element("line", cls="cri2", **ends)] if stretch.style == "cri" else pieces

    def move(self, move: Move) -> SafeString:
        (x1, y1), (x2, y2) = self.place(move.start), self.place(move.end)
        step = 9 if y2 > y1 else -9
        middle = (y1 + y2) / 2
        way = f"M{x1:.1f} {y1 + step:.1f} " + (f"V{middle:.1f} H{x2:.1f} " if x1 != x2 else "") + f"V{y2 - step:.1f}"
        return element("path", d=way, cls="back" if move.back else "move", marker_end="url(#arrow)")

    def fold(self, fold: Fold) -> list[SafeString]:
        x = self.x(fold.column)
        told = _("%(n)s 项") % {"n": fold.count}
        dots = [element("text", "⋯", cls="fold", x=x, y=self.y(row) + 5, text_anchor="middle") for row in fold.rows]
        grounds = [element("rect", cls="bg", x=x - 14, y=self.y(row) - 8, width=28, height=16) for row in fold.rows]
        name = element("text", told, x=x, y=self.y(fold.rows[0]) - 18, text_anchor="middle")
        return [*grounds, *dots, element("a", element("title", told), name, href="#m-ev", tabindex=-1)]

    def stop(self, placed: Placed, *, first: bool) -> SafeString:
        stop = placed.stop
        x, y = self.x(placed.column), self.y(placed.row)
        lines = name_lines(stop.name, self.pitch - 6)
        first_y = y - 31 - 13 * (len(lines) - 1) if placed.above else y + 24
        day_y = y - 18 if placed.above else first_y + 13 * len(lines)
        weight = 700 if stop.here else None
        pieces = [
            element("title", f"{stop.name} {stop.day}".strip()),
            *_shape(placed, x, y),
            *(
                element(
                    "text",
                    _cut(text, 2 * self.pitch - 12),
                    x=x,
                    y=first_y + 13 * place,
                    text_anchor="middle",
                    font_weight=weight,
                )
                for place, text in enumerate(lines)
            ),
            element("text", stop.day, cls="d", x=x, y=day_y, text_anchor="middle"),
        ]
        return element(
            "a", *pieces, href=stop.href or "#m-ev", tabindex=0 if first else -1, cls="late" if stop.late else None
        )

    def draw(self) -> SafeString:
        placed = sorted(self.layout.placed, key=lambda item: (item.column, item.row))
        here = next((item for item in placed if item.stop.here), placed[0] if placed else None)
        height = self.bottom + 78
        return element(
            "svg",
            _arrow_head(),
            *self.years(),
            *self.lanes(),
            *self.uprights(),
            *(piece for stretch in self.line.stretches for piece in self.stretch(stretch)),
            *(
                self.move(move)
                for move in self.line.moves
                if self.layout.places[move.start] != self.layout.places[move.end]
            ),
            *(piece for fold in self.layout.folds for piece in self.fold(fold)),
            *(self.stop(item, first=item is here) for item in placed),
            cls="line",
            viewBox=f"0 0 {RIGHT + 6} {height}",
            role="group",
            aria_label=_("程序线路图：%(rows)s 个机关，%(stops)s 个站")
            % {"rows": len(self.line.rows), "stops": len(self.line.stops)},
        )


def _organ(row: Row, y: float) -> list[SafeString]:
    """Write an organ's name, on two lines where it is long, with what it handles under it and the whole in the title."""
    lines = name_lines(row.name, LEFT - 16)
    top = y - 2 - 14 * (len(lines) - 1)
    names = [
        element("text", element("title", row.name), _cut(text, LEFT - 16), cls="organ", x=4, y=top + 14 * place)
        for place, text in enumerate(lines)
    ]
    return [*names, element("text", _cut(row.note, LEFT + 8), cls="d", x=4, y=y + 13)]


def _arrow_head() -> SafeString:
    return element(
        "defs",
        element(
            "marker",
            element("path", cls="head", d="M0 0L8 4L0 8z"),
            id="arrow",
            viewBox="0 0 8 8",
            refX=7,
            refY=4,
            markerWidth=8,
            markerHeight=8,
            orient="auto-start-reverse",
        ),
    )


def _cut(text: str, width: float) -> str:
    """Shorten text that would be wider than ``width``; the whole stands in the title."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - 12:
        text = text[:-1]
    return f"{text}…"


def _shape(placed: Placed, x: float, y: float) -> list[SafeString]:
    stop = placed.stop
    if stop.here:
        return [
            element("circle", cls="halo", cx=x, cy=y, r=13),
            element("circle", cls="st here", cx=x, cy=y, r=7.5),
        ]
    if stop.kind == "hand":
        return [element("rect", cls="st", x=x - 8, y=y - 8, width=16, height=16, rx=5)]
    if stop.kind == "refused":
        cross = f"M{x - 3.5:.1f} {y - 3.5:.1f}l7 7m0 -7l-7 7"
        return [element("circle", cls="st", cx=x, cy=y, r=8), element("path", cls="x", d=cross)]
    return [element("circle", cls="st plan" if stop.plan else "st", cx=x, cy=y, r=7)]


def procedure_line(line: Line, *, today: date) -> SafeString:
    """Draw the line of a matter. Stops link to events; it is one Tab stop, arrow keys move along it."""
    return _Picture(line, today).draw()


def _kind(line: Line, key: str, row: str, *, here: bool, plan: bool) -> str:
    if plan:
        return "plan"
    if here:
        return "here"
    if any(key in (move.start, move.end) for move in line.moves):
        return "move"
    return next(each.style for each in line.rows if each.id == row)


def route_list(line: Line, *, most: int = 9) -> SafeString:
    """Write the same stops as a list for a phone, newest first; what is older is one link away."""
    names = {row.id: row.name for row in line.rows}
    order = {stop.key: place for place, stop in enumerate(line.stops)}
    stops = sorted(line.stops, key=lambda stop: (stop.plan, stop.at, order[stop.key]), reverse=True)
    items = [
        element(
            "li",
            element("b", names[stop.row]),
            element("span", element("a", stop.name, href=stop.href) if stop.href else stop.name),
            element("time", stop.day),
            data_k=_kind(line, stop.key, stop.row, here=stop.here, plan=stop.plan),
        )
        for stop in stops[:most]
    ]
    if len(stops) > most:
        items.append(element("li", element("a", _("更早 %(n)s 站") % {"n": len(stops) - most}, href="#m-ev")))
    return element("ol", join(items), cls="route sheet")
