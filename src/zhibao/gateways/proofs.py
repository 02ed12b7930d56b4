"""Seal plain files without a database: keys, time-stamp authority and log in one folder of this machine.

The log's records lie one a line in ``folder``/log.jsonl, its last signed checkpoint in ``folder``/checkpoint. Knows
files and locks; what a proof is, is for evidence/.
"""

import fcntl
import mimetypes
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from zhibao.evidence.bundle import LogState, Sealed, SealedItem, seal
from zhibao.evidence.checkpoint import Checkpoint, LogKey, open_checkpoint
from zhibao.evidence.digests import Algorithm, digest_stream
from zhibao.evidence.merkle import leaf_hash, root
from zhibao.evidence.report import Check, Report, Status
from zhibao.evidence.timestamps import TimestampAuthority
from zhibao.gateways.errors import BadKeyFile, FileNotThere, LogChanged, LogDamaged
from zhibao.gateways.keys import KEY_FILE, FolderSigner
from zhibao.gateways.timestamps import LocalTimestampAuthority
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

CHUNK = 1 << 20
NAME_FILE = "log.name"
Progress = Callable[[int], None]


def seal_files(
    paths: Sequence[Path],
    *,
    out: Path,
    folder: Path,
    now: datetime,
    origin: str = "",
    authority: TimestampAuthority | None = None,
    progress: Progress = lambda _count: None,
) -> Sealed:
    """Seal the files into the bundle ``out`` and add them to the log in ``folder``.

    ``origin`` says in words where the files came from; ``progress`` is called with the bytes read (each file is read
    twice). The bundle appears whole or not at all. Raises FileNotThere, and what seal() raises.
    """
    for path in paths:
        if not path.is_file():
            raise FileNotThere(where=str(path), name=path.name)
    with _locked(folder):
        signer, records = FolderSigner(folder, _log_name(folder)), _records(folder)
        draft = out.with_name(f".{out.name}.{secrets.token_hex(8)}")
        try:
            with draft.open("x+b") as file:
                sealed = seal(
                    [_item(path, origin, progress, now) for path in paths],
                    log=_state(records),
                    signer=signer,
                    authority=authority or LocalTimestampAuthority(folder),
                    now=now,
                    salt=secrets.token_bytes(16),
                    out=file,
                )
                _flush(file)
            _append(folder, records, sealed)
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    return sealed


def log_key(folder: Path) -> str:
    """Return the public key of the folder's log in one line, to be published beside the bundles."""
    signer = FolderSigner(folder, _log_name(folder))
    return LogKey(signer.name, signer.public).to_text()


def check_log(folder: Path) -> Report:
    """Recompute the folder's log and hold it to its last signed checkpoint."""
    checks: list[Check] = []
    for number, (name, title, run) in enumerate(_LOG_CHECKS, start=1):
        if checks and checks[-1].status is not Status.PASS:
            skipped = Label("前一项不符，没有再查。", "The check before failed, so this was not checked.")
            checks.append(Check(number, name, title, Status.SKIPPED, skipped))
            continue
        try:
            checks.append(Check(number, name, title, Status.PASS, run(folder)))
        except ZhibaoError as error:
            checks.append(Check(number, name, title, Status.FAIL, Label(error.say("zh"), error.say("en"))))
        except FileNotFoundError:
            missing = Label("这个文件夹里还没有日志。", "There is no log in this folder yet.")
            checks.append(Check(number, name, title, Status.FAIL, missing))
    return Report(tuple(checks), {}, ())


def _readable(folder: Path) -> Label:
    count = len(_records(folder))
    return Label(f"日志有 {count} 条，都能读。", f"Entries in the log: {count}, all readable.")


def _checkpoint(folder: Path) -> Checkpoint:
    """Open the last checkpoint. Where there is none, or no key, none is made: a check leaves the folder as it is."""
    note = (folder / "checkpoint").read_bytes()
    for name in (KEY_FILE, NAME_FILE):
        if not (folder / name).exists():
            raise BadKeyFile(where=str(folder), name=name)
    return open_checkpoint(note, LogKey.from_text(log_key(folder)))


def _signed(folder: Path) -> Label:
    found = _checkpoint(folder)
    return Label(f"检查点的签名成立，共 {found.size} 条。", f"The checkpoint is signed; entries: {found.size}.")


def _rooted(folder: Path) -> Label:
    found = _checkpoint(folder)
    records = _records(folder)
    if len(records) < found.size:
        raise LogDamaged(line=len(records) + 1)
    # Records after the checkpoint belong to a sealing that was cut off: the next checkpoint takes them in.
    state = _state(records[: found.size])
    for algorithm in Algorithm:
        if root(algorithm, state.of(algorithm)) != found.root(algorithm):
            raise LogChanged
    return Label("重新计算的两个根与检查点相同。", "Both roots, computed anew, are those of the checkpoint.")


_LOG_CHECKS: tuple[tuple[str, Label, Callable[[Path], Label]], ...] = (
    ("readable", Label("日志可以读", "the log can be read"), _readable),
    ("signed", Label("检查点是真的", "the checkpoint is genuine"), _signed),
    ("roots", Label("日志没有变", "the log is unchanged"), _rooted),
)


def _item(path: Path, origin: str, progress: Progress, now: datetime) -> SealedItem:
    """Describe one file: its time is when it was last written, as far as this machine knows."""

    def chunks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                progress(len(chunk))
                yield chunk

    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    return SealedItem(
        id=secrets.token_hex(16),
        name=path.name,
        digests=digest_stream(chunks()),
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        origin=origin,
        captured_at=min(written, now),
        chunks=chunks,
    )


def _records(folder: Path) -> list[bytes]:
    """Return the log's records. A last line without its end is left out: its sealing was cut off and handed nothing out.

    Raises LogDamaged at a line that is no record.
    """
    path = folder / "log.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    for number, line in enumerate(lines, start=1):
        if not (line.startswith(b"{") and line.endswith(b"}")):
            raise LogDamaged(line=number)
    return lines


def _state(records: Sequence[bytes]) -> LogState:
    sha256, sm3 = ([leaf_hash(algorithm, record) for record in records] for algorithm in Algorithm)
    return LogState(sha256, sm3)


def _append(folder: Path, records: Sequence[bytes], sealed: Sealed) -> None:
    """Add the new records and checkpoint, flushed before the bundle appears."""
    path = folder / "log.jsonl"
    with path.open("r+b" if path.exists() else "x+b") as file:
        file.truncate(sum(len(record) + 1 for record in records))
        file.seek(0, os.SEEK_END)
        file.write(b"".join(leaf.record + b"\n" for leaf in sealed.leaves))
        _flush(file)
    draft = folder / "checkpoint.new"
    with draft.open("wb") as file:
        file.write(sealed.checkpoint)
        _flush(file)
    draft.replace(folder / "checkpoint")


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _log_name(folder: Path) -> str:
    """Return the log's name: made once, from nothing but chance, so that no two logs share it."""
    path = folder / NAME_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(f"zhibao.local/{sha256(secrets.token_bytes(32)).hexdigest()[:16]}\n")
    return path.read_text().strip()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one sealing at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
