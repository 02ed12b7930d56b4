"""Write down that somebody read something."""

from datetime import datetime, timedelta

from django.db import transaction

from zhibao.apps.organs.models import Person, Reading

SAME_READING = timedelta(minutes=30)  # moving about in one file is one reading, unless the purpose changes


def log_reading(*, actor: Person, kind: str, object_id: str, purpose: str = "", now: datetime) -> Reading:
    """Write down a reading and return it; one of the last half hour with the same purpose is returned as it stands.

    Whether the actor may read was decided by the caller's ``access_…``: this only remembers it.
    """
    purpose = purpose.strip()[:200]
    with transaction.atomic():
        last = Reading.objects.filter(person=actor, kind=kind, object_id=object_id, at__gt=now - SAME_READING).first()
        if last is not None and last.purpose == purpose:
            return last
        return Reading.objects.create(
            person=actor, organ=actor.organ, kind=kind, object_id=object_id, purpose=purpose, at=now
        )
