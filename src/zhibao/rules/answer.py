"""An assessment as programs and people read it: CONTRACT's answer of ``law assess``.

Knows the wording and the shape; what is true was decided in ``assess``.
"""

from dataclasses import dataclass, field

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.acts import ActFacts
from zhibao.rules.conditions import Compare, Exists, Interval, Which, Why
from zhibao.rules.doubts import doubts
from zhibao.rules.facts import CaseFacts
from zhibao.rules.outcomes import OffenceAnswer, Outcome, Sentence, Tested, Transfer
from zhibao.rules.pack import Pack
from zhibao.rules.read import Json
from zhibao.rules.wording import tell_limit

NO_LIMIT = "no-limit-in-force"
NO_RULE = "no-rule-in-force"
NOT_YET = "not-a-crime-at-the-time"
REASONS = {
    NO_LIMIT: Label(
        "法条已有规定，但行为当时没有在施行的数额标准", "the statute names it, but no limit was in force at the time"
    ),
    NO_RULE: Label("行为当时没有收录的定罪标准", "no rule in force at the time is held"),
    NOT_YET: Label("行为当时法律没有规定为犯罪", "the law did not make it a crime at the time"),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer of ``law assess``."""

    pack: Pack = field(repr=False)
    facts: CaseFacts
    offences: tuple[OffenceAnswer, ...]
    transfer: Transfer

    def as_json(self, lang: str) -> dict[str, Json]:
        """Return CONTRACT's answer. Ids never change with ``lang``; names and citations do."""
        return {
            "law_pack": self.pack.hash,
            "on": self.facts.on.isoformat(),
            "offences": [self._offence(answer, lang) for answer in self.offences],
            "transfer": self._transfer(lang),
            "mended": [{"where": one.where, "seen": one.seen, "read_as": one.read_as} for one in self.facts.mended],
            "doubts": [
                {"where": one.where, "code": one.code, "message": one.says.say(lang)}
                for one in doubts(self.pack, self.facts)
            ],
        }

    def _offence(self, answer: OffenceAnswer, lang: str) -> Json:
        outcome = answer.outcome
        return {
            "offence": answer.offence.id,
            "title": answer.offence.title.say(lang),
            "tier": outcome.tier,
            "rule_version": outcome.version,
            "reason": outcome.reason or None,
            "reason_text": REASONS[outcome.reason].say(lang) if outcome.reason else None,
            "silence": self._silence(outcome, lang),
            "conditions": [self._condition(tested, answer.facts, lang) for tested in outcome.tested],
            "missing": list[Json](sorted(outcome.missing)),
            "assumed": [{"fact": fact, "why": _SAME.say(lang)} for fact in _assumed(answer)],
            "compared": [
                {
                    "rule_version": one.version,
                    "tier": one.tier,
                    "on": one.day.isoformat(),
                    "missing": list[Json](sorted(one.missing)),
                }
                for one in answer.compared
            ],
            "chosen": answer.chosen,
            "statute_version": answer.statute.span.first.isoformat() if answer.statute else None,
            "statute": self._cite(answer.statute.cite, lang) if answer.statute else None,
            "sentence": self._sentence(answer.sentence, lang),
            "added_up": self._added_up(answer, lang),
        }

    def _added_up(self, answer: OffenceAnswer, lang: str) -> Json:
        cite = answer.offence.adds_up_by(answer.outcome.version) if len(answer.facts.acts) > 1 else None
        return None if cite is None else self._cite(cite, lang)

    def _silence(self, outcome: Outcome, lang: str) -> Json:
        if outcome.silence is None:
            return None
        return {
            **self._cite(outcome.silence.cite, lang),
            "why": outcome.silence.why.say(lang),
            "confidence": outcome.silence.confidence.value,
        }

    def _condition(self, tested: Tested, facts: ActFacts, lang: str) -> Json:
        limit = tested.limit
        return {
            "id": limit.id,
            "tier": tested.tier,
            "met": tested.why.truth,
            "says": tell_limit(self.pack, limit, lang),
            **_comparison(tested.why.decisive(), facts),
            **self._cite(limit.cite, lang),
            "confidence": limit.confidence.value,
            "attempt": limit.attempt,
            "also": [self._cite(cite, lang) for cite in limit.cites[1:]],
            "gist": self.pack.gist(limit.cite, lang),
            "official": self.pack.official(limit.cite),
            "parts": [{**_comparison(leaf, facts), "met": leaf.truth} for leaf in tested.why.leaves()],
        }

    def _sentence(self, sentence: Sentence | None, lang: str) -> Json:
        if sentence is None:
            return None
        return {
            "statute_version": sentence.statute.span.first.isoformat(),
            "text": sentence.band.text.say(lang),
            "shortest_months": sentence.band.shortest,
            "longest_months": sentence.band.longest,
            "chosen": sentence.chosen,
            "confidence": sentence.statute.confidence.value,
            **self._cite(sentence.statute.cite, lang),
        }

    def _transfer(self, lang: str) -> Json:
        ground = self.transfer.ground
        return {
            "must": self.transfer.must,
            "basis": self.transfer.basis,
            **(self._cite(ground.cite, lang) if ground else {"cite": None, "cite_id": None}),
            "title": ground.title.say(lang) if ground else None,
            "confidence": ground.confidence.value if ground else None,
        }

    def _cite(self, cite: Citation, lang: str) -> dict[str, Json]:
        return {"cite": self.pack.show_cite(cite, lang, "table"), "cite_id": cite.to_text()}


_SAME = Label(
    "几次行为按同一种商标或者专利计；如果不同，在其中一次行为写明合起来有几种",
    "the acts are counted as concerning the same mark or patent; if they differ, give the number over all acts in one of them",
)


def _assumed(answer: OffenceAnswer) -> list[str]:
    """Return the distinct measures that several acts give and whose sum, unlike the most of one act, would reach a limit."""
    found = {
        measure
        for tested in answer.outcome.tested
        for leaf in tested.why.leaves()
        if isinstance(leaf.tree, Compare) and leaf.truth is False
        for measure in leaf.tree.measures
        if measure in answer.facts.distinct and answer.facts.at_most(measure) >= (leaf.limit or 0)
    }
    return sorted(found)


def _comparison(leaf: Why, facts: ActFacts) -> dict[str, Json]:
    """Return fact, value and limit of one comparison; amounts as decimal yuan, what is not known as null."""
    if isinstance(leaf.tree, Exists):
        return {**_existence(leaf.tree.which, leaf, facts), "inclusive": True, "op": "=", "times": "1"}
    assert isinstance(leaf.tree, Compare)
    value = leaf.value or Interval(0, None)
    return {
        "fact": "+".join(leaf.tree.measures),
        "value": None if value == Interval(0, None) else _amount(value.low, leaf.tree.unit),
        "limit": _amount(leaf.limit or 0, leaf.tree.unit),
        "inclusive": leaf.tree.op in {">=", "<=", "="},
        "op": leaf.tree.op,
        "times": str(leaf.tree.factor),
    }


def _existence(which: Which, leaf: Why, facts: ActFacts) -> dict[str, Json]:
    """Return what kind of act was looked for; where several things were asked of it, the one that is hardest to see."""
    if which.repeat is not None:
        repeat = which.repeat
        days = {
            prior.on.isoformat()
            for prior in facts.priors or ()
            for act in facts.acts
            if facts.repeated_by(act, prior, repeat)
        }
        return {"fact": "priors", "value": max(days, default=None), "limit": f"{repeat.years} years"}
    if which.role:
        return {"fact": "role", "value": which.role if leaf.truth else None, "limit": which.role}
    return {"fact": which.fact or "act", "value": leaf.truth, "limit": True}


def _amount(value: int, unit: str) -> Json:
    return to_yuan(Fen(value)) if unit == "yuan" else value
