"""Hand a matter to another organ: its proceeding opens there in the same transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from zhibao.apps.cases.access import access_proceeding
from zhibao.apps.cases.actions.record_event import check_exhibits
from zhibao.apps.cases.errors import AlreadyHandedOver, NoReceivingOrgan, SeveralReceivingOrgans
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.opening import procedure_at
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.numbers import proceeding_number
from zhibao.apps.cases.store.record import Step
from zhibao.apps.organs.access import covers
from zhibao.apps.organs.models import Organ, Person
from zhibao.docket.events import Event, Json
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The event in the handing proceeding, and the proceeding it opened."""

    event: Event
    proceeding: Proceeding


def hand_over(
    *,
    actor: Person,
    matter_id: UUID | str,
    proceeding_id: UUID | str,
    at: datetime,
    expected_seq: int | None,
    now: datetime,
    to: str = "",
    procedure: str = "criminal",
    data: Mapping[str, Json] | None = None,
    exhibits: Iterable[str] = (),
) -> HandedOver:
    """Record ``handed-over`` in the actor's proceeding and open ``procedure`` at the receiving organ.

    ``to`` is the receiving organ's id; left out, it is the one competent organ of the matter's place, else of the
    place above. Raises ``NoReceivingOrgan``, ``SeveralReceivingOrgans``, ``NotCompetent``, ``AlreadyHandedOver``,
    ``MatterMovedOn`` and what the docket does not accept.
    """
    own = access_proceeding(actor, matter_id, proceeding_id)
    pack = current_pack()
    receiver = _named(to) if to else _nearest(pack, own.matter.place, procedure)
    if receiver is None:
        raise _no_receiver(pack, own.matter.place, procedure)
    law = procedure_at(pack, procedure, receiver)
    kept = tuple(str(exhibit) for exhibit in exhibits)
    check_exhibits(own.matter_id, kept)
    with transaction.atomic():
        # Of two at once, the second sees what the first opened.
        Matter.objects.select_for_update().get(pk=own.matter_id)
        _refuse_twice(own.matter, receiver, procedure)
        opened = Proceeding(id=uuid4(), matter=own.matter, procedure=procedure, organ=receiver, opened_at=now)
        opened.number = proceeding_number(receiver, procedure, law.word, now)
        opened.save(force_insert=True)
        handing: Mapping[str, Json] = {**(data or {}), "to": receiver.pk, "proceeding": str(opened.pk)}
        steps = (
            Step(own, "handed-over", at, handing, kept),
            Step(opened, "proceeding-opened", at, {"procedure": procedure, "organ": receiver.pk}),
        )
        events = append(matter_id=own.matter_id, steps=steps, actor=actor, now=now, expected_seq=expected_seq)
        opened.refresh_from_db()
    return HandedOver(events[0], opened)


def _named(to: str) -> Organ | None:
    return Organ.objects.filter(pk=to).first()


def _nearest(pack: Pack, place: str, procedure: str) -> Organ | None:
    """Return the one organ of the lowest place covering ``place`` that receives such matters; of two, a person chooses."""
    kinds = {kind.id for kind in pack.organ_kinds.values() if procedure in kind.receives}
    able = [
        organ
        for organ in Organ.objects.filter(kind__in=kinds).order_by("pk")
        if procedure in organ.competences and covers(organ.place, place)
    ]
    lowest = max((len(organ.place.rstrip("0")) for organ in able), default=0)
    able = [organ for organ in able if len(organ.place.rstrip("0")) == lowest]
    if len(able) > 1:
        raise SeveralReceivingOrgans(
            where="to",
            organs_zh="、".join(organ.name_zh for organ in able),
            organs_en=", ".join(organ.name_en for organ in able),
        )
    return able[0] if able else None


def _no_receiver(pack: Pack, place: str, procedure: str) -> NoReceivingOrgan:
    where, law = pack.places.get(place), pack.procedures.get(procedure)
    return NoReceivingOrgan(
        where="to",
        place_zh=where.name.zh if where else place,
        place_en=where.name.en if where else place,
        procedure_zh=law.title.zh if law else procedure,
        procedure_en=law.title.en if law else procedure,
    )


def _refuse_twice(matter: Matter, receiver: Organ, procedure: str) -> None:
    open_there = matter.proceedings.filter(organ=receiver, procedure=procedure, closed_at=None)
    if open_there.exists():
        raise AlreadyHandedOver(organ_zh=receiver.name_zh, organ_en=receiver.name_en)
