"""Whether an archive is safe to keep: it must not unpack to far more than it is, nor nest without end.

Knows ZIP (and what is built on it) and GZIP; formats the program never opens (7z, RAR) are kept as they are.
"""

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from zhibao.apps.vault.errors import ArchiveBomb, ArchiveTooDeep, ArchiveTooManyFiles, ArchiveUnreadable

MIB = 1024 * 1024
MAX_RATIO = 200  # honest office files and logs stay below 100; a bomb needs thousands
SMALL = 16 * MIB  # below this the ratio does not matter
MAX_UNPACKED = 4096 * MIB
MAX_FILES = 20_000
MAX_DEPTH = 3
MAX_INNER = 64 * MIB  # an inner archive is unpacked to look into it, up to here
SLACK = 64 * 1024
ENCRYPTED = 1  # bit 0 of an entry's flags
_STEP = MIB


@dataclass(slots=True)
class _Budget:
    """What the whole upload may still unpack to, counted over all its layers."""

    name: str
    size: int
    unpacked: int = 0
    files: int = 0
    inner: int = 0

    def take(self, size: int) -> None:
        self.unpacked += size
        ratio = self.unpacked // max(self.size, 1)
        if self.unpacked > MAX_UNPACKED or (self.unpacked > SMALL and ratio > MAX_RATIO):
            raise ArchiveBomb(name=self.name, unpacked=self.unpacked // MIB, ratio=ratio)

    def count(self, files: int) -> None:
        self.files += files
        if self.files > MAX_FILES:
            raise ArchiveTooManyFiles(name=self.name, count=self.files, limit=MAX_FILES)


def check_archive(stream: BinaryIO, name: str, size: int, media_type: str) -> None:
    """Raise a ``BadInput`` when the file in ``stream`` is an archive that is not safe to keep; else do nothing."""
    budget = _Budget(name, size)
    stream.seek(0)
    start = stream.read(4)
    stream.seek(0)
    try:
        if start.startswith(b"PK"):
            _check_zip(stream, budget, depth=1)
        elif media_type == "application/gzip":
            _check_gzip(stream, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as fault:
        raise ArchiveUnreadable(name=name) from fault


def _check_zip(stream: BinaryIO, budget: _Budget, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ArchiveTooDeep(name=budget.name, limit=MAX_DEPTH)
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        budget.count(len(entries))
        packed = sum(entry.compress_size for entry in entries)
        stream.seek(0, io.SEEK_END)
        if packed > stream.tell():  # entries that share their bytes: the overlapping bomb
            unpacked = sum(entry.file_size for entry in entries)
            raise ArchiveBomb(name=budget.name, unpacked=unpacked // MIB, ratio=unpacked // max(budget.size, 1))
        for entry in entries:
            if entry.compress_size > entry.file_size + entry.file_size // 8 + SLACK:  # says it is smaller than it is
                raise ArchiveUnreadable(name=budget.name)
            budget.take(entry.file_size)
        for entry in entries:
            if not entry.is_dir() and not entry.flag_bits & ENCRYPTED:  # nobody unpacks that without its key
                _look_inside(archive, entry, budget, depth)


def _look_inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, depth: int) -> None:
    with archive.open(entry) as inner:
        start = inner.read(4)
        if not start.startswith(b"PK"):
            return
        budget.inner += entry.file_size
        if budget.inner > MAX_INNER:
            raise ArchiveTooDeep(name=budget.name, limit=depth)
        _check_zip(io.BytesIO(start + inner.read()), budget, depth + 1)


def _check_gzip(stream: BinaryIO, budget: _Budget) -> None:
    with gzip.GzipFile(fileobj=stream) as unpacked:
        while chunk := unpacked.read(_STEP):
            budget.take(len(chunk))
