"""Damages by right: bases and their order, statutory damages, punitive range, through the versions of each law.

Knows how the files of remedies/ are written, not what was lost or gained: ``damages`` puts facts to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, parse_yuan
from zhibao.rules.errors import LawBackwards, LawMissing, LawNotOneOf, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, read_confidence, read_gaps, read_span

BASES = {
    "loss": Label("权利人的实际损失", "the right holder's actual loss"),
    "gain": Label("侵权人的获利", "the infringer's gain"),
    "licence": Label("许可使用费", "the licence fee"),
}
# What facts may name that is no kind of right of its own.
RIGHTS = {
    "patent": Label("专利权", "patent"),
    "unfair-competition": Label("不正当竞争", "unfair competition"),
    "wrong-notice": Label("错误通知", "wrong notice"),
}
MENTAL = {"intent": Label("故意", "intent"), "malice": Label("恶意", "malice")}
LICENCES = ("multiple", "fee")


@dataclass(frozen=True, slots=True)
class Statutory:
    """法定赔偿: between ``least`` (0: the law names none) and ``most``, in fen, for acts of ``kinds``.

    ``costs_within``: reasonable costs are weighed inside the sum and not added to it.
    """

    kinds: tuple[str, ...]
    span: Span
    least: Fen
    most: Fen
    costs_within: bool
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Punitive:
    """惩罚性赔偿: ``low`` to ``high`` times the base, for acts of ``kinds`` done with ``mental``, in serious circumstances."""

    kinds: tuple[str, ...]
    low: Fraction
    high: Fraction
    mental: str
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Doubled:
    """加倍赔偿: ``times`` the base where the act was done with ``mental``."""

    times: Fraction
    mental: str
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class RemedyVersion:
    """Damages under one text. ``order``: groups of bases; in a group the right holder chooses, a later group only where
    the one before cannot be found. ``licence``: "multiple" of the fee, or the "fee" itself.
    """

    span: Span
    order: tuple[tuple[str, ...], ...]
    licence: str
    statutory: tuple[Statutory, ...]
    punitive: Punitive | None
    doubled: Doubled | None
    costs: Citation | None
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str

    @property
    def id(self) -> str:
        """The first day, as ``rule_version``."""
        return self.span.first.isoformat()


@dataclass(frozen=True, slots=True)
class Remedy:
    """赔偿规则: one right's damages. ``rights`` maps what facts may name to the kind of act it implies ("" none).

    ``limitation``: the clock of the time to sue; ``back``: the value that says how far back damages
    of a continuing act go; ``nonuse``: the value of the defence that the right was not used.
    """

    id: str
    title: Label
    rights: Mapping[str, str]
    kinds: Mapping[str, Label]
    limitation: str
    back: str
    nonuse: str
    versions: tuple[RemedyVersion, ...]
    where: str
    gaps: tuple[Gap, ...] = ()
    note: Label | None = None


def parse_remedy(doc: Table, cites: Cites) -> Remedy:
    """Read one entry of remedies/. Raises a LawFault naming file and line."""
    doc.only("id", "title", "rights", "kinds", "keyed_on", "limitation", "back", "nonuse", "versions", "gaps", "note")
    doc.choice("keyed_on", ("act",))
    rights, kinds = doc.table("rights"), doc.table("kinds")
    known = tuple(kinds)
    versions = tuple(_parse_version(row, cites, known) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.place("versions"), key="versions")
    gaps = read_gaps(doc)
    check_versions(versions, gaps)
    return Remedy(
        id=doc.text("id"),
        title=doc.label("title"),
        rights={right: _kind(rights, right, known) for right in rights},
        kinds={kind: kinds.label(kind) for kind in kinds},
        limitation=doc.text("limitation"),
        back=doc.text("back", ""),
        nonuse=doc.text("nonuse", ""),
        versions=versions,
        where=doc.where,
        gaps=gaps,
        note=doc.label_or_none("note"),
    )


def _kind(rights: Table, right: str, known: tuple[str, ...]) -> str:
    seen = rights.text(right)
    if seen != "any" and seen not in known:
        raise LawNotOneOf(where=rights.place(right), key=right, seen=seen, known=", ".join(("any", *known)))
    return "" if seen == "any" else seen


def _parse_version(row: Table, cites: Cites, kinds: tuple[str, ...]) -> RemedyVersion:
    row.only(
        "from", "to", "order", "licence", "statutory", "punitive", "doubled", "costs", "cite", "confidence", "note"
    )  # fmt: skip
    span = read_span(row)
    frame = _Frame(span, cites, kinds, read_confidence(row))
    order = tuple(_group(row, text) for text in row.words("order"))
    if not order:
        raise LawMissing(where=row.where, key="order")
    return RemedyVersion(
        span=span,
        order=order,
        licence=row.choice("licence", LICENCES, "multiple"),
        statutory=tuple(frame.statutory(one) for one in row.tables("statutory")),
        punitive=frame.punitive(row.table("punitive")) if "punitive" in row else None,
        doubled=frame.doubled(row.table("doubled")) if "doubled" in row else None,
        costs=frame.cite(row, "costs") if "costs" in row else None,
        cite=frame.cite(row),
        confidence=frame.confidence,
        note=row.label_or_none("note"),
        where=row.where,
    )


def _group(row: Table, text: str) -> tuple[str, ...]:
    group = tuple(part.strip() for part in text.split("|"))
    for basis in group:
        if basis not in BASES:
            raise LawNotOneOf(where=row.place("order"), key="order", seen=basis, known=", ".join(BASES))
    return group


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of one version share."""

    span: Span
    cites: Cites
    kinds: tuple[str, ...]
    confidence: Confidence

    def cite(self, row: Table, key: str = "cite") -> Citation:
        return self.cites.read(row, on=self.span.first, key=key)

    def kinds_of(self, row: Table) -> tuple[str, ...]:
        named = row.words("for") if "for" in row else self.kinds
        for kind in named:
            if kind not in self.kinds:
                raise LawNotOneOf(where=row.place("for"), key="for", seen=kind, known=", ".join(self.kinds))
        return named

    def statutory(self, row: Table) -> Statutory:
        row.only("for", "from", "to", "at_least", "at_most", "costs", "cite", "confidence")
        span = Span(row.day_or_none("from") or self.span.first, row.day_or_none("to") or self.span.last)
        least = _yuan(row, "at_least") if "at_least" in row else Fen(0)
        most = _yuan(row, "at_most")
        if least > most:
            raise LawBackwards(where=row.place("at_most"), first=row.text("at_least"), last=row.text("at_most"))
        return Statutory(
            kinds=self.kinds_of(row),
            span=span,
            least=least,
            most=most,
            costs_within=row.choice("costs", ("within", "on-top")) == "within",
            cite=self.cites.read(row, on=span.first),
            confidence=read_confidence(row, self.confidence),
        )

    def punitive(self, row: Table) -> Punitive:
        row.only("for", "from", "to", "mental", "cite", "confidence")
        low, high = _times(row, "from"), _times(row, "to")
        if low > high:
            raise LawBackwards(where=row.place("to"), first=row.text("from"), last=row.text("to"))
        return Punitive(
            self.kinds_of(row),
            low,
            high,
            row.choice("mental", tuple(MENTAL)),
            self.cite(row),
            read_confidence(row, self.confidence),
        )

    def doubled(self, row: Table) -> Doubled:
        row.only("times", "mental", "cite", "confidence")
        return Doubled(
            _times(row, "times"),
            row.choice("mental", tuple(MENTAL)),
            self.cite(row),
            read_confidence(row, self.confidence),
        )


def _yuan(row: Table, key: str) -> Fen:
    seen = row.text(key)
    try:
        return parse_yuan(seen) if seen.replace(".", "", 1).isdecimal() else _no_yuan(row, key)
    except ZhibaoError:
        return _no_yuan(row, key)


def _no_yuan(row: Table, key: str) -> Fen:
    raise LawWrongShape(
        where=row.place(key), key=key, want_zh="元，不用万", want_en="yuan, written out", seen=row.text(key)
    )


def _times(row: Table, key: str) -> Fraction:
    seen = row.text(key)
    try:
        times = Fraction(seen)
    except (ValueError, ZeroDivisionError):
        times = Fraction(0)
    if times <= 0:
        raise LawWrongShape(
            where=row.place(key), key=key, want_zh="大于 0 的倍数", want_en="a multiple above 0", seen=seen
        )
    return times
