"""The generated tables and their digests. The only place in matching that reads files; each is read once, when asked for.

Does not know what the rows mean. scripts/make_tables.py writes them.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from zhibao.matching.errors import TableAltered

_HERE = files(__name__)


@cache
def manifest() -> dict[str, Any]:
    """Return the version, and of each table its source, rows and SHA-256."""
    found: dict[str, Any] = json.loads(_HERE.joinpath("manifest.json").read_bytes())
    return found


def checked(name: str, raw: bytes) -> str:
    """Return the table's text; raises TableAltered when its digest is not the manifest's."""
    if hashlib.sha256(raw).hexdigest() != manifest()["tables"][name]["sha256"]:
        raise TableAltered(where=name, name=name)
    return raw.decode("utf-8")


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table, split at tabs."""
    text = checked(name, _HERE.joinpath(name).read_bytes())
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


@cache
def pairs(name: str) -> dict[str, str]:
    """Return a table of two columns as a mapping."""
    return dict(rows(name))


@cache
def ranges(name: str) -> tuple[tuple[int, int], ...]:
    """Return a table of hexadecimal ranges, first and last included."""
    return tuple((int(first, 16), int(last, 16)) for first, last in rows(name))


@cache
def words(name: str) -> frozenset[str]:
    """Return a table of one column as a set."""
    return frozenset(word for (word,) in rows(name))


@cache
def digest() -> str:
    """Return the SHA-256 of all tables' digests: which tables a result was made with."""
    lines = [f"{name} {entry['sha256']}\n" for name, entry in sorted(manifest()["tables"].items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
