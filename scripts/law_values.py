"""The reference page of every value of the law pack: what, from when to when, by which article, how sure.

Called by make_reference.py. Rows are found by walking the entries, so that a new kind of entry needs nothing here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.describe import tell_value
from zhibao.rules.instruments import InstrumentVersion
from zhibao.rules.language import Limit
from zhibao.rules.load import load_pack
from zhibao.rules.pack import Pack
from zhibao.rules.values import LegalValue, ValueVersion
from zhibao.rules.versions import Confidence, Span
from zhibao.rules.worded import worded
from zhibao.rules.words import SECTIONS, VALUES, say

HEADS = {
    "en": """# Values of the law

Made from the law pack by `scripts/make_reference.py`: every section, every entry, every dated version. `from` and `to` are both in
force; an empty `to` is still in force. A value marked **unconfirmed** was not read in any copy of the text, one marked *reported*
was read in a secondary source only. `checked` is the day on which the cited text was last looked at.
""",
    "zh": """# 法定数值表

由 `scripts/make_reference.py` 从法律包生成：每一类、每一条、每一个有日期的版本。起、止两日都在施行期内；“止”空着的，仍在施行。标 **未核实** 的值没有在任何文本里读到；标 *转述* 的只在二手材料里读到。“核对”是最后一次核对所引文本的日期。
""",
}
COLUMNS = {
    "en": ("entry", "what", "value", "from", "to", "article", "how sure", "checked"),
    "zh": ("条目", "名称", "内容", "起", "止", "依据", "可信程度", "核对"),
}
# Instruments are cited, not values; measures, events and places name things and say nothing that an article limits.
LEFT_OUT = frozenset({"measures", "fine_facts", "event_kinds", "procedures", "places"})
# Told in columns of their own, or only for programs.
_OWN_COLUMN = frozenset({"span", "cite", "cites", "also", "confidence", "where", "id", "title", "is", "tree", "together", "gaps", "topic"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One value: the entry, what within it, the words, dates, articles and confidence around it."""

    entry: str
    what: str
    value: str
    span: Span | None
    cites: tuple[Citation, ...]
    confidence: Confidence | None
    section: str
    topic: str = ""
    checked: date | None = None


def law_values(lang: str) -> str:
    """Return the whole page in one language ("en" or "zh")."""
    pack = load_pack()
    rows = [
        row
        for section, entry in pack.entries()
        if section not in LEFT_OUT
        for row in _Rows(pack, lang).of(section, entry)
    ]
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.section, row.topic), []).append(row)
    titles = {key: _title(key, lang) for key in groups}
    parts = [HEADS[lang], _summary(pack, rows, lang), _contents(titles, groups, lang), _unconfirmed(rows, lang)]
    parts += [f"## {titles[key]}\n\n" + _table(pack, held, lang) for key, held in groups.items()]
    return "\n".join(parts)


def _title(key: tuple[str, str], lang: str) -> str:
    section, topic = key
    name = say(SECTIONS, section, lang)
    return f"{name} — {say(VALUES['topic'], topic, lang)}" if topic else name


def _anchor(title: str) -> str:
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


def _summary(pack: Pack, rows: list[Row], lang: str) -> str:
    sure = {one: sum(row.confidence is one for row in rows) for one in Confidence}
    days = sorted(
        {version.checked_on for one in pack.instruments.values() for version in one.versions if version.checked_on}
    )
    last = days[-1].isoformat() if days else "—"
    told = ", ".join(f"{one.label.say(lang)} {number}" for one, number in sure.items())
    if lang == "zh":
        return f"共 {len(rows)} 行（{told}）；法律文件 {len(pack.instruments)} 部；最后核对 {last}。\n"
    return f"{len(rows)} rows ({told}); {len(pack.instruments)} instruments; last checked on {last}.\n"


def _contents(titles: Mapping[tuple[str, str], str], groups: Mapping[tuple[str, str], list[Row]], lang: str) -> str:
    head = {"en": "## Contents", "zh": "## 目录"}[lang]
    lines = [f"- [{title}](#{_anchor(title)}) ({len(groups[key])})" for key, title in titles.items()]
    first = {"en": "Unconfirmed", "zh": "未核实的值"}[lang]
    return "\n".join([head, "", f"- [{first}](#{_anchor(first)})", *lines]) + "\n"


def _unconfirmed(rows: list[Row], lang: str) -> str:
    head = {"en": "## Unconfirmed", "zh": "## 未核实的值"}[lang]
    named: dict[str, list[Row]] = {}
    for row in rows:
        if row.confidence is Confidence.UNCONFIRMED:
            named.setdefault(row.entry, []).append(row)
    lines = []
    for entry, held in named.items():
        days = sorted({row.span.first.isoformat() for row in held if row.span})
        lines.append(f"- `{entry}` {held[0].what}" + (f" ({', '.join(days)})" if days else ""))
    return "\n".join([head, "", *lines]) + "\n"


def _table(pack: Pack, rows: list[Row], lang: str) -> str:
    lines = ["| " + " | ".join(COLUMNS[lang]) + " |", "| " + " | ".join("---" for _ in COLUMNS[lang]) + " |"]
    return "\n".join([*lines, *(_line(pack, row, lang) for row in rows)]) + "\n"


