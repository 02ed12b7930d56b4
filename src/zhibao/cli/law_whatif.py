"""``zhibao law whatif``: what a supposed change of the law would answer for many cases, beside what they are answered now.

Cases come from a file of JSON Lines, or with ``--db`` from the installation, for which Django is loaded; without it the
command needs no database.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Self, TextIO

import click

from zhibao.cli.errors import BadUsage, FileClosed
from zhibao.cli.frame import Command
from zhibao.cli.law_change import FOLDERS
from zhibao.cli.law_lines import MUST
from zhibao.cli.law_words import BASES, STATES, TIERS
from zhibao.cli.machine import file_closed
from zhibao.cli.reading import read_text
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.tables.writing import defused
from zhibao.cli.telling import table
from zhibao.cli.values import now, today
from zhibao.docket.whatif import Answer, compare_document
from zhibao.kernel.errors import BadInput, ZhibaoError
from zhibao.rules.load import assemble, read_documents
from zhibao.rules.pack import Pack
from zhibao.rules.read import read_table
from zhibao.rules.whatif import WhatIf, read_change, what_if
from zhibao.rules.words import say

COLUMNS = ("case", "kind", "id", "proceeding", "entry", "old", "new")
FORMATS = (".csv", ".json", ".jsonl")
Found = tuple[str, tuple[Answer, ...] | ZhibaoError]


class CaseNotJson(BadInput):
    """A line of the file of cases is not one JSON object."""

    code = "whatif-case-not-json"
    zh = "这一行不是一个 JSON 对象。"
    en = "This line is not one JSON object."
    hint_zh = "每行一个 EVENTS 或者 FACTS 文件的内容，中间不换行。"
    hint_en = "Write one EVENTS or FACTS document on each line, without a line break in it."


class WhatIfFormat(BadInput):
    """The file for the answers has an ending that is not written."""

    code = "whatif-format"
    zh = "「{path}」的结尾不认识。"
    en = "The ending of '{path}' is not known."
    hint_zh = "可以写到：{known}。"
    hint_en = "It may be: {known}."


@dataclass(slots=True)
class _Told:
    """What was compared so far: how many, which differ in what, and the answers of the page asked for."""

    first: int
    size: int
    cases: int = 0
    changed: int = 0
    answers: int = 0
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    shown: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def take(self, case: str, answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
        """Count the answers of one case and keep those of the page; return them as rows."""
        self.cases += 1
        self.changed += bool(answers)
        rows = [{"case": case, **answer.as_json()} for answer in answers]
        for answer, row in zip(answers, rows, strict=True):
            self.counts.update((answer.kind, answer.id, name) for name in answer.differing)
            if self.first <= self.answers < self.first + self.size:
                self.shown.append(row)
            self.answers += 1
        return rows


@click.command(
    "whatif",
    cls=Command,
    help=both(
        "假如法律这样改：哪些期限、哪些门槛的结论会变。",
        "If the law were changed so: which clocks and tiers would come out otherwise.",
    ),
)
@click.argument("change", metavar="PACK_CHANGE.yaml")
@click.option(
    "--cases",
    metavar="FILE",
    help=both("案件的文件，每行一个 EVENTS 或 FACTS。", "Cases, one EVENTS or FACTS document on each line."),
)
@click.option(
    "--db", "from_db", is_flag=True, help=both("用本安装里的案件。", "Take the matters of this installation.")
)
@click.option(
    "--out",
    metavar="FILE",
    help=both("把全部变化写进文件（csv、json、jsonl）。", "Write every difference to a file (csv, json, jsonl)."),
)
@click.option("--page", type=click.IntRange(1), default=1, help=both("第几页。", "Which page."))
@click.option("--size", type=click.IntRange(1, 500), default=50, help=both("每页几条。", "How many on a page."))
@FOLDERS
def whatif(
    *, change: str, cases: str | None, from_db: bool, out: str | None, page: int, size: int, folders: tuple[str, ...]
) -> None:
    """Compare the answers of the law in force with those of a changed law."""
    voice = session()
    if from_db == (cases is not None):
        zh, en = "--cases 和 --db 要写其中一个", "Give one of --cases and --db"
        raise BadUsage(where="--cases", what_zh=zh, what_en=en, command="zhibao law whatif")
    path = _checked_out(out) if out else None
    documents = read_documents(*(Path(folder) for folder in folders))
    before = assemble(documents)
    supposed = what_if(documents, before, read_change(read_table(read_text(change, voice), change)))
    told = _Told((page - 1) * size, size)
    _run(told, _of_matters(before, supposed, told) if from_db else _of_file(before, supposed, cases or "", voice), path)
    document = _document(before, supposed, told, page)
    voice.answer(document, lambda: _lines(document, voice))


def _run(told: _Told, found: Iterable[Found], path: Path | None) -> None:
    with _Writer(path) if path else nullcontext() as writer:
        for case, answers in found:
            if isinstance(answers, ZhibaoError):
                told.refused.append({"case": case, **answers.as_json(session().lang)})
                continue
            rows = told.take(case, answers)
            if writer is not None:
                writer.write(rows)


def _of_file(before: Pack, supposed: WhatIf, cases: str, voice: Session) -> Iterator[Found]:
    """Yield each line's answers under its number, or its ``id`` where it has one; a line that cannot be read with why."""
    moment, day = now(), today()
    for number, line in enumerate(read_text(cases, voice).splitlines(), start=1):
        if line.strip():
            yield _of_line(before, supposed, line, number, moment=moment, day=day)


