"""Marks of dishonesty: each class with the shortest and the longest time it is shown, through its versions.

Knows the times only; grounds, conditions and measures are dated values, steps with a limit are deadlines.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawMissing
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.shown import FIELDS, Stay, read_stay
from zhibao.rules.shown_errors import RuleNotHeld
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, in_force, read_confidence, read_gaps, read_span

SYSTEMS: Mapping[str, Label] = {
    "market": Label("市场监管", "market regulation"),
    "national": Label("信用中国", "Credit China"),
    "ip": Label("知识产权", "IP"),
}
COUNTED_FROM: Mapping[str, Label] = {
    "publication": Label("公示之日", "the day it was published"),
    "listing": Label("列入之日", "the day of listing"),
    "finding": Label("认定文书之日", "the day of the finding"),
}


@dataclass(frozen=True, slots=True)
class CreditVersion:
    """How long the class is shown in ``span``. ``repeat``: the longest time where it happens again within the term."""

    span: Span
    stay: Stay
    repeat: Stay | None
    cite: Citation
    also: tuple[Citation, ...]
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class CreditClass:
    """失信信息的一类: in which system it stands and from which day its time runs."""

    id: str
    title: Label
    system: str
    counts_from: str
    versions: tuple[CreditVersion, ...]
    gaps: tuple[Gap, ...]
    where: str


@dataclass(frozen=True, slots=True)
class CreditWindow:
    """When repair may first be asked for, and when the mark goes by itself; None where the text gives none."""

    version: CreditVersion
    early_from: date | None
    ends_on: date | None


def credit_window(
    held: CreditClass, calendar: Calendar, *, since: date, on: date, until: date | None = None, again: bool = False
) -> CreditWindow:
    """Return the window of a mark that runs since ``since``, under the rule in force ``on``.

    ``until``: last day of a restriction that keeps it longer. ``again``: dishonest again within the term.
    Raises RuleNotHeld where no version is in force.
    """
    version = in_force(held.versions, on)
    if version is None:
        raise RuleNotHeld(where=held.where, day=on.isoformat(), what=held.id)
    stay = version.repeat if again and version.repeat is not None else version.stay
    early, ends = stay.dates(calendar, since, until)
    return CreditWindow(version, early, ends)


def parse_credit(doc: Table, cites: Cites) -> CreditClass:
    """Read one entry of credit/; raises a LawFault with file and line."""
    doc.only("id", "title", "system", "counts_from", "versions", "gaps")
    versions = tuple(_parse_version(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    gaps = read_gaps(doc)
    check_versions(versions, gaps)
    return CreditClass(
        id=doc.text("id"),
        title=doc.label("title"),
        system=doc.choice("system", tuple(SYSTEMS)),
        counts_from=doc.choice("counts_from", tuple(COUNTED_FROM)),
        versions=versions,
        gaps=gaps,
        where=doc.where,
    )


def _parse_version(row: Table, cites: Cites) -> CreditVersion:
    row.only("from", "to", *FIELDS, "repeat", "cite", "also", "confidence", "note")
    span = read_span(row)
    repeat = row.table_or_none("repeat")
    if repeat is not None:
        repeat.only(*FIELDS)
    return CreditVersion(
        span=span,
        stay=read_stay(row),
        repeat=read_stay(repeat) if repeat is not None else None,
        cite=cites.read(row, on=span.first),
        also=cites.read_all(row, on=span.first, key="also") if "also" in row else (),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )
