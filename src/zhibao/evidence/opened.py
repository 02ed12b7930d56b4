"""A bundle opened for reading: its files by name, within limits, and what has been worked out about them so far.

Knows no checks. Nothing is unpacked to a disk, and nothing is trusted: sizes, names and counts are held to limits.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from cryptography import x509

from zhibao.evidence.authorities import load_certificates
from zhibao.evidence.checkpoint import Checkpoint, LogKey, read_checkpoint
from zhibao.evidence.digests import Algorithm, Digests, digest_stream
from zhibao.evidence.errors import BundleForm
from zhibao.evidence.manifest import CHECKPOINT, LOG_KEY, MANIFEST, TIME_KEYS, Manifest, read_manifest
from zhibao.evidence.timestamps import Stamp, Verifier

CHUNK = 1 << 20
LARGEST_RECORD = 16 << 20  # manifest, proofs, stamps: never near this
MOST_FILES = 65_000
_ENCRYPTED = 0x1
# What zipfile and zlib raise over damaged or unknown content.
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


@dataclass(slots=True)
class Opened:
    """The files of a bundle and, as the checks go on, what they found."""

    files: ZipFile
    names: dict[str, ZipInfo]
    log_keys: tuple[LogKey, ...]
    trusted: tuple[x509.Certificate, ...]
    verifiers: Mapping[str, Verifier]
    manifest: Manifest
    found: dict[str, Digests] = field(default_factory=dict)
    stamps: list[Stamp] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        """Return one small file. Raises BundleForm where it is damaged, absent or large."""
        return read_small(self.files, self.names, name)

    def digests(self, name: str) -> Digests:
        """Return the digests of one file, read once and remembered. Raises BundleForm where it is damaged."""
        if name not in self.found:
            self.found[name] = digest_stream(self._chunks(name))
        return self.found[name]

    def checkpoint(self) -> Checkpoint:
        """Return what the checkpoint states, its signature not looked at. Raises CheckpointForm."""
        return read_checkpoint(self.read(CHECKPOINT))

    def own_log_key(self) -> LogKey:
        """Return the log's key as the bundle gives it."""
        return LogKey.from_text(self.read(LOG_KEY).decode("utf-8", "replace"))

    def own_certificates(self) -> tuple[x509.Certificate, ...]:
        """Return the authority's certificates as the bundle gives them."""
        return load_certificates(self.read(TIME_KEYS)) if TIME_KEYS in self.names else ()

    def stamp_algorithms(self) -> tuple[Algorithm, ...]:
        """Return the algorithms in which the manifest promises a time stamp."""
        return tuple(algorithm for algorithm in Algorithm if f"time/{algorithm.value}.tsr" in self.manifest.time)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self.files.open(self.names[name]) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except _DAMAGE:
            raise BundleForm(what=name) from None


def open_bundle(
    source: IO[bytes],
    log_keys: tuple[LogKey, ...],
    trusted: tuple[x509.Certificate, ...],
    verifiers: Mapping[str, Verifier],
) -> Opened:
    """Open a bundle and read its manifest. Raises BundleForm or BundleVersion."""
    try:
        files = ZipFile(source)
    except _DAMAGE:
        raise BundleForm(what="zip") from None
    infos = files.infolist()
    names = {info.filename: info for info in infos}
    if len(names) != len(infos) or len(infos) > MOST_FILES or any(info.flag_bits & _ENCRYPTED for info in infos):
        raise BundleForm(what="zip")
    return Opened(files, names, log_keys, trusted, verifiers, read_manifest(read_small(files, names, MANIFEST)))


def read_small(files: ZipFile, names: dict[str, ZipInfo], name: str) -> bytes:
    """Return one small file of a zip. Raises BundleForm where it is damaged, absent or large."""
    try:
        with files.open(names[name]) as stream:
            data = stream.read(LARGEST_RECORD + 1)
    except _DAMAGE:
        raise BundleForm(what=name) from None
    if len(data) > LARGEST_RECORD:
        raise BundleForm(what=name)
    return data
