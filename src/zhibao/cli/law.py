"""``zhibao law``: the law pack, and what follows from it for facts and events given in a file.

Needs no database and no network; an installation's own matters are read with ``zhibao case``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from zhibao.cli.frame import Group
from zhibao.cli.law_change import diff
from zhibao.cli.law_lines import assessment_lines, clock_lines, entry_lines
from zhibao.cli.law_money import damages, fines
from zhibao.cli.law_route import route
from zhibao.cli.law_texts import COMMANDS as TEXT_COMMANDS
from zhibao.cli.law_whatif import whatif
from zhibao.cli.reading import read_object
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.telling import table
from zhibao.cli.values import Day, now, today
from zhibao.docket.given import clocks_json
from zhibao.docket.golden import RUNNERS
from zhibao.rules.assess import assess as assess_facts
from zhibao.rules.deadlines import Deadline
from zhibao.rules.describe import describe
from zhibao.rules.golden import run_golden
from zhibao.rules.load import check_pack, load_cases, load_pack
from zhibao.rules.pack import Pack
from zhibao.rules.used_by import used_by
from zhibao.rules.words import SECTIONS, say

FOLDERS = click.option(
    "--law",
    "folders",
    multiple=True,
    metavar="FOLDER",
    help=both(
        "法律包的文件夹，可多次；默认国家包和江西包。",
        "Folder of a law pack, may be repeated; by default China's and Jiangxi's.",
    ),
)


@click.group(
    cls=Group,
    help=both("法律：条文、门槛、期限，以及它们怎样适用。", "The law: provisions, limits, clocks, and how they apply."),
)
def law() -> None:
    """Stand for the family of commands."""


def _pack(folders: tuple[str, ...]) -> Pack:
    return load_pack(*(Path(folder) for folder in folders))


@law.command(
    "show",
    help=both("显示一部法律、一个罪名、一个期限等条目。", "Show an instrument, a crime, a clock or another entry."),
)
@click.argument("entry_id", metavar="ID")
@click.option("--on", type=Day(), help=both("只要这一天有效的版本。", "Only the version in force on this day."))
@FOLDERS
def show(*, entry_id: str, on: date | None, folders: tuple[str, ...]) -> None:
    """Print one entry of the pack, of one day or through all its versions."""
    voice = session()
    pack = _pack(folders)
    told = describe(pack, entry_id, voice.lang, on)
    voice.answer(told, lambda: entry_lines(pack, told, voice))


@law.command(
    "assess",
    help=both(
        "对照刑事门槛：这些事实够不够、按哪一条。",
        "Hold facts against the criminal limits: which is met, by which article.",
    ),
)
@click.argument("facts", metavar="FACTS.json")
@FOLDERS
def assess(facts: str, folders: tuple[str, ...]) -> None:
    """Print the assessment of the facts in a file."""
    voice = session()
    pack = _pack(folders)
    found = assess_facts(pack, read_object(facts, voice), today=today()).as_json(voice.lang)
    voice.answer(found, lambda: assessment_lines(pack, found, voice))


@law.command("clocks", help=both("从一串事项算出各个期限。", "Derive the clocks from a list of events."))
@click.argument("events", metavar="EVENTS.json")
@FOLDERS
def clocks(events: str, folders: tuple[str, ...]) -> None:
    """Print the clocks of the events in a file, as of its ``now`` or the present moment."""
    voice = session()
    pack = _pack(folders)
    document = clocks_json(pack, read_object(events, voice), now=now(), lang=voice.lang)
    voice.answer(document, lambda: _clock_lines(pack, document, voice))


def _clock_lines(pack: Pack, document: Mapping[str, Any], voice: Session) -> Iterator[str]:
    yield from clock_lines(document["clocks"], voice)
    for start in document["unclocked"]:
        yield _unclocked_line(pack.deadlines[start["id"]], start["event"], voice)
    if document["ignored"]:
        later = ", ".join(str(index) for index in document["ignored"])
        yield voice.say(
            f"晚于所问时间、没有算进去的事项：{later}", f"Events after the time asked for, left out: {later}"
        )


def _unclocked_line(deadline: Deadline, event: int, voice: Session) -> str:
    """Say that the law knew no such limit on the day of a start, when it did, and where the pack says so."""
    first, last = deadline.versions[0], deadline.versions[-1]
    begins, ends = first.span.first.isoformat(), last.span.last.isoformat() if last.span.last else ""
    until_zh, until_en = (f"到 {ends} 为止", f" to {ends}") if ends else ("起", " on")
    return voice.say(
        f"事项 {event} 那一天没有「{deadline.title.zh}」（{deadline.id}）的规定，不算：这项规定从 {begins} {until_zh}（依据 {first.cite.to_text()}，见 {first.where}）。",
        f"No rule for “{deadline.title.en}” ({deadline.id}) was in force on the day of event {event}, so it is not counted: "
        f"it holds from {begins}{until_en} (under {first.cite.to_text()}, see {first.where}).",
    )


@law.command(
    "used-by", help=both("哪些期限、门槛和权利依据这一条。", "Which clocks, limits and rights rest on this article.")
)
@click.argument("article", metavar="ARTICLE")
@FOLDERS
def uses(article: str, folders: tuple[str, ...]) -> None:
    """Print what rests on an article such as cn.fashi-2025-5/3."""
    voice = session()
    pack = _pack(folders)
    citation = pack.find_cite(article)
    found: list[dict[str, Any]] = [
        {
            "section": use.section,
            "id": use.id,
            "title": use.title.say(voice.lang),
            "cites": [pack.show_cite(cite, voice.lang) for cite in use.cites],
            "cite_ids": [cite.to_text() for cite in use.cites],
            "from": use.span.first.isoformat() if use.span else None,
            "to": use.span.last.isoformat() if use.span and use.span.last else None,
            "confidence": str(use.confidence) if use.confidence else None,
        }
        for use in used_by(pack, citation)
    ]
    document = {
        "law_pack": pack.hash,
        "article": citation.to_text(),
        "cite": pack.show_cite(citation, voice.lang),
        "gist": pack.gist(citation, voice.lang),
        "uses": found,
    }
    heads = (
        voice.say("类别", "kind"),
        voice.say("编号", "id"),
        voice.say("名称", "title"),
        voice.say("起", "from"),
        voice.say("止", "to"),
    )
    rows = [
        (say(SECTIONS, use["section"], voice.lang), use["id"], use["title"], use["from"], use["to"]) for use in found
    ]
    voice.answer(document, lambda: [f"{document['cite']}  {document['gist']}", *table(heads, rows)])


@law.command(
    "check",
    help=both(
        "检查法律包：每个值有条文、日期和可信程度，例案都算得对。",
        "Check the pack: every value has article, dates and confidence; golden cases hold.",
    ),
)
@FOLDERS
def check(*, folders: tuple[str, ...]) -> None:
    """List everything wrong with the pack and with its golden cases; exit 1 if there is anything."""
    voice = session()
    roots = tuple(Path(folder) for folder in folders)
    problems = [problem.error.as_json(voice.lang) for problem in check_pack(*roots)]
    pack = None if problems else load_pack(*roots)
    cases = 0
    if pack is not None:
        cases, problems = _golden(pack, roots, voice)
    document = {"ok": not problems, "law_pack": pack.hash if pack else None, "cases": cases, "problems": problems}
    voice.answer(document, lambda: _check_lines(document, voice), ok=not problems)


def _golden(pack: Pack, roots: tuple[Path, ...], voice: Session) -> tuple[int, list[dict[str, str]]]:
    """Run the golden cases beside the packs; return how many there are and what did not come out as written."""
    run = run_golden(pack, load_cases(*roots), RUNNERS)
    problems = [fault.as_json(voice.lang) for fault in run.faults]
    problems += [
        {
            "code": "golden-case",
            "where": one.where,
            "message": voice.say(
                f"例案「{one.name}」：应为 {one.want}，算出 {one.got}。",
                f"Golden case '{one.name}': {one.want} wanted, {one.got} found.",
            ),
            "hint": "",
        }
        for one in run.mismatches
    ]
    return run.cases, problems


def _check_lines(told: dict[str, Any], voice: Session) -> Iterator[str]:
    for problem in told["problems"]:
        yield f"{problem['where']}: {problem['message']} {problem['hint']}".strip()
    if told["ok"]:
        yield voice.say(
            f"法律包没有问题，{told['cases']} 个例案都算得对。",
            f"The law pack holds, and so do its {told['cases']} golden cases.",
        )


law.add_command(diff)
law.add_command(fines)
law.add_command(damages)
law.add_command(whatif)
law.add_command(route)
for _command in TEXT_COMMANDS:
    law.add_command(_command)
