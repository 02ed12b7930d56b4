"""The statutory forms: which paper a step calls for, in which procedure, by which article.

Knows no template and no layout; documents are drawn elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawFault, LawUnknownReference
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span

MAKERS: Mapping[str, Label] = {
    "organ": Label("办案机关", "the organ in charge"),
    "police": Label("公安机关", "the police"),
    "procuratorate": Label("检察机关", "the procuratorate"),
    "party": Label("当事人", "the party"),
    "right-holder": Label("权利人", "the right holder"),
}


@dataclass(frozen=True, slots=True)
class FormVersion:
    """The articles a form rests on in ``span``."""

    span: Span
    cites: tuple[Citation, ...]
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class Form:
    """文书: one statutory form. ``event`` is the kind of event that it records, "" where no event of its own exists."""

    id: str
    title: Label
    procedure: str
    event: str
    maker: str
    versions: tuple[FormVersion, ...]
    where: str

    def on(self, day: date) -> FormVersion | None:
        """Return the version in force on ``day``."""
        return in_force(self.versions, day)


def parse_form(doc: Table, cites: Cites) -> Form:
    """Read one entry of forms/; raises a LawFault with file and line."""
    doc.only("id", "title", "procedure", "event", "maker", "versions", "gaps", "from", "cite", "confidence", "note")
    rows = doc.tables("versions") or (doc,)
    versions = tuple(_parse_version(row, cites, doc) for row in rows)
    check_versions(versions, read_gaps(doc))
    return Form(
        id=doc.text("id"),
        title=doc.label("title"),
        procedure=doc.text("procedure"),
        event=doc.text("event") if "event" in doc else "",
        maker=doc.choice("maker", tuple(MAKERS), "organ"),
        versions=versions,
        where=doc.where,
    )


def _parse_version(row: Table, cites: Cites, doc: Table) -> FormVersion:
    if row is not doc:
        row.only("from", "to", "cite", "confidence", "note")
    span = read_span(row)
    return FormVersion(
        span, cites.read_all(row, on=span.first), read_confidence(row), row.label_or_none("note"), row.where
    )


def check_form(form: Form, kinds: Mapping[str, object], procedures: Mapping[str, object]) -> Iterator[LawFault]:
    """Yield what a form names and the pack does not have."""
    if form.procedure not in procedures:
        yield LawUnknownReference(where=form.where, seen=form.procedure, what_zh="程序", what_en="a procedure")
    if form.event and form.event not in kinds:
        yield LawUnknownReference(where=form.where, seen=form.event, what_zh="事项种类", what_en="a kind of event")
