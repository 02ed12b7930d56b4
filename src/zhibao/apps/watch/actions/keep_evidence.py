"""Keep what a feed said of a lead's listings as exhibits, before anybody judges."""

import io
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.vault.actions.add_exhibit import add_exhibit
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.vault.models import Exhibit
from zhibao.apps.watch.access import access_lead
from zhibao.apps.watch.models import Lead, Listing
from zhibao.apps.watch.queries import evidence_name, evidence_of
from zhibao.kernel.canonical import canonical_bytes
from zhibao.kernel.money import Fen, to_yuan


def keep_evidence(*, actor: Person, lead_id: UUID | str, now: datetime) -> list[Exhibit]:
    """Keep each listing of the lead that is not yet kept as an exhibit of the actor's organ; return the new ones.

    All of them or none. Raises ``LeadNotFound``, ``DeedNotAllowed``.
    """
    with transaction.atomic():
        lead = access_lead(actor, lead_id, lock=True)  # of two at once, the second finds what the first kept
        require(actor, Deed.HANDLE, actor.organ)
        kept = {exhibit.name for exhibit in evidence_of(actor, lead)}
        listings = Listing.objects.filter(hits__lead=lead).distinct().order_by("pk")
        return [_keep(actor, lead, listing, now) for listing in listings if evidence_name(lead, listing) not in kept]


def _keep(actor: Person, lead: Lead, listing: Listing, now: datetime) -> Exhibit:
    name, feed = evidence_name(lead, listing), listing.feed_id
    blob = store_file(actor=actor, stream=io.BytesIO(snapshot(listing)), name=name, now=now)
    return add_exhibit(
        actor=actor,
        matter_id=None,
        blob=blob,
        name=name,
        origin=f"线索 {lead.number}：来源 {feed} 的商品信息 / Lead {lead.number}: a listing of the feed {feed}",
        captured_at=listing.seen_at,
        now=now,
    )


def snapshot(listing: Listing) -> bytes:
    """Return what the feed said of a listing as canonical JSON: the bytes that are kept as evidence."""
    return canonical_bytes(
        {
            "feed": listing.feed_id,
            "id": listing.external_id,
            "title": listing.title,
            "shop": listing.shop,
            "price": "" if listing.price_fen is None else to_yuan(Fen(listing.price_fen)),
            "category": listing.category,
            "url": listing.url,
            "image_sha256": listing.image_sha256,
            "place": listing.place,
            "seen_at": listing.seen_at.isoformat(),
        }
    )
