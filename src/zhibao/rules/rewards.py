"""Rewards for reporting grave breaches: grades, shares, floors and the cap, and the range that follows for one case.

Knows nothing of who reports; scope and exclusions are dated values beside it.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen
from zhibao.rules.errors import LawMissing, LawUnknownReference
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.shown_errors import RuleNotHeld
from zhibao.rules.values import Figure, read_figures
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span

FIGURES = ("share", "floor")
LIMITS = ("cap", "finance")


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of report: what it takes, the share of the money taken, and the least that is paid."""

    id: str
    title: Label
    takes: Label
    figures: tuple[Figure, ...]
    cite: Citation

    def share_of(self, money: int) -> Fraction:
        """Return the share of an amount in fen, not rounded."""
        return money * _number(self.figures, "share") / 100

    @property
    def floor(self) -> int:
        """The least that is paid, in fen."""
        return int(_number(self.figures, "floor"))


@dataclass(frozen=True, slots=True)
class RewardVersion:
    """The grades in ``span``, best first; ``limits`` are the cap of a case and the amount that needs the finance office."""

    span: Span
    grades: tuple[Grade, ...]
    limits: tuple[Figure, ...]
    cite: Citation
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class RewardRule:
    """举报奖励: grades and limits through their versions; the day of the reward chooses."""

    id: str
    title: Label
    versions: tuple[RewardVersion, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Reward:
    """What may be paid for a report, from ``low`` to ``high`` fen. ``finance``: the finance office must agree (None: maybe)."""

    low: Fen
    high: Fen
    capped: bool
    finance: bool | None
    version: RewardVersion
    cites: tuple[Citation, ...]


def reward(rule: RewardRule, *, money: int | None, grade: str | None, on: date) -> Reward:
    """Return the range of the reward for ``money`` fen of fines and confiscations (None: none was taken).

    A grade not known gives the range over all grades. A case without money pays at least the floor of the grade; the
    text names no more than that and the cap. Raises RuleNotHeld, and LawUnknownReference for a grade that is none.
    """
    version = in_force(rule.versions, on)
    if version is None:
        raise RuleNotHeld(where=rule.where, day=on.isoformat(), what=rule.id)
    grades = [one for one in version.grades if grade in {None, one.id}]
    if not grades:
        raise LawUnknownReference(where=version.where, seen=str(grade), what_zh="举报等级", what_en="a grade of report")
    cap = int(_number(version.limits, "cap"))
    paid = [max(int(one.share_of(money or 0)), one.floor) for one in grades]
    low, high = min(*paid, cap), min(cap, max(paid)) if money else cap
    asks = next(figure for figure in version.limits if figure.id == "finance")
    finance = None if asks.admits(low) != asks.admits(high) else asks.admits(high)
    cites = (*(one.cite for one in grades), *(figure.cite or version.cite for figure in version.limits))
    return Reward(Fen(low), Fen(high), max(paid) > cap, finance, version, tuple(dict.fromkeys(cites)))


def _number(figures: tuple[Figure, ...], name: str) -> Fraction:
    return next(figure for figure in figures if figure.id == name).bounds[0].number


def parse_reward(doc: Table, cites: Cites) -> RewardRule:
    """Read one file of rewards/; raises a LawFault with file and line."""
    doc.only("id", "title", "versions", "gaps")
    versions = tuple(_parse_version(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    check_versions(versions, read_gaps(doc))
    return RewardRule(doc.text("id"), doc.label("title"), versions, doc.where)


def _parse_version(row: Table, cites: Cites) -> RewardVersion:
    row.only("from", "to", "grades", "limits", "cite", "confidence", "note")
    span = read_span(row)
    grades = tuple(_parse_grade(one, cites, span.first) for one in row.tables("grades"))
    if not grades:
        raise LawMissing(where=row.where, key="grades")
    return RewardVersion(
        span=span,
        grades=grades,
        limits=_figures(row, "limits", LIMITS, cites, span.first),
        cite=cites.read(row, on=span.first),
        confidence=read_confidence(row),
        note=row.label_or_none("note"),
        where=row.where,
    )


def _parse_grade(row: Table, cites: Cites, on: date) -> Grade:
    row.only("id", "title", "takes", "figures", "cite")
    figures = _figures(row, "figures", FIGURES, cites, on)
    return Grade(row.text("id"), row.label("title"), row.label("takes"), figures, cites.read(row, on=on))


def _figures(row: Table, key: str, names: tuple[str, ...], cites: Cites, on: date) -> tuple[Figure, ...]:
    figures = read_figures(row, key, cites, on)
    for name in names:
        if name not in {figure.id for figure in figures}:
            raise LawMissing(where=row.place(key), key=name)
    return figures
