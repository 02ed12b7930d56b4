"""Turns rows into marks and listings; what does not hold becomes a bad row.

Knows the meaning of the cells, not the file formats.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from zhibao.cli.tables.errors import BadRow, CellsSwapped, ClassUnknown, DayUnknown, FlagUnknown, IdTwice
from zhibao.cli.tables.reading import Row, Table
from zhibao.kernel.days import legal_day, parse_day
from zhibao.kernel.errors import BadDay
from zhibao.matching.model import Mark

_YES, _NO = {"true", "1", "yes", "y", "是", "√", "对"}, {"false", "0", "no", "n", "否", "", "×"}
_ENDED = {"expired", "cancelled", "canceled", "invalidated", "invalid", "withdrawn", "refused"}
_ENDED |= {"过期", "已过期", "注销", "已注销", "撤销", "已撤销", "无效", "已无效", "宣告无效", "失效", "已失效", "驳回"}
_TIME = re.compile(r"\d:\d\d")
_CLASS = re.compile(r"第?(\d{1,2})(?:\.0|类|類)?")
_STEP = 1000  # rows between two movements of the bar
_HAN = re.compile("[\u4e00-\u9fff]{2}")
_LAST_CLASS = 45  # of the Nice Classification


@dataclass(slots=True)
class Faults:
    """Bad rows: how many there are, and the first of them with their errors."""

    kept: int = 1000
    count: int = 0
    first: list[BadRow] = field(default_factory=list)

    def add(self, fault: BadRow) -> None:
        """Count a bad row and keep its error while there is room."""
        self.count += 1
        if len(self.first) < self.kept:
            self.first.append(fault)


@dataclass(frozen=True, slots=True)
class Span:
    """From which to which day a right is in force, both included; None where that is not known."""

    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """Return whether the right may have been in force on a day: not known to be outside counts."""
        return not (self.first and day < self.first) and not (self.last and self.last < day)


@dataclass(frozen=True, slots=True)
class Register:
    """The marks of a register, the spans of those that have one, bad rows, and how many were left out as ended."""

    marks: tuple[Mark, ...]
    spans: dict[str, Span]
    faults: Faults
    ended: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing: its id, its title and, where known, the day it was seen."""

    id: str
    title: str
    day: date | None


def read_register(table: Table, advance: Callable[[int], None] = lambda _more: None) -> Register:
    """Read all marks, telling ``advance`` how many more rows were read. Without a column ``watch`` every mark is watched; a right whose status says it ended is left out."""
    marks: list[Mark] = []
    spans: dict[str, Span] = {}
    faults, ended, seen = Faults(), 0, set[str]()
    for number, row in enumerate((_straight(row, "mark") for row in table.rows), start=1):
        if number % _STEP == 0:
            advance(_STEP)
        entry = row if isinstance(row, BadRow) else _entry(row, seen, has_watch="watch" in table.columns)
        if isinstance(entry, BadRow):
            faults.add(entry)
        elif entry.ended:
            ended += 1
        else:
            marks.append(entry.mark)
            if entry.span.first or entry.span.last:
                spans[entry.mark.id] = entry.span
    return Register(tuple(marks), spans, faults, ended)


@dataclass(frozen=True, slots=True)
class _Entry:
    mark: Mark
    span: Span
    ended: bool


def _entry(row: Row, seen: set[str], *, has_watch: bool) -> _Entry | BadRow:
    """Return a good row of the register, whose id is then among ``seen``; else what is wrong with it."""
    mark, span = _mark(row, has_watch=has_watch), _span(row)
    if isinstance(mark, BadRow):
        return mark
    if isinstance(span, BadRow):
        return span
    if mark.id in seen:
        return _twice(row, mark.id)
    seen.add(mark.id)
    return _Entry(mark, span, row.cells.get("status", "").lower() in _ENDED)


def read_listings(table: Table, faults: Faults) -> Iterator[Listed]:
    """Yield each good listing; bad rows go to ``faults``."""
    seen: set[str] = set()
    for row in (_straight(row, "title") for row in table.rows):
        if isinstance(row, BadRow):
            faults.add(row)
            continue
        day = _day(row, "seen_at")
        if row.cells["id"] in seen:
            faults.add(_twice(row, row.cells["id"]))
        elif isinstance(day, BadRow):
            faults.add(day)
        else:
            seen.add(row.cells["id"])
            yield Listed(row.cells["id"], row.cells["title"], day)


def _day(row: Row, column: str) -> date | DayUnknown | None:
    """Return the legal day a cell names: a day as people write it, or a time (without an offset, legal time)."""
    text = row.cells.get(column, "")
    if not text:
        return None
    try:
        if not _TIME.search(text):
            return parse_day(text)
        moment = datetime.fromisoformat(text)
        return legal_day(moment) if moment.tzinfo else moment.date()
    except (ValueError, BadDay):
        return DayUnknown(where=f"{row.line}:{column}", line=row.line, column=column, value=text)


def _span(row: Row) -> Span | DayUnknown:
    first, last = _day(row, "from"), _day(row, "to")
    if isinstance(first, DayUnknown):
        return first
    return last if isinstance(last, DayUnknown) else Span(first, last)


def _straight(row: Row | BadRow, column: str) -> Row | BadRow:
    """Return the row, or the error that its id and its text have changed places."""
    if isinstance(row, Row) and row.cells[column].isdecimal() and _HAN.search(row.cells["id"]):
        where, name, value = f"{row.line}:{column}", row.cells["id"], row.cells[column]
        return CellsSwapped(where=where, line=row.line, column=column, id=name, value=value)
    return row


def _twice(row: Row, name: str) -> IdTwice:
    return IdTwice(where=f"{row.line}:id", line=row.line, id=name)


def _mark(row: Row, *, has_watch: bool) -> Mark | BadRow:
    classes = classes_of(row.cells.get("classes", ""))
    if isinstance(classes, str):
        return ClassUnknown(where=f"{row.line}:classes", line=row.line, value=classes)
    flag = row.cells["watch"].lower() if has_watch else "true"
    if flag not in _YES | _NO:
        return FlagUnknown(where=f"{row.line}:watch", line=row.line, column="watch", value=flag)
    return Mark(row.cells["id"], row.cells["mark"], classes, flag in _YES)


def classes_of(text: str) -> tuple[int, ...] | str:
    """Return Nice classes as written (``9, 25``, ``第9类、第25类``), or the first piece that is not one."""
    found: set[int] = set()
    for piece in re.split(r"[\s,;、]+", unicodedata.normalize("NFKC", text).strip("[] ")):
        named = _CLASS.fullmatch(piece)
        number = int(named[1]) if named else 0
        if piece and not 1 <= number <= _LAST_CLASS:
            return piece
        found |= {number} if piece else set()
    return tuple(sorted(found))