def _of_line(before: Pack, supposed: WhatIf, line: str, number: int, **when: Any) -> Found:
    name = str(number)
    try:
        document = json.loads(line)
        if not isinstance(document, dict):
            raise CaseNotJson(where=name)
        name = str(document.pop("id", number))
        return name, compare_document(before, supposed, document, now=when["moment"], today=when["day"])
    except (ValueError, RecursionError):
        return name, CaseNotJson(where=name)
    except ZhibaoError as error:
        return name, error


def _of_matters(before: Pack, supposed: WhatIf, told: _Told) -> Iterator[Found]:
    """Yield the matters that would come out otherwise; the others are counted at once."""
    import_module("zhibao.cli.main").open_house()
    import_module("zhibao.cli.readiness").require_tables()
    everyone = import_module("zhibao.cli.acting").everyone()
    suppose = import_module("zhibao.apps.cases.supposing").suppose
    found = suppose(everyone, before, supposed, now=now())
    for matter, answers in found.differing:
        yield matter.number, answers
    told.cases = found.asked


def _document(before: Pack, supposed: WhatIf, told: _Told, page: int) -> dict[str, Any]:
    return {
        "law_pack": before.hash,
        "supposed_pack": supposed.pack.hash,
        "entries": [{"section": section, "id": entry} for section, entry in sorted(supposed.entries)],
        "cases": told.cases,
        "changed": told.changed,
        "counts": [
            {"kind": kind, "id": name, "what": what, "cases": number}
            for (kind, name, what), number in sorted(told.counts.items())
        ],
        "answers": told.shown,
        "page": page,
        "size": told.size,
        "total": told.answers,
        "refused": told.refused,
    }


WHAT: Mapping[str, tuple[str, str]] = {
    "due": ("到期日", "last day"),
    "state": ("状态", "state"),
    "presence": ("有无", "presence"),
    "tier": ("档次", "tier"),
    "rule_version": ("适用的规定", "rule applied"),
    "chosen": ("适用的理由", "why that rule"),
    "must": ("应否移送", "duty to transfer"),
    "basis": ("移送的理由", "ground for transfer"),
}


def _lines(told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    entries = ", ".join(one["id"] for one in told["entries"]) or "—"
    yield voice.say(f"改动的条目：{entries}", f"Entries changed: {entries}")
    yield voice.say(
        f"比较了 {told['cases']} 件，{told['changed']} 件的结论会变。",
        f"{told['cases']} cases compared; {told['changed']} would come out otherwise.",
    )
    for one in told["counts"]:
        what = voice.say(*WHAT[one["what"]])
        yield voice.say(f"  {one['id']} {what}：{one['cases']} 处", f"  {one['id']}, {what}: {one['cases']}")
    if told["answers"]:
        heads = (
            voice.say("案件", "case"),
            voice.say("什么", "what"),
            voice.say("现在", "now"),
            voice.say("改后", "then"),
        )
        yield from table(
            heads,
            [
                (row["case"], row["id"], *(_side(row[side], voice) for side in ("old", "new")))
                for row in told["answers"]
            ],
        )
        pages = -(-told["total"] // told["size"])
        yield voice.say(f"第 {told['page']} 页，共 {pages} 页", f"page {told['page']} of {pages}")
    for one in told["refused"]:
        yield voice.say(
            f"读不了 {one['case']}：{one['message']}（{one['where']}）",
            f"{one['case']} could not be read: {one['message']} ({one['where']})",
        )


def _side(answer: Mapping[str, Any] | None, voice: Session) -> str:
    """Return one side of a difference in a few words."""
    if answer is None:
        return "—"
    if "due" in answer:
        return f"{answer['due'] or '—'} {say(STATES, answer['state'], voice.lang)}"
    if "tier" in answer:
        return f"{say(TIERS, answer['tier'], voice.lang)} ({answer['rule_version'] or '—'})"
    return f"{MUST[answer['must']].say(voice.lang)} ({say(BASES, answer['basis'], voice.lang)})"


def _checked_out(out: str) -> Path:
    path = Path(out)
    if path.suffix.lower() not in FORMATS:
        raise WhatIfFormat(where=out, path=out, known=" ".join(FORMATS))
    if not path.parent.is_dir() or path.is_dir():
        raise FileClosed(where=out, path=out, why_zh="没有这个文件夹", why_en="no such folder")
    return path


class _Writer:
    """Writes differences to a file that appears only when all of them are in it."""

    def __init__(self, path: Path) -> None:
        self._path, self._draft = path, path.with_name(f".{path.name}.part")
        self._kind = path.suffix.lower()
        self._written = 0
        self._file: TextIO

    def __enter__(self) -> Self:
        try:
            self._file = self._draft.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise file_closed(str(self._path), error) from error
        if self._kind == ".csv":
            csv.writer(self._file, lineterminator="\n").writerow(COLUMNS)
        elif self._kind == ".json":
            self._file.write("[")
        return self

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            if self._kind == ".csv":
                csv.writer(self._file, lineterminator="\n").writerow(_cell(row.get(name)) for name in COLUMNS)
            else:
                between = ",\n" if self._kind == ".json" and self._written else ""
                self._file.write(
                    between + json.dumps(row, ensure_ascii=False) + ("" if self._kind == ".json" else "\n")
                )
            self._written += 1

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if self._kind == ".json" and kind is None:
            self._file.write("]\n")
        self._file.close()
        if kind is None:
            self._draft.replace(self._path)
        self._draft.unlink(missing_ok=True)


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return defused(value) if isinstance(value, str) else value
