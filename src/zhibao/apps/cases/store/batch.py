"""Many appends in one transaction, each standing or falling by itself.

Knows what one order is and what becomes of it; knows nothing of threads or of who is waiting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhibao.apps.cases.errors import MatterNotFound
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event as EventRow
from zhibao.apps.cases.store import record
from zhibao.apps.cases.store.record import Step
from zhibao.apps.cases.store.rows import Addition, Head, heads_of, put_all
from zhibao.apps.cases.store.standings import standings
from zhibao.apps.organs.models import Person
from zhibao.docket.events import Event
from zhibao.docket.standing import Standing
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.pack import Pack


@dataclass(slots=True)
class Order:
    """What is to be appended, and what became of it.

    ``recorded`` is, once it is durable, the whole record of the matter up to what this order added; ``error`` why it was
    refused. ``meant`` is what was about to be written when the database failed: it tells whether it was written after all.
    """

    matter_id: UUID
    steps: Sequence[Step]
    actor: Person
    now: datetime
    expected_seq: int | None = None
    recorded: tuple[Event, ...] = ()
    error: BaseException | None = None
    meant: tuple[Event, ...] = field(default=())

    @property
    def is_settled(self) -> bool:
        """Whether it is known what became of it."""
        return bool(self.recorded) or self.error is not None


def write(orders: Sequence[Order]) -> None:
    """Write what can be written of ``orders`` in one transaction, in their order, and settle each of them.

    An order that is refused, or whose matter moved on, fails alone. Where the database fails all stay unsettled, and
    the failure is raised.
    """
    _reconnect()
    pack = current_pack()
    refused: list[tuple[Order, ZhibaoError]] = []
    late: list[tuple[Order, int]] = []
    with transaction.atomic():
        desks = _open_desks({order.matter_id for order in orders}, pack)
        for order in orders:
            _take(order, desks.get(order.matter_id), refused, late)
        put_all([desk.addition() for desk in desks.values() if desk.data])
    for order, error in refused:
        order.error = error
    for order in orders:
        if order.meant:
            order.recorded = tuple(desks[order.matter_id].standing.events[: order.meant[-1].seq])
    for matter_id, desk in desks.items():
        standings.keep(matter_id, desk.standing)
    for order, seen in late:
        order.error = record.moved_on(order.matter_id, seen)


def write_alone(orders: Iterable[Order]) -> None:
    """Settle each order in a transaction of its own: what the database does not take of one must not cost the others.

    Of what was about to be written when the database failed, that which stands in the record was written.
    """
    for order in orders:
        try:
            _reconnect()
            if order.meant and _stands(order):
                order.recorded = record.events_of(order.matter_id, upto=order.meant[-1].seq)
            else:
                order.recorded = record.add(
                    order.matter_id, order.steps, actor=order.actor, now=order.now, expected_seq=order.expected_seq
                )
        except Exception as error:  # noqa: BLE001  # it is the appender's to see, whatever it is
            order.error = error


def _reconnect() -> None:
    """Leave a connection that met an error and is of no further use; the next statement opens another."""
    if connection.errors_occurred and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _stands(order: Order) -> bool:
    last = order.meant[-1]
    return EventRow.objects.filter(matter_id=order.matter_id, seq=last.seq, hash=last.hash).exists()


@dataclass(slots=True)
class _Desk:
    """One matter while a batch is joined to it."""

    matter_id: UUID
    seen: Head
    standing: Standing
    data: list[str] = field(default_factory=list)

    def addition(self) -> Addition:
        return Addition(self.matter_id, self.seen, tuple(self.standing.events[self.seen.seq :]), tuple(self.data))


def _open_desks(matter_ids: Iterable[UUID], pack: Pack) -> dict[UUID, _Desk]:
    """Return each matter as it stands, its head held; what this process does not know of them is read at once."""
    heads = heads_of(matter_ids, hold=True)
    taken = {key: standings.take(key, pack) for key in heads}
    known = {key: standing for key, standing in taken.items() if standing is not None}
    standing_now = record.standings_at(heads, known, pack)
    return {key: _Desk(key, head, standing_now[key]) for key, head in heads.items()}


def _take(
    order: Order, desk: _Desk | None, refused: list[tuple[Order, ZhibaoError]], late: list[tuple[Order, int]]
) -> None:
    """Join the order's steps to its matter, or note why not; who comes too late is told after the commit by whom."""
    order.meant = ()
    if desk is None:
        refused.append((order, MatterNotFound()))
        return
    before = desk.standing.seq
    if order.expected_seq is not None and order.expected_seq < before:
        late.append((order, order.expected_seq))
        return
    try:
        record.check_seen(order.matter_id, order.expected_seq, before)
        joined = record.join(order.matter_id, desk.standing, order.steps, actor=order.actor, now=order.now)
    except ZhibaoError as error:
        refused.append((order, error))
    else:
        order.meant = joined.events
        desk.data += joined.data
