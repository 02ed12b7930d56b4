"""Which bases damages may rest on, in what order, and what each comes to; statutory damages where none can be found.

Knows the order of one version and the sums of one case, not punitive damages (``punitive``).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhibao.rules.conditions import Truth
from zhibao.rules.damage_facts import DamageCase, Sum
from zhibao.rules.remedies import RemedyVersion, Statutory


@dataclass(frozen=True, slots=True)
class Basis:
    """One base. ``open``: whether the order lets it be used (None: not yet known). ``state``: proved, unknown, hard."""

    id: str
    group: int
    open: Truth
    state: str
    fen: int | None
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Base:
    """What damages rest on: ``state`` proved (one figure), choice (several), unknown, none (nothing can be found).

    ``low`` and ``high`` in fen; None where the state is unknown or none. ``possible``: bases proved whose turn may not come.
    """

    state: str
    bases: tuple[Basis, ...]
    used: tuple[str, ...]
    low: int | None
    high: int | None
    missing: frozenset[str]

    @property
    def possible(self) -> tuple[Basis, ...]:
        """Bases proved that may be used only if those before them cannot be found."""
        return tuple(one for one in self.bases if one.state == "proved" and one.open is None)


def find_base(version: RemedyVersion, case: DamageCase) -> Base:
    """Return the bases in the law's order and what damages rest on."""
    bases: list[Basis] = []
    turn: Truth = True
    for number, group in enumerate(version.order):
        found = [_basis(name, number, turn, version, case) for name in group]
        bases += found
        turn = _next_turn(turn, found)
    wanted = [one for one in bases if case.basis in {None, one.id}]
    usable = [one for one in wanted if one.open and one.state == "proved" and one.fen is not None]
    amounts = [one.fen for one in usable if one.fen is not None]
    if amounts:
        state = "proved" if len(amounts) == 1 else "choice"
        return Base(state, tuple(bases), tuple(one.id for one in usable), min(amounts), max(amounts), frozenset())
    missing = frozenset[str]().union(*(one.missing for one in bases if one.open is not False))
    state = "none" if all(one.state == "hard" or one.open is False for one in bases) else "unknown"
    return Base(state, tuple(bases), (), None, None, missing)


def _basis(name: str, group: int, turn: Truth, version: RemedyVersion, case: DamageCase) -> Basis:
    if name == "licence":
        return _licence(group, turn, version, case)
    found: Sum = case.loss if name == "loss" else case.gain
    state = "proved" if found.proved else "hard" if found.hard else "unknown"
    return Basis(name, group, turn, state, found.fen, frozenset({name}) if state == "unknown" else frozenset())


def _licence(group: int, turn: Truth, version: RemedyVersion, case: DamageCase) -> Basis:
    """Return the licence fee, times the multiple found reasonable where the law says a multiple; parts of a fen dropped."""
    fee = case.licence_fee
    if fee.fen is None:
        state = "hard" if fee.hard else "unknown"
        return Basis("licence", group, turn, state, None, frozenset() if fee.hard else frozenset({"licence_fee"}))
    times = Fraction(1) if version.licence == "fee" else case.licence_multiple
    if times is None:
        return Basis("licence", group, turn, "unknown", None, frozenset({"licence_multiple"}))
    return Basis("licence", group, turn, "proved", int(fee.fen * times), frozenset())


def _next_turn(turn: Truth, group: list[Basis]) -> Truth:
    """Return whether the next group's turn comes: only where nothing of this one can be found."""
    if turn is False or any(one.state == "proved" for one in group):
        return False
    if all(one.state == "hard" for one in group):
        return turn
    return None


@dataclass(frozen=True, slots=True)
class StatutoryFound:
    """Statutory damages: ``state`` applies, possible, not (a base is found), none (the law has none for the act)."""

    state: str
    rule: Statutory | None
    missing: frozenset[str] = frozenset()


def find_statutory(version: RemedyVersion, case: DamageCase, base: Base, day: date) -> StatutoryFound:
    """Return whether statutory damages take the place of a base that cannot be found."""
    rules = [one for one in version.statutory if one.span.contains(day)]
    if case.kind is None:
        alike = len({(one.least, one.most) for one in rules}) == 1 and len(rules) > 0
        found = StatutoryFound("possible" if rules else "none", rules[0] if alike else None, frozenset({"kind"}))
        return StatutoryFound("not", found.rule) if base.state in {"proved", "choice"} and rules else found
    rule = next((one for one in rules if case.kind in one.kinds), None)
    if rule is None:
        return StatutoryFound("none", None)
    if base.state in {"proved", "choice"}:
        return StatutoryFound("not", rule)
    if base.state == "none":
        return StatutoryFound("applies", rule)
    return StatutoryFound("possible", rule, base.missing)
