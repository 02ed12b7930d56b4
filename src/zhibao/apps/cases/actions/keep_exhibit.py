"""Keep a file as an exhibit of a matter, and say so in its record."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.access import access_proceeding
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.record import Step
from zhibao.apps.organs.models import Person
from zhibao.apps.vault.actions.add_exhibit import add_exhibit
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.vault.models import Exhibit
from zhibao.apps.vault.store.files import Readable


def keep_exhibit(
    *,
    actor: Person,
    matter_id: UUID | str,
    proceeding_id: UUID | str,
    stream: Readable | Iterable[bytes],
    name: str | bytes,
    origin: str,
    captured_at: datetime,
    expected_seq: int | None,
    now: datetime,
    proves: Sequence[str] = (),
) -> Exhibit:
    """Store the file, make an exhibit of it with the matter's next number, and record ``exhibit-added``.

    Exhibit and event stand or fall together; the bytes, once received, stay in the vault either way, where they cost
    only space. Raises what ``store_file``, ``add_exhibit`` and ``record_event`` raise.
    """
    proceeding = access_proceeding(actor, matter_id, proceeding_id)
    blob = store_file(actor=actor, stream=stream, name=name, now=now)
    with transaction.atomic():
        exhibit = add_exhibit(
            actor=actor,
            matter_id=proceeding.matter_id,
            blob=blob,
            name=name,
            origin=origin,
            captured_at=captured_at,
            proves=proves,
            now=now,
        )
        added = {"exhibit": str(exhibit.pk), "name": exhibit.name, "sha256": blob.sha256}
        step = Step(proceeding, "exhibit-added", now, added, (str(exhibit.pk),))
        append(matter_id=proceeding.matter_id, steps=(step,), actor=actor, now=now, expected_seq=expected_seq)
    return exhibit
