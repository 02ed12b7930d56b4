"""Plain Python case by case, and SQL over all cases, as somebody would write them for these four clocks alone."""

import sqlite3
import time
from bisect import bisect_right
from datetime import date, timedelta
from importlib.util import find_spec

import numpy as np

from benchmarks.histories import CHINA, DAY, Histories

ONE = timedelta(days=1)
KINDS = (
    "clue-received", "filed", "not-filed", "filing-extended", "decision-extended", "suspended", "resumed", "decided",
    "decision-served", "published", "terminated", "closed",
)  # fmt: skip
NOW = date(2026, 11, 25)


def cases_in_plain_values(found: Histories, sample: int) -> list[list[tuple[str, date]]]:
    """Return cases as lists of (kind, day), made before any clock runs."""
    step = max(1, found.cases // sample)
    return [
        [
            (found.kinds[found.kind[i]], date.fromordinal(719_163 + int((found.at[i] + CHINA) // DAY)))
            for i in range(found.begins[case], found.ends[case])
        ]
        for case in range(0, found.cases, step)
    ]


def plain_python(found: Histories, sample: int, pack) -> dict[str, object]:
    """Dates, a list of working days, one pass over the events; one suspension, one extension, no receipts, no findings."""
    calendar = pack.calendar
    first = date(2019, 1, 1)
    working = [day for n in range(4000) if calendar.is_working(day := first + n * ONE)]
    cases = cases_in_plain_values(found, sample)
    began = time.perf_counter()
    late = sum(_plain_case(case, working) for case in cases)
    seconds = (time.perf_counter() - began) / len(cases)
    return {
        "cases_timed": len(cases), "s_a_case": round(seconds, 7), "s_for_all_cases": round(seconds * found.cases, 1),
        "overdue_in_sample": late,
        "does": "four clocks with one pause and one extension, one version of the law, no account, no findings",
    }  # fmt: skip


def _plain_case(case: list[tuple[str, date]], working: list[date]) -> int:
    at: dict[str, date] = {}
    extended = 0
    for kind, day in case:
        at.setdefault(kind, day)
        extended += kind == "decision-extended"
    overdue = 0
    if "clue-received" in at:
        number = 15 + 15 * ("filing-extended" in at)
        due = working[bisect_right(working, at["clue-received"]) + number - 1]
        done = at.get("filed") or at.get("not-filed")
        overdue += done is None and due < NOW
    if "filed" in at:
        due = at["filed"] + timedelta(days=90 + 30 * min(extended, 1))
        if "suspended" in at and "resumed" in at:
            due += at["resumed"] - at["suspended"]
        index = bisect_right(working, due - ONE)
        done = at.get("decided") or at.get("terminated") or at.get("closed")
        overdue += done is None and working[index] < NOW
    if "decided" in at:
        for step, number in (("decision-served", 7), ("published", 20)):
            due = working[bisect_right(working, at["decided"]) + number - 1]
            overdue += step not in at and due < NOW
    return overdue


def _arrow_columns(found: Histories) -> dict[str, np.ndarray]:
    wanted = np.isin(found.kind, [found.kinds.index(kind) for kind in KINDS])
    day = ((found.at[wanted] + CHINA) // DAY).astype(np.int32)
    return {"matter": found.case[wanted], "kind": found.kind[wanted].astype(np.int32), "day": day}


def _pivot(found: Histories) -> str:
    parts = [f'min(CASE WHEN kind = {found.kinds.index(kind)} THEN day END) AS "{kind}"' for kind in KINDS]
    return f"SELECT matter, {', '.join(parts)} FROM events GROUP BY matter"


def sqlite_sql(found: Histories, _sample: int, _pack) -> dict[str, object]:
    """One GROUP BY that turns events into first days by kind; days owed cannot be counted in it. A tenth of the cases."""
    part = max(1, found.cases // 10)
    columns = _arrow_columns(found)
    mine = columns["matter"] < part
    rows = zip(*(columns[name][mine].tolist() for name in ("matter", "kind", "day")), strict=True)
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE events (matter INTEGER, kind INTEGER, day INTEGER)")
        database.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
        began = time.perf_counter()
        count = len(database.execute(_pivot(found)).fetchall())
        seconds = (time.perf_counter() - began) / count
    return {
        "version": sqlite3.sqlite_version, "cases_timed": count, "s_a_case": round(seconds, 7),
        "s_for_all_cases": round(seconds * found.cases, 1), "does": "the pivot into first days alone: no clocks, no findings",
    }  # fmt: skip


def duck_sql(found: Histories, _sample: int, _pack) -> dict[str, object]:
    """The same pivot by DuckDB over columns in memory."""
    if find_spec("duckdb") is None:
        return {"not_installed": "duckdb"}
    import duckdb
    import pyarrow as pa

    events = pa.table(_arrow_columns(found))
    database = duckdb.connect()
    database.register("events", events)
    database.execute("SET threads = 2")
    query = _pivot(found)
    database.execute(query).fetchnumpy()
    began = time.perf_counter()
    count = len(database.execute(query).fetchnumpy()["matter"])
    seconds = time.perf_counter() - began
    return {
        "version": duckdb.__version__, "cases_timed": count, "s_for_all_cases": round(seconds, 3),
        "does": "the pivot into first days alone: no clocks, no findings",
    }  # fmt: skip
