"""What one changed parameter would do to a million cases: only the limit that changes is run, and only differences told.

    python -m benchmarks.whatif [--cases N] [--workers N]

    what-if  docket.columns.whatif: the changed limit over events in memory, compared with what stands now
    sweep    every clock of the pack under the changed law, compared with every clock under the law in force

Both must tell the same differences, clock by clock. Some cases are also told one by one by ``docket.whatif``. Results go to
benchmarks/results/whatif.json.
"""

import argparse
import json
import os
import platform
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks.fleet_columns import columns_of
from benchmarks.histories import events_of, make_histories
from zhibao.docket.columns.fleet import clock_columns
from zhibao.docket.columns.limits import LimitTables, tables_of
from zhibao.docket.columns.whatif import Differences, differences, run_limits
from zhibao.docket.events import Event
from zhibao.docket.whatif import compare_clocks
from zhibao.kernel.days import Length, Unit
from zhibao.rules.load import load_pack
from zhibao.rules.whatif import WhatIf

RESULTS = Path(__file__).resolve().parent / "results" / "whatif.json"
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


def longer(unit: Unit, by: int):
    return lambda version: replace(version, length=Length(version.length.number + by, unit))


CHANGES = {
    "adm.decide: 90 days become 60": ("adm.decide", longer(Unit.DAYS, -30)),
    "adm.file: 15 working days become 10": ("adm.file", longer(Unit.WORKING_DAYS, -5)),
    "adm.publish: 20 working days become 7": ("adm.publish", longer(Unit.WORKING_DAYS, -13)),
    "adm.decide: hearings and pauses count": ("adm.decide", lambda version: replace(version, excludes=())),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--one-by-one", type=int, default=1_000, help="cases also told by docket.whatif")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--to", type=Path, default=RESULTS)
    chosen = options.parse_args()
    pack = load_pack()
    histories = make_histories(chosen.cases)
    law = tables_of(pack.deadlines)
    events = columns_of(histories, law.encoding)
    load = [round(one, 1) for one in os.getloadavg()]
    standing = clock_columns(law, pack.calendar, events, now=NOW, workers=chosen.workers)
    document = {
        "cases": histories.cases, "events": len(histories), "limits_in_pack": len(pack.deadlines),
        "numba": find_spec("numba") is not None, "python": platform.python_version(), "workers": chosen.workers,
        "load_before": load,
        "changes": {
            what: measure(
                pack, histories, events, standing, chosen, name=CHANGES[what][0], change=CHANGES[what][1]
            ) for what in CHANGES
        },
        "load_after": [round(one, 1) for one in os.getloadavg()],
        "does_not_show": "reading the mirror from disk (see sweep.json); a change that asks events something new, which goes case by case",
    }  # fmt: skip
    chosen.to.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(document, indent=2, ensure_ascii=False))


def measure(pack, histories, events, standing, chosen, *, name, change) -> dict[str, object]:
    deadline = pack.deadlines[name]
    fresh = replace(deadline, versions=tuple(change(one) for one in deadline.versions))
    changed = replace(pack, deadlines={**pack.deadlines, name: fresh})
    base = run_limits(pack.deadlines, pack.calendar, events, ids=[name], now=NOW, workers=chosen.workers)

    def ask() -> Differences:
        new = run_limits(changed.deadlines, pack.calendar, events, ids=[name], now=NOW, workers=chosen.workers)
        return differences(base, new)

    found, taken = ask(), []
    for _ in range(chosen.rounds):
        began = time.perf_counter()
        found = ask()
        taken.append(time.perf_counter() - began)
    began = time.perf_counter()
    swept = clock_columns(
        LimitTables(changed.deadlines.values(), events.encoding), pack.calendar, events, now=NOW, workers=chosen.workers
    )
    every = differences(standing, swept)
    sweeping = time.perf_counter() - began
    return {
        "what_if_s": {"best": round(min(taken), 3), "median": round(statistics.median(taken), 3)},
        "differences": len(found), "of_clocks": len(base),
        "sweep_and_compare_s": round(sweeping, 3), "sweep_tells_the_same": same(found, every),
        "one_by_one": one_by_one(
            pack, changed, name, histories=histories, found=found, count=chosen.one_by_one
        ),
    }  # fmt: skip


def same(found: Differences, every: Differences) -> bool:
    """Tell whether both list the same clocks with the same states and last days."""
    columns = [
        (one.matter, one.entry, one.proceeding, one.old.state, one.old.due, one.new.state, one.new.due)
        for one in (found, every)
    ]  # fmt: skip
    names = [np.array(one.ids)[one.limit] for one in (found, every)]
    return bool((names[0] == names[1]).all()) and all(np.array_equal(a, b) for a, b in zip(*columns, strict=True))


def one_by_one(pack, changed, name, *, histories, found: Differences, count: int) -> dict[str, object]:
    change = WhatIf(changed, frozenset({("deadlines", name)}))
    step = max(1, histories.cases // count)
    differing = wrong = 0
    began = time.perf_counter()
    for case in range(0, histories.cases, step):
        told = compare_clocks(pack, change, [Event(**row) for row in events_of(histories, case)], now=NOW)
        low, high = np.searchsorted(found.matter, [case, case + 1])
        differing += len(told)
        wrong += len(told) != int(high - low)
    return {"cases": len(range(0, histories.cases, step)), "differences": differing, "cases_that_disagree": wrong,
            "s_a_case": round((time.perf_counter() - began) / max(1, histories.cases // step), 6)}  # fmt: skip


if __name__ == "__main__":
    main()
