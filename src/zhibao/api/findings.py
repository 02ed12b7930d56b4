"""Findings: what a supervisor should look at, and what people say of it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Json, Line
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.answer_finding import answer_finding
from zhibao.apps.cases.models import FindingRow
from zhibao.apps.cases.queries import FindingFilters

router = Router(tags=["findings"])


class FindingOut(Schema):
    """A finding; ``view`` lists the events and articles behind it."""

    matter_id: UUID
    matter_number: str
    kind: str
    key: str
    organ: str | None
    since: date
    weight: int
    view: Json


class AnswerIn(Given):
    """What you say of a finding."""

    matter_id: UUID
    key: Annotated[str, Field(min_length=1, max_length=120)]
    verdict: Literal["right", "wrong", "answered"]
    why: Line


class AnswerOut(Schema):
    """What was said."""

    matter_id: UUID
    key: str
    verdict: str
    why: str
    by: str
    at: datetime


class FindingSearch(Schema):
    """What the list is narrowed to."""

    organ: str = Field("", max_length=80)
    kind: str = Field("", max_length=40)
    place: str = Field("", max_length=6)
    since: date | None = None
    unanswered: bool = False


def finding_row_out(row: FindingRow, lang: str) -> FindingOut:
    """Return a finding as it goes out."""
    return FindingOut(
        matter_id=row.matter_id,
        matter_number=row.matter.number,
        kind=row.kind,
        key=row.key,
        organ=row.organ_id,
        since=row.since,
        weight=row.weight,
        view=row.view[lang],
    )


@router.get("", response=Listed[FindingOut])
def list_findings(
    request: HttpRequest, wanted: Annotated[FindingSearch, Query()], paging: PageQuery
) -> Listed[FindingOut]:
    """List the findings in matters you may know of, heaviest first."""
    page = queries.findings(person_of(request), FindingFilters(**wanted.dict()), paging.page, paging.size)
    lang = lang_of(request)
    return listed(request, page, lambda row: finding_row_out(row, lang))


@router.post("/answers", response={201: AnswerOut})
def answer(
    request: HttpRequest, body: AnswerIn, purpose: Annotated[str, Query(max_length=200)] = ""
) -> Status[AnswerOut]:
    """Say whether a finding is right, and why; earlier answers stay."""
    said = answer_finding(
        actor=person_of(request),
        matter_id=body.matter_id,
        key=body.key,
        verdict=body.verdict,
        why=body.why,
        purpose=purpose,
        now=timezone.now(),
    )
    return Status(
        201,
        AnswerOut(
            matter_id=said.matter_id, key=said.key, verdict=said.verdict, why=said.why, by=said.by.username, at=said.at
        ),
    )
