"""Write down that a right's status changed on a day."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.access import access_right
from zhibao.apps.register.errors import BadPeriod, BadStatus
from zhibao.apps.register.models import Right, RightPeriod
from zhibao.apps.register.newcomers import STATUSES


def change_status(
    *,
    actor: Person,
    right_id: uuid.UUID | str,
    status: str,
    since: date,
    until: date | None = None,
    reason: str = "",
    now: datetime,
) -> Right:
    """Begin a new status on ``since``; the one before ends the day before. Earlier days keep what they said.

    Raises RightNotFound, BadStatus, BadPeriod (the days run backwards, or begin before the last status began).
    """
    del now
    require(actor, Deed.REGISTER)
    with transaction.atomic():
        right = access_right(actor, right_id)
        Right.objects.select_for_update().get(pk=right.pk)
        if status not in STATUSES:
            raise BadStatus(where="status", status=status, known=", ".join(STATUSES))
        last = RightPeriod.objects.filter(right=right).order_by("-from_day").first()
        if (until and until < since) or (last and last.from_day >= since):
            raise BadPeriod(
                where="since",
                start=since.isoformat(),
                end=until.isoformat() if until else "…",
                before=last.from_day.isoformat() if last else "…",
            )
        if last and (last.to_day is None or last.to_day >= since):
            last.to_day = since - timedelta(days=1)
            last.save(update_fields=["to_day"])
        RightPeriod.objects.create(
            right=right, status=status, from_day=since, to_day=until, reason=reason.strip()[:200]
        )
    return access_right(actor, right.pk)
