"""Reading the fields of a FACTS document: days, amounts, counts, multiples, yes or no, each refused at its place.

Knows no document in particular. A field left out or null is unknown; what was mended in reading is remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.money import LARGEST, parse_yuan, to_yuan
from zhibao.rules.conditions import Truth
from zhibao.rules.errors import (
    FactBackwards,
    FactBadAmount,
    FactBadDay,
    FactMissing,
    FactNotOneOf,
    FactNotYesNo,
    FactUnknownField,
)
from zhibao.rules.money_errors import FactBadMultiple, FactNotShape

_LONGEST_MULTIPLE = 12


@dataclass(frozen=True, slots=True)
class Mended:
    """Something that was read although it was not written as asked: where, what stood there, what it was read as."""

    where: str
    seen: str
    read_as: str


@dataclass(slots=True)
class FactReader:
    """Reads fields and remembers what it mended."""

    mended: list[Mended] = field(default_factory=list)

    def table(self, seen: object, where: str) -> Mapping[str, Any]:
        """Return an object; null is an empty one only where the caller says so beforehand."""
        if not isinstance(seen, Mapping):
            raise FactNotShape(where=where, want_zh="一组字段 { … }", want_en="an object { … }")
        return seen

    def tables(self, seen: object, where: str) -> list[tuple[str, Mapping[str, Any]]]:
        """Return the objects of a list, each with its place."""
        if isinstance(seen, str) or not isinstance(seen, Sequence):
            raise FactNotShape(where=where, want_zh="一个列表 [ … ]", want_en="a list [ … ]")
        return [(f"{where}[{i}]", self.table(one, f"{where}[{i}]")) for i, one in enumerate(seen)]

    def part(self, row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        """Return the object under ``key`` with only the fields of ``known``; left out, an empty one."""
        inner = {} if row.get(key) is None else self.table(row[key], key)
        self.only(inner, known, f"{key}.")
        return inner

    def only(self, row: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        """Refuse any field that is not in ``known``."""
        for key in row:
            if key not in known:
                raise FactUnknownField(where=f"{prefix}{key}", field=str(key), known=", ".join(known))

    def span(self, row: Mapping[str, Any], where: str) -> tuple[date, date]:
        """Return from and to, both of which must be there, in order."""
        first, last = (self.required_day(row, key, f"{where}.{key}") for key in ("from", "to"))
        if first > last:
            raise FactBackwards(where=f"{where}.from", first=first.isoformat(), last=last.isoformat())
        return first, last

    def required_day(self, row: Mapping[str, Any], key: str, where: str) -> date:
        """Return the day under ``key``, which must be there."""
        if row.get(key) is None:
            raise FactMissing(
                where=where,
                field=key,
                mend_zh="写成 2026-02-28 的样子；哪天的行为决定用哪一版规定。",
                mend_en="Write it like 2026-02-28; the day of the act decides which rules apply.",
            )
        return self.day(row[key], where)

    def day_or_none(self, row: Mapping[str, Any], key: str, where: str) -> date | None:
        """Return the day under ``key``, or None."""
        return None if row.get(key) is None else self.day(row[key], where)

    def day(self, seen: object, where: str) -> date:
        """Read one day."""
        if not isinstance(seen, str):
            raise FactBadDay(where=where, seen=shown(seen))
        try:
            day = parse_day(seen)
        except ZhibaoError:
            raise FactBadDay(where=where, seen=seen) from None
        self._note(where, seen, day.isoformat())
        return day

    def amount(self, seen: object, where: str) -> int | None:
        """Read an amount in yuan as fen; negative ones, parts of a fen and floating-point numbers are refused."""
        if seen is None:
            return None
        if isinstance(seen, bool) or not isinstance(seen, str | int):
            raise FactBadAmount(where=where, seen=shown(seen))
        if isinstance(seen, int) and not 0 <= seen <= LARGEST:
            raise FactBadAmount(where=where, seen=shown(seen))
        try:
            fen = parse_yuan(str(seen))
        except ZhibaoError:
            raise FactBadAmount(where=where, seen=shown(seen)) from None
        if isinstance(seen, str) and not seen.isascii():
            self._note(where, seen, to_yuan(fen))
        return fen

    def multiple(self, seen: object, where: str) -> Fraction | None:
        """Read a multiple such as 2, "2.5" or "5/2", exactly; it must be above 0."""
        if seen is None:
            return None
        if isinstance(seen, bool) or not isinstance(seen, str | int) or len(str(seen)) > _LONGEST_MULTIPLE:
            raise FactBadMultiple(where=where, seen=shown(seen))
        try:
            found = Fraction(seen)
        except (ValueError, ZeroDivisionError):
            raise FactBadMultiple(where=where, seen=shown(seen)) from None
        if found <= 0 or (isinstance(seen, str) and "e" in seen.lower()):
            raise FactBadMultiple(where=where, seen=shown(seen))
        return found

    def flag(self, seen: object, where: str) -> Truth:
        """Read true, false or null."""
        if seen is None or isinstance(seen, bool):
            return seen
        raise FactNotYesNo(where=where, seen=shown(seen))

    def choice(self, seen: object, where: str, known: tuple[str, ...]) -> str | None:
        """Read one word of ``known``, or None."""
        if seen is None or (isinstance(seen, str) and seen in known):
            return seen
        raise FactNotOneOf(where=where, seen=shown(seen), known=", ".join(known))

    def choices(self, seen: object, where: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Read a list of words of ``known``."""
        if isinstance(seen, str) or not isinstance(seen, Sequence):
            raise FactNotShape(where=where, want_zh="一个列表 [ … ]", want_en="a list [ … ]")
        return tuple(self.choice(one, f"{where}[{i}]", known) or self._none(where) for i, one in enumerate(seen))

    def flags(self, row: Mapping[str, Any], key: str, known: tuple[str, ...]) -> dict[str, Truth]:
        """Read an object of yes-or-no facts; those left out are unknown."""
        inner = self.part(row, key, known)
        return {name: self.flag(inner.get(name), f"{key}.{name}") for name in known}

    def _none(self, where: str) -> str:
        raise FactNotShape(where=where, want_zh="没有 null 的列表", want_en="a list without null")

    def _note(self, where: str, seen: str, read_as: str) -> None:
        if seen != read_as:
            self.mended.append(Mended(where, seen, read_as))


def shown(seen: object) -> str:
    """Return a value as JSON writes it; whole numbers beyond any amount only in outline."""
    if seen is None or isinstance(seen, bool):
        return {None: "null", True: "true", False: "false"}[seen]
    if isinstance(seen, int) and abs(seen) > LARGEST:
        return f"{'-' if seen < 0 else ''}{LARGEST}…"
    return str(seen)
