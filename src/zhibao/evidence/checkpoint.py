"""Signed checkpoints of the log: "it has n entries, and these are its two roots" (C2SP tlog-checkpoint, signed-note).

The text is origin, size and SHA-256 root, one a line, and the SM3 root as an extension line; the signatures are
Ed25519. Knows no key store: a signer is given.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import BadLogKey, CheckpointForged, CheckpointForm, CheckpointUnsigned

_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]+")
_DASH = "— "


class Signer(Protocol):
    """Whoever signs for the log. ``name`` is the log's origin, ``public`` the 32 bytes of its Ed25519 key."""

    @property
    def name(self) -> str: ...
    @property
    def public(self) -> bytes: ...
    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        ...


@dataclass(frozen=True, slots=True)
class KeySigner:
    """A signer that holds its private key in memory."""

    name: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self.private.sign(data)


@dataclass(frozen=True, slots=True)
class LogKey:
    """A log's name and public key, written in one line as ``name+keyid+base64`` (signed-note, verifier key)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256 over name and key, which a signature line begins with."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def to_text(self) -> str:
        """Write the key in one line."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def from_text(cls, text: str) -> "LogKey":
        """Read the one line. Raises BadLogKey, also where the key id does not follow from name and key."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            data = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise BadLogKey(text=text) from None
        key = cls(name, data[1:])
        if data[:1] != _ED25519 or len(key.public) != 32 or _NAME.fullmatch(name) is None or key.id.hex() != key_id:
            raise BadLogKey(text=text)
        return key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log states: its origin, how many entries it has, and the root of each tree."""

    origin: str
    size: int
    sha256: bytes
    sm3: bytes

    def root(self, algorithm: Algorithm) -> bytes:
        """Return the root of the tree in that algorithm."""
        return self.sha256 if algorithm is Algorithm.SHA256 else self.sm3

    def body(self) -> str:
        """Return the text that is signed."""
        sha256, sm3 = (base64.b64encode(found).decode() for found in (self.sha256, self.sm3))
        return f"{self.origin}\n{self.size}\n{sha256}\nsm3 {sm3}\n"


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """Return the signed note. Raises ValueError where the origin is not the signer's name."""
    if checkpoint.origin != signer.name or _NAME.fullmatch(signer.name) is None:
        raise ValueError("a log signs under its own name, without spaces and plus signs")
    body = checkpoint.body()
    signed = LogKey(signer.name, signer.public).id + signer.sign(body.encode())
    return f"{body}\n{_DASH}{signer.name} {base64.b64encode(signed).decode()}\n".encode()


def read_checkpoint(note: bytes) -> Checkpoint:
    """Read what a signed note states, without looking at its signatures. Raises CheckpointForm."""
    body, _ = _parted(note)
    lines = body.split("\n")
    if len(lines) != 5 or not lines[0] or not lines[3].startswith("sm3 "):
        raise CheckpointForm(what="origin, size, root, sm3 root")
    if re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]) is None:
        raise CheckpointForm(what="size")
    return Checkpoint(lines[0], int(lines[1]), _root(lines[2]), _root(lines[3].removeprefix("sm3 ")))


def open_checkpoint(note: bytes, key: LogKey) -> Checkpoint:
    """Read a signed note and hold it to ``key``.

    Raises CheckpointForm, CheckpointUnsigned (no line by that key) or CheckpointForged (a line that does not verify).
    """
    found = read_checkpoint(note)
    if found.origin != key.name:
        raise CheckpointUnsigned(key=key.name)
    body, signatures = _parted(note)
    mine = [data[4:] for name, data in signatures if name == key.name and data[:4] == key.id]
    if not mine:
        raise CheckpointUnsigned(key=key.name)
    for signature in mine:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, body.encode())
        except InvalidSignature:
            raise CheckpointForged(key=key.name) from None
    return found


def _parted(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the text of a note and its signature lines as (name, data)."""
    try:
        text = note.decode()
    except UnicodeDecodeError:
        raise CheckpointForm(what="UTF-8") from None
    body, blank, tail = text.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise CheckpointForm(what="signatures")
    return body + "\n", [_signature(line) for line in tail[:-1].split("\n")]


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise CheckpointForm(what="signatures")
    data = _decoded(encoded)
    if len(data) < 5:
        raise CheckpointForm(what="signatures")
    return name, data


def _root(encoded: str) -> bytes:
    data = _decoded(encoded)
    if len(data) != 32:
        raise CheckpointForm(what="root")
    return data


def _decoded(encoded: str) -> bytes:
    """Decode Base64 in its one form, so that no two notes say the same."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise CheckpointForm(what="Base64") from None
    if base64.b64encode(data).decode() != encoded:
        raise CheckpointForm(what="Base64")
    return data
