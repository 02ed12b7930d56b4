"""What a case may be fined: both texts' results, and which applies (从旧兼从轻, 行政处罚法第三十七条).

Knows how a version and a band are chosen; the bands themselves are in law/**/penalties. What follows from the amount
(hearing, summary procedure, late fee) is in ``fine_procedure``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar, Length, Unit
from zhibao.rules.acts import ActFacts
from zhibao.rules.conditions import Compare, Interval, Tree, Truth, Which, explain
from zhibao.rules.fine_facts import FineCase, read_fine_case
from zhibao.rules.fine_gain import FoundGain, find_gain
from zhibao.rules.fine_threats import BandFound, BesideFound, DeedFound, Threat
from zhibao.rules.fine_weighing import choose
from zhibao.rules.money_errors import FactBeforeAnyLaw
from zhibao.rules.pack import Pack
from zhibao.rules.penalties import Band, Counted, Penalty, PenaltyVersion
from zhibao.rules.versions import in_force

NOT_THEN = "not-punishable-then"
NOT_HELD = "no-rule-held"
NOT_COVERED = "not-covered"
SPARED = "spared"
# Years of a window end on the same date; no working day enters into it.
_PLAIN = Calendar.from_years({})


@dataclass(frozen=True, slots=True)
class PenaltyAnswer:
    """One penalty for one case: the threat chosen, why, and all that were compared."""

    penalty: Penalty
    facts: ActFacts
    threat: Threat
    chosen: str
    compared: tuple[Threat, ...]
    lighter_cite: Citation | None
    gains: tuple[FoundGain, ...]


@dataclass(frozen=True, slots=True)
class Fines:
    """The answers for one case. ``displaced`` maps a penalty to the one of higher rank that goes before it."""

    pack: Pack = field(repr=False)
    case: FineCase
    answers: tuple[PenaltyAnswer, ...]
    displaced: Mapping[str, str]


def fines(pack: Pack, facts: Mapping[str, Any], *, today: date) -> Fines:
    """Put facts to the penalties. ``today`` is the day of judging where ``on`` is left out.

    Raises a FactFault with a JSON path for facts that cannot be read or do not hold together.
    """
    case = read_fine_case(pack, facts, today=today)
    touched = [one for one in pack.penalties.values() if any(act.kind in one.kinds for act in case.acts)]
    answers = tuple(_answer(pack, penalty, case) for penalty in sorted(touched, key=lambda one: one.id))
    _refuse_unheld(case, answers)
    return Fines(pack, case, answers, _displaced(pack, answers))


def _answer(pack: Pack, penalty: Penalty, case: FineCase) -> PenaltyAnswer:
    picked = [(act, gain) for act, gain in zip(case.acts, case.gains, strict=True) if act.kind in penalty.kinds]
    day = max(act.last for act, _ in picked)
    found = tuple(find_gain(pack, act, gain, case.decided_on, by_method=penalty.gain_method) for act, gain in picked)
    acts = tuple(
        replace(act, amounts={**act.amounts, "illegal_gain": one.gain})
        for (act, _), one in zip(picked, found, strict=True)
    )
    kinds = {kind: other.id for other in reversed(tuple(pack.penalties.values())) for kind in other.kinds}
    facts = ActFacts(acts, case.priors, {**kinds, **dict.fromkeys(penalty.kinds, penalty.id)}, frozenset())
    own = _threat(penalty, facts, day, case)
    held = penalty.lighter and "adm.nonretro" in pack.values
    rule = pack.values["adm.nonretro"].on(case.decided_on) if held else None
    later = in_force(penalty.versions, case.decided_on)
    if rule is None or later is own.version or own.reason == NOT_HELD:
        return PenaltyAnswer(penalty, facts, own, "act", (own,), None, found)
    new = _threat(penalty, facts, case.decided_on, case)
    chosen, threat = choose(own, new)
    return PenaltyAnswer(penalty, facts, threat, chosen, (own, new), rule.cite, found)


def _refuse_unheld(case: FineCase, answers: tuple[PenaltyAnswer, ...]) -> None:
    """Refuse an act that lies before the first text held of every penalty that covers its kind."""
    for act in case.acts:
        touching = [one for one in answers if act.kind in one.penalty.kinds]
        if all(one.threat.reason == NOT_HELD for one in touching):
            first = min(version.span.first for one in touching for version in one.penalty.versions)
            title = touching[0].penalty.title
            raise FactBeforeAnyLaw(
                where=f"{act.where}.to",
                seen=act.last.isoformat(),
                first=first.isoformat(),
                what_zh=title.zh,
                what_en=title.en,
            )


def _threat(penalty: Penalty, facts: ActFacts, day: date, case: FineCase) -> Threat:
    version = in_force(penalty.versions, day)
    if version is None:
        before = day < min(one.span.first for one in penalty.versions) and not penalty.new
        return Threat(None, day, "none", NOT_HELD if before else NOT_THEN)
    covered = tuple(act for act in facts.acts if act.kind in version.kinds)
    if not covered:
        return Threat(version, day, "none", NOT_COVERED)
    asked = _Asked(replace(facts, acts=covered), case)
    spared = tuple(BesideFound(one, asked.truth(one.tree, None)) for one in version.spared)
    heavier = tuple(BesideFound(one, asked.truth(one.tree, None)) for one in version.heavier)
    deeds = tuple(DeedFound(one, asked.truth(one.tree, one.counted)) for one in version.deeds)
    if any(one.holds for one in spared):
        only = tuple(one for one in deeds if one.deed.id == "order-stop")
        return Threat(version, day, "none", SPARED, deeds=only, heavier=heavier, spared=spared)
    bands = asked.bands(version)
    return Threat(
        version=version,
        day=day,
        state=_state(bands),
        bands=bands,
        deeds=tuple(one for one in deeds if one.applies is not False),
        heavier=heavier,
        spared=spared,
        missing=asked.missing(version, bands),
    )


def _state(bands: tuple[BandFound, ...]) -> str:
    """Return how far the band of the party is known; where only others are threatened, theirs."""
    told = [one for one in bands if one.band.who == "party"] or list(bands)
    if sum(one.applies is True for one in told) > 1:
        return "overlap"
    if any(one.applies is None for one in told):
        return "open"
    return "fixed" if any(one.applies for one in told) else "none"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The conditions of one version, asked of the facts."""

    facts: ActFacts
    case: FineCase

    def truth(self, tree: Tree | None, counted: Counted | None) -> Truth:
        if counted is not None:
            return self.counted(counted)
        return True if tree is None else explain(tree, self.facts).truth

    def counted(self, counted: Counted) -> Truth:
        if self.case.priors is None:
            return None
        back = _PLAIN.before(self.case.decided_on, Length(counted.years, Unit.YEARS)).day
        found = [
            prior
            for prior in self.case.priors
            if prior.by == "administrative" and self.facts.offence_of[prior.kind] in counted.of and prior.on >= back
        ]
        return len(found) >= counted.least

    def bands(self, version: PenaltyVersion) -> tuple[BandFound, ...]:
        """Return each band with whether it applies: its condition holds and no band that displaces it does."""
        holds = {band.id: self.truth(band.tree, None) for band in version.fine_bands}
        found = []
        for band in version.fine_bands:
            others = [holds[other.id] for other in version.fine_bands if other.instead_of == band.id]
            applies = holds[band.id]
            if any(other is True for other in others):
                applies = False
            elif applies and None in others:
                applies = None
            found.append(self.found(band, holds[band.id], applies))
        return tuple(found)

    def found(self, band: Band, holds: Truth, applies: Truth) -> BandFound:
        """Return the ends of the band, were it to apply: its own condition then bounds what its ratios are taken of."""
        fine = band.fine
        low = 0 if fine.low is None else fine.low.of(self.bounded(fine.low.measure, band.tree)).low
        high = fine.high.of(self.bounded(fine.high.measure, band.tree))
        if fine.at_most is not None:
            cap = fine.at_most
            high = Interval(min(high.low, cap), cap if high.high is None else min(high.high, cap))
        return BandFound(band, holds, applies, low, high)

    def bounded(self, measure: str, tree: Tree | None) -> Interval:
        value = self.amount(measure)
        if not isinstance(tree, Compare) or tree.measures != (measure,) or value.high is not None:
            return value
        least = {">=": tree.limit, ">": tree.limit + 1}.get(tree.op, 0)
        return Interval(max(value.low, least), None)

    def amount(self, measure: str) -> Interval:
        kinds = tuple(dict.fromkeys(act.kind for act in self.facts.acts))
        return self.facts.amount(measure, Which(kinds)) if measure else Interval(0, 0)

    def missing(self, version: PenaltyVersion, bands: tuple[BandFound, ...]) -> frozenset[str]:
        """Return the unknown facts that leave a band or its amount open."""
        found: set[str] = set()
        for one in bands:
            displacing = [other for other in version.fine_bands if other.instead_of == one.band.id]
            for band in (one.band, *displacing) if one.applies is None else ():
                found |= self.unknown(band)
            if one.applies is not False:
                found |= {name for name in one.band.fine.measures if self.amount(name).high is None}
        return frozenset(found)

    def unknown(self, band: Band) -> frozenset[str]:
        return frozenset() if band.tree is None else explain(band.tree, self.facts).open


def _displaced(pack: Pack, answers: tuple[PenaltyAnswer, ...]) -> dict[str, str]:
    """Return which penalty goes before which where two of different rank threaten the same kind of act (立法法)."""
    found: dict[str, str] = {}
    for one in answers:
        for other in answers:
            same = set(one.penalty.kinds) & set(other.penalty.kinds) & {act.kind for act in one.facts.acts}
            if same and one.threat.state != "none" and _rank(pack, other) < _rank(pack, one):
                found[one.penalty.id] = other.penalty.id
    return found


def _rank(pack: Pack, answer: PenaltyAnswer) -> int:
    version = answer.threat.version
    if version is None or answer.threat.state == "none":
        return len(_RANKS)
    kind = pack.instruments[version.cite.instrument].kind
    return _RANKS.index(kind) if kind in _RANKS else len(_RANKS) - 1


_RANKS = ("statute", "regulation", "local-regulation", "department-rule", "normative-document")
