"""Take in what a feed offers."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.watch.errors import FeedNotFound
from zhibao.apps.watch.incoming import IncomingListing, Taken
from zhibao.apps.watch.models import Feed
from zhibao.apps.watch.store.listings import keep_listings
from zhibao.kernel.errors import ZhibaoError

BATCH = 2000
Progress = Callable[[int, int | None], None]


def take_listings(
    *,
    actor: Person,
    feed: str,
    rows: Iterable[IncomingListing],
    now: datetime,
    progress: Progress | None = None,
    total: int | None = None,
) -> Taken:
    """Keep the rows that are new to ``feed``, a batch to a transaction; giving them again changes nothing.

    Rows that cannot be kept are told in ``Taken.refused`` and the others are kept. Raises ``FeedNotFound``.
    """
    require(actor, Deed.SCREEN)
    source = Feed.objects.filter(pk=feed).first()
    if source is None:
        raise FeedNotFound(where="feed", feed=feed, what=feed)
    refused: list[ZhibaoError] = []
    done = new = 0
    for batch in _batches(rows):
        faults = [row.fault(number) for number, row in enumerate(batch, start=done + 1)]
        refused += [fault for fault in faults if fault is not None]
        good = [row for row, fault in zip(batch, faults, strict=True) if fault is None]
        with transaction.atomic():
            new += keep_listings(source, good, now)
        done += len(batch)
        if progress is not None:
            progress(done, total)
    return Taken(new, done - new - len(refused), tuple(refused))


def _batches(rows: Iterable[IncomingListing]) -> Iterator[list[IncomingListing]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
