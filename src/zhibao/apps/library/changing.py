"""Changing the pack in use: stage, check, and swap if it holds. One change at a time over all processes.

Knows no page and no kind of file: actions say what is written into the candidate and who may ask.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhibao.apps.library.models import LawEvent
from zhibao.apps.library.store.events import keep_event
from zhibao.apps.organs import law_folder
from zhibao.apps.organs.law import current_pack, hold
from zhibao.apps.organs.law_folder import Candidate
from zhibao.apps.organs.law_trial import Complaint, Trial, try_candidate
from zhibao.apps.organs.models import Person
from zhibao.rules.pack import Entry, Pack

Write = Callable[[Candidate], None]
_WHERE = re.compile(r"where='[^']*'")
KEPT_COMPLAINTS = 50  # in the event; all are in the answer


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry that is not the same in both packs: new, changed or gone."""

    section: str
    id: str
    how: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What came of a proposed change. ``taken``: the pack in use is now ``pack_hash``; else the one before stays.

    ``touched`` is empty while the candidate does not load.
    """

    taken: bool
    holds: bool
    pack_hash: str
    cases: int
    complaints: tuple[Complaint, ...]
    touched: tuple[Touched, ...]
    content: str = ""  # the file as it was written, where the action made it


def propose(
    write: Write,
    *,
    actor: Person | None,
    why: str,
    take: bool,
    now: datetime,
    from_shipped: bool = False,
    also: Callable[[Candidate], Iterable[Complaint]] | None = None,
) -> Proposal:
    """Let ``write`` change a copy of the pack in use and check it; take it into use if it holds and ``take`` is set.

    A candidate that does not hold is written down as refused when it was to be taken. ``also`` checks more.
    """
    with law_folder.changing(), law_folder.staged(from_shipped=from_shipped) as candidate:
        write(candidate)
        trial = try_candidate(candidate, all_layers=from_shipped)
        more = tuple(also(candidate)) if also is not None and trial.pack is not None else ()
        trial = Trial(trial.pack, trial.cases, (*trial.complaints, *more))
        before = current_pack()
        touched = tuple(touched_entries(before, trial.pack)) if trial.pack is not None else ()
        if take and trial.holds and trial.pack is not None:
            _swap(candidate, trial, before, actor=actor, why=why, now=now)
            return Proposal(True, True, trial.pack.hash, trial.cases, (), touched)
        if take:
            keep_refusal(trial.complaints, actor=actor, why=why, now=now, law_pack=before.hash)
        return Proposal(False, trial.holds, before.hash, trial.cases, trial.complaints, touched)


def _swap(candidate: Candidate, trial: Trial, before: Pack, *, actor: Person | None, why: str, now: datetime) -> None:
    assert trial.pack is not None
    # The rename comes last: if it fails, the event is undone; a process that dies between the two leaves the old pack in use.
    with transaction.atomic():
        event = keep_event(
            kind=LawEvent.ACTIVATED,
            subject=trial.pack.hash,
            law_pack=trial.pack.hash,
            by=actor,
            now=now,
            note=why[:1000],
            data={"before": before.hash, "cases": trial.cases},
        )
        found = law_folder.take_into_use(
            candidate, trial.pack.hash, by=actor.username if actor else "", why=f"{why} #{event.pk}", now=now
        )
    hold(found, trial.pack)


def keep_refusal(
    complaints: Sequence[Complaint], *, actor: Person | None, why: str, now: datetime, law_pack: str
) -> LawEvent:
    """Write down that a pack was not taken into use, and why."""
    listed = [
        {"code": one.code, "where": one.where, "zh": one.says.zh, "en": one.says.en}
        for one in complaints[:KEPT_COMPLAINTS]
    ]
    return keep_event(
        kind=LawEvent.REFUSED,
        subject=law_pack,
        law_pack=law_pack,
        by=actor,
        now=now,
        note=why[:1000],
        data={"complaints": listed, "count": len(complaints)},
    )


def touched_entries(before: Pack, after: Pack) -> list[Touched]:
    """Return what is not the same in two packs, by section and id; where a thing stands in its file does not count."""
    old, new = _entries(before), _entries(after)
    found = [Touched(*key, "gone") for key in old.keys() - new.keys()]
    found += [Touched(*key, "new") for key in new.keys() - old.keys()]
    found += [Touched(*key, "changed") for key in old.keys() & new.keys() if _differ(old[key], new[key])]
    return sorted(found, key=lambda one: (one.section, one.id))


def _entries(pack: Pack) -> dict[tuple[str, str], Entry]:
    listed = [*pack.entries(), *(("years", year) for year in pack.years.values())]
    return {(section, entry.id): entry for section, entry in listed}


def _differ(old: Entry, new: Entry) -> bool:
    return old != new and _plain(repr(old)) != _plain(repr(new))


def _plain(told: str) -> str:
    """A dataclass as text without its places: ``where='law/cn/…:12'`` moves whenever a line is added above."""
    return _WHERE.sub("", told)
