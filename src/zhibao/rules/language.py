"""How conditions are written in law files, read into the trees of ``conditions``.

The language is closed: a comparison, all, any, total, across, role, repeat, half_of_each, fact; ``times … of`` for a
whole tier. Amounts stand in yuan as the articles write them and are kept as integer fen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.kernel.money import parse_yuan
from zhibao.rules.conditions import All, Any, AtLeast, Compare, Exists, Repeat, Tree, Which, scaled
from zhibao.rules.errors import (
    LawBadComparison,
    LawNoArticle,
    LawNotOneOf,
    LawSameId,
    LawUnknownMeasure,
    LawUnknownPredicate,
    LawUnknownReference,
    LawWrongShape,
)
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Node, Scalar, Table, as_table, as_text
from zhibao.rules.registers import Measure
from zhibao.rules.versions import Confidence, Span, read_confidence

_COMPARISON = re.compile(r"([a-z_]+) (>=|<=|>|<|=) (\d+(?:\.\d+)?)")
_LIMIT = re.compile(r"(>=|<=|>|<|=) (\d+(?:\.\d+)?)")
_WITHIN = re.compile(r"([1-9]\d?) years?")
BODIES = ("when", "all", "any", "total", "half_of_each", "fact", "act")
NARROWING = ("repeat", "role", "fact")
PENALTIES = ("criminal", "administrative")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a tier: a condition with its article, dates and confidence.

    ``together``: it looks at acts of all its kinds as one and only speaks where each of them is there.
    """

    id: str
    kinds: tuple[str, ...]
    together: bool
    tree: Tree
    span: Span
    cites: tuple[Citation, ...]
    confidence: Confidence
    attempt: bool
    note: Label | None
    where: str

    @property
    def cite(self) -> Citation:
        """The article that sets the limit."""
        return self.cites[0]


@dataclass(frozen=True, slots=True)
class Language:
    """The words an offence file may use: its kinds of act and the pack's measures."""

    kinds: tuple[str, ...]
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def kinds_of(self, row: Table, key: str) -> tuple[str, ...]:
        """Read one or several kinds of act of this offence."""
        found = row.words(key)
        for kind in found:
            if kind not in self.kinds:
                raise LawNotOneOf(where=row.place(key), key=key, seen=kind, known=", ".join(self.kinds))
        if not found:
            row.node(key)
        return found

    def measure(self, row: Table, key: str) -> Measure:
        """Read the name of a measure."""
        return self.named(row.text(key), row.place(key))

    def named(self, name: str, where: str) -> Measure:
        """Return the measure of that name."""
        if name not in self.measures:
            raise LawUnknownMeasure(where=where, measure=name, known=", ".join(sorted(self.measures)))
        return self.measures[name]


def read_limits(
    tiers: Table, span: Span, confidence: Confidence, cites: Cites, language: Language
) -> dict[str, tuple[Limit, ...]]:
    """Read the tiers of one version: each either lists its limits or multiplies those of another tier."""
    found: dict[str, tuple[Limit, ...]] = {}
    for tier in tiers:
        row = tiers.table(tier)
        row.only("any", "times", "of", "cite")
        own = tuple(_read_limit(as_table(node, "any"), span, confidence, cites, language) for node in row.series("any"))
        own = _with_halves(row, own)
        if "times" in row:
            own += _multiplied(row, found, span, cites)
        _refuse_twins(own)
        if not own:
            row.node("any")
            raise LawWrongShape(where=row.where, key=tier, want_zh="至少一条", want_en="one limit or more", seen="[]")
        found[tier] = own
    return found


def _multiplied(row: Table, found: dict[str, tuple[Limit, ...]], span: Span, cites: Cites) -> tuple[Limit, ...]:
    factor = Fraction(row.whole("times"))
    of = row.text("of")
    if of not in found:
        raise LawUnknownReference(where=row.place("of"), seen=of, what_zh="前面的一档", what_en="an earlier tier")
    cite = cites.read(row, on=span.first)
    return tuple(
        replace(limit, tree=scaled(limit.tree, factor), cites=(cite, *limit.cites), where=row.place("times"))
        for limit in found[of]
    )


def _refuse_twins(limits: tuple[Limit, ...]) -> None:
    seen: dict[str, str] = {}
    for limit in limits:
        if limit.id in seen:
            raise LawSameId(where=limit.where, id=limit.id, other=seen[limit.id])
        seen[limit.id] = limit.where


def _read_limit(row: Table, span: Span, confidence: Confidence, cites: Cites, language: Language) -> Limit:
    row.only("id", "for", "across", *BODIES, "is", "from", "to", "cite", "confidence", "attempt", "note")
    together = "across" in row
    kinds = language.kinds_of(row, "across" if together else "for")
    inner = Span(row.day_or_none("from") or span.first, row.day_or_none("to") or span.last)
    if "cite" not in row:
        raise LawNoArticle(where=row.where)
    return Limit(
        id=row.text("id"),
        kinds=kinds,
        together=together,
        tree=_body(row, Which(kinds), language),
        span=inner,
        cites=cites.read_all(row, on=inner.first),
        confidence=read_confidence(row, confidence),
        attempt=row.flag("attempt", default=False),
        note=row.label_or_none("note"),
        where=row.where,
    )


def read_condition(row: Table, language: Language) -> Tree:
    """Read the one condition of a table, asked of acts of every kind the language knows."""
    return _body(row, Which(language.kinds), language)


