"""Open a matter with its first proceeding at the actor's organ."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.opening import JoinedParty, opening_steps, procedure_at
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.numbers import matter_number, proceeding_number
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.models import Right
from zhibao.kernel.places import PlaceCode


def open_matter(
    *,
    actor: Person,
    title: str,
    place: str,
    procedure: str,
    now: datetime,
    lead: str = "",
    rights: Iterable[Right] = (),
    parties: Iterable[JoinedParty] = (),
    received_at: datetime | None = None,
) -> Matter:
    """Open a matter and return it; the actor becomes the handler of its first proceeding.

    ``lead`` is the number of the lead it comes from. ``received_at`` is when the clue, complaint or petition reached
    the organ (left out: now): the first clock runs from it. Raises ``DeedNotAllowed``, ``BadPlaceCode``,
    ``UnknownProcedure``, ``NotCompetent`` and what the docket does not accept; then nothing is kept, numbers included.
    """
    require(actor, Deed.HANDLE, actor.organ)
    law = procedure_at(current_pack(), procedure, actor.organ)
    where = PlaceCode.from_text(place)
    with transaction.atomic():
        matter = Matter.objects.create(number=matter_number(now), title=title, place=where.code, opened_at=now)
        proceeding = Proceeding.objects.create(
            matter=matter,
            procedure=procedure,
            organ=actor.organ,
            number=proceeding_number(actor.organ, procedure, law.word, now),
            handler=actor,
            opened_at=now,
        )
        steps = opening_steps(
            proceeding, law, lead=lead, rights=rights, parties=parties, received_at=received_at or now, now=now
        )
        append(matter_id=matter.pk, steps=tuple(steps), actor=actor, now=now, expected_seq=0)
        matter.refresh_from_db()
    return matter
