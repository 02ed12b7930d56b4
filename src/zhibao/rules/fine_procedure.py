"""What follows from the amount of a fine: hearing, summary procedure, low fine, late fee, and when there is no penalty.

Knows the order of the tests; every amount, day and article comes from the values of the pack in force at the decision.
Where nothing is proposed yet, the ends of the band answer as far as they can.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.rules.conditions import Interval, Truth, at_least
from zhibao.rules.fine_facts import FineCase, Payment
from zhibao.rules.fine_threats import Threat
from zhibao.rules.pack import Pack
from zhibao.rules.values import ValueVersion
from zhibao.rules.versions import Confidence

# Which measures each head of the hearing rules names; what the trademark office does is not part of the organ's decision.
HEARD = {"licence": ("revoke-business-licence",)}
MORE_THAN_SUMMARY = ("warn", "order-stop", "order-correct", "publish")
# The facts each ground for no penalty needs, and whether it leaves a choice (行政处罚法第三十三条).
SPARING = {
    "minor": (("minor", "corrected", "no_harm"), "must-not"),
    "first": (("first", "slight_harm", "corrected"), "may-not"),
    "no-fault": (("no_fault",), "must-not"),
}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: an amount against a limit in fen, by an article. ``value`` None: no amount, the measure itself."""

    id: str
    holds: Truth
    value: Interval | None
    limit: int | None
    cite: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with the tests it rests on. ``reason`` names why nothing could be tested."""

    holds: Truth
    tests: tuple[Test, ...] = ()
    missing: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LateFee:
    """加处罚款: what is owed beside the fine, in fen."""

    days: int
    amount: int
    capped: bool
    cite: Citation
    confidence: Confidence


def _rule(pack: Pack, name: str, on: date) -> ValueVersion | None:
    """Return the value in force on that day; None where none is held, or the pack has no such value."""
    return pack.values[name].on(on) if name in pack.values else None


def hearing(pack: Pack, case: FineCase, threats: tuple[Threat, ...]) -> Finding:
    """Return whether the party may ask for a hearing: by the fine, by what is confiscated, or by another measure."""
    amounts, scope = (_rule(pack, name, case.decided_on) for name in ("adm.hearing.amount", "hr21.scope"))
    if amounts is None or scope is None:
        return Finding(None, reason="no-rule-held")
    cites = {item.id: item.cite or scope.cite for item in scope.items}
    proposed = case.proposed
    tests = [
        _reached("fine", _fine_of(case, threats), amounts, case, cites["fine"]),
        _reached("confiscation", _confiscated(case), amounts, case, cites["confiscation"]),
    ]
    named = None if proposed is None else proposed.measures
    threatened = {one.deed.id for threat in threats for one in threat.deeds if one.applies is not False}
    for head, deeds in HEARD.items():
        holds: Truth = (
            bool(set(deeds) & set(named)) if named is not None else (None if threatened & set(deeds) else False)
        )
        tests.append(Test(head, holds, None, None, cites[head], scope.confidence))
    unknown = case.entity is None and any(one.holds is None and one.value is not None for one in tests)
    missing = {"entity"} if unknown else set()
    missing |= _unproposed(case)
    holds = at_least(1, [one.holds for one in tests])
    return Finding(holds, tuple(tests), frozenset(missing) if holds is None else frozenset())


def _unproposed(case: FineCase) -> set[str]:
    if case.proposed is None:
        return {"proposed"}
    names = ("fine", "confiscated_gain", "confiscated_goods", "measures")
    return {f"proposed.{name}" for name in names if getattr(case.proposed, name) is None}


def _reached(name: str, value: Interval, amounts: ValueVersion, case: FineCase, cite: Citation) -> Test:
    """Return whether the amount reaches the limit for a person or an entity; both must agree where that is unknown."""
    limits = {kind: int(amounts.figure(kind).number) for kind in ("person", "entity")}
    asked = [limits["entity"] if case.entity else limits["person"]] if case.entity is not None else [*limits.values()]
    found = {_at_least(value, limit) for limit in asked}
    holds = found.pop() if len(found) == 1 else None
    return Test(name, holds, value, asked[0] if len(asked) == 1 else None, cite, amounts.confidence)


def _at_least(value: Interval, limit: int) -> Truth:
    if value.low >= limit:
        return True
    return False if value.high is not None and value.high < limit else None


def _fine_of(case: FineCase, threats: tuple[Threat, ...]) -> Interval:
    """Return the fine proposed, else what the bands allow; a fine the organ may go without begins at nothing."""
    if case.proposed is not None and case.proposed.fine is not None:
        return Interval(case.proposed.fine, case.proposed.fine)
    total = Interval(0, 0)
    for threat in threats:
        if threat.possible("party"):
            certain = threat.certain("party") and not threat.optional("party")
            total = total + Interval((threat.least("party") or 0) if certain else 0, threat.most("party"))
    return total


def _confiscated(case: FineCase) -> Interval:
    """Return confiscated gain and goods value added up; what is not proposed yet is unknown."""
    if case.proposed is None:
        return Interval(0, None)
    return Interval.of(case.proposed.confiscated_gain) + Interval.of(case.proposed.confiscated_goods)


def summary(pack: Pack, case: FineCase, threats: tuple[Threat, ...]) -> Finding:
    """Return whether the penalty may be imposed on the spot: the fact is clear, the fine low, nothing else but a warning."""
    rule = _rule(pack, "adm.summary.cap", case.decided_on)
    if rule is None:
        return Finding(None, reason="no-rule-held")
    limits = {kind: int(rule.figure(kind).number) for kind in ("citizen", "entity")}
    asked = [limits["entity"] if case.entity else limits["citizen"]] if case.entity is not None else [*limits.values()]
    fine = _fine_of(case, threats)
    found = {_at_most(fine, limit) for limit in asked}
    low = found.pop() if len(found) == 1 else None
    clear = case.circumstances["facts_clear"]
    alone = _nothing_else(case)
    tests = (
        Test("clear", clear, None, None, rule.cite, rule.confidence),
        Test("fine", low, fine, asked[0] if len(asked) == 1 else None, rule.cite, rule.confidence),
        Test("nothing-else", alone, None, None, rule.cite, rule.confidence),
    )
    holds = at_least(len(tests), [one.holds for one in tests])
    missing = {"circumstances.facts_clear"} if clear is None else set()
    missing |= {"entity"} if case.entity is None and low is None else set()
    missing |= _unproposed(case) if None in (low, alone) else set()
    return Finding(holds, tests, frozenset(missing) if holds is None else frozenset())


def _at_most(value: Interval, limit: int) -> Truth:
    if value.high is not None and value.high <= limit:
        return True
    return False if value.low > limit else None


def _nothing_else(case: FineCase) -> Truth:
    if case.proposed is None:
        return None
    confiscated = _confiscated(case)
    measures = case.proposed.measures
    other = None if measures is None else not set(measures) - set(MORE_THAN_SUMMARY)
    return at_least(2, [_at_most(confiscated, 0), other])


def low_fine(pack: Pack, case: FineCase) -> Finding:
    """Return whether the fine proposed is a low one (较低数额罚款), which is shown for three months only."""
    rule = _rule(pack, "pub.low_fine", case.decided_on)
    proposed = case.proposed
    if rule is None:
        return Finding(None, reason="no-rule-held")
    if not rule.figures:
        return Finding(None, reason="by-province")
    if proposed is None or proposed.fine is None:
        return Finding(None, missing=frozenset({"proposed.fine"}))
    tests = [Test("lenient", proposed.lenient, None, None, rule.cite, rule.confidence)]
    for name, amount in (("business", proposed.fine), ("responsible", proposed.responsible_fine)):
        if amount is not None:
            figure = rule.figure(name)
            limit = int(figure.number)
            tests.append(
                Test(name, amount <= limit, Interval(amount, amount), limit, figure.cite or rule.cite, rule.confidence)
            )
    holds = at_least(len(tests), [one.holds for one in tests])
    missing = {"proposed.lenient"} if holds is None else set()
    return Finding(holds, tuple(tests), frozenset(missing))


def late_fee(pack: Pack, payment: Payment, on: date) -> LateFee | None:
    """Return what is added for paying late, by the text in force the day after the last day; None where none is held."""
    until = payment.paid_on or on
    days = max(0, (until - payment.due_on).days)
    rule = _rule(pack, "adm.late_fee", until)
    if rule is None:
        return None
    daily, most = (rule.figure(name).number for name in ("daily", "cap"))
    grown, cap = payment.fine * daily * days / 100, payment.fine * most
    return LateFee(days, int(min(grown, cap)), grown > cap, rule.cite, rule.confidence)


def no_penalty(pack: Pack, case: FineCase) -> tuple[str, Finding]:
    """Return "must-not", "may-not", "unknown" or "no" with the grounds tested (行政处罚法第三十三条)."""
    rule = _rule(pack, "adm.first_offence", case.decided_on)
    if rule is None:
        return "unknown", Finding(None, reason="no-rule-held")
    tests, missing = [], set()
    for item in rule.items:
        needs, _ = SPARING[item.id]
        holds = at_least(len(needs), [case.circumstances[name] for name in needs])
        tests.append(Test(item.id, holds, None, None, item.cite or rule.cite, rule.confidence))
        if holds is None:
            missing |= {f"circumstances.{name}" for name in needs if case.circumstances[name] is None}
    held = {SPARING[one.id][1] for one in tests if one.holds}
    state = "must-not" if "must-not" in held else "may-not" if held else "unknown" if missing else "no"
    found = Finding(True if held else (None if missing else False), tuple(tests), frozenset(missing))
    return state, found
