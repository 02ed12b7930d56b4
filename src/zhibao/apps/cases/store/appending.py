"""The one way in which events get into the record of a matter that is here.

Knows which way an append takes: alone where nobody else writes, through the writer's queue where others do, and within
a caller's transaction where there is one. Whoever calls need not know.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhibao.apps.cases.errors import RecordWriterGone
from zhibao.apps.cases.store import record
from zhibao.apps.cases.store.batch import Order
from zhibao.apps.cases.store.record import Step
from zhibao.apps.cases.store.refreshing import refresh_after
from zhibao.apps.cases.store.turns import in_memory, turns
from zhibao.apps.cases.store.writer import writer
from zhibao.apps.organs.models import Person
from zhibao.docket.events import Event


def append(
    *, matter_id: UUID, steps: Sequence[Step], actor: Person, now: datetime, expected_seq: int | None = None
) -> tuple[Event, ...]:
    """Append ``steps`` to a matter, all or none, and return them as recorded, durably.

    ``expected_seq`` is the last event the person had seen; if others have recorded since, nothing is written and
    ``MatterMovedOn`` says who and what. Left out, the step is appended to whatever stands now. The projections follow
    at once (``refreshing``): a list may for a moment lack what the record holds, never show what it does not.
    """
    order = Order(matter_id, steps, actor, now, expected_seq)
    recorded = _recorded(order)
    refresh_after({matter_id: recorded}, now=now)
    return recorded[-len(steps) :]


def _recorded(order: Order) -> tuple[Event, ...]:
    """Have the order recorded and return the matter's events up to it."""
    if connection.in_atomic_block or in_memory():
        return _alone(order)
    if turns.take_free():
        try:
            return _alone(order)
        finally:
            turns.give()
    try:
        settled = writer.submit(order).wait()
    except RecordWriterGone:
        with turns.held():
            return _alone(order)
    if settled.error is not None:
        raise settled.error
    return settled.recorded


def _alone(order: Order) -> tuple[Event, ...]:
    return record.add(order.matter_id, order.steps, actor=order.actor, now=order.now, expected_seq=order.expected_seq)
