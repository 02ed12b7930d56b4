"""Change somebody's roles, or close and reopen their account."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, access_person, require
from zhibao.apps.organs.actions.make_person import check_person
from zhibao.apps.organs.models import ApiToken, Person


def change_person(
    *, actor: Person, username: str, roles: Sequence[str] | None = None, active: bool | None = None, now: datetime
) -> Person:
    """Change a person of an organ the actor manages; what is None stays. A closed account's tokens end at once.

    Raises PersonNotFound, BadPerson, DeedNotAllowed.
    """
    with transaction.atomic():
        seen = access_person(actor, username)
        require(actor, Deed.MANAGE, seen)
        person = Person.objects.select_for_update().get(pk=seen.pk)
        person.roles = person.roles if roles is None else list(roles)
        person.is_active = person.is_active if active is None else active
        check_person(person)
        person.save(update_fields=["roles", "is_active"])
        if not person.is_active:
            ApiToken.objects.filter(person=person, ends_at=None).update(ends_at=now)
            ApiToken.objects.filter(person=person, ends_at__gt=now).update(ends_at=now)
    return person
