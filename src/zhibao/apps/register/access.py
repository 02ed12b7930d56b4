"""Who may see and change the register. Rights are public by law, so every role reads them; imports are their organ's own."""

import uuid

from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.errors import ImportNotFound, RightNotFound
from zhibao.apps.register.models import ImportRun, Right


def access_right(person: Person, right_id: uuid.UUID | str) -> Right:
    """Return a right by its id, or by "kind number"; raises RightNotFound, DeedNotAllowed."""
    require(person, Deed.READ_REGISTER)
    rights = Right.objects.select_related("owner").prefetch_related("periods")
    try:
        found = rights.filter(pk=uuid.UUID(str(right_id))).first()
    except ValueError:
        kind, _, number = str(right_id).partition(" ")
        found = rights.filter(kind=kind, number=number).first()
    if found is None:
        raise RightNotFound(right=str(right_id))
    return found


def access_import(person: Person, run_id: uuid.UUID | str) -> ImportRun:
    """Return an import of an organ for which the person may enter rights; raises ImportNotFound."""
    try:
        run = ImportRun.objects.select_related("organ", "by").filter(pk=uuid.UUID(str(run_id))).first()
    except ValueError:
        run = None
    if run is None or not can(person, Deed.REGISTER) or run.organ_id != person.organ_id:
        raise ImportNotFound
    return run
