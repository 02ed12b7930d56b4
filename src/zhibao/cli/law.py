"""``zhibao law``: the law pack, and what follows from it for facts and events given in a file.

Needs no database and no network; an installation's own matters are read with ``zhibao case``.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from zhibao.cli.frame import Group
from zhibao.cli.reading import read_object
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.telling import lines_of
from zhibao.cli.values import Day, now, today
from zhibao.docket.clocks import clocks as clocks_of
from zhibao.docket.given import read_given
from zhibao.docket.golden_clocks import check_clock_case
from zhibao.rules.assess import assess as assess_facts
from zhibao.rules.describe import describe
from zhibao.rules.golden import check_cases
from zhibao.rules.load import check_pack, load_pack
from zhibao.rules.pack import Pack
from zhibao.rules.used_by import used_by

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
def show(entry_id: str, on: date | None, folders: tuple[str, ...]) -> None:
    """Print one entry of the pack, of one day or through all its versions."""
    voice = session()
    told = describe(_pack(folders), entry_id, voice.lang, on)
    voice.answer(told, lambda: lines_of(told))


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
    found = assess_facts(_pack(folders), read_object(facts, voice), today=today()).as_json(voice.lang)
    voice.answer(found, lambda: _assessment_lines(found, voice))


def _assessment_lines(found: dict[str, Any], voice: Session) -> Iterator[str]:
    tiers = {
        "none": voice.say("未达门槛", "below every limit"),
        "base": voice.say("达到第一档", "first tier met"),
        "grave": voice.say("达到第二档", "second tier met"),
        "unknown": voice.say("尚不能判断", "cannot be told yet"),
    }
    for offence in found["offences"]:
        yield f"{offence['offence']}: {tiers[offence['tier']]} ({offence['rule_version']}, {offence['chosen']})"
        for condition in offence["conditions"]:
            sign = {True: "✓", False: "✗", None: "?"}[condition["met"]]
            yield f"  {sign} {condition['id']}: {condition['value']} / {condition['limit']}  {condition['cite']}"
        if offence["missing"]:
            yield voice.say(
                f"  还不知道：{'、'.join(offence['missing'])}", f"  not known: {', '.join(offence['missing'])}"
            )
    transfer = found["transfer"]
    must = {
        True: voice.say("应当移送公安", "must be transferred to the police"),
        False: voice.say("不必移送", "need not be transferred"),
        None: voice.say("是否移送尚不能判断", "whether to transfer cannot be told yet"),
    }[transfer["must"]]
    yield f"{must} ({transfer['basis']})  {transfer.get('cite') or ''}".rstrip()


@law.command("clocks", help=both("从一串事项算出各个期限。", "Derive the clocks from a list of events."))
@click.argument("events", metavar="EVENTS.json")
@FOLDERS
def clocks(events: str, folders: tuple[str, ...]) -> None:
    """Print the clocks of the events in a file, as of its ``now`` or the present moment."""
    voice = session()
    pack = _pack(folders)
    given = read_given(pack, read_object(events, voice))
    moment = given.now or now()
    found = [
        clock.as_json(pack, voice.lang)
        for clock in clocks_of(pack, given.events, now=moment, procedure=given.procedure)
    ]
    document = {"law_pack": pack.hash, "now": moment.isoformat(), "clocks": found}
    heads = (voice.say("期限", "clock"), voice.say("状态", "state"), voice.say("到期", "due"), voice.say("依据", "by"))
    voice.answer(document, lambda: table(heads, [(c["title"], c["state"], c["due"], c["cite"]) for c in found]))


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
    found = [
        {
            "section": use.section,
            "id": use.id,
            "title": use.title.say(voice.lang),
            "cites": [pack.show_cite(cite, voice.lang) for cite in use.cites],
            "cite_ids": [cite.to_text() for cite in use.cites],
            "from": use.span.first.isoformat() if use.span else None,
            "to": use.span.last.isoformat() if use.span and use.span.last else None,
            "confidence": use.confidence,
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
        "id",
        voice.say("名称", "title"),
        voice.say("起", "from"),
        voice.say("止", "to"),
    )
    rows = [(use["section"], use["id"], use["title"], use["from"], use["to"]) for use in found]
    voice.answer(document, lambda: [f"{document['cite']}  {document['gist']}", *table(heads, rows)])


@law.command(
    "check",
    help=both(
        "检查法律包：每个值有条文、日期和可信程度，例案都算得对。",
        "Check the pack: every value has article, dates and confidence; golden cases hold.",
    ),
)
@FOLDERS
def check(folders: tuple[str, ...]) -> None:
    """List everything wrong with the pack and with its golden cases; exit 1 if there is anything."""
    voice = session()
    roots = tuple(Path(folder) for folder in folders)
    problems = [problem.error.as_json(voice.lang) for problem in check_pack(*roots)]
    if not problems:
        problems = _case_problems(load_pack(*roots), roots, voice)
    document = {"ok": not problems, "law_pack": None if problems else load_pack(*roots).hash, "problems": problems}
    lines = [f"{problem['where']}: {problem['message']} {problem['hint']}".strip() for problem in problems]
    voice.answer(document, lambda: lines or [voice.say("法律包没有问题。", "The law pack holds.")], ok=not problems)
