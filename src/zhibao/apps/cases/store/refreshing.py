"""Projections after an append: brought up to what was just recorded, at once, in a transaction of their own.

Knows that the record stands whether or not this works: what is left undone here shows as ``derived_seq`` behind
``head_seq``, and the next sweep does it.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhibao.apps.cases.deriving import Derived, derive
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.projections import settle
from zhibao.apps.cases.store.turns import turns
from zhibao.docket.events import Event

log = logging.getLogger("zhibao.cases")


def refresh_after(recorded: Mapping[UUID, Sequence[Event]], *, now: datetime) -> None:
    """Bring the rows of matters to ``recorded``, all their events; what fails is told in the log, and left to the sweep.

    Inside a caller's transaction the rows stand or fall with it, and a failure is the caller's.
    """
    if connection.in_atomic_block:
        bring_up(recorded, now=now)
        return
    try:
        bring_up(recorded, now=now)
    except Exception:  # the events are recorded: whoever recorded them must not be told otherwise
        log.exception("Lists of %s wait for the next sweep", ", ".join(map(str, recorded)))


def bring_up(recorded: Mapping[UUID, Sequence[Event]], *, now: datetime) -> None:
    """Derive from ``recorded`` and bring the rows to it in one transaction; rows made from as much or more are left."""
    pack = current_pack()
    derived: Mapping[UUID, Derived] = {key: derive(pack, events, now=now) for key, events in recorded.items()}
    with turns.for_bulk(), transaction.atomic():
        held = Matter.objects.select_for_update().filter(pk__in=list(recorded)).order_by("pk")
        for matter in held:
            seq = recorded[matter.pk][-1].seq
            if matter.derived_seq < seq or matter.derived_pack != pack.hash:
                settle(matter, derived[matter.pk], seq=seq, pack=pack)
