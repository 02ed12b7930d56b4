"""Enter many rights at once, for programs that hold them already checked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.actions.add_right import check_right
from zhibao.apps.register.limits import BATCH
from zhibao.apps.register.newcomers import NewRight
from zhibao.apps.register.store import Outcome, put_rights


@dataclass(frozen=True, slots=True)
class Added:
    """How many rights were made, changed, found the same, and refused because their number is another right's."""

    made: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0


def add_rights(
    *, actor: Person, rights: Iterable[NewRight], now: datetime, progress: Callable[[int], None] | None = None
) -> Added:
    """Enter rights in batches of one transaction each. Raises DeedNotAllowed and what ``add_right`` raises of a right."""
    del now
    require(actor, Deed.REGISTER)
    counts = dict.fromkeys(Outcome, 0)
    done = 0
    waiting = iter(rights)
    while batch := list(islice(waiting, BATCH)):
        for right in batch:
            check_right(right)
        with transaction.atomic():
            for put in put_rights(batch):
                counts[put.outcome] += 1
        done += len(batch)
        if progress:
            progress(done)
    return Added(counts[Outcome.MADE], counts[Outcome.CHANGED], counts[Outcome.SAME], counts[Outcome.REFUSED])
