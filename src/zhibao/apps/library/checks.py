"""The law pack held against the imported texts: every article, paragraph and item it cites must stand there.

Knows no person. A finding is for the law officer; it changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhibao.apps.library.models import LawArticle, LawText
from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.citing import chinese_number
from zhibao.rules.instruments import Article, InstrumentVersion
from zhibao.rules.pack import Pack

NO_ARTICLE, NO_PARAGRAPH, OTHER_ITEMS, NO_VERSION = "no-article", "no-paragraph", "other-items", "no-version"


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A place where pack and text do not agree. ``where`` is file and line of the pack; ``text`` the imported text's number."""

    kind: str
    cite: Citation
    says: Label
    where: str
    text: int


def text_findings(pack: Pack, instrument: str = "") -> tuple[TextFinding, ...]:
    """Return what does not agree, over all texts in use (or those of one instrument), by citation."""
    rows = LawText.objects.filter(state=LawText.CURRENT)
    if instrument:
        rows = rows.filter(instrument=instrument)
    groups: dict[tuple[str, str], list[LawText]] = {}
    for text in rows:
        groups.setdefault((text.instrument, text.version), []).append(text)
    found = [one for texts in groups.values() for one in _findings(pack, texts)]
    return tuple(sorted(found, key=lambda one: one.cite.to_text()))


def findings_of_text(pack: Pack, text: LawText) -> tuple[TextFinding, ...]:
    """Return what does not agree between the pack and the version that ``text`` belongs to; nothing for an unmatched one."""
    if text.state != LawText.CURRENT:
        return ()
    parts = LawText.objects.filter(state=LawText.CURRENT, instrument=text.instrument, version=text.version)
    return tuple(_findings(pack, list(parts)))


def _findings(pack: Pack, texts: Sequence[LawText]) -> Iterator[TextFinding]:
    """Compare one version with its texts, which may be parts of a code: an article is missing when no part covers it."""
    first = texts[0]
    instrument = pack.instruments.get(first.instrument)
    version = instrument.version(first.version) if instrument else None
    if version is None:
        cite = Citation(first.instrument or "cn.none", first.version or None, "1")
        says = Label("法律包里已没有这一版。", "The law pack has no such version any more.")
        yield TextFinding(NO_VERSION, cite, says, "", first.pk)
        return
    rows = LawArticle.objects.filter(text__in=texts).defer("body", "sought")
    articles = {row.number: row for row in rows}
    for number, known in version.articles.items():
        cite = Citation(first.instrument, version.id, number)
        row = articles.get(number)
        if row is not None:
            yield from _compare(cite, known, row)
        elif not number[0].isdigit() or _covers(number, articles):
            says = Label(f"文本里没有{_label(number)}。", f"The text has no article {number}.")
            yield TextFinding(NO_ARTICLE, cite, says, known.where, first.pk)


def _covers(number: str, articles: dict[str, LawArticle]) -> bool:
    """Whether the texts reach as far as this number: a part of a code says nothing of articles before or after it."""
    numbers = [int(one.partition("-")[0]) for one in articles if one[0].isdigit()]
    wanted = int(number.partition("-")[0])
    if 1 in numbers and min(numbers) == 1:
        return True
    return bool(numbers) and min(numbers) <= wanted <= max(numbers)


def _label(number: str) -> str:
    head, _, tail = number.partition("-")
    if not head.isdecimal():
        return number
    return f"第{chinese_number(int(head))}条" + (f"之{chinese_number(int(tail))}" if tail.isdecimal() else "")


def _compare(cite: Citation, known: Article, row: LawArticle) -> Iterator[TextFinding]:
    """Compare the paragraphs and items the pack knows with those of the text."""
    for place, items in sorted(known.paragraphs.items()):
        here = Citation(cite.instrument, cite.version, cite.article, place)
        if place > len(row.paragraphs):
            says = Label(
                f"{row.label}只有 {len(row.paragraphs)} 款，法律包引了第 {place} 款。",
                f"{row.label} has {len(row.paragraphs)} paragraphs; the pack cites paragraph {place}.",
            )
            yield TextFinding(NO_PARAGRAPH, here, says, known.where, row.text_id)
            continue
        stands = len(row.paragraphs[place - 1]["items"])
        if items > stands:
            says = Label(
                f"{row.label}第 {place} 款有 {stands} 项，法律包写的是 {items} 项。",
                f"Paragraph {place} of {row.label} has {stands} items; the pack says {items}.",
            )
            yield TextFinding(OTHER_ITEMS, here, says, known.where, row.text_id)


def version_of(pack: Pack, text: LawText) -> InstrumentVersion | None:
    """Return the version of the pack that a text belongs to."""
    instrument = pack.instruments.get(text.instrument)
    return instrument.version(text.version) if instrument else None
