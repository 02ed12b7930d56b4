"""Administrative fines: what an article threatens, through its versions (law/**/penalties).

Knows how the files are written, not what anybody did: ``fines`` puts facts to them. Bands are chosen by conditions in
the language of the offence files; measures beside the fine are named, and whether they weigh is said in ``DEEDS``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.conditions import All, Exists, Tree, Which, leaves
from zhibao.rules.errors import LawFault, LawMissing, LawNotOneOf, LawSameId, LawUnknownReference
from zhibao.rules.fine_amounts import Fine, read_fine
from zhibao.rules.instruments import Cites
from zhibao.rules.language import BODIES, Language, read_condition
from zhibao.rules.read import Scalar, Table, as_table
from zhibao.rules.registers import Measure
from zhibao.rules.versions import Confidence, Gap, Span, check_versions, read_confidence, read_gaps, read_span

PARTIES = {"party": Label("当事人", "the party"), "responsible": Label("直接责任人员", "those directly responsible")}
# How a measure weighs beside a fine when two versions are compared: 0 is no penalty (行政处罚法第九条 does not list it),
# 1 is listed below the fine, 2 beside it or above.
DEEDS: Mapping[str, tuple[Label, int]] = {
    "order-stop": (Label("责令停止", "order to stop"), 0),
    "order-correct": (Label("责令改正", "order to correct"), 0),
    "publish": (Label("公告", "public notice"), 0),
    "destroy": (Label("销毁", "destruction"), 0),
    "warn": (Label("警告", "warning"), 1),
    "criticise": (Label("通报", "public criticism"), 1),
    "confiscate-gain": (Label("没收违法所得", "confiscation of illegal gain"), 2),
    "confiscate-goods": (Label("没收违法商品", "confiscation of goods"), 2),
    "confiscate-tools": (Label("没收工具、材料", "confiscation of tools and materials"), 2),
    "stop-acceptance": (Label("停止受理代理业务", "no more filings accepted from the agency"), 2),
    "cancel-registration": (Label("撤销注册商标", "cancellation of the registered mark"), 2),
    "revoke-business-licence": (Label("吊销营业执照", "revocation of the business licence"), 2),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """几年内受过几次处罚: at least ``least`` earlier administrative penalties for one of ``of``, in the ``years`` before the decision."""

    least: int
    years: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One band of fine. ``tree`` None: always. ``instead_of``: the band it displaces where its condition holds.

    ``may``: the organ may go without a fine. ``who``: "party" or "responsible".
    """

    id: str
    who: str
    tree: Tree | None
    instead_of: str
    fine: Fine
    may: bool
    cite: Citation
    confidence: Confidence
    where: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A measure beside the fine; ``tree`` None: in every case."""

    id: str
    title: Label
    who: str
    tree: Tree | None
    counted: Counted | None
    cite: Citation


@dataclass(frozen=True, slots=True)
class Beside:
    """A circumstance that stands beside the band: one that makes the fine heavier, or leaves only an order to stop."""

    id: str
    title: Label
    tree: Tree
    cite: Citation
    note: Label | None


@dataclass(frozen=True, slots=True)
class PenaltyVersion:
    """What one text threatens. ``kinds``: the kinds of act it covers. ``id`` is its first day, as answers name it."""

    span: Span
    kinds: tuple[str, ...]
    fine_bands: tuple[Band, ...]
    deeds: tuple[Deed, ...]
    heavier: tuple[Beside, ...]
    spared: tuple[Beside, ...]
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str

    @property
    def id(self) -> str:
        """The first day, as ``rule_version``."""
        return self.span.first.isoformat()


@dataclass(frozen=True, slots=True)
class Penalty:
    """罚则: one article's threat through its versions.

    ``lighter``: a text in force at the decision is preferred where it is lighter. ``new``: nothing threatened the act
    before the first version; otherwise what stood before is not held. ``gain_method``: SAMR's rules find its gain.
    """

    id: str
    title: Label
    kinds: Mapping[str, Label]
    lighter: bool
    new: bool
    gain_method: bool
    versions: tuple[PenaltyVersion, ...]
    where: str
    gaps: tuple[Gap, ...] = ()
    note: Label | None = None


def parse_penalty(doc: Table, cites: Cites, measures: Mapping[str, Measure]) -> Penalty:
    """Read one entry of penalties/. Raises a LawFault naming file and line."""
    doc.only("id", "title", "kinds", "keyed_on", "lighter", "new", "gain_method", "versions", "gaps", "note")
    doc.choice("keyed_on", ("act",))
    kinds = doc.table("kinds")
    language = Language(tuple(kinds), measures)
    versions = tuple(_parse_version(row, cites, language) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.place("versions"), key="versions")
    gaps = read_gaps(doc)
    check_versions(versions, gaps)
    return Penalty(
        id=doc.text("id"),
        title=doc.label("title"),
        kinds={kind: kinds.label(kind) for kind in kinds},
        lighter=doc.flag("lighter"),
        new=doc.flag("new", default=False),
        gain_method=doc.flag("gain_method", default=False),
        versions=versions,
        where=doc.where,
        gaps=gaps,
        note=doc.label_or_none("note"),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the parts of one version share."""

    span: Span
    cites: Cites
    language: Language
    cite: Citation
    confidence: Confidence

    def cited(self, row: Table) -> Citation:
        return self.cites.read(row, on=self.span.first) if "cite" in row else self.cite


