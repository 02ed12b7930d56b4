"""The condition language of law files as a tree, and its two readers: reasons for one case, columns for many.

Knows comparisons and their logic, not acts, parties or dates: what a measure is worth is asked of a ``Facts`` or a
``Columns``. Logic is Kleene's: true, false, unknown (None). An amount is an interval: what is proved, and what is still
possible; so that a sum with one part unknown can be proved to reach a limit and never proved to stay below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol

import numpy as np
import numpy.typing as npt

Truth = bool | None
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

OPS = (">=", "<=", ">", "<", "=")
# An upper bound that no sum of amounts reaches: the column form of "unbounded".
UNBOUNDED = np.iinfo(np.int64).max // 8


@dataclass(frozen=True, slots=True)
class Repeat:
    """再犯: an earlier penalty for one of the offences ``of``, of a kind in ``by``, at most ``years`` before the act."""

    years: int
    of: tuple[str, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Which:
    """Which acts an amount is taken over: their kinds, the party's role in them, a fact that holds of them, repeating."""

    kinds: tuple[str, ...]
    role: str = ""
    fact: str = ""
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """A measure, or a sum of measures, against a limit.

    ``limit`` is in fen or pieces as the article writes it; ``factor`` is the ratio another article puts on it (10 for
    "ten times the standard", 1/2 for the half rule); ``scales`` is false for what no ratio multiplies.
    """

    measures: tuple[str, ...]
    which: Which
    op: str
    limit: int
    unit: str
    scales: bool = True
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether there is such an act at all: one that repeats, was done in that role, or of which the fact holds."""

    which: Which


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``least`` of the parts hold (the half rule: two items, each at half its limit)."""

    least: int
    parts: tuple["Tree", ...]


Tree = Compare | Exists | All | Any | AtLeast
TREES = (Compare, Exists, All, Any, AtLeast)


def scaled(tree: Tree, factor: Fraction) -> Tree:
    """Return the tree with every limit that scales multiplied; the ratio is kept beside the limit, not folded in."""
    match tree:
        case Compare():
            return replace(tree, factor=tree.factor * factor) if tree.scales else tree
        case All() | Any() | AtLeast():
            return replace(tree, parts=tuple(scaled(part, factor) for part in tree.parts))
    return tree


def leaves(tree: Tree) -> Iterator[Compare | Exists]:
    """Yield the comparisons of a tree in the order they are written."""
    match tree:
        case All() | Any() | AtLeast():
            for part in tree.parts:
                yield from leaves(part)
        case _:
            yield tree


@dataclass(frozen=True, slots=True)
class Interval:
    """What is proved (``low``) and what is still possible (``high``; None: no bound)."""

    low: int
    high: int | None

    @classmethod
    def of(cls, value: int | None) -> "Interval":
        """Return the interval of a known value, or of one that is not known at all."""
        return cls(0, None) if value is None else cls(value, value)

    def __add__(self, other: "Interval") -> "Interval":
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def larger(self, other: "Interval") -> "Interval":
        """Return the interval of the larger of two values."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(max(self.low, other.low), high)


ONE = Interval(1, 1)


class Facts(Protocol):
    """What one case knows."""

    @property
    def multiplier(self) -> Interval:
        """What the party's kind multiplies every limit by (1, or 3 for an entity under the earliest rules)."""

    def amount(self, measure: str, which: Which) -> Interval:
        """Return the measure summed over those acts."""

    def exists(self, which: Which) -> Truth:
        """Return whether there is such an act."""

    def unknowns(self, measure: str, which: Which) -> frozenset[str]:
        """Return which fields of the case leave the measure (empty: whether there is such an act) open."""


@dataclass(frozen=True, slots=True)
class Why:
    """A node of the tree with what it came to. ``open`` names the unknown fields that could still make it true."""

    tree: Tree
    truth: Truth
    open: frozenset[str]
    value: Interval | None = None
    limit: int | None = None
    parts: tuple["Why", ...] = ()

    def decisive(self) -> "Why":
        """Return the comparison that decided: the first of its parts that is enough for the outcome."""
        if not self.parts:
            return self
        if isinstance(self.tree, All) and self.truth:
            return self.parts[-1].decisive()
        return next((part for part in self.parts if part.truth is self.truth), self.parts[0]).decisive()

    def leaves(self) -> Iterator["Why"]:
        """Yield every comparison made, in the order written."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def explain(tree: Tree, facts: Facts) -> Why:
    """Walk the tree for one case and keep every comparison."""
    match tree:
        case Compare():
            return _explain_compare(tree, facts)
        case Exists():
            truth = facts.exists(tree.which)
            return Why(tree, truth, facts.unknowns("", tree.which) if truth is None else frozenset())
    parts = tuple(explain(part, facts) for part in tree.parts)
    truths = [part.truth for part in parts]
    least = {All: len(parts), Any: 1}.get(type(tree)) if not isinstance(tree, AtLeast) else tree.least
    truth = at_least(least or 0, truths)
    could = frozenset().union(*(part.open for part in parts)) if truth is None else frozenset()
    return Why(tree, truth, could, parts=parts)


def at_least(least: int, truths: list[Truth]) -> Truth:
    """Return whether at least ``least`` hold, in Kleene's logic (all of n: n; any: 1)."""
    if sum(truth is True for truth in truths) >= least:
        return True
    return None if sum(truth is not False for truth in truths) >= least else False


