"""The writer of this process: one thread that takes what others want appended and commits it a batch at a time.

Knows queue, thread and waiting; what a batch is and how it is written is ``batch``'s. The thread starts with the first
order and ends with ``close``, which first writes everything that is queued. An order is answered after its commit.
"""

import atexit
import logging
import os
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread, get_ident
from time import monotonic

from django.db import DatabaseError, InterfaceError, connections

from zhibao.apps.cases.errors import RecordQueueFull, RecordWriterGone
from zhibao.apps.cases.store import batch
from zhibao.apps.cases.store.batch import Order
from zhibao.apps.cases.store.turns import Turns, turns
from zhibao.apps.organs.law import one_pack

MOST = 256  # orders to a transaction
ROOM = 4096  # orders that may wait; then whoever brings another one waits before the queue
PATIENCE = 20.0  # seconds to wait for room, and SQLite's own patience with another writer
IDLE = 10.0  # seconds without an order after which the thread ends and gives its connection back
GATHER = 0.002  # seconds to wait for those who were answered together and are likely to come back together
log = logging.getLogger("zhibao.cases")


class Ticket:
    """An order on its way. ``wait`` returns when it is settled."""

    __slots__ = ("_gate", "order")

    def __init__(self, order: Order) -> None:
        self.order = order
        self._gate = Lock()
        self._gate.acquire()

    def wait(self, timeout: float = -1) -> Order:
        """Return the order once it is settled; raises TimeoutError where it is not in ``timeout`` seconds."""
        if not self._gate.acquire(timeout=timeout):
            raise TimeoutError
        self._gate.release()
        return self.order

    def settle(self) -> None:
        """Let those who wait go on."""
        self._gate.release()


class Writer:
    """A queue and the thread that empties it."""

    def __init__(self, *, most: int = MOST, room: int = ROOM, patience: float = PATIENCE, turns: Turns = turns) -> None:
        self._most, self._room_size, self._patience, self._turns = most, room, patience, turns
        self.open()
        os.register_at_fork(after_in_child=self.open)
        atexit.register(self.close, patience)

    def open(self) -> None:
        """Begin anew with an empty queue: at first, in a process that was forked, and after ``close``."""
        self._queue: SimpleQueue[Ticket | None] = SimpleQueue()
        self._room = BoundedSemaphore(self._room_size)
        self._door = Lock()
        self._thread: Thread | None = None
        self._closed = False
        self._last = 0

    def submit(self, order: Order) -> Ticket:
        """Queue an order and return its ticket. Raises ``RecordQueueFull`` where there is no room for too long."""
        if not self._room.acquire(timeout=self._patience):
            raise RecordQueueFull(waiting=self._room_size)
        ticket = Ticket(order)
        with self._door:
            if self._closed:
                self._room.release()
                raise RecordWriterGone
            if self._thread is None:
                self._start()
            self._queue.put(ticket)
        return ticket

    def close(self, timeout: float | None = None) -> bool:
        """Take no more orders, write those that are queued, and end; True if the thread has ended."""
        with self._door:
            self._closed = True
            self._queue.put(None)
        while (thread := self._thread) is not None:
            if thread.ident == get_ident():
                return False
            thread.join(timeout)
            if thread.is_alive():
                return False
        return True

    def _start(self) -> None:
        self._thread = Thread(target=self._run, name="record-writer", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            while tickets := self._gather():
                try:
                    self._write([ticket.order for ticket in tickets])
                finally:
                    self._answer(tickets)
        finally:
            connections.close_all()  # this thread's own
            with self._door:
                self._thread = None
                if not self._queue.empty():
                    self._start()  # whatever ended this one, those who came meanwhile are waiting

    def _answer(self, tickets: Sequence[Ticket]) -> None:
        for ticket in tickets:
            if not ticket.order.is_settled:
                ticket.order.error = RecordWriterGone()
            ticket.settle()
        self._room.release(len(tickets))

    def _gather(self) -> list[Ticket]:
        """Wait for an order and return it with those that came meanwhile; nothing once the writer is closed or long idle."""
        first = self._first()
        if first is None:
            return []
        tickets = [first]
        until = monotonic() + GATHER
        while len(tickets) < self._most:
            try:
                # Those answered together come back together: without a moment's wait they would go one by one.
                left = until - monotonic() if len(tickets) < self._last else 0
                found = self._queue.get(timeout=left) if left > 0 else self._queue.get_nowait()
            except Empty:
                break
            if found is None:
                self._queue.put(None)  # closed: after this batch
                break
            tickets.append(found)
        self._last = len(tickets)
        return tickets

    def _first(self) -> Ticket | None:
        try:
            return self._queue.get(timeout=IDLE)
        except Empty:
            return None

    def _write(self, orders: Sequence[Order]) -> None:
        with self._turns.held(), one_pack():
            if len(orders) == 1:
                batch.write_alone(orders)
                return
            try:
                batch.write(orders)
            except (DatabaseError, InterfaceError) as error:
                log.warning("A batch of %s was not written, trying one by one: %s", len(orders), error)
                batch.write_alone(order for order in orders if not order.is_settled)
            except Exception:
                log.exception("A batch of %s met a fault, trying one by one", len(orders))
                batch.write_alone(order for order in orders if not order.is_settled)


writer = Writer()
