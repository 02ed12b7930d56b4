"""Statutes, regulations and judicial interpretations: dates, articles by version, and how a citation is resolved.

Holds no statute text: each article carries our own one-line gist. A citation to an article that the version does not
have is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawCitesNothing, LawNoArticle, LawUnknownReference, LawWrongShape
from zhibao.rules.read import Node, Scalar, Table, as_text
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, in_force, read_confidence, read_gaps, read_span

KINDS = (
    "statute",
    "regulation",
    "department-rule",
    "judicial-interpretation",
    "judicial-opinion",
    "normative-document",
    "local-regulation",
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one version: our gist of it, and the items of each of its paragraphs that is known."""

    number: str
    gist: Label
    paragraphs: Mapping[int, int]
    confidence: Confidence
    where: str


@dataclass(frozen=True, slots=True)
class InstrumentVersion:
    """One text of an instrument. ``partial``: only the articles listed are known, others may exist."""

    id: str
    span: Span
    number: str
    articles: Mapping[str, Article]
    official: str
    checked_on: date | None
    checked_against: Confidence
    dates: Confidence
    partial: bool
    where: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """规范性文件: one statute, regulation or interpretation through its versions.

    ``renumbered`` maps (old version, old article) to (new version, new article).
    """

    id: str
    title: Label
    short: Label
    number: str
    issuer: tuple[str, ...]
    kind: str
    versions: tuple[InstrumentVersion, ...]
    replaces: tuple[str, ...]
    renumbered: Mapping[tuple[str, str], tuple[str, str]]
    where: str
    gaps: tuple[Gap, ...] = field(default=())

    def version(self, version_id: str) -> InstrumentVersion | None:
        """Return the version with that id, or None."""
        return next((version for version in self.versions if version.id == version_id), None)

    def on(self, day: date) -> InstrumentVersion | None:
        """Return the version in force on ``day``, or None."""
        return in_force(self.versions, day)


def parse_instrument(doc: Table) -> Instrument:
    """Read one file of ``instruments/``."""
    doc.only(
        "id", "title", "short", "number", "issuer", "kind", "versions", "replaces", "renumbered", "gaps", "official"
    )
    instrument = Instrument(
        id=doc.text("id"),
        title=doc.label("title"),
        short=doc.label("short"),
        number=doc.text("number", ""),
        issuer=doc.words("issuer"),
        kind=doc.choice("kind", KINDS),
        versions=tuple(_parse_version(row, doc) for row in doc.tables("versions")),
        replaces=doc.words("replaces"),
        renumbered=_parse_renumbered(doc),
        where=doc.where,
        gaps=read_gaps(doc),
    )
    if not instrument.versions:
        doc.node("versions")
        raise LawWrongShape(where=doc.place("versions"), key="versions", want_zh="版本", want_en="versions", seen="[]")
    check_versions(instrument.versions, instrument.gaps)
    _check_renumbered(doc, instrument)
    return instrument


def _parse_version(row: Table, doc: Table) -> InstrumentVersion:
    row.only("id", "from", "to", "number", "official", "checked", "dates", "partial", "articles")
    checked = row.table("checked")
    checked.only("on", "against")
    against = Confidence(checked.choice("against", tuple(Confidence)))
    articles = row.table("articles")
    return InstrumentVersion(
        id=row.text("id"),
        span=read_span(row),
        number=row.text("number", doc.text("number", "")),
        articles={key: _parse_article(key, articles.table(key), against) for key in articles},
        official=row.text("official", doc.text("official", "")),
        checked_on=checked.day_or_none("on"),
        checked_against=against,
        dates=Confidence(row.choice("dates", tuple(Confidence), Confidence.TEXT)),
        partial=row.flag("partial", default=True),
        where=row.where,
    )


