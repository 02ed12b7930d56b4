"""The law as of a day: which version held, what an article says, where it stands, what it was called before and after.

Our own gist is always there where the pack knows the article; the words only where a text was imported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.apps.library.errors import ArticleUnknown, NoSuchVersion
from zhibao.apps.library.models import LawArticle, LawText
from zhibao.apps.library.texts.splitting import Item, Paragraph
from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.citing import chinese_number
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Confidence


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words come from: the imported text, its file, who brought it in and when."""

    text: int
    title: str
    file: str
    source: str
    sha256: str
    by: Label
    at: date
    note: Label | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """条 as of a day. ``paragraphs`` is None where no text was imported: show ``gist`` and ``official`` then.

    ``gist`` is None for an article that only the imported text has. ``earlier`` and ``later`` are the same provision in the
    version before and after; ``previous`` and ``next`` the neighbours in this version.
    """

    instrument: str
    version: str
    number: str
    label: str
    day: date
    first: date
    last: date | None
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...] | None
    gist: Label | None
    confidence: Confidence | None
    official: str
    checked_on: date | None
    source: Source | None
    earlier: tuple[Citation, ...]
    later: tuple[Citation, ...]
    previous: str
    next: str

    @property
    def cite(self) -> Citation:
        """The citation of this article in this version."""
        return Citation(self.instrument, self.version, self.number)


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One line of a table of articles: the first words of the text, or our gist."""

    number: str
    label: str
    path: tuple[str, ...]
    gist: Label | None
    begins: str  # of the text; empty without one
    has_text: bool


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument as of a day: its version then (None before the first and after the last), all versions, its articles."""

    instrument: Instrument
    day: date
    version: InstrumentVersion | None
    articles: tuple[ArticleLine, ...]
    texts: Mapping[str, tuple[int, ...]]  # version id -> imported texts in use
    preamble: tuple[str, ...]


def article_label(number: str) -> str:
    """Return a number as people read it: 219-1 -> 第二百一十九条之一, annex-2 -> 附件2, part-5-1 -> 第5.1节."""
    head, _, tail = number.partition("-")
    if not head.isdecimal():
        return {"annex": f"附件{tail}", "part": f"第{tail.replace('-', '.')}节"}.get(head, number)
    return f"第{chinese_number(int(head))}条" + (f"之{chinese_number(int(tail))}" if tail.isdecimal() else "")


def find_instrument(pack: Pack, instrument_id: str) -> Instrument:
    """Return the instrument with that id. Raises NoSuchVersion with some that are there."""
    found = pack.instruments.get(instrument_id)
    if found is None:
        words = set(instrument_id.replace("cn.", "").split("-"))
        near = sorted(one for one in pack.instruments if words & set(one.replace("cn.", "").split("-")))
        raise NoSuchVersion(
            where="instrument", seen=instrument_id, known=", ".join((near or sorted(pack.instruments))[:8])
        )
    return found


def find_version(instrument: Instrument, version_id: str) -> InstrumentVersion:
    """Return a version by its id. Raises NoSuchVersion."""
    found = instrument.version(version_id)
    if found is None:
        known = ", ".join(one.id for one in instrument.versions)
        raise NoSuchVersion(where="version", seen=f"{instrument.id}@{version_id}", known=known)
    return found


def texts_of(instrument: str, version: str) -> list[LawText]:
    """Return the imported texts in use for a version: one, or the parts of a code."""
    rows = LawText.objects.filter(instrument=instrument, version=version, state=LawText.CURRENT)
    return list(rows.select_related("by").order_by("pk"))


def rows_of(texts: Sequence[LawText]) -> list[LawArticle]:
    """Return the articles of a version in the order of their numbers, annexes last, without what only search needs."""
    rows = list(LawArticle.objects.filter(text__in=[one.pk for one in texts]).defer("sought"))
    order = {text.pk: place for place, text in enumerate(texts)}
    return sorted(rows, key=lambda row: (order_of(row.number), order[row.text_id], row.place))


def order_of(number: str) -> tuple[int, int, int]:
    """Return what articles are ordered by: 219, 219-1, 220, annexes."""
    head, _, tail = number.partition("-")
    if not head.isdecimal():
        return 1, int(tail) if tail.isdecimal() else 0, 0
    return 0, int(head), int(tail) if tail.isdecimal() else 0


def article_on(pack: Pack, instrument_id: str, number: str, day: date) -> ArticleView:
    """Return an article as it stood on ``day``. Raises NoSuchVersion and ArticleUnknown."""
    instrument = find_instrument(pack, instrument_id)
    version = instrument.on(day)
    if version is None:
        raise _unknown(instrument, number, day)
    return article_of(pack, instrument, version, number, day)


