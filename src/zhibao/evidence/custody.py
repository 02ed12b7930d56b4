"""The chain of custody of one exhibit, as it travels with it: each step names the one before by its hash.

Knows no people: organ and person are ids. Who may take a step is for the vault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from zhibao.kernel.canonical import canonical_bytes, sha256_hex


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """保管: received, viewed, copied, sealed, handed over … ``at`` has an offset; ``seq`` counts from 1."""

    seq: int
    kind: str
    at: datetime
    organ: str
    by: str
    note: str
    prev: str
    hash: str


def custody_hash(exhibit: str, sha256: str, step: CustodyStep) -> str:
    """Return the SHA-256 that joins ``step`` to the one before and to the content of the exhibit."""
    return sha256_hex(
        canonical_bytes(
            {
                "exhibit": exhibit,
                "sha256": sha256,
                "seq": step.seq,
                "kind": step.kind,
                "at": step.at.astimezone(UTC).isoformat(),
                "organ": step.organ,
                "by": step.by,
                "note": step.note,
                "prev": step.prev,
            }
        )
    )


def first_broken_step(exhibit: str, sha256: str, steps: Sequence[CustodyStep]) -> int:
    """Return the number of the first step that does not join the one before, or 0 where all do."""
    prev = ""
    for number, step in enumerate(steps, start=1):
        if (step.seq, step.prev, step.hash) != (number, prev, custody_hash(exhibit, sha256, step)):
            return number
        prev = step.hash
    return 0
