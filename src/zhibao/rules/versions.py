"""Effective dating: spans, their order, and which version holds on a day.

Knows nothing of what a version says. Both ends of a span are in force (from and to are inclusive).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.errors import LawBackwards, LawGap, LawNoConfidence, LawNoDates, LawOverlap
from zhibao.rules.read import Table

ONE_DAY = timedelta(days=1)


class Confidence(StrEnum):
    """可信程度: how a value was learnt."""

    TEXT = "text"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> Label:
        """Return its name in both languages."""
        return _CONFIDENCE_LABELS[self]


_CONFIDENCE_LABELS = {
    Confidence.TEXT: Label("读自原文", "read in the text"),
    Confidence.SECONDARY: Label("转述", "reported"),
    Confidence.UNCONFIRMED: Label("未核实", "unconfirmed"),
}


def read_confidence(table: Table, default: Confidence | None = None) -> Confidence:
    """Read ``confidence``; without a default it must be stated."""
    if "confidence" not in table:
        if default is None:
            raise LawNoConfidence(where=table.where)
        return default
    return Confidence(table.choice("confidence", tuple(Confidence)))


@dataclass(frozen=True, slots=True)
class Span:
    """A period in force: ``first`` and ``last`` both count; ``last`` None is open."""

    first: date
    last: date | None = None

    def contains(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return self.first <= day and (self.last is None or day <= self.last)


def read_span(table: Table) -> Span:
    """Read ``from`` (must be there) and ``to`` (left out: still in force)."""
    if "from" not in table:
        raise LawNoDates(where=table.where)
    span = Span(table.day("from"), table.day_or_none("to"))
    if span.last is not None and span.last < span.first:
        raise LawBackwards(where=table.place("to"), first=span.first.isoformat(), last=span.last.isoformat())
    return span


class Dated(Protocol):
    """Anything with a period in force."""

    @property
    def span(self) -> Span: ...


class Placed(Dated, Protocol):
    """A dated thing that knows its file and line."""

    @property
    def where(self) -> str: ...


V = TypeVar("V", bound=Dated)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stated gap: the law was silent in that time, and why."""

    span: Span
    why: Label
    where: str


def read_gaps(table: Table) -> tuple[Gap, ...]:
    """Read ``gaps``: a list of {from, to, why: {zh, en}}."""
    gaps = []
    for row in table.tables("gaps"):
        row.only("from", "to", "why")
        gaps.append(Gap(read_span(row), row.label("why"), row.where))
    return tuple(gaps)


def check_versions(versions: Sequence[Placed], gaps: Sequence[Gap] = ()) -> None:
    """Refuse versions that overlap or leave days uncovered without a stated gap. Order in the file does not matter."""
    pieces: list[Placed] = sorted([*versions, *gaps], key=lambda piece: piece.span.first)
    for before, after in pairwise(pieces):
        last = before.span.last
        first = after.span.first
        if last is None or last >= first:
            shown = last.isoformat() if last else "—"
            raise LawOverlap(where=after.where, second=first.isoformat(), last=shown, **_under(after))
        if last + ONE_DAY != first:
            begins, ends = (last + ONE_DAY).isoformat(), (first - ONE_DAY).isoformat()
            raise LawGap(where=after.where, first=begins, last=ends, second=first.isoformat(), **_under(after))


def _under(piece: Placed) -> dict[str, str]:
    """Return the article the piece rests on, in both languages' brackets; nothing where it names none."""
    cites = [getattr(piece, "cite", None), *getattr(piece, "cites", ())]
    cite = next((one.to_text() for one in cites if isinstance(one, Citation)), "")
    return (
        {"under_zh": f"（依据 {cite}）", "under_en": f" (under {cite})"} if cite else {"under_zh": "", "under_en": ""}
    )


def in_force(versions: Sequence[V], day: date) -> V | None:
    """Return the version in force on ``day``, or None. The versions have passed ``check_versions``."""
    return next((version for version in versions if version.span.contains(day)), None)
