"""What days to come change in the law, and which open matters they touch."""

from datetime import date, timedelta
from io import BytesIO
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.law_answers import Day
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Json
from zhibao.apps.library import queries
from zhibao.apps.library.actions.export_coming import export_coming
from zhibao.apps.library.coming import ComingChange, TouchedMatter
from zhibao.apps.organs.law import current_pack
from zhibao.kernel.days import legal_day
from zhibao.rules.diff_words import change_json

router = Router(tags=["law"])
MEDIA_TYPE = "application/octet-stream"
SHEET: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
Format = Literal["csv", "xlsx"]


class ComingDayOut(Schema):
    """A day on which something changes: how many entries of each section."""

    day: date
    counts: dict[str, int]


class ComingOut(Schema):
    """The days to come."""

    law_pack: str
    after: date
    until: date
    days: list[ComingDayOut]


class ChangeOut(Schema):
    """One entry that the day changes. ``diff`` is what ``zhibao law diff`` tells of it."""

    section: str
    id: str
    title: str
    how: str
    open_matters: int = Field(description="Open matters you may know of that it touches.")
    diff: Json


class TouchOut(Schema):
    """Why a matter is touched."""

    section: str
    id: str
    title: str
    how: str
    by: Literal["clock", "act", "right"]
    value: str
    due: str | None


class TouchedOut(Schema):
    """An open matter with what will change for it."""

    matter: str
    title: str
    place: str
    touches: list[TouchOut]


class Span(Schema):
    """Which days; without them the two years to come."""

    after: Day | None = None
    until: Day | None = None


def sheet_answer(content: bytes, name: str) -> HttpResponse:
    """Return a file to be kept, never shown as what it claims to be."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@router.get("/coming", response=ComingOut)
def list_coming_days(request: HttpRequest, wanted: Annotated[Span, Query()]) -> ComingOut:
    """List the days on which the law changes, as the pack knows it today."""
    after = wanted.after or legal_day(timezone.now())
    until = wanted.until or after + timedelta(days=730)
    days = queries.coming_days(person_of(request), after, until)
    return ComingOut(
        law_pack=current_pack().hash,
        after=after,
        until=until,
        days=[ComingDayOut(day=one.day, counts=one.counts) for one in days],
    )


def _change_out(one: ComingChange, lang: str) -> ChangeOut:
    return ChangeOut(
        section=one.section,
        id=one.id,
        title=one.title.say(lang),
        how=one.how,
        open_matters=one.open_matters,
        diff=dict(change_json(current_pack(), one.diff, lang)),
    )


@router.get("/coming/{day}", response=Listed[ChangeOut])
def list_changes(
    request: HttpRequest, day: Day, paging: PageQuery, section: Annotated[str, Query(max_length=40)] = ""
) -> Listed[ChangeOut]:
    """List what the day changes: clocks, limits, fines, damages, values, forms, instruments."""
    lang = lang_of(request)
    page = queries.coming_on(person_of(request), day, section=section, page=paging.page, size=paging.size)
    return listed(request, page, lambda one: _change_out(one, lang))


def _touched_out(one: TouchedMatter, lang: str) -> TouchedOut:
    return TouchedOut(
        matter=one.matter.number,
        title=one.matter.title,
        place=one.matter.place,
        touches=[
            TouchOut(
                section=touch.section,
                id=touch.id,
                title=touch.title.say(lang),
                how=touch.how,
                by=touch.by,  # type: ignore[arg-type]  # the words of coming.py are those of the schema
                value=touch.value,
                due=touch.clock.due.isoformat() if touch.clock and touch.clock.due else None,
            )
            for touch in one.touches
        ],
    )


@router.get("/coming/{day}/matters", response=Listed[TouchedOut])
def list_touched_matters(
    request: HttpRequest, day: Day, paging: PageQuery, entry: Annotated[str, Query(max_length=80)] = ""
) -> Listed[TouchedOut]:
    """List the open matters you may know of that the day touches (or one changed entry of it), each with why."""
    lang = lang_of(request)
    page = queries.touched_matters(person_of(request), day, entry=entry, page=paging.page, size=paging.size)
    return listed(request, page, lambda one: _touched_out(one, lang))


@router.get("/coming/{day}/export", response=None, openapi_extra=SHEET)
def export_touched_matters(
    request: HttpRequest,
    day: Day,
    format: Annotated[Format, Query()] = "csv",  # noqa: A002  the word the other exports use
) -> HttpResponse:
    """Give the open matters the day touches as CSV or Excel, a row for each change of each matter."""
    out = BytesIO()
    export_coming(actor=person_of(request), out=out, format=format, day=day, now=timezone.now())
    return sheet_answer(out.getvalue(), f"coming-{day.isoformat()}.{format}")
