"""The code by which somebody who reported asks what became of it.

Knows how it is made and read; it is kept nowhere, only its digest is.
"""

import hashlib
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs without 0 O 1 I: read over the telephone without doubt
LENGTH = 16  # 80 bits: cannot be guessed, whatever the hash
GROUP = 4


def new_claim_code() -> str:
    """Return a new code, ``K7QF-2M9X-WB4T-HR6P``."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def claim_digest(code: str) -> str:
    """Return the SHA-256 of a code, however it was typed: full width, lower case, with or without its hyphens."""
    folded = unicodedata.normalize("NFKC", code).upper()
    signs = "".join(sign for sign in folded if sign in ALPHABET)
    return hashlib.sha256(signs.encode()).hexdigest()
