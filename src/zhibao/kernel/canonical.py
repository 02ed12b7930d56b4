"""The one byte form of a JSON value that hashes and signatures stand on (RFC 8785).

Knows no fractions: they are refused, as are whole numbers that not every reader of JSON keeps exactly.
"""

import hashlib
import json
from collections.abc import Mapping

from zhibao.kernel.errors import NotCanonical

Json = None | bool | int | str | list["Json"] | tuple["Json", ...] | Mapping[str, "Json"]

_EXACT = 2**53 - 1


def canonical_bytes(value: Json) -> bytes:
    """Return the canonical UTF-8 bytes of ``value``. Raises NotCanonical, naming the place as a JSON path."""
    try:
        return json.dumps(_ordered(value, "$"), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise NotCanonical(what="half a surrogate pair") from None


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _ordered(value: Json, where: str) -> Json:
    """Return the value with the keys of its objects in the order of their UTF-16 code units (RFC 8785, 3.2.3)."""
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > _EXACT:
                raise NotCanonical(where=where, what=f"{value}")
            return value
        case list() | tuple():
            return [_ordered(item, f"{where}[{at}]") for at, item in enumerate(value)]
        case Mapping():
            return {key: _ordered(value[key], f"{where}.{key}") for key in sorted(value, key=_utf16)}
    raise NotCanonical(where=where, what=f"{value!r}")


def _utf16(key: str) -> bytes:
    if not isinstance(key, str):
        raise NotCanonical(what=f"{key!r}")
    return key.encode("utf-16-be", "surrogatepass")
