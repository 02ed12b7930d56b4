"""The nightly sweep over many matters: what changed and what fell due, in columns and in the database, in one run.

    python -m benchmarks.sweep [--cases N] [--changed N] [--fired N] [--rows N]

The mirror of all matters is written from arrays; the database is filled only with the made-up matters that will change or
fall due (rows written straight into its tables: no chain is computed, the sweep does not read it). Then time passes, so
many clocks fall due and so many matters get an event. Measured one after the other:

    mirror     reading what was recorded since the watermark, encoding it, writing and flushing the columns
    columns    every clock of the touched matters run again, the others kept; equal to running all matters
    database   the sweep as the worker runs it, of ``--rows`` touched matters: derived whole, changed rows written
    building   a mirror of what the database holds, from nothing

SQLite in a folder of its own, or what ZHIBAO_DATABASE_URL names (it must be empty). Results: benchmarks/results/sweep.json.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from benchmarks.histories import EPOCH, PROCEDURES, Histories, data_of, make_histories

RESULTS = Path(__file__).resolve().parent / "results" / "sweep.json"
BEFORE = datetime(2026, 11, 24, 18, tzinfo=UTC)
AFTER = BEFORE + timedelta(days=1)
BATCH = 5_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--changed", type=int, default=10_000)
    options.add_argument("--fired", type=int, default=3_000)
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--to", type=Path, default=RESULTS)
    options.add_argument(
        "--rows", type=int, default=2_000, help="touched matters whose rows of clocks are measured too"
    )
    chosen = options.parse_args()
    home = Path(tempfile.mkdtemp(prefix="zhibao-sweep-"))
    os.environ["ZHIBAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhibao.project.settings")
    os.environ.setdefault("ZHIBAO_DEBUG", "1")
    try:
        document = measure(chosen)
    finally:
        shutil.rmtree(home)
    chosen.to.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(document, indent=2, ensure_ascii=False))


class Timer:
    """Seconds on the clock and of processor time (all threads), by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}

    def run(self, name, deed):
        began, spent = time.perf_counter(), time.process_time()
        found = deed()
        self.processor[name] = round(time.process_time() - spent, 2)
        self.seconds[name] = round(time.perf_counter() - began, 2)
        print(f"{name}: {self.seconds[name]} s, {self.processor[name]} s of processor time", file=sys.stderr)
        return found


