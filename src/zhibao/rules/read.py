"""Law files as typed values that remember their file and line.

Knows YAML's shape only, not what any file means: the parsers of the rooms ask a ``Table`` for typed fields, and every
refusal names the file, the line and how to mend it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from zhibao.kernel.canonical import Json as CanonicalJson
from zhibao.kernel.labels import Label
from zhibao.rules.errors import (
    LawAlias,
    LawBadDay,
    LawDateIsNumber,
    LawDuplicateKey,
    LawMissing,
    LawNoLabel,
    LawNotOneOf,
    LawNotRead,
    LawTab,
    LawUnknownKey,
    LawWrongShape,
)

Json = CanonicalJson

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written. ``plain`` is false when it stood in quotes (then it is text, whatever it looks like)."""

    text: str
    plain: bool
    where: str

    def json(self) -> Json:
        """Return null, a boolean, a whole number, or the text."""
        if not self.plain:
            return self.text
        if self.text in _WORDS:
            return _WORDS[self.text]
        return int(self.text) if _WHOLE.fullmatch(self.text) else self.text


@dataclass(frozen=True, slots=True)
class Series:
    """A list, with the place where it begins."""

    items: tuple["Node", ...]
    where: str

    def json(self) -> Json:
        """Return the plain list."""
        return [item.json() for item in self.items]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, with the place of each key. The accessors raise a ``LawFault`` that names file, line and remedy."""

    fields: Mapping[str, "Node"]
    places: Mapping[str, str]
    where: str

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __contains__(self, key: str) -> bool:
        return key in self.fields

    def json(self) -> dict[str, Json]:
        """Return the plain mapping."""
        return {key: node.json() for key, node in self.fields.items()}

    def place(self, key: str) -> str:
        """Return file:line of ``key``, or of the table where the key is not there."""
        return self.places.get(key, self.where)

    def only(self, *known: str) -> None:
        """Refuse any key that is not in ``known``."""
        for key in self.fields:
            if key not in known:
                raise LawUnknownKey(where=self.places[key], key=key, known=", ".join(known))

    def node(self, key: str) -> "Node":
        """Return what stands under ``key`` as it is."""
        if key not in self.fields:
            raise LawMissing(where=self.where, key=key)
        return self.fields[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; ``default`` makes the key optional."""
        if default is not None and key not in self.fields:
            return default
        return as_text(self.node(key), key)

    def choice(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """Return a text that must be one of ``known``."""
        seen = self.text(key, default)
        if seen not in known:
            raise LawNotOneOf(where=self.place(key), key=key, seen=seen, known=", ".join(known))
        return seen

    def day(self, key: str) -> date:
        """Return a day, written 2025-04-26."""
        return as_day(self.node(key), key)

    def day_or_none(self, key: str) -> date | None:
        """Return a day, or None where the key is not there."""
        return self.day(key) if key in self.fields else None

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of days; none where the key is not there."""
        return tuple(as_day(node, key) for node in self.series(key))

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number; ``default`` makes the key optional."""
        if default is not None and key not in self.fields:
            return default
        return as_whole(self.node(key), key)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false; ``default`` makes the key optional."""
        if default is not None and key not in self.fields:
            return default
        node = self.node(key)
        value = node.json()
        if not isinstance(value, bool):
            raise _wrong(node, key, "true 或 false", "true or false")
        return value

    def series(self, key: str) -> tuple["Node", ...]:
        """Return a list's items as they are; none where the key is not there."""
        if key not in self.fields:
            return ()
        node = self.fields[key]
        if not isinstance(node, Series):
            raise _wrong(node, key, "一个列表", "a list")
        return node.items

    def words(self, key: str) -> tuple[str, ...]:
        """Return texts, from one text or a list of them; none where the key is not there."""
        if isinstance(self.fields.get(key), Scalar):
            return (self.text(key),)
        return tuple(as_text(node, key) for node in self.series(key))

    def table(self, key: str) -> "Table":
        """Return the table under ``key``."""
        return as_table(self.node(key), key)

    def table_or_none(self, key: str) -> "Table | None":
        """Return the table under ``key``, or None where the key is not there."""
        return self.table(key) if key in self.fields else None

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return a list of tables; none where the key is not there."""
        return tuple(as_table(node, key) for node in self.series(key))

    def label(self, key: str) -> Label:
        """Return a name in both languages, written {zh: …, en: …}."""
        if key not in self.fields:
            raise LawNoLabel(where=self.where, key=key, lang="zh, en")
        node = self.fields[key]
        for lang in ("zh", "en"):
            if not isinstance(node, Table) or lang not in node or not node.text(lang).strip():
                raise LawNoLabel(where=self.place(key), key=key, lang=lang)
        names = as_table(node, key)
        names.only("zh", "en")
        return Label(names.text("zh"), names.text("en"))

    def label_or_none(self, key: str) -> Label | None:
        """Return a name in both languages, or None where the key is not there."""
        return self.label(key) if key in self.fields else None


Node = Scalar | Series | Table


def as_text(node: Node, key: str) -> str:
    """Return the node's text; refuses lists, tables and emptiness."""
    if not isinstance(node, Scalar) or (node.plain and node.text == "null") or not node.text.strip():
        raise _wrong(node, key, "一段文字", "a text")
    return node.text


def as_day(node: Node, key: str) -> date:
    """Return the node as a day; a bare number is refused by name, since YAML would take it silently."""
    if not isinstance(node, Scalar):
        raise _wrong(node, key, "一个日期", "a date")
    if node.plain and re.fullmatch(r"[\d.]+", node.text):
        raise LawDateIsNumber(where=node.where, key=key, seen=node.text)
    try:
        day = date.fromisoformat(node.text)
    except ValueError:
        day = None
    # fromisoformat also reads 20250426 and 2025-W17-6, which a lawyer would not.
    if day is None or not _DAY.fullmatch(node.text):
        raise LawBadDay(where=node.where, key=key, seen=node.text)
    return day


def as_whole(node: Node, key: str) -> int:
    """Return the node as a whole number."""
    value = node.json()
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(node, key, "一个整数", "a whole number")
    return value


def as_table(node: Node, key: str) -> Table:
    """Return the node as a table."""
    if not isinstance(node, Table):
        raise _wrong(node, key, "一组字段", "a table of fields")
    return node


def read_node(text: str, file: str) -> Node:
    """Read the text of one YAML file. ``file`` is its name in messages."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            raise LawTab(where=f"{file}:{number}")
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        # What is missing at the end is reported on the line after the last.
        at = min(error.problem_mark.line + 1, len(text.splitlines())) if error.problem_mark else 1
        raise LawNotRead(where=f"{file}:{at}", problem=error.problem or "?") from None
    except yaml.YAMLError:
        raise LawNotRead(where=f"{file}:1", problem="bytes that are not text") from None
    if root is None:
        raise LawNotRead(where=f"{file}:1", problem="the file is empty")
    return _build(root, file, set())


def read_table(text: str, file: str) -> Table:
    """Read one YAML file that holds a table."""
    return as_table(read_node(text, file), file)


def _build(node: yaml.Node, file: str, seen: set[int]) -> Node:
    where = f"{file}:{node.start_mark.line + 1}"
    if id(node) in seen:
        raise LawAlias(where=where)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _build_table(node, file, seen)
    if isinstance(node, yaml.SequenceNode):
        return Series(tuple(_build(item, file, seen) for item in node.value), where)
    # A folded or quoted scalar is text; only a bare word may be a number, a truth value or null.
    plain = getattr(node, "style", None) in {None, ""}
    value = str(node.value)
    return Scalar("null" if plain and value in {"", "~"} else value, plain, where)


def _build_table(node: yaml.MappingNode, file: str, seen: set[int]) -> Table:
    fields: dict[str, Node] = {}
    places: dict[str, str] = {}
    for key_node, value_node in node.value:
        place = f"{file}:{key_node.start_mark.line + 1}"
        if not isinstance(key_node, yaml.ScalarNode):
            raise LawNotRead(where=place, problem="a key that is not one word")
        key = key_node.value
        if key in fields:
            raise LawDuplicateKey(where=place, key=key, first=places[key].rsplit(":", 1)[1])
        places[key] = place
        fields[key] = _build(value_node, file, seen)
    return Table(fields, places, f"{file}:{node.start_mark.line + 1}")


def _wrong(node: Node, key: str, want_zh: str, want_en: str) -> LawWrongShape:
    shown = node.text if isinstance(node, Scalar) else {Series: "[…]", Table: "{…}"}[type(node)]
    return LawWrongShape(where=node.where, key=key, want_zh=want_zh, want_en=want_en, seen=shown)
