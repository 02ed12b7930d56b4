"""Answer a request once, however often it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.work.errors import BadRequestKey, KeyReused
from zhibao.apps.work.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """What went back to the asker."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_once(
    *, actor: Person, key: str, fingerprint: str, make: Callable[[], Answer], now: datetime
) -> tuple[Answer, bool]:
    """Return the answer kept under ``key``, or make it, and whether it was a kept one.

    The work and the keeping are one transaction: either both stand or neither. Only answers of the 200s are kept; what
    led to any other is undone, so that the same key may be tried again. Two who ask at once wait for one another on
    the unique key. Raises BadRequestKey, and KeyReused if the key belongs to a request with another fingerprint.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise BadRequestKey(where="Idempotency-Key")
    KeptAnswer.objects.filter(person=actor, key=key, ends_at__lte=now).delete()
    kept = _kept(actor, key, fingerprint)
    if kept is not None:
        return kept, True
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(
                person=actor, key=key, fingerprint=fingerprint, status=0, body=b"", ends_at=now + KEPT_FOR
            )
            answer = make()
            row.status, row.body, row.headers = answer.status, answer.body, dict(answer.headers)
            row.save(update_fields=["status", "body", "headers"])
            transaction.set_rollback(not 200 <= answer.status < 300)
    except IntegrityError:
        kept = _kept(actor, key, fingerprint)
        if kept is None:
            raise
        return kept, True
    return answer, False


def _kept(actor: Person, key: str, fingerprint: str) -> Answer | None:
    row = KeptAnswer.objects.filter(person=actor, key=key).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused(where="Idempotency-Key")
    return Answer(status=row.status, body=bytes(row.body), headers=row.headers)