def _body(row: Table, which: Which, language: Language) -> Tree:
    """Read the one condition of a table: when, all, any or total."""
    bodies = [key for key in BODIES if key in row]
    if len(bodies) != 1:
        raise LawWrongShape(
            where=row.where,
            key=" / ".join(BODIES),
            want_zh="其中恰好一个",
            want_en="exactly one of these",
            seen=", ".join(bodies) or "—",
        )
    tree: Tree
    match bodies[0]:
        case "when":
            tree = _comparison(as_text(row.node("when"), "when"), which, language, row.place("when"))
        case "total":
            tree = _total(row, which, language)
        case "half_of_each":
            tree = AtLeast(2, ())  # filled in when the other limits of the tier are read
        case "fact":
            tree = Exists(replace(which, fact=_flag(row, language)))
        case "act":
            row.choice("act", ("proved",))
            tree = Exists(which)
        case "all":
            tree = _all(row.series("all"), which, language)
        case _:
            tree = Any(tuple(_part(node, which, language) for node in row.series("any")))
    return tree


def _all(nodes: tuple[Node, ...], which: Which, language: Language) -> Tree:
    """Read the parts of an ``all``; a repeat, a role or a fact in it narrows the acts that its other parts count."""
    narrowed, rest = which, []
    for node in nodes:
        if isinstance(node, Table) and any(word in node for word in NARROWING):
            narrowed = _narrow(node, narrowed, language)
        else:
            rest.append(node)
    parts = tuple(_part(node, narrowed, language) for node in rest)
    return All((Exists(narrowed), *parts) if narrowed != which else parts)


def _flag(row: Table, language: Language) -> str:
    measure = language.measure(row, "fact")
    if measure.unit != "flag":
        raise LawUnknownMeasure(
            where=row.place("fact"),
            measure=measure.id,
            known=", ".join(sorted(m.id for m in language.measures.values() if m.unit == "flag")),
        )
    return measure.id


def _narrow(node: Table, which: Which, language: Language) -> Which:
    if "role" in node:
        node.only("role")
        known = language.named("role", node.place("role")).values
        return replace(which, role=node.choice("role", known))
    if "fact" in node:
        node.only("fact")
        return replace(which, fact=_flag(node, language))
    node.only("repeat")
    row = node.table("repeat")
    row.only("within", "of", "by")
    within = _WITHIN.fullmatch(row.text("within"))
    if within is None:
        raise LawWrongShape(
            where=row.place("within"),
            key="within",
            want_zh="几年，如 2 years",
            want_en="years, such as 2 years",
            seen=row.text("within"),
        )
    by = row.words("by")
    for penalty in by:
        if penalty not in PENALTIES:
            raise LawNotOneOf(where=row.place("by"), key="by", seen=penalty, known=", ".join(PENALTIES))
    return replace(which, repeat=Repeat(int(within[1]), row.words("of"), by))


def _part(node: Node, which: Which, language: Language) -> Tree:
    """Read one part of an ``all`` or ``any``: a comparison, or a table with one word of the language."""
    if isinstance(node, Scalar):
        return _comparison(as_text(node, "when"), which, language, node.where)
    row = as_table(node, "any")
    if any(word in row for word in ("all", "any", "total", "fact")):
        row.only("all", "any", "total", "is", "fact")
        return _body(row, which, language)
    word = next(iter(row), "")
    raise LawUnknownPredicate(where=row.place(word), word=word)


def _total(row: Table, which: Which, language: Language) -> Tree:
    measures = [language.named(name, row.place("total")) for name in row.words("total")]
    seen = row.text("is")
    found = _LIMIT.fullmatch(seen)
    if found is None or not measures:
        raise LawBadComparison(where=row.place("is"), seen=seen)
    return _compare(measures, found[1], found[2], which, row.place("is"))


def _comparison(text: str, which: Which, language: Language, where: str) -> Compare:
    found = _COMPARISON.fullmatch(text)
    if found is None:
        raise LawBadComparison(where=where, seen=text)
    return _compare([language.named(found[1], where)], found[2], found[3], which, where)


def _compare(measures: list[Measure], op: str, number: str, which: Which, where: str) -> Compare:
    units = {measure.unit for measure in measures}
    if len(units) != 1 or not units <= {"yuan", "count"}:
        raise LawBadComparison(where=where, seen=f"{' + '.join(measure.id for measure in measures)} {op} {number}")
    unit = units.pop()
    try:
        limit = parse_yuan(number) if unit == "yuan" else int(number)
    except (ZhibaoError, ValueError):
        raise LawBadComparison(where=where, seen=number) from None
    names = tuple(measure.id for measure in measures)
    return Compare(names, which, op, limit, unit, scales=all(measure.scales for measure in measures))


def _with_halves(row: Table, limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """Fill in the half rule: ``half_of_each: [[id, …], …]`` lists items, each the ids of the limits that make it up."""
    by_id = {limit.id: limit for limit in limits}
    filled = []
    for node, limit in zip(row.series("any"), limits, strict=True):
        table = as_table(node, "any")
        if "half_of_each" not in table:
            filled.append(limit)
            continue
        items = [_item(item, by_id, table.place("half_of_each")) for item in table.series("half_of_each")]
        filled.append(replace(limit, tree=AtLeast(2, tuple(items))))
    return tuple(filled)


def _item(node: Node, by_id: Mapping[str, Limit], where: str) -> Tree:
    names = (
        (as_text(node, "half_of_each"),)
        if isinstance(node, Scalar)
        else tuple(as_text(one, "half_of_each") for one in getattr(node, "items", ()))
    )
    missing = [name for name in names if name not in by_id]
    if missing or not names:
        raise LawUnknownReference(
            where=where, seen=", ".join(missing) or "[]", what_zh="同一档的另一条", what_en="another limit of this tier"
        )
    return Any(tuple(scaled(by_id[name].tree, Fraction(1, 2)) for name in names))
