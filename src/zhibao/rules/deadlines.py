"""Time limits as written in law/**/deadlines: what starts and ends them, their length by date, who owes the step.

Knows no event that happened and no today; docket/clocks.py counts. What must fit together is in deadline_checks.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength
from zhibao.kernel.labels import Label
from zhibao.rules.deadline_errors import LawNoUnit
from zhibao.rules.errors import LawMissing, LawNoArticle, LawWrongShape
from zhibao.rules.instruments import Cites
from zhibao.rules.owers import NEEDS, OWERS, Need, Ower
from zhibao.rules.read import Json, Node, Scalar, Series, Table, as_table, as_text
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span


class LastDay(StrEnum):
    """What happens to a last day on which nobody works."""

    STAYS = "stays"
    MOVES = "moves"
    SILENT = "silent"  # the instrument says nothing: moving it is a reading
    WEEKEND = "weekend"  # it speaks of statutory holidays only: moving off a plain weekend is a reading


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event kind that starts or ends a limit, all ``when`` fields as given and none of the ``unless`` fields.

    ``counts_from`` (starts only): the count runs from the day the event's data name there, not from the event's own
    day; a start that does not name it opens no clock.
    """

    event: str
    when: Mapping[str, Json]
    unless: Mapping[str, Json]
    counts_from: str
    where: str

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
    last_day_cite: Citation | None
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DeadlineVersion:
    """The limit as it stood in ``span``.

    ``before`` names the event from whose day the length counts backwards; empty: forwards from the start.
    ``backwards``: the length counts back from the day named by ``Trigger.counts_from``.
    ``first_day_counts``: a term of months or years that runs from its first day and ends before the same day comes
    round. ``opens``: the step can be taken only in this time before the last day; None: at any time before it.
    """

    span: Span
    length: Length
    before: str
    backwards: bool
    first_day_counts: bool
    opens: Length | None
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
        """All articles the version rests on, each once."""
        others = (*self.also, *(rival.cite for rival in self.conflicts))
        last_days = (self.last_day_cite, *(rival.last_day_cite for rival in self.conflicts))
        return tuple(dict.fromkeys((self.cite, *others, *(cite for cite in last_days if cite is not None))))


@dataclass(frozen=True, slots=True)
class Missed:
    """What follows when the step is not taken in time: a right lapses, a duty is overdue and found under ``finding``.

    ``waits``: no step is owed at all; the time itself must pass, and a listed end cuts it short.
    """

    lapses: bool
    finding: str
    weight: int
    waits: bool = False


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
        starts=_triggers(doc, "starts", "event", "when", "unless", "from"),
        ends=_triggers(doc, "ends", "event", "when", "unless"),
        lapsed_by=doc.words("lapsed_by"),
        from_receipt=doc.flag("from_receipt", default=False),
        keyed_on=doc.choice("keyed_on", ("step",)),
        versions=versions,
        missed=_missed(doc.table("if_missed")),
        where=doc.where,
    )


def _version(row: Table, cites: Cites) -> DeadlineVersion:
    row.only(
        "from", "to", "length", "before", "backwards", "first_day_counts", "opens", "lengths_if", "extended_by", "excludes", "last_day_moves", "last_day_cite",
        "last_day_reading", "cite", "also", "confidence", "conflicts", "note",
    )  # fmt: skip
    span = read_span(row)
    cited = row.text("cite", "—")
    length = length_of(row, "length", cited)
    last_day, last_day_cite = _last_day(row, length, cites, span)
    return DeadlineVersion(
        span=span,
        length=length,
        before=row.text("before", ""),
        backwards=row.flag("backwards", default=False),
        first_day_counts=row.flag("first_day_counts", default=False),
        opens=length_of(row, "opens", cited) if "opens" in row else None,
        variants=tuple(_variant(one, cited) for one in row.tables("lengths_if")),
        extensions=tuple(_extension(one, cited) for one in _one_or_more(row, "extended_by")),
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


def _extension(row: Table, cited: str) -> Extension:
    row.only("event", "length", "at_most", "needs")
    needs = NEEDS[row.choice("needs", tuple(NEEDS))]
    if "at_most" in row:
        return Extension(row.text("event"), length_of(row, "at_most", cited), at_most=True, needs=needs)
    length = None if row.text("length") == "open" else length_of(row, "length", cited)
    return Extension(row.text("event"), length, at_most=False, needs=needs)


def _variant(row: Table, cited: str) -> Variant:
    row.only("when", "length")
    return Variant(row.table("when").json(), length_of(row, "length", cited))


def _rival(row: Table, cites: Cites, span: Span) -> Rival:
    row.only("length", "cite", "confidence", "last_day_moves", "last_day_cite", "last_day_reading")
    length = length_of(row, "length", row.text("cite", "—"))
    last_day, last_day_cite = _last_day(row, length, cites, span)
    return Rival(length, last_day, last_day_cite, cites.read(row, on=span.first), read_confidence(row))


def _excluded(node: Node) -> Excluded:
    if not isinstance(node, Series) or len(node.items) != 2:
        raise LawWrongShape(
            where=node.where, key="excludes", want_zh="成对的起止事项", want_en="pairs of events", seen="…"
        )
    first, last = node.items
    ends = last.items if isinstance(last, Series) else (last,)
    return Excluded(as_text(first, "excludes"), tuple(as_text(end, "excludes") for end in ends))


def _missed(row: Table) -> Missed:
    row.only("lapses", "finding", "weight", "waits")
    if row.flag("waits", default=False):
        row.only("waits")
        return Missed(lapses=False, finding="", weight=0, waits=True)
    lapses = row.flag("lapses", default=False)
    if lapses and "finding" not in row:
        return Missed(lapses=True, finding="", weight=0)
    return Missed(lapses=lapses, finding=row.text("finding"), weight=row.whole("weight"))


def _triggers(doc: Table, key: str, *fields: str) -> tuple[Trigger, ...]:
    node = doc.node(key)
    nodes = node.items if isinstance(node, Series) else (node,)
    if not nodes:
        raise LawMissing(where=doc.place(key), key=key)
    return tuple(_trigger(one, key, fields) for one in nodes)


def _trigger(node: Node, key: str, fields: tuple[str, ...]) -> Trigger:
    if isinstance(node, Scalar):
        return Trigger(as_text(node, key), {}, {}, "", node.where)
    row = as_table(node, key)
    row.only(*fields)
    return Trigger(row.text("event"), _data(row, "when"), _data(row, "unless"), row.text("from", ""), row.where)


def _data(row: Table, key: str) -> Mapping[str, Json]:
    found = row.table_or_none(key)
    return {} if found is None else found.json()


def _one_or_more(row: Table, key: str) -> tuple[Table, ...]:
    return (row.table(key),) if isinstance(row.fields.get(key), Table) else row.tables(key)


def length_of(row: Table, key: str, cite: str = "—") -> Length:
    """Read a length such as ``15 working-days``; a bare number is refused, naming ``cite``, the article it rests on."""
    text = row.text(key)
    try:
        return Length.from_text(text)
    except BadLength:
        if text.strip().isdecimal():
            raise LawNoUnit(where=row.place(key), key=key, seen=text, cite=cite) from None
        zh, en = "“15 working-days”这样的长度", "a length such as “15 working-days”"
        raise LawWrongShape(where=row.place(key), key=key, want_zh=zh, want_en=en, seen=text) from None
