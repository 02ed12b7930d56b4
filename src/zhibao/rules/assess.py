"""What a case comes to under each crime its acts touch, by the law of the day, with every comparison and its article.

Knows how versions are chosen (从旧兼从轻) and when a case must go to the police; the limits themselves are in law/.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zhibao.rules.acts import ActFacts
from zhibao.rules.answer import NO_LIMIT, NO_RULE, NOT_YET, Assessment
from zhibao.rules.conditions import Truth, Which, explain
from zhibao.rules.facts import CaseFacts, read_facts
from zhibao.rules.offences import TIERS, Band, Offence, OffenceVersion, Silence
from zhibao.rules.outcomes import OffenceAnswer, Outcome, Sentence, Tested, Transfer
from zhibao.rules.pack import Pack
from zhibao.rules.versions import in_force

RANK = {"none": 0, "base": 1, "grave": 2}


def assess(pack: Pack, facts: Mapping[str, Any], *, today: date) -> Assessment:
    """Assess the facts (CONTRACT, FACTS for `law assess`). ``today`` is the day of judging where ``on`` is left out.

    Raises a FactFault with a JSON path for facts that cannot be read.
    """
    case = read_facts(pack, facts, today=today)
    touched = [offence for offence in pack.offences.values() if any(act.kind in offence.kinds for act in case.acts)]
    answers = tuple(_answer(pack, offence, case) for offence in sorted(touched, key=lambda offence: offence.id))
    return Assessment(pack, case, answers, _transfer(pack, case, answers))


def _answer(pack: Pack, offence: Offence, case: CaseFacts) -> OffenceAnswer:
    acts = tuple(act for act in case.acts if act.kind in offence.kinds)
    day = max(act.last for act in acts)
    statute = in_force(offence.statute, day)
    covered = tuple(act for act in acts if statute is None or act.kind in statute.kinds)
    offence_of = {kind: other.id for kind, other in pack.act_kinds.items()}
    distinct = frozenset(measure.id for measure in pack.measures.values() if not measure.adds)
    facts = ActFacts(covered, case.priors, offence_of, distinct)
    own = _outcome(offence, facts, day, act_day=day)
    later = tuple(_outcome(offence, facts, turn, act_day=day) for turn in _later_days(offence, day, case.on))
    chosen, outcome = _choose(own, later)
    sentence = _sentence(offence, outcome.tier, day, case.on)
    return OffenceAnswer(offence, outcome, chosen, (own, *later), statute, sentence, facts)


def _later_days(offence: Offence, day: date, on: date) -> list[date]:
    """Return the days after the act on which a later, perhaps lighter interpretation begins."""
    if not offence.lighter:
        return []
    turns = frozenset().union(*(version.turning_days() for version in offence.versions))
    return sorted(turn for turn in turns if day < turn <= on)


def _outcome(offence: Offence, facts: ActFacts, day: date, *, act_day: date) -> Outcome:
    version = in_force(offence.versions, day)
    if not facts.acts:
        return Outcome(version.id if version else "", day, "none", reason=NOT_YET)
    if version is None:
        return Outcome("", day, "unknown", reason=NO_RULE)
    rule = version.entity_rule(day)
    facts = replace(facts, entity_times=rule.times if rule else 1)
    kinds = {act.kind for act in facts.acts}
    tested = tuple(
        Tested(tier, limit, explain(limit.tree, facts))
        for tier in TIERS
        for limit in version.limits(tier, day)
        if (kinds >= set(limit.kinds) if limit.together else kinds & set(limit.kinds))
    )
    return _weigh(version, day, tested, _silence(version, facts, act_day))


def _weigh(version: OffenceVersion, day: date, tested: tuple[Tested, ...], silence: Silence | None) -> Outcome:
    """Return the highest tier proved; unknown where none is and one is still possible."""
    proved = [one.tier for one in tested if one.why.truth]
    tier = max(proved, key=RANK.__getitem__, default="none")
    could = [one for one in tested if one.why.truth is None and RANK[one.tier] > RANK[tier]]
    missing = frozenset().union(*(one.why.open for one in could))
    if tier != "none":
        return Outcome(version.id, day, tier, tested, missing)
    if silence is not None:
        return Outcome(version.id, day, "unknown", tested, missing, NO_LIMIT, silence)
    return Outcome(version.id, day, "unknown" if could else "none", tested, missing)


def _silence(version: OffenceVersion, facts: ActFacts, act_day: date) -> Silence | None:
    """Return what the statute of the act's day names and this version sets no limit for, if the acts touch it."""
    kinds = {act.kind for act in facts.acts}
    for silence in version.silences:
        touched = kinds & set(silence.kinds)
        nothing = silence.measure and facts.amount(silence.measure, Which(silence.kinds)).high == 0
        if touched and silence.span.contains(act_day) and not nothing:
            return silence
    return None


def _choose(own: Outcome, later: tuple[Outcome, ...]) -> tuple[str, Outcome]:
    """Choose between the interpretation of the act's day and later ones: only a strictly lighter one displaces it.

    Where an outcome is unknown, which is lighter cannot be told: then the tier is unknown, and both are named.
    """
    if not later or own.tier == "none":
        return "act", own
    lightest = min(later, key=lambda one: RANK.get(one.tier, RANK["grave"]))
    if own.tier != "unknown" and lightest.tier == "none":
        return "lighter", lightest
    if own.tier == "unknown" or any(one.tier == "unknown" for one in later):
        missing = own.missing.union(*(one.missing for one in later))
        return "undetermined", replace(own, tier="unknown", missing=missing)
    return ("lighter", lightest) if RANK[lightest.tier] < RANK[own.tier] else ("act", own)


def lighter_band(one: Band, other: Band) -> Truth:
    """Return whether ``one`` is the lighter sentence: neither end higher and one end lower. None: cannot be ordered."""
    ends = [(one.shortest, other.shortest), (_end(one), _end(other))]
    below, above = any(a < b for a, b in ends), any(a > b for a, b in ends)
    return None if below and above else below


def _end(band: Band) -> float:
    return float("inf") if band.longest is None else band.longest


def _sentence(offence: Offence, tier: str, day: date, on: date) -> Sentence | None:
    """Return the band of the tier: the statute of the act's day, unless a later one is lighter."""
    own = in_force(offence.statute, day)
    if own is None or tier not in own.bands:
        return None
    best, chosen = own, "act"
    for statute in offence.statute:
        if not day < statute.span.first <= on or tier not in statute.bands:
            continue
        lighter = lighter_band(statute.bands[tier], best.bands[tier])
        if lighter is None:
            return Sentence(own, own.bands[tier], "undetermined")
        if lighter:
            best, chosen = statute, "lighter"
    return Sentence(best, best.bands[tier], chosen)


def _transfer(pack: Pack, case: CaseFacts, answers: tuple[OffenceAnswer, ...]) -> Transfer:
    """A threshold met comes first; else reasonable suspicion where the text of the day knows it."""
    version = next((found for rule in pack.triggers.values() if (found := in_force(rule.versions, case.on))), None)
    if version is None:
        return Transfer(False, "none", None)
    threshold = version.ground("threshold")
    if threshold and any(answer.outcome.tier in TIERS for answer in answers):
        return Transfer(True, "threshold", threshold)
    suspicion = version.ground("reasonable-suspicion")
    if suspicion is None:
        return Transfer(False, "none", None)
    flags = [case.suspicion[name] for name in suspicion.needs]
    if all(flags):
        return Transfer(True, "reasonable-suspicion", suspicion)
    return Transfer(False, "none", None) if False in flags else Transfer(None, "unknown", suspicion)
