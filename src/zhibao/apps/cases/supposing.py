"""What a supposed change of the law would answer for the matters of the installation, beside what they are answered now.

Writes no row. Where only clocks can move, the mirror says which matters they move in, and only those are told one by one;
where limits of crimes move, every matter is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from zhibao.apps.cases.access import visible_matters
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store import record
from zhibao.apps.cases.whatif import what_if_stored
from zhibao.apps.organs.models import Person
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of
from zhibao.docket.fold import fold
from zhibao.docket.whatif import Answer, compare_clocks, compare_tiers, touches_tiers
from zhibao.kernel.days import legal_day
from zhibao.rules.errors import FactFault
from zhibao.rules.pack import Pack
from zhibao.rules.whatif import WhatIf

BATCH = 200  # matters whose events are read with one query


@dataclass(frozen=True, slots=True)
class Supposed:
    """How many matters were asked, and those whose answers would differ, with the answers."""

    asked: int
    differing: Iterator[tuple[Matter, tuple[Answer, ...]]]


def suppose(person: Person, before: Pack, change: WhatIf, *, now: datetime) -> Supposed:
    """Compare the answers of every matter ``person`` may know of under ``before`` and under the change."""
    rows = visible_matters(person)
    asked = rows.count()
    if touches_tiers(change) or before.hash != current_pack().hash:
        ids: Iterable[UUID] = rows.order_by("opened_at", "pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    else:
        ids = what_if_stored(change, now=now).matters
    return Supposed(asked, _differing(person, before, change, ids, now))


def _differing(
    person: Person, before: Pack, change: WhatIf, ids: Iterable[UUID], now: datetime
) -> Iterator[tuple[Matter, tuple[Answer, ...]]]:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        matters = {matter.pk: matter for matter in visible_matters(person).filter(pk__in=batch)}
        events = record.events_of_many(matters)
        for matter_id, matter in matters.items():
            answers = _answers(before, change, events[matter_id], now)
            if answers:
                yield matter, answers


def _answers(before: Pack, change: WhatIf, events: tuple[Event, ...], now: datetime) -> tuple[Answer, ...]:
    today = legal_day(now)
    clocks = compare_clocks(before, change, events, now=now)
    if not touches_tiers(change):
        return clocks
    try:
        return clocks + compare_tiers(before, change, facts_of(before, fold(before, events), on=today), today=today)
    except FactFault:
        # Not yet enough is known of its acts for an assessment, under either law.
        return clocks
