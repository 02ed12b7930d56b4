"""Make a lead a matter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.opening import JoinedParty
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.models import Party
from zhibao.apps.watch.access import access_lead
from zhibao.apps.watch.actions.decide_lead import keep_decision, refuse_decided
from zhibao.apps.watch.desks import PROCEDURE
from zhibao.apps.watch.models import Lead, Listing


def open_from_lead(*, actor: Person, lead_id: UUID | str, now: datetime, title: str = "", why: str = "") -> Matter:
    """Open an administrative matter at the actor's organ from a lead, and return it; all of it or nothing.

    The matter begins with the clue, the right, its owner and the shop. A report reached the organ when it was made; a
    machine's lead becomes a clue when a person says that it is one: now. Raises ``LeadNotFound``, ``LeadOpened``,
    ``LeadDecided`` and what ``open_matter`` raises.
    """
    with transaction.atomic():
        lead = access_lead(actor, lead_id, lock=True)
        require(actor, Deed.HANDLE, actor.organ)
        refuse_decided(lead, allow=("new", "kept"))
        matter = open_matter(
            actor=actor,
            title=(title or lead.title)[:200],
            place=lead.place,
            procedure=PROCEDURE,
            lead=lead.number,
            rights=[lead.right] if lead.right else [],
            parties=_parties(lead),
            received_at=now if lead.source == "watch" else lead.raised_at,
            now=now,
        )
        lead.matter = matter
        lead.save(update_fields=["matter"])
        keep_decision(lead, "opened", "opened", actor=actor, now=now, why=why)
    return matter


def _parties(lead: Lead) -> list[JoinedParty]:
    parties = [JoinedParty(lead.right.owner, "right-holder")] if lead.right else []
    shop = Listing.objects.filter(hits__lead=lead).exclude(shop="").order_by("pk").first()
    if shop is not None:
        known = Party.objects.filter(kind="shop", name=shop.shop, place=shop.place).order_by("pk").first()
        party = known or Party.objects.create(kind="shop", name=shop.shop, place=shop.place, country="CN")
        parties.append(JoinedParty(party, "suspect"))
    return parties
