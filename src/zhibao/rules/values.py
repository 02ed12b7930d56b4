"""Legal values that need no engine: amounts, counts, shares, lists, yes-or-no rules and rules told in words, each dated.

Knows their shape only. What follows from a value is for the rooms that read it; a time limit that runs is a deadline.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan, to_yuan
from zhibao.rules.errors import LawMissing, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Scalar, Table
from zhibao.rules.values_errors import LawNoUnit, LawNoValue, LawTwoFiguresOneName, NotPositive
from zhibao.rules.versions import (
    Confidence,
    Gap,
    Span,
    check_versions,
    in_force,
    read_confidence,
    read_gaps,
    read_span,
)

UNITS: Mapping[str, Label] = {
    "yuan": Label("元", " yuan"),
    "count": Label("个", ""),
    "persons": Label("人", " persons"),
    "times": Label("次", " times"),
    "pieces": Label("件", " pieces"),
    "letters": Label("个字母", " letters"),
    "characters": Label("个字", " characters"),
    "multiple": Label("倍", " times"),
    "percent": Label("%", "%"),
    "hours": Label("小时", " hours"),
    "days": Label("日", " days"),
    "working-days": Label("个工作日", " working days"),
    "months": Label("个月", " months"),
    "years": Label("年", " years"),
}
BOUNDS = {"is": "=", "at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
WORDS = {
    "=": Label("{}", "{}"),
    ">=": Label("{}以上", "{} or more"),
    ">": Label("超过{}", "more than {}"),
    "<=": Label("{}以下", "{} or less"),
    "<": Label("不满{}", "less than {}"),
}
_HOLDS = {"=": eq, ">=": ge, ">": gt, "<=": le, "<": lt}
TOPICS: Mapping[str, Label] = {
    "administrative": Label("行政处罚程序", "administrative penalties"),
    "hearing": Label("听证", "hearings"),
    "publicity": Label("公示", "publication"),
    "supervision": Label("执法监督", "supervision of enforcement"),
    "transfer": Label("行刑衔接", "handing over to the police"),
    "procuratorate": Label("检察监督", "procuratorates"),
    "criminal": Label("刑事", "crimes"),
    "civil": Label("民事诉讼", "civil procedure"),
    "evidence": Label("证据", "evidence"),
    "preservation": Label("行为保全", "preservation"),
    "online": Label("在线诉讼", "online litigation"),
    "mediation": Label("调解和仲裁", "mediation and arbitration"),
    "platform": Label("平台", "platforms"),
    "jurisdiction": Label("管辖", "jurisdiction"),
    "case-numbers": Label("案号", "case numbers"),
    "technical": Label("技术调查和行政裁决", "technical investigators and adjudication"),
    "customs": Label("海关", "customs"),
    "bad-faith": Label("恶意商标申请", "bad-faith marks"),
    "patents": Label("专利", "patents"),
    "mark-similarity": Label("商标近似", "similar marks"),
    "trade-secrets": Label("商业秘密", "trade secrets"),
    "complaints": Label("投诉举报", "complaints and reports"),
    "credit": Label("信用", "credit"),
    "rewards": Label("举报奖励", "rewards"),
    "foreign": Label("涉外", "foreign-related disputes"),
    "exhibitions": Label("展会", "exhibitions"),
    "standards": Label("标准和运营", "standards and operations"),
    "registers": Label("登记", "registers"),
    "calendar": Label("日历", "the calendar"),
}
KEYED_ON = ("act", "step", "filing", "finality")


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a figure. Money in fen, everything else as it is written; both are exact."""

    op: str
    number: Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """数值: a number with its unit, as a limit, a range or the number itself."""

    id: str
    title: Label
    bounds: tuple[Bound, ...]
    unit: str
    cite: Citation | None

    def admits(self, number: Fraction | int) -> bool:
        """Return whether ``number`` (fen for money) lies inside; "以上" and "以下" include the number itself."""
        return all(_HOLDS[bound.op](number, bound.number) for bound in self.bounds)

    @property
    def number(self) -> Fraction:
        """Return the number of a figure with one end; money in fen."""
        (bound,) = self.bounds
        return bound.number

    def written(self, bound: Bound) -> str:
        """Return a bound's number as programs read it: decimal yuan, else the number or part (1/2)."""
        return to_yuan(Fen(int(bound.number))) if self.unit == "yuan" else str(bound.number)

    def told(self, lang: str) -> str:
        """Return the figure in words, such as 10,000.00元以上."""
        parts = [WORDS[bound.op].say(lang).format(self._number(bound.number, lang)) for bound in self.bounds]
        return Label("、", ", ").say(lang).join(parts)

    def _number(self, number: Fraction, lang: str) -> str:
        shown = show_yuan(Fen(int(number))) if self.unit == "yuan" else str(number)
        return shown + UNITS[self.unit].say(lang)


