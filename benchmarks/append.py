"""What one durable event costs, beside a plain row update, in the same run.

    python benchmarks/append.py [--rounds N]

All sides commit and flush each time (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync on), in turns of 50, so that
whatever else the machine does falls on all.

    update   the plain row: one column changed by Django's ``save``
    record   the record alone: events read, the new one accepted and chained, head compared and set, row inserted
    action   all an officer's step does: access, record, clocks and findings derived and brought up to date

Results go to ``benchmarks/results/append.json``. Where PostgreSQL is not installed only SQLite is measured.
"""

import argparse
import importlib.util
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "append.json"
TURN = 50
SIDES = ("update", "record", "action")
NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=12, help="turns of 50 on each side")
    options.add_argument("--here", action="store_true", help="measure the database of ZHIBAO_DATABASE_URL, print JSON")
    chosen = options.parse_args()
    if chosen.here:
        print(json.dumps(measure(chosen.rounds)))
        return
    load = round(os.getloadavg()[0], 1)
    results = {"sqlite": on_sqlite(chosen.rounds), "postgresql": on_postgres(chosen.rounds)}
    document = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_at_start": load,
        "per_side": chosen.rounds * TURN,
        "databases": {name: found for name, found in results.items() if found},
    }
    RESULTS.write_text(json.dumps(document, indent=2) + "\n")
    for name, found in document["databases"].items():
        rates = ", ".join(f"{side} {found[side]['per_second']}/s" for side in SIDES)
        print(
            f"{name}: {rates}; record {found['record_to_update']}x update, action {found['action_to_update']}x update"
        )


def command(rounds: int) -> list[str]:
    return [sys.executable, str(Path(__file__).resolve()), "--here", "--rounds", str(rounds)]


def on_sqlite(rounds: int) -> dict:
    with tempfile.TemporaryDirectory(prefix="zhibao-append-") as folder:
        env = os.environ | {"ZHIBAO_HOME": folder, "ZHIBAO_DATABASE_URL": f"sqlite:///{folder}/append.sqlite3"}
        done = subprocess.run(command(rounds), env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def on_postgres(rounds: int) -> dict | None:
    """Measure a private PostgreSQL with its durability left on, unlike the one tests run on."""
    spec = importlib.util.spec_from_file_location("with_postgres", ROOT / "scripts" / "with_postgres.py")
    with_postgres = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(with_postgres)
    with_postgres.QUICK = ("fsync=on", "synchronous_commit=on")
    with tempfile.TemporaryDirectory(prefix="zhibao-append-") as folder:
        os.environ["ZHIBAO_HOME"] = folder
        out = Path(folder) / "result.json"
        ended = with_postgres.main(["--", "sh", "-c", f'exec "$@" > {out}', "sh", *command(rounds)])
        if ended == with_postgres.ABSENT:
            return None
        if ended:
            raise SystemExit(ended)
        return json.loads(out.read_text())


def measure(rounds: int) -> dict:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhibao.project.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  # settings must be named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, skip_checks=True)
    measured = sides()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in SIDES}
    for _ in range(rounds):
        for name in SIDES:
            times[name] += [timed(measured[name]) for _ in range(TURN)]
    found = {name: summary(taken) for name, taken in times.items()}
    medians = {name: statistics.median(wall for wall, _own in taken) for name, taken in times.items()}
    found |= {f"{name}_to_update": round(medians["update"] / medians[name], 2) for name in SIDES[1:]}
    return found


def sides() -> dict[str, Callable[[], None]]:
    """Return what is measured: each over the same hundred matters in turn, of ten events and more."""
    from django.db import transaction  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415
    from zhibao.apps.cases.actions.open_matter import open_matter  # noqa: PLC0415
    from zhibao.apps.cases.actions.record_event import record_event  # noqa: PLC0415
    from zhibao.apps.cases.law import current_pack  # noqa: PLC0415
    from zhibao.apps.cases.models import Matter  # noqa: PLC0415
    from zhibao.apps.cases.store import record as store  # noqa: PLC0415

    handler = factories.make_person(factories.make_organ())
    matters = [
        open_matter(actor=handler, title="x", place="360202", procedure="administrative", now=NOW) for _ in range(100)
    ]
    proceedings = [matter.proceedings.get() for matter in matters]
    turn = itertools.count()

    def step(place: int, kind: str, data: dict, now: datetime) -> None:
        record_event(
            actor=handler,
            matter_id=matters[place].pk,
            proceeding_id=proceedings[place].pk,
            kind=kind,
            at=now,
            data=data,
            expected_seq=None,
            now=now,
        )

    for place in range(len(matters)):
        step(place, "filed", {}, NOW)
        for number in range(7):
            step(place, "note-added", {"text": f"{number}"}, NOW)

    def update() -> None:
        matter = matters[next(turn) % len(matters)]
        matter.title = f"title {next(turn)}"
        matter.save(update_fields=["title"])

    def record() -> None:
        place = next(turn) % len(matters)
        note = store.Step(proceedings[place], "note-added", NOW, {"text": "x"})
        with transaction.atomic():
            matter = Matter.objects.get(pk=matters[place].pk)
            before = store.events_of(matter.pk)
            store.add_events(matter, store.seal_steps(current_pack(), before, (note,), actor=handler, now=NOW))

    def action() -> None:
        moment = NOW + timedelta(seconds=next(turn))
        step(next(turn) % len(matters), "note-added", {"text": "x"}, moment)

    return {"update": update, "record": record, "action": action}


def timed(side: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds by the wall and by this process's own processor time, which other programs do not lengthen."""
    wall, own = time.perf_counter(), time.process_time()
    side()
    return time.perf_counter() - wall, time.process_time() - own


def summary(taken: list[tuple[float, float]]) -> dict[str, float]:
    ordered = sorted(wall for wall, _own in taken)
    return {
        "own_ms": round(1000 * statistics.median(own for _wall, own in taken), 2),
        "per_second": round(1 / statistics.median(ordered)),
        "median_ms": round(1000 * statistics.median(ordered), 2),
        "p99_ms": round(1000 * ordered[int(len(ordered) * 0.99)], 2),
    }


if __name__ == "__main__":
    main()
