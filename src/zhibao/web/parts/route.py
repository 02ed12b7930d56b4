"""程序线路, laid out: which column each stop stands in, what is folded, and on which side each name is written.

Knows no drawing: columns and rows are numbers here. Rules: columns in order of time, not to scale; one row for each
organ; both ends of a handing over share a column where no step lies between; past 18 columns the longest runs of plain steps are folded first.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

MOST_COLUMNS = 18


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop. ``kind`` is ``step``, ``hand`` (between organs) or ``refused``; ``plan`` is still to come."""

    key: str
    row: str
    at: datetime
    name: str
    kind: str = "step"
    day: str = ""
    href: str = ""
    here: bool = False
    plan: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One organ: its name and, small, what it handles here. ``style`` is ``adm`` or ``cri``."""

    id: str
    name: str
    note: str
    style: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The line between two stops of a row: ``adm``, ``cri``, ``hold`` (suspended) or ``next`` (to come)."""

    start: str
    end: str
    style: str


@dataclass(frozen=True, slots=True)
class Move:
    """A handing between organs, from one stop to another; ``back`` is sent back."""

    start: str
    end: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """All of one matter's line. ``flags`` are days on which a law changed, with the words for it."""

    rows: Sequence[Row]
    stops: Sequence[Stop]
    stretches: Sequence[Stretch] = ()
    moves: Sequence[Move] = ()
    flags: Sequence[tuple[date, str]] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A stop with its column, its row's number and the side its name is on."""

    stop: Stop
    column: int
    row: int
    above: bool = True


@dataclass(frozen=True, slots=True)
class Fold:
    """Steps drawn as one: how many, in which column and rows."""

    column: int
    rows: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed. ``columns`` counts them; ``starts`` is each column's first moment, for years, flags and today."""

    line: Line
    placed: Sequence[Placed]
    folds: Sequence[Fold]
    columns: int
    starts: Sequence[datetime]
    first_planned: int
    places: Mapping[str, tuple[int, int]]  # column and row of every stop, drawn or folded


def text_width(text: str) -> float:
    """Return about how wide 12 px text is drawn: full-width characters take 12, the others 6.6."""
    return sum(12 if unicodedata.east_asian_width(letter) in "WF" else 6.6 for letter in text)


def name_lines(name: str, width: float) -> list[str]:
    """Return a name on one line, or on two where it is wider than ``width``.

    It is broken at the space nearest its middle, Chinese without a space in the middle; a single Latin word stays whole.
    """
    if text_width(name) <= width:
        return [name]
    middle = len(name) / 2
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if not spaces and name.isascii():
        return [name]
    at = min(spaces, key=lambda place: abs(place - middle), default=round(middle))
    return [name[:at].rstrip(), name[at:].lstrip()]


def _columns(line: Line) -> list[list[Stop]]:
    """Put stops into columns in order of time; both ends of a handing share a column where no step lies between."""
    sender = {move.end: move.start for move in line.moves}
    columns: list[list[Stop]] = []
    column_of: dict[str, int] = {}
    last_in_row: dict[str, int] = {}
    order = {stop.key: place for place, stop in enumerate(line.stops)}
    for stop in sorted(line.stops, key=lambda stop: (stop.plan, stop.at, order[stop.key])):
        shared = column_of.get(sender.get(stop.key, ""), -1)
        if shared == len(columns) - 1 and shared > last_in_row.get(stop.row, -1):
            columns[shared].append(stop)
        else:
            shared = len(columns)
            columns.append([stop])
        column_of[stop.key] = last_in_row[stop.row] = shared
    return columns


def _plain(column: Sequence[Stop]) -> bool:
    return all(stop.kind == "step" and not (stop.here or stop.plan or stop.late) for stop in column)


def _runs(columns: Sequence[Sequence[Stop]]) -> list[tuple[int, int]]:
    """Return the runs (first, past-last) of two and more plain columns, the first column of all kept out."""
    runs, start = [], None
    for place in range(1, len(columns) + 1):
        plain = place < len(columns) and _plain(columns[place])
        if plain and start is None:
            start = place
        if not plain and start is not None:
            if place - start > 1:
                runs.append((start, place))
            start = None
    return runs


def folded(columns: Sequence[Sequence[Stop]], most: int = MOST_COLUMNS) -> list[list[Sequence[Stop]]]:
    """Group columns so that at most ``most`` groups remain: a group of one is drawn, a longer one is folded.

    The longest runs of plain steps go first; if that is not enough, the oldest columns after the first go together.
    """
    chosen: list[tuple[int, int]] = []
    left = len(columns)
    for start, end in sorted(_runs(columns), key=lambda run: (run[0] - run[1], run[0])):
        if left <= most:
            break
        end = max(start + 2, min(end, start + 1 + left - most))  # noqa: PLW2901 - fold no more than is needed
        chosen.append((start, end))
        left -= end - start - 1
    if left > most:
        chosen = [(1, len(columns) - most + 2)]
    starts = dict(chosen)
    groups, place = [], 0
    while place < len(columns):
        end = starts.get(place, place + 1)
        groups.append(list(columns[place:end]))
        place = end
    return groups


def _sides(placed: Iterable[Placed], line: Line, pitch: float) -> list[Placed]:
    """Write each name above, or below where an arrow or a neighbour's name is in the way."""
    items = list(placed)
    row_of = {item.stop.key: item.row for item in items}
    arrows: dict[str, set[bool]] = {}
    for move in line.moves:
        if move.start in row_of and move.end in row_of:
            up = row_of[move.end] < row_of[move.start]
            arrows.setdefault(move.start, set()).add(up)
            arrows.setdefault(move.end, set()).add(not up)
    taken: dict[tuple[int, bool], list[tuple[float, float]]] = {}
    sided = []
    # Names that an arrow keeps on one side choose first; the others take what is left.
    for item in sorted(items, key=lambda item: (item.stop.key not in arrows, item.column)):
        half = min(max(map(text_width, name_lines(item.stop.name, pitch))), 2 * pitch) / 2 + 4
        left, right = item.column * pitch - half, item.column * pitch + half
        busy = arrows.get(item.stop.key, set())
        crowd = {
            side: sum(start < right and left < end for start, end in taken.get((item.row, side), ()))
            for side in (True, False)
        }
        above = min((True, False), key=lambda side: (side in busy, crowd[side], not side))
        taken.setdefault((item.row, above), []).append((left, right))
        sided.append(replace(item, above=above))
    return sided


def lay_out(line: Line, *, pitch: float, most: int = MOST_COLUMNS) -> Layout:
    """Place every stop of ``line``; ``pitch`` is how wide a column will be drawn."""
    rows = {row.id: place for place, row in enumerate(line.rows)}
    placed: list[Placed] = []
    folds: list[Fold] = []
    groups = folded(_columns(line), most)
    planned = len(groups)
    places: dict[str, tuple[int, int]] = {}
    for column, group in enumerate(groups):
        stops = [stop for stops in group for stop in stops]
        places |= {stop.key: (column, rows[stop.row]) for stop in stops}
        if any(stop.plan for stop in stops):
            planned = min(planned, column)
        if len(group) > 1:
            folds.append(Fold(column, tuple(sorted({rows[stop.row] for stop in stops})), len(stops)))
        else:
            placed += [Placed(stop, column, rows[stop.row]) for stop in stops]
    starts = [min(stop.at for stops in group for stop in stops) for group in groups]
    return Layout(line, _sides(placed, line, pitch), folds, len(groups), starts, planned, places)
