"""The register: rights found by words, and what was true of one on a day."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Json, Line, PlaceText, Title
from zhibao.apps.register.access import access_right
from zhibao.apps.register.actions.add_right import add_right
from zhibao.apps.register.models import Right
from zhibao.apps.register.newcomers import NewParty, NewPeriod, NewRight
from zhibao.apps.register.queries import RightOn, right_as_of, search_rights
from zhibao.kernel.days import legal_day
from zhibao.kernel.uscc import Uscc

router = Router(tags=["rights"])
Text = Annotated[str, Query(max_length=200)]


class PartyOut(Schema):
    """An owner."""

    id: UUID
    kind: str
    name: str
    name_en: str
    uscc: str
    place: str
    country: str


class OnDay(Schema):
    """What the register says of a right on a day. ``in_force`` null: it does not say."""

    day: date
    status: str
    in_force: bool | None
    since: date | None
    until: date | None
    reason: str


class PeriodOut(Schema):
    """A span in which a right had one status; both days included."""

    status: str
    from_day: date
    to_day: date | None
    reason: str


class RightOut(Schema):
    """A right."""

    id: UUID
    kind: str
    number: str
    name: str
    name_en: str
    classes: list[int]
    owner: PartyOut
    applied_on: date | None
    granted_on: date | None
    watched: bool
    place: str
    on: OnDay


class RightWhole(RightOut):
    """A right with its periods and what only its kind has."""

    goods: str
    industry: str
    details: Json
    periods: list[PeriodOut]


class OwnerIn(Given):
    """An owner; found again by credit code, else by name, else made."""

    name: Title
    kind: Literal["company", "shop", "person", "group"] = "company"
    name_en: str = Field("", max_length=200)
    uscc: str = Field("", max_length=18)
    place: PlaceText | None = None
    address: Line = ""
    country: str = Field("CN", pattern="^[A-Z]{2}$")


class PeriodIn(Given):
    """A span of days with one status; both days included."""

    status: Literal["pending", "in-force", "suspended", "expired", "cancelled", "invalidated"]
    from_day: date
    to_day: date | None = None
    reason: str = Field("", max_length=200)


class RightIn(Given):
    """A new right."""

    kind: str = Field(min_length=1, max_length=24)
    number: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=300)
    name_en: str = Field("", max_length=300)
    owner: OwnerIn
    classes: list[Annotated[int, Field(ge=1, le=45)]] = Field(default_factory=list, max_length=45)
    goods: str = Field("", max_length=5000)
    applied_on: date | None = None
    granted_on: date | None = None
    place: PlaceText | None = None
    watched: bool | None = None
    periods: list[PeriodIn] = Field(default_factory=list, max_length=50)


def _new_right(body: RightIn) -> NewRight:
    owner = body.owner
    return NewRight(
        kind=body.kind,
        number=body.number,
        name=body.name,
        owner=NewParty(**owner.dict(exclude={"place", "uscc"}), place=owner.place or "", uscc=_uscc(owner.uscc)),
        name_en=body.name_en,
        classes=tuple(body.classes),
        goods=body.goods,
        applied_on=body.applied_on,
        granted_on=body.granted_on,
        place=body.place or "",
        watched=body.watched,
        periods=tuple(NewPeriod(one.status, one.from_day, one.to_day, one.reason) for one in body.periods),
    )


def _uscc(text: str) -> str:
    """Return a credit code whose check digit holds; raises BadUscc."""
    return Uscc.from_text(text).code if text else ""


def on_day(found: RightOn, day: date, lang: str) -> OnDay:
    """Return what was true of a right as it goes out."""
    return OnDay(
        day=day,
        status=found.status,
        in_force=found.in_force,
        since=found.since,
        until=found.until,
        reason=found.reason.say(lang),
    )


def right_out(right: Right, found: RightOn, day: date, lang: str) -> RightOut:
    """Return a right as it goes out."""
    return RightOut(**_common(right), on=on_day(found, day, lang))


def _common(right: Right) -> Json:
    names = ("kind", "number", "name", "name_en", "classes", "applied_on", "granted_on", "watched", "place")
    return {name: getattr(right, name) for name in names} | {"id": right.pk, "owner": PartyOut.from_orm(right.owner)}


class RightSearch(Schema):
    """What is looked for."""

    text: str = Field("", max_length=200, description="Words of the name, number or owner; all must be there.")
    kind: str = Field("", max_length=24)
    on: date | None = Field(None, description="The day the answer is for; today by default.")
    in_force: bool = Field(False, description="Only rights in force on that day.")


@router.get("", response=Listed[RightOut])
def search(request: HttpRequest, wanted: Annotated[RightSearch, Query()], paging: PageQuery) -> Listed[RightOut]:
    """Find rights by words, each with what was true of it on a day."""
    day, lang = wanted.on or legal_day(timezone.now()), lang_of(request)
    page = search_rights(
        person_of(request),
        wanted.text,
        wanted.kind,
        as_of=day,
        in_force_only=wanted.in_force,
        page=paging.page,
        size=paging.size,
    )
    return listed(request, page, lambda found: right_out(found.right, found.on, day, lang))


@router.post("", response={201: RightWhole})
def enter_right(request: HttpRequest, body: RightIn) -> Status[RightWhole]:
    """Enter one right; many are brought in as a file under /api/imports."""
    actor, now = person_of(request), timezone.now()
    made = add_right(actor=actor, right=_new_right(body), now=now)
    return Status(201, _whole(access_right(actor, made.pk), legal_day(now), lang_of(request)))


@router.get("/{right_id}", response=RightWhole)
def read_right(request: HttpRequest, right_id: UUID, on: Annotated[date | None, Query()] = None) -> RightWhole:
    """Tell all of a right, and what was true of it on a day (today by default)."""
    right = access_right(person_of(request), right_id)
    return _whole(right, on or legal_day(timezone.now()), lang_of(request))


def _whole(right: Right, day: date, lang: str) -> RightWhole:
    return RightWhole(
        **_common(right),
        on=on_day(right_as_of(right, day), day, lang),
        goods=right.goods,
        industry=right.industry,
        details=right.details,
        periods=[PeriodOut.from_orm(period) for period in right.periods.all()],
    )
