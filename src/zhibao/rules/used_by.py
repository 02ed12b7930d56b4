"""Which rules of a pack rest on an article: the reverse of every citation.

Knows no kind of entry in particular: it walks the fields of the pack's values, so that a new kind is found without
being listed here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.versions import Confidence, Span


@dataclass(frozen=True, slots=True)
class Use:
    """One entry, or one dated version of it, that rests on the article: the citations by which it does."""

    section: str
    id: str
    title: Label
    cites: tuple[Citation, ...]
    span: Span | None
    confidence: Confidence | None


def used_by(pack: Pack, citation: Citation) -> tuple[Use, ...]:
    """Return what rests on ``citation``, by section, id and first day.

    A citation without paragraph or item means all that is below it; without a version, any version. With a version,
    the same article under its later numbers counts as well.
    """
    wanted = pack.followed(citation)
    found = [
        Use(section, entry.id, _title(entry), tuple(sorted(cites, key=Citation.to_text)), span, confidence)
        for section, entry in pack.entries()
        for (span, confidence), cites in _by_span(entry, wanted).items()
    ]
    return tuple(sorted(found, key=lambda use: (use.section, use.id, str(use.span.first) if use.span else "")))


def _title(entry: Entry) -> Label:
    title = getattr(entry, "title", None) or getattr(entry, "name", None)
    return title if isinstance(title, Label) else Label(entry.id, entry.id)


def _by_span(entry: Entry, wanted: tuple[Citation, ...]) -> dict[tuple[Span | None, Confidence | None], set[Citation]]:
    found: dict[tuple[Span | None, Confidence | None], set[Citation]] = {}
    for cite, span, confidence in _walk(entry, None, None):
        if any(_covers(one, cite) for one in wanted):
            found.setdefault((span, confidence), set()).add(cite)
    return found


def _walk(
    value: object, span: Span | None, confidence: Confidence | None
) -> Iterator[tuple[Citation, Span | None, Confidence | None]]:
    """Yield every citation inside ``value`` with the nearest dates and confidence around it."""
    if isinstance(value, Citation):
        yield value, span, confidence
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _walk(one, span, confidence)
    elif isinstance(value, tuple):
        for one in value:
            yield from _walk(one, span, confidence)
    elif is_dataclass(value):
        span = getattr(value, "span", None) or span
        confidence = getattr(value, "confidence", None) or confidence
        for each in fields(value):
            yield from _walk(getattr(value, each.name), span, confidence)


def _covers(wanted: Citation, cite: Citation) -> bool:
    """Return whether ``cite`` is ``wanted`` or lies below it."""
    return (
        wanted.instrument == cite.instrument
        and wanted.article == cite.article
        and wanted.version in {None, cite.version}
        and wanted.paragraph in {None, cite.paragraph}
        and wanted.item in {None, cite.item}
    )
