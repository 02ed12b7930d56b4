"""Take a report from a citizen or a rights holder."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.store.numbers import lead_numbers
from zhibao.apps.organs.models import Organ
from zhibao.apps.register.models import Right
from zhibao.apps.watch.claims import claim_digest, new_claim_code
from zhibao.apps.watch.desks import Desks
from zhibao.apps.watch.errors import ReportTooLong, ReportTooShort
from zhibao.apps.watch.models import Lead
from zhibao.kernel.places import PlaceCode

SHORTEST = 10
LONGEST = 5000
SCORE = 50  # above a weak likeness, below a plain copy: a person took the trouble to write


@dataclass(frozen=True, slots=True)
class Reported:
    """The lead, and the only copy of the code that asks about it."""

    lead: Lead
    claim_code: str


def report_lead(
    *, text: str, place: str, now: datetime, right: Right | None = None, owner: bool = False, contact: str = ""
) -> Reported:
    """Raise a lead from what somebody wrote, on the desk of the place; nobody need say who they are.

    ``owner``: the reporter says they are the rights holder or act for them. Raises ``ReportTooShort``,
    ``ReportTooLong``, ``BadPlaceCode``, ``NoOrganForLead``. Anybody may call it: how often is the door's to limit.
    """
    said = text.strip()
    if len(said) < SHORTEST:
        raise ReportTooShort(where="text")
    if len(said) > LONGEST:
        raise ReportTooLong(where="text", length=len(said), limit=LONGEST)
    where = PlaceCode.from_text(place).code
    organ = Desks(current_pack(), list(Organ.objects.all()), right.kind if right else "").desk_for(where)
    code = new_claim_code()
    with transaction.atomic():
        lead = Lead.objects.create(
            number=lead_numbers(now)[0],
            source="owner" if owner else "report",
            right=right,
            title=said.splitlines()[0][:80],
            text=said,
            place=where,
            organ=organ,
            score=SCORE,
            raised_at=now,
            contact=contact.strip()[:120],
            claim_digest=claim_digest(code),
        )
    return Reported(lead, code)
