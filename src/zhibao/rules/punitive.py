"""Punitive damages: whether they may be had, by which interpretation, with which multiples and cap.

Knows the tests and their order; circumstances, articles and figures are values of the pack (pun.*), chosen by the day the
case became final, or the day of judging while it is pending (法释〔2026〕7号第十四条).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.conditions import Truth, at_least
from zhibao.rules.damage_bases import Base
from zhibao.rules.damage_facts import DamageCase, State
from zhibao.rules.money_errors import FactMultipleOutOfRange
from zhibao.rules.pack import Pack
from zhibao.rules.remedies import Punitive, RemedyVersion
from zhibao.rules.values import ValueVersion
from zhibao.rules.versions import Confidence

CAP, SEED, SERIOUS, INTENT = "pun.total_cap", "pun.seed", "pun.serious.factors", "pun.intent.factors"
VARIETY = "dmg.seed"


@dataclass(frozen=True, slots=True)
class Step:
    """One test of punitive damages. ``reason`` says why it fails; ``factors`` are the circumstances that hold."""

    id: str
    holds: Truth
    reason: str
    cites: tuple[Citation, ...]
    confidence: Confidence
    factors: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class PunitiveFound:
    """The answer under one interpretation (None: none was in force). ``low`` and ``high`` are multiples of the base.

    ``cap``: the most the total may come to, in bases (None: not stated).
    """

    day: date
    interpretation: ValueVersion | None
    state: str
    reason: str
    steps: tuple[Step, ...]
    low: Fraction | None
    high: Fraction | None
    range_cites: tuple[Citation, ...]
    cap: Fraction | None
    cap_cite: Citation | None
    ignored: tuple[str, ...]

    @property
    def missing(self) -> frozenset[str]:
        """What is not known and could change the answer."""
        if self.state != "unknown":
            return frozenset()
        return frozenset[str]().union(*(step.missing for step in self.steps if step.holds is None))

    def total(self, base: int, multiple: Fraction) -> int:
        """Return base and punitive damages together, in fen, within the cap; parts of a fen are dropped."""
        whole = base * (1 + multiple)
        return int(whole if self.cap is None else min(whole, base * self.cap))


def value_on(pack: Pack, name: str, day: date) -> ValueVersion | None:
    """Return the value in force on that day; None where none is held, or the pack has no such value."""
    return pack.values[name].on(day) if name in pack.values else None


def interpretation_days(pack: Pack, case: DamageCase) -> tuple[tuple[date, ...], str]:
    """Return the days whose interpretation may apply and why: one day, or two where finality is not known."""
    if case.final_on is not None:
        return (case.final_on,), "final"
    if case.instance in {"first", "second"}:
        return (case.on,), "pending"
    earliest = case.filed_on or case.first
    same = value_on(pack, CAP, earliest) is value_on(pack, CAP, case.on)
    return ((case.on,), "either-way") if same else ((earliest, case.on), "unknown")


def find_punitive(pack: Pack, version: RemedyVersion, case: DamageCase, base: Base, day: date) -> PunitiveFound:
    """Put the case to one interpretation. Raises FactMultipleOutOfRange for a multiple the law does not allow."""
    rule = version.punitive
    asked = _Asked(pack, case, day)
    steps: list[Step] = [_statute(version, rule, case, asked)]
    if rule is not None:
        steps += [asked.claim(rule), asked.intent(rule), asked.serious(rule), asked.base(rule, base)]
    holds = at_least(len(steps), [step.holds for step in steps])
    failed = next((step for step in steps if step.holds is False), None)
    low, high, cites = asked.range(rule) if rule is not None else (None, None, ())
    cap = value_on(pack, CAP, day)
    return PunitiveFound(
        day=day,
        interpretation=cap,
        state={True: "allowed", False: "not", None: "unknown"}[holds],
        reason=failed.reason if failed else "",
        steps=tuple(steps),
        low=low,
        high=high,
        range_cites=cites,
        cap=cap.figure("total").number if cap and cap.figures else None,
        cap_cite=cap.cite if cap and cap.figures else None,
        ignored=asked.ignored(),
    )


def _statute(version: RemedyVersion, rule: Punitive | None, case: DamageCase, asked: "_Asked") -> Step:
    """Return whether the law of the act knows punitive damages for it at all."""
    if rule is None:
        return Step("statute", False, "no-punitive-in-statute", (version.cite,), version.confidence)
    cites: tuple[Citation, ...] = (rule.cite,)
    covered: Truth = None if case.kind is None and len(rule.kinds) < len(case.remedy.kinds) else True
    if case.kind is not None and case.kind not in rule.kinds:
        scope = asked.value("pun.scope")
        named = next((item for item in scope.items if item.id == "secrets-only"), None) if scope else None
        cites = (rule.cite, named.cite) if named and named.cite else cites
        covered = False
    missing = frozenset({"kind"}) if covered is None else frozenset[str]()
    return Step("statute", covered, "not-for-this-act", cites, rule.confidence, missing=missing)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The tests of one case under the interpretation of one day."""

    pack: Pack
    case: DamageCase
    day: date

    def value(self, name: str) -> ValueVersion | None:
        return value_on(self.pack, name, self.day)

    def claim(self, rule: Punitive) -> Step:
        claim = self.case.claim
        if claim.at == "appeal":
            return self.appeal(rule)
        if claim.at == "separate-suit":
            return self.separate(rule)
        pleading = self.value("pun.pleading")
        named = next((item for item in pleading.items if item.id == claim.at), None) if pleading else None
        cite = named.cite if named and named.cite else pleading.cite if pleading else rule.cite
        holds: Truth = None if claim.at is None else claim.at != "none"
        missing = frozenset({"punitive.claimed_at"}) if claim.at is None else frozenset[str]()
        return Step("claim", holds, "not-claimed", (cite,), _confidence(pleading, rule), missing=missing)

    def appeal(self, rule: Punitive) -> Step:
        """A claim first raised on appeal stands only where mediation succeeds; what follows its failing is dated law."""
        value = self.value("pun.second_instance")
        holds: Truth = None if self.case.claim.mediation is None else self.case.claim.mediation == "agreed"
        if value is None:
            return Step("claim", None, "no-rule-held", (rule.cite,), rule.confidence)
        missing = frozenset({"punitive.mediation"}) if holds is None else frozenset[str]()
        (item,) = value.items
        return Step("claim", holds, item.id, (value.cite,), value.confidence, missing=missing, note=item.says)

    def separate(self, rule: Punitive) -> Step:
        """A separate later suit fails where the court had told of the claim in the first and none was made."""
        value = self.value("pun.separate_suit")
        if value is None:
            earlier = self.value("pun.second_instance")
            return Step("claim", True, "", (earlier.cite if earlier else rule.cite,), _confidence(earlier, rule))
        told = self.case.claim.told
        missing = frozenset({"punitive.told"}) if told is None else frozenset[str]()
        holds = None if told is None else not told
        (item,) = value.items
        return Step("claim", holds, item.id, (value.cite,), value.confidence, missing=missing, note=item.says)

    def intent(self, rule: Punitive) -> Step:
        value, state = self.value(INTENT), self.case.intent
        if value is None and rule.mental == "malice":
            return self.malice(rule)
        factors, cites = self.factors(state, (value,), rule)
        found: Truth = True if state.malice else state.found
        if found is None and factors and not state.rebutted:
            found = True
        return _found("intent", found, factors, cites, value, rule)

    def malice(self, rule: Punitive) -> Step:
        """Before any interpretation said that intent includes malice, the law's own word had to be met."""
        state = self.case.intent
        holds: Truth = True if state.malice else False if state.found is False or state.malice is False else None
        missing = frozenset({"intent.malice"}) if holds is None else frozenset[str]()
        return Step("intent", holds, "no-malice", (rule.cite,), rule.confidence, missing=missing)

    def serious(self, rule: Punitive) -> Step:
        values = [self.value(SERIOUS)]
        if self.case.remedy.id == VARIETY:
            values.append(self.value("pun.seed.serious"))
        factors, cites = self.factors(self.case.serious, tuple(values), rule)
        found = True if self.case.serious.found is None and factors else self.case.serious.found
        return _found("serious", found, factors, cites, values[0], rule)

    def factors(
        self, state: State, values: tuple[ValueVersion | None, ...], rule: Punitive
    ) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
        """Return the circumstances that hold and that these texts name, with their articles."""
        held = {
            item.id: item.cite or value.cite
            for value in values
            if value is not None
            for item in value.items
            if state.factors.get(item.id)
        }
        base = next((value.cite for value in values if value is not None), rule.cite)
        return tuple(held), tuple(dict.fromkeys(held.values())) or (base,)

    def ignored(self) -> tuple[str, ...]:
        """Return circumstances given that the interpretation of the day does not name."""
        names: set[str] = set()
        for key in (INTENT, SERIOUS, "pun.seed.serious"):
            value = self.value(key)
            names |= {item.id for item in value.items} if value else set()
        given = {**self.case.intent.factors, **self.case.serious.factors}
        return tuple(sorted(name for name, holds in given.items() if holds and name not in names))

    def base(self, rule: Punitive, base: Base) -> Step:
        value = self.value("pun.base")
        holds: Truth = {"none": False, "unknown": None}.get(base.state, True)
        wanted = "statutory-never" if holds is False else "licence" if base.used == ("licence",) else "bases"
        named = next((item.cite for item in value.items if item.id == wanted), None) if value else None
        cite = named or (value.cite if value else rule.cite)
        missing = base.missing if holds is None else frozenset[str]()
        return Step("base", holds, "no-base", (cite,), _confidence(value, rule), missing=missing)

    def range(self, rule: Punitive) -> tuple[Fraction, Fraction, tuple[Citation, ...]]:
        """Return the multiples allowed: the law's, the least of variety cases, or the one claimed."""
        low, high, cites = rule.low, rule.high, [rule.cite]
        seed = self.value(SEED) if self.case.remedy.id == VARIETY else None
        if seed is not None and any(self.case.serious.factors.get(item.id) for item in seed.items):
            low = max(low, seed.figure("least").number)
            cites.append(seed.cite)
        claimed = self.case.claim.multiple
        if claimed is None:
            return low, high, tuple(cites)
        if not rule.low <= claimed <= rule.high:
            raise FactMultipleOutOfRange(
                where="punitive.multiple",
                seen=str(claimed),
                low=str(rule.low),
                high=str(rule.high),
                cite=rule.cite.to_text(),
            )
        multiple = self.value("pun.multiple")
        return claimed, claimed, (*cites, multiple.cite) if multiple else tuple(cites)


_FAILS = {"intent": "no-intent", "serious": "not-serious"}


def _found(
    name: str,
    found: Truth,
    factors: tuple[str, ...],
    cites: tuple[Citation, ...],
    *texts: ValueVersion | Punitive | None,
) -> Step:
    """Return the test of intent or seriousness; its confidence and words are those of the first text there is."""
    text = next(one for one in texts if one is not None)
    says = text.says if isinstance(text, ValueVersion) else None
    missing = frozenset({name}) if found is None else frozenset[str]()
    return Step(name, found, _FAILS[name], cites, text.confidence, factors, missing, says)


def _confidence(value: ValueVersion | None, rule: Punitive) -> Confidence:
    return value.confidence if value is not None else rule.confidence
