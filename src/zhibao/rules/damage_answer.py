"""What damages may come to, as programs and people read it: the answer of `law damages`.

Knows the shape and the wording; what holds was found in ``damages`` and the rooms beside it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.damage_bases import Basis
from zhibao.rules.damage_facts import factor_labels
from zhibao.rules.damages import Damages, Outcome, Totals, damages
from zhibao.rules.pack import Pack
from zhibao.rules.punitive import PunitiveFound, Step, value_on
from zhibao.rules.read import Json
from zhibao.rules.remedies import BASES, MENTAL, RemedyVersion
from zhibao.rules.versions import Confidence

REASONS = {
    "no-punitive-in-statute": Label("行为适用的法律没有惩罚性赔偿", "the law of the acts knows no punitive damages"),
    "not-for-this-act": Label("这种行为不适用惩罚性赔偿", "not for this kind of act"),
    "not-claimed": Label("没有请求", "not claimed"),
    "sue-separately": Label(
        "二审才提出，调解不成，另行起诉", "first raised on appeal, mediation failed: sue separately"
    ),
    "not-supported": Label("二审才提出，调解不成，不予支持", "first raised on appeal, mediation failed: not supported"),
    "not-accepted": Label("前案经释明未请求，另诉不予受理", "not claimed in the first suit though told: not accepted"),
    "no-intent": Label("没有认定故意", "no intent found"),
    "no-malice": Label("没有认定恶意", "no malice found"),
    "not-serious": Label("没有认定情节严重", "not found serious"),
    "no-base": Label(
        "没有可以作为基数的数额，法定赔偿不能作为基数", "nothing to serve as base, and statutory damages cannot"
    ),
    "no-rule-held": Label("没有收录那时的司法解释", "the interpretation of that time is not held"),
}
WHY = {
    "final": Label("按裁判生效之日的司法解释", "the interpretation of the day of finality"),
    "pending": Label(
        "案件未终审，按判断之日的司法解释", "the case is pending: the interpretation of the day of judging"
    ),
    "either-way": Label("起诉之日与判断之日是同一部司法解释", "the same interpretation at filing and now"),
    "no-punitive": Label("这部法律没有惩罚性赔偿", "this law knows no punitive damages"),
    "unknown": Label(
        "不知道裁判何时生效，两部司法解释都算",
        "when the case became final is not known: both interpretations are shown",
    ),
}
STEPS = {
    "statute": Label("法律有规定", "the law provides for it"),
    "claim": Label("及时请求", "claimed in time"),
    "intent": Label("故意", "intent"),
    "serious": Label("情节严重", "serious circumstances"),
    "base": Label("有计算基数", "there is a base"),
}


def damages_json(pack: Pack, facts: Mapping[str, Any], *, today: date, lang: str) -> dict[str, Json]:
    """Return the answer of `law damages`. Raises a FactFault with a JSON path."""
    return _Teller(pack, lang).told(damages(pack, facts, today=today))


class _Teller:
    """Tells one answer in one language; ids never change with it."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self.pack, self.lang = pack, lang
        self.factors = factor_labels(pack, ("pun.intent.factors", "pun.serious.factors", "pun.seed.serious"))

    def told(self, found: Damages) -> dict[str, Json]:
        case = found.case
        outcome = found.outcomes[-1]
        return {
            "law_pack": self.pack.hash,
            "on": case.on.isoformat(),
            "remedy": case.remedy.id,
            "title": case.remedy.title.say(self.lang),
            "kind": case.kind,
            **self.version(found.version),
            "why": Label(
                f"行为止于 {case.last.isoformat()}，适用那一天的规定",
                f"the acts ended on {case.last.isoformat()}: the text of that day applies",
            ).say(self.lang),
            "earlier_versions": [self.version(one) for one in found.earlier],
            "bases": [self.basis(one, found.version) for one in found.base.bases],
            "base": self.base(found),
            "statutory": self.statutory(found),
            "doubled": self.doubled(found),
            "punitive": self.punitive(outcome, found),
            "interpretation_why": WHY[found.why].say(self.lang),
            "chosen": found.why,
            "compared": [self.compared(one, found) for one in found.outcomes],
            "costs": self.costs(found),
            "totals": self.totals(found.totals, found),
            "limitation": self.limitation(found),
            "nonuse": self.nonuse(found),
            "fines_executed": self.executed(found),
            "missing": list[Json](sorted(self.missing(found))),
            "notes": [note.say(self.lang) for note in self.notes(found)],
            "mended": [{"where": one.where, "seen": one.seen, "read_as": one.read_as} for one in case.mended],
        }

    def version(self, version: RemedyVersion) -> dict[str, Json]:
        return {"rule_version": version.id, **self.cited(version.cite, version.confidence)}

    def basis(self, basis: Basis, version: RemedyVersion) -> Json:
        return {
            "basis": basis.id,
            "title": BASES[basis.id].say(self.lang),
            "order": basis.group + 1,
            "choice": len(version.order[basis.group]) > 1,
            "available": basis.open,
            "state": basis.state,
            "amount": _yuan(basis.fen),
            "missing": list[Json](sorted(basis.missing)),
            **self.cited(version.cite, version.confidence),
        }

    def base(self, found: Damages) -> Json:
        base = found.base
        return {
            "state": base.state,
            "used": list[Json](base.used),
            "min": _yuan(base.low),
            "max": _yuan(base.high),
            "possible": [{"basis": one.id, "amount": _yuan(one.fen)} for one in base.possible],
            "missing": list[Json](sorted(base.missing)),
            **self.cited(found.version.cite, found.version.confidence),
        }

    def statutory(self, found: Damages) -> Json:
        held = found.statutory
        rule = held.rule
        return {
            "state": held.state,
            "min": _yuan(rule.least) if rule else None,
            "max": _yuan(rule.most) if rule else None,
            "floor": bool(rule and rule.least),
            "costs": None if rule is None else "within" if rule.costs_within else "on-top",
            **(self.cited(rule.cite, rule.confidence) if rule else _UNCITED),
            "missing": list[Json](sorted(held.missing)),
        }

    def doubled(self, found: Damages) -> Json:
        if found.doubled is None:
            return None
        rule, holds = found.doubled
        return {
            "times": str(rule.times),
            "mental": rule.mental,
            "mental_text": MENTAL[rule.mental].say(self.lang),
            "holds": holds,
            **self.cited(rule.cite, rule.confidence),
        }

    def punitive(self, outcome: Outcome, found: Damages) -> dict[str, Json]:
        held, rule = outcome.punitive, found.version.punitive
        return {
            "state": held.state,
            "reason": held.reason or None,
            "reason_text": REASONS[held.reason].say(self.lang) if held.reason else None,
            "mental": rule.mental if rule else None,
            "mental_text": MENTAL[rule.mental].say(self.lang) if rule else None,
            "tests": [self.step(step) for step in held.steps],
            "multiples": self.multiples(held, found),
            "total_cap": {"times": str(held.cap), **self.cite(held.cap_cite)} if held.cap_cite else None,
            "interpretation": self.interpretation(held),
            "ignored_factors": list[Json](held.ignored),
            "missing": list[Json](sorted(held.missing)),
        }

    def multiples(self, held: PunitiveFound, found: Damages) -> Json:
        rule = found.version.punitive
        if rule is None:
            return None
        return {
            "from": str(held.low),
            "to": str(held.high),
            "claimed": str(found.case.claim.multiple) if found.case.claim.multiple else None,
            **self.cited(rule.cite, rule.confidence),
            "also": [self.cite(cite) for cite in held.range_cites[1:]],
        }

    def interpretation(self, held: PunitiveFound) -> Json:
        value = held.interpretation
        if value is None:
            return {"rule_version": None, **_UNCITED}
        return {"rule_version": value.span.first.isoformat(), **self.cited(value.cite, value.confidence)}

    def step(self, step: Step) -> Json:
        return {
            "id": step.id,
            "title": STEPS[step.id].say(self.lang),
            "holds": step.holds,
            "factors": [{"id": name, "title": self.factors[name].say(self.lang)} for name in step.factors],
            **self.cited(step.cites[0], step.confidence),
            "also": [self.cite(cite) for cite in step.cites[1:]],
            "says": step.note.say(self.lang) if step.note else None,
            "missing": list[Json](sorted(step.missing)),
        }

    def compared(self, outcome: Outcome, found: Damages) -> Json:
        held = outcome.punitive
        return {
            "on": held.day.isoformat(),
            "interpretation": self.interpretation(held),
            "state": held.state,
            "reason": held.reason or None,
            "total_cap": None if held.cap is None else str(held.cap),
            "totals": self.totals(outcome.totals, found),
        }

    def costs(self, found: Damages) -> Json:
        rule = found.statutory.rule
        within = found.statutory.state == "applies" and rule is not None and rule.costs_within
        cite = found.version.costs
        return {
            "amount": _yuan(found.costs),
            "added": cite is not None and not within,
            **(self.cited(cite, found.version.confidence) if cite else _UNCITED),
        }

    def totals(self, totals: Totals, found: Damages) -> Json:
        """Return the totals without and with costs; costs weighed inside statutory damages, or unknown, are not added."""
        rule = found.statutory.rule
        within = found.statutory.state == "applies" and rule is not None and rule.costs_within
        added = 0 if found.version.costs is None or within else found.costs
        return {
            "minimum": _yuan(totals.least),
            "maximum": _yuan(totals.most),
            "cap": _yuan(totals.cap),
            "minimum_with_costs": _sum(totals.least, added),
            "maximum_with_costs": _sum(totals.most, added),
        }

    def limitation(self, found: Damages) -> Json:
        held = found.limitation
        return {
            "state": held.state,
            "last_day_to_sue": held.ends.isoformat() if held.ends else None,
            "counted_from": held.counted_from.isoformat() if held.counted_from else None,
            **(self.cited(held.cites[0], held.confidence) if held.cites and held.confidence else _UNCITED),
            "missing": list[Json](sorted(held.missing)),
        }

    def nonuse(self, found: Damages) -> Json:
        held = found.nonuse
        if held is None:
            return None
        return {
            "holds": held.holds,
            "from": held.first.isoformat() if held.first else None,
            "to": held.last.isoformat() if held.last else None,
            **self.cited(held.cite, held.confidence),
            "missing": list[Json](sorted(held.missing)),
        }

    def executed(self, found: Damages) -> Json:
        value = value_on(self.pack, "pun.fine_offset", found.outcomes[-1].punitive.day)
        if not found.case.executed or value is None:
            return None
        return {
            "fines": [{"kind": kind, "amount": _yuan(amount)} for kind, amount in found.case.executed],
            "says": value.says.say(self.lang) if value.says else None,
            **self.cited(value.cite, value.confidence),
        }

    def missing(self, found: Damages) -> set[str]:
        names = set(found.base.missing) | set(found.statutory.missing)
        for outcome in found.outcomes:
            names |= outcome.punitive.missing
        if found.why == "unknown":
            names |= {"final_on", "instance"}
        if found.doubled is not None and found.doubled[1] is None:
            names |= {"intent.malice"}
        if found.nonuse is not None:
            names |= found.nonuse.missing
        if found.costs is None and found.version.costs is not None:
            names |= {"costs"}
        return names | set(found.limitation.missing)

    def notes(self, found: Damages) -> list[Label]:
        notes = [found.version.note] if found.version.note else []
        if found.limitation.state == "back":
            notes.append(_BACK)
        if found.limitation.state == "late":
            notes.append(_LATE)
        if found.outcomes[-1].punitive.state != "not" and found.base.low is not None:
            notes.append(_TOTAL)
        if found.statutory.state == "none" and found.base.state == "none":
            notes.append(_NOTHING)
        return notes

    def cite(self, cite: Citation) -> dict[str, Json]:
        return {"cite": self.pack.show_cite(cite, self.lang, "table"), "cite_id": cite.to_text()}

    def cited(self, cite: Citation, confidence: Confidence) -> dict[str, Json]:
        return {**self.cite(cite), "confidence": confidence.value}


_UNCITED: dict[str, Json] = {"cite": None, "cite_id": None, "confidence": None}
_BACK = Label(
    "只赔起诉之日向前推算的部分：损失和获利只写起算日以后的",
    "only the years back from the suit count: give the loss and gain of those years",
)
_LATE = Label("超过诉讼时效，被告提出抗辩的不予支持", "out of time: not supported where the defendant pleads it")
_TOTAL = Label(
    "惩罚性赔偿在基数之外另加倍数，总额不超过上限，是一种理解；最低数按适用时的最低倍数",
    "punitive damages are added to the base, within the cap on the total, as a reading; the least is at the lowest multiple",
)
_NOTHING = Label("法律没有法定赔偿，由法院酌定", "the law knows no statutory damages here: the court weighs it")


def _yuan(amount: int | None) -> str | None:
    return None if amount is None else to_yuan(Fen(amount))


def _sum(amount: int | None, added: int | None) -> str | None:
    return None if amount is None or added is None else to_yuan(Fen(amount + added))
