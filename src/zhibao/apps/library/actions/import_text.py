"""Bring in one text of law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhibao.apps.library.access import require_importing
from zhibao.apps.library.checks import TextFinding, findings_of_text
from zhibao.apps.library.errors import NoSuchVersion
from zhibao.apps.library.models import LawEvent, LawText
from zhibao.apps.library.store.events import keep_event
from zhibao.apps.library.store.texts import add_text, give_version, same_text, unmatched_text
from zhibao.apps.library.texts.matching import Matched, Unmatched, match_text
from zhibao.apps.library.texts.reading import ReadText, read_text
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: ``made`` false where the same text was here already. ``findings`` against the law pack."""

    text: LawText
    made: bool
    articles: int
    findings: tuple[TextFinding, ...]


def import_text(
    *,
    actor: Person,
    raw: bytes,
    name: str,
    sidecar: bytes | None = None,
    instrument: str = "",
    version: str = "",
    now: datetime,
) -> Imported:
    """Read, split, match and keep a text; importing the same text again changes nothing.

    A text that fits no version is kept as unmatched, with the reason. ``name`` is the file's; ``instrument`` and ``version``
    overrule what the file says. Raises a TextFault for a file that is no text of law, NoSuchVersion, DeedNotAllowed.
    """
    require_importing(actor)
    pack = current_pack()
    check_told(pack, instrument, version)
    told: Mapping[str, str] = {"instrument": instrument, "version": version}
    read = read_text(raw, name, sidecar=sidecar, told=told)
    matched = match_text(read.head, pack.instruments)
    with transaction.atomic():
        kept = same_text(read, matched)
        if kept is not None:
            return Imported(kept, False, kept.articles.count(), findings_of_text(pack, kept))
        text = _keep(read, matched, actor, pack, now)
        return Imported(text, True, len(read.split.articles), findings_of_text(pack, text))


def _keep(read: ReadText, matched: Matched | Unmatched, actor: Person, pack: Pack, now: datetime) -> LawText:
    """Keep a text that is not here yet, or give its version to the one with the same words that waits for one."""
    waiting = unmatched_text(read) if isinstance(matched, Matched) else None
    if waiting is not None and isinstance(matched, Matched):
        give_version(waiting, matched)
    text = waiting or add_text(read, matched, by=actor, now=now)
    keep_event(
        kind=LawEvent.TOLD if waiting else LawEvent.IMPORTED,
        subject=str(text.pk),
        version=text.version,
        against=f"sha256:{text.sha256}",
        law_pack=pack.hash,
        by=actor,
        now=now,
        data={"title": text.title, "instrument": text.instrument, "name": text.source_name, "state": text.state},
    )
    return text


def check_told(pack: Pack, instrument: str, version: str) -> None:
    """Raise NoSuchVersion for an instrument or version the pack does not know."""
    if instrument and instrument not in pack.instruments:
        near = sorted(one for one in pack.instruments if set(instrument.split("-")) & set(one.split("-")))
        raise NoSuchVersion(where="instrument", seen=instrument, known=", ".join(near or pack.instruments)[:300])
    if version and instrument and pack.instruments[instrument].version(version) is None:
        known = ", ".join(one.id for one in pack.instruments[instrument].versions)
        raise NoSuchVersion(where="version", seen=f"{instrument}@{version}", known=known)
