"""What a suit for damages may come to: the law of the acts, the bases, punitive damages, the totals.

Knows how the law is chosen (by the acts; the interpretation by finality) and how the parts are put together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhibao.rules.conditions import Truth
from zhibao.rules.damage_bases import Base, StatutoryFound, find_base, find_statutory
from zhibao.rules.damage_defences import Limitation, NonUseFound, limitation, nonuse
from zhibao.rules.damage_facts import DamageCase, read_damage_case
from zhibao.rules.money_errors import FactBeforeAnyLaw, FactMultipleOutOfRange
from zhibao.rules.pack import Pack
from zhibao.rules.punitive import PunitiveFound, find_punitive, interpretation_days
from zhibao.rules.remedies import Doubled, RemedyVersion
from zhibao.rules.versions import in_force


@dataclass(frozen=True, slots=True)
class Totals:
    """What may be awarded, in fen, costs apart; None: it cannot be told. ``cap``: the most with punitive damages."""

    least: int | None
    most: int | None
    cap: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The totals under one interpretation of punitive damages."""

    punitive: PunitiveFound
    totals: Totals


@dataclass(frozen=True, slots=True)
class Damages:
    """The whole answer. ``outcomes``: one, or two where finality is not known. ``earlier``: versions the acts began under."""

    pack: Pack = field(repr=False)
    case: DamageCase
    version: RemedyVersion
    earlier: tuple[RemedyVersion, ...]
    base: Base
    statutory: StatutoryFound
    doubled: tuple[Doubled, Truth] | None
    why: str
    outcomes: tuple[Outcome, ...]
    limitation: Limitation
    nonuse: NonUseFound | None
    costs: int | None

    @property
    def totals(self) -> Totals:
        """The totals over all outcomes: the least of the least, the most of the most."""
        kept = [one.totals for one in self.outcomes]
        caps = [one.cap for one in kept]
        return Totals(
            _least([one.least for one in kept]),
            _most([one.most for one in kept]),
            caps[0] if len(caps) == 1 else None,
        )


def damages(pack: Pack, facts: Mapping[str, Any], *, today: date) -> Damages:
    """Put facts to the law of damages. ``today`` is the day of judging where ``on`` is left out.

    Raises a FactFault with a JSON path for facts that cannot be read or do not hold together.
    """
    case = read_damage_case(pack, facts, today=today)
    version = _version(case)
    earlier = tuple(
        one for one in case.remedy.versions if one is not version and any(_touches(one, span) for span in case.acts)
    )
    if version.punitive is None and case.claim.multiple is not None:
        raise FactMultipleOutOfRange(
            where="punitive.multiple",
            seen=str(case.claim.multiple),
            low="—",
            high="—",
            cite=version.cite.to_text(),
        )
    base = find_base(version, case)
    statutory = find_statutory(version, case, base, case.last)
    defence = nonuse(pack, case)
    doubled = (version.doubled, case.intent.malice) if version.doubled else None
    days, why = interpretation_days(pack, case) if version.punitive else ((case.on,), "no-punitive")
    found = [find_punitive(pack, version, case, base, day) for day in days]
    return Damages(
        pack=pack,
        case=case,
        version=version,
        earlier=earlier,
        base=base,
        statutory=statutory,
        doubled=doubled,
        why=why,
        outcomes=tuple(Outcome(one, _totals(base, statutory, doubled, one, defence)) for one in found),
        limitation=limitation(pack, case),
        nonuse=defence,
        costs=case.costs,
    )


def _version(case: DamageCase) -> RemedyVersion:
    """Return the version of the acts' last day: acts that go on under a new law come under it."""
    version = in_force(case.remedy.versions, case.last)
    if version is None:
        first = min(one.span.first for one in case.remedy.versions)
        raise FactBeforeAnyLaw(
            where="acts",
            seen=case.last.isoformat(),
            first=first.isoformat(),
            what_zh=case.remedy.title.zh,
            what_en=case.remedy.title.en,
        )
    return version


def _touches(version: RemedyVersion, acts: tuple[date, date]) -> bool:
    first, last = acts
    return version.span.first <= last and (version.span.last is None or version.span.last >= first)


def _totals(
    base: Base,
    statutory: StatutoryFound,
    doubled: tuple[Doubled, Truth] | None,
    punitive: PunitiveFound,
    defence: NonUseFound | None,
) -> Totals:
    """Return the least and the most without costs; a defence that holds leaves nothing, one that may leaves as little."""
    found = _compensation(base, statutory, doubled)
    if base.low is not None and base.high is not None and not doubled:
        found = _with_punitive(base.low, base.high, punitive)
    if defence is None or defence.holds is False:
        return found
    return Totals(0, 0, 0) if defence.holds else Totals(0, found.most, found.cap)


def _compensation(base: Base, statutory: StatutoryFound, doubled: tuple[Doubled, Truth] | None) -> Totals:
    if base.low is not None and base.high is not None:
        if doubled is None:
            return Totals(base.low, base.high, None)
        rule, malice = doubled
        more = int(base.high * rule.times)
        return Totals(int(base.low * rule.times) if malice else base.low, base.high if malice is False else more, None)
    if statutory.state == "applies" and statutory.rule is not None:
        return Totals(statutory.rule.least, statutory.rule.most, None)
    return Totals(None, None, None)


def _with_punitive(low: int, high: int, punitive: PunitiveFound) -> Totals:
    """Return base and punitive damages together; where they are only possible, the base alone is the least."""
    if punitive.state == "not" or punitive.low is None or punitive.high is None:
        return Totals(low, high, None)
    most = punitive.total(high, punitive.high)
    cap = None if punitive.cap is None else int(high * punitive.cap)
    return Totals(punitive.total(low, punitive.low) if punitive.state == "allowed" else low, most, cap)


def _least(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return min(known) if len(known) == len(values) else None


def _most(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return max(known) if len(known) == len(values) else None
