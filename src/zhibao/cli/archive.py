"""A backup: one zip with the tables as JSON lines, the vault's files, and a manifest with the digest of each.

Knows no command and no rows; it writes parts and refuses an archive whose parts are not exactly those it names.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from zhibao.cli.errors import BadArchive

FORMAT = "zhibao-backup"
VERSION = 1
MANIFEST = "manifest.json"
TABLES = "tables/"
VAULT = "vault/"
LAW = "law/"
CHUNK = 1024 * 1024
LONGEST_MANIFEST = 256 * CHUNK


class _Digesting:
    """A file that is digested and counted while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self.size += len(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


@dataclass(slots=True)
class ArchiveWriter:
    """Writes parts one after the other; ``close`` adds the manifest and returns its digest."""

    archive: zipfile.ZipFile
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[Any]:
        """Yield a file to write the part to."""
        packed = zipfile.ZIP_DEFLATED if name.startswith(TABLES) else zipfile.ZIP_STORED
        info = zipfile.ZipInfo(name)
        info.compress_type = packed
        with self.archive.open(info, "w", force_zip64=True) as file:
            digesting = _Digesting(file)
            yield digesting
        self.parts[name] = {"sha256": digesting.sha256, "size": digesting.size}

    def close(self, about: dict[str, Any]) -> str:
        """Write the manifest with ``about`` and every part's digest; return the manifest's own digest."""
        manifest = {"format": FORMAT, "version": VERSION, **about, "parts": self.parts}
        raw = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
        self.archive.writestr(MANIFEST, raw)
        return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was checked from end to end."""

    path: Path
    file: zipfile.ZipFile
    manifest: dict[str, Any]
    digest: str

    def names(self, prefix: str) -> list[str]:
        """Return the parts under ``prefix``, without it."""
        return [name.removeprefix(prefix) for name in self.manifest["parts"] if name.startswith(prefix)]

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield a part's lines."""
        with self.file.open(name) as part:
            yield from part


@contextmanager
def open_archive(path: Path, expected: str = "") -> Iterator[Archive]:
    """Yield the archive once every part is proved to be what the manifest says; raises BadArchive."""
    try:
        with zipfile.ZipFile(path) as file:
            raw = _manifest_bytes(file, path)
            digest = hashlib.sha256(raw).hexdigest()
            if expected and digest != expected:
                raise _bad(path, "清单的摘要不是你给的那个", "its manifest does not have the digest you gave")
            yield Archive(path, file, _checked(file, path, raw), digest)
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError) as error:
        raise _bad(path, "文件残缺，或者不是备份", "the file is torn, or is no backup") from error


def _manifest_bytes(file: zipfile.ZipFile, path: Path) -> bytes:
    info = file.getinfo(MANIFEST)
    if info.file_size > LONGEST_MANIFEST:
        raise _bad(path, "清单太大", "its manifest is too large")
    return file.read(info)


def _checked(file: zipfile.ZipFile, path: Path, raw: bytes) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(raw)
        known = manifest["format"] == FORMAT and manifest["version"] == VERSION
        parts = manifest["parts"]
    except (ValueError, KeyError, TypeError) as error:
        raise _bad(path, "清单读不出来", "its manifest cannot be read") from error
    if not known:
        raise _bad(path, "它是另一种或另一版的备份", "it is a backup of another kind or version")
    present = [name for name in file.namelist() if name != MANIFEST]
    if sorted(present) != sorted(parts):
        raise _bad(path, "里面的文件与清单不一致", "its parts are not those its manifest names")
    for name in present:
        if _digest(file, name) != parts[name]["sha256"]:
            raise _bad(path, f"「{name}」被改动过", f"'{name}' was altered")
    return manifest


def _digest(file: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with file.open(name) as part:
        for chunk in chunks_of(part):
            digest.update(chunk)
    return digest.hexdigest()


def chunks_of(file: IO[bytes]) -> Iterable[bytes]:
    """Return a file's bytes, a mebibyte at a time."""
    return iter(lambda: file.read(CHUNK), b"")


def _bad(path: Path, why_zh: str, why_en: str) -> BadArchive:
    return BadArchive(where=str(path), path=str(path), why_zh=why_zh, why_en=why_en)
