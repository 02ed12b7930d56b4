"""Give somebody a password."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, access_person, require
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.passwords import check_password


def set_password(*, actor: Person, username: str, password: str, now: datetime) -> Person:
    """Give a person of an organ the actor manages a new password; their open sessions end with the old one.

    People change their own on the log-in pages, where the old one is asked for. Raises PersonNotFound, WeakPassword,
    DeedNotAllowed.
    """
    del now
    with transaction.atomic():
        person = access_person(actor, username)
        require(actor, Deed.MANAGE, person)
        check_password(person, password)
        person.set_password(password)
        person.save(update_fields=["password"])
    return person
