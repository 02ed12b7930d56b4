"""Keep a stored file as proof of something."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import access_matter_for_keeping
from zhibao.apps.vault.errors import CapturedInFuture
from zhibao.apps.vault.models import Blob, Exhibit
from zhibao.apps.vault.names import mend_name
from zhibao.apps.vault.store.custody import add_step

_TRIES = 20  # as many people adding to one matter in the same instant


def add_exhibit(
    *,
    actor: Person,
    matter_id: UUID | None,
    blob: Blob,
    name: str | bytes,
    origin: str,
    captured_at: datetime,
    now: datetime,
    proves: Sequence[str] = (),
) -> Exhibit:
    """Make an exhibit of ``blob`` with the next number of its matter, and open its custody with ``received``.

    Without a matter it stays with the actor's organ. Raises ``CapturedInFuture``.
    """
    access_matter_for_keeping(actor, matter_id)
    if captured_at > now:
        raise CapturedInFuture(at=captured_at.isoformat(timespec="minutes"))
    with transaction.atomic():
        exhibit = Exhibit(
            matter_id=matter_id,
            blob=blob,
            name=mend_name(name),
            origin=origin,
            captured_at=captured_at,
            organ_id=actor.organ_id,
            by=actor,
            proves=list(proves),
            added_at=now,
        )
        _insert_with_number(exhibit)
        add_step(exhibit, "received", by=actor, at=now, note=origin[:300])
    return exhibit


def _insert_with_number(exhibit: Exhibit) -> None:
    for attempt in range(_TRIES):
        same = Exhibit.objects.filter(matter_id=exhibit.matter_id)
        if exhibit.matter_id is None:
            same = same.filter(organ_id=exhibit.organ_id)
        exhibit.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                exhibit.save(force_insert=True)
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
        else:
            return
