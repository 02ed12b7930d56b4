"""Feeds and their listings: what is sold, given in batches, and screened as a job."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from zhibao.api.auth import person_of
from zhibao.api.jobs import JobOut, job_out
from zhibao.api.language import lang_of
from zhibao.api.texts import Given, PlaceText, Sha256, When, Yuan
from zhibao.apps.watch import queries
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.apps.work.actions.ask_job import ask_job
from zhibao.kernel.money import parse_yuan

router = Router(tags=["listings"])
LARGEST_BATCH = 2000
FeedId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class FeedOut(Schema):
    """A feed with its counts."""

    id: str
    name_zh: str
    name_en: str
    listings: int
    unscreened: int
    last_seen: datetime | None
    hits: dict[str, int] = Field(description="By channel.")


class FeedIn(Given):
    """A new feed."""

    id: FeedId
    name_zh: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ListingIn(Given):
    """Something offered. What is not known is left out."""

    id: str = Field(max_length=200)
    title: str = Field(max_length=2000)
    shop: str = Field("", max_length=500)
    price: Yuan | None = None
    category: str = Field("", max_length=500)
    url: str = Field("", max_length=2000)
    image_sha256: Sha256 | None = None
    place: PlaceText | None = None
    seen_at: When | None = None


class ListingsIn(Given):
    """A batch of listings."""

    listings: list[ListingIn] = Field(min_length=1, max_length=LARGEST_BATCH)


class Refusal(Schema):
    """A row that was not kept, and why."""

    code: str
    detail: str
    hint: str
    where: str
    row: int = Field(description="Which listing of the batch, from 1.")


class TakenOut(Schema):
    """What became of a batch."""

    new: int
    same: int
    refused: list[Refusal]


def _incoming(row: ListingIn) -> IncomingListing:
    return IncomingListing(
        external_id=row.id,
        title=row.title,
        shop=row.shop,
        price_fen=None if row.price is None else parse_yuan(row.price),
        category=row.category,
        url=row.url,
        image_sha256=row.image_sha256 or "",
        place=row.place or "",
        seen_at=row.seen_at,
    )


@router.get("", response=list[FeedOut])
def list_feeds(request: HttpRequest) -> list[FeedOut]:
    """List the feeds with how much each holds and what was found in it."""
    return [
        FeedOut(
            id=view.feed.pk,
            name_zh=view.feed.name_zh,
            name_en=view.feed.name_en,
            listings=view.listings,
            unscreened=view.unscreened,
            last_seen=view.last_seen,
            hits=dict(view.hits),
        )
        for view in queries.feeds(person_of(request))
    ]


@router.post("", response={201: FeedOut})
def add_feed(request: HttpRequest, body: FeedIn) -> Status[FeedOut]:
    """Enter a feed."""
    actor, now = person_of(request), timezone.now()
    feed = make_feed(actor=actor, id=body.id, name_zh=body.name_zh, name_en=body.name_en, now=now)
    return Status(
        201,
        FeedOut(
            id=feed.pk, name_zh=feed.name_zh, name_en=feed.name_en, listings=0, unscreened=0, last_seen=None, hits={}
        ),
    )


@router.post("/{feed_id}/listings", response=TakenOut)
def add_listings(request: HttpRequest, feed_id: FeedId, body: ListingsIn) -> TakenOut:
    """Give a batch of listings. Those known already change nothing; those that cannot be kept are told one by one."""
    lang = lang_of(request)
    rows = [_incoming(row) for row in body.listings]
    taken = take_listings(actor=person_of(request), feed=feed_id, rows=rows, now=timezone.now(), total=len(rows))
    refused = [
        Refusal(
            code=fault.code,
            detail=fault.say(lang),
            hint=fault.hint(lang),
            where=fault.where,
            row=int(fault.data.get("row", 0)),
        )
        for fault in taken.refused
    ]
    return TakenOut(new=taken.new, same=taken.same, refused=refused)


@router.post("/{feed_id}/screening", response={202: JobOut})
def screen(request: HttpRequest, feed_id: FeedId) -> Status[JobOut]:
    """Ask for the feed to be held against the register; follow the job under /api/jobs."""
    actor = person_of(request)
    job = ask_job(actor=actor, kind="screen-feed", data={"feed": feed_id}, key=feed_id, now=timezone.now())
    return Status(202, job_out(job, lang_of(request)))
