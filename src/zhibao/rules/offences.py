"""Crimes: their limits by interpretation, their sentence bands by statute, both dated and each with its article.

Knows how the files are written, not whether anyone committed anything: ``assess`` puts facts to them. Interpretation
(``versions``) and statute (``statute``) are separate, since they change on different days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Protocol

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.conditions import leaves
from zhibao.rules.errors import LawFault, LawSameId, LawUnknownReference, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.language import Language, Limit, read_limits
from zhibao.rules.read import Table
from zhibao.rules.registers import Measure
from zhibao.rules.versions import ONE_DAY, Confidence, Gap, Span, check_versions, read_confidence, read_gaps, read_span

TIERS = ("base", "grave")


@dataclass(frozen=True, slots=True)
class EntityRule:
    """单位: what an entity's limits are multiplied by in ``span``."""

    span: Span
    times: int
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Silence:
    """A way to commit the crime that the statute names and no interpretation in force sets a limit for.

    ``measure`` empty: the acts of ``kinds`` as such; else they are silent by that measure only.
    """

    span: Span
    kinds: tuple[str, ...]
    measure: str
    cite: Citation
    confidence: Confidence
    why: Label


@dataclass(frozen=True, slots=True)
class OffenceVersion:
    """The limits of one interpretation, by tier. ``id`` is its first day, as answers name it.

    ``accumulate`` is the article by which acts not dealt with add up; None: the offence's own.
    """

    span: Span
    tiers: Mapping[str, tuple[Limit, ...]]
    entities: tuple[EntityRule, ...]
    silences: tuple[Silence, ...]
    accumulate: Citation | None
    where: str

    @property
    def id(self) -> str:
        """The first day, as ``rule_version``."""
        return self.span.first.isoformat()

    def limits(self, tier: str, day: date) -> tuple[Limit, ...]:
        """Return the limits of a tier that were in force on ``day``."""
        return tuple(limit for limit in self.tiers.get(tier, ()) if limit.span.contains(day))

    def entity_rule(self, day: date) -> EntityRule | None:
        """Return what multiplied an entity's limits on ``day``, or None."""
        return next((rule for rule in self.entities if rule.span.contains(day)), None)

    def turning_days(self) -> frozenset[date]:
        """Return the days from which this version may treat a party more lightly: its first day, and inside it those
        on which a limit has ended or entities get a higher one. What only adds limits cannot be lighter.
        """
        ended = {limit.span.last + ONE_DAY for limits in self.tiers.values() for limit in limits if limit.span.last}
        eased = {rule.span.first for rule in self.entities}
        return frozenset(day for day in ended | eased if self.span.contains(day)) | {self.span.first}


@dataclass(frozen=True, slots=True)
class Band:
    """法定刑: the sentence of one tier. ``shortest`` and ``longest`` in months (0: a fine alone; None: no upper end)."""

    text: Label
    shortest: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class StatuteVersion:
    """The statute's own text: which kinds of act it makes a crime, and the sentence of each tier."""

    span: Span
    kinds: tuple[str, ...]
    bands: Mapping[str, Band]
    cite: Citation
    confidence: Confidence
    where: str


@dataclass(frozen=True, slots=True)
class Offence:
    """罪名: one crime through its versions. ``lighter``: a later, lighter interpretation is preferred (从旧兼从轻).

    ``accumulate`` is the newest interpretation's article on adding up; a version may name its own.
    """

    id: str
    title: Label
    kinds: Mapping[str, Label]
    lighter: bool
    accumulate: Citation
    versions: tuple[OffenceVersion, ...]
    statute: tuple[StatuteVersion, ...]
    where: str
    gaps: tuple[Gap, ...] = ()
    note: Label | None = None

    def adds_up_by(self, version_id: str) -> Citation | None:
        """Return the article by which acts not dealt with add up under that version; None where there is no such version."""
        version = next((version for version in self.versions if version.id == version_id), None)
        return None if version is None else version.accumulate or self.accumulate


