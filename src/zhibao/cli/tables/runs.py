"""Sorts more rows than memory should hold: sorted runs on disk, merged at the end. Knows nothing of what the rows are."""

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import IO, Self

from zhibao.cli.tables.writing import HitRow

RUN = 200_000  # hits; some 100 MB
_CHUNK = 2_000


class SortedRuns:
    """Takes hits in any order and gives them sorted, once. Its files vanish with it."""

    def __init__(self, run: int = RUN) -> None:
        self._run, self._rows = run, list[HitRow]()
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()

    def add(self, rows: Iterable[HitRow]) -> None:
        """Take rows; a full run goes to disk."""
        self._rows += rows
        if len(self._rows) >= self._run:
            self._spill()

    def merged(self) -> Iterator[HitRow]:
        """Yield all rows in order."""
        self._rows.sort()
        return heapq.merge(*(_read(file) for file in self._files), self._rows)

    def _spill(self) -> None:
        self._rows.sort()
        file = tempfile.TemporaryFile()  # noqa: SIM115  closed in __exit__
        for start in range(0, len(self._rows), _CHUNK):
            pickle.dump([tuple(row) for row in self._rows[start : start + _CHUNK]], file)
        self._files.append(file)
        self._rows = []


def _read(file: IO[bytes]) -> Iterator[HitRow]:
    file.seek(0)
    while True:
        try:
            chunk = pickle.load(file)  # noqa: S301  our own unnamed file
        except EOFError:
            return
        yield from (HitRow(*row) for row in chunk)
