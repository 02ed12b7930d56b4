"""What ``zhibao law import``, ``activate`` and ``texts`` do once the installation is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibao.apps.library import queries
from zhibao.apps.library.actions.activate_pack import activate_pack
from zhibao.apps.library.actions.import_text import Imported, import_text
from zhibao.apps.library.models import LawText
from zhibao.apps.organs.models import Person
from zhibao.cli.acting import acting
from zhibao.cli.errors import FileMissing
from zhibao.cli.readiness import require_tables
from zhibao.cli.reading import read_bytes
from zhibao.cli.session import Session, session
from zhibao.cli.telling import table
from zhibao.cli.values import now
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

ENDINGS = {".md", ".markdown", ".txt", ".docx"}
SIDECAR = ".yaml"
PAGE = 500
STATES = {
    "current": Label("在用", "in use"),
    "replaced": Label("被替换", "replaced"),
    "unmatched": Label("未对上", "unmatched"),
    "refused": Label("未收", "refused"),
    "same": Label("已有", "there already"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of one file."""

    path: str
    done: Imported | None = None
    error: ZhibaoError | None = None

    @property
    def state(self) -> str:
        if self.done is None:
            return "refused"
        return self.done.text.state if self.done.made else "same"


def import_paths(paths: Sequence[str], *, instrument: str, version: str, name: str) -> None:
    """Import every text among ``paths`` and tell what became of each; one file that is refused is an error of its own."""
    require_tables()
    voice = session()
    actor = acting(name)
    files = list(_files(paths))
    told: list[_Told] = []
    with voice.progress("导入法律文本", "Importing texts of law", len(files)) as advance:
        for path in files:
            told.append(_import_one(path, actor, instrument, version))
            advance(1)
    if len(told) == 1 and told[0].error is not None:
        raise told[0].error
    document = {
        "files": len(told),
        "imported": sum(1 for one in told if one.done is not None and one.done.made),
        "same": sum(1 for one in told if one.state == "same"),
        "unmatched": sum(1 for one in told if one.done is not None and one.done.text.state == "unmatched"),
        "refused": sum(1 for one in told if one.error is not None),
        "texts": [_as_json(one, voice.lang) for one in told],
    }
    voice.answer(document, lambda: _lines(told, document, voice))