@dataclass(frozen=True, slots=True)
class Item:
    """One head of a list, with its own article where the list has one for each; ``id`` where rules ask for it by name."""

    says: Label
    cite: Citation | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class ValueVersion:
    """What the value is in ``span``: a yes or no, figures, a list, or our one line on the rule; at least one of them."""

    span: Span
    holds: bool | None
    says: Label | None
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    ordered: bool | None
    cite: Citation
    also: tuple[Citation, ...]
    confidence: Confidence
    note: Label | None
    where: str

    def figure(self, name: str) -> Figure:
        """Return the figure of that name. Raises NotFound."""
        found = next((figure for figure in self.figures if figure.id == name), None)
        if found is None:
            raise NotFound(where=self.where, what=name)
        return found

    def told(self, lang: str) -> str:
        """Return the whole value in one line."""
        parts = [Label("是", "yes").say(lang) if self.holds else Label("否", "no").say(lang)]
        parts = parts if self.holds is not None else []
        parts += [self.says.say(lang)] if self.says else []
        colon = Label("：", ": ").say(lang)
        parts += [f"{figure.title.say(lang)}{colon}{figure.told(lang)}" for figure in self.figures]
        parts += [f"({number}) {item.says.say(lang)}" for number, item in enumerate(self.items, start=1)]
        return Label("；", "; ").say(lang).join(parts)


@dataclass(frozen=True, slots=True)
class LegalValue:
    """法定数值: one value through its versions. ``keyed_on``: which day of a case chooses the version."""

    id: str
    title: Label
    topic: str
    keyed_on: str
    versions: tuple[ValueVersion, ...]
    gaps: tuple[Gap, ...]
    where: str

    def on(self, day: date) -> ValueVersion | None:
        """Return the version in force on ``day``; None where the law said nothing, or nothing is held."""
        return in_force(self.versions, day)


def parse_value(doc: Table, cites: Cites) -> LegalValue:
    """Read one entry of values/; raises a LawFault with file and line."""
    doc.only("id", "title", "topic", "keyed_on", "versions", "gaps")
    versions = tuple(_parse_version(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    gaps = read_gaps(doc)
    check_versions(versions, gaps)
    return LegalValue(
        id=doc.text("id"),
        title=doc.label("title"),
        topic=doc.choice("topic", tuple(TOPICS)),
        keyed_on=doc.choice("keyed_on", KEYED_ON, "step"),
        versions=versions,
        gaps=gaps,
        where=doc.where,
    )


def _parse_version(row: Table, cites: Cites) -> ValueVersion:
    row.only("from", "to", "holds", "says", "figures", "items", "ordered", "cite", "also", "confidence", "note")
    span = read_span(row)
    figures = read_figures(row, "figures", cites, span.first)
    version = ValueVersion(
        span=span,
        holds=row.flag("holds") if "holds" in row else None,
        says=row.label_or_none("says"),
        figures=figures,
        items=read_items(row, "items", cites, span.first),
        ordered=row.flag("ordered") if "ordered" in row else None,
        cite=cites.read(row, on=span.first),
        also=cites.read_all(row, on=span.first, key="also") if "also" in row else (),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )
    if version.holds is None and not (version.says or version.figures or version.items):
        raise LawNoValue(where=row.where)
    return version


def read_figures(row: Table, key: str, cites: Cites, on: date) -> tuple[Figure, ...]:
    """Read a list of figures; each has a name of its own and a unit."""
    figures: list[Figure] = []
    for one in row.tables(key):
        figure = _parse_figure(one, cites, on)
        if any(figure.id == other.id for other in figures):
            raise LawTwoFiguresOneName(where=one.place("id"), id=figure.id)
        figures.append(figure)
    return tuple(figures)


def _parse_figure(row: Table, cites: Cites, on: date) -> Figure:
    row.only("id", "zh", "en", *BOUNDS, "unit", "cite")
    if "unit" not in row:
        raise LawNoUnit(where=row.where)
    unit = row.choice("unit", tuple(UNITS))
    bounds = tuple(Bound(op, _number(row, key, unit)) for key, op in BOUNDS.items() if key in row)
    if not bounds:
        raise LawMissing(where=row.where, key=" | ".join(BOUNDS))
    return Figure(
        id=row.text("id"),
        title=Label(row.text("zh"), row.text("en")),
        bounds=bounds,
        unit=unit,
        cite=cites.read(row, on=on) if "cite" in row else None,
    )


def _number(row: Table, key: str, unit: str) -> Fraction:
    """Return the number; amounts are written in yuan and kept in fen, parts are written 1/2."""
    node = row.node(key)
    seen = node.text if isinstance(node, Scalar) else ""
    try:
        number = Fraction(seen)
    except (ValueError, ZeroDivisionError):
        raise LawWrongShape(
            where=row.place(key), key=key, seen=seen, want_zh="一个数，不用万", want_en="a number, written out"
        ) from None
    if number <= 0:
        raise NotPositive(where=row.place(key), key=key, seen=seen)
    return number * 100 if unit == "yuan" else number


def read_items(row: Table, key: str, cites: Cites, on: date) -> tuple[Item, ...]:
    """Read a list of heads, each {zh, en} and, where it has one, cite."""
    items = []
    for one in row.tables(key):
        one.only("zh", "en", "cite", "id")
        cite = cites.read(one, on=on) if "cite" in one else None
        items.append(Item(Label(one.text("zh"), one.text("en")), cite, one.text("id", "")))
    return tuple(items)
