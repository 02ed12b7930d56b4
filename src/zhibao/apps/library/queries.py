"""The library as people and programs ask for it. Every function takes who asks first and reads the pack in use.

Knows who may read; what is read stands in the rooms beside: ``articles``, ``comparing``, ``searching``, ``uses``,
``coming``, ``values``, ``checks``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.apps.library import articles, checks, coming, comparing, searching, uses
from zhibao.apps.library import values as legal_values
from zhibao.apps.library.access import may_change, require_reading
from zhibao.apps.library.models import LawEvent, LawText
from zhibao.apps.library.texts.folding import printable
from zhibao.apps.library.texts.matching import HOW_TO_TELL
from zhibao.apps.organs import law_folder
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page, page_of
from zhibao.kernel.citations import Citation
from zhibao.rules.pack import Pack
from zhibao.rules.registers import CalendarYear

__all__ = ["HOW_TO_TELL"]


@dataclass(frozen=True, slots=True)
class PackInUse:
    """The pack in use: how it came here, and what was in use before. ``since`` is empty for a pack read as it was shipped."""

    pack: Pack
    since: str
    folder: str
    before: tuple["OldPack", ...]
    local_files: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class OldPack:
    """A pack that was in use, for reading: hash, since when, by whom, why."""

    hash: str
    since: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the calendar: published, or computed and so provisional; ``local`` where this installation added its notice."""

    year: CalendarYear
    provisional: bool
    local: bool
    may_edit: bool


# --- reading the law --------------------------------------------------------------------------------------------------


def instrument_on(person: Person, instrument: str, day: date) -> articles.InstrumentView:
    """Return an instrument as of a day, with a line for each article known of its version then. Raises NoSuchVersion."""
    require_reading(person)
    return articles.instrument_on(current_pack(), instrument, day)


def article_on(person: Person, instrument: str, article: str, day: date) -> articles.ArticleView:
    """Return an article as it stood on ``day``. Raises NoSuchVersion, ArticleUnknown."""
    require_reading(person)
    return articles.article_on(current_pack(), instrument, article, day)


def article_in(person: Person, instrument: str, version: str, article: str) -> articles.ArticleView:
    """Return an article of one version, as of that version's first day. Raises NoSuchVersion, ArticleUnknown."""
    require_reading(person)
    pack = current_pack()
    found = articles.find_instrument(pack, instrument)
    held = articles.find_version(found, version)
    return articles.article_of(pack, found, held, article, held.span.first)


def compare_versions(
    person: Person, instrument: str, old: str, new: str, *, words: bool = True
) -> comparing.Comparison:
    """Return two versions side by side, article by article, differences marked. Raises NoSuchVersion, CannotCompare.

    With ``words`` false, versions without an imported text are compared by their gists.
    """
    require_reading(person)
    return comparing.compare_versions(current_pack(), instrument, old, new, words=words)


def compare_articles(
    person: Person, instrument: str, old: tuple[str, str], new: tuple[str, str] | None = None, *, new_version: str = ""
) -> comparing.Row:
    """Return one article (version, number) beside another, or beside what it became in ``new_version``.

    Raises NoSuchVersion, CannotCompare.
    """
    require_reading(person)
    return comparing.compare_articles(current_pack(), instrument, old, new, new_version=new_version)


def search(
    person: Person,
    query: str,
    *,
    day: date | None = None,
    today: date | None = None,
    kind: str = "",
    page: int = 1,
    size: int = 20,
) -> searching.SearchPage:
    """Search instruments, rules and articles; with ``day`` only what was in force on it.

    Of several versions of an article that was named, the one in force on ``today`` stands first.
    """
    require_reading(person)
    return searching.search(
        current_pack(), query, lang=person.language, day=day, today=today, kind=kind, number=page, size=size
    )


def uses_of(person: Person, citation: Citation) -> tuple[uses.UseView, ...]:
    """Return what rests on an article, with how many open matters the person may see."""
    require_reading(person)
    return uses.uses_of(current_pack(), person, citation)


def resting_matters(person: Person, citation: Citation, page: int = 1, size: int = 50) -> Page[uses.RestingMatter]:
    """Return a page of the open matters in which a clock that rests on the article runs, or a limit of it is met."""
    require_reading(person)
    return uses.resting_matters(current_pack(), person, citation, page, size)


