"""Two versions of an article or of a whole instrument side by side, with the differences marked.

Which article answers to which follows from the pack's renumbering table, else from likeness of their words; each row says
which. Without an imported text on a side, our own gists are compared and the row says so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhibao.apps.library.articles import article_label, find_instrument, find_version, order_of, rows_of, texts_of
from zhibao.apps.library.errors import CannotCompare
from zhibao.apps.library.models import LawArticle
from zhibao.apps.library.texts.differing import Marked, grams, likeness, marked
from zhibao.kernel.labels import Label
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.rules.pack import Pack

TABLE, LIKENESS, NUMBER, NONE = "table", "likeness", "number", "none"
LIKE = 0.35  # below, two articles share no more than the words every article has


@dataclass(frozen=True, slots=True)
class Side:
    """One article on one side of a comparison."""

    number: str
    label: str
    path: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison. ``how`` the two were paired: table, likeness (with ``score``), number, none.

    ``kind``: same, changed, renumbered (same words under another number), added, dropped. ``words`` is None where a side has
    no text: then ``gists`` are all there is to compare.
    """

    kind: str
    how: str
    score: float | None
    old: Side | None
    new: Side | None
    words: Marked | None
    gists: tuple[Label | None, Label | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side. ``counts`` of each kind of row; ``by_likeness`` how many rows were paired by words."""

    instrument: Instrument
    old: InstrumentVersion
    new: InstrumentVersion
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    by_likeness: int
    has_words: bool


def compare_versions(pack: Pack, instrument_id: str, old_id: str, new_id: str, *, words: bool = True) -> Comparison:
    """Compare two whole versions. Raises NoSuchVersion; with ``words`` also CannotCompare where a side has no text."""
    instrument = find_instrument(pack, instrument_id)
    old, new = find_version(instrument, old_id), find_version(instrument, new_id)
    left, right = sides_of(instrument, old), sides_of(instrument, new)
    for version, held in ((old, left), (new, right)):
        if words and not held:
            raise CannotCompare(where=version.id, instrument=instrument.short.zh, version=version.id)
    whole = bool(left and right)
    if not whole:
        left, right = _known(old), _known(new)
    pairs = align(instrument, old.id, new.id, left, right)
    rows = tuple(_row(old, new, pair, words=whole) for pair in pairs)
    counts = Counter(row.kind for row in rows)
    return Comparison(instrument, old, new, rows, counts, sum(1 for row in rows if row.how == LIKENESS), whole)


def sides_of(instrument: Instrument, version: InstrumentVersion) -> list[Side]:
    """Return the articles of a version with their words; nothing where no text was imported."""
    return [_side(row) for row in rows_of(texts_of(instrument.id, version.id))]


def _side(row: LawArticle) -> Side:
    return Side(row.number, row.label, tuple(row.path), row.body)


def _known(version: InstrumentVersion) -> list[Side]:
    return [Side(number, article_label(number), (), "") for number in sorted(version.articles, key=order_of)]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that answer to each other, or one that answers to none."""

    old: Side | None
    new: Side | None
    how: str
    score: float | None


def align(instrument: Instrument, old_id: str, new_id: str, left: Sequence[Side], right: Sequence[Side]) -> list[Pair]:
    """Pair the articles of two versions; rows follow the newer text, dropped ones stand where they stood."""
    olds, news = {one.number: one for one in left}, {one.number: one for one in right}
    found = _by_table(instrument, old_id, new_id, olds, news)
    found |= _by_likeness(
        [one for one in left if one.number not in {pair.old.number for pair in found.values() if pair.old}],
        [one for one in right if one.number not in found],
    )
    taken = {pair.old.number for pair in found.values() if pair.old}
    for number, side in news.items():  # without words only the numbers are left to go by
        old = olds.get(number)
        if number not in found and old is not None and number not in taken and not old.body and not side.body:
            found[number] = Pair(old, side, NUMBER, None)
            taken.add(number)
    return _in_order(left, right, found)


def _by_table(
    instrument: Instrument, old_id: str, new_id: str, olds: Mapping[str, Side], news: Mapping[str, Side]
) -> dict[str, Pair]:
    found: dict[str, Pair] = {}
    for number, side in olds.items():
        later = _later(instrument, old_id, number, new_id)
        if later is not None and later in news and later not in found:
            found[later] = Pair(side, news[later], TABLE, None)
    return found


def _later(instrument: Instrument, version: str, number: str, wanted: str) -> str | None:
    """Follow a number through the renumbering tables to the version wanted."""
    seen = set()
    while version != wanted:
        if (version, number) in seen or (version, number) not in instrument.renumbered:
            return None
        seen.add((version, number))
        version, number = instrument.renumbered[version, number]
    return number


def _by_likeness(left: Sequence[Side], right: Sequence[Side]) -> dict[str, Pair]:
    """Pair what the table does not speak of, the most alike first; of two alike, the one with the same number."""
    shared = _shared_grams(left, right)
    sizes = (
        {side.number: len(grams(side.body)) for side in left},
        {side.number: len(grams(side.body)) for side in right},
    )
    scored = sorted(
        ((2 * count / (sizes[0][old] + sizes[1][new]), old == new, old, new) for (old, new), count in shared.items()),
        key=lambda one: (-one[0], not one[1], order_of(one[2]), order_of(one[3])),
    )
    olds, news = {one.number: one for one in left}, {one.number: one for one in right}
    found: dict[str, Pair] = {}
    taken: set[str] = set()
    for score, _, old, new in scored:
        if score < LIKE:
            break
        if old not in taken and new not in found:
            found[new] = Pair(olds[old], news[new], LIKENESS, round(score, 3))
            taken.add(old)
    return found


def _shared_grams(left: Sequence[Side], right: Sequence[Side]) -> Counter[tuple[str, str]]:
    """Count for each two articles the pairs of characters both have; only those that meet are looked at."""
    holders: dict[str, list[str]] = {}
    for side in left:
        for gram in grams(side.body) if side.body else ():
            holders.setdefault(gram, []).append(side.number)
    shared: Counter[tuple[str, str]] = Counter()
    for side in right:
        for gram in grams(side.body) if side.body else ():
            shared.update((old, side.number) for old in holders.get(gram, ()))
    return shared


def _in_order(left: Sequence[Side], right: Sequence[Side], found: Mapping[str, Pair]) -> list[Pair]:
    pairs: list[Pair] = [found.get(side.number, Pair(None, side, NONE, None)) for side in right]
    place = {pair.old.number: index for index, pair in enumerate(pairs) if pair.old}
    after = -1
    waiting: dict[int, list[Pair]] = {}
    for side in left:
        if side.number in place:
            after = place[side.number]
        else:
            waiting.setdefault(after, []).append(Pair(side, None, NONE, None))
    ordered = list(waiting.get(-1, ()))
    for index, pair in enumerate(pairs):
        ordered += [pair, *waiting.get(index, ())]
    return ordered


def _row(old: InstrumentVersion, new: InstrumentVersion, pair: Pair, *, words: bool) -> Row:
    before = old.articles.get(pair.old.number) if pair.old else None
    after = new.articles.get(pair.new.number) if pair.new else None
    gists = (before.gist if before else None, after.gist if after else None)
    shown = marked(pair.old.body if pair.old else "", pair.new.body if pair.new else "") if words else None
    return Row(_kind(pair, shown, gists), pair.how, pair.score, pair.old, pair.new, shown, gists)


def _kind(pair: Pair, shown: Marked | None, gists: tuple[Label | None, Label | None]) -> str:
    if pair.old is None or pair.new is None:
        return "added" if pair.old is None else "dropped"
    alike = shown.same if shown is not None else gists[0] == gists[1]
    if not alike:
        return "changed"
    return "same" if pair.old.number == pair.new.number else "renumbered"


def compare_articles(
    pack: Pack, instrument_id: str, old: tuple[str, str], new: tuple[str, str] | None = None, *, new_version: str = ""
) -> Row:
    """Compare one article (version, number) with another, or with the one it became in ``new_version``.

    Raises NoSuchVersion, and CannotCompare where the version has no such article to compare with.
    """
    instrument = find_instrument(pack, instrument_id)
    before = find_version(instrument, old[0])
    after = find_version(instrument, new[0] if new else new_version)
    left, right = sides_of(instrument, before) or _known(before), sides_of(instrument, after) or _known(after)
    if new is None:
        pairs = align(instrument, before.id, after.id, left, right)
        pair = next((one for one in pairs if one.old is not None and one.old.number == old[1]), None)
    else:
        pair = _told_pair(left, right, old[1], new[1])
    if pair is None or (pair.old is None and pair.new is None):
        raise CannotCompare(where=old[1], instrument=instrument.short.zh, version=before.id)
    words = bool((pair.old is None or pair.old.body) and (pair.new is None or pair.new.body))
    return _row(before, after, pair, words=words)


def _told_pair(left: Sequence[Side], right: Sequence[Side], old: str, new: str) -> Pair:
    one = next((side for side in left if side.number == old), None)
    other = next((side for side in right if side.number == new), None)
    score = (
        round(likeness(grams(one.body), grams(other.body)), 3) if one and other and one.body and other.body else None
    )
    return Pair(one, other, NUMBER, score)


def changed_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield the rows in which something differs."""
    return (row for row in comparison.rows if row.kind != "same")
