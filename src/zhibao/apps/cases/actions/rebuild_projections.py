"""Derive the looked-up rows afresh from the events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.deriving import derive
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.record import events_of_many
from zhibao.apps.cases.store.settling import Ready, settle_many
from zhibao.apps.cases.store.turns import turns

BATCH = 200  # matters to a transaction
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many matters were derived afresh, and how many of them had rows that did not stand as they should."""

    matters: int
    changed: int


def rebuild_projections(*, now: datetime, matter_id: UUID | None = None, progress: Progress | None = None) -> Rebuilt:
    """Bring the rows of one matter, or of all, to what their events give now. Done by the system: no actor is asked."""
    matters = Matter.objects.order_by("pk")
    ids = [matter_id] if matter_id else list(matters.values_list("pk", flat=True))
    return refresh_all(ids, now=now, progress=progress)


def refresh_all(ids: list[UUID], *, now: datetime, progress: Progress | None) -> Rebuilt:
    """Refresh the matters batch by batch: derived first, then written while their heads are held.

    A matter that moves on between the two is left: whoever recorded the event brings its rows up.
    """
    changed = 0
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        changed += _refresh(batch, now=now)
        if progress is not None:
            progress(first + len(batch), len(ids))
    return Rebuilt(len(ids), changed)


def _refresh(batch: list[UUID], *, now: datetime) -> int:
    pack = current_pack()
    recorded = events_of_many(batch)
    derived = {matter: derive(pack, events, now=now) for matter, events in recorded.items()}
    with turns.for_bulk(), transaction.atomic():
        held = Matter.objects.select_for_update().filter(pk__in=batch).order_by("pk")
        ready = [Ready(matter, recorded[matter.pk], derived[matter.pk]) for matter in held]
        return settle_many([one for one in ready if one.matter.head_seq == one.seq], pack=pack)
