"""What must be proved, by whom, with what: the elements of an act against a right, channel by channel, each with its article.

Knows the law's demands, not any case: whether an element is proved is for people. The bytes of evidence are elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawFault, LawMissing, LawNotOneOf, LawUnknownReference
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span, check_versions, read_confidence, read_span

CHANNELS: Mapping[str, Label] = {
    "administrative": Label("行政", "administrative"),
    "criminal": Label("刑事", "criminal"),
    "civil": Label("民事", "civil"),
    "arbitration": Label("仲裁", "arbitration"),
    "mediation": Label("调解", "mediation"),
}
BURDENS: Mapping[str, Label] = {
    "organ": Label("办案机关", "the organ in charge"),
    "prosecution": Label("公安机关、检察机关", "police and prosecution"),
    "claimant": Label("主张的一方", "the claimant"),
    "respondent": Label("对方", "the other side"),
    "parties": Label("双方说明即可", "the parties state it"),
}


@dataclass(frozen=True, slots=True)
class Shift:
    """When the burden moves to the other side, by which article."""

    when: Label
    cite: Citation


@dataclass(frozen=True, slots=True)
class Demand:
    """In which channels, for which period, who must prove an element, by which article."""

    span: Span
    channels: tuple[str, ...]
    burden: str
    cite: Citation
    also: tuple[Citation, ...]
    shift: Shift | None
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class Element:
    """One thing to be proved. ``retake``: administrative evidence of it is taken again when the case becomes criminal."""

    id: str
    title: Label
    usually: Label
    retake: bool
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMatrix:
    """证明要素: one kind of act against one kind of right, with what must be proved."""

    id: str
    title: Label
    rights: tuple[str, ...]
    elements: tuple[Element, ...]
    where: str

    def on(self, channel: str, day: date) -> tuple[tuple[Element, Demand], ...]:
        """Return what must be proved in ``channel`` on ``day``, each element with its demand, in the order of the file."""
        return tuple(
            (element, demand)
            for element in self.elements
            for demand in element.demands
            if channel in demand.channels and demand.span.contains(day)
        )


def parse_matrix(doc: Table, cites: Cites) -> EvidenceMatrix:
    """Read one entry of evidence/; raises a LawFault with file and line."""
    doc.only("id", "title", "rights", "elements")
    elements = tuple(_parse_element(row, cites) for row in doc.tables("elements"))
    rights = doc.words("rights")
    for key, held in (("rights", rights), ("elements", elements)):
        if not held:
            raise LawMissing(where=doc.where, key=key)
    return EvidenceMatrix(doc.text("id"), doc.label("title"), rights, elements, doc.where)


def _parse_element(row: Table, cites: Cites) -> Element:
    row.only("id", "title", "usually", "retake", "demands")
    demands = tuple(_parse_demand(one, cites) for one in row.tables("demands"))
    if not demands:
        raise LawMissing(where=row.where, key="demands")
    for channel in CHANNELS:
        check_versions([one for one in demands if channel in one.channels])
    return Element(row.text("id"), row.label("title"), row.label("usually"), row.flag("retake"), demands)


def _parse_demand(row: Table, cites: Cites) -> Demand:
    row.only("from", "to", "channels", "burden", "cite", "also", "shift", "confidence", "note")
    span = read_span(row)
    channels = row.words("channels")
    if not channels:
        raise LawMissing(where=row.where, key="channels")
    for channel in channels:
        if channel not in CHANNELS:
            raise LawNotOneOf(where=row.place("channels"), key="channels", seen=channel, known=", ".join(CHANNELS))
    shift = row.table_or_none("shift")
    if shift is not None:
        shift.only("when", "cite")
    return Demand(
        span=span,
        channels=channels,
        burden=row.choice("burden", tuple(BURDENS)),
        cite=cites.read(row, on=span.first),
        also=cites.read_all(row, on=span.first, key="also") if "also" in row else (),
        shift=Shift(shift.label("when"), cites.read(shift, on=span.first)) if shift is not None else None,
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def check_matrix(matrix: EvidenceMatrix, rights: Mapping[str, object]) -> Iterator[LawFault]:
    """Yield the kinds of right that a matrix names and the pack does not have."""
    for right in matrix.rights:
        if right not in rights:
            yield LawUnknownReference(where=matrix.where, seen=right, what_zh="权利种类", what_en="a kind of right")
