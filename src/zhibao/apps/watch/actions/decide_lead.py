"""Say what a lead is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.watch.access import access_lead
from zhibao.apps.watch.errors import LeadDecided, LeadOpened, UnknownVerdict
from zhibao.apps.watch.models import Lead, LeadDecision

STATES = {"like": "kept", "unlike": "dismissed", "authorised": "authorised"}


def decide_lead(*, actor: Person, lead_id: UUID | str, verdict: str, now: datetime, why: str = "") -> LeadDecision:
    """Keep the actor's verdict (``like``, ``unlike``, ``authorised``) and move the lead out of the queue.

    Raises ``LeadNotFound``, ``UnknownVerdict``, ``LeadDecided`` when somebody was faster, ``LeadOpened``.
    """
    if verdict not in STATES:
        raise UnknownVerdict(where="verdict", verdict=verdict)
    with transaction.atomic():
        lead = access_lead(actor, lead_id, lock=True)
        refuse_decided(lead)
        return keep_decision(lead, verdict, STATES[verdict], actor=actor, now=now, why=why)


def refuse_decided(lead: Lead, *, allow: tuple[str, ...] = ("new",)) -> None:
    """Raise when the lead's state is none of ``allow``, naming who decided it or the matter it became."""
    if lead.state in allow:
        return
    if lead.matter is not None:
        raise LeadOpened(number=lead.number, matter=lead.matter.number)
    last = lead.decisions.select_related("by").last()
    raise LeadDecided(
        number=lead.number,
        who_zh=last.by.name_zh if last else "",
        who_en=last.by.name_en if last else "",
    )


def keep_decision(lead: Lead, verdict: str, state: str, *, actor: Person, now: datetime, why: str) -> LeadDecision:
    """Write the decision and the lead's new state, inside the caller's transaction."""
    decision = LeadDecision.objects.create(lead=lead, verdict=verdict, by=actor, at=now, why=why.strip()[:300])
    lead.state = state
    lead.save(update_fields=["state"])
    return decision
