"""Take the packs on disk into use: those that came with the product (or that ZHIBAO_LAW names), under the local layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from zhibao.apps.library.access import require_changing
from zhibao.apps.library.changing import keep_refusal, propose
from zhibao.apps.organs import law_folder
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.law_folder import LOCAL, Candidate
from zhibao.apps.organs.law_trial import Complaint, complaint_of
from zhibao.apps.organs.models import Person
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.rules.load import load_pack
from zhibao.rules.registers import CalendarYear


@dataclass(frozen=True, slots=True)
class Activation:
    """What came of it. ``activated``: the packs on disk are in use; ``changed``: they were not before."""

    activated: bool
    changed: bool
    pack_hash: str
    cases: int
    complaints: tuple[Complaint, ...]


def activate_pack(*, actor: Person | None, now: datetime) -> Activation:
    """Check the packs on disk and take them into use if they hold; a pack that does not never replaces the one in use.

    Nothing happens where they are in use already. ``actor`` None: whoever starts the installation. Raises LawNotYours,
    DeedNotAllowed.
    """
    if actor is not None:
        require_changing(actor)
    held = law_folder.in_use()
    try:
        source = law_folder.fingerprint(law_folder.shipped_roots())
    except ZhibaoError as error:
        return _refused(complaint_of(error), actor, now)
    if held is not None and held.source == source:
        return Activation(True, False, held.hash, 0, ())
    done = propose(
        settle_calendars,
        actor=actor,
        why=f"法律包 {source[:12]}",
        take=True,
        now=now,
        from_shipped=True,
        also=_rival_years,
    )
    return Activation(done.taken, done.taken, done.pack_hash, done.cases, done.complaints)


def _refused(complaint: Complaint, actor: Person | None, now: datetime) -> Activation:
    before = current_pack().hash
    keep_refusal([complaint], actor=actor, why="法律包", now=now, law_pack=before)
    return Activation(False, False, before, 0, (complaint,))


def settle_calendars(candidate: Candidate) -> None:
    """Drop local years that the shipped packs meanwhile have with the same days: their notice has arrived there."""
    for local, shipped in _both(candidate):
        if shipped.days.notice is not None and _days(local) == _days(shipped):
            (candidate.local / "calendars" / f"{local.year}.yaml").unlink()


def _rival_years(candidate: Candidate) -> Iterator[Complaint]:
    """Yield a complaint for each local year that says otherwise than the shipped packs' notice."""
    for local, shipped in _both(candidate):
        if shipped.days.notice is not None:
            says = Label(
                f"{local.year} 年的放假安排，本地文件和国家法律包的通知不一样。",
                f"The local file and the national pack's notice differ on the days off of {local.year}.",
            )
            hint = Label("对照通知，撤回错的一个。", "Compare both with the notice and withdraw the one that is wrong.")
            yield Complaint("law-calendar-rivals", local.where, says, hint)


def _both(candidate: Candidate) -> Iterator[tuple[CalendarYear, CalendarYear]]:
    """Yield the years that stand in the local layer and below it."""
    if not list((candidate.local / "calendars").glob("*.yaml")):
        return
    try:
        below = load_pack(*(path for path in candidate.paths if path.name != LOCAL))
        whole = load_pack(*candidate.paths)
    except ZhibaoError:
        return  # the trial says what is wrong
    for key, year in whole.years.items():
        if f"/{LOCAL}/" in year.where and key in below.years:
            yield year, below.years[key]


def _days(year: CalendarYear) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(year.days.holidays), frozenset(year.days.makeup_workdays)
