"""What law officers do: texts of law, values held against them, and the record of it."""

from datetime import date, datetime
from io import BytesIO
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.law_answers import Day
from zhibao.api.law_coming import SHEET, Format, sheet_answer
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Json
from zhibao.apps.library import queries
from zhibao.apps.library.actions.check_value import check_value
from zhibao.apps.library.actions.export_values import export_values
from zhibao.apps.library.actions.import_text import import_text
from zhibao.apps.library.actions.tell_text import tell_text
from zhibao.apps.library.checks import TextFinding
from zhibao.apps.library.errors import TextTooLarge
from zhibao.apps.library.models import LawEvent, LawText
from zhibao.apps.library.texts.decoding import LIMIT, MIB
from zhibao.apps.library.values import ValueFilters, ValueView

router = Router(tags=["law"])
Id = Annotated[str, StringConstraints(max_length=80)]
FormId = Annotated[str, Form(max_length=80)]
Note = Annotated[str, StringConstraints(max_length=1000)]


class TextOut(Schema):
    """An imported text. ``why``: why it fits no version, or what to know of its match."""

    id: int
    state: Literal["current", "replaced", "unmatched"]
    instrument: str | None
    version: str | None
    how: str | None
    title: str
    number: str
    adopted: date | None
    starts: date | None
    source_name: str
    sha256: str
    by: str
    at: datetime
    why: str | None
    notes: list[Json] = Field(description="What looks odd: line and sentence.")


class FindingOut(Schema):
    """Where the pack cites what the text does not have. ``where`` is file and line of the pack."""

    kind: str
    cite_id: str
    says: str
    where: str
    text: int


class ImportedOut(Schema):
    """What became of one file."""

    text: TextOut
    made: bool = Field(description="false: the same text was here already.")
    articles: int
    findings: list[FindingOut]


class TextQuery(Schema):
    """What the list is narrowed to."""

    state: Literal["", "current", "replaced", "unmatched"] = ""
    text: Id = ""
    instrument: Id = ""


class ToldIn(Given):
    """Which version a text is."""

    instrument: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    version: Annotated[str, StringConstraints(min_length=1, max_length=20)]


class CheckOut(Schema):
    """What was last said of a value here."""

    at: datetime
    by: str
    organ: str
    verdict: str
    against: str
    note: str
    same_pack: bool


class ValueOut(Schema):
    """A legal value. ``checked_on``: the day the law file says the cited text was looked at."""

    id: str
    section: str
    entry: str
    title: str
    in_force_from: date | None
    in_force_to: date | None
    cites: list[str]
    confidence: str | None
    where: str
    checked_on: date | None
    state: str
    last_on: date | None
    last_check: CheckOut | None


class ValueQuery(Schema):
    """What the list is narrowed to. ``before``: last checked before that day, or never."""

    section: Id = ""
    text: Id = ""
    state: Literal["", "unconfirmed", "confirmed", "differs", "text", "secondary"] = ""
    instrument: Id = ""
    before: Day | None = None


