"""An entry of the law pack as JSON: for the command line and the interface, which show the law to programs.

Knows the shape of no entry in particular: names become ids and words, articles become citations, spans become days,
amounts become decimal yuan, and each limit is told in words as well.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from datetime import date
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, get_args

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length
from zhibao.kernel.errors import BadInput, NotFound
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, to_yuan
from zhibao.kernel.places import PlaceCode
from zhibao.rules.conditions import TREES, Compare
from zhibao.rules.language import Limit
from zhibao.rules.money_wording import TOLD, tell_money
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.values import Figure
from zhibao.rules.versions import Span
from zhibao.rules.wording import tell, tell_limit

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
VERSIONED = ("versions", "statute", "terms", "demands")  # the fields that hold dated versions of one entry


class NoSuchEntry(NotFound):
    """The law pack has no entry with this id."""

    code = "no-such-law-entry"
    zh = "法律包里没有编号为「{id}」的条目。"
    en = "The law pack has no entry '{id}'."
    hint_zh = "编号最接近的有：{near}。"
    hint_en = "The nearest ids are: {near}."


class SeveralEntries(BadInput):
    """Entries of several sections have this id."""

    code = "several-law-entries"
    zh = "编号「{id}」在法律包里不止一个。"
    en = "More than one entry of the law pack has the id '{id}'."
    hint_zh = "写明是哪一个：{names}。"
    hint_en = "Say which one: {names}."


class NotInForce(NotFound):
    """The entry is known, but no version of it was in force on the day."""

    code = "law-entry-not-in-force"
    zh = "「{id}」在 {day} 没有生效的版本。"
    en = "No version of '{id}' was in force on {day}."
    hint_zh = "不写日期，就列出所有版本及其起止日期。"
    hint_en = "Without a day, all versions are listed with their dates."


def find_entry(pack: Pack, entry_id: str) -> tuple[str, Entry]:
    """Return the section and the entry with this id, or with ``section/id`` where two sections share one.

    Raises NoSuchEntry with the nearest ids, and SeveralEntries.
    """
    named = {f"{section}/{entry.id}": (section, entry) for section, entry in pack.entries()}
    found = [name for name in named if entry_id in {name, name.partition("/")[2]}]
    if not found:
        raise NoSuchEntry(where=entry_id, id=entry_id, near=", ".join(_nearest(entry_id, pack)))
    if len(found) > 1:
        raise SeveralEntries(where=entry_id, id=entry_id, names=", ".join(found))
    return named[found[0]]


def _nearest(entry_id: str, pack: Pack) -> list[str]:
    """Return up to five ids: first those spelt almost alike, then those that share the most words, in alphabetical order among equals."""
    words = set(entry_id.replace("-", ".").split("."))
    known = sorted({entry.id for _, entry in pack.entries()})
    alike = get_close_matches(entry_id, known, n=3, cutoff=0.8)
    shared = {other: len(words & set(other.replace("-", ".").split("."))) for other in known}
    akin = sorted((other for other in known if shared[other]), key=lambda other: -shared[other])
    return list(dict.fromkeys([*alike, *akin, *get_close_matches(entry_id, known, n=5, cutoff=0.0)]))[:5]


def describe(pack: Pack, entry_id: str, lang: str, on: date | None = None) -> dict[str, Json]:
    """Return the entry, with the versions in force on ``on`` (all of them without a day).

    Raises NoSuchEntry, and NotInForce when it has versions and none holds on that day.
    """
    section, entry = find_entry(pack, entry_id)
    told: dict[str, Json] = {"law_pack": pack.hash, "section": section, "on": on.isoformat() if on else None}
    told |= _Teller(pack, lang, on).fields_of(entry)
    names = [name for name in VERSIONED if getattr(entry, name, None)]
    if on is not None and names and not any(told[name] for name in names):
        raise NotInForce(where=entry_id, id=entry_id, day=on.isoformat())
    return told


class _Teller:
    """Turns the values of entries into JSON."""

    def __init__(self, pack: Pack, lang: str, on: date | None) -> None:
        self._pack, self._lang, self._on = pack, lang, on

    def fields_of(self, value: Any) -> dict[str, Json]:
        told: dict[str, Json] = {}
        for field in fields(value):
            held = getattr(value, field.name)
            told[field.name] = self.tell(self._in_force(held) if field.name in VERSIONED else held)
            if is_fen(field) and isinstance(held, int):
                told[field.name] = to_yuan(Fen(held))
            if isinstance(held, Citation):
                told[f"{field.name}_id"] = held.to_text()
            if isinstance(held, tuple) and held and all(isinstance(one, Citation) for one in held):
                told[f"{field.name}_id"] = [one.to_text() for one in held]
        if isinstance(value, Compare) and value.unit == "yuan":
            told["limit"] = to_yuan(Fen(value.limit))
        if isinstance(value, Figure):
            told["bounds"] = [{"op": bound.op, "number": value.written(bound)} for bound in value.bounds]
            told["says"] = value.told(self._lang)
        if isinstance(value, TREES):
            told["says"] = tell(self._pack, value, self._lang)
        if isinstance(value, Limit):
            told["says"] = tell_limit(self._pack, value, self._lang)
        if isinstance(value, TOLD):
            told["says"] = tell_money(self._pack, value, self._lang)
        return told

    def _in_force(self, versions: Sequence[Any]) -> Sequence[Any]:
        on = self._on
        return versions if on is None else [version for version in versions if version.span.contains(on)]

    def tell(self, value: Any) -> Json:
        if isinstance(value, Label):
            return value.say(self._lang)
        if isinstance(value, Citation):
            return self._pack.show_cite(value, self._lang)
        if isinstance(value, Mapping):
            return {_key(key): self.tell(held) for key, held in value.items()}
        if isinstance(value, list | tuple | frozenset):
            return [self.tell(held) for held in value]
        for kind, write in _WRITERS:
            if isinstance(value, kind):
                return write(value)
        return self.fields_of(value) | {"is": type(value).__name__}


def tell_value(pack: Pack, value: Any, lang: str, *, money: bool = False) -> Json:
    """Return any value of an entry as JSON; ``money``: a whole number is fen, told in yuan."""
    if money and isinstance(value, int):
        return to_yuan(Fen(value))
    return _Teller(pack, lang, None).tell(value)


def is_fen(field: Field[Any]) -> bool:
    """Tell whether a dataclass field holds an amount of money."""
    return Fen in {field.type, *get_args(field.type)}


def _key(key: object) -> str:
    """Return a mapping's key as text; pairs (old version, old article) are joined by a slash."""
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def _span(span: Span) -> Json:
    return {"from": span.first.isoformat(), "to": span.last.isoformat() if span.last else None}


_WRITERS: tuple[tuple[type | UnionType, Callable[[Any], Json]], ...] = (
    (Span, _span),
    (Length, Length.to_text),
    (PlaceCode | Fraction, str),
    (Enum, lambda value: str(value.value)),
    (date, date.isoformat),
    (NoneType | bool | int | str, lambda value: value),
)
