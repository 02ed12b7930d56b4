"""Comparing part of an answer with what a golden case expects of it, each difference at its own line.

Knows no kind of answer: a mapping expects the fields it names; lists of objects are addressed by the id of each.
"""

from collections.abc import Iterator
from typing import Any

from zhibao.rules.mismatch import Mismatch
from zhibao.rules.read import Node, Series, Table

_IDS = ("id", "penalty", "basis", "act")
_ABSENT = object()


def differences_from(want: Table, got: Any, name: str) -> Iterator[Mismatch]:
    """Yield what of ``want`` is not so in ``got``."""
    for key in want:
        yield from _compare(want.fields[key], _part(got, key), f"{name}: {key}", want.place(key))


def _compare(want: Node, got: Any, name: str, where: str) -> Iterator[Mismatch]:
    if isinstance(want, Table) and got is not _ABSENT and got is not None:
        yield from differences_from(want, got, name)
        return
    wanted = want.json()
    seen = "nothing" if got is _ABSENT else got
    if isinstance(want, Series) and isinstance(got, list):
        seen = [_short(one) for one in got]
        wanted = [_text(one) for one in want.items]
    elif isinstance(wanted, int) and not isinstance(wanted, bool) and isinstance(got, str):
        wanted, seen = str(wanted), got.removesuffix(".00")
    if seen != wanted:
        yield Mismatch(where, name, str(wanted), str(seen))


def _part(got: Any, key: str) -> Any:
    """Return the field, or the object of a list with that id; cites may be asked of any object as ``cite_id``."""
    if isinstance(got, dict):
        return got.get(key, _ABSENT)
    if isinstance(got, list):
        return next((one for one in got if isinstance(one, dict) and key in {one.get(name) for name in _IDS}), _ABSENT)
    return _ABSENT


def _text(node: Node) -> Any:
    """Return an item of a list; numbers as the text answers hold."""
    found = node.json()
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _short(one: Any) -> Any:
    """Return an object of a list as the id it is known by; everything else as it is."""
    if not isinstance(one, dict):
        return one
    return next((one[name] for name in (*_IDS, "cite_id") if name in one), one)
