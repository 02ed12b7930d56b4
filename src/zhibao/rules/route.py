"""Which court or organ a matter goes to, by which article, under the rules of the day of filing.

Knows the rules and courts of the pack only. What is unknown stays unknown: a rule that could apply is listed with what
would decide it; two rules that send one matter to different places are named as a conflict.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from zhibao.kernel.places import Level, PlaceCode
from zhibao.rules.conditions import Truth
from zhibao.rules.jurisdiction import (
    SAME,
    Alternative,
    Court,
    Hearing,
    JurisdictionRule,
    RuleVersion,
    Tribunal,
    names_court,
)
from zhibao.rules.pack import Pack
from zhibao.rules.route_facts import RouteFacts, read_route_facts
from zhibao.rules.versions import Confidence, in_force

COURT = "court"
_HEIGHT = {Level.COUNTY: 3, Level.CITY: 2, Level.PROVINCE: 1, Level.COUNTRY: 0}


@dataclass(frozen=True, slots=True)
class Limit:
    """What base courts at a place may hear, in fen. ``assumed``: a default, not said for the very court."""

    most: int
    assumed: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Seat:
    """One actual organ: a court of the pack, or the office of that kind at a place (``court`` None)."""

    court: Court | None
    hearing: Hearing | None
    level: str
    place: PlaceCode | None
    tribunals: tuple[Tribunal, ...] = ()

    @property
    def confidence(self) -> Confidence | None:
        """How sure the court and its list are: the less sure of the two."""
        held = [one.confidence for one in (self.court, self.hearing) if one is not None]
        order = list(Confidence)
        return max(held, key=order.index) if held else None


@dataclass(frozen=True, slots=True)
class Way:
    """One way the matter may go: the rule, the kind of organ, the venue. ``missing`` is what would decide it."""

    rule: JurisdictionRule
    version: RuleVersion
    organ: str
    levels: tuple[str, ...]
    venue: str
    place: PlaceCode | None
    seats: tuple[Seat, ...]
    missing: tuple[str, ...] = ()
    limit: Limit | None = None

    @property
    def confirmed(self) -> bool:
        """Whether the actual organs are known: a list not held, or not confirmed, is no answer to build on."""
        if self.organ != COURT:
            return True
        return bool(self.seats) and all(seat.confidence is not Confidence.UNCONFIRMED for seat in self.seats)

    @property
    def sends_to(self) -> tuple[object, ...]:
        """What two rules must agree on."""
        return self.version.organs, self.levels, self.version.bench


@dataclass(frozen=True, slots=True)
class Route:
    """The answer. ``reason``: why there is none ("no-rule-in-force", "no-rule-applies"), else "".

    ``assumed``: exceptional facts taken as no, because nothing was said of them.
    """

    facts: RouteFacts
    ways: tuple[Way, ...]
    alternatives: tuple[Way, ...]
    possible: tuple[Way, ...]
    conflicts: tuple[tuple[Way, Way], ...]
    missing: tuple[str, ...]
    reason: str
    assumed: tuple[str, ...] = ()


def route(pack: Pack, facts: object, *, today: date) -> Route:
    """Return where the matter of ``facts`` goes. Raises a FactFault for facts that do not hold.

    Where no rule is sure to apply only because nothing was said of something exceptional, the answer is the one for the
    ordinary case; the other ways stay listed as possible.
    """
    known = read_route_facts(facts, rights=pack.rights, places=pack.places, today=today)
    strict = _Router(pack, known).answer()
    assumed = tuple(sorted(known.left_out & set(strict.missing)))
    if strict.ways or not assumed:
        return strict
    ordinary = _Router(pack, replace(known, flags={**known.flags, **dict.fromkeys(assumed, False)})).answer()
    if not ordinary.ways:
        return strict
    taken = {(way.rule.id, way.organ, way.place) for way in (*ordinary.ways, *ordinary.alternatives)}
    others = tuple(way for way in strict.possible if (way.rule.id, way.organ, way.place) not in taken)
    return replace(ordinary, facts=known, possible=others, missing=strict.missing, assumed=assumed)


@dataclass(slots=True)
class _Router:
    """Evaluates the rules of one pack for one matter, place by place, in Kleene's logic."""

    pack: Pack
    facts: RouteFacts

    def answer(self) -> Route:
        rules = [
            (rule, version)
            for rule in self.pack.jurisdiction.values()
            if self.facts.channel in rule.channels and self.facts.stage == rule.stage
            if (version := in_force(rule.versions, self.facts.filed_on)) is not None
        ]
        ways: list[Way] = []
        possible: list[Way] = []
        for rule, version in rules:
            for venue, place in self._venues(version):
                holds = self.applies(rule.id, place)
                if holds is not False:
                    asked = self._missing(rule, version, venue, place, holds)
                    (ways if holds else possible).extend(self._ways(rule, version, venue, place, asked))
        first = {(way.rule.id, way.organ): way.venue for way in reversed(ways)}
        main = tuple(way for way in ways if first[way.rule.id, way.organ] == way.venue)
        missing = {name for way in (*ways, *possible) for name in way.missing}
        return Route(
            facts=self.facts,
            ways=main,
            alternatives=tuple(way for way in ways if way not in main),
            possible=tuple(possible),
            conflicts=tuple(_conflicts(main)),
            missing=tuple(sorted(missing)),
            reason="" if ways or possible else "no-rule-applies" if rules else "no-rule-in-force",
        )

    def _venues(self, version: RuleVersion) -> list[tuple[str, PlaceCode | None]]:
        """Return the venues that are known, each place once; without one, the rule is asked without a place."""
        known: dict[PlaceCode, str] = {}
        for name in version.places:
            place = self.facts.places[name]
            if place is not None:
                known.setdefault(place, name)
        return [(name, place) for place, name in known.items()] or [(version.places[0], None)]

    def applies(self, rule_id: str, place: PlaceCode | None) -> Truth:
        """Return whether a rule holds for the matter at ``place``, the rules it yields to included."""
        rule = self.pack.jurisdiction[rule_id]
        version = in_force(rule.versions, self.facts.filed_on)
        if version is None:
            return False
        holds = any_of([self._holds(one, place) for one in version.when]) if version.when else True
        above = any_of([self.applies(other, place) for other in rule.unless])
        return all_of([holds, not_(above)])

    def _holds(self, one: Alternative, place: PlaceCode | None) -> Truth:
        return all_of([truth for _, truth in self._parts(one, place)])

    def _parts(self, one: Alternative, place: PlaceCode | None) -> Iterator[tuple[tuple[str, ...], Truth]]:
        """Yield each test of an alternative: the facts that would decide it, and whether it holds."""
        facts = self.facts
        if one.rights:
            yield ("right",), None if facts.right is None else facts.right in one.rights
        if one.channels:
            yield (), facts.channel in one.channels
        for name, want in one.flags.items():
            seen = facts.flags[name]
            yield (name,), None if seen is None else seen is want
        for name, value in one.choices.items():
            chosen = facts.choices[name]
            yield (name,), None if chosen is None else chosen == value
        if one.over_limit:
            yield self._over_limit(place)
        if one.rules:
            asked = [name for rule in one.rules for name in self._open(rule, place)]
            yield tuple(asked), any_of([self.applies(rule, place) for rule in one.rules])

    def _over_limit(self, place: PlaceCode | None) -> tuple[tuple[str, ...], Truth]:
        limit, amount = self.limit(place), self.facts.amount
        if limit is None or amount is None:
            asked = ("amount",) if amount is None else ()
            return (*asked, *(("base_limit",) if limit is None else ())), None
        return (), amount > limit.most

    def limit(self, place: PlaceCode | None) -> Limit | None:
        """Return what base courts at ``place`` may hear: as given, as listed for the court, or as assumed there."""
        if self.facts.base_limit is not None:
            return Limit(self.facts.base_limit, assumed=True, confidence=Confidence.UNCONFIRMED)
        if place is None:
            return None
        day = self.facts.filed_on
        for court in self.pack.courts.values():
            for hearing in court.hears:
                if hearing.most is not None and names_court(court, hearing.rule, place, day) is hearing:
                    return Limit(hearing.most, assumed=False, confidence=hearing.confidence)
        for held in self.pack.court_limits.values():
            version = in_force(held.versions, day)
            if version is not None and held.place.contains(place):
                return Limit(version.most, assumed=True, confidence=version.confidence)
        return None

    def _open(self, rule_id: str, place: PlaceCode | None) -> Iterator[str]:
        """Yield the facts that would decide a rule that is not decided."""
        rule = self.pack.jurisdiction[rule_id]
        version = in_force(rule.versions, self.facts.filed_on)
        if version is None or self.applies(rule_id, place) is not None:
            return
        for one in version.when:
            if self._holds(one, place) is None:
                yield from (name for names, truth in self._parts(one, place) if truth is None for name in names)
        for other in rule.unless:
            yield from self._open(other, place)

    def _missing(
        self, rule: JurisdictionRule, version: RuleVersion, venue: str, place: PlaceCode | None, holds: Truth
    ) -> tuple[str, ...]:
        asked = set() if holds else set(self._open(rule.id, place))
        if place is None:
            asked |= {venue}
        if version.levels == (SAME,) and self.facts.choices["organ_level"] is None:
            asked |= {"organ_level"}
        return tuple(sorted(asked))

    def _ways(
        self,
        rule: JurisdictionRule,
        version: RuleVersion,
        venue: str,
        place: PlaceCode | None,
        missing: tuple[str, ...],
    ) -> Iterator[Way]:
        same = self.facts.choices["organ_level"]
        asked = version.levels if version.levels != (SAME,) else (same,) if same else ()
        tested = any(one.over_limit for name in (rule.id, *rule.unless) for one in self._alternatives(name))
        for organ in version.organs:
            levels = tuple(level for level in asked if level in self.pack.organ_kinds[organ].levels)
            seats = tuple(self._seats(rule, version, organ, levels, place))
            yield Way(rule, version, organ, levels, venue, place, seats, missing, self.limit(place) if tested else None)

    def _alternatives(self, rule_id: str) -> tuple[Alternative, ...]:
        version = in_force(self.pack.jurisdiction[rule_id].versions, self.facts.filed_on)
        return version.when if version else ()

    def _seats(
        self, rule: JurisdictionRule, version: RuleVersion, organ: str, levels: tuple[str, ...], place: PlaceCode | None
    ) -> Iterator[Seat]:
        if place is None and levels != ("country",):
            return
        if organ != COURT:
            yield from (Seat(None, None, level, _at(place, level)) for level in levels)
            return
        day = self.facts.filed_on
        for court in self.pack.courts.values():
            hearing = names_court(court, rule.id, place, day) if place else None
            near = court.level == "country" or (place is not None and court.place.contains(place))
            if court.level in levels and (hearing is not None or (version.bench == "any" and near)):
                yield Seat(court, hearing, court.level, court.place, self._tribunals(court))

    def _tribunals(self, court: Court) -> tuple[Tribunal, ...]:
        return tuple(one for one in court.tribunals if one.span.contains(self.facts.filed_on))


def _at(place: PlaceCode | None, level: str) -> PlaceCode | None:
    """Return the place of that level which holds ``place``; None where ``place`` itself stands higher."""
    while place is not None and place.level.value != level:
        place = place.parent if _HEIGHT[place.level] > _HEIGHT[Level(level)] else None
    return place


def _conflicts(ways: tuple[Way, ...]) -> Iterator[tuple[Way, Way]]:
    """Yield pairs of rules that take the same step and send the matter to different places."""
    for one, other in combinations(ways, 2):
        if one.rule is not other.rule and one.rule.step == other.rule.step and one.sends_to != other.sends_to:
            yield one, other


def any_of(truths: list[Truth]) -> Truth:
    """Return whether one of them holds, in Kleene's logic; of none, no."""
    return True if True in truths else None if None in truths else False


def all_of(truths: list[Truth]) -> Truth:
    """Return whether all of them hold, in Kleene's logic; of none, yes."""
    return False if False in truths else None if None in truths else True


def not_(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return None if truth is None else not truth