def _parse_article(number: str, row: Table, against: Confidence) -> Article:
    row.only("gist", "paragraphs", "confidence")
    paragraphs = row.table_or_none("paragraphs")
    known = {_paragraph_number(paragraphs, key): paragraphs.whole(key) for key in paragraphs} if paragraphs else {}
    return Article(number, row.label("gist"), known, read_confidence(row, against), row.where)


def _paragraph_number(table: Table, key: str) -> int:
    if not key.isdecimal():
        raise LawWrongShape(where=table.place(key), key=key, want_zh="款的序号", want_en="a paragraph number", seen=key)
    return int(key)


def _parse_renumbered(doc: Table) -> dict[tuple[str, str], tuple[str, str]]:
    pairs = {}
    for row in doc.tables("renumbered"):
        row.only("from", "to", "articles")
        old, new = row.text("from"), row.text("to")
        articles = row.table("articles")
        pairs.update({(old, key): (new, articles.text(key)) for key in articles})
    return pairs


def _check_renumbered(doc: Table, instrument: Instrument) -> None:
    for pair in instrument.renumbered.items():
        for version_id, article in pair:
            version = instrument.version(version_id)
            if version is None or article not in version.articles:
                raise LawUnknownReference(
                    where=doc.place("renumbered"),
                    seen=f"{version_id}/{article}",
                    what_zh="条号对照表里的一条",
                    what_en="an article of the renumbering table",
                )


class Cites:
    """Resolves what law files write under ``cite`` against the instruments that are loaded."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.instruments = instruments

    def read(self, table: Table, *, on: date, key: str = "cite") -> Citation:
        """Read the citation under ``key``; its version, unless written, is the one in force on ``on``."""
        if key not in table:
            raise LawNoArticle(where=table.where)
        return self.resolve(table.node(key), on=on)

    def read_all(self, table: Table, *, on: date, key: str = "cite") -> tuple[Citation, ...]:
        """Read one citation or a list of them under ``key``; there must be at least one."""
        if key not in table:
            raise LawNoArticle(where=table.where)
        node = table.node(key)
        nodes = (node,) if isinstance(node, Scalar) else table.series(key)
        if not nodes:
            raise LawNoArticle(where=table.place(key))
        return tuple(self.resolve(one, on=on) for one in nodes)

    def resolve(self, node: Node, *, on: date) -> Citation:
        """Return the citation written in ``node`` with its version filled in; refuses one that cites nothing."""
        text = as_text(node, "cite")
        try:
            citation = Citation.from_text(text)
        except ZhibaoError as error:
            raise LawCitesNothing(where=node.where, cite=text, why_zh=error.say("zh"), why_en=error.say("en")) from None
        fault = self._fault(citation, on)
        if isinstance(fault, Label):
            raise LawCitesNothing(where=node.where, cite=text, why_zh=fault.zh, why_en=fault.en)
        return Citation(citation.instrument, fault.id, citation.article, citation.paragraph, citation.item)

    def _fault(self, citation: Citation, on: date) -> Label | InstrumentVersion:
        instrument = self.instruments.get(citation.instrument)
        if instrument is None:
            return Label("没有这部规定", "there is no such instrument")
        version = instrument.version(citation.version) if citation.version else instrument.on(on)
        if version is None:
            day = on.isoformat()
            return Label(f"这部规定没有这个版本，或者 {day} 没有施行", f"no such version, or none in force on {day}")
        return _fault_within(version, citation) or version


def _fault_within(version: InstrumentVersion, citation: Citation) -> Label | None:
    article = version.articles.get(citation.article)
    if article is None:
        return Label(f"{version.id} 版没有这一条", f"version {version.id} has no such article")
    if citation.paragraph is None:
        return None
    if citation.paragraph not in article.paragraphs:
        return Label("这一条没有这一款", "the article has no such paragraph")
    if citation.item is not None and not 1 <= citation.item <= article.paragraphs[citation.paragraph]:
        return Label("这一款没有这一项", "the paragraph has no such item")
    return None
