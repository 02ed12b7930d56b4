"""The packs of an installation on disk: which is in use, the ones before it, and how another takes its place.

    ZHIBAO_HOME/law/in-use.json          which of the packs is in use; replaced in one step
    ZHIBAO_HOME/law/packs/0003-ab12…/    a whole pack: law/cn, law/cn-jx, and law/local, the installation's own files
    ZHIBAO_HOME/law/staging/             candidates while they are checked

Packs are written once and kept. Knows files; who may change them is decided above.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from zhibao.apps.organs.errors import LawFileName, LawPackGone
from zhibao.kernel.canonical import sha256_hex
from zhibao.rules.errors import LawNoRoot
from zhibao.rules.load import default_roots

LOCAL = "local"  # the installation's own layer, on top of all others
POINTER = "in-use.json"
LONGEST_FILE = 1024 * 1024  # bytes; the longest law file has some tens of kilobytes
_pointers: dict[object, str] = {}  # where the pointer lies, by ZHIBAO_HOME: joining paths costs more than looking
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")


@dataclass(frozen=True, slots=True)
class InUse:
    """What the pointer says. ``roots`` are folders below ``folder``, lowest layer first; ``source`` tells the packs shipped."""

    folder: str
    roots: tuple[str, ...]
    hash: str
    source: str
    since: str

    @property
    def paths(self) -> tuple[Path, ...]:
        """The folders of the layers."""
        return tuple(law_home() / self.folder / root for root in self.roots)

    @property
    def local(self) -> Path:
        """The installation's own layer; it may not be there yet."""
        return law_home() / self.folder / "law" / LOCAL


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole pack in staging."""

    folder: Path
    roots: tuple[str, ...]
    source: str

    @property
    def paths(self) -> tuple[Path, ...]:
        """The folders of the layers."""
        return tuple(self.folder / root for root in self.roots)

    @property
    def local(self) -> Path:
        """The folder of the installation's own layer."""
        return self.folder / "law" / LOCAL


def law_home() -> Path:
    """Return the folder all this lies in."""
    return Path(settings.HOME) / "law"


def shipped_roots() -> tuple[Path, ...]:
    """Return the packs the installation was set up with: those ZHIBAO_LAW names, else the product's."""
    return tuple(settings.ZHIBAO_LAW) or default_roots()


