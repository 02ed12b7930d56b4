"""Mutants of a law file: one number, comparison, date, article, word of scope or ratio changed at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FLIPS = {">=": (">", "<="), "seller": ("maker",), "criminal, administrative": ("criminal", "administrative")}
SITES = re.compile(
    r"(?P<date>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<op>>=)"
    r"|(?P<cite>cn\.[a-z0-9-]+(?:@\w+)?/[0-9/-]+)"
    r"|(?P<number>(?<=>= )\d+|(?<=times: )\d+|(?<=within: )\d+|(?<=shortest: )\d+|(?<=longest: )\d+)"
    r"|(?P<word>seller|criminal, administrative)"
    r"|(?P<of>cn\.criminal\.\d+(?=[,\]]))"
)


@dataclass(frozen=True)
class Mutant:
    line: int
    what: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Yield every mutant of a law file, comments and names left alone."""
    for found in SITES.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        start = text.rfind("\n", 0, found.start()) + 1
        if text[start : found.start()].lstrip().startswith("#"):
            continue
        for changed in changes(found):
            yield Mutant(line, f"{found.group()} → {changed}", text[: found.start()] + changed + text[found.end() :])


def changes(found: re.Match[str]) -> Iterator[str]:
    seen = found.group()
    match found.lastgroup:
        case "date":
            day = date.fromisoformat(seen)
            yield from ((day + timedelta(days=step)).isoformat() for step in (-1, 1))
        case "number":
            yield from (str(int(seen) + step) for step in (-1, 1))
        case "cite":
            head, _, last = seen.rpartition("/")
            yield f"{head}/{int(last.split('-')[0]) + 1}"
            if int(last.split("-")[0]) > 1:
                yield f"{head}/{int(last.split('-')[0]) - 1}"
        case "of":
            yield "cn.criminal.217" if seen != "cn.criminal.217" else "cn.criminal.213"
        case _:
            yield from FLIPS[seen]
