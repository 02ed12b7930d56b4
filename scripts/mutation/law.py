"""Mutants of the law files: is each value held by the loader or by a golden case?

A mutant is caught when the loader refuses the file, or a case that speaks of the entry comes out otherwise.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scripts.mutation.running import Case, as_case, by_word, first_to_notice
from scripts.mutation.sites import LawMutant, mutants_of
from zhibao.rules.errors import LawFault
from zhibao.rules.load import Document, assemble, load_cases, read_documents
from zhibao.rules.pack import Pack
from zhibao.rules.read import Table
from zhibao.rules.registers import make_calendar

SATURDAY = 5
# The shape of forms and places: see excused.LEFT_ALONE.
UNTOUCHED = frozenset({"event_kinds", "procedures", "places"})
# Entries that many others are read with: the whole pack is made anew.
SHARED = frozenset(
    {
        "instruments",
        "measures",
        "years",
        "event_kinds",
        "procedures",
        "places",
        "fine_facts",
    }
)
# No case names these entries: they are asked for every case.
UNNAMED = frozenset({"triggers", "price_orders"})
# Which kinds of golden case a section answers, where its entries are not named in them alone.
ASKED_BY = {
    "offences": {"assess", "shows", "sure"},
    "penalties": {"fines", "shows", "sure"},
    "remedies": {"damages", "shows", "sure"},
    "deadlines": {"clocks", "shows", "sure", "damages"},
    "triggers": {"assess", "shows", "sure"},
    "price_orders": {"shows", "sure"},
    "years": {"calendar", "sure"},
}


@dataclass(frozen=True)
class Verdict:
    """One mutant and what became of it: "loader", "golden", or "" where nothing noticed."""

    section: str
    kind: str
    key: str
    where: str
    caught: str
    by: str


class LawRun:
    """The pack as it is, its golden cases, and the trial of mutants of its files."""

    def __init__(self, roots: Sequence[Path] = ()) -> None:
        self.documents = list(read_documents(*roots))
        self.pack = assemble(self.documents)
        cases = [as_case(table) for table in load_cases(*roots)]
        self.broken = [case for case in cases if first_to_notice(self.pack, [case])]
        self.cases = [case for case in cases if case not in self.broken]
        self._by_word = by_word(self.cases)
        self._orders: dict[str, list[Case]] = {}

    def sections(self) -> list[str]:
        """Return the sections in the order of the loader."""
        return list(dict.fromkeys(doc.section.name for doc in self.documents))

    def mutants(self, sections: Iterable[str]) -> Iterator[tuple[int, LawMutant]]:
        """Yield every mutant of the files of these sections with the place of its document."""
        wanted = set(sections)
        for place, doc in enumerate(self.documents):
            if doc.section.name in wanted - UNTOUCHED:
                yield from (
                    (place, mutant) for mutant in mutants_of(doc.table, self.pack) if not _left_alone(doc, mutant)
                )

    def judge(self, place: int, mutant: LawMutant) -> Verdict:
        """Try one mutant."""
        doc = self.documents[place]
        verdict = Verdict(doc.section.name, mutant.kind, mutant.key, f"{mutant.file}:{mutant.line}", "", "")
        try:
            pack = self._made(place, replace(doc, table=mutant.table))
        except LawFault as fault:
            return replace(verdict, caught="loader", by=fault.code)
        except Exception as error:  # noqa: BLE001  a parser that falls over has noticed as well
            return replace(verdict, caught="loader", by=type(error).__name__)
        cases = self._about(doc)
        case = first_to_notice(pack, cases)
        if case is not None:
            # The next mutant of this file stands beside this one, and the same case may well notice it.
            cases.remove(case)
            cases.insert(0, case)
        return verdict if case is None else replace(verdict, caught="golden", by=case.table.where)

    def _about(self, doc: Document) -> list[Case]:
        """Return the cases that speak of an entry, or of an act or right it is for; all of a kind where none names it."""
        kinds = ASKED_BY.get(doc.section.name)
        name = doc.table.text("id") if "id" in doc.table else ""
        unnamed = doc.section.name in SHARED | UNNAMED or not name
        key = doc.section.name if unnamed else name
        if key not in self._orders:
            words = [name, doc.section.name, *_named(doc, "kinds"), *_named(doc, "rights")]
            about = {id(case): case for word in words for case in self._by_word.get(word, ())}
            found = self.cases if unnamed else list(about.values())
            self._orders[key] = [case for case in found if kinds is None or case.kind in kinds]
        return self._orders[key]

    def _made(self, place: int, doc: Document) -> Pack:
        if doc.section.name == "years":
            return self._with_year(doc)
        if doc.section.name in SHARED or self._is_replaced(doc):
            return assemble([*self.documents[:place], doc, *self.documents[place + 1 :]])
        parsed = doc.section.parse(doc.table, self.pack.cites, self.pack)
        entries = {**getattr(self.pack, doc.section.name)}
        for entry in parsed if isinstance(parsed, tuple) else (parsed,):
            if entry.id not in entries:
                raise LawFault(where=entry.where)
            entries[entry.id] = entry
        changed: dict[str, Any] = {doc.section.name: entries}
        pack = replace(self.pack, **changed)
        for entry in parsed if isinstance(parsed, tuple) else (parsed,):
            for fault in doc.section.check(entry, pack) if doc.section.check else ():
                raise fault
        return pack

    def _with_year(self, doc: Document) -> Pack:
        year = doc.section.parse(doc.table, self.pack.cites, self.pack)
        years = {**self.pack.years, year.id: year}
        return replace(self.pack, years=years, calendar=make_calendar(years))

    def _is_replaced(self, doc: Document) -> bool:
        return "replaces_under" in doc.table


def _named(doc: Document, key: str) -> list[str]:
    """Return the kinds of act or right an entry is for, by which cases name it."""
    held: Any = doc.table.fields.get(key)
    return [*getattr(held, "fields", {}), *(one.text for one in getattr(held, "items", ()))]


def _left_alone(doc: Document, mutant: LawMutant) -> bool:
    """Tell whether a mutant changes nothing the law says: see excused.LEFT_ALONE."""
    if doc.section.name == "instruments":
        return mutant.kind == "number"
    return doc.section.name == "years" and (mutant.kind == "dropped" or _worked(doc.table) == _worked(mutant.table))


def _worked(year: Table) -> tuple[set[date], set[date]]:
    """Return the weekdays off and the weekend days worked; a weekend day among the holidays is off anyway."""
    off = {day for day in _days(year, "holidays") if day.weekday() < SATURDAY}
    return off, {day for day in _days(year, "makeup_workdays") if day.weekday() >= SATURDAY}


def _days(year: Table, key: str) -> list[date]:
    held: Any = year.fields.get(key)
    return [date.fromisoformat(one.text) for one in getattr(held, "items", ())]
