"""Enter one right."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.columns import BY_NAME
from zhibao.apps.register.errors import BadPeriod, BadStatus, CellEmpty, RightKept
from zhibao.apps.register.law import require_kind
from zhibao.apps.register.models import Right
from zhibao.apps.register.newcomers import STATUSES, NewRight
from zhibao.apps.register.store import put_rights


def add_right(*, actor: Person, right: NewRight, now: datetime) -> Right:
    """Enter a right and return it; its owner is made where the register does not have them.

    Raises DeedNotAllowed, CellEmpty, CellBadKind, BadStatus, BadPeriod, RightKept.
    """
    del now  # a right's days are those of its own record
    require(actor, Deed.REGISTER)
    check_right(right)
    with transaction.atomic():
        there = Right.objects.filter(kind=right.kind, number=right.number).first()
        if there is not None:
            raise RightKept(kind=right.kind, number=right.number, name=there.name, where="number")
        made = put_rights([right])[0].right
        assert made is not None
    return made


def check_right(right: NewRight) -> None:
    """Raise what is wrong with a right that was typed in or handed over by a program."""
    for name, value in (("number", right.number), ("name", right.name), ("owner", right.owner.name)):
        if not value.strip():
            label = BY_NAME[name].label
            raise CellEmpty(where=name, field_zh=label.zh, field_en=label.en)
    require_kind(right.kind)
    before = None
    for period in right.periods:
        if period.status not in STATUSES:
            raise BadStatus(where="periods", status=period.status, known=", ".join(STATUSES))
        if (period.until and period.until < period.since) or (before and period.since <= before):
            raise BadPeriod(
                where="periods",
                start=period.since.isoformat(),
                end=period.until.isoformat() if period.until else "…",
                before=before.isoformat() if before else "…",
            )
        before = period.since
