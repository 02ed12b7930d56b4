"""The facts of one case as `law assess` is given them: read, mended where the meaning is plain, refused where it is not.

Knows the shape of FACTS, not what follows from it. A field left out or null is unknown, which is not zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibao.rules.conditions import Truth
from zhibao.rules.errors import FactAfterJudging, FactBadCount, FactMissing, FactNotTable, FactUnknownKind
from zhibao.rules.fact_reader import FactReader, Mended, shown
from zhibao.rules.pack import Pack

PRIOR_KINDS = {"administrative-penalty": "administrative", "criminal-penalty": "criminal"}
FIELDS = ("acts", "priors", "suspicion", "on")
SUSPICION = ("reasonable", "police_measures_needed")
# More than any case file holds; a count beyond it is a slip of the keyboard.
LARGEST_COUNT = 10**12


@dataclass(frozen=True, slots=True)
class Act:
    """行为: one act, or one run of acts, not yet dealt with. Amounts in fen, counts in pieces; None is unknown."""

    kind: str
    first: date
    last: date
    amounts: Mapping[str, int | None]
    flags: Mapping[str, Truth]
    role: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Prior:
    """An earlier penalty: ``by`` is "administrative" or "criminal"; ``on`` the day of the decision."""

    by: str
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The facts of one case. ``priors`` None: not known whether there are any."""

    acts: tuple[Act, ...]
    priors: tuple[Prior, ...] | None
    suspicion: Mapping[str, Truth]
    on: date
    mended: tuple[Mended, ...]


def read_facts(pack: Pack, facts: object, *, today: date) -> CaseFacts:
    """Read FACTS as CONTRACT describes them. Raises a FactFault whose ``where`` is a JSON path."""
    return _Reader(pack, today).read(facts)


class _Reader(FactReader):
    """Reads one FACTS document and remembers what it mended."""

    def __init__(self, pack: Pack, today: date) -> None:
        super().__init__()
        self.measures = pack.measures
        self.kinds = pack.act_kinds
        self.roles = pack.measures["role"].values if "role" in pack.measures else ()
        self.today = today

    def read(self, facts: object) -> CaseFacts:
        table = _table(facts, "$")
        self.only(table, FIELDS, "")
        on = self.day(table["on"], "on") if table.get("on") is not None else self.today
        acts = tuple(
            self.act(_table(row, f"acts[{i}]"), f"acts[{i}]", on)
            for i, row in enumerate(_list(table.get("acts"), "acts"))
        )
        priors = table.get("priors")
        rows = None if priors is None else _list(priors, "priors")
        return CaseFacts(
            acts=acts,
            priors=None
            if rows is None
            else tuple(self.prior(_table(row, f"priors[{i}]"), f"priors[{i}]", on) for i, row in enumerate(rows)),
            suspicion=self.suspicion(table.get("suspicion")),
            on=on,
            mended=tuple(self.mended),
        )

    def act(self, row: Mapping[str, Any], where: str, on: date) -> Act:
        self.only(row, ("kind", "from", "to", *self.measures), f"{where}.")
        kind = self.kind(row, "kind", f"{where}.kind")
        first, last = self.span(row, where)
        if last > on:
            raise FactAfterJudging(where=f"{where}.to", seen=last.isoformat(), on=on.isoformat())
        amounts: dict[str, int | None] = {}
        flags: dict[str, Truth] = {}
        for name, measure in self.measures.items():
            if measure.unit == "yuan":
                amounts[name] = self.amount(row.get(name), f"{where}.{name}")
            elif measure.unit == "count":
                amounts[name] = self.count(row.get(name), f"{where}.{name}")
            elif measure.unit == "flag":
                flags[name] = self.flag(row.get(name), f"{where}.{name}")
        return Act(kind, first, last, amounts, flags, self.choice(row.get("role"), f"{where}.role", self.roles), where)

    def prior(self, row: Mapping[str, Any], where: str, on: date) -> Prior:
        self.only(row, ("kind", "for", "on"), f"{where}.")
        seen = row.get("kind")
        if not isinstance(seen, str) or seen not in PRIOR_KINDS:
            raise FactUnknownKind(where=f"{where}.kind", seen=shown(seen), known=", ".join(PRIOR_KINDS))
        day = self.required_day(row, "on", f"{where}.on")
        if day > on:
            raise FactAfterJudging(where=f"{where}.on", seen=day.isoformat(), on=on.isoformat())
        return Prior(PRIOR_KINDS[seen], self.kind(row, "for", f"{where}.for"), day)

    def suspicion(self, seen: object) -> dict[str, Truth]:
        row = {} if seen is None else _table(seen, "suspicion")
        self.only(row, SUSPICION, "suspicion.")
        return {name: self.flag(row.get(name), f"suspicion.{name}") for name in SUSPICION}

    def kind(self, row: Mapping[str, Any], key: str, where: str) -> str:
        seen = row.get(key)
        if not isinstance(seen, str) or seen not in self.kinds:
            raise FactUnknownKind(where=where, seen=shown(seen), known=", ".join(self.kinds))
        return seen

    def count(self, seen: object, where: str) -> int | None:
        if seen is None:
            return None
        number = int(seen) if isinstance(seen, str) and seen.isdecimal() and len(seen) < 20 else seen
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LARGEST_COUNT:
            raise FactBadCount(where=where, seen=shown(seen))
        if isinstance(seen, str):
            self._note(where, seen, str(number))
        return number


def _table(seen: object, where: str) -> Mapping[str, Any]:
    if not isinstance(seen, Mapping):
        raise FactNotTable(where=where, want_zh="一组字段 { … }", want_en="an object { … }")
    return seen


def _list(seen: object, where: str) -> Sequence[object]:
    if seen is None:
        raise FactMissing(
            where=where,
            field=where,
            mend_zh="写一个列表 [ … ]，可以是空的。",
            mend_en="Write a list [ … ], which may be empty.",
        )
    if isinstance(seen, str) or not isinstance(seen, Sequence):
        raise FactNotTable(where=where, want_zh="一个列表 [ … ]", want_en="a list [ … ]")
    return seen
