"""An entry of the law as people read it: words instead of ids, names instead of fields, conditions as sentences.

Knows the JSON that ``describe`` makes; nothing is worked out here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from zhibao.rules.citing import show_article
from zhibao.rules.pack import Pack
from zhibao.rules.road_words import FACT_NAMES, FACT_VALUES
from zhibao.rules.words import VALUES, key_word, say, value_words

# What only programs need: ids beside words, the place in the file, the tree behind a sentence.
_FOR_PROGRAMS = frozenset({"is", "law_pack", "tree", "together", "where", "family"})
_ONLY_IF_SO = frozenset({"backwards", "first_day_counts", "waits"})  # rare words of a limit: said only where they hold
_MONEY = ("Band", "Deed", "Beside", "Statutory", "Punitive", "Doubled")
_TREES = ("Compare", "Exists", "All", "Any", "AtLeast")


def worded(pack: Pack, told: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return what ``describe`` tells with words instead of ids and names instead of fields."""
    return _Words(pack, lang).table(told)


def worded_value(pack: Pack, key: str, told: Any, lang: str) -> Any:
    """Return one value of an entry, as ``describe`` tells the field ``key``, with words instead of ids."""
    return _Words(pack, lang).value(key, told)


class _Words:
    """Puts words for ids through the JSON of one entry."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack, self._lang = pack, lang

    def table(self, told: Mapping[str, Any]) -> dict[str, Any]:
        named = {"title", "says"} & told.keys() and "section" not in told and told.get("is") != "Choice"
        kept = {
            key: value
            for key, value in told.items()
            if key not in _FOR_PROGRAMS
            and not key.endswith("_id")
            and not (key == "id" and named)
            and not (value is False and key in _ONLY_IF_SO)
        }
        return {key_word(key, self._lang): self.value(key, value) for key, value in kept.items()}

    def value(self, key: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._mapping(key, value)
        if isinstance(value, list) and key == "order":
            return [" / ".join(self.value(key, one) for one in group) for group in value]
        if isinstance(value, list):
            return [self.value(key, one) for one in value]
        return value_words(self._pack, key, value, self._lang) if isinstance(value, str) else self._plain(value)

    def _mapping(self, key: str, value: Mapping[str, Any]) -> Any:
        """Return a mapping whose keys are ids with words for them; what is told field by field goes on to ``table``."""
        lists: Mapping[str, Callable[[], list[Any]]] = {
            "rights": lambda: [self.value(key, name) for name in value],
            "kinds": lambda: list(value.values()),
            "renumbered": lambda: [f"{old} → {'/'.join(new)}" for old, new in value.items()],
            **dict.fromkeys(("flags", "choices"), lambda: [self._fact(name, one) for name, one in value.items()]),
        }
        if key in lists and value.get("is") != "Choice":
            return lists[key]()
        if key == "articles":
            return {self._article(number): one["gist"] for number, one in value.items()}
        if key in {"tiers", "bands"}:
            return {say(VALUES["tier"], tier, self._lang): self.value(tier, one) for tier, one in value.items()}
        return self._phrase(value) or self.table(value)

    def _phrase(self, value: Mapping[str, Any]) -> str:
        """Return what is told in one phrase, empty for what is told field by field."""
        write = self._phrases().get(value.get("is", ""))
        if write is not None:
            return write(value)
        return f"{value['from']} — {value['to'] or ''}".rstrip() if value.keys() == {"from", "to"} else ""

    def _phrases(self) -> Mapping[str, Callable[[Mapping[str, Any]], str]]:
        colon = "：" if self._lang == "zh" else ": "
        return {
            "Trigger": self._trigger,
            "Excluded": lambda value: (
                f"{self._event(value['begins'])} — {self._between().join(self._event(kind) for kind in value['ends'])}"
            ),
            "Figure": lambda value: f"{value['title']}{colon}{value['says']}",
            "Item": lambda value: f"{value['says']}  {value['cite'] or ''}".rstrip(),
            "Variant": lambda value: (
                f"{self._data('', value['when'])} → {value_words(self._pack, 'length', value['length'], self._lang)}"
            ),
            **dict.fromkeys(("Ower", "Need"), lambda value: str(value["title"])),
            **dict.fromkeys(_TREES, lambda value: str(value["says"])),
            # A crime's band of punishment has the same name as a fine's and no sentence of its own.
            **dict.fromkeys(_MONEY, lambda value: f"{value['says']}  {value['cite']}" if "says" in value else ""),
        }

    def _trigger(self, trigger: Mapping[str, Any]) -> str:
        """Return what starts or ends a limit, with the fields that must or must not stand in it."""
        event = trigger["event"]
        told, when = self._event(event), self._data(event, trigger["when"])
        unless = self._data(event, trigger["unless"])
        day = self._field(event, trigger["counts_from"])
        if self._lang == "zh":
            told += (f"（{when}）" if when else "") + (f"（除非{unless}）" if unless else "")
            return told + (f"（自{day}起算）" if day else "")
        told += (f" ({when})" if when else "") + (f" (unless {unless})" if unless else "")
        return told + (f" (counted from: {day})" if day else "")

    def _field(self, event: str, name: str) -> str:
        """Return the name of a field of an event's data, empty where none is named."""
        return next((one.title.say(self._lang) for one in self._pack.event_kinds[event].fields if one.name == name), "")

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

    def _fact(self, name: str, value: Any) -> str:
        """Return a fact of a rule of jurisdiction with what it must be."""
        colon = "：" if self._lang == "zh" else ": "
        return f"{say(FACT_NAMES, name, self._lang)}{colon}{say(FACT_VALUES, value, self._lang) if isinstance(value, str) else self._plain(value)}"

    def _plain(self, value: Any) -> Any:
        """Return yes and no in words, everything else as it is."""
        return say(VALUES["yes"], str(value), self._lang) if isinstance(value, bool) else value

    def _event(self, kind: str) -> str:
        return value_words(self._pack, "event", kind, self._lang)

    def _between(self) -> str:
        return "、" if self._lang == "zh" else ", "

    def _article(self, number: str) -> str:
        return show_article(number, self._lang)
