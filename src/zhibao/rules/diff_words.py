"""A comparison of the law on two days, told in words of both languages and as JSON.

Knows the wording only; what differs is ``diff``'s business. Fields without a word are called by their own names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan
from zhibao.rules.conditions import TREES
from zhibao.rules.describe import VERSIONED, Json, NotInForce, describe, tell_value
from zhibao.rules.diff import ArticleChange, Diff
from zhibao.rules.differences import Change
from zhibao.rules.language import Limit
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Span
from zhibao.rules.worded import worded_value
from zhibao.rules.wording import tell, tell_limit
from zhibao.rules.words import SECTIONS, VALUES, key_word, length_words, say, value_words

HOWS: Mapping[str, Label] = {
    "same": Label("没有变化", "nothing changes"),
    "begins": Label("新施行", "comes into force"),
    "ends": Label("不再施行", "is no longer in force"),
    "changed": Label("有变化", "changes"),
    "renumbered": Label("只是条号变了", "only the article numbers change"),
    "carried": Label("条文换了版本，内容相同", "the text cited has a new version that says the same"),
    "lapses": Label("所引条文的版本到期，条目还在用", "the version it cites has ended, and the entry goes on"),
}
_NOTHING: tuple[object, ...] = (None, "", [], {})
_NAMED_BY = ("title", "name", "says")
_ALWAYS = Label("一般", "in general")


def diff_json(pack: Pack, found: Diff, lang: str) -> dict[str, Json]:
    """Return what `law diff --json` prints."""
    return {"law_pack": pack.hash, **_json(pack, found, lang), "old": _state(pack, found, lang, second=False)} | {
        "new": _state(pack, found, lang, second=True),
        "resting": [_json(pack, one, lang) for one in found.resting],
    }


def change_json(pack: Pack, found: Diff, lang: str) -> dict[str, Json]:
    """Return one entry's change without the two full versions, as a list of changes shows it."""
    return _json(pack, found, lang)


def _json(pack: Pack, found: Diff, lang: str) -> dict[str, Json]:
    return {
        "section": found.section,
        "id": found.entry.id,
        "title": entry_title(found.entry, lang),
        "from": found.first.isoformat(),
        "to": found.second.isoformat(),
        "how": found.how,
        "says": say(HOWS, found.how, lang),
        "old_span": _span_json(found.old),
        "new_span": _span_json(found.new),
        "changes": [_change_json(pack, change, lang, found.entry) for change in found.changes],
        "articles": [_article_json(change, lang) for change in found.articles],
    }


def _state(pack: Pack, found: Diff, lang: str, *, second: bool) -> Json:
    """Return the entry as ``describe`` tells it on one of the two days; None where it was not in force."""
    try:
        return describe(pack, f"{found.section}/{found.entry.id}", lang, found.second if second else found.first)
    except NotInForce:
        return None


def _span_json(span: Span | None) -> Json:
    if span is None:
        return None
    return {"from": span.first.isoformat(), "to": span.last.isoformat() if span.last else None}


def _change_json(pack: Pack, change: Change, lang: str, entry: object) -> dict[str, Json]:
    told: dict[str, Json] = {
        "path": list(change.path),
        "how": change.how,
        "old": tell_value(pack, change.old, lang, money=change.money),
        "new": tell_value(pack, change.new, lang, money=change.money),
        "says": change_words(pack, change, lang, entry),
    }
    for name, value in (("old", change.old), ("new", change.new)):
        cites = [
            one.to_text() for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Citation)
        ]
        if cites:
            told[f"{name}_id"] = list[Json](cites) if isinstance(value, tuple) else cites[0]
    return told


def _article_json(change: ArticleChange, lang: str) -> dict[str, Json]:
    old, new = change.old, change.new
    return {
        "how": change.how,
        "old": old.number if old else None,
        "new": new.number if new else None,
        "old_gist": old.gist.say(lang) if old else None,
        "new_gist": new.gist.say(lang) if new else None,
        "says": article_words(change, lang),
    }


def entry_title(entry: object, lang: str) -> str:
    """Return what an entry is called; its id where it has no name."""
    for name in ("title", "name"):
        title = getattr(entry, name, None)
        if isinstance(title, Label):
            return title.say(lang)
    return str(getattr(entry, "id", ""))


