"""The acts of one offence as the condition language asks about them: sums, repeats, roles, and what is not known.

Knows no limit and no version; the repeat window and its kinds of penalty come from the law's own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhibao.kernel.days import Calendar, Length, Unit
from zhibao.rules.conditions import ONE, Interval, Repeat, Truth, Which, at_least
from zhibao.rules.facts import Act, Prior

# Years of the repeat window end on the same date; no working day enters into it.
_PLAIN = Calendar.from_years({})


@dataclass(frozen=True, slots=True)
class ActFacts:
    """The acts of one offence as the condition language asks about them; a ``Facts``."""

    acts: tuple[Act, ...]
    priors: tuple[Prior, ...] | None
    offence_of: Mapping[str, str]
    distinct: frozenset[str]
    entity_times: int = 1

    @property
    def multiplier(self) -> Interval:
        """Return what limits are multiplied by: for entities, where their rule is in force."""
        entities = {act.flags.get("entity") for act in self.acts}
        if self.entity_times == 1 or entities <= {False}:
            return ONE
        return Interval(self.entity_times if entities == {True} else 1, self.entity_times)

    def included(self, act: Act, which: Which) -> Truth:
        """Return whether the act is one of those meant."""
        if act.kind not in which.kinds:
            return False
        conditions: list[Truth] = []
        if which.role:
            conditions.append(None if act.role is None else act.role == which.role)
        if which.fact:
            conditions.append(act.flags.get(which.fact))
        if which.repeat is not None:
            conditions.append(self._repeats(act, which.repeat))
        return at_least(len(conditions), conditions)

    def amount(self, measure: str, which: Which) -> Interval:
        """Return the measure over the acts meant. Distinct things do not add up: what is proved is the most of one act."""
        total = Interval(0, 0)
        for act in self.acts:
            included = self.included(act, which)
            if included is False:
                continue
            value = Interval.of(act.amounts.get(measure))
            value = value if included else Interval(0, value.high)
            total = total.larger(value) if measure in self.distinct else total + value
        return total

    def at_most(self, measure: str) -> int:
        """Return the known amounts of all acts added up: what distinct things could come to if no two acts shared one."""
        return sum(act.amounts.get(measure) or 0 for act in self.acts)

    def exists(self, which: Which) -> Truth:
        """Return whether any act is one of those meant."""
        return at_least(1, [self.included(act, which) for act in self.acts])

    def unknowns(self, measure: str, which: Which) -> frozenset[str]:
        """Return the fields of FACTS that leave the measure, or the choice of acts, open."""
        found: set[str] = set()
        for act in self.acts:
            if self.included(act, which) is False:
                continue
            if which.role and act.role is None:
                found.add("role")
            if which.fact and act.flags.get(which.fact) is None:
                found.add(which.fact)
            if which.repeat and self._repeats(act, which.repeat) is None:
                found.add("priors")
            if measure and act.amounts.get(measure) is None:
                found.add(measure)
        return frozenset(found)

    def _repeats(self, act: Act, repeat: Repeat) -> Truth:
        if self.priors is None:
            return None
        return any(self.repeated_by(act, prior, repeat) for prior in self.priors)

    def repeated_by(self, act: Act, prior: Prior, repeat: Repeat) -> bool:
        """Return whether the act began after the penalty and not later than the same date ``years`` on."""
        if prior.by not in repeat.by or self.offence_of[prior.kind] not in repeat.of:
            return False
        last = _PLAIN.add(prior.on, Length(repeat.years, Unit.YEARS), last_day_moves=False).day
        return prior.on < act.first <= last