def _files(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        if Path(path).is_dir():
            yield from (
                str(one) for one in sorted(Path(path).rglob("*")) if one.suffix.lower() in ENDINGS and one.is_file()
            )
        else:
            yield path


def _import_one(path: str, actor: Person, instrument: str, version: str) -> _Told:
    try:
        beside = Path(path + SIDECAR)
        sidecar = read_bytes(str(beside)) if beside.is_file() else None
        done = import_text(
            actor=actor,
            raw=read_bytes(path),
            name=Path(path).name,
            sidecar=sidecar,
            instrument=instrument,
            version=version,
            now=now(),
        )
    except FileMissing:
        raise
    except ZhibaoError as error:
        return _Told(path, error=error)
    return _Told(path, done=done)


def _as_json(one: _Told, lang: str) -> dict[str, Any]:
    if one.error is not None or one.done is None:
        return {"file": one.path, "state": "refused", "error": one.error.as_json(lang) if one.error else None}
    text = one.done.text
    return {
        "file": one.path,
        "state": one.state,
        "text": text.pk,
        "title": text.title,
        "instrument": text.instrument or None,
        "version": text.version or None,
        "how": text.how or None,
        "articles": one.done.articles,
        "why": text.why.get(lang),
        "notes": [{"line": note["line"], "says": note[lang]} for note in text.notes],
        "findings": [
            {"kind": found.kind, "cite_id": found.cite.to_text(), "says": found.says.say(lang), "where": found.where}
            for found in one.done.findings
        ],
    }


def _lines(told: Sequence[_Told], document: dict[str, Any], voice: Session) -> Iterator[str]:
    for one in told:
        state = STATES[one.state].say(voice.lang)
        if one.done is None:
            assert one.error is not None
            yield f"{state}  {one.path}: {one.error.say(voice.lang)} {one.error.hint(voice.lang)}".rstrip()
            continue
        text = one.done.text
        version = f"{text.instrument}@{text.version}" if text.instrument else ""
        count = voice.say(f"{one.done.articles} 条", f"{one.done.articles} articles")
        yield f"{state}  {text.title}  {version}  {count}".rstrip()
        if text.why:
            yield f"      {text.why[voice.lang]}"
        for note in text.notes if one.done.made else ():
            yield f"      {one.path}:{note['line']}: {note[voice.lang]}"
        for found in one.done.findings:
            yield f"      {found.where}: {found.says.say(voice.lang)}"
    if document["unmatched"]:
        yield queries.HOW_TO_TELL.say(voice.lang)
    yield voice.say(
        f"{document['files']} 个文件：新导入 {document['imported']}（其中未对上 {document['unmatched']}），"
        f"已有 {document['same']}，未收 {document['refused']}。",
        f"{document['files']} files: {document['imported']} imported ({document['unmatched']} of them unmatched), "
        f"{document['same']} there already, {document['refused']} refused.",
    )


def activate() -> None:
    """Take the packs on disk into use, if they hold."""
    require_tables()
    voice = session()
    done = activate_pack(actor=None, now=now())
    document = {
        "activated": done.activated,
        "changed": done.changed,
        "law_pack": done.pack_hash,
        "cases": done.cases,
        "problems": [one.as_json(voice.lang) for one in done.complaints],
    }
    voice.answer(document, lambda: _activated(document, voice), ok=not done.complaints)


def _activated(told: dict[str, Any], voice: Session) -> Iterator[str]:
    for one in told["problems"]:
        yield f"{one['where']}: {one['message']} {one['hint']}".strip()
    short = told["law_pack"][:12]
    if told["problems"]:
        yield voice.say(f"没有换：继续使用法律包 {short}。", f"Not taken: law pack {short} stays in use.")
    elif told["changed"]:
        yield voice.say(f"法律包 {short} 已换上使用。", f"Law pack {short} is now in use.")
    else:
        yield voice.say(f"法律包 {short} 已在使用，没有变化。", f"Law pack {short} is in use already; nothing changed.")


def list_texts(*, name: str) -> None:
    """List the imported texts, and what of the pack does not agree with them."""
    require_tables()
    voice = session()
    actor = acting(name)
    rows = list(_all_texts(actor))
    findings = queries.text_findings(actor)
    document = {
        "texts": [_text_json(one) for one in rows],
        "findings": [
            {"kind": one.kind, "cite_id": one.cite.to_text(), "says": one.says.say(voice.lang), "where": one.where}
            for one in findings
        ],
    }
    heads = (
        voice.say("编号", "no."),
        voice.say("状态", "state"),
        voice.say("标题", "title"),
        voice.say("版本", "version"),
    )
    cells = [
        (one.pk, STATES[one.state].say(voice.lang), one.title, f"{one.instrument}@{one.version}".strip("@"))
        for one in rows
    ]

    def lines() -> Iterator[str]:
        yield from table(heads, cells)
        for one in findings:
            yield f"{one.where}: {one.cite.to_text()} {one.says.say(voice.lang)}"

    voice.answer(document, lines, ok=not findings)


def _all_texts(actor: Person) -> Iterator[LawText]:
    page = queries.texts(actor, size=PAGE)
    yield from page.items
    for number in range(2, page.pages + 1):
        yield from queries.texts(actor, page=number, size=PAGE).items


def _text_json(one: LawText) -> dict[str, Any]:
    return {
        "text": one.pk,
        "title": one.title,
        "state": one.state,
        "instrument": one.instrument or None,
        "version": one.version or None,
        "file": one.source_name,
        "sha256": one.sha256,
        "by": one.by.username,
        "at": one.at.isoformat(),
    }
