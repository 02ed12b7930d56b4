"""What a day changes in the law, asked before it comes: clocks, limits, fines, damages, values, forms, and the open matters touched.

A change touches an open matter when it is of

- a clock that runs in the matter now and will not surely have ended before the day (``clock``),
- a crime with whose kind of act the matter deals (``act``),
- any other rule, or an instrument, that rests on the law protecting a kind of right in the matter (``right``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from zhibao.apps.cases.models import ClockRow, Matter
from zhibao.apps.library.errors import SpanTooLong
from zhibao.apps.library.models import MatterTrait
from zhibao.apps.library.searching import title_of
from zhibao.apps.library.uses import RestingClock, clock_view, open_matters
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page, page_of
from zhibao.docket.clocks import OPEN_STATES
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.labels import Label
from zhibao.rules.diff import Diff, changes, citations, coming
from zhibao.rules.pack import Pack

LONGEST_SPAN = 1830  # days: five years, further than laws are passed ahead
CLOCK, ACT, RIGHT = "clock", "act", "right"


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day on which something changes: how many entries of each section."""

    day: date
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ComingChange:
    """One entry that the day changes, and how many open matters the person may see it touches."""

    section: str
    id: str
    title: Label
    how: str
    diff: Diff
    open_matters: int


@dataclass(frozen=True, slots=True)
class Touch:
    """Why a matter is touched: the changed entry, and by what: a clock of it, a kind of act, a kind of right."""

    section: str
    id: str
    title: Label
    how: str
    by: str
    value: str
    clock: RestingClock | None


@dataclass(frozen=True, slots=True)
class TouchedMatter:
    """An open matter with all that will change for it."""

    matter: Matter
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class _Reach:
    """What in a matter one change touches."""

    clocks: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()


_CACHE: dict[tuple[str, date], tuple[Diff, ...]] = {}
_CACHE_MOST = 64


def changes_on(pack: Pack, day: date) -> tuple[Diff, ...]:
    """Return what the day changes; kept, since a pack's answer for a day never changes."""
    key = (pack.hash, day)
    if key not in _CACHE:
        if len(_CACHE) >= _CACHE_MOST:
            _CACHE.clear()
        _CACHE[key] = changes(pack, day)
    return _CACHE[key]


def coming_days(pack: Pack, after: date, until: date) -> tuple[ComingDay, ...]:
    """Return the days after ``after`` up to ``until`` on which something changes, in order. Raises SpanTooLong."""
    if not 0 <= (until - after).days <= LONGEST_SPAN:
        raise SpanTooLong(where="until", first=after.isoformat(), last=until.isoformat(), limit=LONGEST_SPAN)
    found = []
    for day, diffs in coming(pack, after, until).items():
        counts: dict[str, int] = {}
        for one in diffs:
            counts[one.section] = counts.get(one.section, 0) + 1
        found.append(ComingDay(day, dict(sorted(counts.items()))))
    return tuple(found)


def coming_on(
    pack: Pack, person: Person, day: date, *, section: str = "", number: int = 1, size: int = 50
) -> Page[ComingChange]:
    """Return a page of what the day changes, by section and id, each with the count of matters it touches."""
    found = [one for one in changes_on(pack, day) if section in {"", one.section}]
    start = (max(number, 1) - 1) * size
    shown = [
        ComingChange(one.section, one.entry.id, title_of(one.entry), one.how, one, _count(pack, person, one, day))
        for one in found[start : start + size]
    ]
    return Page(shown, max(number, 1), size, len(found))


def _count(pack: Pack, person: Person, change: Diff, day: date) -> int:
    touched = _touched_by(reach_of(pack, change), day)
    return open_matters(person).filter(touched).count() if touched is not None else 0


