"""Golden cases of how sure the values are: per section, every value that was not read in the text, by entry and first day.

A ledger beside the files: whoever finds the text of a value, or doubts it, says so in both places, and nobody by a slip.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence, Span

UNDATED = "entry"


def check_sure(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield the entries of a section that are less sure, or surer, than the case says; what it leaves out is ``text``.

    ``unsure: {entry: {first day: secondary | unconfirmed, or with a number where there are several}}``.
    """
    case.only("name", "section", "unsure")
    section = case.text("section")
    held = getattr(pack, section, None)
    if not isinstance(held, Mapping):
        raise LawUnknownReference(where=case.place("section"), seen=section, what_zh="类别", what_en="a section")
    unsure = case.table("unsure")
    for name in dict.fromkeys((*held, *unsure)):
        want = {day: unsure.table(name).text(day) for day in unsure.table(name)} if name in unsure else {}
        got = unsure_of(held[name]) if name in held else {}
        if got != want:
            yield Mismatch(unsure.place(name), f"{case.text('name')} {name}", str(want), str(got))


def unsure_of(entry: Entry) -> dict[str, str]:
    """Return what of an entry was not read in the text: by first day, how sure, and of how many values if of several."""
    found = Counter(_walk(entry, UNDATED))
    days: dict[str, list[str]] = {}
    for (day, sure), number in sorted(found.items()):
        if sure is not Confidence.TEXT:
            days.setdefault(day, []).append(sure.value if number == 1 else f"{sure.value} {number}")
    return {day: ", ".join(told) for day, told in days.items()}


def _walk(value: object, day: str) -> Iterator[tuple[str, Confidence]]:
    if isinstance(value, Confidence):
        yield day, value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _walk(one, day)
    elif isinstance(value, tuple):
        for one in value:
            yield from _walk(one, day)
    elif is_dataclass(value):
        span = getattr(value, "span", None)
        inner = span.first.isoformat() if isinstance(span, Span) else day
        for one in fields(value):
            yield from _walk(getattr(value, one.name), inner)
