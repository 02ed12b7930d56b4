"""``zhibao backup`` and ``zhibao restore``: the whole installation in one file, and back, on either database.

Keys (``ZHIBAO_SECRET_KEY``, the keys of the evidence log) are left out on purpose: who holds a copy of the records
need not be able to sign for the installation. The answer says where they lie, to be kept apart.
"""

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhibao.apps.organs import law_folder
from zhibao.apps.work.actions.dump_tables import dump_tables
from zhibao.apps.work.actions.load_tables import filled_tables, load_tables
from zhibao.cli.archive import LAW, MANIFEST, TABLES, VAULT, Archive, ArchiveWriter, chunks_of, open_archive
from zhibao.cli.errors import BadArchive, TargetNotEmpty
from zhibao.cli.frame import Command
from zhibao.cli.machine import file_closed
from zhibao.cli.readiness import require_tables
from zhibao.cli.reading import checked_file
from zhibao.cli.session import Advance, Session, session
from zhibao.cli.speech import both
from zhibao.cli.values import now

_SHA256 = re.compile(r"[0-9a-f]{64}")


@click.command(
    "backup", cls=Command, help=both("把数据库和证据库备份成一个文件。", "Copy database and vault into one file.")
)
@click.argument("file", metavar="FILE.zip")
def backup(file: str) -> None:
    """Write a backup beside its final name, flush it, then put it in place: there is never half a file."""
    require_tables()
    voice, target = session(), Path(file)
    if target.exists():
        raise TargetNotEmpty(where=file, path=file)
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("xb") as raw:
            with zipfile.ZipFile(raw, "w", allowZip64=True) as archive:
                told = _write(ArchiveWriter(archive), voice)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(target)
    except OSError as error:
        raise file_closed(file, error) from error
    finally:
        partial.unlink(missing_ok=True)
    voice.answer(
        {"file": str(target), "size": target.stat().st_size, **told}, lambda: _backup_lines(target, told, voice)
    )


def _write(writer: ArchiveWriter, voice: Session) -> dict[str, Any]:
    rows = dump_tables(lambda label: writer.part(f"{TABLES}{label}.jsonl"))
    files = list(_vault_files())
    with voice.progress("复制证据", "Copying the vault", len(files)) as advance:
        for path in files:
            _pack_file(writer, VAULT + path.name, path)
            advance(1)
    for name, path in law_folder.kept_files():
        _pack_file(writer, LAW + name, path)
    about = {
        "made_at": now().isoformat(),
        "database": connection.vendor,
        "migrations": _migrations(),
        "rows": dict(rows),
    }
    return {"digest": writer.close(about), "rows": sum(rows.values()), "files": len(files), "tables": dict(rows)}


def _pack_file(writer: ArchiveWriter, name: str, path: Path) -> None:
    with path.open("rb") as source, writer.part(name) as part:
        for chunk in chunks_of(source):
            part.write(chunk)


def _vault_files() -> Iterator[Path]:
    """Yield the vault's files, each named by its SHA-256; what is still arriving is not kept yet."""
    root = Path(settings.ZHIBAO_VAULT)
    yield from sorted(path for path in root.glob("??/??/*") if path.is_file() and _SHA256.fullmatch(path.name))


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _backup_lines(target: Path, told: dict[str, Any], voice: Session) -> Iterator[str]:
    yield voice.say(
        f"已备份到 {target}：{told['rows']} 行，{told['files']} 个证据文件。",
        f"Copied to {target}: {told['rows']} rows, {told['files']} files of evidence.",
    )
    yield voice.say(
        f"清单摘要（另存他处，恢复时核对）：{told['digest']}",
        f"Digest of the manifest (keep it elsewhere, to check by): {told['digest']}",
    )
    yield voice.say(
        f"密钥不在备份里，在 {settings.ZHIBAO_KEYS}，要另行保管。",
        f"Keys are not in it; they lie in {settings.ZHIBAO_KEYS} and are kept apart.",
    )


@click.command(
    "restore", cls=Command, help=both("从备份恢复到空的安装。", "Restore a backup into an empty installation.")
)
@click.argument("file", metavar="FILE.zip")
@click.option(
    "--digest",
    default="",
    metavar="SHA256",
    help=both("备份时给出的清单摘要。", "The manifest's digest, as the backup gave it."),
)
def restore(*, file: str, digest: str) -> None:
    """Check the whole archive first, then fill the empty tables and vault; on any error nothing is kept."""
    voice = session()
    with open_archive(checked_file(file), digest.strip().lower()) as archive:
        require_tables()
        _require_empty()
        _require_same_tables(archive)
        with voice.progress("恢复证据", "Restoring the vault", len(archive.names(VAULT))) as advance:
            rows = _restore(archive, advance)
        told = {"file": file, "digest": archive.digest, "rows": sum(rows.values()), "files": len(archive.names(VAULT))}
    voice.answer(
        told,
        lambda: [
            voice.say(
                f"已恢复 {told['rows']} 行、{told['files']} 个证据文件。",
                f"Restored {told['rows']} rows and {told['files']} files.",
            )
        ],
    )


def _require_empty() -> None:
    filled = filled_tables()
    if filled:
        raise TargetNotEmpty(where="ZHIBAO_DATABASE_URL", path=", ".join(filled[:3]))
    if any(_vault_files()):
        raise TargetNotEmpty(where="ZHIBAO_VAULT", path=str(settings.ZHIBAO_VAULT))
    if law_folder.in_use() is not None:
        raise TargetNotEmpty(where="ZHIBAO_HOME", path=str(law_folder.law_home()))


def _require_same_tables(archive: Archive) -> None:
    there, here = set(archive.manifest["migrations"]), set(_migrations())
    if there != here:
        odd = min(there ^ here)
        raise _bad(archive, f"表的版本不同（{odd}）", f"its tables are of another version ({odd})")
    for name in archive.names(VAULT):
        if not _SHA256.fullmatch(name) or archive.manifest["parts"][VAULT + name]["sha256"] != name:
            raise _bad(archive, f"证据「{name}」与它的编号不符", f"the evidence '{name}' is not what its name says")


def _bad(archive: Archive, why_zh: str, why_en: str) -> BadArchive:
    return BadArchive(where=MANIFEST, path=str(archive.path), why_zh=why_zh, why_en=why_en)


def _restore(archive: Archive, advance: Advance) -> dict[str, int]:
    root = Path(settings.ZHIBAO_VAULT)
    placed: list[Path] = []
    try:
        for name in archive.names(VAULT):
            placed.append(_place(archive, name, root))
            advance(1)
        pointer_last = sorted(archive.names(LAW), key=lambda name: name == law_folder.POINTER)
        placed.extend(_place_law(archive, name) for name in pointer_last)
        lines = {name.removesuffix(".jsonl"): archive.lines(TABLES + name) for name in archive.names(TABLES)}
        return dict(load_tables(lines))
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        raise


def _place(archive: Archive, name: str, root: Path) -> Path:
    place = root / name[:2] / name[2:4] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.file.open(VAULT + name) as part, place.open("xb") as target:
        shutil.copyfileobj(part, target)
        target.flush()
        os.fsync(target.fileno())
    place.chmod(0o440)
    return place


def _place_law(archive: Archive, name: str) -> Path:
    place = law_folder.place_of(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.file.open(LAW + name) as part, place.open("xb") as target:
        shutil.copyfileobj(part, target)
    return place
