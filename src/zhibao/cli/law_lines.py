"""Lines for people of what ``zhibao law`` and ``zhibao case`` answer: assessments, clocks, entries of the law.

Knows the shape of those answers; the words are in law_words.py and nothing is worked out here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from zhibao.cli.law_words import BASES, CHOSEN, STATES, TIERS, VALUES, fact_words, key_word, say, value_words
from zhibao.cli.session import Session
from zhibao.cli.telling import lines_of, table
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack

SIGNS = {True: "✓", False: "✗", None: "?"}
MUST = {
    True: Label("应当移送公安", "must be transferred to the police"),
    False: Label("不必移送", "need not be transferred"),
    None: Label("是否移送尚不能判断", "whether to transfer cannot be told yet"),
}
# What only programs need: ids beside words, the place in the file, the tree behind a sentence.
_FOR_PROGRAMS = frozenset({"is", "law_pack", "tree", "together", "where", "family"})


def clock_lines(clocks: Sequence[Mapping[str, Any]], voice: Session) -> Iterator[str]:
    """Yield the clocks as a table: name, state, last day, article."""
    heads = (voice.say("期限", "clock"), voice.say("状态", "state"), voice.say("到期", "due"), voice.say("依据", "by"))
    rows = [(c["title"], say(STATES, c["state"], voice.lang), due_words(c["due"]), c["cite"]) for c in clocks]
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
    transfer = found["transfer"]
    must, basis = MUST[transfer["must"]].say(voice.lang), say(BASES, transfer["basis"], voice.lang)
    yield f"{voice.say(f'{must}（{basis}）', f'{must} ({basis})')}  {transfer['cite'] or ''}".rstrip()


def _condition(pack: Pack, condition: Mapping[str, Any], voice: Session) -> str:
    """Return one limit: whether it is met, in words, what is known of it, its article."""
    sign, tier = SIGNS[condition["met"]], say(VALUES["tier"], condition["tier"], voice.lang)
    said, cite = condition["says"], condition["cite"]
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
    return lines_of(_Words(pack, voice.lang).table(told))


class _Words:
    """Puts words for ids through the JSON of one entry."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack, self._lang = pack, lang

    def table(self, told: Mapping[str, Any]) -> dict[str, Any]:
        named = {"title", "says"} & told.keys() and "section" not in told and told.get("is") != "Choice"
        kept = {
            key: value
            for key, value in told.items()
            if key not in _FOR_PROGRAMS and not key.endswith("_id") and not (key == "id" and named)
        }
        return {key_word(key, self._lang): self.value(key, value) for key, value in kept.items()}

    def value(self, key: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._mapping(key, value)
        if isinstance(value, list):
            return [self.value(key, one) for one in value]
        return value_words(self._pack, key, value, self._lang) if isinstance(value, str) else self._plain(value)

    def _mapping(self, key: str, value: Mapping[str, Any]) -> Any:
        match key:
            case "articles":
                return {self._article(number): one["gist"] for number, one in value.items()}
            case "kinds":
                return list(value.values())
            case "renumbered":
                return [f"{old} → {'/'.join(new)}" for old, new in value.items()]
            case "tiers" | "bands":
                return {say(VALUES["tier"], tier, self._lang): self.value(tier, one) for tier, one in value.items()}
        return self._phrase(value) or self.table(value)

    def _phrase(self, value: Mapping[str, Any]) -> str:
        """Return what is told in one phrase, empty for what is told field by field."""
        match value.get("is"):
            case "Trigger":
                return self._trigger(value)
            case "Excluded":
                ends = self._between().join(self._event(kind) for kind in value["ends"])
                return f"{self._event(value['begins'])} — {ends}"
            case "Ower" | "Need":
                return str(value["title"])
            case "Variant":
                length = value_words(self._pack, "length", value["length"], self._lang)
                return f"{self._data('', value['when'])} → {length}"
        return f"{value['from']} — {value['to'] or ''}".rstrip() if value.keys() == {"from", "to"} else ""

    def _trigger(self, trigger: Mapping[str, Any]) -> str:
        """Return what starts or ends a limit, with the fields that must or must not stand in it."""
        event = trigger["event"]
        told, when = self._event(event), self._data(event, trigger["when"])
        unless = self._data(event, trigger["unless"])
        if self._lang == "zh":
            return told + (f"（{when}）" if when else "") + (f"（除非{unless}）" if unless else "")
        return told + (f" ({when})" if when else "") + (f" (unless {unless})" if unless else "")

    def _data(self, event: str, data: Mapping[str, Any]) -> str:
        """Return fields of an event's data in words; without an event, of the first kind that has such a field."""
        kinds = [self._pack.event_kinds[event]] if event else [*self._pack.event_kinds.values()][::-1]
        fields = {field.name: field for kind in kinds for field in kind.fields}
        told = []
        for name, value in data.items():
            words = {choice.id: choice.title for choice in fields[name].choices}
            shown = say(words, value, self._lang) if isinstance(value, str) else self._plain(value)
            told.append(f"{fields[name].title.say(self._lang)}{'：' if self._lang == 'zh' else ': '}{shown}")
        return self._between().join(told)

    def _plain(self, value: Any) -> Any:
        """Return yes and no in words, everything else as it is."""
        return say(VALUES["yes"], str(value), self._lang) if isinstance(value, bool) else value

    def _event(self, kind: str) -> str:
        return value_words(self._pack, "event", kind, self._lang)

    def _between(self) -> str:
        return "、" if self._lang == "zh" else ", "

    def _article(self, number: str) -> str:
        return f"第{number}条" if self._lang == "zh" else f"art. {number}"
