"""Say whether a legal value is as the text says."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.library.access import require_checking
from zhibao.apps.library.errors import BadVerdict, DiffersWhy
from zhibao.apps.library.models import LawEvent
from zhibao.apps.library.store.events import keep_event
from zhibao.apps.library.texts.folding import printable
from zhibao.apps.library.values import DIFFERS, VERDICTS, find_value, seen_of
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person


def check_value(*, actor: Person, value_id: str, verdict: str, against: str, note: str = "", now: datetime) -> LawEvent:
    """Write down that the actor held a value against a text, and return the event; it is never changed.

    ``verdict`` is confirmed or differs (which needs a ``note``); ``against`` names the text: an address, an imported text,
    a printed gazette. Raises ValueNotFound, BadVerdict, DiffersWhy, DeedNotAllowed.
    """
    require_checking(actor)
    pack = current_pack()
    value = find_value(pack, value_id)
    if verdict not in VERDICTS:
        raise BadVerdict(where="verdict", verdict=verdict)
    if verdict == DIFFERS and not printable(note).strip():
        raise DiffersWhy(where="note")
    with transaction.atomic():
        return keep_event(
            kind=LawEvent.CHECKED,
            subject=value.id,
            version=value.first.isoformat() if value.first else "",
            against=printable(against).strip()[:400],
            verdict=verdict,
            note=printable(note).strip()[:1000],
            law_pack=pack.hash,
            by=actor,
            now=now,
            data={"seen": seen_of(value), "cites": [cite.to_text() for cite in value.cites]},
        )
