"""Seal exhibits into a bundle that proves itself, and verify one (CONTRACT, BUNDLE).

Knows no storage: the log's leaves, the signer, the time-stamp authority, the time and the salt are given; what is to be
stored afterwards is handed back. The checks stand in ``verifier``.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from zhibao.evidence.checkpoint import Checkpoint, LogKey, Signer, sign_checkpoint
from zhibao.evidence.custody import CustodyStep
from zhibao.evidence.digests import Algorithm, Digests, digest_stream
from zhibao.evidence.errors import ExhibitChanged, NothingGiven
from zhibao.evidence.manifest import (
    CHECKPOINT,
    LOG_KEY,
    LOG_KEY_PEM,
    MANIFEST,
    README,
    TIME_KEYS,
    WITHHELD,
    Entry,
    Manifest,
    log_record,
    proof_name,
    record_name,
    stamp_name,
)
from zhibao.evidence.merkle import Tree, leaf_hash
from zhibao.evidence.readme import readme_text
from zhibao.evidence.timestamps import TimestampAuthority
from zhibao.evidence.verifier import verify
from zhibao.kernel.canonical import sha256_hex
from zhibao.kernel.days import LEGAL_TZ

__all__ = ["LogState", "NewLeaf", "Sealed", "SealedItem", "seal", "verify"]

_ZIP64_FROM = 1 << 31
_PLAIN_FILE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class SealedItem:
    """An exhibit to be sealed. ``chunks`` opens its bytes anew; None where it is withheld and only digests travel."""

    id: str
    name: str
    digests: Digests
    media_type: str
    origin: str
    captured_at: datetime
    custody: tuple[CustodyStep, ...] = ()
    chunks: Callable[[], Iterable[bytes]] | None = None


@dataclass(frozen=True, slots=True)
class LogState:
    """The leaf hashes of the log so far, in order, in each of its two trees."""

    sha256: Sequence[bytes] = ()
    sm3: Sequence[bytes] = ()

    def of(self, algorithm: Algorithm) -> Sequence[bytes]:
        """Return the leaf hashes in that algorithm."""
        return self.sha256 if algorithm is Algorithm.SHA256 else self.sm3


@dataclass(frozen=True, slots=True)
class NewLeaf:
    """An entry the sealing added to the log; its hashes in hex."""

    index: int
    record: bytes
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the caller stores: the new leaves, in the same transaction, and the signed checkpoint over them."""

    leaves: tuple[NewLeaf, ...]
    tree_size: int
    checkpoint: bytes
    stamped: tuple[Algorithm, ...]


def seal(
    items: Sequence[SealedItem],
    *,
    log: LogState,
    signer: Signer,
    authority: TimestampAuthority,
    now: datetime,
    salt: bytes,
    out: IO[bytes],
    about: Mapping[str, str] = MappingProxyType({}),
) -> Sealed:
    """Write a bundle of the items to ``out`` (binary, seekable) and return what the log gained.

    ``salt`` is 16 random bytes. Raises NothingGiven, ExhibitChanged (a content no longer has its digests), and what
    the authority raises; then ``out`` holds nothing of use and the log gained nothing.
    """
    if not items:
        raise NothingGiven
    if len(salt) < 16:
        raise ValueError("a salt of fewer than 16 bytes hides nothing")
    extras = _extras(signer, authority)
    entries = tuple(_entry(item, number) for number, item in enumerate(items, start=1))
    stampable = tuple(algorithm for algorithm in Algorithm if authority.stamps(algorithm))
    manifest = Manifest(
        sealed_at=now,
        log=signer.name,
        about=about,
        salt=salt.hex(),
        exhibits=entries,
        files={name: sha256_hex(data) for name, data in extras.items()},
        time=tuple(stamp_name(algorithm) for algorithm in stampable),
    )
    listed = manifest.to_bytes()
    records = tuple(log_record(entry, now, digest_stream([listed])) for entry in entries)
    trees = {a: Tree.over(a, [*log.of(a), *(leaf_hash(a, record) for record in records)]) for a in Algorithm}
    note = _checkpoint(trees, signer)
    files = {MANIFEST: listed, **extras, CHECKPOINT: note, **_proofs(records, trees)}
    for algorithm in stampable:
        files[stamp_name(algorithm)] = authority.stamp(algorithm.digest(note), algorithm)
    _write(out, files, zip(items, entries, strict=True), now)
    return Sealed(_new_leaves(records, trees), trees[Algorithm.SHA256].size, note, stampable)