def _line(pack: Pack, row: Row, lang: str) -> str:
    versions = [pack.version_of(cite) for cite in row.cites]
    checked = {version.checked_on.isoformat() for version in versions if version and version.checked_on}
    checked |= {row.checked.isoformat()} if row.checked else set()
    cells = (
        f"`{row.entry}`",
        row.what,
        row.value,
        row.span.first.isoformat() if row.span else "",
        row.span.last.isoformat() if row.span and row.span.last else "",
        "; ".join(pack.show_cite(cite, lang) for cite in row.cites),
        _sure(row.confidence, lang),
        max(checked, default=""),
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _sure(confidence: Confidence | None, lang: str) -> str:
    if confidence is None:
        return ""
    marks = {Confidence.UNCONFIRMED: "**", Confidence.SECONDARY: "*"}.get(confidence, "")
    return f"{marks}{confidence.label.say(lang)}{marks}"


class _Rows:
    """Finds the rows of an entry: each value with an article of its own is one."""

    def __init__(self, pack: Pack, lang: str) -> None:
        self._pack, self._lang = pack, lang

    def of(self, section: str, entry: Any) -> Iterator[Row]:
        title = getattr(entry, "title", None) or getattr(entry, "name", None)
        what = title.say(self._lang) if isinstance(title, Label) else entry.id
        topic = entry.topic if isinstance(entry, LegalValue) else ""
        around = Row(entry.id, what, "", None, (), getattr(entry, "confidence", None), section, topic)
        if around.confidence and not _own_cites(entry):
            dated = [held for _, held in _children(entry) if isinstance(getattr(held, "span", None), Span)]
            yield replace(around, value=self._told(entry, dated))
        yield from self._walk(entry, around)

    def _walk(self, value: Any, around: Row) -> Iterator[Row]:
        """Yield the rows of ``value``; ``around`` holds the dates and confidence it stands in."""
        if isinstance(value, InstrumentVersion):
            yield self._text(value, around)
            return
        around = replace(
            around,
            span=getattr(value, "span", None) or around.span,
            confidence=getattr(value, "confidence", None) or around.confidence,
        )
        parts = list(_children(value))
        dated = [held for _, held in parts if isinstance(getattr(held, "span", None), Span)]
        below = parts
        if _own_cites(value) or (around.span and not any(_cited(held) for _, held in parts) and _cited(value)):
            yield replace(around, value=self._told(value, dated), cites=tuple(dict.fromkeys(_all_cites(value, dated))))
            below = [(key, held) for key, held in parts if held in dated]
        for key, held in below:
            yield from self._walk(held, replace(around, what=self._named(around.what, key, held)))

    def _named(self, what: str, key: str, held: Any) -> str:
        """Return the name of a part: the tier it stands in and its own title, after what it is a part of."""
        title = getattr(held, "title", None)
        tier = VALUES["tier"][key].say(self._lang) if key in VALUES["tier"] else ""
        names = [tier, title.say(self._lang) if isinstance(title, Label) else ""]
        return " · ".join([what, *(name for name in names if name)])

    def _text(self, version: InstrumentVersion, around: Row) -> Row:
        """Return the row of one text of an instrument: its number, how many articles are known, how sure its dates are."""
        count, dates = len(version.articles), version.dates.label.say(self._lang)
        said = {
            "zh": f"{version.number or '—'}；收录 {count} 条；施行日期：{dates}",
            "en": f"{version.number or '—'}; articles held: {count}; commencement: {dates}",
        }[self._lang]
        return replace(
            around, value=said, span=version.span, confidence=version.checked_against, checked=version.checked_on
        )

    def _told(self, value: Any, dated: list[Any]) -> str:
        if isinstance(value, ValueVersion):
            note = f" ({value.note.say(self._lang)})" if value.note else ""
            return value.told(self._lang) + note
        told: Any = tell_value(self._pack, value, self._lang)
        if isinstance(value, Limit):
            return str(told["says"])
        hidden = {
            one.name
            for one in fields(value)
            if dated and any(one_of is held for held in dated for one_of in _listed(getattr(value, one.name)))
        }
        kept = {
            key: held
            for key, held in told.items()
            if key not in _OWN_COLUMN | hidden and not key.endswith("_cite") and not key.endswith("_id")
        }
        return self._flat(worded(self._pack, kept, self._lang))

    def _flat(self, told: Any) -> str:
        """Return nested words as one line; empty ones left out."""
        colon, between = {"zh": ("：", "；"), "en": (": ", "; ")}[self._lang]
        if isinstance(told, Mapping):
            pairs = [(key, self._flat(held)) for key, held in told.items() if held not in (None, [], {}, "")]
            return between.join(f"{key}{colon}{held}" for key, held in pairs if held)
        if isinstance(told, list):
            return {"zh": "、", "en": ", "}[self._lang].join(self._flat(one) for one in told)
        return str(told)


def _listed(held: Any) -> tuple[Any, ...]:
    if isinstance(held, Mapping):
        return tuple(one for value in held.values() for one in _listed(value))
    return tuple(held) if isinstance(held, tuple) else (held,)


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is held inside a value and may hold an article itself, with the key it stands under in a mapping."""
    for one in fields(value):
        inside = getattr(value, one.name)
        keyed = inside.items() if isinstance(inside, Mapping) else [("", inside)]
        for key, inner in keyed:
            for held in _listed(inner):
                if is_dataclass(held) and not isinstance(held, Citation | Label | Span):
                    yield str(key), held


def _cited(value: Any) -> bool:
    """Say whether an article is named anywhere in a value."""
    return next(_all_cites(value, []), None) is not None


def _own_cites(value: Any) -> list[Citation]:
    names = [one.name for one in fields(value) if one.name in {"cite", "cites"}]
    return [cite for name in names for cite in _listed(getattr(value, name)) if isinstance(cite, Citation)]


def _all_cites(value: Any, dated: list[Any]) -> Iterator[Citation]:
    """Yield the articles of a row, its own first, then those of its parts that have no row of their own."""
    yield from _own_cites(value)
    for one in fields(value):
        for held in _listed(getattr(value, one.name)):
            if isinstance(held, Citation):
                yield held
            elif is_dataclass(held) and not isinstance(held, Label | Span) and held not in dated:
                yield from _all_cites(held, dated)
