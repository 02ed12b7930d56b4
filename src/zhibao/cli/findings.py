"""``zhibao findings``: what a supervisor should look at, over all matters of this installation."""

from datetime import date
from typing import Any

import click

from zhibao.apps.cases import queries
from zhibao.apps.cases.models import FindingRow
from zhibao.apps.cases.queries import FindingFilters
from zhibao.cli.acting import everyone
from zhibao.cli.frame import Command
from zhibao.cli.readiness import require_tables
from zhibao.cli.session import session
from zhibao.cli.speech import both
from zhibao.cli.telling import table
from zhibao.cli.values import Day

PAGE = 500


@click.command(
    "findings",
    cls=Command,
    help=both(
        "监督发现：哪里逾期、以罚代刑、移而不复。",
        "What a supervisor should look at: overdue, penalised instead of transferred, unanswered.",
    ),
)
@click.option("--organ", default="", metavar="ID", help=both("只要这个机关的。", "Only those of this organ."))
@click.option("--since", type=Day(), help=both("只要这一天以来的。", "Only those since this day."))
@click.option("--kind", default="", help=both("只要这一类。", "Only this kind."))
@click.option("--place", default="", help=both("地区代码，包括下级。", "Place code, with those below."))
def findings(*, organ: str, since: date | None, kind: str, place: str) -> None:
    """Print all findings, heaviest first, each with the events and articles behind it."""
    require_tables()
    voice = session()
    wanted = FindingFilters(organ=organ, since=since, kind=kind, place=place)
    rows = _all_rows(wanted)
    told = [_finding(row, voice.lang) for row in rows]
    heads = (
        voice.say("案号", "matter"),
        voice.say("机关", "organ"),
        voice.say("自", "since"),
        voice.say("发现", "finding"),
    )
    organs = {row.organ_id: voice.say(row.organ.short_zh, row.organ.short_en) for row in rows if row.organ}
    lines = [(one["matter"], organs.get(one["organ"]), one["since"], one["title"]) for one in told]
    voice.answer({"findings": told, "total": len(told)}, lambda: table(heads, lines))


def _all_rows(wanted: FindingFilters) -> list[FindingRow]:
    reader, number = everyone(), 1
    rows: list[FindingRow] = []
    while True:
        page = queries.findings(reader, wanted, number, PAGE)
        rows += page.items
        if not page.has_next:
            return rows
        number += 1


def _finding(row: FindingRow, lang: str) -> dict[str, Any]:
    view: dict[str, Any] = dict(row.view[lang])
    return view | {
        "matter": row.matter.number,
        "organ": row.organ_id,
        "since": row.since.isoformat(),
        "weight": row.weight,
    }
