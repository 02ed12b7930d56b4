"""What time and non-use do to damages: the years to sue, how far back they are counted, and the mark not used.

Knows how the tests are made; lengths and articles are the clocks lim.* and values of the pack.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar, Length, Unit
from zhibao.rules.conditions import Truth, at_least
from zhibao.rules.damage_facts import DamageCase
from zhibao.rules.deadlines import DeadlineVersion, LastDay
from zhibao.rules.pack import Pack
from zhibao.rules.punitive import value_on
from zhibao.rules.versions import Confidence, in_force

# Years end on the same date; no working day enters into it.
_PLAIN = Calendar.from_years({})


@dataclass(frozen=True, slots=True)
class Limitation:
    """诉讼时效: ``state`` in-time, back (damages from ``counted_from`` only), late (barred if pleaded), unknown, not-held."""

    state: str
    ends: date | None
    counted_from: date | None
    cites: tuple[Citation, ...]
    confidence: Confidence | None
    missing: frozenset[str] = frozenset()


def limitation(pack: Pack, case: DamageCase) -> Limitation:
    """Return whether the suit was in time, and from which day damages count."""
    missing = frozenset(name for name, day in (("knew_on", case.knew_on), ("filed_on", case.filed_on)) if day is None)
    if case.knew_on is None or case.filed_on is None:
        return Limitation("unknown", None, None, (), None, missing)
    found = _end(pack, case, case.knew_on)
    if found is None:
        return Limitation("not-held", None, None, (), None)
    ends, version = found
    if case.filed_on <= ends:
        return Limitation("in-time", ends, None, (version.cite,), version.confidence)
    back = value_on(pack, case.remedy.back, case.filed_on) if case.remedy.back else None
    if back is not None and case.last >= case.filed_on:
        length = Length(int(back.figure("back").number), Unit.YEARS)
        return Limitation("back", ends, _PLAIN.before(case.filed_on, length).day, (back.cite,), back.confidence)
    return Limitation("late", ends, None, (version.cite,), version.confidence)


def _end(pack: Pack, case: DamageCase, knew: date) -> tuple[date, DeadlineVersion] | None:
    """Return the last day to sue by the clock in force on the day the infringement was known; None where none is held."""
    held = pack.deadlines.get(case.remedy.limitation)
    version = in_force(held.versions, knew) if held is not None else None
    if version is None:
        return None
    return pack.calendar.add(knew, version.length, last_day_moves=version.last_day is not LastDay.STAYS).day, version


@dataclass(frozen=True, slots=True)
class NonUseFound:
    """未使用抗辩: ``holds`` means no damages. The use must lie between ``first`` and ``last``."""

    holds: Truth
    first: date | None
    last: date | None
    cite: Citation
    confidence: Confidence
    missing: frozenset[str]


def nonuse(pack: Pack, case: DamageCase) -> NonUseFound | None:
    """Return whether the defence of non-use holds; None where the right knows none or nobody has raised it."""
    if not case.remedy.nonuse or not case.use.raised:
        return None
    value = value_on(pack, case.remedy.nonuse, case.last)
    if value is None:
        return None
    (window,) = value.items
    end = case.first if window.id == "before-act" else case.filed_on
    years = int(value.figure("years").number)
    start = None if end is None else _PLAIN.before(end, Length(years, Unit.YEARS)).day
    used = _used(case, start, end)
    shown = at_least(1, [used, case.use.other_loss])
    holds = None if shown is None else not shown
    unknown = {"nonuse.use": used, "nonuse.other_loss": case.use.other_loss}
    missing = frozenset(name for name, truth in unknown.items() if truth is None and holds is None)
    return NonUseFound(holds, start, end, value.cite, value.confidence, missing)


def _used(case: DamageCase, start: date | None, end: date | None) -> Truth:
    if case.use.spans is None or start is None or end is None:
        return False if case.use.spans == () else None
    return any(first < end and last >= start for first, last in case.use.spans)
