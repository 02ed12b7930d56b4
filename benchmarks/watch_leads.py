# ruff: noqa: PLC0415  models can be imported only after the settings, which need the temporary folder
"""The same real input through the application: register imported, listings taken in, screened, leads on a desk.

    python -m benchmarks.watch_leads [--out FILE] [--titles N] [--queries N]

Runs on an empty database in a temporary folder, removed afterwards. The data names no shops and no places: the set a title
comes from stands for its shop, and everything lands on one desk. Times are wall times of one process.
"""

import argparse
import csv
import io
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.watch_real import DATA, ROOT, read_feed, read_names, register

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
PLACE = "360100"


def register_file() -> io.BytesIO:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["注册号", "商标", "权利人", "有效期起", "有效期止", "监测"])
    for mark in register(read_names()):
        if mark.text.strip():
            writer.writerow(
                [f"M{mark.id}", mark.text, "测量用权利人", "2020-01-01", "2029-12-31", "是" if mark.watched else "否"]
            )
    return io.BytesIO(text.getvalue().encode())


def run(titles: int | None, queries: int | None) -> dict[str, object]:
    from django.core.management import call_command
    from django.db.models import Count

    call_command("migrate", verbosity=0)
    from tests import factories
    from zhibao.apps.organs.models import Role
    from zhibao.apps.register.actions.import_file import import_file
    from zhibao.apps.watch.actions.make_feed import make_feed
    from zhibao.apps.watch.actions.screen_feed import screen_feed
    from zhibao.apps.watch.actions.take_listings import take_listings
    from zhibao.apps.watch.incoming import IncomingListing
    from zhibao.apps.watch.models import Hit, Lead

    actor = factories.make_person(
        factories.make_organ(place=PLACE), Role.HANDLER, Role.REGISTRAR, Role.ANALYST, username="measure"
    )
    seconds: dict[str, float] = {}

    def timed(name: str, work):
        start = time.perf_counter()
        result = work()
        seconds[name] = round(time.perf_counter() - start, 1)
        return result

    imported = timed("import", lambda: import_file(actor=actor, name="register.csv", stream=register_file(), now=NOW))
    make_feed(actor=actor, id="real", name_zh="真实标题", name_en="Real titles", now=NOW)
    feed = [row for row in read_feed() if row[0] == "titles"][:titles] + [
        row for row in read_feed() if row[0] == "queries"
    ][:queries]
    rows = (
        IncomingListing(f"{source}-{line}", text[:500], shop=series, place=PLACE) for source, line, series, text in feed
    )
    taken = timed("take", lambda: take_listings(actor=actor, feed="real", rows=rows, now=NOW))
    screened = timed("screen", lambda: screen_feed(actor=actor, feed="real", now=NOW))
    again = timed("screen again", lambda: screen_feed(actor=actor, feed="real", now=NOW))
    return {
        "rights": {"made": imported.made, "bad": imported.bad},
        "listings": {"new": taken.new, "refused": len(taken.refused)},
        "screened": {"listings": screened.listings, "hits": screened.hits, "leads": screened.leads},
        "screened_again": {"listings": again.listings, "hits": again.hits},
        "hits_by_channel": dict(Hit.objects.values_list("channel").annotate(Count("id")).order_by("channel")),
        "leads_scored_90_and_more": Lead.objects.filter(score__gte=90).count(),
        "leads_of_watched_rights": Lead.objects.filter(right__watched=True).count(),
        "seconds": seconds,
        "listings_per_second_screened_and_kept": round(screened.listings / max(seconds["screen"], 0.1)),
        "largest_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--titles", type=int)
    parser.add_argument("--queries", type=int)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "watch_leads.json")
    args = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: the measuring data is not at {DATA}; name its folder in ZHIBAO_DATA", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["ZHIBAO_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhibao.project.settings"
        import django

        django.setup()
        result = run(args.titles, args.queries)
    args.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
