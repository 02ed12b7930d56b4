"""``zhibao proof``: seal files, and check bundles and the log, without a database and without a network.

The log of plain files lives in one folder of this machine (``ZHIBAO_HOME``/proof, or ``--folder``); an installation's
own log is checked by ``zhibao check``.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from zhibao.cli.errors import BadUsage, TargetNotEmpty
from zhibao.cli.frame import Group
from zhibao.cli.reading import checked_file, read_bytes
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.values import now
from zhibao.evidence.bundle import verify as verify_bundle
from zhibao.evidence.report import Report, Status
from zhibao.gateways.proofs import check_log, log_key, seal_files

SIGNS = {Status.PASS.value: "✓", Status.FAIL.value: "✗", Status.SKIPPED.value: "·"}
FOLDER = click.option(
    "--folder",
    default="",
    metavar="FOLDER",
    help=both(
        "日志和密钥所在的文件夹；默认 ZHIBAO_HOME/proof。", "Folder of log and keys; ZHIBAO_HOME/proof by default."
    ),
)


@click.group(cls=Group, help=both("存证：封存、核验。", "Evidence: seal and verify."))
def proof() -> None:
    """Stand for the family of commands."""


def _folder(given: str) -> Path:
    return Path(given) if given else Path(os.environ.get("ZHIBAO_HOME", "var")) / "proof"


@proof.command("seal", help=both("把文件封存成一个谁都能核验的包。", "Seal files into a bundle anybody can check."))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--out", required=True, metavar="BUNDLE", help=both("封存包写到这里。", "Where the bundle is written."))
@click.option("--origin", default="", help=both("这些文件从哪里来。", "Where these files came from, in words."))
@FOLDER
def seal(*, files: tuple[str, ...], out: str, origin: str, folder: str) -> None:
    """Seal files: digests, log, signed checkpoint, time stamp."""
    voice, target = session(), Path(out)
    paths = [checked_file(file) for file in files]
    if target.exists():
        raise TargetNotEmpty(where=out, path=out)
    if not target.parent.is_dir():
        zh, en = f"没有「{target.parent}」这个文件夹", f"There is no folder '{target.parent}'"
        raise BadUsage(where="--out", what_zh=zh, what_en=en, command="zhibao proof seal")
    home, total = _folder(folder), 2 * sum(path.stat().st_size for path in paths)
    with voice.progress("封存", "Sealing", total) as advance:
        sealed = seal_files(paths, out=target, folder=home, now=now(), origin=origin, progress=advance)
    document = {
        "bundle": out,
        "files": len(paths),
        "tree_size": sealed.tree_size,
        "checkpoint": sealed.checkpoint.decode(),
        "key": log_key(home),
    }
    voice.answer(document, lambda: _seal_lines(document, voice))


def _seal_lines(told: dict[str, Any], voice: Session) -> Iterator[str]:
    yield voice.say(
        f"封存了 {told['files']} 个文件：{told['bundle']}", f"{told['files']} files sealed: {told['bundle']}"
    )
    yield voice.say(
        f"日志的公钥（公布出去，供人核验）：{told['key']}",
        f"Public key of the log (publish it, to check by): {told['key']}",
    )


@proof.command(
    "verify", help=both("核验封存包：逐项检查，缺一项也算不过。", "Check a bundle step by step; a missing step fails.")
)
@click.argument("bundle", metavar="BUNDLE")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help=both("信任的日志公钥，或装着它的文件；可多次。", "A log key you trust, or a file with it; repeatable."),
)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    metavar="FILE",
    help=both(
        "信任的时间戳机构证书（PEM）；可多次。", "Certificate (PEM) of a time-stamp authority you trust; repeatable."
    ),
)
def verify(*, bundle: str, keys: tuple[str, ...], authorities: tuple[str, ...]) -> None:
    """Run the numbered checks over a bundle; exit 1 unless all hold."""
    voice = session()
    trusted = [_key_text(key) for key in keys]
    certificates = [read_bytes(file) for file in authorities]
    with checked_file(bundle).open("rb") as file:
        report = verify_bundle(file, log_keys=trusted, authorities=certificates)
    _tell(report, voice)


def _key_text(given: str) -> str:
    path = Path(given)
    return path.read_text().strip() if path.is_file() else given


@proof.group("log", help=both("本机的存证日志。", "The evidence log of this machine."))
def log() -> None:
    """Stand for the family of commands."""


@log.command(
    "check",
    help=both(
        "重新计算日志，与最后一次签名的检查点核对。", "Recompute the log and hold it to its last signed checkpoint."
    ),
)
@FOLDER
def check(*, folder: str) -> None:
    """Check the log; exit 1 unless it is what was signed."""
    _tell(check_log(_folder(folder)), session())


def _tell(report: Report, voice: Session) -> None:
    document = report.as_json(voice.lang)
    voice.answer(document, lambda: _report_lines(report, voice), ok=report.ok)


def _report_lines(report: Report, voice: Session) -> Iterator[str]:
    for check_made in report.checks:
        sign = SIGNS[check_made.status.value]
        yield f"{sign} {check_made.number}. {check_made.title.say(voice.lang)}  {check_made.reason.say(voice.lang)}"
    for limit in report.does_not_prove:
        yield voice.say(limit.zh, limit.en)
