"""Jurisdiction as data: which kind of organ and level a rule sends a matter to, and the courts of a pack.

Knows the shape of rules and courts; ``route`` asks them about one matter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen
from zhibao.kernel.places import PlaceCode
from zhibao.rules.errors import LawFault, LawMissing, LawNotOneOf, LawUnknownReference, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Node, Table, as_text
from zhibao.rules.registers import LEVELS
from zhibao.rules.route_errors import LawRulesInCircle
from zhibao.rules.route_words import CHANNELS, CHOICES, FLAGS, PLACES
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, read_confidence, read_gaps, read_span

STEPS = ("decides", "investigates", "supervises", "tries", "reviews")
# any: every organ of that level; listed: only organs that a list names for the rule.
BENCHES = ("any", "listed")
SAME = "same"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a rule applies: all of it must hold.

    ``rights``, ``channels``: one of these; ``flags``: each as written; ``choices``: fact and value; ``over_limit``: the
    amount is above what base courts there may hear; ``rules``: one of these rules would apply to the matter.
    """

    rights: tuple[str, ...]
    channels: tuple[str, ...]
    flags: Mapping[str, bool]
    choices: Mapping[str, str]
    over_limit: bool | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rule in ``span``: when it applies, and where it sends the matter.

    ``when`` empty: always. ``places``: facts that name the place, each one a venue of its own. ``levels`` ("same",):
    the level of the organ that hands over.
    """

    span: Span
    when: tuple[Alternative, ...]
    organs: tuple[str, ...]
    levels: tuple[str, ...]
    bench: str
    places: tuple[str, ...]
    cite: Citation
    also: tuple[Citation, ...]
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class JurisdictionRule:
    """管辖规则: one rule through its versions. It yields to the rules in ``unless``."""

    id: str
    title: Label
    channels: tuple[str, ...]
    stage: str
    step: str
    unless: tuple[str, ...]
    versions: tuple[RuleVersion, ...]
    gaps: tuple[Gap, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """A list that names a court for a rule: for which places, up to which amount (None: no ceiling of its own)."""

    span: Span
    rule: str
    covers: tuple[PlaceCode, ...]
    most: Fen | None
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class Tribunal:
    """A tribunal inside a court, since the day it opened."""

    id: str
    title: Label
    span: Span
    confidence: Confidence
    note: Label | None


@dataclass(frozen=True, slots=True)
class Court:
    """法院: one actual court with the code that its case numbers begin with."""

    id: str
    title: Label
    code: str
    level: str
    place: PlaceCode
    hears: tuple[Hearing, ...]
    tribunals: tuple[Tribunal, ...]
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class LimitVersion:
    """The ceiling of base courts in ``span``, where no list gives a court one of its own."""

    span: Span
    most: Fen
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class CourtLimit:
    """基层法院标的额上限: the default for a place; an assumption unless a list says it for the very court."""

    id: str
    title: Label
    place: PlaceCode
    versions: tuple[LimitVersion, ...]
    where: str


def parse_rule(doc: Table, cites: Cites) -> JurisdictionRule:
    """Read one entry of jurisdiction/; raises a LawFault with file and line."""
    doc.only("id", "title", "channels", "stage", "step", "unless", "versions", "gaps")
    versions = tuple(_parse_version(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    gaps = read_gaps(doc)
    check_versions(versions, gaps)
    return JurisdictionRule(
        id=doc.text("id"),
        title=doc.label("title"),
        channels=_words(doc, "channels", CHANNELS),
        stage=doc.choice("stage", ("first", "appeal"), "first"),
        step=doc.choice("step", STEPS, "decides"),
        unless=doc.words("unless"),
        versions=versions,
        gaps=gaps,
        where=doc.where,
    )


def _parse_version(row: Table, cites: Cites) -> RuleVersion:
    row.only("from", "to", "when", "organs", "levels", "bench", "places", "cite", "also", "confidence", "note")
    span = read_span(row)
    for key in ("organs", "levels", "places"):
        row.node(key)
    return RuleVersion(
        span=span,
        when=tuple(_parse_alternative(one) for one in row.tables("when")),
        organs=row.words("organs"),
        levels=_words(row, "levels", (*LEVELS, SAME)),
        bench=row.choice("bench", BENCHES, "any"),
        places=_words(row, "places", PLACES),
        cite=cites.read(row, on=span.first),
        also=cites.read_all(row, on=span.first, key="also") if "also" in row else (),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _parse_alternative(row: Table) -> Alternative:
    row.only("rights", "channels", "over_limit", "rules", *FLAGS, *CHOICES)
    if not row.fields:
        raise LawMissing(where=row.where, key="rights")
    return Alternative(
        rights=row.words("rights"),
        channels=_words(row, "channels", CHANNELS),
        flags={name: row.flag(name) for name in FLAGS if name in row},
        choices={name: row.choice(name, CHOICES[name]) for name in CHOICES if name in row},
        over_limit=row.flag("over_limit") if "over_limit" in row else None,
        rules=row.words("rules"),
    )


def _words(row: Table, key: str, known: tuple[str, ...] | Mapping[str, Label]) -> tuple[str, ...]:
    for word in (words := row.words(key)):
        if word not in known:
            raise LawNotOneOf(where=row.place(key), key=key, seen=word, known=", ".join(known))
    return words


def check_rule(
    rule: JurisdictionRule,
    rules: Mapping[str, JurisdictionRule],
    rights: Mapping[str, object],
    organs: Mapping[str, object],
) -> Iterator[LawFault]:
    """Yield what a rule names and the pack does not have, and rules that wait for one another."""
    if rule.id in _waits_for(rule.id, rules):
        yield LawRulesInCircle(where=rule.where, id=rule.id)
    for version in rule.versions:
        named = [(organ, organs, "机关种类", "a kind of organ") for organ in version.organs]
        for one in version.when:
            named += [(right, rights, "权利种类", "a kind of right") for right in one.rights]
            named += [(other, rules, "管辖规则", "a rule of jurisdiction") for other in one.rules]
        named += [(other, rules, "管辖规则", "a rule of jurisdiction") for other in rule.unless]
        for seen, known, zh, en in named:
            if seen not in known:
                yield LawUnknownReference(where=version.where, seen=seen, what_zh=zh, what_en=en)


def _waits_for(rule_id: str, rules: Mapping[str, JurisdictionRule]) -> set[str]:
    """Return every rule that must be decided before this one."""
    found: set[str] = set()
    queue = [rule_id]
    while queue:
        rule = rules.get(queue.pop())
        named = (
            {*rule.unless, *(other for one in rule.versions for way in one.when for other in way.rules)}
            if rule
            else set()
        )
        queue += named - found
        found |= named
    return found


def parse_court(doc: Table, cites: Cites) -> Court:
    """Read one entry of courts/; raises a LawFault with file and line."""
    doc.only("id", "title", "code", "level", "place", "hears", "tribunals", "confidence", "note")
    return Court(
        id=doc.text("id"),
        title=doc.label("title"),
        code=doc.text("code"),
        level=doc.choice("level", LEVELS),
        place=_place(doc.node("place"), "place"),
        hears=tuple(_parse_hearing(row, cites) for row in doc.tables("hears")),
        tribunals=tuple(_parse_tribunal(row) for row in doc.tables("tribunals")),
        confidence=read_confidence(doc),
        note=doc.label_or_none("note"),
        where=doc.where,
    )


def _parse_hearing(row: Table, cites: Cites) -> Hearing:
    row.only("from", "to", "rule", "covers", "most", "cite", "confidence", "note")
    span = read_span(row)
    covers = tuple(_place(node, "covers") for node in row.series("covers"))
    if not covers:
        raise LawMissing(where=row.where, key="covers")
    return Hearing(
        span=span,
        rule=row.text("rule"),
        covers=covers,
        most=Fen(row.whole("most") * 100) if "most" in row else None,
        cite=cites.read(row, on=span.first),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _parse_tribunal(row: Table) -> Tribunal:
    row.only("id", "title", "from", "to", "confidence", "note")
    return Tribunal(row.text("id"), row.label("title"), read_span(row), read_confidence(row), row.label_or_none("note"))


def check_court(court: Court, rules: Mapping[str, object]) -> Iterator[LawFault]:
    """Yield the rules a court is listed for and the pack does not have."""
    for hearing in court.hears:
        if hearing.rule not in rules:
            yield LawUnknownReference(
                where=hearing.where, seen=hearing.rule, what_zh="管辖规则", what_en="a rule of jurisdiction"
            )


def parse_court_limit(doc: Table, cites: Cites) -> CourtLimit:
    """Read one entry of court-limits/; raises a LawFault with file and line."""
    doc.only("id", "title", "place", "versions", "gaps")
    versions = tuple(_parse_limit(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    check_versions(versions, read_gaps(doc))
    return CourtLimit(doc.text("id"), doc.label("title"), _place(doc.node("place"), "place"), versions, doc.where)


def _parse_limit(row: Table, cites: Cites) -> LimitVersion:
    row.only("from", "to", "most", "cite", "confidence", "note")
    span = read_span(row)
    return LimitVersion(
        span=span,
        most=Fen(row.whole("most") * 100),
        cite=cites.read(row, on=span.first),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _place(node: Node, key: str) -> PlaceCode:
    seen = as_text(node, key)
    try:
        return PlaceCode.from_text(seen)
    except ZhibaoError:
        raise LawWrongShape(
            where=node.where, key=key, seen=seen, want_zh="六位行政区划代码", want_en="a code of six digits"
        ) from None


def names_court(court: Court, rule: str, place: PlaceCode, day: date) -> Hearing | None:
    """Return the list entry that names ``court`` for ``rule`` at ``place`` on ``day``, or None."""
    return next(
        (
            one
            for one in court.hears
            if one.rule == rule and one.span.contains(day) and any(covered.contains(place) for covered in one.covers)
        ),
        None,
    )
