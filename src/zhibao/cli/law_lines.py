"""Lines for people of what ``zhibao law`` and ``zhibao case`` answer: assessments, clocks, entries of the law.

Knows the shape of those answers; the words are in law_words.py and rules/words.py and nothing is worked out here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from zhibao.cli.law_words import BASES, CHOSEN, STATES, TIERS
from zhibao.cli.session import Session
from zhibao.cli.telling import lines_of, table
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Confidence
from zhibao.rules.worded import worded
from zhibao.rules.words import VALUES, fact_words, say

SIGNS = {True: "✓", False: "✗", None: "?"}
MUST = {
    True: Label("应当移送公安", "must be transferred to the police"),
    False: Label("不必移送", "need not be transferred"),
    None: Label("是否移送尚不能判断", "whether to transfer cannot be told yet"),
}


def cited(told: Mapping[str, Any], voice: Session) -> str:
    """Return the article of what is told, with a mark where it was not read in the text itself."""
    seen = told.get("confidence")
    mark = "" if seen in {None, Confidence.TEXT.value} else f" [{Confidence(seen).label.say(voice.lang)}]"
    return f"{told['cite'] or ''}{mark}"


def _how(clock: Any) -> str:
    """Return the word for a clock's state: waiting time that ran out, and what a later step put an end to, have their own."""
    if clock["state"] == clock["if_missed"] == "met":
        return "run-out"
    dropped = any(line["what"] == "lapsed" for line in clock["ledger"])
    return "dropped" if clock["state"] == "lapsed" and dropped else str(clock["state"])


def clock_lines(clocks: Sequence[Mapping[str, Any]], voice: Session) -> Iterator[str]:
    """Yield the clocks as a table: name, state, last day, article."""
    heads = (voice.say("期限", "clock"), voice.say("状态", "state"), voice.say("到期", "due"), voice.say("依据", "by"))
    rows = [(c["title"], say(STATES, _how(c), voice.lang), due_words(c["due"]), cited(c, voice)) for c in clocks]
    yield from table(heads, rows)


def due_words(due: str | None) -> str | None:
    """Return a last day as it is, a last minute in legal time without seconds and offset."""
    if due is None or "T" not in due:
        return due
    return datetime.fromisoformat(due).astimezone(LEGAL_TZ).strftime("%Y-%m-%d %H:%M")


def verdict(offence: Mapping[str, Any], voice: Session) -> str:
    """Return one line on one crime: its name, the tier, the version of the rule and why that one."""
    tier, chosen = say(TIERS, offence["tier"], voice.lang), say(CHOSEN, offence["chosen"], voice.lang)
    if not offence["rule_version"]:
        return voice.say(f"{offence['title']}：{tier}", f"{offence['title']}: {tier}")
    return voice.say(
        f"{offence['title']}：{tier}（{offence['rule_version']} 起的规定，{chosen}）",
        f"{offence['title']}: {tier} (rule of {offence['rule_version']}; {chosen})",
    )


def assessment_lines(pack: Pack, found: Mapping[str, Any], voice: Session) -> Iterator[str]:
    """Yield an assessment: each crime with its limits, what is not known, and whether it must go to the police."""
    for offence in found["offences"]:
        yield verdict(offence, voice)
        if offence["reason_text"]:
            yield f"  {offence['reason_text']}"
        for condition in offence["conditions"]:
            yield _condition(pack, condition, voice)
        missing = [fact_words(pack, fact, voice.lang) for fact in offence["missing"]]
        if missing:
            yield voice.say(f"  还不知道：{'、'.join(missing)}", f"  not known: {', '.join(missing)}")
    for doubt in found["doubts"]:
        yield voice.say(
            f"存疑（{doubt['where']}）：{doubt['message']}", f"Doubtful ({doubt['where']}): {doubt['message']}"
        )
    transfer = found["transfer"]
    must, basis = MUST[transfer["must"]].say(voice.lang), say(BASES, transfer["basis"], voice.lang)
    yield f"{voice.say(f'{must}（{basis}）', f'{must} ({basis})')}  {transfer['cite'] or ''}".rstrip()


def _condition(pack: Pack, condition: Mapping[str, Any], voice: Session) -> str:
    """Return one limit: whether it is met, in words, what is known of it, its article."""
    sign, tier = SIGNS[condition["met"]], say(VALUES["tier"], condition["tier"], voice.lang)
    said, cite = condition["says"], cited(condition, voice)
    if condition["met"] is None and condition["value"] is None:
        return voice.say(f"  {sign} {tier}：{said}；未知  {cite}", f"  {sign} {tier}: {said}; not known  {cite}")
    value = "—" if condition["value"] is None else _value(condition["value"], voice)
    fact = "" if len(condition["parts"]) == 1 else f"{fact_words(pack, condition['fact'], voice.lang)} "
    return voice.say(
        f"  {sign} {tier}：{said}；查实{fact and ' '}{fact.strip()} {value}  {cite}",
        f"  {sign} {tier}: {said}; found {fact}{value}  {cite}",
    )


def _value(value: Any, voice: Session) -> str:
    if isinstance(value, bool):
        return say(VALUES["yes"], str(value), voice.lang)
    return say(VALUES["role"], str(value), voice.lang)


def entry_lines(pack: Pack, told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    """Yield an entry of the law pack as ``describe`` tells it, in words instead of ids."""
    return lines_of(worded(pack, told, voice.lang))
