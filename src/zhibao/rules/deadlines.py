"""Time limits as written in law/**/deadlines: what starts and ends them, their length by date, who owes the step.

Knows no event that happened and no today; docket/clocks.py counts.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawFault, LawMissing, LawNoArticle, LawUnknownReference, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.procedures import EventKind, Procedure
from zhibao.rules.read import Json, Node, Scalar, Series, Table, as_table, as_text
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span


class LastDay(StrEnum):
    """What happens to a last day on which nobody works."""

    STAYS = "stays"
    MOVES = "moves"
    SILENT = "silent"  # the instrument says nothing: moving it is a reading
    WEEKEND = "weekend"  # it speaks of statutory holidays only: moving off a plain weekend is a reading


@dataclass(frozen=True, slots=True)
class Ower:
    """Who owes a step. ``procedure`` is the one that body handles; empty for parties, who are no organ."""

    id: str
    title: Label
    procedure: str = ""


OWERS: Mapping[str, Ower] = {
    ower.id: ower
    for ower in (
        Ower("handling-organ", Label("办案机关", "handling organ"), "administrative"),
        Ower("organ-head", Label("办案机关负责人", "head of the handling organ"), "administrative"),
        Ower("police", Label("公安机关", "police"), "criminal"),
        Ower("procuratorate", Label("检察机关", "procuratorate")),
        Ower("complaint-organ", Label("处理投诉的机关", "organ handling the complaint"), "complaint"),
        Ower("adjudicator", Label("管理专利工作的部门", "patent administration"), "adjudication"),
        Ower("court", Label("法院", "court"), "civil"),
        Ower("customs", Label("海关", "customs"), "customs"),
        Ower("party", Label("当事人", "party")),
        Ower("parties", Label("双方当事人", "both parties")),
        Ower("respondent", Label("被请求人", "respondent")),
        Ower("applicant", Label("申请人", "applicant")),
        Ower("right-holder", Label("权利人", "rights holder")),
    )
}


@dataclass(frozen=True, slots=True)
class Need:
    """Whose approval an extension needs."""

    id: str
    title: Label


NEEDS: Mapping[str, Need] = {
    need.id: need
    for need in (
        Need("head-approval", Label("机关负责人批准", "approval of the head of the organ")),
        Need("collective-decision", Label("负责人集体讨论决定", "collective decision of the heads")),
        Need("approval-one-level-up", Label("上一级部门批准", "approval one level up")),
    )
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event kind that starts or ends a limit, all ``when`` fields as given and none of the ``unless`` fields."""

    event: str
    when: Mapping[str, Json]
    unless: Mapping[str, Json]

    def fires(self, kind: str, data: Mapping[str, object]) -> bool:
        """Tell whether an event of ``kind`` with ``data`` is such an event."""
        if kind != self.event or any(data.get(key) != value for key, value in self.when.items()):
            return False
        return not any(key in data and data[key] == value for key, value in self.unless.items())


@dataclass(frozen=True, slots=True)
class Excluded:
    """Time taken out of the count, from ``begins`` to any of ``ends``."""

    begins: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """How often and by how much ``event`` may lengthen the count.

    ``length`` None: the decision says how long (``data.length``); ``at_most``: it may say less than ``length``.
    """

    event: str
    length: Length | None
    at_most: bool
    needs: Need


@dataclass(frozen=True, slots=True)
class Variant:
    """Another length where the starting event's data say so."""

    when: Mapping[str, Json]
    length: Length


@dataclass(frozen=True, slots=True)
class Rival:
    """The length another instrument in force at the same time gives."""

    length: Length
    last_day: LastDay
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DeadlineVersion:
    """The limit as it stood in ``span``.

    ``before`` names the event from whose day the length counts backwards; empty: forwards from the start.
    """

    span: Span
    length: Length
    before: str
    variants: tuple[Variant, ...]
    extensions: tuple[Extension, ...]
    excludes: tuple[Excluded, ...]
    last_day: LastDay
    last_day_cite: Citation | None
    cite: Citation
    also: tuple[Citation, ...]
    confidence: Confidence
    conflicts: tuple[Rival, ...]
    note: Label | None
    where: str

    def length_for(self, data: Mapping[str, object]) -> Length:
        """Return the length for a start with ``data``."""
        for variant in self.variants:
            if all(data.get(key) == value for key, value in variant.when.items()):
                return variant.length
        return self.length

    @property
    def cites(self) -> tuple[Citation, ...]:
        """All articles the version rests on."""
        others = (*self.also, *(rival.cite for rival in self.conflicts))
        return (self.cite, *others, *([self.last_day_cite] if self.last_day_cite else []))


