"""Sums of working days: the calendar's tables beside numpy's busday, in the same run, and both against an independent count.

    python -m benchmarks.working_days [--dates N]

Right: every start day of 2004 to 2026 with every length from 1 to 250 working days, against a plain count over the calendar
files. Fast: so many random pairs, the tables and ``numpy.busday_offset`` with the same holidays in turns. busday knows
holidays but no make-up working weekends (调休), so how often and by how much it is wrong is counted. Results go to
benchmarks/results/working_days.json.
"""

import argparse
import json
import os
import platform
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml

from zhibao.kernel.day_arrays import DAY_ZERO, add_working, number_of
from zhibao.kernel.days import Calendar, YearDays
from zhibao.kernel.labels import Label

HERE = Path(__file__).resolve().parent
CALENDARS = HERE.parent / "law" / "cn" / "calendars"
RESULTS = HERE / "results" / "working_days.json"
LONGEST = 250
UNIX = date(1970, 1, 1).toordinal() - DAY_ZERO


def years() -> dict[int, YearDays]:
    """Read the calendar files without the rules that usually read them."""
    found = {}
    for path in sorted(CALENDARS.glob("[0-9]*.yaml")):
        doc = yaml.safe_load(path.read_text())
        notice = Label(**doc["notice"]["title"]) if "notice" in doc else None
        found[doc["year"]] = YearDays(tuple(doc["holidays"]), tuple(doc["makeup_workdays"]), notice)
    return found


def counted_by_hand(listed: dict[int, YearDays]) -> np.ndarray:
    """Return for each start day of 2004 to 2026 the last days of 1 to 250 working days, walking the calendar day by day."""
    off = {day for year in listed.values() for day in year.holidays}
    on = {day for year in listed.values() for day in year.makeup_workdays}
    first, last = date(2004, 1, 1), date(2028, 12, 31)
    worked = [
        number_of(day)
        for n in range((last - first).days + 1)
        if (day := first + timedelta(days=n)) in on or (day.weekday() < 5 and day not in off)
    ]
    table, place, day = [], 0, first
    while day <= date(2026, 12, 31):
        while worked[place] <= number_of(day):
            place += 1
        table.append(worked[place : place + LONGEST])
        day += timedelta(days=1)
    return np.array(table, dtype=np.int32)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dates", type=int, default=5_000_000)
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args()
    listed = years()
    tables = Calendar.from_years(listed).tables
    wanted = counted_by_hand(listed)
    starts = number_of(date(2004, 1, 1)) + np.arange(len(wanted), dtype=np.int32)
    lengths = np.arange(1, LONGEST + 1, dtype=np.int32)
    ours = add_working(tables, starts[:, None], lengths[None, :])
    holidays = np.array([day for year in listed.values() for day in year.holidays], dtype="datetime64[D]")
    as_busday = np.busdaycalendar(holidays=holidays)
    theirs = offset(as_busday, np.repeat(starts, LONGEST), np.tile(lengths, len(starts))).reshape(wanted.shape)
    rng = np.random.default_rng(1)
    some = rng.integers(starts[0], starts[-1], chosen.dates).astype(np.int32)
    number = rng.integers(1, LONGEST + 1, chosen.dates).astype(np.int32)
    load = round(os.getloadavg()[0], 1)
    sides = {"tables": [], "busday": []}
    for _ in range(chosen.rounds):
        sides["tables"].append(seconds(lambda: add_working(tables, some, number)))
        sides["busday"].append(seconds(lambda: offset(as_busday, some, number)))
    middle = {name: statistics.median(taken) for name, taken in sides.items()}
    wrong = np.abs(theirs - wanted)[theirs != wanted]
    document = {
        "python": platform.python_version(), "numpy": np.__version__, "load_before": load,
        "checked": int(wanted.size), "tables_wrong": int((ours != wanted).sum()),
        "busday_wrong_share": round(len(wrong) / wanted.size, 4),
        "busday_wrong_days": {"mean": round(float(wrong.mean()), 2), "max": int(wrong.max())},
        "dates": chosen.dates, "rounds": chosen.rounds,
        "tables_per_second": round(chosen.dates / middle["tables"]), "busday_per_second": round(chosen.dates / middle["busday"]),
        "tables_to_busday": round(middle["busday"] / middle["tables"], 1),
        "does_not_show": "days are numbers already on both sides; making numbers of dates is not measured",
    }  # fmt: skip
    RESULTS.write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(document, indent=2))


def offset(calendar: np.busdaycalendar, start: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Return numpy's answer to the same question: the last day counted from a start that does not count itself."""
    days = (start - UNIX).astype("datetime64[D]")
    found = np.busday_offset(days, number, roll="backward", busdaycal=calendar)
    return found.astype(np.int64).astype(np.int32) + UNIX


def seconds(run) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
