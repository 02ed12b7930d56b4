"""``zhibao register``: the register of rights of this installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click

from zhibao.apps.register.access import access_right
from zhibao.apps.register.actions.export_rights import FORMATS, export_rights
from zhibao.apps.register.actions.import_file import import_file
from zhibao.apps.register.law import kinds_of_right
from zhibao.apps.register.models import ImportRun, Right
from zhibao.apps.register.queries import bad_rows, right_as_of
from zhibao.cli.acting import acting, as_option, everyone
from zhibao.cli.errors import BadUsage, TargetNotEmpty
from zhibao.cli.frame import Group
from zhibao.cli.machine import file_closed
from zhibao.cli.readiness import require_tables
from zhibao.cli.reading import checked_file
from zhibao.cli.session import Session, session, steps
from zhibao.cli.speech import both
from zhibao.cli.telling import lines_of
from zhibao.cli.values import Day, now, today
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.rules.words import VALUES, say

SHOWN_ROWS = 20  # bad rows listed in the answer; all are kept with the import
_STATUSES = {
    "pending": Label("申请中", "pending"),
    "in-force": Label("有效", "in force"),
    "suspended": Label("中止", "suspended"),
    "expired": Label("期满", "expired"),
    "cancelled": Label("已撤销", "cancelled"),
    "invalidated": Label("已宣告无效", "invalidated"),
}
_FIELDS = {
    "id": Label("编号", "id"),
    "kind": Label("种类", "kind"),
    "number": Label("号码", "number"),
    "name": Label("名称", "name"),
    "name_en": Label("英文名称", "name in English"),
    "classes": Label("类别", "classes"),
    "goods": Label("商品和服务", "goods and services"),
    "place": Label("地区", "place"),
    "watched": Label("是否监测", "watched"),
    "details": Label("其他", "details"),
    "applied_on": Label("申请日", "applied on"),
    "granted_on": Label("授权或者注册日", "granted on"),
    "owner": Label("权利人", "owner"),
    "uscc": Label("统一社会信用代码", "unified social credit code"),
    "country": Label("国家", "country"),
    "on": Label("当日状态", "on that day"),
    "day": Label("日期", "day"),
    "status": Label("状态", "status"),
    "in_force": Label("是否有效", "in force"),
    "since": Label("起", "since"),
    "until": Label("止", "until"),
    "reason": Label("原因", "reason"),
}


@click.group(cls=Group, help=both("权利登记：导入、导出、查看。", "The register of rights: import, export, show."))
def register() -> None:
    """Stand for the family of commands."""
    require_tables()


@register.command(
    "import",
    help=both(
        "导入权利文件（CSV、Excel、JSON Lines、ST.96）。", "Bring in files of rights (CSV, Excel, JSON Lines, ST.96)."
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--kind",
    default="trademark",
    show_default=True,
    help=both("没有写明种类的行是哪种权利。", "The kind of rows that name none."),
)
@as_option
def bring_in(*, files: tuple[str, ...], kind: str, name: str) -> None:
    """Import each file; good rows are kept, bad ones are told and wait to be mended. Exit 1 if a file broke off."""
    voice, actor = session(), acting(name)
    paths = [checked_file(file) for file in files]
    told = []
    for path in paths:
        with path.open("rb") as stream, voice.progress(f"导入 {path.name}", f"Importing {path.name}") as advance:
            run = import_file(actor=actor, name=path.name, stream=stream, kind=kind, now=now(), progress=steps(advance))
        told.append(_run(run, [_row(row, voice.lang) for row in bad_rows(actor, run.pk, size=SHOWN_ROWS).items], voice))
    document = {"imports": told}
    voice.answer(document, lambda: _import_lines(told, voice), ok=not any(run["problem"] for run in told))


def _run(run: ImportRun, rows: list[dict[str, Any]], voice: Session) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in ("rows", "made", "changed", "same", "bad")}
    problem = {"code": run.problem["code"], "message": run.problem[voice.lang]} if run.problem else None
    return {
        "file": run.file_name,
        "import": str(run.pk),
        "state": run.state,
        **counts,
        "problem": problem,
        "bad_rows": rows,
    }


def _row(row: Any, lang: str) -> dict[str, Any]:
    faults = [
        {"code": p["code"], "column": p["column"], "message": p[lang], "hint": p[f"hint_{lang}"]} for p in row.problems
    ]
    return {"row": row.number, "problems": faults}


def _import_lines(told: list[dict[str, Any]], voice: Session) -> Iterator[str]:
    for run in told:
        yield voice.say(
            f"{run['file']}：{run['rows']} 行，新增 {run['made']}，更新 {run['changed']}，相同 {run['same']}，待改 {run['bad']}。",
            f"{run['file']}: {run['rows']} rows, {run['made']} new, {run['changed']} changed, {run['same']} the same, {run['bad']} to mend.",
        )
        if run["problem"]:
            yield f"  {run['problem']['message']}"
        for row in run["bad_rows"]:
            for fault in row["problems"]:
                yield voice.say(
                    f"  第 {row['row']} 行：{fault['message']}{fault['hint']}",
                    f"  Row {row['row']}: {fault['message']} {fault['hint']}",
                )


@register.command(
    "export", help=both("导出权利（按文件名的结尾定格式）。", "Export rights; the file's ending tells the format.")
)
@click.argument("file", metavar="FILE")
@click.option("--text", default="", help=both("名称、号码或权利人里要有的词。", "Words of name, number or owner."))
@click.option("--kind", default="", help=both("只要这种权利。", "Only this kind of right."))
@click.option("--on", type=Day(), help=both("写明这一天的状态；默认今天。", "Status on this day; today by default."))
@click.option("--force", is_flag=True, help=both("覆盖已有的文件。", "Overwrite a file that is there."))
@as_option
def export(*, file: str, text: str, kind: str, on: date | None, force: bool, name: str) -> None:
    """Write the rights found to a file in columns the import reads again."""
    voice, target = session(), Path(file)
    ending = target.suffix.lstrip(".").lower()
    if ending not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        what = (f"文件名应以 {known} 结尾", f"The file's name should end in {known}")
        raise BadUsage(where=file, what_zh=what[0], what_en=what[1], command="zhibao register export")
    with _writing(target, force=force) as out, voice.progress("导出", "Exporting") as advance:
        count = export_rights(
            actor=acting(name),
            out=out,
            format=ending,
            text=text,
            kind=kind,
            as_of=on or today(),
            now=now(),
            progress=steps(advance),
        )
    voice.answer(
        {"file": file, "rights": count},
        lambda: [voice.say(f"写出 {count} 项权利到 {file}。", f"{count} rights written to {file}.")],
    )


@contextmanager
def _writing(target: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a file beside the target that takes its place when all went well."""
    if target.exists() and not force:
        raise TargetNotEmpty(where=str(target), path=str(target))
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("wb") as out:
            yield out
        partial.replace(target)
    except OSError as error:
        raise file_closed(str(target), error) from error
    finally:
        partial.unlink(missing_ok=True)


