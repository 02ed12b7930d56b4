"""The law pack in use; every app reads it here.

Each process looks once a request or job whether another pack was taken into use (one look at a file) and then stays with
the one it found until that request or job ends. A pack that does not load never gets this far: see ``law_trial``.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from zhibao.apps.organs import law_folder
from zhibao.apps.organs.law_folder import InUse
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.load import load_pack
from zhibao.rules.pack import Pack

log = logging.getLogger("zhibao.law")
Key = tuple[object, ...]


class _Shelf:
    """The pack this process holds, and under which pointer it was loaded."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: Key | None = None
        self.pack: Pack | None = None


_shelf = _Shelf()
MOST_HELD = 4
_loaded_before: dict[tuple[Path, ...], Pack] = {}
_here = threading.local()  # what this thread's request or job stays with


def current_pack() -> Pack:
    """Return the pack in use: the one this request or job began with, else the newest.

    Without one taken into use, that is the pack of the folders ``ZHIBAO_LAW`` names, else the national one with the
    province's. Raises a LawFault where that does not load and no earlier one is held.
    """
    kept: Pack | None = getattr(_here, "pack", None)
    if kept is not None:
        return kept
    found = _newest()
    if getattr(_here, "stays", False):
        _here.pack = found
    return found


def _newest() -> Pack:
    key: Key = (settings.HOME, settings.ZHIBAO_LAW, law_folder.stamp())
    if _shelf.key == key and _shelf.pack is not None:
        return _shelf.pack
    with _shelf.lock:
        if _shelf.key != key or _shelf.pack is None:
            _shelf.pack, _shelf.key = _loaded(key), key
        return _shelf.pack


def _loaded(key: Key) -> Pack:
    try:
        held = law_folder.in_use()
        return _load(held.paths) if held else _load(law_folder.shipped_roots())
    except ZhibaoError:
        # Somebody damaged a pack on disk. The process goes on with the one it has, where it has one of this installation.
        if _shelf.pack is None or _shelf.key is None or _shelf.key[:2] != key[:2]:
            raise
        log.exception("The law pack on disk does not load; going on with the one in memory")
        return _shelf.pack


def _load(roots: tuple[Path, ...]) -> Pack:
    """Load a pack: once taken into use, its folders are never written again; the shipped ones are read once a process."""
    found = _loaded_before.pop(roots, None) or load_pack(*roots)
    _keep(roots, found)
    return found


def _keep(roots: tuple[Path, ...], pack: Pack) -> None:
    """Hold a pack as the one asked for last; the one not asked for longest goes."""
    _loaded_before[roots] = pack
    for old in list(_loaded_before)[:-MOST_HELD]:
        _loaded_before.pop(old, None)


def hold(found: InUse, pack: Pack) -> None:
    """Keep a pack that was just loaded and taken into use, so that this process need not load it again."""
    _keep(found.paths, pack)


def old_pack(pack_hash: str) -> Pack | None:
    """Return a pack that was in use here before, by its hash, for reading what was decided under it; None where none is kept."""
    current = current_pack()
    if current.hash == pack_hash:
        return current
    for about in law_folder.packs_kept():
        if about["hash"] == pack_hash:
            folder = law_folder.law_home() / about["folder"]
            return _load(tuple(folder / root for root in about["roots"]))
    return None


def begin(**_signal: object) -> None:
    """Let this thread stay with one pack from now on: a request begins."""
    _here.pack, _here.stays = None, True


def end(**_signal: object) -> None:
    """Let this thread look again: a request ended."""
    _here.pack, _here.stays = None, False


@contextmanager
def one_pack() -> Iterator[None]:
    """Stay with one pack while the block lasts: a job."""
    begin()
    try:
        yield
    finally:
        end()
