"""Derive the looked-up rows afresh from the events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.projections import refresh
from zhibao.apps.cases.store.record import events_of

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
    """Refresh each matter in a transaction of its own, holding its head so that nobody appends meanwhile."""
    pack = current_pack()
    changed = 0
    for done, matter_id in enumerate(ids, start=1):
        with transaction.atomic():
            matter = Matter.objects.select_for_update().get(pk=matter_id)
            changed += refresh(matter, events_of(matter_id), pack=pack, now=now)
        if progress is not None:
            progress(done, len(ids))
    return Rebuilt(len(ids), changed)
