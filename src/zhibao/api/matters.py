"""Matters: what was recorded, and what follows from it in law."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Json, Line, PlaceText, Seq, Title, When, Word
from zhibao.apps.cases import queries
from zhibao.apps.cases.access import access_matter
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.queries import MatterFilters
from zhibao.apps.register.access import access_right
from zhibao.docket.events import Event

router = Router(tags=["matters"])
Purpose = Annotated[str, Query(max_length=200, description="Why a supervisor reads; kept in the reading log.")]


class ProceedingOut(Schema):
    """One organ's handling of the matter."""

    id: UUID
    procedure: str
    organ: str
    number: str
    handler: str | None
    opened_at: datetime
    closed_at: datetime | None
    stage: str


class MatterOut(Schema):
    """A matter, as it stands in a list."""

    id: UUID
    number: str
    title: str
    place: str
    opened_at: datetime
    head_seq: int = Field(description="The number of its last event: give it as expected_seq.")
    next_due: datetime | None
    proceedings: list[ProceedingOut]


class MatterWhole(MatterOut):
    """A matter with what follows from its events now: clocks, assessment and findings as CONTRACT prints them."""

    now: datetime
    law_pack: str
    head_hash: str
    clocks: list[Json]
    assessment: Json | None = Field(None, description="null while the facts recorded do not allow one")
    missing: Json | None = Field(None, description="what keeps them from being assessed, as an error")
    findings: list[Json]


class EventOut(Schema):
    """Something that happened, as it was recorded."""

    seq: int
    proceeding: str
    procedure: str
    organ: str
    actor: str
    kind: str
    at: datetime
    recorded_at: datetime | None
    data: Json
    exhibits: list[str]
    law_pack: str
    prev: str
    hash: str


class MatterIn(Given):
    """A new matter, opened at your organ."""

    title: Title
    place: PlaceText
    procedure: Word
    rights: list[UUID] = Field(default_factory=list, max_length=50)
    received_at: When | None = None


class EventIn(Given):
    """An event to record. ``expected_seq``: the matter's last event you have seen; others since then are a conflict."""

    proceeding: UUID
    kind: Word
    at: When
    data: Json = Field(default_factory=dict)
    exhibits: list[UUID] = Field(default_factory=list, max_length=100)
    expected_seq: Seq


class CorrectionIn(Given):
    """What was wrong with event ``seq``: its time, its data, or that it happened at all."""

    why: Line
    at: When | None = None
    data: Json | None = None
    withdrawn: bool = False
    expected_seq: Seq


class HandOverIn(Given):
    """Which proceeding is handed over, and to whom; without ``to``, to the one competent organ of the place."""

    proceeding: UUID
    to: str = Field("", max_length=80)
    procedure: Word = "criminal"
    at: When | None = None
    data: Json = Field(default_factory=dict)
    exhibits: list[UUID] = Field(default_factory=list, max_length=100)
    expected_seq: Seq


class HandedOverOut(Schema):
    """The event that handed over, and the proceeding it opened at the receiving organ."""

    event: EventOut
    proceeding: ProceedingOut


def proceeding_out(proceeding: Proceeding) -> ProceedingOut:
    """Return a proceeding as it goes out."""
    return ProceedingOut(
        id=proceeding.pk,
        procedure=proceeding.procedure,
        organ=proceeding.organ_id,
        number=proceeding.number,
        handler=proceeding.handler.username if proceeding.handler else None,
        opened_at=proceeding.opened_at,
        closed_at=proceeding.closed_at,
        stage=proceeding.stage,
    )


def _common(matter: Matter, proceedings: Iterable[Proceeding]) -> Json:
    names = ("number", "title", "place", "opened_at", "head_seq", "next_due")
    shown = [proceeding_out(one) for one in proceedings]
    return {name: getattr(matter, name) for name in names} | {"id": matter.pk, "proceedings": shown}


def _in_list(matter: Matter) -> MatterOut:
    return MatterOut(**_common(matter, matter.proceedings.all()))


def event_out(event: Event) -> EventOut:
    """Return an event as it goes out."""
    names = (
        "seq",
        "proceeding",
        "procedure",
        "organ",
        "actor",
        "kind",
        "at",
        "recorded_at",
        "law_pack",
        "prev",
        "hash",
    )
    return EventOut(
        **{name: getattr(event, name) for name in names}, data=dict(event.data), exhibits=list(event.exhibits)
    )


