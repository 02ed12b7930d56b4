"""Events of a million cases folded into clocks and findings: the columns beside the one-case path and beside peers, in one run.

    python -m benchmarks.fold [--cases N] [--equal N] [--sample N] [--workers N]

    four     adm.file, adm.decide, adm.serve, adm.publish, and two findings: overdue, penalised instead of transferred
    all      every clock of the law pack
    columns  zhibao.docket.columns, compiled where numba is installed, events in memory
    one case zhibao.docket.clocks and findings, case by case, the events as objects in memory already

``--equal``: so many cases are told by both paths and compared, row by row, by a digest for each ten thousand cases. The
one-case path makes every finding of a case with its sentence and articles; beside it stands its time for clocks alone.
Peers are in fold_peers.py. What is not installed is said and left out. Results go to benchmarks/results/fold.json.
"""

import argparse
import hashlib
import json
import os
import platform
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.fleet_columns import columns_of, facts_of
from benchmarks.fold_peers import PEERS
from benchmarks.histories import Histories, events_of, make_histories
from zhibao.docket.clocks import clocks
from zhibao.docket.columns.assessing import must_transfer
from zhibao.docket.columns.events import microseconds
from zhibao.docket.columns.findings import matters_of, missed_duties, penalised_instead
from zhibao.docket.columns.fleet import ClockColumns, clock_columns, narrowed
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.columns.tables import OVERDUE, STATES
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of as one_facts
from zhibao.docket.findings import findings
from zhibao.docket.fold import fold
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import legal_day
from zhibao.rules.assess import assess
from zhibao.rules.load import load_pack

RESULTS = Path(__file__).resolve().parent / "results" / "fold.json"
FOUR = ("adm.file", "adm.decide", "adm.serve", "adm.publish")
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
CHUNK = 10_000


@cache
def pack():
    return load_pack()


@cache
def narrow_pack():
    return replace(pack(), deadlines={name: pack().deadlines[name] for name in FOUR})


# --- the two paths ----------------------------------------------------------------------------------------------------


def columns_four(law, events, facts, workers: int):
    """Clocks and the two findings, from events in memory."""
    found = clock_columns(law, pack().calendar, events, now=NOW, workers=workers)
    must = must_transfer(pack(), facts, on=legal_day(NOW))
    return found, np.flatnonzero(found.rows.state == OVERDUE), penalised_instead(events, must, now=NOW)


def one_case(law, events: list[Event], *, with_findings: bool):
    """The same for one case, through what the pages call."""
    found = clocks(law, events, now=NOW)
    if not with_findings:
        return found, ()
    today = legal_day(NOW)
    assessment = assess(pack(), one_facts(pack(), fold(pack(), events), on=today), today=today)
    told = findings(pack(), events, now=NOW, assessment=assessment, derived=found)
    return found, [
        one for one in told if one.kind in {"overdue", "penalised-instead-of-transferred"} or "clock" in one.data
    ]


# --- equality -----------------------------------------------------------------------------------------------------------


def told_by_columns(found: ClockColumns, penalised: np.ndarray, first: int, last: int):
    """Yield what each case came to, as plain values."""
    rows, events = found.rows, found.events
    lows = np.searchsorted(rows.matter, np.arange(first, last + 1))
    matter = matters_of(events, penalised)
    marks = np.searchsorted(matter, np.arange(first, last + 1))
    for place, case in enumerate(range(first, last)):
        begin = int(events.begins[case])
        clocks_ = sorted(
            (
                found.law.deadlines[rows.limit[k]].id, int(rows.number[k]), STATES[rows.state[k]],
                int(rows.late_at[k]) if rows.late_at[k] else int(rows.due[k]), bool(rows.provisional[k]),
                bool(rows.reading[k]), bool(rows.assumed[k]), int(rows.start[k]) - begin + 1,
                owed_proceeding(found, k),
            )
            for k in range(lows[place], lows[place + 1])
        )  # fmt: skip
        yield clocks_, sorted(int(step) - begin + 1 for step in penalised[marks[place] : marks[place + 1]])


def owed_proceeding(found: ClockColumns, k: int) -> str:
    step = found.rows.start[k] if found.rows.owed[k] < 0 else found.rows.owed[k]
    return f"p{found.events.places.proceeding[found.events.steps.place[step]]}"


def told_by_one_case(histories: Histories, first: int, last: int, what: str):
    law = pack() if what == "all clocks" else narrow_pack()
    for case in range(first, last):
        events = [Event(**row) for row in events_of(histories, case)]
        found, said = one_case(law, events, with_findings=what == "findings")
        clocks_ = sorted(
            (
                one.id, one.entry, one.state, told_due(one), one.provisional, one.reading, one.assumed_receipt,
                next(line.event for line in one.ledger if line.what == "started"), one.proceeding,
            )
            for one in found
        )  # fmt: skip
        kind = "penalised-instead-of-transferred"
        yield clocks_, sorted(int(one.key.rpartition(":")[2]) for one in said if one.kind == kind)


def told_due(clock) -> int:
    if clock.due is None:
        return -1
    return microseconds(clock.due_moment) if isinstance(clock.due, datetime) else number_of(clock.due)


def digest(told) -> str:
    seen = hashlib.sha256()
    for case in told:
        seen.update(repr(case).encode())
    return seen.hexdigest()


HELD: dict[str, object] = {}  # what forked workers read


def one_case_digest(job: tuple[int, int, str]) -> str:
    return digest(told_by_one_case(HELD["histories"], *job))


