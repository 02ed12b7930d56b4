"""Say who handles a proceeding."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.access import access_proceeding
from zhibao.apps.cases.errors import HandlerOfOtherOrgan
from zhibao.apps.cases.models import Proceeding
from zhibao.apps.cases.store.appending import append
from zhibao.apps.cases.store.record import Step
from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.models import Person


def assign_handler(
    *, actor: Person, matter_id: UUID | str, proceeding_id: UUID | str, handler: Person, now: datetime
) -> Proceeding:
    """Make ``handler`` the one who handles the proceeding, and note it in the record.

    A head assigns anybody of the organ; a handler may take what nobody handles. Raises ``DeedNotAllowed``,
    ``HandlerOfOtherOrgan``.
    """
    proceeding = access_proceeding(actor, matter_id, proceeding_id)
    if handler.organ_id != proceeding.organ_id or not can(handler, Deed.HANDLE, proceeding.organ):
        organ = proceeding.organ
        raise HandlerOfOtherOrgan(
            where="handler",
            person_zh=handler.name_zh,
            person_en=handler.name_en,
            organ_zh=organ.name_zh,
            organ_en=organ.name_en,
        )
    with transaction.atomic():
        held = Proceeding.objects.select_for_update().get(pk=proceeding.pk)  # of two who take it at once, one does
        takes_free_one = held.handler_id is None and handler.pk == actor.pk
        if not takes_free_one:
            require(actor, Deed.APPROVE, proceeding.organ)
        Proceeding.objects.filter(pk=proceeding.pk).update(handler=handler)
        note = Step(proceeding, "note-added", now, {"text": f"承办人：{handler.name_zh} / Handler: {handler.name_en}"})
        append(matter_id=proceeding.matter_id, steps=(note,), actor=actor, now=now)
    proceeding.handler = handler
    return proceeding
