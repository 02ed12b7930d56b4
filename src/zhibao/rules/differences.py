"""What differs between the law of two days inside one value: field by field, whatever the kind of value.

Knows no kind of entry in particular: it walks dataclasses, mappings and tuples, keeps of dated things those in force on
each day, and pairs the rest by their ids. Words for what it finds are in ``diff_words``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Literal

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length
from zhibao.kernel.labels import Label
from zhibao.kernel.places import PlaceCode
from zhibao.rules.conditions import TREES
from zhibao.rules.describe import VERSIONED, is_fen
from zhibao.rules.instruments import InstrumentVersion
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Span

How = Literal["changed", "added", "dropped", "renumbered", "carried", "lapses"]
# Told as a whole; a lawyer reads 数额三万元以上, not its parts.
_WHOLE = (Label, Length, Span, PlaceCode, Enum, date, *TREES)
_UNTOLD = frozenset({"where", "span", "id"})
_KEYS = ("id", "event", "begins", "name", "kind", "number", "procedure")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. ``path`` leads to it; items of a list stand in it as [id].

    ``renumbered``: the same provision under another number; ``carried``: under the same number in a newer version;
    ``lapses``: the version cited has ended while the rule goes on (``new`` is its successor, if known).
    """

    path: tuple[str, ...]
    how: How
    old: object
    new: object
    field: str = ""
    money: bool = False


def differences(pack: Pack, entry: object, first: date, second: date) -> tuple[Change, ...]:
    """Return what differs in ``entry`` between two days, in the order of its fields."""
    return tuple(_Comparison(pack, first, second).walk((), entry, entry))


def held_on(value: object, day: date) -> list[object]:
    """Return the versions of an entry in force on ``day``, over all its fields that hold versions; the entry's own dates
    count where it has no versions.
    """
    names = [name for name in VERSIONED if isinstance(getattr(value, name, None), tuple)]
    if not names:
        span = getattr(value, "span", None)
        return [value] if isinstance(span, Span) and span.contains(day) else []
    return [one for name in names for one in getattr(value, name) if _in_force(one, day)]


def is_dated(value: object) -> bool:
    """Tell whether an entry has versions or dates at all."""
    return isinstance(getattr(value, "span", None), Span) or any(
        isinstance(getattr(value, name, None), tuple) and getattr(value, name) for name in VERSIONED
    )


def _in_force(value: object, day: date) -> bool:
    span = getattr(value, "span", None)
    return not isinstance(span, Span) or span.contains(day)


