"""Columns that only grow, one file each, with a manifest that says how far they are good.

Knows files, lengths and how to survive a crash half way; nothing of what the columns hold.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MANIFEST = "manifest.json"


class ColumnFiles:
    """One folder of columns. What lies behind the length in the manifest was never finished and is overwritten."""

    def __init__(self, folder: Path, types: Mapping[str, tuple[str, int]]) -> None:
        """``types``: by column its group (columns of a group are of one length), numpy type and width."""
        self.folder = folder
        self.types = types

    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest; None where there is none, or a column is shorter than it says: then nothing here is good."""
        try:
            found: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text())
            lengths = found["lengths"]
            whole = all(self._path(name).stat().st_size >= self._size(name, lengths) for name in self.types)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if whole else None

    def read(self, name: str, lengths: Mapping[str, int]) -> npt.NDArray[Any]:
        """Return a column as far as it is good, mapped from its file."""
        kind, width = self.types[name]
        count = lengths[group_of(name)]
        shape = (count,) if width == 1 else (count, width)
        if not count or not width:
            return np.zeros(shape, dtype=kind)
        return np.memmap(self._path(name), dtype=kind, mode="r", shape=shape)

    def append(self, parts: Mapping[str, npt.NDArray[Any]], lengths: Mapping[str, int]) -> dict[str, int]:
        """Write the parts behind what is good and return the new lengths; the manifest is still the old one."""
        after = dict(lengths)
        for name, part in parts.items():
            kind, _width = self.types[name]
            with self._path(name).open("ab") as file:
                file.truncate(self._size(name, lengths))
                file.write(np.ascontiguousarray(part, dtype=kind).tobytes())
            after[group_of(name)] = lengths[group_of(name)] + len(part)
        return after

    def commit(self, manifest: Mapping[str, Any]) -> None:
        """Flush the columns to the disk, then put the manifest in the place of the old one, at once."""
        for name in self.types:
            with self._path(name).open("ab") as file:
                os.fsync(file.fileno())
        fresh = self.folder / f"{MANIFEST}.new"
        with fresh.open("w") as file:
            json.dump(manifest, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / MANIFEST)

    def clear(self) -> None:
        """Begin anew: no manifest, empty columns. Whoever has the old ones mapped keeps them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MANIFEST).unlink(missing_ok=True)
        for name in self.types:
            self._path(name).unlink(missing_ok=True)
            self._path(name).touch()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.bin"

    def _size(self, name: str, lengths: Mapping[str, int]) -> int:
        kind, width = self.types[name]
        return lengths[group_of(name)] * np.dtype(kind).itemsize * width


def group_of(name: str) -> str:
    """Return the group of a column: ``steps.code`` is of ``steps``."""
    return name.partition(".")[0]


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process at a time write in the folder; others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