def diff_lines(pack: Pack, found: Diff, lang: str) -> Iterator[str]:
    """Yield a comparison for people: the two versions, what differs, and for an instrument what rests on it."""
    title, section = entry_title(found.entry, lang), say(SECTIONS, found.section, lang)
    yield Label(f"{section}「{title}」（{found.entry.id}）", f"{title} ({section}, {found.entry.id})").say(lang)
    yield f"  {found.first.isoformat()}: {_span_words(found, found.old, lang)}"
    yield f"  {found.second.isoformat()}: {_span_words(found, found.new, lang)}"
    end = Label("。", ".") if found.how in {"same", "begins", "ends"} else Label("：", ":")
    yield say(HOWS, found.how, lang) + end.say(lang)
    yield from _change_lines(pack, found, lang)
    if found.resting:
        yield Label("依据这部规定、也跟着变的：", "What rests on it and changes too:").say(lang)
    for one in found.resting:
        yield f"  {entry_title(one.entry, lang)} ({one.entry.id}): {say(HOWS, one.how, lang)}"
        yield from (f"  {line}" for line in _change_lines(pack, one, lang))


def _change_lines(pack: Pack, found: Diff, lang: str) -> Iterator[str]:
    if found.how in {"begins", "ends"}:
        return
    for article in found.articles:
        yield f"  {article_words(article, lang)}"
    for change in found.changes:
        yield f"  {change_words(pack, change, lang, found.entry)}"


def _span_words(found: Diff, span: Span | None, lang: str) -> str:
    if not found.dated:
        return Label("不分版本", "has no dates").say(lang)
    if span is None:
        return Label("没有生效的版本", "no version in force").say(lang)
    last = span.last.isoformat() if span.last else ""
    return Label(
        f"{span.first.isoformat()} 起{last and f'，到 {last}'}",
        f"from {span.first.isoformat()}{last and f' to {last}'}",
    ).say(lang)


def article_words(change: ArticleChange, lang: str) -> str:
    """Return one article's change in words."""
    old, new = change.old or change.new, change.new or change.old
    assert old is not None
    assert new is not None
    before, after, gist = _article(old.number, lang), _article(new.number, lang), new.gist.say(lang)
    match change.how:
        case "renumbered":
            return Label(f"{before} → {after}：{gist}", f"{before} → {after}: {gist}").say(lang)
        case "changed":
            was = old.gist.say(lang)
            return Label(f"{after} 内容有变：{was} → {gist}", f"{after} says something else: {was} → {gist}").say(lang)
        case "added":
            return Label(f"新增 {after}：{gist}", f"new {after}: {gist}").say(lang)
    return Label(f"没有对应的新条文：{before} {gist}", f"no later article is known for {before}: {gist}").say(lang)


def _article(number: str, lang: str) -> str:
    return Label(f"第{number}条", f"art. {number}").say(lang)


def change_words(pack: Pack, change: Change, lang: str, entry: object = None) -> str:
    """Return one field's change in words, such as 长度：45个工作日 → 60日; parts of ``entry`` by their names."""
    name = path_words(pack, change.path, lang, entry)
    old, new = (_told(pack, change, value, lang) for value in (change.old, change.new))
    colon = Label("：", ": ").say(lang)
    match change.how:
        case "added":
            return Label(f"{name}：新增 {new}", f"{name}: added {new}").say(lang)
        case "dropped":
            return Label(f"{name}：删去 {old}", f"{name}: dropped {old}").say(lang)
        case "renumbered":
            return Label(f"{name}：条号 {old} → {new}", f"{name}: renumbered {old} → {new}").say(lang)
        case "carried":
            return Label(f"{name}：{new}，条号不变，换了版本", f"{name}: {new}, same number in a new version").say(lang)
        case "lapses":
            return _lapse_words(name, change, old, new, lang)
    return f"{name}{colon}{old} → {new}"


def _lapse_words(name: str, change: Change, old: str, new: str, lang: str) -> str:
    version = change.old.version if isinstance(change.old, Citation) else ""
    old = Label(f"{old}（{version} 版）", f"{old} ({version})").say(lang)
    if change.new is None:
        return Label(f"{name}：所引 {old} 的版本已到期", f"{name}: the version of {old} it cites has ended").say(lang)
    return Label(
        f"{name}：所引 {old} 的版本已到期，现行的是 {new}",
        f"{name}: the version of {old} it cites has ended; now it is {new}",
    ).say(lang)