class CheckIn(Given):
    """What you say of a value."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=240)]
    verdict: Literal["confirmed", "differs"]
    against: Annotated[str, StringConstraints(max_length=400)] = Field(description="What it was held against.")
    note: Note = ""


class EventOut(Schema):
    """Something that was done about the law."""

    id: int
    kind: str
    at: datetime
    by: str | None
    organ: str | None
    subject: str
    version: str
    against: str
    verdict: str
    note: str
    law_pack: str
    data: Json


def text_out(text: LawText, lang: str) -> TextOut:
    """Return a text as it goes out."""
    return TextOut(
        id=text.pk,
        state=text.state,  # type: ignore[arg-type]  # the model knows these three
        instrument=text.instrument or None,
        version=text.version or None,
        how=text.how or None,
        title=text.title,
        number=text.number,
        adopted=text.adopted,
        starts=text.starts,
        source_name=text.source_name,
        sha256=text.sha256,
        by=text.by.username,
        at=text.at,
        why=text.why.get(lang),
        notes=[{"line": note["line"], "says": note[lang]} for note in text.notes],
    )


def _finding_out(one: TextFinding, lang: str) -> FindingOut:
    return FindingOut(
        kind=one.kind, cite_id=one.cite.to_text(), says=one.says.say(lang), where=one.where, text=one.text
    )


@router.get("/texts", response=Listed[TextOut])
def list_texts(request: HttpRequest, wanted: Annotated[TextQuery, Query()], paging: PageQuery) -> Listed[TextOut]:
    """List the imported texts of law."""
    lang = lang_of(request)
    page = queries.texts(person_of(request), page=paging.page, size=paging.size, **wanted.dict())
    return listed(request, page, lambda text: text_out(text, lang))


@router.post("/texts", response={201: ImportedOut})
def bring_in_text(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    instrument: FormId = "",
    version: FormId = "",
) -> Status[ImportedOut]:
    """Send a text of law (Markdown, Word); it is split into articles and matched to a version. The same text again changes nothing."""
    lang, name = lang_of(request), file.name or "file"
    if (file.size or 0) > LIMIT:
        raise TextTooLarge(where=name, name=name, limit=LIMIT // MIB)
    done = import_text(
        actor=person_of(request), raw=file.read(), name=name, instrument=instrument, version=version, now=timezone.now()
    )
    told = ImportedOut(
        text=text_out(done.text, lang),
        made=done.made,
        articles=done.articles,
        findings=[_finding_out(one, lang) for one in done.findings],
    )
    return Status(201, told)


TextId = Annotated[int, Field(ge=1, le=2_000_000_000)]


@router.post("/texts/{text_id}/version", response=TextOut)
def say_version(request: HttpRequest, text_id: TextId, body: ToldIn) -> TextOut:
    """Say which version of which instrument a text is."""
    text = tell_text(
        actor=person_of(request), text_id=text_id, instrument=body.instrument, version=body.version, now=timezone.now()
    )
    return text_out(text, lang_of(request))


@router.get("/text-findings", response=list[FindingOut])
def list_text_findings(request: HttpRequest, instrument: Annotated[str, Query(max_length=80)] = "") -> list[FindingOut]:
    """List where the pack cites an article, paragraph or item that the imported text does not have."""
    lang = lang_of(request)
    return [_finding_out(one, lang) for one in queries.text_findings(person_of(request), instrument)]


def _value_out(view: ValueView, lang: str) -> ValueOut:
    value, check = view.value, view.check
    return ValueOut(
        id=value.id,
        section=value.section,
        entry=value.entry,
        title=value.title.say(lang),
        in_force_from=value.first,
        in_force_to=value.last,
        cites=[cite.to_text() for cite in value.cites],
        confidence=str(value.confidence) if value.confidence else None,
        where=value.where,
        checked_on=value.checked_on,
        state=view.state,
        last_on=view.last_on,
        last_check=CheckOut(
            at=check.at,
            by=check.by.say(lang),
            organ=check.organ.say(lang),
            verdict=check.verdict,
            against=check.against,
            note=check.note,
            same_pack=check.same_pack,
        )
        if check
        else None,
    )


@router.get("/values", response=Listed[ValueOut])
def list_values(request: HttpRequest, wanted: Annotated[ValueQuery, Query()], paging: PageQuery) -> Listed[ValueOut]:
    """List every legal value with when and by whom it was last checked."""
    lang = lang_of(request)
    page = queries.values(person_of(request), ValueFilters(**wanted.dict()), paging.page, paging.size)
    return listed(request, page, lambda view: _value_out(view, lang))


@router.get("/values/export", response=None, openapi_extra=SHEET)
def export_legal_values(
    request: HttpRequest,
    wanted: Annotated[ValueQuery, Query()],
    format: Annotated[Format, Query()] = "csv",  # noqa: A002  the word the other exports use
) -> HttpResponse:
    """Give the values as CSV or Excel."""
    out = BytesIO()
    filters = ValueFilters(**wanted.dict())
    export_values(actor=person_of(request), out=out, format=format, filters=filters, now=timezone.now())
    return sheet_answer(out.getvalue(), f"values.{format}")


def event_out(row: LawEvent) -> EventOut:
    """Return an event as it goes out."""
    return EventOut(
        id=row.pk,
        kind=row.kind,
        at=row.at,
        by=row.by.username if row.by else None,
        organ=row.organ_id,
        subject=row.subject,
        version=row.version,
        against=row.against,
        verdict=row.verdict,
        note=row.note,
        law_pack=row.law_pack,
        data=row.data,
    )


@router.post("/checks", response={201: EventOut})
def say_of_value(request: HttpRequest, body: CheckIn) -> Status[EventOut]:
    """Say whether a legal value is as the text says; it is kept as an event and never changed."""
    event = check_value(
        actor=person_of(request),
        value_id=body.value,
        verdict=body.verdict,
        against=body.against,
        note=body.note,
        now=timezone.now(),
    )
    return Status(201, event_out(event))


Kind = Literal["", "text-imported", "text-told", "value-checked", "pack-activated", "pack-refused"]


class EventQuery(Schema):
    """What the list is narrowed to."""

    kind: Kind = ""
    subject: Annotated[str, StringConstraints(max_length=240)] = ""


@router.get("/events", response=Listed[EventOut])
def list_law_events(
    request: HttpRequest, wanted: Annotated[EventQuery, Query()], paging: PageQuery
) -> Listed[EventOut]:
    """List what was done about the law, newest first."""
    kinds = (wanted.kind,) if wanted.kind else ()
    page = queries.events(person_of(request), kinds=kinds, subject=wanted.subject, page=paging.page, size=paging.size)
    return listed(request, page, event_out)
