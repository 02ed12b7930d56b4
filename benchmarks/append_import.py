"""How fast dockets and registers come in, on each database, durable.

    python benchmarks/append_import.py [--matters N] [--rows N]

    dockets   ``append_many``: whole matters of ten events, each event accepted against those before it and chained,
              everything derived and stored for the lists; a thousand events to a transaction
    again     the same file of matters a second time: refused by their numbers, nothing doubled
    register  ``import_file``: a CSV of rights, a thousand rows to a transaction, with progress told after each
    same      the same CSV again: nothing changes

Results go to ``benchmarks/results/append_import.json``.
"""

import argparse
import io
import json
import time
from datetime import timedelta

from measured import NOW, about, keep, run_on_each, set_up


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--matters", type=int, default=500)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--here", action="store_true", help="measure the database of ZHIBAO_DATABASE_URL, print JSON")
    chosen = options.parse_args()
    if chosen.here:
        print(json.dumps(measure(chosen.matters, chosen.rows)))
        return
    document = about()
    document["databases"] = run_on_each(__file__, "--matters", str(chosen.matters), "--rows", str(chosen.rows))
    keep("append_import", document)
    for name, found in document["databases"].items():
        print(name, json.dumps(found))


def measure(matters: int, rows: int) -> dict:
    set_up()
    from tests import factories  # noqa: PLC0415  # after django.setup
    from zhibao.apps.organs.models import Role  # noqa: PLC0415

    organ = factories.make_organ()
    handler, admin = factories.make_person(organ), factories.make_person(organ, Role.ADMIN)
    registrar = factories.make_person(organ, Role.REGISTRAR)
    return bring_dockets(handler, admin, matters) | bring_register(registrar, rows)


def bring_dockets(handler, admin, matters: int) -> dict:
    from zhibao.apps.cases.actions.append_many import append_many  # noqa: PLC0415
    from zhibao.apps.cases.checks import chain_faults  # noqa: PLC0415

    incoming = [docket(handler, number) for number in range(matters)]
    append_many(actor=admin, matters=[docket(handler, -1)], now=NOW)  # the law pack is loaded, statements are planned
    told: list[int] = []
    wall, own = time.perf_counter(), time.process_time()
    brought = append_many(actor=admin, matters=incoming, now=NOW, progress=lambda done, _total: told.append(done))
    wall, own = time.perf_counter() - wall, time.process_time() - own
    again = append_many(actor=admin, matters=incoming, now=NOW)
    if list(chain_faults()) or again.matters or brought.matters != matters:
        raise SystemExit("what came in does not stand as it should")
    return {
        "dockets": {
            "events": brought.events,
            "events_per_second": round(brought.events / wall),
            "own_us_per_event": round(1e6 * own / brought.events),
            "times_progress_was_told": len(told),
        },
        "again": {"taken": again.matters, "refused": len(again.refused)},
    }


def docket(handler, number: int):
    from zhibao.apps.cases.incoming import IncomingEvent, IncomingMatter, IncomingProceeding  # noqa: PLC0415

    start = NOW - timedelta(days=200)
    own = IncomingProceeding("administrative", handler.organ_id, start, number=f"试市监立〔2026〕{number}号")
    steps = [
        ("proceeding-opened", {"procedure": "administrative", "organ": handler.organ_id}),
        ("clue-received", {}),
        ("filed", {}),
        *(("note-added", {"text": f"第 {day} 天的笔录"}) for day in range(6)),
        ("decided", {"result": "penalty"}),
    ]
    events = tuple(
        IncomingEvent(own.id, kind, start + timedelta(days=3 * day), handler.username, data)
        for day, (kind, data) in enumerate(steps)
    )
    return IncomingMatter(f"旧案 {number}", "360202", start, (own,), events)


def bring_register(registrar, rows: int) -> dict:
    from zhibao.apps.register.actions.import_file import import_file  # noqa: PLC0415

    lines = (f"{10_000_000 + number},青釉坊{number},21,景德镇某某瓷业有限公司\n" for number in range(rows))
    data = ("注册号,商标,类别,权利人\n" + "".join(lines)).encode()
    found = {}
    for name in ("register", "same"):
        told: list[int] = []
        wall, own = time.perf_counter(), time.process_time()
        run = import_file(
            actor=registrar,
            name="rights.csv",
            stream=io.BytesIO(data),
            now=NOW,
            progress=lambda done, _total, told=told: told.append(done),
        )
        wall, own = time.perf_counter() - wall, time.process_time() - own
        found[name] = {
            "rows": run.rows,
            "made": run.made,
            "same": run.same,
            "bad": run.bad,
            "rows_per_second": round(run.rows / wall),
            "own_us_per_row": round(1e6 * own / run.rows),
            "times_progress_was_told": len(told),
        }
    return found


if __name__ == "__main__":
    main()