@dataclass(frozen=True, slots=True)
class Missed:
    """What follows when the step is not taken in time: a right lapses, a duty is overdue and found under ``finding``."""

    lapses: bool
    finding: str
    weight: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """One time limit through all its versions. ``where`` is its file and line."""

    id: str
    title: Label
    procedure: str
    owed_by: Ower
    starts: tuple[Trigger, ...]
    ends: tuple[Trigger, ...]
    lapsed_by: tuple[str, ...]
    from_receipt: bool
    keyed_on: str
    versions: tuple[DeadlineVersion, ...]
    missed: Missed
    where: str

    def version_on(self, day: date) -> DeadlineVersion | None:
        """Return the version in force on ``day``, None where the law knew no such limit."""
        return in_force(self.versions, day)

    @property
    def events(self) -> frozenset[str]:
        """Every event kind the limit listens to."""
        kinds = {trigger.event for trigger in (*self.starts, *self.ends)} | set(self.lapsed_by)
        for version in self.versions:
            kinds |= {extension.event for extension in version.extensions}
            kinds |= {kind for span in version.excludes for kind in (span.begins, *span.ends)}
            kinds |= {version.before} - {""}
        return frozenset(kinds)


def parse_deadline(doc: Table, cites: Cites) -> Deadline:
    """Read one file of law/**/deadlines; raises a LawFault with file and line."""
    doc.only(
        "id", "title", "procedure", "owed_by", "starts", "ends", "lapsed_by", "from_receipt", "keyed_on", "versions", "gaps",
        "if_missed",
    )  # fmt: skip
    versions = tuple(_version(version, cites) for version in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    check_versions(versions, read_gaps(doc))
    return Deadline(
        id=doc.text("id"),
        title=doc.label("title"),
        procedure=doc.text("procedure"),
        owed_by=OWERS[doc.choice("owed_by", tuple(OWERS))],
        starts=_triggers(doc, "starts"),
        ends=_triggers(doc, "ends"),
        lapsed_by=doc.words("lapsed_by"),
        from_receipt=doc.flag("from_receipt", default=False),
        keyed_on=doc.choice("keyed_on", ("step",)),
        versions=versions,
        missed=_missed(doc.table("if_missed")),
        where=doc.where,
    )


def check_deadline(
    deadline: Deadline,
    kinds: Mapping[str, EventKind],
    procedures: Mapping[str, Procedure],
    findings: Container[str],
) -> Iterator[LawFault]:
    """Yield what the limit names that the pack does not have: procedures, event kinds, their fields, kinds of finding."""
    where = deadline.where
    if deadline.procedure not in procedures:
        yield LawUnknownReference(where=where, seen=deadline.procedure, what_zh="程序", what_en="a procedure")
    for kind in sorted(deadline.events - set(kinds)):
        yield LawUnknownReference(where=where, seen=kind, what_zh="事项", what_en="an event kind")
    for kind, field in sorted(set(_fields_read(deadline))):
        if kind in kinds and field not in {one.name for one in kinds[kind].fields}:
            yield LawUnknownReference(
                where=where, seen=f"{kind}.{field}", what_zh="事项的字段", what_en="a field of an event"
            )
    if deadline.missed.finding and deadline.missed.finding not in findings:
        yield LawUnknownReference(
            where=where, seen=deadline.missed.finding, what_zh="监督发现的种类", what_en="a kind of finding"
        )


def _fields_read(deadline: Deadline) -> Iterator[tuple[str, str]]:
    """Yield (event kind, field) for every field of an event's data that the limit looks at."""
    for trigger in (*deadline.starts, *deadline.ends):
        yield from ((trigger.event, field) for field in (*trigger.when, *trigger.unless))
    for start in deadline.starts:
        if deadline.from_receipt:
            yield start.event, "received_at"
        for version in deadline.versions:
            yield from ((start.event, field) for variant in version.variants for field in variant.when)
    for version in deadline.versions:
        yield from ((one.event, "length") for one in version.extensions if one.at_most or one.length is None)


def _version(row: Table, cites: Cites) -> DeadlineVersion:
    row.only(
        "from", "to", "length", "before", "lengths_if", "extended_by", "excludes", "last_day_moves", "last_day_cite",
        "last_day_reading", "cite", "also", "confidence", "conflicts", "note",
    )  # fmt: skip
    span = read_span(row)
    length = length_of(row, "length")
    last_day, last_day_cite = _last_day(row, length, cites, span)
    return DeadlineVersion(
        span=span,
        length=length,
        before=row.text("before", ""),
        variants=tuple(_variant(one) for one in row.tables("lengths_if")),
        extensions=tuple(_extension(one) for one in _one_or_more(row, "extended_by")),
        excludes=tuple(_excluded(node) for node in row.series("excludes")),
        last_day=last_day,
        last_day_cite=last_day_cite,
        cite=cites.read(row, on=span.first),
        also=cites.read_all(row, on=span.first, key="also") if "also" in row else (),
        confidence=read_confidence(row),
        conflicts=tuple(_rival(one, cites, span) for one in row.tables("conflicts")),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _last_day(row: Table, length: Length, cites: Cites, span: Span) -> tuple[LastDay, Citation | None]:
    """Read whether the last day moves on, and what says so. Hours and working days never need it."""
    if length.unit in {Unit.HOURS, Unit.WORKING_DAYS} or not row.flag("last_day_moves"):
        return LastDay.STAYS, None
    cite = cites.read(row, on=span.first, key="last_day_cite") if "last_day_cite" in row else None
    if "last_day_reading" in row:
        return LastDay(row.choice("last_day_reading", (LastDay.SILENT, LastDay.WEEKEND))), cite
    if cite is None:
        raise LawNoArticle(where=row.place("last_day_moves"))
    return LastDay.MOVES, cite


def _extension(row: Table) -> Extension:
    row.only("event", "length", "at_most", "needs")
    needs = NEEDS[row.choice("needs", tuple(NEEDS))]
    if "at_most" in row:
        return Extension(row.text("event"), length_of(row, "at_most"), at_most=True, needs=needs)
    length = None if row.text("length") == "open" else length_of(row, "length")
    return Extension(row.text("event"), length, at_most=False, needs=needs)


def _variant(row: Table) -> Variant:
    row.only("when", "length")
    return Variant(row.table("when").json(), length_of(row, "length"))


def _rival(row: Table, cites: Cites, span: Span) -> Rival:
    row.only("length", "cite", "confidence", "last_day_moves", "last_day_cite", "last_day_reading")
    length = length_of(row, "length")
    return Rival(length, _last_day(row, length, cites, span)[0], cites.read(row, on=span.first), read_confidence(row))


def _excluded(node: Node) -> Excluded:
    if not isinstance(node, Series) or len(node.items) != 2:
        raise LawWrongShape(
            where=node.where, key="excludes", want_zh="成对的起止事项", want_en="pairs of events", seen="…"
        )
    first, last = node.items
    ends = last.items if isinstance(last, Series) else (last,)
    return Excluded(as_text(first, "excludes"), tuple(as_text(end, "excludes") for end in ends))


def _missed(row: Table) -> Missed:
    row.only("lapses", "finding", "weight")
    lapses = row.flag("lapses", default=False)
    if lapses and "finding" not in row:
        return Missed(lapses=True, finding="", weight=0)
    return Missed(lapses=lapses, finding=row.text("finding"), weight=row.whole("weight"))


def _triggers(doc: Table, key: str) -> tuple[Trigger, ...]:
    node = doc.node(key)
    nodes = node.items if isinstance(node, Series) else (node,)
    if not nodes:
        raise LawMissing(where=doc.place(key), key=key)
    return tuple(_trigger(one, key) for one in nodes)


def _trigger(node: Node, key: str) -> Trigger:
    if isinstance(node, Scalar):
        return Trigger(as_text(node, key), {}, {})
    row = as_table(node, key)
    row.only("event", "when", "unless")
    return Trigger(row.text("event"), _data(row, "when"), _data(row, "unless"))


def _data(row: Table, key: str) -> Mapping[str, Json]:
    found = row.table_or_none(key)
    return {} if found is None else found.json()


def _one_or_more(row: Table, key: str) -> tuple[Table, ...]:
    return (row.table(key),) if isinstance(row.fields.get(key), Table) else row.tables(key)


def length_of(row: Table, key: str) -> Length:
    """Read a length such as ``15 working-days``."""
    text = row.text(key)
    try:
        return Length.from_text(text)
    except BadLength:
        zh, en = "“15 working-days”这样的长度", "a length such as “15 working-days”"
        raise LawWrongShape(where=row.place(key), key=key, want_zh=zh, want_en=en, seen=text) from None
