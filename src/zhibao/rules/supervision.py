"""The kinds of supervision finding: name, weight, and the articles behind each by date (law/**/findings).

Knows no matter; docket/findings.py finds.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length
from zhibao.kernel.labels import Label
from zhibao.rules.deadlines import length_of
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_span


@dataclass(frozen=True, slots=True)
class Basis:
    """The articles a kind of finding rests on in ``span``."""

    span: Span
    cites: tuple[Citation, ...]
    confidence: Confidence
    where: str


@dataclass(frozen=True, slots=True)
class FindingKind:
    """监督发现的种类. ``weight`` orders lists. ``idle_after`` is the product's own length, not the law's.

    Kinds without ``versions`` rest on the articles of the clock they come from.
    """

    id: str
    title: Label
    weight: int
    idle_after: Length | None
    versions: tuple[Basis, ...]
    where: str

    def cites_on(self, day: date) -> tuple[Citation, ...]:
        """Return the articles behind the kind on ``day``; none where no text in force said so."""
        basis = in_force(self.versions, day)
        return basis.cites if basis else ()


def parse_finding_kind(doc: Table, cites: Cites) -> FindingKind:
    """Read one entry of law/**/findings; raises a LawFault with file and line."""
    doc.only("id", "title", "weight", "idle_after", "versions")
    versions = tuple(_basis(row, cites) for row in doc.tables("versions"))
    check_versions(versions)
    return FindingKind(
        id=doc.text("id"),
        title=doc.label("title"),
        weight=doc.whole("weight"),
        idle_after=length_of(doc, "idle_after") if "idle_after" in doc else None,
        versions=versions,
        where=doc.where,
    )


def _basis(row: Table, cites: Cites) -> Basis:
    row.only("from", "to", "cite", "confidence")
    span = read_span(row)
    return Basis(span, cites.read_all(row, on=span.first), read_confidence(row), row.where)
