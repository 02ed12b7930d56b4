"""Sealed bundles to verify and to damage: a fixed clock, fixed keys, two exhibits that travel and one withheld."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhibao.evidence.bundle import LogState, SealedItem, seal
from zhibao.evidence.checkpoint import KeySigner
from zhibao.evidence.custody import CustodyStep, custody_hash
from zhibao.evidence.digests import Algorithm, digest_stream
from zhibao.evidence.merkle import leaf_hash
from zhibao.gateways.timestamps import LocalTimestampAuthority

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SIGNER = KeySigner("log.example/jx", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
CONTENTS = {"合同 1.pdf": b"%PDF-1.7 invented", "照片.jpg": b"\xff\xd8invented" * 1000, "底稿.docx": b"kept back"}


@cache
def authority() -> LocalTimestampAuthority:
    return LocalTimestampAuthority(Path(mkdtemp()), clock=lambda: NOW + timedelta(minutes=1))


def custody(exhibit: str, sha256: str) -> tuple[CustodyStep, ...]:
    steps: list[CustodyStep] = []
    for seq, kind in enumerate(("received", "viewed", "sealed"), start=1):
        prev = steps[-1].hash if steps else ""
        bare = CustodyStep(seq, kind, NOW - timedelta(hours=4 - seq), "jdz-amr", "p1", "", prev, "")
        steps.append(
            CustodyStep(*(getattr(bare, name) for name in bare.__slots__[:-1]), custody_hash(exhibit, sha256, bare))
        )
    return tuple(steps)


def items(*, withheld: tuple[str, ...] = ("底稿.docx",)) -> list[SealedItem]:
    found = []
    for name, data in CONTENTS.items():
        digests = digest_stream([data])
        found.append(
            SealedItem(
                id=f"id-{name}",
                name=name,
                digests=digests,
                media_type="application/octet-stream",
                origin="现场提取",
                captured_at=NOW - timedelta(hours=5),
                custody=custody(f"id-{name}", digests.sha256),
                chunks=None if name in withheld else lambda data=data: iter([data[:3], data[3:]]),
            )
        )
    return found


def log_of(size: int) -> LogState:
    return LogState(*([leaf_hash(a, b"earlier %d" % n) for n in range(size)] for a in Algorithm))


def sealed_bytes(**changes: object) -> bytes:
    out = io.BytesIO()
    arguments = {
        "log": log_of(5), "signer": SIGNER, "authority": authority(), "now": NOW, "salt": b"s" * 16, "out": out,
        "about": {"matter": "M-2026-000412"}, **changes,
    }  # fmt: skip
    seal(arguments.pop("items", items()), **arguments)  # type: ignore[arg-type]  # the tests pass what seal takes
    return out.getvalue()


@cache
def good_bundle() -> bytes:
    return sealed_bytes()


def files_of(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as files:
        return {name: files.read(name) for name in files.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)
    return out.getvalue()
