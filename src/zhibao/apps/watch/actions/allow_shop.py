"""Say that a shop may use the mark: its listings are the owner's own from now on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.register.models import Right
from zhibao.apps.watch.access import access_lead
from zhibao.apps.watch.actions.decide_lead import STATES, keep_decision, refuse_decided
from zhibao.apps.watch.errors import LeadWithoutShop
from zhibao.apps.watch.models import Lead, LeadDecision, Listing
from zhibao.apps.watch.screening import AUTHORISED, authorised_shops

VERDICT = "shop-allowed"


def allow_shop(*, actor: Person, lead_id: UUID | str, now: datetime, why: str = "") -> LeadDecision:
    """Decide the lead as authorised and add its shop to the right's authorised ones, so that the watch learns.

    ``undo_decision`` takes both back. Raises ``LeadNotFound``, ``LeadDecided``, ``LeadOpened``, ``LeadWithoutShop``.
    """
    with transaction.atomic():
        lead = access_lead(actor, lead_id, lock=True)
        refuse_decided(lead)
        shop = shop_of(lead)
        if lead.right_id is None or not shop:
            raise LeadWithoutShop(number=lead.number)
        change_shops(lead.right_id, shop, allowed=True)
        return keep_decision(lead, VERDICT, STATES["authorised"], actor=actor, now=now, why=why)


def shop_of(lead: Lead) -> str:
    """Return the shop the lead's listings are of; empty where they have none."""
    listing = Listing.objects.filter(hits__lead=lead).exclude(shop="").order_by("pk").first()
    return listing.shop if listing else ""


def change_shops(right_id: UUID, shop: str, *, allowed: bool) -> None:
    """Add the shop to the right or take it out, inside the caller's transaction, holding the right."""
    right = Right.objects.select_for_update().get(pk=right_id)
    shops = set(authorised_shops(right)) - {shop} | ({shop} if allowed else set())
    right.details = {**right.details, AUTHORISED: sorted(shops)}
    right.save(update_fields=["details"])
