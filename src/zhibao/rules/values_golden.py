"""Golden cases of the dated values: what an entry says on a day, and which numbers a limit lets in.

In ``law/**/cases/values-*.yaml``. ``values`` gives, for each entry and day, what is expected as a list of short words;
``admits`` gives numbers just below, at and above a figure, each with yes or no. Other rooms add their own questions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from zhibao.kernel.citations import Citation
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.evidence_golden import check_evidence
from zhibao.rules.held_golden import check_held
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.read import Table, as_day, as_text
from zhibao.rules.shown_golden import check_credit, check_display, check_reward
from zhibao.rules.values import Figure, LegalValue, ValueVersion
from zhibao.rules.versions import Confidence

ABSENT = "none"
# What one entry says on one day, or for one case, as short words; the other questions of a values- case.
Question = Callable[[Pack, Table], Iterable[Mismatch]]


def check_value_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects. Raises a LawFault for a case that is no case."""
    case.only("name", *QUESTIONS)
    case.text("name")
    for question, ask in QUESTIONS.items():
        if question in case:
            yield from ask(pack, case)


def told(value: LegalValue, day: date) -> list[str]:
    """Return what a value says on a day: yes or no, figures, how many heads, articles, and how sure unless read in the text."""
    version = value.on(day)
    return [ABSENT] if version is None else list(_words(version))


def _words(version: ValueVersion) -> Iterator[str]:
    if version.holds is not None:
        yield "yes" if version.holds else "no"
    for figure in version.figures:
        yield told_figure(figure)
    if version.items:
        yield f"{len(version.items)} items" + (" in order" if version.ordered else "")
    yield from (cite.to_text() for cite in _cites(version))
    if version.confidence is not Confidence.TEXT:
        yield version.confidence.value


def told_figure(figure: Figure) -> str:
    """Return a figure as "entity >= 100000.00 yuan"."""
    ends = " ".join(f"{bound.op} {figure.written(bound)}" for bound in figure.bounds)
    return f"{figure.id} {ends} {figure.unit}"


def _cites(version: ValueVersion) -> Iterator[Citation]:
    yield version.cite
    yield from version.also
    yield from (figure.cite for figure in version.figures if figure.cite)
    yield from (item.cite for item in version.items if item.cite)


def _check_values(pack: Pack, case: Table) -> Iterator[Mismatch]:
    asked = case.table("values")
    for entry in asked:
        if entry not in pack.values:
            raise LawUnknownReference(where=asked.place(entry), seen=entry, what_zh="法定数值", what_en="a value")
        days = asked.table(entry)
        for day in days:
            got = told(pack.values[entry], date.fromisoformat(day))
            if got != list(days.words(day)):
                yield Mismatch(
                    days.place(day), f"{case.text('name')} {entry} {day}", str(list(days.words(day))), str(got)
                )


def _check_admits(pack: Pack, case: Table) -> Iterator[Mismatch]:
    for row in case.tables("admits"):
        row.only("entry", "figure", "on", "numbers")
        entry, on = row.text("entry"), as_day(row.node("on"), "on")
        version = pack.values[entry].on(on) if entry in pack.values else None
        if version is None:
            raise LawUnknownReference(where=row.place("entry"), seen=entry, what_zh="法定数值", what_en="a value")
        figure = version.figure(row.text("figure"))
        numbers = row.table("numbers")
        for number in numbers:
            amount = Fraction(number) * (100 if figure.unit == "yuan" else 1)
            want, got = as_text(numbers.node(number), number), "yes" if figure.admits(amount) else "no"
            if got != want:
                yield Mismatch(numbers.place(number), f"{case.text('name')} {entry} {number}", want, got)


QUESTIONS: Mapping[str, Question] = {
    "values": _check_values,
    "admits": _check_admits,
    "held": check_held,
    "evidence": check_evidence,
    "display": check_display,
    "credit": check_credit,
    "reward": check_reward,
}
