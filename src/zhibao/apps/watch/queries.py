"""Leads as people ask for them: the queue, one lead with its hits, how reliable each signal has been, the feeds.

Knows whose desk a lead is on; judging one is for the actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page, page_of
from zhibao.apps.vault.models import Exhibit
from zhibao.apps.vault.queries import own_exhibits
from zhibao.apps.watch.access import access_lead, visible_leads
from zhibao.apps.watch.claims import claim_digest
from zhibao.apps.watch.errors import ClaimNotFound
from zhibao.apps.watch.models import Feed, Hit, Lead, LeadDecision, Listing
from zhibao.matching.registry import CHANNELS

LIKE = ("kept", "opened", "authorised")  # an authorised use is a true likeness: the signal was right
UNLIKE = ("dismissed",)


@dataclass(frozen=True, slots=True)
class LeadFilters:
    """What a list of leads is narrowed to; what is left empty does not narrow it."""

    text: str = ""
    state: str = ""  # new, kept, dismissed, authorised, opened
    source: str = ""  # watch, report, owner, organ
    channel: str = ""
    place: str = ""
    organ: str = ""


@dataclass(frozen=True, slots=True)
class LeadDetail:
    """A lead with all that a person needs to judge it."""

    lead: Lead
    hits: tuple[Hit, ...]  # best first, each with its listing
    decisions: tuple[LeadDecision, ...]  # oldest first


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How often a channel's leads were found to be like, by people of the asker's desks."""

    channel: str
    raised: int
    like: int
    unlike: int

    @property
    def share_percent(self) -> int | None:
        """Like in a hundred judged, rounded; None while nobody has judged any."""
        judged = self.like + self.unlike
        return None if judged == 0 else (200 * self.like + judged) // (2 * judged)


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed with its counts."""

    feed: Feed
    listings: int
    unscreened: int
    last_seen: datetime | None
    hits: Mapping[str, int]  # by channel


def leads(person: Person, filters: LeadFilters | None = None, page: int = 1, size: int = 50) -> Page[Lead]:
    """Return a page of the leads on the person's desk and the desks below, best first; three queries.

    Each lead carries ``listings``, the number of its listings, and ``best``, a list of its best hit with its listing.
    """
    wanted = filters or LeadFilters()
    rows = _narrow(visible_leads(person), wanted).select_related("right", "right__owner", "organ", "matter")
    rows = rows.annotate(listings=Count("hits__listing", distinct=True)).order_by("-score", "-raised_at", "number")
    best = Hit.objects.select_related("listing").order_by("-score", "listing_id", "start")[:1]
    return page_of(rows.prefetch_related(Prefetch("hits", best, to_attr="best")), page, size)


def _narrow(rows: "QuerySet[Lead]", wanted: LeadFilters) -> "QuerySet[Lead]":
    if wanted.text:
        text = Q(title__icontains=wanted.text) | Q(number__icontains=wanted.text) | Q(text__icontains=wanted.text)
        rows = rows.filter(text)
    for name in ("state", "source", "organ"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    if wanted.place:
        rows = rows.filter(place__startswith=wanted.place.rstrip("0") if wanted.place.endswith("00") else wanted.place)
    if wanted.channel:
        rows = rows.filter(Exists(Hit.objects.filter(lead=OuterRef("pk"), channel=wanted.channel)))
    return rows


def lead_detail(person: Person, lead_id: UUID | str) -> LeadDetail:
    """Return a lead the person may judge, with its hits, listings and decisions. Raises ``LeadNotFound``."""
    found = access_lead(person, lead_id)
    lead = Lead.objects.select_related("right", "right__owner", "organ", "matter").get(pk=found.pk)
    hits = Hit.objects.filter(lead=lead).select_related("listing", "listing__feed")
    decisions = LeadDecision.objects.filter(lead=lead).select_related("by", "by__organ").order_by("at", "id")
    return LeadDetail(lead, tuple(hits.order_by("-score", "listing_id", "start", "end")), tuple(decisions))


def evidence_name(lead: Lead, listing: Listing) -> str:
    """Return the name under which a listing of the lead is kept as evidence."""
    return f"{lead.number}-{listing.pk}.json"


def evidence_of(person: Person, lead: Lead) -> list[Exhibit]:
    """Return what the person's organ has kept of the lead's listings."""
    return own_exhibits(person, begins=f"{lead.number}-")


def next_lead(person: Person, after: Lead | None = None) -> Lead | None:
    """Return the next undecided lead of the queue: the one after ``after``, else the best; None when all are decided."""
    queue = visible_leads(person).filter(state="new").select_related("right", "organ")
    if after is not None:
        later = Q(score__lt=after.score) | Q(score=after.score, raised_at__lt=after.raised_at)
        later |= Q(score=after.score, raised_at=after.raised_at, number__gt=after.number)
        found = queue.filter(later).exclude(pk=after.pk).first()
        if found is not None:
            return found
        queue = queue.exclude(pk=after.pk)
    return queue.first()


def count_new_leads(person: Person) -> int:
    """Return how many leads wait for somebody to judge them; one query."""
    return visible_leads(person).filter(state="new").count()


def track_record(person: Person) -> list[TrackRecord]:
    """Return for each channel how many leads it raised and how they were judged, strongest evidence first; one query."""
    rows = Hit.objects.filter(lead__in=visible_leads(person)).order_by().values_list("channel", "lead__state")
    found: dict[str, dict[str, int]] = {}
    for channel, state, count in rows.annotate(Count("lead", distinct=True)):
        found.setdefault(channel, {})[state] = count
    return [
        TrackRecord(
            channel=channel,
            raised=sum(found[channel].values()),
            like=sum(found[channel].get(state, 0) for state in LIKE),
            unlike=sum(found[channel].get(state, 0) for state in UNLIKE),
        )
        for channel in CHANNELS
        if channel in found
    ]


def feed_ids() -> list[str]:
    """Return the ids of all feeds, for the system's own runs."""
    return list(Feed.objects.order_by("pk").values_list("pk", flat=True))


def feeds(person: Person) -> list[FeedView]:
    """Return every feed with its counts; three queries."""
    require(person, Deed.READ_REGISTER)
    counted = {
        feed: (total, unscreened, last)
        for feed, total, unscreened, last in Listing.objects.order_by()
        .values_list("feed_id")
        .annotate(total=Count("pk"), unscreened=Count("pk", filter=Q(screened_with="")), last=Max("seen_at"))
    }
    hits: dict[str, dict[str, int]] = {}
    for feed, channel, count in Hit.objects.order_by().values_list("listing__feed_id", "channel").annotate(Count("pk")):
        hits.setdefault(feed, {})[channel] = count
    return [
        FeedView(feed, *counted.get(feed.pk, (0, 0, None)), hits.get(feed.pk, {}))
        for feed in Feed.objects.order_by("pk")
    ]


def lead_of_claim(code: str) -> Lead:
    """Return the lead whose reporter was given ``code``; whoever has the code may ask. Raises ``ClaimNotFound``."""
    lead = Lead.objects.filter(claim_digest=claim_digest(code)).exclude(claim_digest="").select_related("organ").first()
    if lead is None:
        raise ClaimNotFound(what="")
    return lead