def article_of(pack: Pack, instrument: Instrument, version: InstrumentVersion, number: str, day: date) -> ArticleView:
    """Return an article of one version. Raises ArticleUnknown where neither pack nor text has it."""
    if not number.isprintable():  # such as NUL in an address, which not every database can even ask for
        raise _unknown(instrument, number, day)
    texts = texts_of(instrument.id, version.id)
    row = LawArticle.objects.filter(text__in=texts, number=number).defer("sought").first()
    known = version.articles.get(number)
    if row is None and known is None:
        raise _unknown(instrument, number, day)
    numbers = _numbers(version, texts)
    place = numbers.index(number)
    return ArticleView(
        instrument=instrument.id,
        version=version.id,
        number=number,
        label=row.label if row else article_label(number),
        day=day,
        first=version.span.first,
        last=version.span.last,
        path=tuple(row.path) if row else (),
        paragraphs=paragraphs_of(row) if row else None,
        gist=known.gist if known else None,
        confidence=known.confidence if known else None,
        official=version.official,
        checked_on=version.checked_on,
        source=_source(next(one for one in texts if one.pk == row.text_id)) if row else None,
        earlier=before(instrument, version.id, number),
        later=pack.followed(Citation(instrument.id, version.id, number))[1:],
        previous=numbers[place - 1] if place else "",
        next=numbers[place + 1] if place + 1 < len(numbers) else "",
    )


def _unknown(instrument: Instrument, number: str, day: date) -> ArticleUnknown:
    return ArticleUnknown(
        where=f"{instrument.id}/{number}",
        day=day.isoformat(),
        instrument=instrument.short.zh,
        article=article_label(number),
    )


def paragraphs_of(row: LawArticle) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a stored article."""
    return tuple(
        Paragraph(one["text"], tuple(Item(item["number"], item["text"]) for item in one["items"]))
        for one in row.paragraphs
    )


def _source(text: LawText) -> Source:
    note = Label(text.why["zh"], text.why["en"]) if text.why else None
    by = Label(text.by.name_zh or text.by.username, text.by.name_en or text.by.username)
    return Source(text.pk, text.title, text.source_name, text.source, text.sha256, by, text.at.date(), note)


def _numbers(version: InstrumentVersion, texts: Sequence[LawText]) -> list[str]:
    stored = LawArticle.objects.filter(text__in=texts).values_list("number", flat=True)
    return sorted({*version.articles, *stored}, key=order_of)


def before(instrument: Instrument, version: str, number: str) -> tuple[Citation, ...]:
    """Return the same provision in earlier versions, newest first, through the pack's renumbering tables."""
    chain: list[Citation] = []
    wanted = (version, number)
    while True:
        older = next((old for old, new in instrument.renumbered.items() if new == wanted), None)
        if older is None or any((one.version, one.article) == older for one in chain):
            return tuple(chain)
        chain.append(Citation(instrument.id, *older))
        wanted = older


def instrument_on(pack: Pack, instrument_id: str, day: date) -> InstrumentView:
    """Return an instrument as of a day. Raises NoSuchVersion for one the pack does not know."""
    instrument = find_instrument(pack, instrument_id)
    rows = LawText.objects.filter(instrument=instrument.id, state=LawText.CURRENT).order_by("pk")
    held: dict[str, tuple[int, ...]] = {}
    for text in rows:
        held[text.version] = (*held.get(text.version, ()), text.pk)
    version = instrument.on(day)
    if version is None:
        return InstrumentView(instrument, day, None, (), held, ())
    texts = [one for one in rows if one.version == version.id]
    preamble = tuple(line for text in texts for line in text.preamble.split("\n") if line)
    return InstrumentView(instrument, day, version, lines_of(version, texts), held, preamble)


def lines_of(version: InstrumentVersion, texts: Sequence[LawText]) -> tuple[ArticleLine, ...]:
    """Return a line for each article known of a version, in order."""
    stored = {row.number: row for row in LawArticle.objects.filter(text__in=texts).defer("sought", "paragraphs")}
    lines = []
    for number in sorted({*version.articles, *stored}, key=order_of):
        row, known = stored.get(number), version.articles.get(number)
        lines.append(
            ArticleLine(
                number=number,
                label=row.label if row else article_label(number),
                path=tuple(row.path) if row else (),
                gist=known.gist if known else None,
                begins=row.body.split("\n")[0][:80] if row else "",
                has_text=row is not None,
            )
        )
    return tuple(lines)
