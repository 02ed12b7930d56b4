"""A reference to a provision as people type it: 商标法第六十条, 刑法219条之一, 法释〔2025〕5号第3条第1款, cn.fashi-2025-5/3/1.

Knows the names of instruments only as it is told them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhibao.apps.library.texts.folding import folded
from zhibao.apps.library.texts.numerals import NUMERAL, read_number
from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.instruments import Instrument

_NUMBER = NUMERAL.replace("０-９", "")  # folded text has no full-width digits
_ZH = re.compile(
    rf"(?P<name>.*?)的?第?(?P<n>{_NUMBER})条(?:之(?P<of>{_NUMBER}))?(?:第?(?P<p>{_NUMBER})款)?(?:第?[(（]?(?P<i>{_NUMBER})[)）]?项)?"
)
_EN = re.compile(r"(?P<name>.*?)[,.]?\s*art(?:icle)?\.?\s*(?P<n>\d+)(?:-(?P<of>\d+))?", re.IGNORECASE)
_MIXED = str.maketrans("〔〕《》", "[]<>")


@dataclass(frozen=True, slots=True)
class Reference:
    """What was typed: the instruments it may mean (none: only a number was given), the article, paragraph and item."""

    instruments: tuple[str, ...]
    article: str
    paragraph: int | None = None
    item: int | None = None
    version: str | None = None


def read_reference(text: str, instruments: Iterable[Instrument]) -> Reference | None:
    """Return the reference that ``text`` is, or None where it is none."""
    typed = text.strip()
    try:
        cite = Citation.from_text(typed)
    except ZhibaoError:
        return _read_words(typed, list(instruments))
    known = {one.id for one in instruments}
    return (
        Reference((cite.instrument,), cite.article, cite.paragraph, cite.item, cite.version)
        if cite.instrument in known
        else None
    )


def _read_words(text: str, instruments: list[Instrument]) -> Reference | None:
    found = _ZH.fullmatch(folded(text)) or _EN.fullmatch(text)
    if found is None:
        return None
    number = read_number(found["n"])
    if number is None:
        return None
    sub = read_number(found["of"]) if found["of"] else None
    parts = found.groupdict()
    named = _named(found["name"].strip(), instruments)
    if named is None:
        return None
    return Reference(
        named,
        f"{number}-{sub}" if sub else str(number),
        read_number(parts["p"]) if parts.get("p") else None,
        read_number(parts["i"]) if parts.get("i") else None,
    )


def _named(name: str, instruments: list[Instrument]) -> tuple[str, ...] | None:
    """Return the instruments a name means: by a whole name first, else those whose names end with it; None for none."""
    wanted = plain_name(name)
    if not wanted:
        return ()
    whole = [one.id for one in instruments if wanted in set(names_of(one))]
    if whole:
        return tuple(whole)
    partly = [
        one.id for one in instruments if len(wanted) >= 2 and any(known.endswith(wanted) for known in names_of(one))
    ]
    return tuple(partly) or None


def names_of(instrument: Instrument) -> Iterator[str]:
    """Yield the names an instrument goes by, in the form in which they are compared."""
    numbers = {instrument.number, *(version.number for version in instrument.versions)}
    for label in (instrument.title, instrument.short):
        yield plain_name(label.zh)
        yield plain_name(label.en)
    yield from (plain_name(number) for number in numbers if number)


def plain_name(name: str) -> str:
    """Return a name folded, without 中华人民共和国 and brackets of titles."""
    plain = folded(name).translate(_MIXED).replace("<", "").replace(">", "").replace("中华人民共和国", "")
    return plain.removesuffix("的")