def compare(histories: Histories, found: ClockColumns, penalised: np.ndarray, *, count: int, what: str, workers: int):
    """Return how many cases were compared and which chunks differ; ``what``: four clocks, all clocks, or findings beside the four."""
    HELD["histories"] = histories
    jobs = [(first, min(first + CHUNK, count), what) for first in range(0, count, CHUNK)]
    began = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        ours = pool.map(one_case_digest, jobs)
        differing = [
            first
            for (first, last, _), one in zip(jobs, ours, strict=True)
            if one != digest(told_by_columns(found, penalised if what == "findings" else penalised[:0], first, last))
        ]
    return {
        "what": what, "cases": count, "chunks_that_differ": differing, "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip


# --- measuring ----------------------------------------------------------------------------------------------------------


def timed(run, times: int = 5) -> dict[str, float]:
    """Return the best and the middle of several runs, and the least processor time of one (all threads), in seconds."""
    run()
    found, used = [], []
    for _ in range(times):
        began, before = time.perf_counter(), time.process_time()
        run()
        found.append(time.perf_counter() - began)
        used.append(time.process_time() - before)
    return {
        "best": round(min(found), 3), "median": round(statistics.median(found), 3), "processor": round(min(used), 3)
    }  # fmt: skip


def per_case(histories: Histories, sample: int, law, *, with_findings: bool) -> float:
    """Return seconds a case of the one-case path, its events made before the clock runs."""
    step = max(1, histories.cases // sample)
    ready = [[Event(**row) for row in events_of(histories, case)] for case in range(0, histories.cases, step)]
    began = time.perf_counter()
    for events in ready:
        one_case(law, events, with_findings=with_findings)
    return (time.perf_counter() - began) / len(ready)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument(
        "--equal", type=int, default=100_000, help="cases whose four clocks are compared with the one-case path"
    )
    options.add_argument("--equal-all", type=int, default=20_000, help="the same for all limits of the pack")
    options.add_argument("--equal-findings", type=int, default=20_000, help="the same for the two findings")
    options.add_argument("--sample", type=int, default=5_000, help="cases on which slower sides are timed")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--to", type=Path, default=RESULTS)
    chosen = options.parse_args()
    document = measure(chosen)
    chosen.to.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(document, indent=2, ensure_ascii=False))


def measure(chosen: argparse.Namespace) -> dict[str, object]:
    load = [round(one, 1) for one in os.getloadavg()]
    histories = make_histories(chosen.cases)
    law = tables_of(pack().deadlines)
    four = narrowed(law, FOUR)
    began = time.perf_counter()
    events = columns_of(histories, law.encoding)
    facts = facts_of(histories, pack(), legal_day(NOW))
    loading = time.perf_counter() - began
    ours = timed(lambda: columns_four(four, events, facts, chosen.workers))
    clocks_only = timed(lambda: clock_columns(four, pack().calendar, events, now=NOW, workers=chosen.workers))
    every = timed(lambda: clock_columns(law, pack().calendar, events, now=NOW, workers=chosen.workers), 3)
    one_four = per_case(histories, chosen.sample, narrow_pack(), with_findings=True)
    one_clocks = per_case(histories, chosen.sample, narrow_pack(), with_findings=False)
    one_all = per_case(histories, chosen.sample, pack(), with_findings=False)
    found, overdue, penalised = columns_four(four, events, facts, chosen.workers)
    all_found = clock_columns(law, pack().calendar, events, now=NOW, workers=chosen.workers)
    peers = {} if chosen.no_peers else {
        peer.__name__: peer(histories, chosen.sample, pack()) for peer in PEERS
    }  # fmt: skip
    return {
        "what": " ".join((__doc__ or "").split()[:18]),
        "cases": histories.cases, "events": len(histories), "limits_in_pack": len(pack().deadlines),
        "law_pack": pack().hash[:16], "numba": find_spec("numba") is not None,
        "python": platform.python_version(), "processors": os.cpu_count(), "workers": chosen.workers,
        "load_before": load, "load_after": [round(one, 1) for one in os.getloadavg()],
        "columns": {
            "four_clocks_two_findings_s": ours, "four_clocks_alone_s": clocks_only, "all_clocks_s": every,
            "columns_in_memory_from_arrays_s": round(loading, 2),
            "clocks": len(found), "overdue": len(overdue), "penalised_instead": len(penalised),
            "missed_duties_of_all": len(missed_duties(all_found, now=NOW).rows), "clocks_of_all": len(all_found),
        },
        "one_case_path": {
            "cases_timed": chosen.sample, "four_clocks_two_findings_s_a_case": round(one_four, 7),
            "four_clocks_alone_s_a_case": round(one_clocks, 7), "all_clocks_s_a_case": round(one_all, 7),
            "four_s_for_all_cases": round(one_four * histories.cases, 1),
            "all_clocks_s_for_all_cases": round(one_all * histories.cases, 1),
        },
        "columns_to_one_case": {
            "four_and_findings": round(one_four * histories.cases / ours["median"], 1),
            "four_clocks_alone": round(one_clocks * histories.cases / clocks_only["median"], 1),
            "all_clocks": round(one_all * histories.cases / every["median"], 1),
        },
        "equal": [
            compare(histories, side, penalised, count=min(count, chosen.cases), what=what, workers=chosen.workers)
            for what, count, side in (
                ("four clocks", chosen.equal, found),
                ("all clocks", chosen.equal_all, all_found),
                ("findings", chosen.equal_findings, found),
            )
        ],
        "peers": peers,
        "does_not_show": [
            "the histories are made up; real proportions of pauses, hearings and transfers are not known to us",
            "reading events from a database into columns: see sweep.py",
            "finding texts: the columns say which finding stands and on which event; its sentence is made for one case",
        ],
    }  # fmt: skip


if __name__ == "__main__":
    main()
