"""Hold what a feed offers against the register, and raise leads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Organ, Person
from zhibao.apps.watch.desks import Desks
from zhibao.apps.watch.errors import FeedNotFound
from zhibao.apps.watch.models import Feed, Listing
from zhibao.apps.watch.screening import KIND, Register
from zhibao.apps.watch.store.hits import keep_hits, order_leads

BATCH = 500
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class ScreenSummary:
    """What one run did: listings looked at, hits and leads that were new."""

    listings: int
    hits: int
    leads: int


def screen_feed(*, actor: Person | None, feed: str, now: datetime, progress: Progress | None = None) -> ScreenSummary:
    """Screen the listings of ``feed`` that were not yet held against today's register; keep hits and raise leads.

    ``actor`` None is the system (a scheduled job). Each batch is one transaction with its listings marked as screened,
    so that a run that was stopped goes on where it stood, and a run over an unchanged register adds nothing. A changed
    register (a new mark, a new table of matching) has all listings looked at again. Raises ``FeedNotFound``,
    ``NoOrganForLead``, ``DeedNotAllowed``.
    """
    if actor is not None:
        require(actor, Deed.SCREEN)
    if not Feed.objects.filter(pk=feed).exists():
        raise FeedNotFound(where="feed", feed=feed, what=feed)
    register = Register()
    desks = Desks(current_pack(), list(Organ.objects.all()), KIND)
    digest = register.digest()
    total = Listing.objects.filter(feed_id=feed).exclude(screened_with=digest).count()
    done = hits = leads = 0
    for batch in _unscreened(feed, digest):
        seen = register.see(batch)
        with transaction.atomic():
            Feed.objects.select_for_update().get(pk=feed)  # two runs at once would raise the same leads
            new_hits, new_leads = keep_hits(seen, desks, now) if seen else (0, 0)
            Listing.objects.filter(pk__in=[listing.pk for listing in batch]).update(screened_with=digest)
        done, hits, leads = done + len(batch), hits + new_hits, leads + new_leads
        if progress is not None:
            progress(done, total)
    if hits:
        with transaction.atomic():
            order_leads(feed)
    return ScreenSummary(done, hits, leads)


def _unscreened(feed: str, digest: str) -> Iterator[list[Listing]]:
    last = 0
    while True:
        rows = Listing.objects.filter(feed_id=feed, pk__gt=last).exclude(screened_with=digest).order_by("pk")[:BATCH]
        batch = list(rows)
        if not batch:
            return
        yield batch
        last = batch[-1].pk
