"""Golden cases of any entry: what it holds on a day, as short words: codes, lengths, amounts, flags, articles, confidence.

Knows the shape of no entry in particular; names and words for people are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, to_yuan
from zhibao.kernel.places import PlaceCode
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span

ABSENT = "none"
# Ids and places in files say where a thing stands, not what the law says.
_LEFT_OUT = frozenset({"where", "family", "number_label"})


def check_held(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Compare entries, named section/id, day by day with the words that are expected."""
    entries = {f"{section}/{entry.id}": entry for section, entry in pack.entries()}
    asked = case.table("held")
    for name in asked:
        if name not in entries:
            raise LawUnknownReference(where=asked.place(name), seen=name, what_zh="条目", what_en="an entry")
        days = asked.table(name)
        for day in days:
            want, got = list(days.words(day)), held(entries[name], date.fromisoformat(day))
            if got != want:
                yield Mismatch(days.place(day), f"{case.text('name')} {name} {day}", str(want), str(got))


def held(entry: Entry, day: date) -> list[str]:
    """Return what an entry holds on a day: its own values, and those of its dated parts in force; "none" for nothing.

    Parts are named by their ids, the entry itself is not.
    """
    return [word for word in _words(entry, day) if word != entry.id] or [ABSENT]


def _words(value: Any, day: date, *, money: bool = False) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            words = [("yes" if one else "no")] if isinstance(one, bool) else _words(one, day)
            yield from (f"{key}: {word}" for word in words)
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one, day)
    elif isinstance(value, Citation | Length):
        yield value.to_text()
    elif isinstance(value, PlaceCode | str | int):
        yield from _plain(value, money=money)
    elif is_dataclass(value) and not isinstance(value, Label | Span) and _in_force(value, day):
        yield from _fields(value, day)


def _plain(value: PlaceCode | str | int, *, money: bool) -> Iterator[str]:
    """Yield a value that is one word; a confidence read in the text, an empty word and a yes or no yield none."""
    if isinstance(value, bool) or value in {"", Confidence.TEXT}:
        return
    yield to_yuan(Fen(value)) if money and isinstance(value, int) else str(value)


def _fields(value: Any, day: date) -> Iterator[str]:
    for field in fields(value):
        one = getattr(value, field.name)
        if isinstance(one, bool):
            yield from (field.name,) if one else ()
        elif field.name not in _LEFT_OUT:
            yield from _words(one, day, money=Fen in {field.type, *get_args(field.type)})


def _in_force(value: Any, day: date) -> bool:
    span = getattr(value, "span", None)
    return not isinstance(span, Span) or span.contains(day)