def measure(chosen: argparse.Namespace) -> dict[str, object]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from zhibao.apps.cases.law import current_pack
    from zhibao.apps.cases.store.mirror import Mirror
    from zhibao.docket.columns.fleet import clock_columns
    from zhibao.docket.columns.limits import tables_of
    from zhibao.docket.columns.sweeping import fell_due, swept

    call_command("migrate", verbosity=0)
    load, timer, pack, workers = loads(), Timer(), current_pack(), chosen.workers
    mirror, law = Mirror(pack), tables_of(pack.deadlines)
    histories = timer.run("drawing the histories", lambda: make_histories(chosen.cases))
    timer.run("writing the mirror from arrays", lambda: write_mirror(mirror, histories))
    events = mirror.columns()
    found = clock_columns(law, pack.calendar, events, now=BEFORE, workers=workers)
    after, fired = until_fired(found, events, chosen.fired)
    there = np.flatnonzero(histories.begins < histories.ends)
    changed = np.sort(np.random.default_rng(3).choice(there, min(chosen.changed, len(there)), replace=False))
    cases = np.union1d(changed, fired).tolist()
    timer.run("filling the database", lambda: fill(histories, cases, pack.hash))
    marked(mirror)
    kept = cases[:: max(len(cases) // max(chosen.rows, 1), 1)][: chosen.rows]
    prepare([key_of(case) for case in kept])
    append_one([key_of(case) for case in changed], after)
    caught = timer.run("mirror: catching up with what changed", lambda: mirror.catch_up(now=after))
    now_events = mirror.columns()
    fresh, touched = timer.run(
        "columns: touched matters run again",
        lambda: swept(found, pack.calendar, now_events, changed=changed, since=BEFORE, now=after, workers=workers),
    )
    whole = timer.run(
        "columns: all matters run again",
        lambda: clock_columns(law, pack.calendar, now_events, now=after, workers=workers),
    )
    same = all(np.array_equal(a, b) for a, b in zip(fresh.rows, whole.rows, strict=True))
    due = len(fell_due(found, events, since=BEFORE, now=after))
    database = in_database(timer, after, {key_of(case) for case in kept})
    mirror.files.clear()
    built = timer.run("building a mirror of the database from nothing", lambda: mirror.catch_up(now=after))
    seconds = timer.seconds
    return {
        "cases": histories.cases, "events": len(histories), "clocks": len(whole), "limits_in_pack": len(pack.deadlines),
        "database": connection.vendor, "python": platform.python_version(), "workers": workers,
        "load_before": load, "load_after": loads(),
        "from": BEFORE.isoformat(), "to": after.isoformat(), "changed": len(changed),
        "fell_due": due, "touched": len(touched),
        "mirror_read": {"matters": caught.matters, "events": caught.events},
        "mirror_built": {"matters": built.matters, "events": built.events},
        "seconds": seconds, "processor_seconds": timer.processor,
        "deriving_s": deriving(seconds), "deriving_processor_s": deriving(timer.processor),
        "equal_to_running_all": same, "in_database": database,
        "does_not_show": [
            "the database holds only the matters that change or fall due; the mirror of the others is written from arrays, so what a larger table costs when read is not in it",
            "events are written without their chain, and rows of clocks are there only for the matters counted under in_database",
            "deriving_s reads the database and writes the mirror's columns; rows of clocks and findings are written under 'database'",
            "changed_by_a_rebuild_of_some: matters that the database's sweep left and a rebuild changes; 4 in 100 of the made-up matters hold an event dated ahead of the first sweep, which the columns see arrive and nobody could record; each matter was not looked into",
        ],
    }  # fmt: skip


def deriving(seconds: dict[str, float]) -> float:
    return round(seconds["mirror: catching up with what changed"] + seconds["columns: touched matters run again"], 2)


def loads() -> list[float]:
    return [round(one, 1) for one in os.getloadavg()]


def key_of(case: int) -> UUID:
    return UUID(int=int(case) + 1)


def write_mirror(mirror, histories: Histories) -> None:
    """Write the mirror of all cases as if it had been built from the database."""
    from benchmarks.fleet_columns import columns_of

    events = columns_of(histories, mirror.encoding)
    ids = np.zeros((histories.cases, 2), dtype=">u8")
    ids[:, 1] = np.arange(1, histories.cases + 1)
    groups = (("steps", events.steps), ("extras", events.extras), ("places", events.places))
    parts = {f"{group}.{name}": column for group, columns in groups for name, column in columns._asdict().items()}
    blocks = (np.arange(histories.cases), events.begins, events.ends, events.ends - events.begins)
    parts |= {f"blocks.{name}": column for name, column in zip(("matter", "begin", "end", "seq"), blocks, strict=True)}
    mirror.begin()
    manifest = mirror._manifest
    manifest["lengths"] = mirror.files.append(parts | {"matters.id": ids.view(np.uint8)}, manifest["lengths"])
    manifest["signatures"] = [list(one) for one in events.signatures]
    manifest["procedures"], manifest["organs"] = list(events.procedures), list(events.organs)
    mirror._commit(0)


def marked(mirror) -> None:
    """Put the watermark behind all events there are."""
    from zhibao.apps.cases.models import Event

    mirror._commit(Event.objects.order_by("-pk").values_list("pk", flat=True).first())


def until_fired(found, events, wanted: int):
    """Return the hour by which that many matters have fallen due, and which they are."""
    from zhibao.docket.columns.sweeping import fell_due

    after = BEFORE
    fired = np.array([], dtype=np.int64)
    while len(fired) < wanted and after < BEFORE + timedelta(days=90):
        after += timedelta(hours=6)
        fired = fell_due(found, events, since=BEFORE, now=after)
    return after, fired


# --- the database ---------------------------------------------------------------------------------------------------------


def fill(found: Histories, cases: list[int], law_pack: str) -> None:
    """Write organs, one person, and the matters, proceedings and events of these cases."""
    from django.db import connection, transaction

    from zhibao.apps.cases.models import Event, Matter, Proceeding
    from zhibao.apps.organs.models import Organ, Person

    kinds = {"mr": "market-regulation", "police": "police", "court": "court"}
    Organ.objects.bulk_create(
        Organ(id=f"{name}-{n}", kind=kind, name_zh=f"{name}{n}", name_en=f"{name} {n}", level="city",
              short_zh=f"{name}{n}", short_en=f"{name} {n}", place="360200")
        for name, kind in kinds.items() for n in range(97)
    )  # fmt: skip
    person = Person.objects.create(username="bench", organ_id="mr-0", name_zh="测量", name_en="bench")
    organs = ("mr", "police", "police", "court", "mr")
    for first in range(0, len(cases), BATCH):
        matters, proceedings, events = [], [], []
        for case in cases[first : first + BATCH]:
            low, high = int(found.begins[case]), int(found.ends[case])
            if low == high:
                continue
            opened = EPOCH + timedelta(microseconds=int(found.at[low]))
            matters.append(Matter(
                id=key_of(case), number=f"B-{case}", title="案", place="360200", opened_at=opened, head_seq=high - low,
                derived_seq=high - low, derived_pack=law_pack,
            ))  # fmt: skip
            proceedings += [
                Proceeding(
                    id=UUID(int=(case + 1 << 8) + place), matter_id=matters[-1].id, procedure=PROCEDURES[place],
                    organ_id=f"{organs[place]}-{case % 97}", number=f"{case}/{place}", opened_at=opened,
                )
                for place in sorted({int(one) for one in found.place[low:high]})
            ]  # fmt: skip
            for i in range(low, high):
                place, at = int(found.place[i]), int(found.at[i])
                data = data_of(int(found.data[i]), at, int(found.param[i]))
                if "proceeding" in data:
                    data["proceeding"] = str(UUID(int=(case + 1 << 8) + int(str(data["proceeding"])[1:])))
                moment = EPOCH + timedelta(microseconds=at)
                events.append(Event(
                    matter_id=matters[-1].id, seq=i - low + 1, proceeding_id=UUID(int=(case + 1 << 8) + place),
                    kind=found.kinds[found.kind[i]], at=moment, recorded_at=moment, organ_id=f"{organs[place]}-{case % 97}",
                    actor_id=person.pk, data=data, law_pack=law_pack, prev="", hash=f"{i:064x}",
                ))  # fmt: skip
        with transaction.atomic():
            Matter.objects.bulk_create(matters)
            Proceeding.objects.bulk_create(proceedings)
            insert(connection, Event, events)


def insert(connection, model, rows) -> None:
    """Insert rows a prepared statement each: half the time of Django's own way."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})',
            [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows],
        )


def prepare(ids: list[UUID]) -> None:
    """Bring the rows of the matters that will be touched to what stood before."""
    from zhibao.apps.cases.actions.rebuild_projections import refresh_all
    from zhibao.apps.cases.models import Matter

    for first in range(0, len(ids), 500):
        Matter.objects.filter(pk__in=ids[first : first + 500]).update(derived_seq=0)
    refresh_all(ids, now=BEFORE, progress=None)


def append_one(ids: list[UUID], at: datetime) -> None:
    """Record one more event in each matter, its rows not brought up: what the sweep has to do."""
    from django.db import connection, transaction

    from zhibao.apps.cases.models import Event, Matter

    last = {}
    for first in range(0, len(ids), 500):
        for row in Event.objects.filter(matter_id__in=ids[first : first + 500]).order_by("matter_id", "seq"):
            last[row.matter_id] = row
    moment = at - timedelta(hours=1)
    rows = [
        Event(
            matter_id=key, seq=row.seq + 1, proceeding_id=row.proceeding_id, kind="suspended" if n % 2 else "resumed", at=moment,
            recorded_at=moment, organ_id=row.organ_id, actor_id=row.actor_id, data={}, law_pack=row.law_pack, prev="", hash=f"{n:064x}",
        )
        for n, (key, row) in enumerate(last.items())
    ]  # fmt: skip
    with transaction.atomic():
        insert(connection, Event, rows)
        for row in rows:
            Matter.objects.filter(pk=row.matter_id).update(head_seq=row.seq)


def in_database(timer: Timer, after: datetime, kept: set[UUID]) -> dict[str, object]:
    """Run the sweep as the worker does over the matters prepared, and then again: nothing may be left to do."""
    from django.db.models import F

    from zhibao.apps.cases.actions.rebuild_projections import refresh_all
    from zhibao.apps.cases.actions.sweep import sweep
    from zhibao.apps.cases.models import Matter

    others = [key for key in Matter.objects.values_list("pk", flat=True) if key not in kept]
    for first in range(0, len(others), 500):
        Matter.objects.filter(pk__in=others[first : first + 500]).update(derived_seq=F("head_seq"), next_due=None)
    changed = Matter.objects.exclude(derived_seq=F("head_seq")).count()
    done = timer.run("database: the sweep of the matters with rows", lambda: sweep(now=after))
    again = timer.run("database: the sweep with nothing to do", lambda: sweep(now=after))
    check = refresh_all(sorted(kept)[:500], now=after, progress=None)
    spent = timer.seconds["database: the sweep of the matters with rows"]
    return {
        "matters_derived": done.matters, "matters_changed": done.changed, "of_them_with_new_events": changed,
        "ms_a_matter": round(spent * 1000 / max(done.matters, 1), 2),
        "left_by_a_second_run": again.matters, "changed_by_a_rebuild_of_some": check.changed,
    }  # fmt: skip


if __name__ == "__main__":
    main()
