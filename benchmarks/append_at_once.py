"""Sixty-four appenders at once, through the group-commit writer, beside as many plain row updates, in the same run.

    python benchmarks/append_at_once.py [--rounds N] [--seconds S]

Each appender does one operation after another and waits for each to be durable; the sides take turns of some seconds.

    one update     one appender, Django's ``save`` of one column: what a commit costs alone
    updates        64 appenders (threads of one process, each with a connection) doing the same
    updates 8x8    64 appenders as 8 processes of 8 threads
    append         64 appenders, ``store.writer``: accepted, chained, inserted, committed, answered; without lists
    append 8x8     the same from 8 processes, each with its writer, taking turns on SQLite
    lists          64 appenders through ``store.appending``: the above, and the lists brought up to date before the answer

Results go to ``benchmarks/results/append_at_once.json``.
"""

import argparse
import json
import multiprocessing
import threading
import time
from collections.abc import Callable

from measured import NOW, Docket, about, keep, run_on_each, set_up, spread

SIDES = ("one update", "updates", "updates 8x8", "append", "append 8x8", "lists")
SHAPE = {"one update": (1, 1), "updates 8x8": (8, 8), "append 8x8": (8, 8)}  # processes, threads; else one of 64
MATTERS = 128


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=2.0, help="length of a turn")
    options.add_argument("--here", action="store_true", help="measure the database of ZHIBAO_DATABASE_URL, print JSON")
    chosen = options.parse_args()
    if chosen.here:
        print(json.dumps(measure(chosen.rounds, chosen.seconds)))
        return
    document = about() | {"rounds": chosen.rounds, "seconds_a_turn": chosen.seconds}
    document["databases"] = run_on_each(__file__, "--rounds", str(chosen.rounds), "--seconds", str(chosen.seconds))
    keep("append_at_once", document)
    for name, found in document["databases"].items():
        print(name)
        for side, one in found["sides"].items():
            rate = one["per_second"]
            print(
                f"  {side:<12} {rate['median']}/s ({rate['least']} to {rate['most']}), p99 {one['p99_ms']['median']} ms"
            )
        for side, ratio in found["ratios"].items():
            print(f"  {side}: {ratio['median']}x (rounds from {ratio['least']} to {ratio['most']})")


def measure(rounds: int, seconds: float) -> dict:
    set_up()
    docket = Docket(MATTERS)
    sides = operations(docket)
    rates: dict[str, list[float]] = {name: [] for name in SIDES}
    waits: dict[str, list[float]] = {name: [] for name in SIDES}
    for number in range(rounds + 1):
        for name in SIDES:
            taken = turn(sides[name.removesuffix(" 8x8")], *SHAPE.get(name, (1, 64)), seconds if number else 0.5)
            if number:  # the first round warms up
                rates[name].append(len(taken) / seconds)
                waits[name].append(1000 * sorted(taken)[int(len(taken) * 0.99)])
    check()
    return {
        "sides": {name: {"per_second": spread(rates[name], 0), "p99_ms": spread(waits[name], 1)} for name in SIDES},
        "ratios": {
            f"{mine} to {theirs}": spread(a / b for a, b in zip(rates[mine], rates[theirs], strict=True))
            for mine, theirs in (
                ("append", "updates"),
                ("append 8x8", "updates 8x8"),
                ("append", "one update"),
                ("lists", "updates"),
            )
        },
    }


def turn(operation: Callable[[int], None], processes: int, threads: int, seconds: float) -> list[float]:
    """Let the appenders work for ``seconds``; return how long each operation took that ended in time."""
    from django.db import connections  # noqa: PLC0415

    if processes == 1:
        return in_threads(operation, 0, threads, seconds)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    found = fork.SimpleQueue()
    children = [
        fork.Process(target=lambda place=place: found.put(in_threads(operation, place * threads, threads, seconds)))
        for place in range(processes)
    ]
    for child in children:
        child.start()
    taken = [one for _ in children for one in found.get()]
    for child in children:
        child.join()
    return taken


def in_threads(operation: Callable[[int], None], first: int, threads: int, seconds: float) -> list[float]:
    from django.db import connections  # noqa: PLC0415

    taken: list[list[float]] = [[] for _ in range(threads)]
    gate = threading.Barrier(threads)

    def work(place: int) -> None:
        connections["default"].ensure_connection()
        gate.wait()
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            operation(first + place)
            taken[place].append(time.perf_counter() - began)
        connections.close_all()

    workers = [threading.Thread(target=work, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [one for found in taken for one in found]


def operations(docket: Docket) -> dict[str, Callable[[int], None]]:
    """Return what an appender does, by its number; each appender has two matters of its own."""
    from zhibao.apps.cases.store.appending import append as appended  # noqa: PLC0415  # after django.setup
    from zhibao.apps.cases.store.batch import Order  # noqa: PLC0415
    from zhibao.apps.cases.store.writer import writer  # noqa: PLC0415

    counts = [0] * 64

    def place(who: int) -> int:
        counts[who] += 1
        return who * 2 + counts[who] % 2

    def note(where: int) -> tuple:
        return (
            docket.step(docket.proceedings[where], "note-added", NOW, {"text": "货架上有标注「青釉坊」的茶具十二套。"}),
        )

    def update(who: int) -> None:
        matter = docket.matters[place(who)]
        matter.title = f"title {counts[who]}"
        matter.save(update_fields=["title"])

    def append(who: int) -> None:
        where = place(who)
        order = Order(docket.matters[where].pk, note(where), docket.handler, NOW)
        settled = writer.submit(order).wait()
        if settled.error:
            raise settled.error

    def lists(who: int) -> None:
        where = place(who)
        appended(matter_id=docket.matters[where].pk, steps=note(where), actor=docket.handler, now=NOW)

    return {"one update": update, "updates": update, "append": append, "lists": lists}


def check() -> None:
    """What was measured must stand: every chain whole to its head."""
    from zhibao.apps.cases.checks import chain_faults  # noqa: PLC0415

    faults = [str(fault) for fault in chain_faults()]
    if faults:
        raise SystemExit(f"the record does not hold: {faults[:3]}")


if __name__ == "__main__":
    main()
