"""Whose turn it is to write: on SQLite one batch at a time on a whole host, on PostgreSQL one writer in each process.

SQLite lets one writer in and makes the others poll, each for itself, until some of them have waited for seconds. Here
they queue before its door instead: within a process at a lock, between processes at a file beside the database. The
kernel gives both up when their holder dies. The file is a courtesy, never a condition: who has waited too long goes to
SQLite's own door.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection

PATIENCE = 20.0  # seconds, as long as SQLite itself waits for another writer
PAUSE = 0.0005


class Turns:
    """The turns of this process. Made anew after a fork: a lock held by a thread that is not there would never be free."""

    def __init__(self) -> None:
        self._reset()
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._mutex = Lock()
        self._files: dict[str, int | None] = {}

    def take_free(self) -> bool:
        """Take the turn if nobody in this process has it; True if it was taken, to be given back."""
        if not self._mutex.acquire(blocking=False):
            return False
        self._enter()
        return True

    def give(self) -> None:
        """Give the turn back."""
        self._leave()
        self._mutex.release()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn and have it while the block lasts."""
        self._mutex.acquire()
        try:
            self._enter()
            yield
        finally:
            self.give()

    @contextmanager
    def for_bulk(self) -> Iterator[None]:
        """Have the turn where writers exclude one another anyway; elsewhere many may write beside this one."""
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            yield
            return
        with self.held():
            yield

    def _enter(self) -> None:
        descriptor = self._file()
        if descriptor is None:
            return
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    return
                time.sleep(PAUSE)
            else:
                return

    def _leave(self) -> None:
        descriptor = self._file()
        if descriptor is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _file(self) -> int | None:
        """Return the file the host's writers queue at; None where there is no database file of this host."""
        if connection.vendor != "sqlite" or in_memory():
            return None
        name = str(connection.settings_dict["NAME"])
        if name not in self._files:
            self._files = {name: _opened(f"{name}-turn")}
        return self._files[name]


def _opened(path: str) -> int | None:
    """Return the file, None where this account may not have it: then SQLite's own door is left."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None


def in_memory() -> bool:
    """Tell whether the database is one in this process's memory, which only one connection can write to."""
    return connection.vendor == "sqlite" and bool(connection.is_in_memory_db())  # type: ignore[attr-defined]


turns = Turns()
