"""Where a law file can be wrong by one value: each number, date, length, comparison, article, flag, confidence and list item.

Knows the shape of values, not what any file means. Names, notes, gists, addresses and the numbers of documents are words for
people and are left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.pack import Pack
from zhibao.rules.read import Node, Scalar, Series, Table

# Words for people, and the record of who read what when: no answer rests on them.
WORDS = frozenset({
    "title", "name", "short", "gist", "note", "why", "text", "official", "issuer", "kinds", "number_label", "checked", "says",
    "notice", "summary", "reading", "label", "labels", "zh", "en", "takes", "usually",
})  # fmt: skip
# The key of an entry is how others find it, not a value; a document's number (法释〔2025〕5号) is its name.
KEYS = frozenset({"id", "number", "partial", "family", "word"})
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LENGTH = re.compile(r"(\d+) (hours|days|working-days|months|years|year)")
COMPARISON = re.compile(r"(.*?)(>=|<=|>|<|=) (\d+(?:\.\d+)?)(.*)")
DIGITS = re.compile(r"\d+")
OTHER_UNIT = {
    "hours": "days",
    "days": "working-days",
    "working-days": "days",
    "months": "days",
    "years": "months",
    "year": "years",
}
OTHER_OP = {">=": (">", "<="), ">": (">=", "<"), "<=": ("<", ">="), "<": ("<=", ">"), "=": (">=",)}
OTHER_SURE = {"text": "unconfirmed", "secondary": "text", "unconfirmed": "text"}


@dataclass(frozen=True)
class LawMutant:
    """One law file with one value changed: ``table`` is the whole entry as changed."""

    file: str
    line: int
    path: str
    kind: str
    old: str
    new: str
    table: Table

    @property
    def key(self) -> str:
        """What names the mutant, whatever line it stands on."""
        return f"{self.file} {self.path}: {self.old} → {self.new}"


def mutants_of(table: Table, pack: Pack) -> Iterator[LawMutant]:
    """Yield every mutant of one entry, in the order of the file."""
    for site, changed in _node(table, "", "", pack):
        file, _, line = site.where.rpartition(":")
        assert isinstance(changed, Table)
        yield LawMutant(file, int(line), site.path, site.kind, site.old, site.new, changed)


@dataclass(frozen=True)
class _Site:
    where: str
    path: str
    kind: str
    old: str
    new: str


def _node(node: Node, path: str, key: str, pack: Pack) -> Iterator[tuple[_Site, Node]]:
    if isinstance(node, Scalar):
        for kind, new in _scalar(node, key, pack):
            yield _Site(node.where, path, kind, node.text, new), Scalar(new, node.plain, node.where)
    elif isinstance(node, Series):
        yield from _series(node, path, key, pack)
    else:
        for name, held in node.fields.items():
            if name in WORDS or name in KEYS:
                continue
            for site, changed in _node(held, f"{path}.{name}".lstrip("."), name, pack):
                yield site, Table({**node.fields, name: changed}, node.places, node.where)


def _series(node: Series, path: str, key: str, pack: Pack) -> Iterator[tuple[_Site, Node]]:
    for place, held in enumerate(node.items):
        for site, changed in _node(held, f"{path}[{place + 1}]", key, pack):
            yield site, Series((*node.items[:place], changed, *node.items[place + 1 :]), node.where)
        if len(node.items) > 1:
            shown = held.text if isinstance(held, Scalar) else "…"
            rest = Series((*node.items[:place], *node.items[place + 1 :]), node.where)
            yield _Site(_place(held), f"{path}[{place + 1}]", "dropped", shown, "—"), rest


def _place(node: Node) -> str:
    return node.where


def _scalar(node: Scalar, key: str, pack: Pack) -> Iterator[tuple[str, str]]:
    text = node.text
    if key in {"confidence", "against", "dates"}:
        yield from (("confidence", OTHER_SURE[text]) for _ in [0] if text in OTHER_SURE)
    elif DATE.fullmatch(text):
        day = date.fromisoformat(text)
        yield from (("date", (day + timedelta(days=step)).isoformat()) for step in (-1, 1))
    elif found := LENGTH.fullmatch(text):
        yield from (("length", f"{int(found[1]) + step} {found[2]}") for step in (-1, 1))
        yield "unit", f"{found[1]} {OTHER_UNIT[found[2]]}"
    elif text in {"true", "false"} and node.plain:
        yield "flag", "false" if text == "true" else "true"
    elif "/" in text and (cite := _citation(text)) is not None:
        yield from (("article", other) for other in _neighbours(cite, text, pack))
    elif found := COMPARISON.fullmatch(text):
        yield from (("comparison", f"{found[1]}{op} {found[3]}{found[4]}") for op in OTHER_OP[found[2]])
        yield from (("number", f"{found[1]}{found[2]} {other}{found[4]}") for other in _steps(found[3]))
    elif not text.startswith(("cn.", "cn-", "http")):
        for run in DIGITS.finditer(text):
            yield from (("number", text[: run.start()] + other + text[run.end() :]) for other in _steps(run.group()))


def _steps(number: str) -> Iterator[str]:
    """Yield a number one more and one less, with as many digits after the point as it has."""
    whole, point, rest = number.partition(".")
    for step in (-1, 1):
        if int(whole) + step >= 0:
            yield f"{int(whole) + step}{point}{rest}"


def _citation(text: str) -> Citation | None:
    try:
        return Citation.from_text(text)
    except ZhibaoError:
        return None


def _neighbours(cite: Citation, text: str, pack: Pack) -> Iterator[str]:
    """Yield citations beside this one that exist: another article, paragraph and item of the same version."""
    instrument = pack.instruments.get(cite.instrument)
    versions: Sequence[object] = instrument.versions if instrument else ()
    head = text.split("/", maxsplit=1)[0]
    articles: Mapping[str, object] = {}
    for version in versions:
        if cite.article in getattr(version, "articles", {}) and cite.version in {None, getattr(version, "id", "")}:
            articles = getattr(version, "articles", {})
    others = [number for number in articles if number != cite.article]
    if others:
        yield f"{head}/{others[0]}"
    paragraphs: Mapping[int, int] = getattr(articles.get(cite.article), "paragraphs", {})
    if cite.paragraph is not None:
        yield from (f"{head}/{cite.article}/{one}" for one in list(paragraphs) if one != cite.paragraph)
        for item in (-1, 1) if cite.item is not None else ():
            if 1 <= cite.item + item <= paragraphs.get(cite.paragraph, 0):
                yield f"{head}/{cite.article}/{cite.paragraph}/{cite.item + item}"
        yield f"{head}/{cite.article}"