def _explain_compare(tree: Compare, facts: Facts) -> Why:
    value = Interval(0, 0)
    for measure in tree.measures:
        value += facts.amount(measure, tree.which)
    multiplier = facts.multiplier if tree.scales else ONE
    lowest, highest = tree.factor * tree.limit * multiplier.low, tree.factor * tree.limit * (multiplier.high or 1)
    sure, possible = _bounds(tree.op, value, lowest, highest)
    truth = True if sure else (None if possible else False)
    could: frozenset[str] = frozenset()
    if truth is None:
        could = could.union(*(facts.unknowns(measure, tree.which) for measure in tree.measures))
        if lowest != highest:
            could |= {"entity"}
    return Why(tree, truth, could, value=value, limit=int(lowest))


def _bounds(op: str, value: Interval, lowest: Fraction, highest: Fraction) -> tuple[bool, bool]:
    """Return whether the comparison surely holds, and whether it possibly does, for a value and a limit in bounds."""
    high = value.high
    match op:
        case ">=":
            return value.low >= highest, high is None or high >= lowest
        case ">":
            return value.low > highest, high is None or high > lowest
        case "<=":
            return high is not None and high <= lowest, value.low <= highest
        case "<":
            return high is not None and high < lowest, value.low < highest
    exact = value.low == high and lowest == highest
    return exact and value.low == lowest, value.low <= highest and (high is None or high >= lowest)


@dataclass(frozen=True, slots=True)
class Columns:
    """What many cases know, one row each.

    ``low`` and ``high`` are keyed by (measure, which), ``true`` and ``false`` (whether there is such an act) by which;
    ``multiplier`` holds the lower and upper factor of each row.
    """

    rows: int
    low: dict[tuple[str, Which], Ints]
    high: dict[tuple[str, Which], Ints]
    true: dict[Which, Bools]
    false: dict[Which, Bools]
    multiplier: tuple[Ints, Ints]


def columns_of(tree: Tree, cases: list[Facts]) -> Columns:
    """Gather the columns that a tree asks for from single cases."""
    columns = Columns(
        len(cases),
        {},
        {},
        {},
        {},
        (_ints([case.multiplier.low for case in cases]), _ints([case.multiplier.high for case in cases])),
    )
    for leaf in leaves(tree):
        if isinstance(leaf, Compare):
            for measure in leaf.measures:
                values = [case.amount(measure, leaf.which) for case in cases]
                columns.low[measure, leaf.which] = _ints([value.low for value in values])
                columns.high[measure, leaf.which] = _ints([value.high for value in values])
            continue
        truths = [case.exists(leaf.which) for case in cases]
        columns.true[leaf.which] = np.array([truth is True for truth in truths], dtype=np.bool_)
        columns.false[leaf.which] = np.array([truth is False for truth in truths], dtype=np.bool_)
    return columns


def _ints(values: list[int | None] | list[int]) -> Ints:
    return np.array([UNBOUNDED if value is None else value for value in values], dtype=np.int64)


def evaluate(tree: Tree, columns: Columns) -> tuple[Bools, Bools]:
    """Return for each row whether the tree is surely true, and whether it is surely false; neither is unknown."""
    match tree:
        case Compare():
            return _evaluate_compare(tree, columns)
        case Exists():
            return columns.true[tree.which], columns.false[tree.which]
    pairs = [evaluate(part, columns) for part in tree.parts]
    sure, possible = np.zeros(columns.rows, dtype=np.int64), np.zeros(columns.rows, dtype=np.int64)
    for true, false in pairs:
        sure += true
        possible += ~false
    least = {All: len(pairs), Any: 1}.get(type(tree)) if not isinstance(tree, AtLeast) else tree.least
    return sure >= (least or 0), possible < (least or 0)


def _evaluate_compare(tree: Compare, columns: Columns) -> tuple[Bools, Bools]:
    # Everything is multiplied by the factor's denominator, so that halves stay exact in whole numbers.
    numerator, denominator = tree.factor.numerator, tree.factor.denominator
    keys = [(measure, tree.which) for measure in tree.measures]
    low = np.sum([columns.low[key] for key in keys], axis=0) * denominator
    bounded = np.all([columns.high[key] < UNBOUNDED for key in keys], axis=0)
    total = np.sum([np.where(columns.high[key] < UNBOUNDED, columns.high[key], 0) for key in keys], axis=0)
    high = np.where(bounded, total * denominator, UNBOUNDED)
    small, large = columns.multiplier if tree.scales else (_ints([1]), _ints([1]))
    lowest, highest = tree.limit * numerator * small, tree.limit * numerator * large
    match tree.op:
        case ">=":
            return low >= highest, high < lowest
        case ">":
            return low > highest, high <= lowest
        case "<=":
            return high <= lowest, low > highest
        case "<":
            return high < lowest, low >= highest
    exact = (low == high) & (lowest == highest)
    return exact & (low == lowest), (low > highest) | (high < lowest)
