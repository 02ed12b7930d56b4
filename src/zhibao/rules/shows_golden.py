"""Golden cases of what an entry of the law says on a day, and of which days are worked.

Two kinds: ``shows-`` names an entry, a path into what `law show` tells of it, and the value on each day; ``calendar-`` a
year with its weekdays off, weekend days worked and the working days of each month. Values come from the text or the notice.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from zhibao.rules.describe import NotInForce, describe
from zhibao.rules.errors import LawWrongShape
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.read import Scalar, Table, as_day, as_whole

NONE = "none"
_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[([^\[\]]+)\]")
_NAMES = ("id", "event", "begins", "name", "kind", "procedure", "number")


def check_shown(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield the days on which the entry says something else at that path; ``none`` is: nothing."""
    case.only("name", "entry", "path", "on")
    entry, path = case.text("entry"), case.text("path")
    days = case.table("on")
    for key in days:
        day = as_day(Scalar(key, plain=True, where=days.place(key)), "on")
        want = _plain(days.node(key).json())
        got = shown(pack, entry, day, path)
        if got != want:
            yield Mismatch(days.place(key), f"{case.text('name')} {key}", str(want), str(got))


def check_year(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield where a year's weekdays off, weekend days worked, or working days of its months are others."""
    case.only("name", "year", "off", "worked", "working_days")
    year = case.whole("year")
    months = [as_whole(node, "working_days") for node in case.series("working_days")]
    if len(months) != 12:
        zh, en = "十二个数", "twelve numbers"
        raise LawWrongShape(
            where=case.place("working_days"), key="working_days", want_zh=zh, want_en=en, seen=str(len(months))
        )
    days = [date(year, 1, 1) + timedelta(days=step) for step in range(366)]
    held = {day: pack.calendar.is_working(day) for day in days if day.year == year}
    seen: Mapping[str, list[Any]] = {
        "off": [day for day, works in held.items() if not works and day.weekday() < 5],
        "worked": [day for day, works in held.items() if works and day.weekday() >= 5],
        "working_days": [sum(works for day, works in held.items() if day.month == month) for month in range(1, 13)],
    }
    wanted: Mapping[str, list[Any]] = {
        "off": list(case.days("off")),
        "worked": list(case.days("worked")),
        "working_days": months,
    }
    for key, want in wanted.items():
        if seen[key] != want:
            other = sorted({str(one) for one in seen[key]} ^ {str(one) for one in want})
            yield Mismatch(case.place(key), f"{case.text('name')} {key}", "—", ", ".join(other))


def shown(pack: Pack, entry: str, day: date, path: str) -> Any:
    """Return what an entry says at ``path`` on a day, such as ``versions.figures[gain].says``; "none" where it says nothing.

    An item of a list is named by its id; a field asked of several items gives the list of its values.
    """
    try:
        told: Any = describe(pack, entry, "zh", day)
    except NotInForce:
        return NONE
    for found in _STEP.finditer(path):
        told = _named(told, found.group(2), day) if found.group(2) else _step(told, found.group(1), day)
    return _plain(told)


def _step(told: Any, step: str, day: date) -> Any:
    """Go down into a field; of a list, into that field of each item."""
    if isinstance(told, list):
        return [_step(one, step, day) for one in told if _in_force(one, day)]
    return told.get(step) if isinstance(told, dict) else None


def _named(told: Any, name: str, day: date) -> Any:
    """Return the item of a list that goes by that name; a list of lists is looked through as one."""
    held = [one for one in told if _in_force(one, day)] if isinstance(told, list) else []
    for one in held:
        found = _named(one, name, day) if isinstance(one, list) else one
        if isinstance(found, dict) and name in [str(found.get(key)) for key in _NAMES]:
            return found
    return None


def _in_force(told: Any, day: date) -> bool:
    span = told.get("span") if isinstance(told, dict) else None
    if not isinstance(span, dict):
        return True
    return str(span["from"]) <= day.isoformat() and (span["to"] is None or day.isoformat() <= str(span["to"]))


def _plain(value: Any) -> Any:
    """Return a value as a case writes it: texts, ``true`` and ``false``, lists of them, ``none`` for nothing."""
    if isinstance(value, list) and len(value) == 1:
        return _plain(value[0])
    if isinstance(value, list) and value:
        return [_plain(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return NONE if value in (None, "", []) else str(value)
