"""Every legal value of the pack, with when and by whom it was last held against the text: what a law officer works through.

A value is whatever in an entry carries an article: a version of a clock, a limit, a fine, a factor, a term. Its id is the
entry's with what tells it apart inside, such as ``deadlines/adm.file/2019-04-01`` or
``offences/cn.criminal.213/2025-04-26/goods.gain``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime

from zhibao.apps.library.errors import ValueNotFound
from zhibao.apps.library.models import LawEvent
from zhibao.apps.library.searching import title_of
from zhibao.apps.organs.paging import LARGEST, Page
from zhibao.kernel.citations import Citation
from zhibao.kernel.days import legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Confidence, Span

CONFIRMED, DIFFERS = "confirmed", "differs"
VERDICTS = (CONFIRMED, DIFFERS)
FIRST = ("cite", "cites")  # what sets the value; other fields say what else bears on it
NO_VALUES = frozenset({"instruments", "places"})  # texts are held against the pack by ``checks``


@dataclass(frozen=True, slots=True)
class LawValue:
    """One value as the law file has it. ``checked_on``: the day the law file says the cited text was last looked at."""

    id: str
    section: str
    entry: str
    title: Label
    part: str  # what tells it apart inside the entry; empty for the entry itself
    first: date | None
    last: date | None
    cites: tuple[Citation, ...]
    confidence: Confidence | None
    where: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class LastCheck:
    """What a person last said of a value here."""

    at: datetime
    by: Label
    organ: Label
    verdict: str
    against: str
    note: str
    same_pack: bool  # whether the value was checked as the pack now has it, not under an earlier pack


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value with its last check; ``last`` is None where nobody here has checked it."""

    value: LawValue
    check: LastCheck | None

    @property
    def last_on(self) -> date | None:
        """The day it was last checked, by whomever: here, or by those who wrote the law file."""
        days = [legal_day(self.check.at) if self.check else None, self.value.checked_on]
        return max((day for day in days if day is not None), default=None)

    @property
    def state(self) -> str:
        """What was last said of it here, confirmed or differs; else what the law file says: text, secondary, unconfirmed."""
        if self.check is not None:
            return self.check.verdict
        return str(self.value.confidence) if self.value.confidence else str(Confidence.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class ValueFilters:
    """What a list of values is narrowed to; what is left empty does not narrow it.

    ``state``: unconfirmed (nobody has read it in the text, or somebody found it differs), confirmed, differs, text,
    secondary. ``before``: last checked before that day, or never.
    """

    section: str = ""
    text: str = ""
    state: str = ""
    instrument: str = ""
    before: date | None = None


_CACHE: dict[str, tuple[LawValue, ...]] = {}


def values_of(pack: Pack) -> tuple[LawValue, ...]:
    """Return every value, by id; kept for the newest packs asked for."""
    if pack.hash not in _CACHE:
        if len(_CACHE) >= 4:
            _CACHE.clear()
        _CACHE[pack.hash] = tuple(sorted(_all_values(pack), key=lambda one: one.id))
    return _CACHE[pack.hash]


def _all_values(pack: Pack) -> Iterator[LawValue]:
    listed = [*pack.entries(), *(("years", year) for year in pack.years.values())]
    for section, entry in listed:
        if section in NO_VALUES:
            continue
        seen: dict[str, int] = {}
        for part, held, span, confidence in _inside(entry, (), "", None, None):
            key = f"{section}/{entry.id}" + (f"/{part}" if part else "")
            seen[key] = seen.get(key, 0) + 1
            unique = key if seen[key] == 1 else f"{key}#{seen[key]}"
            cites = _cites(held)
            yield LawValue(
                id=unique,
                section=section,
                entry=entry.id,
                title=title_of(entry),
                part=unique.removeprefix(f"{section}/{entry.id}").lstrip("/"),
                first=span.first if span else None,
                last=span.last if span else None,
                cites=cites,
                confidence=confidence,
                where=str(getattr(held, "where", "") or entry.where),
                checked_on=_checked_on(pack, cites),
            )


def _inside(
    held: object, path: tuple[str, ...], name: str, span: Span | None, confidence: Confidence | None
) -> Iterator[tuple[str, object, Span | None, Confidence | None]]:
    """Yield everything inside that carries an article, with the dates and confidence nearest to it.

    ``name`` is what a part is called where nothing of its own tells it from its neighbours.
    """
    if isinstance(held, Mapping):
        for key, one in held.items():
            yield from _inside(one, (*path, _word(key)) if _holds_parts(one) else path, "", span, confidence)
    elif isinstance(held, tuple):
        for place, one in enumerate(held, 1):
            yield from _inside(one, path, f"{name}-{place}" if len(held) > 1 else name, span, confidence)
    elif _is_part(held):
        span = getattr(held, "span", None) or span
        confidence = getattr(held, "confidence", None) or confidence
        here = (*path, *(tuple(_tells(held, path)) or ((name,) if name else ())))
        if _cites(held):
            yield "/".join(here), held, span, confidence
        for each in fields(held):  # type: ignore[arg-type]  # ``_is_part`` has seen that it is a dataclass
            inner = "" if each.name in PLAIN else each.name
            yield from _inside(getattr(held, each.name), here, inner, span, confidence)


PLAIN = ("versions",)  # told by their dates


def _is_part(held: object) -> bool:
    return is_dataclass(held) and not isinstance(held, Citation | Label | Span)


def _holds_parts(held: object) -> bool:
    return _is_part(held) or (isinstance(held, tuple) and any(_is_part(one) for one in held))


def _word(key: object) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _tells(held: object, path: tuple[str, ...]) -> Iterator[str]:
    """Yield what tells a part from its neighbours: its first day, its id. The entry itself has neither in its path."""
    own = getattr(held, "span", None)
    day = own.first.isoformat() if isinstance(own, Span) else ""
    if day and day not in path:
        yield day
    name = getattr(held, "id", None)
    if isinstance(name, str) and name and name not in {day, *path} and (path or day):
        yield name


def _cites(held: object) -> tuple[Citation, ...]:
    """Return the articles a part carries itself, not those of its parts."""
    found: list[Citation] = []
    names = [each.name for each in fields(held)] if is_dataclass(held) else []
    for name in sorted(names, key=lambda name: (name not in FIRST, name)):
        value = getattr(held, name)
        many = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        found += [one for one in many if isinstance(one, Citation)]
    return tuple(dict.fromkeys(found))


def _checked_on(pack: Pack, cites: tuple[Citation, ...]) -> date | None:
    days = []
    for cite in cites[:1]:
        instrument = pack.instruments.get(cite.instrument)
        version = instrument.version(cite.version) if instrument and cite.version else None
        days += [version.checked_on] if version and version.checked_on else []
    return max(days, default=None)


def find_value(pack: Pack, value_id: str) -> LawValue:
    """Return the value with that id. Raises ValueNotFound."""
    found = next((one for one in values_of(pack) if one.id == value_id), None)
    if found is None:
        raise ValueNotFound(where="value", value=value_id)
    return found


def last_checks(pack: Pack) -> dict[str, LastCheck]:
    """Return what was last said of each value, by value id; two queries."""
    found: dict[str, LastCheck] = {}
    rows = LawEvent.objects.filter(kind=LawEvent.CHECKED).select_related("by", "organ").order_by("at", "id")
    for row in rows:
        assert row.by is not None
        assert row.organ is not None
        found[row.subject] = LastCheck(
            at=row.at,
            by=Label(row.by.name_zh or row.by.username, row.by.name_en or row.by.username),
            organ=Label(row.organ.name_zh, row.organ.name_en),
            verdict=row.verdict,
            against=row.against,
            note=row.note,
            same_pack=row.law_pack == pack.hash or row.data.get("seen") == _seen(pack, row.subject),
        )
    return found


def _seen(pack: Pack, value_id: str) -> str | None:
    found = next((one for one in values_of(pack) if one.id == value_id), None)
    return seen_of(found) if found else None


def seen_of(value: LawValue) -> str:
    """Return what of a value a person saw when checking it: its articles and dates, to tell whether it is still so."""
    return f"{value.first}|{value.last}|{','.join(cite.to_text() for cite in value.cites)}"


def values(pack: Pack, filters: ValueFilters, number: int = 1, size: int = 50) -> Page[ValueView]:
    """Return a page of the values, by id."""
    found = list(each_value(pack, filters))
    size = min(max(size, 1), LARGEST)
    number = min(max(number, 1), max(1, -(-len(found) // size)))
    return Page(found[(number - 1) * size : number * size], number, size, len(found))


def each_value(pack: Pack, filters: ValueFilters) -> Iterator[ValueView]:
    """Yield the values that the filters let through."""
    checks = last_checks(pack)
    for value in values_of(pack):
        view = ValueView(value, checks.get(value.id))
        if _passes(view, filters):
            yield view


def _passes(view: ValueView, wanted: ValueFilters) -> bool:
    value = view.value
    told = f"{value.id} {value.title.zh} {value.title.en}".casefold()
    return (
        wanted.section in {"", value.section}
        and (not wanted.text or all(word in told for word in wanted.text.casefold().split()))
        and (not wanted.instrument or any(cite.instrument == wanted.instrument for cite in value.cites))
        and (not wanted.state or _in_state(view, wanted.state))
        and (wanted.before is None or view.last_on is None or view.last_on < wanted.before)
    )


def _in_state(view: ValueView, state: str) -> bool:
    if state == Confidence.UNCONFIRMED:
        return view.state in {Confidence.UNCONFIRMED, DIFFERS}
    return view.state == state


def counts(pack: Pack) -> dict[str, int]:
    """Return how many values there are in each state."""
    found: dict[str, int] = {}
    for view in each_value(pack, ValueFilters()):
        found[view.state] = found.get(view.state, 0) + 1
    return dict(sorted(found.items()))