# --- what comes -------------------------------------------------------------------------------------------------------


def coming_days(person: Person, after: date, until: date) -> tuple[coming.ComingDay, ...]:
    """Return the days on which the law changes, after ``after`` up to ``until``. Raises SpanTooLong."""
    require_reading(person)
    return coming.coming_days(current_pack(), after, until)


def coming_on(
    person: Person, day: date, *, section: str = "", page: int = 1, size: int = 50
) -> Page[coming.ComingChange]:
    """Return a page of what a day changes, each with the count of open matters touched that the person may see."""
    require_reading(person)
    return coming.coming_on(current_pack(), person, day, section=section, number=page, size=size)


def touched_matters(
    person: Person, day: date, *, entry: str = "", page: int = 1, size: int = 50
) -> Page[coming.TouchedMatter]:
    """Return a page of the open matters a day touches (or one changed entry of it), each with why."""
    require_reading(person)
    return coming.touched_matters(current_pack(), person, day, entry_id=entry, number=page, size=size)


# --- the law officer --------------------------------------------------------------------------------------------------


def texts(
    person: Person, *, state: str = "", text: str = "", instrument: str = "", page: int = 1, size: int = 50
) -> Page[LawText]:
    """Return a page of the imported texts, by title; ``state`` current, replaced or unmatched."""
    require_reading(person)
    rows = LawText.objects.select_related("by", "by__organ").defer("preamble")
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(title__icontains=printable(text))
    if instrument:
        rows = rows.filter(instrument=printable(instrument))
    return page_of(rows, page, size)


def text_findings(person: Person, instrument: str = "") -> tuple[checks.TextFinding, ...]:
    """Return where the pack cites an article, paragraph or item that the imported text does not have."""
    require_reading(person)
    return checks.text_findings(current_pack(), printable(instrument))


def values(
    person: Person, filters: legal_values.ValueFilters | None = None, page: int = 1, size: int = 50
) -> Page[legal_values.ValueView]:
    """Return a page of the legal values with when and by whom each was last checked."""
    require_reading(person)
    return legal_values.values(current_pack(), filters or legal_values.ValueFilters(), page, size)


def value_counts(person: Person) -> dict[str, int]:
    """Return how many values are in each state."""
    require_reading(person)
    return legal_values.counts(current_pack())


def events(
    person: Person, *, kinds: Sequence[str] = (), subject: str = "", page: int = 1, size: int = 50
) -> Page[LawEvent]:
    """Return a page of what was done about the law, newest first; of some kinds, or about one thing."""
    require_reading(person)
    rows = LawEvent.objects.select_related("by", "organ")
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if subject:
        rows = rows.filter(subject=printable(subject))
    return page_of(rows, page, size)


# --- the pack in use --------------------------------------------------------------------------------------------------


def pack_in_use(person: Person) -> PackInUse:
    """Return the pack in use, the ones before it, and the files this installation added."""
    require_reading(person)
    held = law_folder.in_use()
    kept = law_folder.packs_kept()
    before = tuple(
        OldPack(one["hash"], one["since"], one["by"], one["why"])
        for one in kept
        if held is None or one["folder"] != held.folder
    )
    return PackInUse(
        pack=current_pack(),
        since=held.since if held else "",
        folder=held.folder if held else "",
        before=before,
        local_files=tuple(law_folder.local_files()),
        may_change=may_change(person),
    )


def local_file(person: Person, name: str) -> str:
    """Return one file of this installation's own layer; an empty text where there is none of that name yet."""
    require_reading(person)
    law_folder.check_name(name)
    return law_folder.local_files().get(name, "")


def calendar_years(person: Person) -> tuple[YearView, ...]:
    """Return the years of the calendar, oldest first."""
    require_reading(person)
    pack = current_pack()
    return tuple(
        _year(pack, one, may=may_change(person)) for one in sorted(pack.years.values(), key=lambda one: one.year)
    )


def _year(pack: Pack, year: CalendarYear, *, may: bool) -> YearView:
    local = f"/{law_folder.LOCAL}/" in year.where
    provisional = pack.calendar.is_provisional(date(year.year, 1, 1))
    return YearView(year, provisional, local, may and (provisional or local))