def reach_of(pack: Pack, change: Diff) -> _Reach:
    """Return what in a matter a change touches."""
    if change.section == "deadlines":
        return _Reach(clocks=frozenset({change.entry.id}))
    if change.section == "offences":
        return _Reach(acts=frozenset(pack.offences[change.entry.id].kinds))
    if change.section == "rights":
        return _Reach(rights=frozenset({change.entry.id}))
    named = (
        {change.entry.id} if change.section == "instruments" else {cite.instrument for cite in citations(change.entry)}
    )
    rights = {right for right, laws in _laws_of_rights(pack).items() if laws & named}
    return _Reach(rights=frozenset(rights))


def _laws_of_rights(pack: Pack) -> dict[str, frozenset[str]]:
    """Return for each kind of right the instruments that protect it: those its own file cites."""
    return {right.id: frozenset(cite.instrument for cite in citations(right)) for right in pack.rights.values()}


def _touched_by(reach: _Reach, day: date) -> Q | None:
    if not (reach.clocks or reach.acts or reach.rights):
        return None
    found = Q(pk__in=[])
    if reach.clocks:
        found |= Q(pk__in=_clocks(reach.clocks, day).values("matter_id"))
    for kind, values in ((MatterTrait.ACT, reach.acts), (MatterTrait.RIGHT, reach.rights)):
        if values:
            found |= Q(pk__in=MatterTrait.objects.filter(kind=kind, value__in=list(values)).values("matter_id"))
    return found


def _clocks(ids: Iterable[str], day: date) -> QuerySet[ClockRow]:
    """The open clocks that reach the day: due on or after it, overdue already, or without a last day yet."""
    begins = datetime.combine(day, time(), LEGAL_TZ)
    reaching = Q(due=None) | Q(due__gt=begins) | Q(state="overdue")
    return ClockRow.objects.filter(reaching, clock__in=list(ids), state__in=list(OPEN_STATES))


def touched_matters(
    pack: Pack, person: Person, day: date, *, entry_id: str = "", number: int = 1, size: int = 50
) -> Page[TouchedMatter]:
    """Return a page of the open matters the day touches (or one changed entry of it), newest first, each with why."""
    found = [one for one in changes_on(pack, day) if entry_id in {"", one.entry.id}]
    reaches = [(one, reach_of(pack, one)) for one in found]
    wanted = Q(pk__in=[])
    for _, reach in reaches:
        touched = _touched_by(reach, day)
        wanted |= touched if touched is not None else Q(pk__in=[])
    page = page_of(open_matters(person).filter(wanted), number, size)
    return Page(_with_touches(page.items, reaches, day), page.number, page.size, page.total)


def _with_touches(
    matters: Sequence[Matter], reaches: Sequence[tuple[Diff, _Reach]], day: date
) -> tuple[TouchedMatter, ...]:
    ids = [matter.pk for matter in matters]
    names = frozenset().union(*(reach.clocks for _, reach in reaches)) if reaches else frozenset()
    clocks: dict[UUID, list[RestingClock]] = {}
    for row in _clocks(names, day).filter(matter_id__in=ids).order_by("due", "clock", "entry"):
        clocks.setdefault(row.matter_id, []).append(clock_view(row))
    traits: dict[UUID, set[tuple[str, str]]] = {}
    for matter_id, kind, value in MatterTrait.objects.filter(matter_id__in=ids).values_list(
        "matter_id", "kind", "value"
    ):
        traits.setdefault(matter_id, set()).add((kind, value))
    return tuple(
        TouchedMatter(one, tuple(_touches(reaches, clocks.get(one.pk, []), traits.get(one.pk, set()))))
        for one in matters
    )


def _touches(
    reaches: Sequence[tuple[Diff, _Reach]], clocks: Sequence[RestingClock], traits: set[tuple[str, str]]
) -> Iterator[Touch]:
    for change, reach in reaches:
        about = (change.section, change.entry.id, title_of(change.entry), change.how)
        for clock in clocks:
            if clock.clock in reach.clocks:
                yield Touch(*about, CLOCK, clock.clock, clock)
        for by, kind, values in ((ACT, MatterTrait.ACT, reach.acts), (RIGHT, MatterTrait.RIGHT, reach.rights)):
            yield from (Touch(*about, by, value, None) for value in sorted(values) if (kind, value) in traits)
