"""What a changed law would make of the clocks of every matter stored here, before it is in force.

Knows the mirror of the events and where it cannot answer; single matters are told by ``docket.whatif``. Writes no row.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

import numpy as np

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.mirror import BATCH, Mirror
from zhibao.apps.cases.store.record import events_of_many
from zhibao.docket.columns.encoding import NotEncodedError
from zhibao.docket.columns.events import EventColumns
from zhibao.docket.columns.whatif import Differences, differences, run_limits
from zhibao.docket.whatif import Answer, compare_clocks, limits_touched
from zhibao.rules.pack import Pack
from zhibao.rules.whatif import WhatIf

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """How many clocks would differ, by limit, and in which matters; ``answers`` tells them matter by matter.

    ``by_columns``: told by the mirror; else by going through every matter, because the change asks something new of events.
    """

    change: WhatIf
    now: datetime
    limits: Mapping[str, int]
    matters: tuple[UUID, ...]
    asked: int
    by_columns: bool

    def answers(self, first: int = 50) -> Iterator[tuple[UUID, Answer]]:
        """Yield each differing clock of the first matters, with both states and last days."""
        before, left = current_pack(), iter(self.matters[:first])
        while batch := list(islice(left, BATCH)):
            for matter, events in events_of_many(batch).items():
                for answer in compare_clocks(before, self.change, events, now=self.now):
                    yield matter, answer


def what_if_stored(
    change: WhatIf, *, now: datetime, workers: int = 1, progress: Progress | None = None
) -> StoredAnswers:
    """Compare the clocks of every stored matter under the law in use and under ``change``."""
    before = current_pack()
    mirror = Mirror(before)
    mirror.catch_up(now=now, progress=progress)
    events = mirror.columns()
    try:
        found = compare_columns(before, change, events, now=now, workers=workers)
    except NotEncodedError:
        return _one_by_one(before, change, now, progress)
    differing = np.unique(found.matter)
    ids = mirror.matter_ids()
    counts = np.bincount(found.limit, minlength=len(found.ids))
    return StoredAnswers(
        change,
        now,
        {name: int(count) for name, count in zip(found.ids, counts, strict=True) if count},
        tuple(ids[number] for number in differing),
        events.matters,
        by_columns=True,
    )


def compare_columns(
    before: Pack, change: WhatIf, events: EventColumns, *, now: datetime, workers: int = 1
) -> Differences:
    """Return the clocks that differ. Raises NotEncodedError where the change asks of events what was not encoded."""
    limits = limits_touched(before, change)
    old, new = (
        run_limits(pack.deadlines, pack.calendar, events, ids=limits, now=now, workers=workers)
        for pack in (before, change.pack)
    )
    return differences(old, new)


def _one_by_one(before: Pack, change: WhatIf, now: datetime, progress: Progress | None) -> StoredAnswers:
    limits: dict[str, int] = {}
    matters: list[UUID] = []
    ids = list(Matter.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        for matter, events in events_of_many(batch).items():
            found = compare_clocks(before, change, events, now=now)
            for answer in found:
                limits[answer.id] = limits.get(answer.id, 0) + 1
            matters += [matter] if found else []
        if progress is not None:
            progress(first + len(batch), len(ids))
    return StoredAnswers(change, now, dict(sorted(limits.items())), tuple(matters), len(ids), by_columns=False)
