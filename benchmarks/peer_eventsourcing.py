"""The peer of the append benchmarks: the library ``eventsourcing``, run by a Python that has it.

Reads lines of JSON and answers each with the seconds every operation took:

    {"do": "append", "count": 50}   load an aggregate of some ten events, trigger one, save: what a request does
    {"do": "new", "count": 5}       a new aggregate of ten events, saved at once

Its database lies beside ours: in ZHIBAO_HOME, or in the PostgreSQL of ZHIBAO_DATABASE_URL. Both are flushed at each save.
"""

import itertools
import json
import os
import sys
import time
from importlib.metadata import version
from urllib.parse import urlsplit
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

ITS_OWN = 100


class Matter(Aggregate):
    @event("Opened")
    def __init__(self, title: str) -> None:
        self.title = title
        self.notes: list[str] = []

    @event("Noted")
    def note(self, text: str) -> None:
        self.notes.append(text)


def settings() -> dict[str, str]:
    url = urlsplit(os.environ["ZHIBAO_DATABASE_URL"])
    if url.scheme == "sqlite":
        return {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": os.path.join(os.environ["ZHIBAO_HOME"], "peer.sqlite3"),  # noqa: PTH118
            "SQLITE_LOCK_TIMEOUT": "20",
        }
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": url.path[1:],
        "POSTGRES_HOST": url.hostname or "127.0.0.1",
        "POSTGRES_PORT": str(url.port),
        "POSTGRES_USER": url.username or "",
        "POSTGRES_PASSWORD": url.password or "none",
    }


def main() -> None:
    app = Application(env=settings())
    keys = []
    for number in range(ITS_OWN):
        matter = Matter(f"matter {number}")
        for _ in range(9):
            matter.note("x")
        app.save(matter)
        keys.append(matter.id)
    turn = itertools.cycle(keys)

    def append() -> None:
        matter = app.repository.get(next(turn))
        matter.note("现场检查时店主在场，货架上有标注「青釉坊」的茶具十二套。")
        app.save(matter)

    def new() -> None:
        matter = Matter(f"matter {uuid4()}")
        for _ in range(9):
            matter.note("x")
        app.save(matter)

    print(json.dumps({"version": version("eventsourcing")}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        do = {"append": append, "new": new}[asked["do"]]
        seconds = []
        for _ in range(asked["count"]):
            began = time.perf_counter()
            do()
            seconds.append(time.perf_counter() - began)
        print(json.dumps({"seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