def _parse_version(row: Table, cites: Cites, language: Language) -> PenaltyVersion:
    row.only("from", "to", "for", "bands", "measures", "heavier", "spared", "cite", "confidence", "note")
    span = read_span(row)
    kinds = language.kinds_of(row, "for") if "for" in row else language.kinds
    frame = _Frame(
        span,
        cites,
        Language(kinds, language.measures),
        cites.read(row, on=span.first),
        read_confidence(row),
    )
    bands = tuple(_parse_band(one, frame) for one in row.tables("bands"))
    _check_bands(bands)
    return PenaltyVersion(
        span=span,
        kinds=kinds,
        fine_bands=bands,
        deeds=tuple(_parse_deed(one, row.place("measures"), frame) for one in row.series("measures")),
        heavier=tuple(_parse_beside(one, frame) for one in row.tables("heavier")),
        spared=tuple(_parse_beside(one, frame) for one in row.tables("spared")),
        cite=frame.cite,
        confidence=frame.confidence,
        note=row.label_or_none("note"),
        where=row.where,
    )


def _check_bands(bands: tuple[Band, ...]) -> None:
    seen: dict[str, str] = {}
    for band in bands:
        if band.id in seen:
            raise LawSameId(where=band.where, id=band.id, other=seen[band.id])
        if band.instead_of and band.instead_of not in seen:
            raise LawUnknownReference(
                where=band.where, seen=band.instead_of, what_zh="前面的一档", what_en="an earlier band"
            )
        seen[band.id] = band.where


def _condition(row: Table, language: Language) -> Tree | None:
    """Read ``needs`` (facts that must all hold) or one condition of the language; None where neither is written."""
    if "needs" in row:
        names = row.words("needs")
        for name in names:
            if language.named(name, row.place("needs")).unit != "flag":
                raise LawUnknownReference(
                    where=row.place("needs"), seen=name, what_zh="是非事实", what_en="a yes or no"
                )
        return All(tuple(Exists(Which(language.kinds, fact=name)) for name in names))
    return read_condition(row, language) if any(key in row for key in BODIES) else None


def _counted(row: Table) -> Counted | None:
    if "penalties" not in row:
        return None
    inner = row.table("penalties")
    inner.only("at_least", "years", "of")
    return Counted(inner.whole("at_least"), inner.whole("years"), inner.words("of"))


def _parse_band(row: Table, frame: _Frame) -> Band:
    row.only("id", "who", "needs", *BODIES, "instead_of", "fine", "may", "cite", "confidence")
    return Band(
        id=row.text("id"),
        who=row.choice("who", tuple(PARTIES), "party"),
        tree=_condition(row, frame.language),
        instead_of=row.text("instead_of", ""),
        fine=read_fine(row.table("fine"), frame.language),
        may=row.flag("may", default=False),
        cite=frame.cited(row),
        confidence=read_confidence(row, frame.confidence),
        where=row.where,
    )


def _parse_deed(node: object, where: str, frame: _Frame) -> Deed:
    if isinstance(node, Scalar):
        name = _known_deed(node.text, node.where)
        return Deed(name, DEEDS[name][0], "party", None, None, frame.cite)
    row = as_table(node, "measures")  # type: ignore[arg-type]  # a list in this place is refused there
    row.only("do", "who", "needs", *BODIES, "penalties", "cite")
    name = _known_deed(row.text("do"), where)
    return Deed(
        id=name,
        title=DEEDS[name][0],
        who=row.choice("who", tuple(PARTIES), "party"),
        tree=_condition(row, frame.language),
        counted=_counted(row),
        cite=frame.cited(row),
    )


def _known_deed(seen: str, where: str) -> str:
    if seen not in DEEDS:
        raise LawNotOneOf(where=where, key="measures", seen=seen, known=", ".join(DEEDS))
    return seen


def _parse_beside(row: Table, frame: _Frame) -> Beside:
    row.only("id", "title", "needs", *BODIES, "cite", "note")
    tree = _condition(row, frame.language)
    if tree is None:
        raise LawMissing(where=row.where, key=" / ".join(("needs", *BODIES)))
    return Beside(row.text("id"), row.label("title"), tree, frame.cited(row), row.label_or_none("note"))


class HasPenalties(Protocol):
    """What the check needs of a pack."""

    @property
    def penalties(self) -> Mapping[str, Penalty]: ...


def check_penalty(penalty: Penalty, pack: HasPenalties) -> Iterator[LawFault]:
    """Yield penalties that a repeat or a count names and the pack does not have."""
    for version in penalty.versions:
        for other in sorted(_named(version) - set(pack.penalties)):
            yield LawUnknownReference(where=version.where, seen=other, what_zh="罚则", what_en="a penalty")


def _named(version: PenaltyVersion) -> set[str]:
    """Return the penalties that repeats and counts of a version name."""
    found = {other for deed in version.deeds if deed.counted for other in deed.counted.of}
    parts: tuple[Band | Deed | Beside, ...] = (*version.fine_bands, *version.deeds, *version.heavier, *version.spared)
    trees = [part.tree for part in parts if part.tree is not None]
    repeats = [leaf.which.repeat for tree in trees for leaf in leaves(tree)]
    return found | {other for repeat in repeats if repeat is not None for other in repeat.of}
