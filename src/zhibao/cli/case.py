"""``zhibao case``: the matters of this installation, read at the machine itself.

Whoever may run this holds the database, so nobody's permission is asked and no reading is logged; people read through
the pages or the interface.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from zhibao.apps.cases import queries
from zhibao.apps.cases.access import find_matter
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.queries import MatterFilters
from zhibao.apps.organs.models import Organ
from zhibao.cli.acting import everyone
from zhibao.cli.frame import Group
from zhibao.cli.law_lines import clock_lines, due_words, verdict
from zhibao.cli.readiness import require_tables
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.telling import table
from zhibao.cli.values import now
from zhibao.docket.events import Event
from zhibao.kernel.days import LEGAL_TZ
from zhibao.rules.words import say

STATES = ("open", "closed", "overdue", "transferred")


@click.group(cls=Group, help=both("案件：列表、状态、事项。", "Matters: list, state, events."))
def case() -> None:
    """Stand for the family of commands."""
    require_tables()


@case.command("list", help=both("列出案件，新的在前。", "List matters, newest first."))
@click.option("--text", default="", help=both("案名或案号里的字。", "Words of the title or number."))
@click.option("--place", default="", help=both("地区代码，包括下级。", "Place code, with those below."))
@click.option("--organ", default="", help=both("只要这个机关办的。", "Only those of this organ."))
@click.option("--procedure", default="", help=both("只要这种程序。", "Only this procedure."))
@click.option("--state", type=click.Choice(STATES), default=None, help=both("只要这种状态。", "Only this state."))
@click.option(
    "--page", type=click.IntRange(1, 1_000_000), default=1, show_default=True, help=both("第几页。", "Which page.")
)
@click.option(
    "--size", type=click.IntRange(1, 500), default=50, show_default=True, help=both("每页多少。", "How many a page.")
)
def list_matters(*, text: str, place: str, organ: str, procedure: str, state: str | None, page: int, size: int) -> None:
    """Print a page of matters."""
    voice = session()
    wanted = MatterFilters(text=text, place=place, organ=organ, procedure=procedure, state=state or "")
    found = queries.matters(everyone(), wanted, page, size)
    told = [_listed(matter) for matter in found.items]
    document = {"matters": told, "page": found.number, "size": found.size, "total": found.total}
    heads = (
        voice.say("案号", "number"),
        voice.say("案名", "title"),
        voice.say("地区", "place"),
        voice.say("下一期限", "next due"),
    )
    voice.answer(document, lambda: table(heads, [(m["number"], m["title"], m["place"], m["next_due"]) for m in told]))


def _listed(matter: Matter) -> dict[str, Any]:
    return {
        "id": str(matter.pk),
        "number": matter.number,
        "title": matter.title,
        "place": matter.place,
        "opened_at": _legal(matter.opened_at),
        "next_due": _legal(matter.next_due),  # from this moment on it is late
        "events": matter.head_seq,
        "proceedings": [_proceeding(one) for one in matter.proceedings.all()],
    }


def _legal(moment: datetime | None) -> str | None:
    """Return a moment in legal time."""
    return moment.astimezone(LEGAL_TZ).isoformat() if moment else None


def _proceeding(proceeding: Proceeding) -> dict[str, Any]:
    return {
        "id": str(proceeding.pk),
        "procedure": proceeding.procedure,
        "organ": proceeding.organ_id,
        "number": proceeding.number,
        "stage": proceeding.stage,
        "closed_at": _legal(proceeding.closed_at),
    }


@case.command(
    "show",
    help=both(
        "看一个案件：程序、期限、法律评价、监督发现。", "Show a matter: proceedings, clocks, assessment, findings."
    ),
)
@click.argument("matter_id", metavar="MATTER")
def show(*, matter_id: str) -> None:
    """Print a matter, by id or number, with all that follows from its events now."""
    voice, moment, pack = session(), now(), current_pack()
    matter = find_matter(matter_id)
    derived = queries.derived_of(matter, moment)
    document = {
        **_listed(matter),
        "now": moment.isoformat(),
        "law_pack": pack.hash,
        "clocks": [clock.as_json(pack, voice.lang) for clock in derived.clocks],
        "assessment": derived.assessment.as_json(voice.lang) if derived.assessment else None,
        "missing": derived.missing.as_json(voice.lang) if derived.missing else None,
        "findings": [finding.as_json(pack, voice.lang) for finding in derived.findings],
    }
    voice.answer(document, lambda: _matter_lines(document, matter, voice))


def _matter_lines(told: dict[str, Any], matter: Matter, voice: Session) -> Iterator[str]:
    yield f"{told['number']}  {told['title']}"
    for one in matter.proceedings.all():
        procedure = current_pack().procedures[one.procedure]
        stage = next((each.title.say(voice.lang) for each in procedure.stages if each.id == one.stage), "")
        words = (procedure.title.say(voice.lang), _organ_name(one.organ, voice), one.number, stage)
        yield f"  {'  '.join(words)}".rstrip()
    yield from clock_lines(told["clocks"], voice)
    for offence in told["assessment"]["offences"] if told["assessment"] else []:
        yield verdict(offence, voice)
    if told["missing"]:
        yield f"? {told['missing']['message']} {told['missing']['hint']}".rstrip()
    for finding in told["findings"]:
        yield f"! {finding['title']}: {finding['says']}"


@case.command(
    "events", help=both("列出一个案件的事项和它们的链。", "List a matter's events and the chain that joins them.")
)
@click.argument("matter_id", metavar="MATTER")
def events(matter_id: str) -> None:
    """Print the record of a matter; exit 1 when its chain does not hold."""
    voice = session()
    matter = find_matter(matter_id)
    told = [_event(event) for event in queries.events_of(matter)]
    faults = [{"seq": fault.seq, "says": fault.says.say(voice.lang)} for fault in queries.chain_of(matter)]
    document = {"matter": matter.number, "events": told, "chain": {"ok": not faults, "faults": faults}}
    organs = {one.organ_id: _organ_name(one.organ, voice) for one in matter.proceedings.all()}
    voice.answer(document, lambda: _event_lines(told, faults, organs, voice), ok=not faults)


def _event(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "at": _legal(event.at),
        "recorded_at": _legal(event.recorded_at),
        "proceeding": event.proceeding,
        "procedure": event.procedure,
        "organ": event.organ,
        "actor": event.actor,
        "data": dict(event.data),
        "exhibits": list(event.exhibits),
        "law_pack": event.law_pack,
        "prev": event.prev,
        "hash": event.hash,
    }


def _organ_name(organ: Organ, voice: Session) -> str:
    return voice.say(organ.short_zh, organ.short_en)


def _event_lines(
    told: list[dict[str, Any]], faults: list[dict[str, Any]], organs: dict[str, str], voice: Session
) -> Iterator[str]:
    kinds = {one.id: one.title for one in current_pack().event_kinds.values()}
    heads = (
        "#",
        voice.say("时间", "at"),
        voice.say("事项", "event"),
        voice.say("机关", "organ"),
        voice.say("记录人", "by"),
    )
    yield from table(
        heads,
        [
            (
                event["seq"],
                due_words(event["at"]),
                say(kinds, event["kind"], voice.lang),
                organs.get(event["organ"], event["organ"]),
                event["actor"],
            )
            for event in told
        ],
    )
    for fault in faults:
        yield f"! #{fault['seq']} {fault['says']}"