def whole(matter: Matter, lang: str) -> MatterWhole:
    """Return a matter with what follows from its events at this moment."""
    now, pack = timezone.now(), current_pack()
    derived = queries.derived_of(matter, now)
    return MatterWhole(
        **_common(matter, queries.proceedings_of(matter)),
        now=now,
        law_pack=pack.hash,
        head_hash=matter.head_hash,
        clocks=[clock.as_json(pack, lang) for clock in derived.clocks],
        assessment=derived.assessment.as_json(lang) if derived.assessment else None,
        missing=derived.missing.as_json(lang) if derived.missing else None,
        findings=[finding.as_json(pack, lang) for finding in derived.findings],
    )


class MatterSearch(Schema):
    """What the list is narrowed to."""

    text: str = Field("", max_length=200)
    place: str = Field("", max_length=6)
    procedure: str = Field("", max_length=24)
    organ: str = Field("", max_length=80)
    state: Literal["", "open", "closed", "overdue", "transferred"] = ""
    mine: bool = False


@router.get("", response=Listed[MatterOut])
def list_matters(
    request: HttpRequest, wanted: Annotated[MatterSearch, Query()], paging: PageQuery
) -> Listed[MatterOut]:
    """List the matters you may know of, newest first."""
    page = queries.matters(person_of(request), MatterFilters(**wanted.dict()), paging.page, paging.size)
    return listed(request, page, _in_list)


@router.post("", response={201: MatterWhole})
def open_new(request: HttpRequest, body: MatterIn) -> Status[MatterWhole]:
    """Open a matter with its first proceeding at your organ."""
    actor = person_of(request)
    matter = open_matter(
        actor=actor,
        title=body.title,
        place=body.place,
        procedure=body.procedure,
        rights=[access_right(actor, right) for right in body.rights],
        received_at=body.received_at,
        now=timezone.now(),
    )
    return Status(201, whole(matter, lang_of(request)))


@router.get("/{matter_id}", response=MatterWhole)
def read_matter(request: HttpRequest, matter_id: UUID, purpose: Purpose = "") -> MatterWhole:
    """Tell a matter with its clocks, assessment and findings as they stand now."""
    return whole(access_matter(person_of(request), matter_id, purpose), lang_of(request))


@router.get("/{matter_id}/events", response=list[EventOut])
def list_events(request: HttpRequest, matter_id: UUID, purpose: Purpose = "") -> list[EventOut]:
    """List the events of a matter as recorded, with the chain that joins them; corrections stand as events of their own."""
    matter = access_matter(person_of(request), matter_id, purpose)
    return [event_out(event) for event in queries.events_of(matter)]


@router.post("/{matter_id}/events", response={201: EventOut})
def add_event(request: HttpRequest, matter_id: UUID, body: EventIn) -> Status[EventOut]:
    """Record an event. If others were recorded since ``expected_seq``, this is a conflict that names them."""
    event = record_event(
        actor=person_of(request),
        matter_id=matter_id,
        proceeding_id=body.proceeding,
        kind=body.kind,
        at=body.at,
        data=body.data,
        exhibits=[str(exhibit) for exhibit in body.exhibits],
        expected_seq=body.expected_seq,
        now=timezone.now(),
    )
    return Status(201, event_out(event))


@router.post("/{matter_id}/events/{seq}/correction", response={201: EventOut})
def correct(request: HttpRequest, matter_id: UUID, seq: Seq, body: CorrectionIn) -> Status[EventOut]:
    """Correct an event by a further event; the first record stays."""
    event = correct_event(
        actor=person_of(request),
        matter_id=matter_id,
        seq=seq,
        why=body.why,
        at=body.at,
        data=body.data,
        withdrawn=body.withdrawn,
        expected_seq=body.expected_seq,
        now=timezone.now(),
    )
    return Status(201, event_out(event))


@router.post("/{matter_id}/handing-over", response={201: HandedOverOut})
def hand_on(request: HttpRequest, matter_id: UUID, body: HandOverIn) -> Status[HandedOverOut]:
    """Hand a proceeding over to another organ, where a new one opens in the same matter."""
    now = timezone.now()
    handed = hand_over(
        actor=person_of(request),
        matter_id=matter_id,
        proceeding_id=body.proceeding,
        to=body.to,
        procedure=body.procedure,
        at=body.at or now,
        data=body.data,
        exhibits=[str(exhibit) for exhibit in body.exhibits],
        expected_seq=body.expected_seq,
        now=now,
    )
    return Status(201, HandedOverOut(event=event_out(handed.event), proceeding=proceeding_out(handed.proceeding)))
