"""What the law makes of facts that are sent: fines, damages, the organ that may act, two days of one rule, a supposed change."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router
from pydantic import Field, StringConstraints

from zhibao.api.language import lang_of
from zhibao.api.texts import Given, Json
from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.law_folder import roots_in_use
from zhibao.docket.whatif import Answer, compare_document
from zhibao.kernel.days import legal_day
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.damage_answer import damages_json
from zhibao.rules.diff import diff
from zhibao.rules.diff_words import diff_json
from zhibao.rules.fine_answer import fines_json
from zhibao.rules.load import assemble, read_documents
from zhibao.rules.read import as_table, read_node
from zhibao.rules.route import route
from zhibao.rules.route_answer import route_json
from zhibao.rules.whatif import read_change, what_if

router = Router(tags=["law"])
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Facts = Annotated[Json, Body()]


@router.post("/fines", response=Json)
def work_out_fines(request: HttpRequest, facts: Facts) -> Json:
    """Work out administrative fines; the shape of facts and answer is that of ``zhibao law fines``."""
    return dict(fines_json(current_pack(), facts, today=legal_day(timezone.now()), lang=lang_of(request)))


@router.post("/damages", response=Json)
def work_out_damages(request: HttpRequest, facts: Facts) -> Json:
    """Work out damages, punitive damages included; the shape of facts and answer is that of ``zhibao law damages``."""
    return dict(damages_json(current_pack(), facts, today=legal_day(timezone.now()), lang=lang_of(request)))


@router.post("/route", response=Json)
def find_route(request: HttpRequest, facts: Facts) -> Json:
    """Find the organs and courts that may act; the shape of facts and answer is that of ``zhibao law route``."""
    pack = current_pack()
    found = route(pack, facts, today=legal_day(timezone.now()))
    return dict(route_json(pack, found, lang_of(request)))


@router.get("/diff/{path:entry_id}", response=Json)
def compare_entry(
    request: HttpRequest,
    entry_id: str,
    first: Annotated[Day, Query(description="The earlier day.")],
    second: Annotated[Day, Query(description="The later day.")],
) -> Json:
    """Compare an entry of the pack (``id``, or ``section/id``) on two days; for an instrument also what rests on it and moves."""
    pack = current_pack()
    return dict(diff_json(pack, diff(pack, entry_id, first, second), lang_of(request)))


class SupposedIn(Given):
    """A change of the law, as ``zhibao law whatif`` reads it, and the cases to try it on."""

    change: Annotated[str, StringConstraints(min_length=1, max_length=100_000)] = Field(
        description="YAML: changes, each with entry, version, field and to; or entry and add."
    )
    cases: list[Json] = Field(min_length=1, max_length=500, description="EVENTS or FACTS documents.")


@router.post("/whatif", response=Json)
def suppose_change(request: HttpRequest, body: SupposedIn) -> Json:
    """Answer each case under the law in force and under the supposed one; only what differs is listed. Nothing is kept."""
    lang, now = lang_of(request), timezone.now()
    documents = read_documents(*roots_in_use())
    before = assemble(documents)
    supposed = what_if(documents, before, read_change(as_table(read_node(body.change, "change"), "change")))
    answers: list[Json] = []
    refused: list[Json] = []
    for number, case in enumerate(body.cases):
        try:
            found = compare_document(before, supposed, case, now=now, today=legal_day(now))
        except ZhibaoError as error:
            refused.append({"case": number, **error.as_json(lang)})
            continue
        answers += [{"case": number, **_answer(one)} for one in found]
    return {
        "law_pack": before.hash,
        "supposed_pack": supposed.pack.hash,
        "entries": [{"section": section, "id": entry} for section, entry in sorted(supposed.entries)],
        "cases": len(body.cases),
        "answers": answers,
        "refused": refused,
    }


def _answer(one: Answer) -> Json:
    return dict(one.as_json())
