"""A job in hand: its data, who asked for it, and the lease it is held under.

Knows no task. A task reports through ``advance``, and thereby learns early that the lease went to another worker.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from django.db import InterfaceError, OperationalError, connections

from zhibao.apps.organs.models import Person
from zhibao.apps.work import store
from zhibao.apps.work.models import Job

Clock = Callable[[], datetime]
BEATS_PER_LEASE = 4  # three beats may be missed before the lease ends


class LeaseLost(Exception):
    """Another worker holds the job now: stop, and report nothing."""


class Hold:
    """One job under lease. Used as a context: while it is open, a second thread lengthens the lease."""

    def __init__(self, job: Job, *, clock: Clock, lease: timedelta) -> None:
        self._job, self._clock, self._lease = job, clock, lease
        self._ended = Event()
        self._lost = Event()
        self._thread = Thread(target=self._beat, name=f"beat-{job.pk}", daemon=True)

    @property
    def data(self) -> Mapping[str, Any]:
        """What was asked for."""
        data: Mapping[str, Any] = self._job.data
        return data

    @property
    def asked_by(self) -> Person | None:
        """Who asked; None if the clock did."""
        return self._job.asked_by

    @property
    def asked_at(self) -> datetime:
        """When it was asked for."""
        return self._job.asked_at

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._clock()

    def advance(self, done: int, total: int | None = None) -> None:
        """Note that ``done`` of ``total`` are done; raises LeaseLost if the job is no longer ours."""
        until = self._clock() + self._lease
        held = store.hold_job(job_id=self._job.pk, lease=self._job.lease, until=until, done=done, total=total)
        if self._lost.is_set() or not held:
            self._lost.set()
            raise LeaseLost

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        pause = self._lease.total_seconds() / BEATS_PER_LEASE
        try:
            while not self._ended.wait(pause):
                if not self._lengthen():
                    self._lost.set()
                    return
        finally:
            connections.close_all()  # this thread's own

    def _lengthen(self) -> bool:
        until = self._clock() + self._lease
        try:
            return store.hold_job(job_id=self._job.pk, lease=self._job.lease, until=until)
        except (OperationalError, InterfaceError):
            return True  # the database was busy or away for a moment; the next beat tries again
