"""Listings as rows.

Knows when two are the same; a title that changed under the same id is a further listing, because hits point into the
title as it was seen.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from zhibao.apps.watch.incoming import IncomingListing
from zhibao.apps.watch.models import Feed, Listing

FIELDS = ("title", "shop", "price_fen", "category", "url", "image_sha256", "place")


def keep_listings(feed: Feed, incoming: Sequence[IncomingListing], now: datetime) -> int:
    """Insert what is not there yet and return how many that were; inside the caller's transaction."""
    wanted = {one.external_id.strip(): one for one in reversed(incoming)}  # of two rows with one id the first counts
    kept = dict(Listing.objects.filter(feed=feed, external_id__in=list(wanted)).values_list("external_id", "title"))
    rows: dict[str, IncomingListing] = {}
    for one in incoming:
        key = one.external_id.strip()
        first = kept.get(key) or (wanted[key].title if key in wanted else one.title)
        rows.setdefault(key if one.title == first else f"{key}#{_short(one.title)}", one)
    there = set(Listing.objects.filter(feed=feed, external_id__in=list(rows)).values_list("external_id", flat=True))
    new = [
        Listing(feed=feed, external_id=key, seen_at=one.seen_at or now, **{name: getattr(one, name) for name in FIELDS})
        for key, one in rows.items()
        if key not in there
    ]
    Listing.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _short(title: str) -> str:
    return hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:8]
