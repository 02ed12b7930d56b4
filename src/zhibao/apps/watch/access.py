"""Who may see and judge which lead.

Knows the desk a lead is on; does not know what was found.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from zhibao.apps.cases.access import desks_below
from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.models import Person
from zhibao.apps.watch.errors import LeadNotFound
from zhibao.apps.watch.models import Lead


def access_lead(person: Person, lead_id: UUID | str, *, lock: bool = False) -> Lead:
    """Return the lead with this id or number, if ``person`` may judge it; ``lock`` holds it to the transaction's end.

    Those who may not even read leads of that desk are told that there is none (``LeadNotFound``); those who may read
    but not judge, what role they lack (``DeedNotAllowed``).
    """
    lead = find_lead(lead_id, lock=lock)
    if not can(person, Deed.TRIAGE, lead.organ):
        if not can(person, Deed.READ, lead.organ):
            raise LeadNotFound(what=str(lead_id))
        require(person, Deed.TRIAGE, lead.organ)
    return lead


def find_lead(lead_id: UUID | str, *, lock: bool = False) -> Lead:
    """Return the lead with this id or number, whoever asks; raise ``LeadNotFound``."""
    text = str(lead_id)
    try:
        key = Q(number=text) if text.startswith("L-") else Q(pk=UUID(text))
    except ValueError:
        raise LeadNotFound(what=text) from None
    rows = Lead.objects.select_for_update(of=("self",)) if lock else Lead.objects.all()
    lead = rows.select_related("organ").filter(key).first()
    if lead is None:
        raise LeadNotFound(what=text)
    return lead


def visible_leads(person: Person) -> "QuerySet[Lead]":
    """Return the leads that may stand in a list shown to ``person``: those of their desk and of the desks below it."""
    if not can(person, Deed.TRIAGE, person.organ):
        return Lead.objects.none()
    return Lead.objects.filter(Q(organ_id=person.organ_id) | desks_below(person))
