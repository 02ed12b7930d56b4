"""Holds the listings of a file against the marks of another, in several processes, and writes the hits.

Knows no database. Whatever the number of processes, the same input gives the same bytes.
"""

import gc
import json
import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from zhibao.cli.tables.reading import Table
from zhibao.cli.tables.records import Faults, Listed, Register, Span, read_listings
from zhibao.cli.tables.runs import SortedRuns
from zhibao.cli.tables.writing import HitRow, write_hits
from zhibao.matching.model import Mark, Reason
from zhibao.matching.registry import CHANNELS
from zhibao.matching.screen import Screener

BATCH = 2_000  # listings handed to a process at once
_AHEAD = 3  # batches waiting for each process: bounds what is in memory

Batch = list[Listed]


@dataclass(slots=True)
class Summary:
    """What a screening did."""

    listings: int = 0
    listings_hit: int = 0
    hits: int = 0
    channels: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Sequence[HitRow]) -> None:
        """Count the hits of some listings."""
        self.listings_hit += len({row.listing_id for row in rows})
        self.hits += len(rows)
        self.channels.update(row.channel for row in rows)

    def as_json(self) -> dict[str, object]:
        """Return the counts, every channel named."""
        channels = {name: self.channels[name] for name in CHANNELS}
        return {"listings": self.listings, "listings_hit": self.listings_hit, "hits": self.hits, "channels": channels}


def usual_workers() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def screen_table(
    listings: Table, register: Register, out: Path, *, workers: int, faults: Faults, advance: Callable[[int], None]
) -> Summary:
    """Screen all listings and write the hits, sorted by listing, start, end, right and channel.

    Where the day of a listing and the span of a right are both known, a right not in force on that day is no hit.
    """
    summary = Summary()
    batches = _batches(read_listings(listings, faults))
    with SortedRuns() as runs:
        for size, rows in _screened(batches, register, workers):
            summary.listings += size
            summary.add(rows)
            runs.add(rows)
            advance(size)
        write_hits(out, runs.merged())
    return summary


def _batches(listings: Iterator[Listed]) -> Iterator[Batch]:
    while batch := list(islice(listings, BATCH)):
        yield batch


def _screened(batches: Iterator[Batch], register: Register, workers: int) -> Iterator[tuple[int, list[HitRow]]]:
    """Yield the size and the hits of each batch, in the order of the batches."""
    first = list(islice(batches, 2))
    batches = chain(first, batches)
    if workers == 1 or len(first) < 2:  # what fits in one batch is done sooner than a process is started
        ready = Ready(Screener(register.marks), register.spans)
        yield from ((len(batch), screen_batch(ready, batch)) for batch in batches)
        return
    waiting: deque[tuple[int, Future[list[HitRow]]]] = deque()
    with _pool(register, workers) as pool:
        for batch in batches:
            waiting.append((len(batch), pool.submit(_screen_here, batch)))
            if len(waiting) >= workers * _AHEAD:
                size, future = waiting.popleft()
                yield size, future.result()
        yield from ((size, future.result()) for size, future in waiting)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a process needs to screen: the marks made ready, and the spans of those that have one."""

    screener: Screener
    spans: dict[str, Span]

    def holds(self, mark: str, day: date | None) -> bool:
        """Return whether a right may have been in force on the day of a listing."""
        return day is None or mark not in self.spans or self.spans[mark].holds(day)


_READY: list[Ready] = []


def _pool(register: Register, workers: int) -> ProcessPoolExecutor:
    """Return processes that screen. On Linux they are forks that share one index; elsewhere each builds its own.

    A fork copies only the thread that forks. That is safe here: the children do nothing but matching, which uses no
    thread, and the reader of Parquet files, which does, is never called in them.
    """
    if sys.platform != "linux":
        return ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_make_ready, initargs=(register.marks, register.spans)
        )
    _make_ready(register.marks, register.spans)
    gc.freeze()  # the collector would touch, and so copy, every shared page
    return ProcessPoolExecutor(workers, get_context("fork"))


def _make_ready(marks: Sequence[Mark], spans: dict[str, Span]) -> None:
    _READY[:] = [Ready(Screener(marks), spans)]


def _screen_here(batch: Batch) -> list[HitRow]:
    return screen_batch(_READY[0], batch)


@lru_cache(maxsize=1024)
def _as_json(reasons: tuple[Reason, ...]) -> str:
    return json.dumps([reason.as_json() for reason in reasons], ensure_ascii=False)


def screen_batch(ready: Ready, batch: Batch) -> list[HitRow]:
    """Return the hits of some listings."""
    return [
        HitRow(listed.id, m.start, m.end, m.mark_id, m.channel, m.surface, m.score, _as_json(m.reasons))
        for listed in batch
        for m in ready.screener.screen(listed.title)
        if ready.holds(m.mark_id, listed.day)
    ]
