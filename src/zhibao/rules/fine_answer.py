"""What a case may be fined, as programs and people read it: the answer of `law fines`.

Knows the shape and the wording; what holds was found in ``fines`` and ``fine_procedure``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.fine_gain import FoundGain
from zhibao.rules.fine_procedure import Finding, Test, hearing, late_fee, low_fine, no_penalty, summary
from zhibao.rules.fine_threats import BandFound, BesideFound, Threat
from zhibao.rules.fines import Fines, PenaltyAnswer, fines
from zhibao.rules.money_wording import tell_fine
from zhibao.rules.pack import Pack
from zhibao.rules.penalties import DEEDS, PARTIES
from zhibao.rules.read import Json
from zhibao.rules.wording import tell

REASONS = {
    "not-punishable-then": Label("行为当时没有规定处罚", "no penalty was provided for at the time of the act"),
    "not-covered": Label("这一版规定不管这种行为", "this text does not cover such an act"),
    "spared": Label("只责令停止，不罚", "only an order to stop, no fine"),
    "no-rule-held": Label("没有收录那时的规定", "the rule of that time is not held"),
    "by-province": Label("当时由各省规定数额，没有收录", "each province fixed the amount then; it is not held"),
    "method-not-held": Label(
        "作出决定时适用的认定办法没有收录全文", "the method in force at the decision is not held in full"
    ),
    "another-organ": Label(
        "市场监管部门的规定不管这种案件", "the rules of the market regulators do not cover such cases"
    ),
}
WHY = {
    "act": Label("适用行为时的规定", "the text of the act's day applies"),
    "lighter": Label("作出决定时的规定较轻，适用新规定", "the text in force at the decision is lighter and applies"),
    "undetermined": Label(
        "两版哪一版较轻还分不出，先列行为时的规定", "which text is lighter cannot be told; the act's own is shown"
    ),
}


def fines_json(pack: Pack, facts: Mapping[str, Any], *, today: date, lang: str) -> dict[str, Json]:
    """Return the answer of `law fines`. Raises a FactFault with a JSON path."""
    return _Teller(pack, lang).told(fines(pack, facts, today=today))


class _Teller:
    """Tells one answer in one language; ids never change with it."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self.pack, self.lang = pack, lang

    def told(self, found: Fines) -> dict[str, Json]:
        case = found.case
        threats = tuple(one.threat for one in found.answers if one.penalty.id not in found.displaced)
        market = any(one.penalty.gain_method for one in found.answers)
        state, grounds = no_penalty(self.pack, case)
        missing = {name for one in found.answers for name in self.missing(one)}
        return {
            "law_pack": self.pack.hash,
            "on": case.on.isoformat(),
            "decided_on": case.decided_on.isoformat(),
            "penalties": [self.penalty(one, found.displaced) for one in found.answers],
            "conflicts": [self.conflict(low, high) for low, high in sorted(found.displaced.items())],
            "no_penalty": {"state": state, **self.finding(grounds)},
            "hearing": self.finding(hearing(self.pack, case, threats) if market else _OTHERS, "right"),
            "summary": self.finding(summary(self.pack, case, threats), "allowed"),
            "low_fine": self.finding(low_fine(self.pack, case) if market else _OTHERS, "low"),
            "late_fee": self.late(found),
            "missing": list[Json](sorted(missing)),
            "mended": [{"where": one.where, "seen": one.seen, "read_as": one.read_as} for one in case.mended],
        }

    def missing(self, answer: PenaltyAnswer) -> set[str]:
        compared = {name for threat in answer.compared for name in threat.missing}
        if answer.chosen != "undetermined":
            compared = set(answer.threat.missing)
        parts = {name for gain in answer.gains for name in gain.missing}
        return (compared - {"illegal_gain"}) | parts if parts and "illegal_gain" in compared else compared

    def penalty(self, answer: PenaltyAnswer, displaced: Mapping[str, str]) -> Json:
        return {
            "penalty": answer.penalty.id,
            "title": answer.penalty.title.say(self.lang),
            "acts": [act.where for act in answer.facts.acts],
            **self.threat(answer.threat),
            "chosen": answer.chosen,
            "why": WHY[answer.chosen].say(self.lang),
            "lighter_preferred": answer.penalty.lighter,
            "gain_by_method": answer.penalty.gain_method,
            "lighter_rule": self.cite(answer.lighter_cite) if answer.lighter_cite else None,
            "compared": [self.threat(threat) for threat in answer.compared],
            "gain": [self.gain(one) for one in answer.gains],
            "missing": list[Json](sorted(self.missing(answer))),
            "displaced_by": displaced.get(answer.penalty.id),
            "note": answer.penalty.note.say(self.lang) if answer.penalty.note else None,
        }

    def threat(self, threat: Threat) -> dict[str, Json]:
        version = threat.version
        return {
            "rule_version": version.id if version else None,
            "on": threat.day.isoformat(),
            "state": threat.state,
            "reason": threat.reason or None,
            "reason_text": REASONS[threat.reason].say(self.lang) if threat.reason else None,
            **{who: self.ends(threat, who) for who in PARTIES},
            "bands": [self.band(one) for one in threat.bands],
            "measures": [
                {
                    "id": one.deed.id,
                    "title": DEEDS[one.deed.id][0].say(self.lang),
                    "who": one.deed.who,
                    "applies": one.applies,
                    **self.cite(one.deed.cite),
                }
                for one in threat.deeds
            ],
            "heavier": [self.beside(one) for one in threat.heavier],
            "spared": [self.beside(one) for one in threat.spared],
            **(self.cite(version.cite) if version else {"cite": None, "cite_id": None}),
            "confidence": version.confidence.value if version else None,
            "version_note": version.note.say(self.lang) if version and version.note else None,
        }

    def ends(self, threat: Threat, who: str) -> Json:
        """Return both ends of the fine; null where nobody of that kind is fined, and a null end where it is unbounded."""
        if not threat.possible(who):
            return None
        low, high = threat.least(who), threat.most(who)
        return {
            "min": to_yuan(Fen(low)) if low is not None else None,
            "max": to_yuan(Fen(high)) if high is not None else None,
            "may_be_none": threat.optional(who),
        }

    def band(self, found: BandFound) -> Json:
        band = found.band
        return {
            "id": band.id,
            "who": band.who,
            "applies": found.applies,
            "when": tell(self.pack, band.tree, self.lang) if band.tree else None,
            "says": tell_fine(self.pack, band.fine, self.lang),
            **_interval(found),
            "may_be_none": band.may,
            **self.cite(band.cite),
            "confidence": band.confidence.value,
            "official": self.pack.official(band.cite),
        }

    def beside(self, found: BesideFound) -> Json:
        one = found.beside
        return {
            "id": one.id,
            "title": one.title.say(self.lang),
            "holds": found.holds,
            **self.cite(one.cite),
            "note": one.note.say(self.lang) if one.note else None,
        }

    def gain(self, found: FoundGain) -> Json:
        return {
            "act": found.act,
            "gain": _yuan(found.gain),
            "confiscated": _yuan(found.confiscated),
            "by": [self.cite(cite) for cite in found.cites],
            "reason": found.reason or None,
            "reason_text": REASONS[found.reason].say(self.lang) if found.reason else None,
            "missing": list[Json](sorted(found.missing)),
        }

    def finding(self, found: Finding, name: str = "holds") -> dict[str, Json]:
        return {
            name: found.holds,
            "tests": [self.test(one) for one in found.tests],
            "missing": list[Json](sorted(found.missing)),
            "reason": found.reason or None,
            "reason_text": REASONS[found.reason].say(self.lang) if found.reason else None,
        }

    def test(self, test: Test) -> Json:
        value = test.value
        return {
            "id": test.id,
            "holds": test.holds,
            "value": None if value is None else {"min": _yuan(value.low), "max": _yuan(value.high)},
            "limit": _yuan(test.limit),
            **self.cite(test.cite),
            "confidence": test.confidence.value,
        }

    def late(self, found: Fines) -> Json:
        if found.case.payment is None:
            return None
        owed = late_fee(self.pack, found.case.payment, found.case.on)
        if owed is None:
            return {"reason": "no-rule-held", "reason_text": REASONS["no-rule-held"].say(self.lang)}
        return {
            "days": owed.days,
            "amount": _yuan(owed.amount),
            "capped": owed.capped,
            **self.cite(owed.cite),
            "confidence": owed.confidence.value,
        }

    def conflict(self, low: str, high: str) -> Json:
        names = {one: self.pack.penalties[one].title for one in (low, high)}
        says = Label(
            f"{names[low].zh}与{names[high].zh}都管这种行为，位阶高的在先",
            f"both cover such an act, and the text of higher rank goes first: {names[high].en}; {names[low].en}",
        )
        return {"penalties": [low, high], "first": high, "says": says.say(self.lang)}

    def cite(self, cite: Citation) -> dict[str, Json]:
        return {"cite": self.pack.show_cite(cite, self.lang, "table"), "cite_id": cite.to_text()}


# Hearings and display of other organs' penalties follow their own rules, which are not held.
_OTHERS = Finding(None, reason="another-organ")


def _interval(found: BandFound) -> dict[str, Json]:
    """Return the ends of a band; where an end has no bound yet, what it is at least."""
    high = found.high
    told: dict[str, Json] = {"min": _yuan(found.low), "max": _yuan(high.high)}
    if high.high is None:
        told["max_at_least"] = _yuan(high.low)
    return told


def _yuan(amount: int | None) -> str | None:
    return None if amount is None else to_yuan(Fen(amount))
