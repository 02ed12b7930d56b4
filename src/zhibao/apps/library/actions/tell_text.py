"""Say which version of which instrument an imported text is."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.library.access import access_text, require_importing
from zhibao.apps.library.actions.import_text import check_told
from zhibao.apps.library.models import LawEvent, LawText
from zhibao.apps.library.store.events import keep_event
from zhibao.apps.library.store.texts import give_version
from zhibao.apps.library.texts.matching import Matched
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person


def tell_text(*, actor: Person, text_id: int, instrument: str, version: str, now: datetime) -> LawText:
    """Give the text to that version, and return it. Raises TextNotFound, NoSuchVersion, DeedNotAllowed."""
    require_importing(actor)
    pack = current_pack()
    check_told(pack, instrument, version)
    with transaction.atomic():
        text = access_text(actor, text_id)
        if (text.instrument, text.version, text.state) == (instrument, version, LawText.CURRENT):
            return text
        give_version(text, Matched(instrument, version, "told"))
        keep_event(
            kind=LawEvent.TOLD,
            subject=str(text.pk),
            version=version,
            law_pack=pack.hash,
            by=actor,
            now=now,
            data={"title": text.title, "instrument": instrument},
        )
    return text
