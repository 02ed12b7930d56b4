"""Search over the law: references first, then names, rules of the pack, and the articles themselves.

Looks at folded text (one width, one case, no spaces), so that two characters are enough and 第２１９条 is 第219条. All words
typed must be there. Articles are ranked by how much of them the words are; the pack's part is searched in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhibao.apps.library.articles import article_label, order_of
from zhibao.apps.library.models import LawArticle, LawText
from zhibao.apps.library.texts.folding import folded, folded_with_places, printable
from zhibao.apps.library.texts.references import Reference, names_of, plain_name, read_reference
from zhibao.apps.organs.paging import LARGEST, Page
from zhibao.kernel.citations import Citation
from zhibao.kernel.labels import Label
from zhibao.rules.describe import describe
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.versions import Span

REFERENCE, INSTRUMENT, RULE, ARTICLE = "reference", "instrument", "rule", "article"
KINDS = (REFERENCE, INSTRUMENT, RULE, ARTICLE)
LONGEST_QUERY = 120  # characters
MOST_WORDS = 8
AROUND = 36  # characters of an excerpt on each side of the first word found
NO_RULES = frozenset({"instruments", "places", "years"})  # instruments are searched as such; places are no law


@dataclass(frozen=True, slots=True)
class Bit:
    """Some characters of an excerpt; ``hit`` marks a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One result. ``kind``: reference, instrument, rule (an entry of the pack), article.

    ``cite`` for articles and references; ``section`` and ``id`` for rules and instruments; ``text`` the imported text's
    number where the words are from one that fits no version. ``in_force`` is None where no day was asked for.
    """

    kind: str
    title: Label
    where: str  # 第六十条, or the entry's id
    excerpt: tuple[Bit, ...]
    score: float
    cite: Citation | None = None
    section: str = ""
    id: str = ""
    text: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results, with how many there are of each kind over all pages."""

    page: Page[Found]
    counts: dict[str, int]
    words: tuple[str, ...]


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a query, folded, each once."""
    words = (folded(printable(word)) for word in query[:LONGEST_QUERY].replace("，", " ").replace("、", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def search(
    pack: Pack,
    query: str,
    *,
    lang: str = "zh",
    day: date | None = None,
    today: date | None = None,
    kind: str = "",
    number: int = 1,
    size: int = 20,
) -> SearchPage:
    """Return what is found; with ``day`` only what was in force on it; with ``kind`` only results of that kind.

    Of several versions of an article that was named, the one in force on ``today`` stands first.
    """
    words = words_of(query)
    found: list[Found] = []
    if words:
        exact = sorted(_references(pack, query, day), key=lambda one: not _is_held(one, day or today))
        taken = {one.cite for one in exact}
        rules = _rules(pack, words, lang, day)
        found = [
            *exact,
            *_instruments(pack, words, day),
            *(one for one in rules if one.score),
            *(one for one in _articles(pack, words, day) if one.cite is None or one.cite not in taken),
            *(one for one in rules if not one.score),
        ]
    counts = {name: sum(1 for one in found if one.kind == name) for name in KINDS}
    wanted = [one for one in found if kind in {"", one.kind}]
    size = min(max(size, 1), LARGEST)
    number = min(max(number, 1), max(1, -(-len(wanted) // size)))
    shown = [_with_words(one, words) for one in wanted[(number - 1) * size : number * size]]
    return SearchPage(Page(shown, number, size, len(wanted)), counts, words)


def _is_held(one: Found, day: date | None) -> bool:
    return day is not None and one.first is not None and Span(one.first, one.last).contains(day)


def _references(pack: Pack, query: str, day: date | None) -> Iterator[Found]:
    """The article itself, in each version asked for: of the day, else of all, the newest first."""
    wanted = read_reference(query, pack.instruments.values())
    if wanted is None:
        return
    for instrument_id in wanted.instruments:
        instrument = pack.instruments[instrument_id]
        for version in sorted(_versions(instrument, wanted, day), key=lambda one: one.span.first, reverse=True):
            row = LawArticle.objects.filter(
                text__state=LawText.CURRENT,
                text__instrument=instrument.id,
                text__version=version.id,
                number=wanted.article,
            ).first()
            known = version.articles.get(wanted.article)
            if row is None and known is None:
                continue
            cite = Citation(instrument.id, version.id, wanted.article)
            excerpt = row.body[:160] if row else (known.gist.zh if known else "")
            yield Found(
                REFERENCE,
                instrument.title,
                article_label(wanted.article),
                (Bit(excerpt, hit=False),),
                1.0,
                cite=cite,
                first=version.span.first,
                last=version.span.last,
            )


def _versions(instrument: Instrument, wanted: Reference, day: date | None) -> list[InstrumentVersion]:
    if wanted.version:
        return [one for one in instrument.versions if one.id == wanted.version]
    return [one for one in instrument.versions if day is None or one.span.contains(day)]


def _instruments(pack: Pack, words: Sequence[str], day: date | None) -> list[Found]:
    found = []
    for instrument in pack.instruments.values():
        if day is not None and instrument.on(day) is None:
            continue
        names = list(names_of(instrument))
        if all(any(plain_name(word) in name for name in names) for word in words):
            score = max(len("".join(words)) / max(len(name), 1) for name in names if plain_name(words[0]) in name)
            span = _whole(instrument)
            found.append(
                Found(
                    INSTRUMENT,
                    instrument.title,
                    instrument.number or instrument.id,
                    (),
                    min(score, 1.0),
                    section="instruments",
                    id=instrument.id,
                    first=span.first,
                    last=span.last,
                )
            )
    return sorted(found, key=lambda one: (-one.score, one.id))


def _whole(instrument: Instrument) -> Span:
    first = min(version.span.first for version in instrument.versions)
    newest = max(instrument.versions, key=lambda version: version.span.first)
    return Span(first, newest.span.last)


def _rules(pack: Pack, words: Sequence[str], lang: str, day: date | None) -> list[Found]:
    """Entries of the pack: clocks, limits, fines, values: by id, title, and what their values say."""
    found = []
    for section, entry in pack.entries():
        if section in NO_RULES:
            continue
        title = title_of(entry)
        head = folded(f"{entry.id} {title.zh} {title.en}")
        rest = "" if all(word in head for word in words) else folded(_told(pack, section, entry, lang))
        if not all(word in head or word in rest for word in words) or not _holds(entry, day):
            continue
        score = sum(len(word) for word in words if word in head) / max(len(head), 1)
        found.append(Found(RULE, title, entry.id, (), score, section=section, id=entry.id))
    return sorted(found, key=lambda one: (-one.score, one.section, one.id))


def title_of(entry: Entry) -> Label:
    """Return the name of an entry of the pack; its id where it has none."""
    title = getattr(entry, "title", None) or getattr(entry, "name", None)
    return title if isinstance(title, Label) else Label(entry.id, entry.id)


_TOLD: dict[tuple[str, str, str, str], str] = {}
_TOLD_MOST = 20_000


def _told(pack: Pack, section: str, entry: Entry, lang: str) -> str:
    """Return all that an entry says, as one text; kept, since an entry of one pack never changes."""
    key = (pack.hash, section, entry.id, lang)
    if key not in _TOLD:
        if len(_TOLD) >= _TOLD_MOST:
            _TOLD.clear()
        _TOLD[key] = " ".join(_leaves(describe(pack, f"{section}/{entry.id}", lang)))
    return _TOLD[key]


def _leaves(value: object, name: str = "") -> Iterator[str]:
    """Yield the texts inside; hashes and places in files are no words of the law."""
    if name in {"law_pack", "where", "is", "section"}:
        return
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _leaves(held, key)
    elif isinstance(value, list):
        for held in value:
            yield from _leaves(held)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)


def _holds(entry: Entry, day: date | None) -> bool:
    versions = getattr(entry, "versions", ())
    spans = [version.span for version in versions if isinstance(getattr(version, "span", None), Span)]
    return day is None or not spans or any(span.contains(day) for span in spans)


def _articles(pack: Pack, words: Sequence[str], day: date | None) -> list[Found]:
    """Articles of imported texts whose words (with their label and our gist) hold all of ``words``, best first."""
    spans = {(one.id, version.id): version for one in pack.instruments.values() for version in one.versions}
    gists = _gists(pack, words)
    condition = Q()
    for word in words:
        condition &= Q(sought__contains=word)
    rows = LawArticle.objects.exclude(text__state=LawText.REPLACED).filter(condition)
    fields = ("text_id", "number", "label", "sought", "text__instrument", "text__version", "text__title")
    found = []
    seen = set()
    for text_id, number, label, sought, instrument_id, version_id, title in rows.values_list(*fields):
        version = spans.get((instrument_id, version_id))
        if day is not None and (version is None or not version.span.contains(day)):
            continue
        cite = Citation(instrument_id, version_id, number) if version is not None else None
        seen.add(cite)
        score = sum(sought.count(word) * len(word) for word in words) / (len(sought) + 60)
        score += 0.5 if cite in gists else 0.0
        named = pack.instruments[instrument_id].title if version is not None else Label(title, title)
        found.append(_article(named, label, score, cite=cite, version=version, text_id=text_id))
    for cite, (instrument, version) in gists.items():
        if cite not in seen and (day is None or version.span.contains(day)):
            found.append(
                _article(instrument.title, article_label(cite.article), 0.4, cite=cite, version=version, text_id=0)
            )
    return sorted(
        found,
        key=lambda one: (-round(one.score, 6), one.title.zh, -_ordinal(one.first), order_of(_number(one)), one.text),
    )


def _article(
    title: Label, label: str, score: float, *, cite: Citation | None, version: InstrumentVersion | None, text_id: int
) -> Found:
    first, last = (version.span.first, version.span.last) if version is not None else (None, None)
    return Found(ARTICLE, title, label, (), score, cite=cite, text=text_id, first=first, last=last)


def _number(one: Found) -> str:
    return one.cite.article if one.cite else "0"


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _gists(pack: Pack, words: Sequence[str]) -> dict[Citation, tuple[Instrument, InstrumentVersion]]:
    """Articles whose gist of ours holds all the words."""
    found = {}
    for instrument in pack.instruments.values():
        for version in instrument.versions:
            for number, article in version.articles.items():
                said = folded(f"{article.gist.zh} {article.gist.en}")
                if all(word in said for word in words):
                    found[Citation(instrument.id, version.id, number)] = (instrument, version)
    return found


def _with_words(one: Found, words: Sequence[str]) -> Found:
    """Add the excerpt of an article; done for the page that is shown, not for all that was found."""
    if one.kind != ARTICLE or not one.text:
        return one
    row = LawArticle.objects.filter(text_id=one.text, label=one.where).only("body").first()
    excerpt = excerpt_of(row.body if row else "", words)
    return Found(
        one.kind, one.title, one.where, excerpt, one.score, one.cite, one.section, one.id, one.text, one.first, one.last
    )


def excerpt_of(body: str, words: Sequence[str]) -> tuple[Bit, ...]:
    """Return the part of ``body`` around the first word found, with every word in it marked; joined, it is part of the body."""
    plain, places = folded_with_places(body)
    spots = [(place, len(word)) for word in words for place in _all(plain, word)]
    if not spots:
        return (Bit(body[: 4 * AROUND], hit=False),) if body else ()
    first = min(place for place, _ in spots)
    start, end = max(places[first] - AROUND, 0), min(places[first] + 4 * AROUND, len(body))
    marks = [False] * len(body)
    for place, length in spots:
        for at in range(places[place], places[place + length - 1] + 1):
            marks[at] = True
    bits: list[Bit] = []
    for at in range(start, end):
        if bits and bits[-1].hit == marks[at]:
            bits[-1] = Bit(bits[-1].text + body[at], marks[at])
        else:
            bits.append(Bit(body[at], marks[at]))
    return tuple(bits)


def _all(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))
