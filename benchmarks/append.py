"""What one durable event costs one writer, beside a plain row update, in the same run.

    python benchmarks/append.py [--rounds N] [--peer PYTHON]

All sides commit and flush each time (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync on), in turns of 50 in an order
that turns too, so that whatever else the machine does falls on all.

    update   the plain row: one column changed by Django's ``save``
    append   one event: accepted against all before it, sealed to the chain, the head moved by compare-and-set, the row
             inserted, committed. Not in it: access, and the lists
    lists    the same, and clocks, findings and stages derived and brought up to date: what ``store.appending`` does
    action   all an officer's step does: access, and the above
    peer     ``eventsourcing``: an aggregate of as many events loaded, one triggered, saved

Results go to ``benchmarks/results/append.json``, with the load of the machine, medians, and the range over the rounds.
Where PostgreSQL or the peer is not installed the rest is measured.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from measured import NOW, Docket, Peer, about, alternated, keep, peer_python, run_on_each, set_up, spread, summary

TURN = 50


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=16, help="turns of 50 on each side")
    options.add_argument("--peer", help="a Python that has eventsourcing")
    options.add_argument("--here", action="store_true", help="measure the database of ZHIBAO_DATABASE_URL, print JSON")
    chosen = options.parse_args()
    if chosen.here:
        print(json.dumps(measure(chosen.rounds, chosen.peer)))
        return
    document = about() | {"per_side": chosen.rounds * TURN}
    python = peer_python(chosen.peer)
    more = ["--peer", python] if python else []
    document["databases"] = run_on_each(__file__, "--rounds", str(chosen.rounds), *more)
    keep("append", document)
    for name, found in document["databases"].items():
        sides = found["sides"]
        print(f"{name}: " + ", ".join(f"{side} {one['per_second']}/s" for side, one in sides.items()))
        for side, ratio in found["rate_to_update"].items():
            print(f"  {side:<7} {ratio['median']}x the update (rounds from {ratio['least']} to {ratio['most']})")


def measure(rounds: int, python: str | None) -> dict:
    set_up()
    peer = Peer(python)
    sides = {name: repeated(side) for name, side in own_sides().items()}
    if peer.process:
        sides["peer"] = lambda count: peer.ask(do="append", count=count)
    alternated(sides, 2, TURN)  # connections, plans and caches are warm on all sides
    taken = alternated(sides, rounds, TURN)
    peer.close()
    medians = {name: [statistics.median(one) for one in found] for name, found in taken.items()}
    return {
        "sides": {name: summary(one for turn in found for one in turn) for name, found in taken.items()},
        "rate_to_update": {
            name: spread(update / own for update, own in zip(medians["update"], medians[name], strict=True))
            for name in sides
            if name != "update"
        },
        "peer": f"eventsourcing {peer.version}" if python else None,
    }


def repeated(side: Callable[[], None]) -> Callable[[int], list[float]]:
    def times(count: int) -> list[float]:
        seconds = []
        for _ in range(count):
            began = time.perf_counter()
            side()
            seconds.append(time.perf_counter() - began)
        return seconds

    return times


def own_sides() -> dict[str, Callable[[], None]]:
    """Return our sides, each over the same hundred matters in turn, of ten events and more."""
    from zhibao.apps.cases.actions.record_event import record_event  # noqa: PLC0415  # after django.setup
    from zhibao.apps.cases.store import record  # noqa: PLC0415
    from zhibao.apps.cases.store.appending import append as appended  # noqa: PLC0415

    docket = Docket()

    def update() -> None:
        matter, _proceeding, kind, _data = docket.next()
        matter.title = f"title {kind} {time.perf_counter()}"
        matter.save(update_fields=["title"])

    def append() -> None:
        matter, proceeding, kind, data = docket.next()
        record.add(matter.pk, (docket.step(proceeding, kind, NOW, data),), actor=docket.handler, now=NOW)

    def lists() -> None:
        matter, proceeding, kind, data = docket.next()
        step = docket.step(proceeding, kind, NOW, data)
        appended(matter_id=matter.pk, steps=(step,), actor=docket.handler, now=NOW)

    def action() -> None:
        matter, proceeding, kind, data = docket.next()
        record_event(
            actor=docket.handler,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            kind=kind,
            at=NOW,
            data=data,
            expected_seq=None,
            now=NOW + timedelta(seconds=1),
        )

    return {"update": update, "append": append, "lists": lists, "action": action}


if __name__ == "__main__":
    main()