def parse_offence(doc: Table, cites: Cites, measures: Mapping[str, Measure]) -> Offence:
    """Read one file of offences/. Raises a LawFault naming file and line."""
    doc.only("id", "title", "kinds", "keyed_on", "lighter", "accumulate", "versions", "statute", "gaps", "note")
    doc.choice("keyed_on", ("act",))
    kinds = doc.table("kinds")
    language = Language(tuple(kinds), measures)
    offence = Offence(
        id=doc.text("id"),
        title=doc.label("title"),
        kinds={kind: kinds.label(kind) for kind in kinds},
        lighter=doc.flag("lighter"),
        accumulate=cites.read(doc, on=_newest(doc), key="accumulate"),
        versions=tuple(_parse_version(row, cites, language) for row in doc.tables("versions")),
        statute=tuple(_parse_statute(row, cites, language) for row in doc.tables("statute")),
        where=doc.where,
        gaps=read_gaps(doc),
        note=doc.label_or_none("note"),
    )
    check_versions(offence.versions, offence.gaps)
    check_versions(offence.statute)
    for key, found in (("versions", offence.versions), ("statute", offence.statute)):
        if not found:
            raise LawWrongShape(
                where=doc.place(key), key=key, want_zh="至少一个版本", want_en="one version or more", seen="—"
            )
    return offence


def _newest(doc: Table) -> date:
    return max((read_span(row).first for row in doc.tables("versions")), default=date.max)


def _parse_version(row: Table, cites: Cites, language: Language) -> OffenceVersion:
    row.only("from", "to", "tiers", "entities", "silent", "accumulate", "confidence")
    span = read_span(row)
    confidence = read_confidence(row)
    tiers = row.table("tiers")
    tiers.only(*TIERS)
    return OffenceVersion(
        span=span,
        tiers=read_limits(tiers, span, confidence, cites, language),
        entities=tuple(_parse_entity_rule(one, span, confidence, cites) for one in row.tables("entities")),
        silences=tuple(_parse_silence(one, span, cites, language) for one in row.tables("silent")),
        accumulate=cites.read(row, on=span.first, key="accumulate") if "accumulate" in row else None,
        where=row.where,
    )


def _parse_entity_rule(row: Table, span: Span, confidence: Confidence, cites: Cites) -> EntityRule:
    row.only("from", "to", "times", "cite", "confidence")
    inner = part_of(row, span)
    return EntityRule(inner, row.whole("times"), cites.read(row, on=inner.first), read_confidence(row, confidence))


def part_of(row: Table, span: Span) -> Span:
    """Read the dates of something inside a version; either end left out is the version's."""
    return Span(row.day_or_none("from") or span.first, row.day_or_none("to") or span.last)


def _parse_silence(row: Table, span: Span, cites: Cites, language: Language) -> Silence:
    row.only("from", "to", "for", "measure", "cite", "confidence", "why")
    inner = part_of(row, span)
    return Silence(
        span=inner,
        kinds=language.kinds_of(row, "for"),
        measure=language.measure(row, "measure").id if "measure" in row else "",
        cite=cites.read(row, on=inner.first),
        confidence=read_confidence(row),
        why=row.label("why"),
    )


def _parse_statute(row: Table, cites: Cites, language: Language) -> StatuteVersion:
    row.only("from", "to", "covers", "bands", "cite", "confidence")
    span = read_span(row)
    bands = row.table("bands")
    bands.only(*TIERS)
    return StatuteVersion(
        span=span,
        kinds=language.kinds_of(row, "covers"),
        bands={tier: _parse_band(bands.table(tier)) for tier in bands},
        cite=cites.read(row, on=span.first),
        confidence=read_confidence(row),
        where=row.where,
    )


def _parse_band(row: Table) -> Band:
    row.only("text", "shortest", "longest")
    longest = row.whole("longest") if "longest" in row else None
    return Band(row.label("text"), row.whole("shortest"), longest)


def check_offence(offence: Offence, pack: "HasOffences") -> Iterator[LawFault]:
    """Yield earlier offences that a repeat names and the pack does not have, and kinds that two offences share."""
    for version in offence.versions:
        named: dict[str, str] = {}
        for limit in (limit for limits in version.tiers.values() for limit in limits):
            for leaf in leaves(limit.tree):
                named = dict.fromkeys(leaf.which.repeat.of if leaf.which.repeat else (), limit.where) | named
        for other in sorted(set(named) - set(pack.offences)):
            yield LawUnknownReference(where=named[other], seen=other, what_zh="罪名", what_en="an offence")
    for other_offence in takewhile(lambda other: other is not offence, pack.offences.values()):
        for kind in offence.kinds:
            if kind in other_offence.kinds:
                yield LawSameId(where=offence.where, id=kind, other=other_offence.where)


class HasOffences(Protocol):
    """What the check needs of a pack."""

    @property
    def offences(self) -> Mapping[str, Offence]: ...
