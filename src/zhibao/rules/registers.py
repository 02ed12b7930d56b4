"""The short registers of a pack: measures, kinds of right, kinds of organ, places, calendar years.

Knows their shape only: what a term or a competence leads to is decided by the rooms that use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar, Length, YearDays
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.kernel.places import PlaceCode
from zhibao.rules.errors import LawNoDates, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span, read_confidence, read_span

UNITS = ("yuan", "count", "flag", "choice")
LEVELS = ("country", "province", "city", "county")


@dataclass(frozen=True, slots=True)
class Measure:
    """计量: something an article sets a limit for. ``adds`` says whether several acts add up (distinct things do not).

    ``scales`` says whether "ten times the standard" multiplies its limit (it never does for the number of marks).
    """

    id: str
    title: Label
    unit: str
    adds: bool
    scales: bool
    values: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Term:
    """How long a right lasts, from what, under which text. ``covers`` None: every right of the kind."""

    span: Span
    length: Length
    counts_from: str
    covers: Label | None
    renewable: bool
    cite: Citation
    confidence: Confidence
    note: Label | None


@dataclass(frozen=True, slots=True)
class RightKind:
    """权利种类: one kind of thing that is protected."""

    id: str
    title: Label
    number_label: Label
    family: str
    classes: str
    terms: tuple[Term, ...]
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class Competence:
    """职权: what a kind of organ may handle."""

    span: Span
    procedure: str
    rights: tuple[str, ...]
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class OrganKind:
    """机关种类: one kind of agency, at which levels it exists and what it may handle."""

    id: str
    title: Label
    family: str
    levels: tuple[str, ...]
    competences: tuple[Competence, ...]
    receives: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Place:
    """行政区划: one place of GB/T 2260."""

    code: PlaceCode
    name: Label
    level: str
    confidence: Confidence
    where: str

    @property
    def id(self) -> str:
        """Its code, which is how the pack finds it."""
        return self.code.code


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's days off and make-up workdays, and the notice they come from."""

    id: str
    year: int
    days: YearDays
    cite: Citation
    confidence: Confidence
    where: str


def parse_measure(doc: Table, _cites: Cites) -> Measure:
    """Read one entry of measures.yaml."""
    doc.only("id", "title", "unit", "adds", "scales", "values")
    unit = doc.choice("unit", UNITS)
    amounts = unit in {"yuan", "count"}
    return Measure(
        id=doc.text("id"),
        title=doc.label("title"),
        unit=unit,
        adds=doc.flag("adds", default=amounts),
        scales=doc.flag("scales", default=amounts),
        values=doc.words("values"),
        where=doc.where,
    )


def parse_right_kind(doc: Table, cites: Cites) -> RightKind:
    """Read one file of rights/."""
    doc.only("id", "title", "number_label", "family", "classes", "terms", "cite", "confidence", "note", "since")
    since = doc.day_or_none("since")
    terms = tuple(_parse_term(row, cites) for row in doc.tables("terms"))
    if since is None and not terms:
        raise LawNoDates(where=doc.where)
    on = since or max(term.span.first for term in terms)
    return RightKind(
        id=doc.text("id"),
        title=doc.label("title"),
        number_label=doc.label("number_label"),
        family=doc.text("family"),
        classes=doc.choice("classes", ("nice", "none"), "none"),
        terms=terms,
        cite=cites.read(doc, on=on),
        confidence=read_confidence(doc),
        note=doc.label_or_none("note"),
        where=doc.where,
    )


def _parse_term(row: Table, cites: Cites) -> Term:
    row.only("from", "to", "length", "counts_from", "for", "renewable", "cite", "confidence", "note")
    span = read_span(row)
    return Term(
        span=span,
        length=read_length(row, "length"),
        counts_from=row.text("counts_from"),
        covers=row.label_or_none("for"),
        renewable=row.flag("renewable", default=False),
        cite=cites.read(row, on=span.first),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
    )


def read_length(row: Table, key: str) -> Length:
    """Read a length of time such as 15 working-days."""
    seen = row.text(key)
    try:
        return Length.from_text(seen)
    except ZhibaoError:
        raise LawWrongShape(
            where=row.place(key),
            key=key,
            seen=seen,
            want_zh="数字和单位，如 15 working-days",
            want_en="a number and hours, days, working-days, months or years",
        ) from None


def parse_organ_kind(doc: Table, cites: Cites) -> OrganKind:
    """Read one file of organs/."""
    doc.only("id", "title", "family", "levels", "competences", "receives")
    levels = doc.words("levels")
    for level in levels:
        if level not in LEVELS:
            raise LawWrongShape(
                where=doc.place("levels"),
                key="levels",
                seen=level,
                want_zh="国家、省、市、县级",
                want_en=", ".join(LEVELS),
            )
    return OrganKind(
        id=doc.text("id"),
        title=doc.label("title"),
        family=doc.text("family"),
        levels=levels,
        competences=tuple(_parse_competence(row, cites) for row in doc.tables("competences")),
        receives=doc.words("receives"),
        where=doc.where,
    )


def _parse_competence(row: Table, cites: Cites) -> Competence:
    row.only("from", "to", "procedure", "rights", "cite", "confidence")
    span = read_span(row)
    return Competence(
        span, row.text("procedure"), row.words("rights"), cites.read(row, on=span.first), read_confidence(row)
    )


def parse_places(doc: Table, _cites: Cites) -> tuple[Place, ...]:
    """Read places.yaml: one register holds all places of a pack."""
    doc.only("id", "confidence", "places")
    confidence = read_confidence(doc)
    return tuple(_parse_place(row, confidence) for row in doc.tables("places"))


def _parse_place(row: Table, confidence: Confidence) -> Place:
    row.only("code", "name", "level")
    seen = row.text("code")
    try:
        code = PlaceCode.from_text(seen)
    except ZhibaoError:
        raise LawWrongShape(
            where=row.place("code"),
            key="code",
            seen=seen,
            want_zh="六位行政区划代码",
            want_en="a code of six digits",
        ) from None
    return Place(code, row.label("name"), row.choice("level", LEVELS, code.level.value), confidence, row.where)


def parse_calendar_year(doc: Table, cites: Cites) -> CalendarYear:
    """Read one file of calendars/. A year without a notice is computed and makes every count it touches provisional."""
    doc.only("id", "year", "notice", "holidays", "makeup_workdays", "cite", "confidence")
    year = doc.whole("year")
    off, on = doc.days("holidays"), doc.days("makeup_workdays")
    for key, days in (("holidays", off), ("makeup_workdays", on)):
        for day in days:
            if day.year != year:
                raise LawWrongShape(
                    where=doc.place(key),
                    key=key,
                    seen=day.isoformat(),
                    want_zh=f"{year} 年的日子",
                    want_en=f"days of {year}",
                )
    notice = doc.table_or_none("notice")
    if notice is not None:
        notice.only("number", "title", "official")
    return CalendarYear(
        id=doc.text("id"),
        year=year,
        days=YearDays(off, on, notice.label("title") if notice is not None else None),
        cite=cites.read(doc, on=date(year, 1, 1)),
        confidence=read_confidence(doc),
        where=doc.where,
    )


def make_calendar(years: Mapping[str, CalendarYear]) -> Calendar:
    """Build the calendar of a pack from its years."""
    return Calendar.from_years({year.year: year.days for year in years.values()})