def path_words(pack: Pack, path: tuple[str, ...], lang: str, entry: object = None) -> str:
    """Return where in an entry a field stands, in words; the versions themselves are not named."""
    steps = [step for step in path if step not in VERSIONED] or list(path[:1])
    titled: list[Any] = [*pack.event_kinds.values(), *pack.measures.values(), *pack.procedures.values()]
    names = {one.id: one.title for one in titled} | dict(VALUES["tier"]) | dict(_part_names(pack, entry))
    words = [
        _part(names, step[1:-1], lang) if step.startswith("[") else key_word(step, lang)
        for step in steps
        if step not in {"tiers", "tree"}
    ]
    return " · ".join(words)


def _part(names: Mapping[str, Label], part: str, lang: str) -> str:
    return Label(f"第{part}项", f"item {part}").say(lang) if part.isdecimal() else say(names, part, lang)


def _part_names(pack: Pack, value: object) -> Iterator[tuple[str, Label]]:
    """Yield what the parts of an entry that have an id of their own are called; a band without a name by its condition."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for one in value:
            yield from _part_names(pack, one)
    if not is_dataclass(value) or isinstance(value, (Label, *TREES)):
        return
    part = getattr(value, "id", "")
    name = next((one for key in _NAMED_BY if isinstance(one := getattr(value, key, None), Label)), None)
    tree = getattr(value, "tree", None)
    if isinstance(part, str) and name is None and hasattr(value, "fine"):
        name = Label(tell(pack, tree, "zh"), tell(pack, tree, "en")) if tree else _ALWAYS
    if isinstance(part, str) and part and name is not None:
        yield part, name
    for field in fields(value):
        yield from _part_names(pack, getattr(value, field.name))


def _told(pack: Pack, change: Change, value: object, lang: str) -> str:
    return _Words(pack, lang).tell(value, change.field, money=change.money)


class _Words:
    """Tells any value of the law in one phrase."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack, self._lang = pack, lang

    def tell(self, value: object, field: str, *, money: bool = False) -> str:
        if isinstance(value, bool):
            return say(VALUES["yes"], str(value), self._lang)
        if money and isinstance(value, int):
            return Label(f"{show_yuan(Fen(value))}元", f"{show_yuan(Fen(value))} yuan").say(self._lang)
        for kind, write in self._writers():
            if isinstance(value, kind):
                return write(value, field)
        if is_dataclass(value):
            return self._flat(worded_value(self._pack, field, tell_value(self._pack, value, self._lang), self._lang))
        return value_words(self._pack, field, str(value), self._lang)

    def _writers(self) -> tuple[tuple[Any, Callable[[Any, str], str]], ...]:
        return (
            (type(None), lambda _value, _field: "—"),
            (Label, lambda value, _field: value.say(self._lang)),
            (Citation, lambda value, _field: self._pack.show_cite(value, self._lang)),
            (Length, lambda value, _field: length_words(value.to_text(), self._lang)),
            (TREES, lambda value, _field: tell(self._pack, value, self._lang)),
            (Limit, lambda value, _field: self._limit(value)),
            (Enum, lambda value, field: value_words(self._pack, field, str(value.value), self._lang)),
            (Mapping, lambda value, field: self._flat({str(key): self.tell(one, field) for key, one in value.items()})),
            ((tuple, list, frozenset), self._joined),
        )

    def _joined(self, values: Iterable[object], field: str) -> str:
        return Label("、", ", ").say(self._lang).join(self.tell(one, field) for one in values)

    def _limit(self, limit: Limit) -> str:
        said, cites = tell_limit(self._pack, limit, self._lang), self._joined(limit.cites, "cites")
        return Label(f"{said}（{cites}）", f"{said} ({cites})").say(self._lang)

    def _flat(self, told: Any) -> str:
        """Return what ``worded`` tells of a value in one line; what says nothing is left out."""
        if isinstance(told, Mapping):
            colon, between = Label("：", ": ").say(self._lang), Label("；", "; ").say(self._lang)
            held = {str(key): self._flat(one) for key, one in told.items() if one not in _NOTHING}
            return between.join(f"{key}{colon}{one}" for key, one in held.items() if one)
        if isinstance(told, list):
            return Label("、", ", ").say(self._lang).join(self._flat(one) for one in told if one not in _NOTHING)
        return str(told)