class _Comparison:
    """Walks one value as it stands on two days."""

    def __init__(self, pack: Pack, first: date, second: date) -> None:
        self._pack, self._first, self._second = pack, first, second

    def walk(self, path: tuple[str, ...], old: object, new: object, field: str = "") -> Iterator[Change]:
        if isinstance(old, Citation) and isinstance(new, Citation):
            yield from self._citation(path, old, new, field)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self._mapping(path, old, new, field)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            yield from self._series(path, old, new, field)
        elif _is_table(old) and type(old) is type(new):
            for one in _fields_of(old):
                if one.name not in _UNTOLD:
                    pair = getattr(old, one.name), getattr(new, one.name)
                    found = self.walk((*path, one.name), *pair, field=one.name)
                    yield from (replace(change, money=True) for change in found) if is_fen(one) else found
        elif old != new:
            yield Change(path, _how(old, new), old, new, field)

    def _mapping(
        self, path: tuple[str, ...], old: Mapping[Any, object], new: Mapping[Any, object], field: str
    ) -> Iterator[Change]:
        for key in dict.fromkeys((*old, *new)):
            yield from self.walk((*path, f"[{_key_text(key)}]"), old.get(key), new.get(key), field)

    def _series(
        self, path: tuple[str, ...], old: tuple[object, ...], new: tuple[object, ...], field: str
    ) -> Iterator[Change]:
        before = [one for one in old if _in_force(one, self._first)]
        after = [one for one in new if _in_force(one, self._second)]
        if field in VERSIONED and len(before) <= 1 and len(after) <= 1:
            old_one, new_one = (held[0] if held else None for held in (before, after))
            yield from self.walk(path, old_one, new_one, field=field)
        elif all(_is_table(one) for one in (*before, *after)):
            yield from self._mapping(path, _keyed(before), _keyed(after), field)
        else:
            yield from self._words(path, before, after, field)

    def _words(self, path: tuple[str, ...], before: list[object], after: list[object], field: str) -> Iterator[Change]:
        """Compare lists of plain values; citations of one provision in two versions are one item that moved."""
        gone, left = [], [one for one in after if one not in before]
        for one in before:
            pair = one if one in after else self._same_provision(one, left)
            if pair is None:
                gone.append(one)
                continue
            if pair in left:
                left.remove(pair)
            yield from self.walk(path, one, pair, field)
        if gone or left:
            pairs = tuple(gone), tuple(left)
            yield Change(path, _how(*pairs), *pairs, field)

    def _same_provision(self, old: object, among: list[object]) -> object | None:
        if not isinstance(old, Citation):
            return None
        return next((new for new in among if isinstance(new, Citation) and self._moved(old, new)), None)

    def _citation(self, path: tuple[str, ...], old: Citation, new: Citation, field: str) -> Iterator[Change]:
        if old != new:
            yield Change(path, self._moved(old, new) or "changed", old, new, field)
        elif self._ends_between(old):
            yield Change(path, "lapses", old, self._successor(old), field)

    def _moved(self, old: Citation, new: Citation) -> How | None:
        """Tell whether two citations are one provision in two versions, under the same number or another."""
        if old.instrument != new.instrument or (old.paragraph, old.item) != (new.paragraph, new.item):
            return None
        later = self._pack.version_of(new)
        if later is None or later_number(self._pack, old, later) != new.article:
            return None
        return "carried" if new.article == old.article else "renumbered"

    def _ends_between(self, cite: Citation) -> bool:
        version = self._pack.version_of(cite)
        if version is None or not version.span.contains(self._first):
            return False
        return version.span.last is not None and version.span.last < self._second

    def _successor(self, cite: Citation) -> Citation | None:
        """Return the same provision in the version in force on the second day, if the tables or its number show it."""
        version = self._pack.instruments[cite.instrument].on(self._second)
        article = later_number(self._pack, cite, version) if version else None
        if version is None or article is None:
            return None
        return Citation(cite.instrument, version.id, article, cite.paragraph, cite.item)


def later_number(pack: Pack, cite: Citation, later: InstrumentVersion) -> str | None:
    """Return what the article cited is numbered in a later version; None where it is not known to go on.

    Where no renumbering table leads to that version, an article keeps its number; where one does, an article it does not
    name is the same only if we say the same of both.
    """
    chain = pack.followed(Citation(cite.instrument, cite.version, cite.article))
    found = next((step.article for step in chain if step.version == later.id), None)
    if found is not None or cite.article not in later.articles:
        return found
    targets = [target for target in pack.instruments[cite.instrument].renumbered.values() if target[0] == later.id]
    if not targets:
        return cite.article
    own = pack.article(cite)
    same = own is not None and own.gist == later.articles[cite.article].gist
    return cite.article if same and (later.id, cite.article) not in targets else None


def _fields_of(value: object) -> tuple[Field[Any], ...]:
    """Return the fields of a dataclass, none of anything else."""
    return fields(value) if is_dataclass(value) else ()


def _is_table(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, (Citation, *_WHOLE))


def _how(old: object, new: object) -> How:
    if old in (None, ()):
        return "added"
    return "dropped" if new in (None, ()) else "changed"


def _keyed(held: list[object]) -> dict[str, object]:
    """Return the items of a list by what names them; those without a name by their place."""
    found: dict[str, object] = {}
    for place, one in enumerate(held, start=1):
        key = next((text for name in _KEYS if (text := _text(getattr(one, name, None)))), str(place))
        while key in found:
            key += f"#{place}"
        found[key] = one
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _key_text(key: object) -> str:
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
