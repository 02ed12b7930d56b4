"""The signing key of a log, kept in a folder on this machine.

Knows files; what is signed is for evidence/. A hardware module would be another class with the same three names.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from zhibao.evidence.checkpoint import KeySigner
from zhibao.gateways.errors import BadKeyFile

KEY_FILE = "log.key"


class FolderSigner:
    """Signs for the log named ``name`` with the key in ``folder``/log.key, which is made on first use."""

    def __init__(self, folder: Path, name: str) -> None:
        path = folder / KEY_FILE
        data = kept_once(path, _new_key)
        try:
            private = load_pem_private_key(data, None)
        except (ValueError, TypeError):
            raise BadKeyFile(where=str(path), name=path.name) from None
        if not isinstance(private, Ed25519PrivateKey):
            raise BadKeyFile(where=str(path), name=path.name)
        self._signer = KeySigner(name, private)

    @property
    def name(self) -> str:
        """The log's name."""
        return self._signer.name

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._signer.public

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._signer.sign(data)


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def kept_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the file's bytes, making it for its owner alone where it is not there.

    Of several processes that start at once, one wins and all read what it wrote.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()
