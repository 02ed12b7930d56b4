"""Leads: suspicions that wait for a person, and what the person says of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Line, yuan
from zhibao.apps.watch import queries
from zhibao.apps.watch.actions.allow_shop import VERDICT as SHOP_ALLOWED
from zhibao.apps.watch.actions.allow_shop import allow_shop
from zhibao.apps.watch.actions.decide_lead import decide_lead
from zhibao.apps.watch.actions.open_from_lead import open_from_lead
from zhibao.apps.watch.actions.undo_decision import undo_decision
from zhibao.apps.watch.models import Hit, Lead, LeadDecision
from zhibao.apps.watch.queries import LeadDetail, LeadFilters

router = Router(tags=["leads"])


class LeadOut(Schema):
    """A lead, as it stands in a list."""

    id: UUID
    number: str
    source: str
    title: str
    state: str
    score: int = Field(description="Only orders the list.")
    raised_at: datetime
    place: str
    organ: str
    right_id: UUID | None
    right_name: str | None
    matter_id: UUID | None


class HitOut(Schema):
    """A match: where it stands in the raw title, and why it is one."""

    channel: str
    start: int
    end: int
    surface: str
    score: int
    reasons: Any
    listing_id: str
    feed: str
    title: str
    shop: str
    price: str | None
    url: str
    seen_at: datetime


class DecisionOut(Schema):
    """What a person said of a lead."""

    verdict: str
    by: str
    at: datetime
    why: str


class LeadWhole(LeadOut):
    """A lead with all a person needs to judge it."""

    text: str
    hits: list[HitOut]
    decisions: list[DecisionOut]


class VerdictIn(Given):
    """What the lead is.

    like: worth pursuing; unlike: nothing in it; authorised: the right's owner allows it; shop-allowed: the owner allows
    the shop, which is not raised again for this right.
    """

    verdict: Literal["like", "unlike", "authorised", "shop-allowed"]
    why: Line = ""


class WhyIn(Given):
    """Why, in a sentence."""

    why: Line = ""


class OpenIn(Given):
    """How the matter is to be called; the lead's title by default."""

    title: str = Field("", max_length=200)
    why: Line = ""


class OpenedOut(Schema):
    """The matter a lead became."""

    matter_id: UUID
    number: str


def _common(lead: Lead) -> dict[str, Any]:
    names = ("number", "source", "title", "state", "score", "raised_at", "place")
    return {name: getattr(lead, name) for name in names} | {
        "id": lead.pk,
        "organ": lead.organ_id,
        "right_id": lead.right_id,
        "right_name": lead.right.name if lead.right else None,
        "matter_id": lead.matter_id,
    }


def lead_out(lead: Lead) -> LeadOut:
    """Return a lead as it goes out in a list."""
    return LeadOut(**_common(lead))


def _hit(hit: Hit) -> HitOut:
    listing = hit.listing
    return HitOut(
        channel=hit.channel,
        start=hit.start,
        end=hit.end,
        surface=hit.surface,
        score=hit.score,
        reasons=hit.reasons,
        listing_id=listing.external_id,
        feed=listing.feed_id,
        title=listing.title,
        shop=listing.shop,
        price=yuan(listing.price_fen),
        url=listing.url,
        seen_at=listing.seen_at,
    )


def _decision(decision: LeadDecision) -> DecisionOut:
    return DecisionOut(verdict=decision.verdict, by=decision.by.username, at=decision.at, why=decision.why)


def _whole(detail: LeadDetail) -> LeadWhole:
    return LeadWhole(
        **_common(detail.lead),
        text=detail.lead.text,
        hits=[_hit(hit) for hit in detail.hits],
        decisions=[_decision(decision) for decision in detail.decisions],
    )


class LeadSearch(Schema):
    """What the list is narrowed to."""

    text: str = Field("", max_length=200)
    state: Literal["", "new", "kept", "dismissed", "authorised", "opened"] = ""
    source: Literal["", "watch", "report", "owner", "organ"] = ""
    channel: str = Field("", max_length=16)
    place: str = Field("", max_length=6)
    organ: str = Field("", max_length=80)


@router.get("", response=Listed[LeadOut])
def list_leads(request: HttpRequest, wanted: Annotated[LeadSearch, Query()], paging: PageQuery) -> Listed[LeadOut]:
    """List the leads on your organ's desk and on the desks below it, best first."""
    page = queries.leads(person_of(request), LeadFilters(**wanted.dict()), paging.page, paging.size)
    return listed(request, page, lead_out)


@router.get("/{lead_id}", response=LeadWhole)
def read_lead(request: HttpRequest, lead_id: UUID) -> LeadWhole:
    """Tell all of a lead: its listings with the places that match and why, and what was said of it."""
    return _whole(queries.lead_detail(person_of(request), lead_id))


@router.post("/{lead_id}/decision", response=LeadWhole)
def decide(request: HttpRequest, lead_id: UUID, body: VerdictIn) -> LeadWhole:
    """Say what a lead is."""
    actor = person_of(request)
    if body.verdict == SHOP_ALLOWED:
        allow_shop(actor=actor, lead_id=lead_id, why=body.why, now=timezone.now())
    else:
        decide_lead(actor=actor, lead_id=lead_id, verdict=body.verdict, why=body.why, now=timezone.now())
    return _whole(queries.lead_detail(actor, lead_id))


@router.post("/{lead_id}/undo", response=LeadWhole)
def undo(request: HttpRequest, lead_id: UUID, body: WhyIn) -> LeadWhole:
    """Take back what was said last; both stay on record."""
    actor = person_of(request)
    undo_decision(actor=actor, lead_id=lead_id, why=body.why, now=timezone.now())
    return _whole(queries.lead_detail(actor, lead_id))


@router.post("/{lead_id}/matter", response={201: OpenedOut})
def open_lead(request: HttpRequest, lead_id: UUID, body: OpenIn) -> Status[OpenedOut]:
    """Open a matter from a lead."""
    actor = person_of(request)
    matter = open_from_lead(actor=actor, lead_id=lead_id, title=body.title, why=body.why, now=timezone.now())
    return Status(201, OpenedOut(matter_id=matter.pk, number=matter.number))
