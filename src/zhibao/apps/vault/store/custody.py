"""The chain of who had an exhibit in hand.

Knows how a step is joined to the one before; knows nothing of who may take it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.errors import CustodyBroken, CustodyMovedOn
from zhibao.apps.vault.models import Custody, Exhibit
from zhibao.evidence.custody import CustodyStep, custody_hash, first_broken_step
from zhibao.kernel.labels import Label

STEPS = {
    "received": Label("收存", "received"),
    "viewed": Label("查阅", "viewed"),
    "copied": Label("复制", "copied"),
    "sealed": Label("封存", "sealed"),
    "handed-over": Label("移交", "handed over"),
    "returned": Label("退还", "returned"),
    "destroyed": Label("销毁", "destroyed"),
}


def as_step(row: Custody) -> CustodyStep:
    """Return the stored step as it travels with the exhibit."""
    return CustodyStep(
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        organ=row.organ_id,
        by=str(row.by_id),
        note=row.note,
        prev=row.prev,
        hash=row.hash,
    )


def add_step(exhibit: Exhibit, kind: str, *, by: Person, at: datetime, note: str = "") -> Custody:
    """Append a step; inside the caller's transaction. Raises ``CustodyMovedOn`` when another was recorded at once."""
    last = Custody.objects.filter(exhibit=exhibit).order_by("-seq").first()
    step = Custody(
        exhibit=exhibit,
        seq=last.seq + 1 if last else 1,
        kind=kind,
        at=at,
        organ_id=by.organ_id,
        by=by,
        note=note,
        prev=last.hash if last else "",
    )
    step.hash = custody_hash(str(exhibit.pk), exhibit.blob_id, as_step(step))
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as fault:
        raise CustodyMovedOn(name=exhibit.name) from fault
    return step


def check_steps(exhibit: Exhibit, steps: Sequence[Custody]) -> None:
    """Raise ``CustodyBroken`` at the first step that does not join."""
    broken = first_broken_step(str(exhibit.pk), exhibit.blob_id, [as_step(step) for step in steps])
    if broken:
        raise CustodyBroken(name=exhibit.name, seq=broken)
