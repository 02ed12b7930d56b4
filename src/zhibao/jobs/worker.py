"""The worker: takes one job after another, does it, and reports once.

Several workers may run; the lease decides whose report counts. What a task does must be safe to do twice, because a
worker that dies midway leaves its job to the next one.
"""

import logging
import os
import signal
import socket
from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections

from zhibao.apps.organs.law import one_pack
from zhibao.apps.work import store
from zhibao.apps.work.errors import JobFault
from zhibao.apps.work.kinds import KINDS, RECURRING
from zhibao.apps.work.models import Job
from zhibao.jobs.hold import Clock, Hold, LeaseLost
from zhibao.jobs.registry import TASKS, Task
from zhibao.kernel.errors import BadInput, NotAllowed, NotFound, ZhibaoError

LEASE = timedelta(seconds=60)
POLL = timedelta(seconds=1)
RECURRING_PAUSE = timedelta(seconds=15)
NO_USE_TO_RETRY = (BadInput, NotAllowed, NotFound)  # the same question would get the same answer
log = logging.getLogger("zhibao.jobs")


def worker_name() -> str:
    """Return a name that tells host and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Worker:
    """Works until told to stop, or until nothing waits (``run_until_idle``)."""

    def __init__(
        self,
        *,
        clock: Clock,
        name: str = "",
        lease: timedelta = LEASE,
        poll: timedelta = POLL,
        tasks: Mapping[str, Task] = TASKS,
    ) -> None:
        self.name = name or worker_name()
        self._clock, self._lease, self._poll, self._tasks = clock, lease, poll, tasks
        self._stop = Event()
        self._recurring_at = clock()

    def stop(self) -> None:
        """Finish the job in hand, then stop."""
        self._stop.set()

    def stop_on_signals(self) -> None:
        """Stop after the job in hand on SIGTERM and SIGINT."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()

    def run(self) -> None:
        """Work until stopped. A database that is away for a while is waited for."""
        while not self._stop.is_set():
            close_old_connections()
            try:
                busy = self.run_one()
            except (OperationalError, InterfaceError) as error:
                log.warning("The database does not answer, waiting: %s", error)
                busy = False
            if not busy:
                self._stop.wait(self._poll.total_seconds())

    def run_until_idle(self) -> int:
        """Do what can be done now and return how many jobs were taken."""
        count = 0
        while not self._stop.is_set() and self.run_one():
            count += 1
        return count

    def run_one(self) -> bool:
        """Ask for what the clock asks for, take one job and do it; False if there was none."""
        self._ask_recurring()
        job = store.take_job(worker=self.name, now=self._clock(), lease=self._lease, kinds=list(self._tasks))
        if job is None:
            return False
        log.info("%s took %s %s, attempt %s", self.name, job.kind, job.pk, job.attempts)
        self._do(job)
        return True

    def _ask_recurring(self) -> None:
        now = self._clock()
        if now < self._recurring_at:
            return
        self._recurring_at = now + RECURRING_PAUSE
        for recurring in RECURRING:
            store.ask_recurring(recurring, now=now)

    def _do(self, job: Job) -> None:
        try:
            with one_pack(), Hold(job, clock=self._clock, lease=self._lease) as hold:
                result = self._tasks[job.kind](hold)
        except LeaseLost:
            log.warning("%s: the lease of %s went to another worker", self.name, job.pk)
            return
        except ZhibaoError as error:
            self._not_done(job, error, final=isinstance(error, NO_USE_TO_RETRY))
            return
        except Exception as error:  # a job must end with a record, whatever it ran into
            log.exception("%s %s met a fault", job.kind, job.pk)
            self._not_done(job, JobFault(where=job.kind, kind=type(error).__name__), final=False)
            return
        if not store.finish_job(job_id=job.pk, lease=job.lease, result=result, now=self._clock()):
            log.warning(
                "%s: finished %s, but its lease had gone to another worker; not acknowledged", self.name, job.pk
            )

    def _not_done(self, job: Job, error: ZhibaoError, *, final: bool) -> None:
        problem, now, kind = store.problem_of(error), self._clock(), KINDS[job.kind]
        if final or job.attempts >= kind.tries:
            store.fail_job(job_id=job.pk, lease=job.lease, problem=problem, now=now)
            return
        at = now + kind.wait_after(job.attempts)
        store.retry_job_later(job_id=job.pk, lease=job.lease, problem=problem, at=at)
