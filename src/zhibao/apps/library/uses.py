"""What rests on an article: clocks, limits, values, forms of the pack, and the open matters in which they run now.

Counts are of matters the person may see in lists; opening one still goes through its own access.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT

from zhibao.apps.cases.access import visible_matters
from zhibao.apps.cases.models import ClockRow, Matter, Proceeding
from zhibao.apps.library.models import MatterTrait
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page, page_of
from zhibao.docket.clocks import OPEN_STATES
from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.used_by import Use, used_by
from zhibao.rules.versions import Confidence


@dataclass(frozen=True, slots=True)
class UseView:
    """One entry (or one dated version of it) that rests on the article.

    ``open_matters``: how many open matters the person may see have such a clock running or such a limit met; None for
    entries of which no matter holds a row (forms, values, terms).
    """

    section: str
    id: str
    title: Label
    cites: tuple[Citation, ...]
    first: date | None
    last: date | None
    confidence: Confidence | None
    open_matters: int | None


@dataclass(frozen=True, slots=True)
class RestingClock:
    """A clock that runs in a matter and rests on the article."""

    clock: str
    entry: int
    state: str
    due: datetime | None
    cite: str
    titles: Label


@dataclass(frozen=True, slots=True)
class RestingMatter:
    """An open matter with what of it rests on the article; ``limits`` are crime, tier and limit."""

    matter: Matter
    clocks: tuple[RestingClock, ...]
    limits: tuple[tuple[str, str, str], ...]


def uses_of(pack: Pack, person: Person, citation: Citation) -> tuple[UseView, ...]:
    """Return what rests on the article; a citation without a version means any version."""
    uses = used_by(pack, citation)
    running = _running(person, {use.id for use in uses if use.section == "deadlines"})
    limits = _limits(pack, person, citation)
    return tuple(_view(use, running, limits) for use in uses)


def _view(use: Use, running: dict[tuple[str, str], int], limits: dict[str, int]) -> UseView:
    count: int | None = None
    if use.section == "deadlines":
        first = use.span.first.isoformat() if use.span else ""
        count = running.get((use.id, first), 0) if first else sum(n for (one, _), n in running.items() if one == use.id)
    elif use.section == "offences":
        count = limits.get(use.id, 0)
    return UseView(
        use.section,
        use.id,
        use.title,
        use.cites,
        use.span.first if use.span else None,
        use.span.last if use.span else None,
        use.confidence,
        count,
    )


def open_matters(person: Person) -> QuerySet[Matter]:
    """Return the open matters that may stand in a list shown to the person."""
    held = Proceeding.objects.filter(matter=OuterRef("pk"), closed_at=None)
    return visible_matters(person).filter(Exists(held))


def _running(person: Person, ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """Count open matters by clock and by the first day of the version it runs under; one query."""
    rows = ClockRow.objects.filter(clock__in=list(ids), state__in=list(OPEN_STATES), matter__in=open_matters(person))
    counted = rows.order_by().annotate(since=KT("view__zh__version_from")).values_list("clock", "since")
    return {(clock, since): count for clock, since, count in counted.annotate(n=Count("matter_id", distinct=True))}


def _limits(pack: Pack, person: Person, citation: Citation) -> dict[str, int]:
    rows = MatterTrait.objects.filter(resting(pack, citation), kind=MatterTrait.LIMIT, matter__in=open_matters(person))
    counted = rows.order_by().values_list("value").annotate(n=Count("matter_id", distinct=True))
    return dict(counted)


def resting(pack: Pack, citation: Citation, field: str = "cite") -> Q:
    """Return what narrows rows by a stored citation to those of the article, or of what lies below it."""
    found = Q(pk__in=[])
    for cite in _versions(pack, citation):
        text = cite.to_text()
        found |= Q(**{field: text}) | Q(**{f"{field}__startswith": f"{text}/"})
    return found


def _versions(pack: Pack, citation: Citation) -> Iterator[Citation]:
    """Stored citations carry their version: without one, every version is meant."""
    if citation.version:
        yield from pack.followed(citation)
        return
    for version in pack.instruments[citation.instrument].versions:
        yield Citation(citation.instrument, version.id, citation.article, citation.paragraph, citation.item)


def resting_matters(
    pack: Pack, person: Person, citation: Citation, number: int = 1, size: int = 50
) -> Page[RestingMatter]:
    """Return a page of the open matters in which a clock that rests on the article runs, or a limit of it is met; newest first."""
    uses = [use for use in used_by(pack, citation) if use.section == "deadlines"]
    wanted = {(use.id, use.span.first.isoformat() if use.span else "") for use in uses}
    clocks = _clock_rows(person, wanted)
    limits = MatterTrait.objects.filter(
        resting(pack, citation), kind=MatterTrait.LIMIT, matter__in=open_matters(person)
    )
    ids = Q(pk__in=clocks.values("matter_id")) | Q(pk__in=limits.values("matter_id"))
    page = page_of(open_matters(person).filter(ids), number, size)
    keys = [matter.pk for matter in page.items]
    return Page(
        _with_rows(page.items, list(clocks.filter(matter_id__in=keys)), list(limits.filter(matter_id__in=keys))),
        page.number,
        page.size,
        page.total,
    )


def _clock_rows(person: Person, wanted: set[tuple[str, str]]) -> QuerySet[ClockRow]:
    versions = Q(pk__in=[])
    for clock, since in wanted:
        versions |= Q(clock=clock, view__zh__version_from=since) if since else Q(clock=clock)
    rows = ClockRow.objects.filter(versions, state__in=list(OPEN_STATES), matter__in=open_matters(person))
    return rows.order_by("due", "clock", "entry")


def _with_rows(
    matters: Sequence[Matter], clocks: Sequence[ClockRow], limits: Sequence[MatterTrait]
) -> tuple[RestingMatter, ...]:
    by_clock: dict[UUID, list[RestingClock]] = {}
    for row in clocks:
        by_clock.setdefault(row.matter_id, []).append(clock_view(row))
    by_limit: dict[UUID, set[tuple[str, str, str]]] = {}
    for trait in limits:
        tier, _, limit = trait.limit.partition(":")
        by_limit.setdefault(trait.matter_id, set()).add((trait.value, tier, limit))
    return tuple(
        RestingMatter(one, tuple(by_clock.get(one.pk, ())), tuple(sorted(by_limit.get(one.pk, ())))) for one in matters
    )


def clock_view(row: ClockRow) -> RestingClock:
    """Return a stored clock as lists show it."""
    titles = Label(row.view["zh"]["title"], row.view["en"]["title"])
    return RestingClock(row.clock, row.entry, row.state, row.due, row.view["zh"]["cite_id"], titles)