def _extras(signer: Signer, authority: TimestampAuthority) -> dict[str, bytes]:
    """Return README and keys."""
    pem = Ed25519PublicKey.from_public_bytes(signer.public).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    files = {
        README: readme_text().encode(),
        LOG_KEY: f"{LogKey(signer.name, signer.public).to_text()}\n".encode(),
        LOG_KEY_PEM: pem,
    }
    return {**files, TIME_KEYS: authority.certificates} if authority.certificates else files


def _entry(item: SealedItem, number: int) -> Entry:
    # Names go into a zip that is unpacked on any system: keep letters, digits and a few marks of any script.
    plain = re.sub(r"[^\w.()（）《》〔〕【】-]+", "_", item.name).lstrip(".")[-100:] or "exhibit"
    return Entry(
        number=number,
        id=item.id,
        name=item.name,
        path=f"exhibits/{number}-{plain}" if item.chunks else WITHHELD,
        digests=item.digests,
        media_type=item.media_type,
        origin=item.origin,
        captured_at=item.captured_at,
        custody=item.custody,
    )


def _checkpoint(trees: Mapping[Algorithm, Tree], signer: Signer) -> bytes:
    sha256, sm3 = trees[Algorithm.SHA256], trees[Algorithm.SM3]
    return sign_checkpoint(Checkpoint(signer.name, sha256.size, sha256.root, sm3.root), signer)


def _proofs(records: Sequence[bytes], trees: Mapping[Algorithm, Tree]) -> dict[str, bytes]:
    """Return the record and both inclusion proofs of each exhibit."""
    files: dict[str, bytes] = {}
    for number, record in enumerate(records, start=1):
        files[record_name(number)] = record
        for algorithm, tree in trees.items():
            index = tree.size - len(records) + number - 1
            proof = {
                "hash": algorithm.value,
                "leaf": tree.levels[0][index].hex(),
                "index": index,
                "tree_size": tree.size,
                "path": [step.hex() for step in tree.inclusion_path(index)],
                "checkpoint": CHECKPOINT,
            }
            files[proof_name(number, algorithm)] = (json.dumps(proof, indent=2) + "\n").encode()
    return files


def _new_leaves(records: Sequence[bytes], trees: Mapping[Algorithm, Tree]) -> tuple[NewLeaf, ...]:
    sha256, sm3 = trees[Algorithm.SHA256].levels[0], trees[Algorithm.SM3].levels[0]
    first = len(sha256) - len(records)
    return tuple(
        NewLeaf(index, record, sha256[index].hex(), sm3[index].hex())
        for index, record in enumerate(records, start=first)
    )


def _write(
    out: IO[bytes], files: Mapping[str, bytes], exhibits: Iterable[tuple[SealedItem, Entry]], now: datetime
) -> None:
    """Write the zip, unpacked (ZIP_STORED): evidence is mostly packed already, and a plain zip outlives its packer."""
    stamp = now.astimezone(LEGAL_TZ)
    date_time = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    with ZipFile(out, "w", ZIP_STORED) as bundle:
        for name, data in files.items():
            bundle.writestr(_zip_info(name, date_time), data)
        for item, entry in exhibits:
            if item.chunks is not None:
                _write_exhibit(bundle, _zip_info(entry.path, date_time), item, item.chunks())


def _zip_info(name: str, date_time: tuple[int, int, int, int, int, int]) -> ZipInfo:
    info = ZipInfo(name, date_time)
    info.external_attr = _PLAIN_FILE
    return info


def _write_exhibit(bundle: ZipFile, info: ZipInfo, item: SealedItem, chunks: Iterable[bytes]) -> None:
    """Copy the content, digesting on the way. Raises ExhibitChanged."""
    with bundle.open(info, "w", force_zip64=item.digests.size >= _ZIP64_FROM) as into:

        def copied() -> Iterable[bytes]:
            for chunk in chunks:
                into.write(chunk)
                yield chunk

        found = digest_stream(copied())
    if found != item.digests:
        raise ExhibitChanged(name=item.name)
