"""The shipped calendar, read from law/cn/calendars without the rules package, which stands above this room."""

from functools import cache
from pathlib import Path

import yaml

from zhibao.kernel.days import Calendar, YearDays
from zhibao.kernel.labels import Label

FOLDER = Path(__file__).resolve().parents[2] / "law" / "cn" / "calendars"


@cache
def shipped_years() -> dict[int, YearDays]:
    years = {}
    for path in sorted(FOLDER.glob("[0-9]*.yaml")):
        doc = yaml.safe_load(path.read_text())
        notice = Label(**doc["notice"]["title"]) if "notice" in doc else None
        years[doc["year"]] = YearDays(tuple(doc["holidays"]), tuple(doc["makeup_workdays"]), notice)
    return years


@cache
def shipped_calendar() -> Calendar:
    return Calendar.from_years(shipped_years())