def stamp() -> tuple[int, int, int] | None:
    """Return what changes whenever the pointer does: one look at the disk, cheap enough for every request."""
    home = settings.HOME
    if home not in _pointers:
        _pointers.clear()
        _pointers[home] = str(law_home() / POINTER)
    try:
        found = os.stat(_pointers[home])  # noqa: PTH116  half the cost of Path.stat
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def in_use() -> InUse | None:
    """Return which pack is in use; None while the installation still reads the packs it was set up with."""
    try:
        told = json.loads((law_home() / POINTER).read_bytes())
        return InUse(told["folder"], tuple(told["roots"]), told["hash"], told["source"], told["since"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LawPackGone(where=str(law_home() / POINTER)) from error


def roots_in_use() -> tuple[Path, ...]:
    """Return the folders of the pack in use, lowest layer first."""
    found = in_use()
    return found.paths if found else shipped_roots()


def fingerprint(roots: Sequence[Path]) -> str:
    """Return what tells one state of the shipped packs from another: names and contents of their files. Raises LawNoRoot."""
    for root in roots:
        if not root.is_dir():
            raise LawNoRoot(where=str(root), folder=root.name)
    digests = [
        f"{root.name}/{path.relative_to(root).as_posix()} {sha256_hex(path.read_bytes())}"
        for root in roots
        for path in sorted(root.rglob("*.yaml"))
    ]
    return sha256_hex("\n".join(digests).encode())


@contextmanager
def changing() -> Iterator[None]:
    """Hold the one right to change which pack is in use, across processes, while the block lasts."""
    home = law_home()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def staged(*, from_shipped: bool = False) -> Iterator[Candidate]:
    """Yield a copy of the pack in use (or of the shipped packs under the same local layer), to be changed and checked.

    What is left in staging at the end of the block is removed.
    """
    held = in_use()
    lower = shipped_roots() if from_shipped or held is None else [path for path in held.paths if path.name != LOCAL]
    source = fingerprint(lower) if from_shipped or held is None else held.source
    folder = law_home() / "staging" / secrets.token_hex(8)
    try:
        roots = [_copy(root, folder) for root in lower]
        local = folder / "law" / LOCAL
        if held is not None and held.local.is_dir():
            _copy(held.local, folder)
        local.mkdir(parents=True, exist_ok=True)
        yield Candidate(folder, (*roots, f"law/{LOCAL}"), source)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(root: Path, folder: Path) -> str:
    """Copy the law files of a layer, keeping the two names that stand in every sentence about them; return those."""
    name = f"{root.parent.name}/{root.name}"
    for path in sorted(root.rglob("*.yaml")):
        target = folder / name / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (folder / name).mkdir(parents=True, exist_ok=True)
    return name


def take_into_use(candidate: Candidate, pack_hash: str, *, by: str, why: str, now: datetime) -> InUse:
    """Put a checked candidate in the place of the pack in use: one rename of a folder, one rename of the pointer."""
    packs = law_home() / "packs"
    packs.mkdir(parents=True, exist_ok=True)
    folder = f"packs/{_next_number(packs):04d}-{pack_hash[:12]}"
    about = {"hash": pack_hash, "since": now.isoformat(), "by": by, "why": why, "roots": list(candidate.roots)}
    (candidate.folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1))
    candidate.folder.rename(law_home() / folder)
    told = {
        "folder": folder,
        "roots": list(candidate.roots),
        "hash": pack_hash,
        "source": candidate.source,
        "since": now.isoformat(),
    }
    _write_whole(law_home() / POINTER, json.dumps(told, ensure_ascii=False, indent=1).encode())
    return InUse(folder, candidate.roots, pack_hash, candidate.source, now.isoformat())


def _next_number(packs: Path) -> int:
    taken = [int(path.name[:4]) for path in packs.iterdir() if path.name[:4].isdecimal()]
    return max(taken, default=0) + 1


def _write_whole(path: Path, content: bytes) -> None:
    partial = path.with_suffix(f".{secrets.token_hex(4)}")
    with partial.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def packs_kept() -> list[dict[str, Any]]:
    """Return what is known of each pack that was in use, newest first: folder, hash, since, by, why."""
    abouts = sorted((law_home() / "packs").glob("*/about.json"), reverse=True)
    return [{"folder": f"packs/{path.parent.name}", **json.loads(path.read_bytes())} for path in abouts]


def check_name(name: str) -> PurePosixPath:
    """Return a file's place within the local layer, such as deadlines/jx.file.yaml. Raises LawFileName for any other place."""
    path = PurePosixPath(name)
    parts = path.parts
    whole = (
        len(parts) == 2
        and path.suffix == ".yaml"
        and all(part[0] not in ".-" and set(part) <= _ALLOWED for part in parts)
    )
    if not whole or str(path) != name or len(name) > 120:
        raise LawFileName(where="name", name=name)
    return path


def write_local(candidate: Candidate, name: str, content: str) -> None:
    """Write one file into the local layer of a candidate."""
    target = candidate.local / check_name(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")


def local_files() -> dict[str, str]:
    """Return the files of the installation's own layer in use, by name."""
    held = in_use()
    if held is None or not held.local.is_dir():
        return {}
    return {
        path.relative_to(held.local).as_posix(): path.read_text("utf-8") for path in sorted(held.local.rglob("*.yaml"))
    }


def kept_files() -> Iterator[tuple[str, Path]]:
    """Yield name and place of every file a backup needs to put the packs back: the packs first, the pointer last."""
    home = law_home()
    for path in sorted((home / "packs").rglob("*")):
        if path.is_file():
            yield path.relative_to(home).as_posix(), path
    if (home / POINTER).is_file():
        yield POINTER, home / POINTER


def place_of(name: str) -> Path:
    """Return where a file of a backup belongs. Raises LawFileName for a name that leads elsewhere."""
    parts = PurePosixPath(name).parts
    if name != POINTER and (parts[:1] != ("packs",) or any(part.startswith(".") for part in parts)):
        raise LawFileName(where=name, name=name)
    return law_home() / name
