"""When an administrative organ must hand a case to the police, by the text in force on the day of judging.

Knows the grounds and their articles; whether a threshold is met is told by ``assess``.
"""

from dataclasses import dataclass

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, read_confidence, read_gaps, read_span

GROUNDS = ("threshold", "reasonable-suspicion")


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for transfer. ``needs`` are the flags of ``suspicion`` that must all be true (none: a threshold met)."""

    id: str
    title: Label
    needs: tuple[str, ...]
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TransferVersion:
    """The grounds as they stood in ``span``, the strongest first."""

    span: Span
    grounds: tuple[Ground, ...]
    where: str

    def ground(self, ground_id: str) -> Ground | None:
        """Return the ground with that id, or None where this text does not have it."""
        return next((ground for ground in self.grounds if ground.id == ground_id), None)


@dataclass(frozen=True, slots=True)
class TransferRule:
    """移送条件 through its versions."""

    id: str
    title: Label
    versions: tuple[TransferVersion, ...]
    where: str
    gaps: tuple[Gap, ...] = ()


def parse_transfer_rule(doc: Table, cites: Cites) -> TransferRule:
    """Read one file of transfer/."""
    doc.only("id", "title", "versions", "gaps")
    rule = TransferRule(
        id=doc.text("id"),
        title=doc.label("title"),
        versions=tuple(_parse_version(row, cites) for row in doc.tables("versions")),
        where=doc.where,
        gaps=read_gaps(doc),
    )
    check_versions(rule.versions, rule.gaps)
    return rule


def _parse_version(row: Table, cites: Cites) -> TransferVersion:
    row.only("from", "to", "grounds")
    span = read_span(row)
    return TransferVersion(span, tuple(_parse_ground(one, span, cites) for one in row.tables("grounds")), row.where)


def _parse_ground(row: Table, span: Span, cites: Cites) -> Ground:
    row.only("id", "title", "needs", "cite", "confidence")
    return Ground(
        row.choice("id", GROUNDS),
        row.label("title"),
        row.words("needs"),
        cites.read(row, on=span.first),
        read_confidence(row),
    )
