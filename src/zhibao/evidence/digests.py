"""The two digests every piece of evidence carries: SHA-256 and SM3 (GB/T 32905).

Knows bytes only. SM3 comes from the cryptography package, which always has it; Python's own hashlib may not.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives import hashes


class Algorithm(StrEnum):
    """The hash functions of the house, by the names CONTRACT gives them."""

    SHA256 = "sha256"
    SM3 = "sm3"

    def digest(self, data: bytes) -> bytes:
        """Return the 32 bytes of the digest."""
        if self is Algorithm.SHA256:
            return hashlib.sha256(data).digest()
        running = hashes.Hash(hashes.SM3())
        running.update(data)
        return running.finalize()


@dataclass(frozen=True, slots=True)
class Digests:
    """Both digests of one content in lower-case hex, and its size in bytes."""

    sha256: str
    sm3: str
    size: int

    def of(self, algorithm: Algorithm) -> str:
        """Return the digest in that algorithm."""
        return self.sha256 if algorithm is Algorithm.SHA256 else self.sm3


def digest_stream(chunks: Iterable[bytes]) -> Digests:
    """Read the chunks once and return both digests and the size."""
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    for chunk in chunks:
        sha256.update(chunk)
        sm3.update(chunk)
        size += len(chunk)
    return Digests(sha256.hexdigest(), sm3.finalize().hex(), size)
