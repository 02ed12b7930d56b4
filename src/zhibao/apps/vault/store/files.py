"""Where the bytes lie: one file per content, named by its SHA-256.

Knows folders, flushing and digests; knows nothing of people or matters.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from django.conf import settings

from zhibao.apps.vault.errors import EmptyFile, FileChanged, FileMissing, FileTooLarge
from zhibao.evidence.digests import Digests, digest_stream

CHUNK = 1024 * 1024


class Received:
    """A file that has arrived but is not kept yet: look at it through ``stream``, then ``keep`` it or let it go."""

    def __init__(self, path: Path, digests: Digests, stream: BinaryIO) -> None:
        self.path = path
        self.digests = digests
        self.stream = stream

    def keep(self) -> Path:
        """Move the file to its place. Doing it twice with the same content is the same as doing it once."""
        place = place_of(self.digests.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o440)
        self.path.replace(place)
        _flush_folder(place.parent)
        return place


def place_of(sha256: str) -> Path:
    """Return where the content with this digest lies or would lie."""
    return Path(settings.ZHIBAO_VAULT) / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def receive(chunks: Iterable[bytes], name: str) -> Iterator[Received]:
    """Write ``chunks`` to a temporary file, digesting on the way, and hand it over; what is not kept is removed.

    Raises ``EmptyFile`` and ``FileTooLarge``; a file over the limit is cut off while it arrives.
    """
    folder = Path(settings.ZHIBAO_VAULT) / "arriving"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        with path.open("x+b") as file:
            digests = digest_stream(_written(chunks, file, name))
            if digests.size == 0:
                raise EmptyFile(name=name)
            file.flush()
            os.fsync(file.fileno())
            yield Received(path, digests, file)
    finally:
        path.unlink(missing_ok=True)


def _written(chunks: Iterable[bytes], file: BinaryIO, name: str) -> Iterator[bytes]:
    limit: int = settings.ZHIBAO_VAULT_LIMIT
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(name=name, limit=limit // (1024 * 1024))
        file.write(chunk)
        yield chunk


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@runtime_checkable
class Readable(Protocol):
    """An open file, or anything that reads like one."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


def chunks_of(stream: Readable) -> Iterator[bytes]:
    """Return the bytes of ``stream`` from where it stands, a mebibyte at a time."""
    while chunk := stream.read(CHUNK):
        yield chunk


def open_file(sha256: str) -> BinaryIO:
    """Open the content with this digest, after reading it through once and finding it unchanged.

    The same open file is checked and handed over, so nobody can put another in between. Raises ``FileMissing`` and
    ``FileChanged``.
    """
    try:
        file = place_of(sha256).open("rb")
    except FileNotFoundError as fault:
        raise FileMissing(digest=sha256) from fault
    found = digest_stream(chunks_of(file)).sha256
    if found != sha256:
        file.close()
        raise FileChanged(digest=sha256, found=found)
    file.seek(0)
    return file
