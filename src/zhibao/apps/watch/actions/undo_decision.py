"""Take back a verdict on a lead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.watch.access import access_lead
from zhibao.apps.watch.actions.allow_shop import VERDICT, change_shops, shop_of
from zhibao.apps.watch.actions.decide_lead import keep_decision
from zhibao.apps.watch.errors import LeadOpened, NothingToUndo
from zhibao.apps.watch.models import LeadDecision


def undo_decision(*, actor: Person, lead_id: UUID | str, now: datetime, why: str = "") -> LeadDecision:
    """Put the lead back into the queue; the verdict taken back stays on record, with this row after it.

    Raises ``LeadNotFound``, ``NothingToUndo``, ``LeadOpened``: a matter is not undone, its record goes on.
    """
    with transaction.atomic():
        lead = access_lead(actor, lead_id, lock=True)
        if lead.matter is not None:
            raise LeadOpened(number=lead.number, matter=lead.matter.number)
        if lead.state == "new":
            raise NothingToUndo(number=lead.number)
        last = lead.decisions.last()
        if last is not None and last.verdict == VERDICT and lead.right_id is not None:
            change_shops(lead.right_id, shop_of(lead), allowed=False)
        return keep_decision(lead, "undone", "new", actor=actor, now=now, why=why)
