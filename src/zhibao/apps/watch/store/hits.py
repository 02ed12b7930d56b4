"""Hits and leads as rows: one lead for each right and series.

Knows how to keep them without keeping any twice; does not know how a match is found.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibao.apps.cases.store.numbers import lead_numbers
from zhibao.apps.register.models import Right
from zhibao.apps.watch.desks import Desks
from zhibao.apps.watch.models import Hit, Lead, Listing
from zhibao.matching.model import Match

PER_FURTHER_LISTING = 2  # a shop with many such listings comes before one with a single one
MOST_FOR_LISTINGS = 20
NEW = "new"

Key = tuple[str, str]  # right id, series


@dataclass(frozen=True, slots=True)
class Seen:
    """A match in a listing, with the right it is about."""

    listing: Listing
    right: Right
    match: Match


def series_of(listing: Listing) -> str:
    """Return what holds listings together: feed and shop; a listing without a shop stands alone."""
    return f"{listing.feed_id}/{listing.shop}" if listing.shop else f"{listing.feed_id}/#{listing.external_id}"


def keep_hits(seen: Sequence[Seen], desks: Desks, now: datetime) -> tuple[int, int]:
    """Keep hits and their leads, inside the caller's transaction; return how many of each were new."""
    leads, raised = _leads_for(seen, desks, now)
    listings = {one.listing.pk for one in seen}
    there = set(
        Hit.objects.filter(listing_id__in=listings).values_list("listing_id", "right_id", "channel", "start", "end")
    )
    hits = [
        Hit(
            listing=one.listing,
            right=one.right,
            lead=leads[str(one.right.pk), series_of(one.listing)],
            channel=one.match.channel,
            start=one.match.start,
            end=one.match.end,
            surface=one.match.surface[:200],
            score=one.match.score,
            reasons=[reason.as_json() for reason in one.match.reasons],
        )
        for one in seen
        if (one.listing.pk, one.right.pk, one.match.channel, one.match.start, one.match.end) not in there
    ]
    Hit.objects.bulk_create(hits, ignore_conflicts=True)
    return len(hits), raised


def _leads_for(seen: Sequence[Seen], desks: Desks, now: datetime) -> tuple[dict[Key, Lead], int]:
    first: dict[Key, Seen] = {}
    for one in seen:
        first.setdefault((str(one.right.pk), series_of(one.listing)), one)
    found = Lead.objects.filter(source="watch", series__in={series for _, series in first})
    found = found.filter(right_id__in={right for right, _ in first})
    leads = {(str(lead.right_id), lead.series): lead for lead in found}
    wanted = [key for key in first if key not in leads]
    numbers = lead_numbers(now, len(wanted)) if wanted else []
    new = [_lead(first[key], key, number, desks, now) for key, number in zip(wanted, numbers, strict=True)]
    Lead.objects.bulk_create(new)
    return leads | dict(zip(wanted, new, strict=True)), len(new)


def _lead(one: Seen, key: Key, number: str, desks: Desks, now: datetime) -> Lead:
    """Where the goods are sold from comes before where the right is at home: that is where an organ can act."""
    places = one.listing.place, one.right.place, one.right.owner.place
    desk = desks.desk_or_widest(*places)
    return Lead(
        number=number,
        source="watch",
        right=one.right,
        series=key[1],
        title=f"{one.right.name} · {one.listing.shop or one.listing.title}"[:300],
        place=next(filter(None, places), desk.place),
        organ=desk,
        raised_at=now,
        state=NEW,
    )


def order_leads(feed_id: str) -> None:
    """Give each undecided lead of the feed the score that orders the list: its best hit, and more for more listings."""
    best: dict[UUID, int] = {}
    listings: defaultdict[UUID, set[int]] = defaultdict(set)
    hits = Hit.objects.filter(lead__state=NEW, lead__source="watch", listing__feed_id=feed_id)
    for key, listing, score in hits.order_by().values_list("lead_id", "listing_id", "score").iterator():
        if key is not None:
            best[key] = max(best.get(key, 0), score)
            listings[key].add(listing)
    stale = []
    for lead in Lead.objects.filter(pk__in=list(best)).only("pk", "score"):
        more = min(MOST_FOR_LISTINGS, PER_FURTHER_LISTING * (len(listings[lead.pk]) - 1))
        score = best[lead.pk] + more
        if lead.score != score:
            lead.score = score
            stale.append(lead)
    Lead.objects.bulk_update(stale, ["score"], batch_size=500)
