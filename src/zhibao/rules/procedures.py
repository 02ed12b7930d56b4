"""Procedures with their stages, and the kinds of event with the data each carries.

Knows no event that happened; docket/ folds, counts and accepts events by what is written here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawFault, LawUnknownReference
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table

FIELD_TYPES = (
    "text", "day", "moment", "whole", "yuan", "flag", "choice", "length", "organ", "procedure", "proceeding", "party", "right",
    "exhibit", "event", "data", "lines", "acts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """阶段: where a proceeding stands after any of ``entered_by``."""

    id: str
    title: Label
    entered_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """程序: its stages in order, what closes it, and which kinds of organ may hold it.

    ``word`` is the word of its case numbers (字号: 立, 裁 …); ``opens_with`` the event a new one begins with, if any.
    """

    id: str
    title: Label
    word: str
    opens_with: str
    held_by: tuple[str, ...]
    stages: tuple[Stage, ...]
    closed_by: tuple[str, ...]
    where: str

    def stage_after(self, kind: str) -> Stage | None:
        """Return the stage an event of ``kind`` leads into, None where it changes nothing."""
        return next((stage for stage in self.stages if kind in stage.entered_by), None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a field may have."""

    id: str
    title: Label


@dataclass(frozen=True, slots=True)
class DataField:
    """One field of an event's data, enough to draw it in a form. ``type`` is one of FIELD_TYPES."""

    name: str
    type: str
    title: Label
    required: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class EventKind:
    """事项种类: its name, the procedures it belongs to (none: every procedure), its data.

    ``after``: kinds of which one must come first. ``once``: a proceeding has at most one.
    """

    id: str
    title: Label
    procedures: tuple[str, ...]
    fields: tuple[DataField, ...]
    after: tuple[str, ...]
    once: bool
    where: str

    def belongs_to(self, procedure: str) -> bool:
        """Tell whether a proceeding of ``procedure`` may have such an event."""
        return not self.procedures or procedure in self.procedures


def parse_procedure(table: Table, _cites: Cites) -> Procedure:
    """Read one file of law/**/procedures; raises a LawFault with file and line."""
    table.only("id", "title", "word", "opens_with", "held_by", "stages", "closed_by")
    return Procedure(
        id=table.text("id"),
        title=table.label("title"),
        word=table.text("word"),
        opens_with=table.text("opens_with", ""),
        held_by=table.words("held_by"),
        stages=tuple(_stage(stage) for stage in table.tables("stages")),
        closed_by=table.words("closed_by"),
        where=table.where,
    )


def parse_event_kind(table: Table, _cites: Cites) -> EventKind:
    """Read one entry of law/**/events; raises a LawFault with file and line."""
    table.only("id", "title", "procedures", "data", "after", "once")
    return EventKind(
        id=table.text("id"),
        title=table.label("title"),
        procedures=table.words("procedures"),
        fields=tuple(_field(field) for field in table.tables("data")),
        after=table.words("after"),
        once=table.flag("once", default=False),
        where=table.where,
    )


def check_procedure(procedure: Procedure, kinds: Mapping[str, EventKind]) -> Iterator[LawFault]:
    """Yield the event kinds the procedure names that the pack does not have."""
    named = {kind for stage in procedure.stages for kind in stage.entered_by} | set(procedure.closed_by)
    for kind in sorted((named | {procedure.opens_with} - {""}) - set(kinds)):
        yield LawUnknownReference(where=procedure.where, seen=kind, what_zh="事项", what_en="an event kind")


def check_event_kind(
    kind: EventKind, kinds: Mapping[str, EventKind], procedures: Mapping[str, Procedure]
) -> Iterator[LawFault]:
    """Yield the procedures and earlier kinds that ``kind`` names and the pack does not have."""
    for procedure in kind.procedures:
        if procedure not in procedures:
            yield LawUnknownReference(where=kind.where, seen=procedure, what_zh="程序", what_en="a procedure")
    for other in kind.after:
        if other not in kinds:
            yield LawUnknownReference(where=kind.where, seen=other, what_zh="事项", what_en="an event kind")


def _stage(table: Table) -> Stage:
    table.only("id", "title", "entered_by")
    return Stage(table.text("id"), table.label("title"), table.words("entered_by"))


def _field(table: Table) -> DataField:
    table.only("name", "type", "title", "required", "choices")
    return DataField(
        name=table.text("name"),
        type=table.choice("type", FIELD_TYPES),
        title=table.label("title"),
        required=table.flag("required", default=False),
        choices=tuple(Choice(one.text("id"), one.label("title")) for one in table.tables("choices")),
    )
