"""Record that an exhibit was viewed, copied, handed over, returned or destroyed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import access_exhibit, access_matter_for_keeping
from zhibao.apps.vault.errors import UnknownCustodyStep
from zhibao.apps.vault.models import Custody
from zhibao.apps.vault.store.custody import STEPS, add_step

SEEING = ("viewed", "copied")  # what reading an exhibit comes to


def record_custody(*, actor: Person, exhibit_id: UUID, kind: str, now: datetime, note: str = "") -> Custody:
    """Append a step to the exhibit's custody. Raises ``UnknownCustodyStep``, ``CustodyMovedOn``.

    Whoever may see the exhibit leaves a trace of seeing it; the other steps are for those who work on its matter.
    """
    exhibit = access_exhibit(actor, exhibit_id, now=now)
    if kind not in STEPS:
        raise UnknownCustodyStep(kind=kind, known=" ".join(STEPS))
    if kind not in SEEING:
        access_matter_for_keeping(actor, exhibit.matter_id)
    with transaction.atomic():
        return add_step(exhibit, kind, by=actor, at=now, note=note)
