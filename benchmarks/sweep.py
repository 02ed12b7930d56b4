"""The nightly sweep over many stored matters: what changed and what fell due, in columns and in the database, in one run.

    python -m benchmarks.sweep [--cases N] [--changed N] [--fired N]

A database is filled with made-up matters (rows written straight into its tables: no chain is computed, the sweep does not
read it). Then time passes, so many clocks fall due and so many matters get an event. Measured one after the other:

    mirror     reading what was recorded since the watermark, encoding it, writing and flushing the columns
    columns    every clock of the touched matters run again, the others kept; equal to running all matters
    database   the sweep as the worker runs it: each touched matter derived whole and its changed rows written

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
    options.add_argument("--keep", type=Path, help="folder for the database, kept and used again")
    chosen = options.parse_args()
    home = chosen.keep or Path(tempfile.mkdtemp(prefix="zhibao-sweep-"))
    os.environ["ZHIBAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhibao.project.settings")
    os.environ.setdefault("ZHIBAO_DEBUG", "1")
    try:
        document = measure(chosen)
    finally:
        if chosen.keep is None:
            shutil.rmtree(home)
    chosen.to.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(document, indent=2, ensure_ascii=False))


class Timer:
    """Seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, name, deed):
        began = time.perf_counter()
        found = deed()
        self.seconds[name] = round(time.perf_counter() - began, 2)
        print(f"{name}: {self.seconds[name]} s", file=sys.stderr)
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
    load, timer, pack = [round(one, 1) for one in os.getloadavg()], Timer(), current_pack()
    histories = make_histories(chosen.cases)
    timer.run("filling the database", lambda: fill(histories, pack.hash))
    mirror, law = Mirror(pack), tables_of(pack.deadlines)
    built = timer.run("building the mirror from nothing", lambda: mirror.catch_up(now=BEFORE))
    events = mirror.columns()
    found = clock_columns(law, pack.calendar, events, now=BEFORE, workers=chosen.workers)
    ids = mirror.matter_ids()
    after, fired = until_fired(found, events, chosen.fired)
    changed = np.random.default_rng(3).choice(len(ids), min(chosen.changed, len(ids)), replace=False)
    prepare([ids[number] for number in np.union1d(changed, fired)])
    append_one([ids[number] for number in changed], after)
    caught = timer.run("mirror: catching up with what changed", lambda: mirror.catch_up(now=after))
    now_events = mirror.columns()
    fresh, touched = timer.run(
        "columns: touched matters run again",
        lambda: swept(
            found, pack.calendar, now_events, changed=changed, since=BEFORE, now=after, workers=chosen.workers
        ),
    )
    whole = timer.run(
        "columns: all matters run again",
        lambda: clock_columns(law, pack.calendar, now_events, now=after, workers=chosen.workers),
    )
    same = all(np.array_equal(a, b) for a, b in zip(fresh.rows, whole.rows, strict=True))
    database = in_database(timer, after, len(changed))
    seconds = timer.seconds
    return {
        "cases": histories.cases, "events": len(histories), "limits_in_pack": len(pack.deadlines),
        "database": connection.vendor, "python": platform.python_version(), "workers": chosen.workers,
        "load_before": load, "load_after": [round(one, 1) for one in os.getloadavg()],
        "from": BEFORE.isoformat(), "to": after.isoformat(), "changed": len(changed),
        "fell_due": len(fell_due(found, events, since=BEFORE, now=after)), "touched": len(touched),
        "mirror_read": {"matters": caught.matters, "events": caught.events, "built_matters": built.matters},
        "seconds": seconds,
        "deriving_s": round(
            seconds["mirror: catching up with what changed"] + seconds["columns: touched matters run again"], 2
        ),
        "equal_to_running_all": same, "in_database": database,
        "does_not_show": [
            "events are written without their chain, and rows of clocks are there only for matters that will be touched",
            "deriving_s reads the database and writes the mirror's columns; rows of clocks and findings are written under 'database'",
        ],
    }  # fmt: skip


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


def fill(found: Histories, law_pack: str) -> None:
    """Write organs, one person, matters, proceedings and events."""
    from django.db import connection, transaction

    from zhibao.apps.cases.models import Event, Matter, Proceeding
    from zhibao.apps.organs.models import Organ, Person

    if Matter.objects.exists():
        return
    kinds = {"mr": "market-regulation", "police": "police", "court": "court"}
    Organ.objects.bulk_create(
        Organ(id=f"{name}-{n}", kind=kind, name_zh=f"{name}{n}", name_en=f"{name} {n}", level="city",
              short_zh=f"{name}{n}", short_en=f"{name} {n}", place="360200")
        for name, kind in kinds.items() for n in range(97)
    )  # fmt: skip
    person = Person.objects.create(username="bench", organ_id="mr-0", name_zh="测量", name_en="bench")
    organs = ("mr", "police", "police", "court", "mr")
    for first in range(0, found.cases, BATCH):
        last = min(first + BATCH, found.cases)
        matters, proceedings, events = [], [], []
        for case in range(first, last):
            low, high = int(found.begins[case]), int(found.ends[case])
            if low == high:
                continue
            opened = EPOCH + timedelta(microseconds=int(found.at[low]))
            matters.append(Matter(
                id=UUID(int=case + 1), number=f"B-{case}", title="案", place="360200", opened_at=opened, head_seq=high - low,
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


def in_database(timer: Timer, after: datetime, changed: int) -> dict[str, object]:
    """Run the sweep as the worker does, and then again: nothing may be left to do."""
    from zhibao.apps.cases.actions.rebuild_projections import refresh_all
    from zhibao.apps.cases.actions.sweep import sweep
    from zhibao.apps.cases.models import Matter

    touched = list(Matter.objects.filter(next_due__lte=after).values_list("pk", flat=True))
    done = timer.run("database: the whole sweep, rows written", lambda: sweep(now=after))
    again = timer.run("database: the sweep with nothing to do", lambda: sweep(now=after))
    some = touched[:500]
    check = refresh_all(some, now=after, progress=None)
    return {
        "matters_derived": done.matters, "matters_changed": done.changed, "of_them_with_new_events": changed,
        "ms_a_matter": round(timer.seconds["database: the whole sweep, rows written"] * 1000 / max(done.matters, 1), 2),
        "left_by_a_second_run": again.matters, "changed_by_a_rebuild_of_some": check.changed,
    }  # fmt: skip


if __name__ == "__main__":
    main()
