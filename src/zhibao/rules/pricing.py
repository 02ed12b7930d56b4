"""Which price values goods, in which order, under which text (law/**/pricing).

Knows no goods; docket/goods.py values lines with it.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawMissing, LawNotOneOf
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span

PRICE_KINDS = ("actual", "actual_average", "marked", "market_middle")


@dataclass(frozen=True, slots=True)
class PriceOrderVersion:
    """The order in ``span``: the first price kind that is known is the one used.

    ``cite`` covers turnover and its order, ``sales_cite`` sales, ``unsold_cite`` the value of unsold goods.
    ``unlabelled_cite`` None: goods not yet labelled do not count.
    """

    span: Span
    sold: tuple[str, ...]
    unsold: tuple[str, ...]
    cite: Citation
    sales_cite: Citation
    unsold_cite: Citation
    unlabelled_cite: Citation | None
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class PriceOrder:
    """The order of price kinds through its versions; the day of the act chooses."""

    id: str
    title: Label
    keyed_on: str
    versions: tuple[PriceOrderVersion, ...]
    where: str

    def version_on(self, day: date) -> PriceOrderVersion | None:
        """Return the version in force on ``day``, None where no text said how to value goods."""
        return in_force(self.versions, day)


def parse_price_order(doc: Table, cites: Cites) -> PriceOrder:
    """Read one file of law/**/pricing; raises a LawFault with file and line."""
    doc.only("id", "title", "keyed_on", "versions", "gaps")
    versions = tuple(_version(row, cites) for row in doc.tables("versions"))
    check_versions(versions, read_gaps(doc))
    return PriceOrder(doc.text("id"), doc.label("title"), doc.choice("keyed_on", ("act",)), versions, doc.where)


def _version(row: Table, cites: Cites) -> PriceOrderVersion:
    row.only(
        "from", "to", "sold", "unsold", "cite", "sales_cite", "unsold_cite", "unlabelled_cite", "confidence", "note"
    )
    span = read_span(row)
    return PriceOrderVersion(
        span=span,
        sold=_kinds(row, "sold"),
        unsold=_kinds(row, "unsold"),
        cite=cites.read(row, on=span.first),
        sales_cite=cites.read(row, on=span.first, key="sales_cite"),
        unsold_cite=cites.read(row, on=span.first, key="unsold_cite"),
        unlabelled_cite=cites.read(row, on=span.first, key="unlabelled_cite") if "unlabelled_cite" in row else None,
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _kinds(row: Table, key: str) -> tuple[str, ...]:
    kinds = row.words(key)
    if not kinds:
        raise LawMissing(where=row.where, key=key)
    for kind in kinds:
        if kind not in PRICE_KINDS:
            raise LawNotOneOf(where=row.place(key), key=key, seen=kind, known=", ".join(PRICE_KINDS))
    return kinds