@register.command(
    "show", help=both("看一项权利，以及它在某一天的状态。", "Show a right, and what was true of it on a day.")
)
@click.argument("right_id", metavar="ID")
@click.option(
    "--kind",
    default="trademark",
    show_default=True,
    help=both("ID 是注册号时，是哪种权利。", "The kind of right, where ID is a registration number."),
)
@click.option("--on", type=Day(), help=both("哪一天；默认今天。", "Which day; today by default."))
def show(*, right_id: str, kind: str, on: date | None) -> None:
    """Print a right by its id, by "kind number", or by its number alone."""
    voice, day = session(), on or today()
    told = _right(_found(right_id, kind), day, voice.lang)
    voice.answer(told, lambda: _right_lines(told, voice))


def _right_lines(told: dict[str, Any], voice: Session) -> Iterator[str]:
    on = {**told["on"], "status": say(_STATUSES, told["on"]["status"], voice.lang)}
    kind = say(kinds_of_right(), told["kind"], voice.lang)
    yield from lines_of(_worded({**told, "kind": kind, "on": on}, voice))


def _worded(told: dict[str, Any], voice: Session) -> dict[str, Any]:
    """Return the fields under the names people know, yes and no in words."""
    words: dict[str, Any] = {}
    for key, value in told.items():
        shown = _worded(value, voice) if isinstance(value, dict) else value
        if isinstance(value, bool):
            shown = say(VALUES["yes"], str(value), voice.lang)
        words[say(_FIELDS, key, voice.lang)] = shown
    return words


def _found(right_id: str, kind: str) -> Right:
    try:
        return access_right(everyone(), right_id)
    except ZhibaoError:
        return access_right(everyone(), f"{kind} {right_id}")


def _right(right: Right, day: date, lang: str) -> dict[str, Any]:
    on = right_as_of(right, day)
    names = ("kind", "number", "name", "name_en", "classes", "goods", "place", "watched", "details")
    days = {
        name: value.isoformat() if (value := getattr(right, name)) else None for name in ("applied_on", "granted_on")
    }
    return {
        "id": str(right.pk),
        **{name: getattr(right, name) for name in names},
        **days,
        "owner": {
            "id": str(right.owner.pk),
            "name": right.owner.name,
            "uscc": right.owner.uscc,
            "country": right.owner.country,
        },
        "on": {
            "day": day.isoformat(),
            "status": on.status,
            "in_force": on.in_force,
            "since": on.since.isoformat() if on.since else None,
            "until": on.until.isoformat() if on.until else None,
            "reason": on.reason.say(lang),
        },
    }
