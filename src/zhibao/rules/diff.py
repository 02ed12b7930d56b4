"""One entry of the law on two days: which version held, what differs, and for an instrument what rests on it and moves too.

``changes`` and ``coming`` ask that of every entry: what a given day changes. Words and JSON are in ``diff_words``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import BadInput
from zhibao.rules.describe import find_entry
from zhibao.rules.differences import Change, differences, held_on, is_dated, later_number
from zhibao.rules.instruments import Article, Instrument, InstrumentVersion
from zhibao.rules.pack import Entry, Pack
from zhibao.rules.versions import ONE_DAY, Span


class DiffBackwards(BadInput):
    """The two days of a comparison are the wrong way round."""

    code = "law-diff-backwards"
    zh = "比较的起日 {first} 晚于止日 {second}。"
    en = "The comparison begins on {first}, after it ends on {second}."
    hint_zh = "把 --from 和 --to 对换。"
    hint_en = "Swap --from and --to."


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article of an instrument: under another number, with another gist, new, or gone.

    ``partial`` instruments list only the articles known, so that "added" and "dropped" speak of those alone.
    """

    how: str
    old: Article | None
    new: Article | None


@dataclass(frozen=True, slots=True)
class Diff:
    """An entry on two days. ``old`` and ``new``: the dates of the version that held; None: none did.

    ``dated`` false: the entry has no dates, and holds on every day.
    """

    section: str
    entry: Entry
    first: date
    second: date
    dated: bool
    old: Span | None
    new: Span | None
    changes: tuple[Change, ...]
    articles: tuple[ArticleChange, ...] = ()
    resting: tuple["Diff", ...] = ()

    @property
    def how(self) -> str:
        """The change in one word.

        begins, ends, changed, renumbered, carried (only the version of the article cited moved on), lapses (only a version
        cited has ended), same.
        """
        if self.dated and (self.old is None) != (self.new is None):
            return "begins" if self.old is None else "ends"
        kinds = {change.how for change in self.changes} | {"changed" for _ in self.articles}
        for how in ("changed", "renumbered", "carried", "lapses"):
            if kinds & ({"changed", "added", "dropped"} if how == "changed" else {how}):
                return how
        return "same" if self.old == self.new else "carried"


def diff(pack: Pack, entry_id: str, first: date, second: date) -> Diff:
    """Compare an entry as it stood on two days. Raises NoSuchEntry, SeveralEntries, DiffBackwards."""
    if first > second:
        raise DiffBackwards(where=entry_id, first=first.isoformat(), second=second.isoformat())
    section, entry = find_entry(pack, entry_id)
    return _with_resting(pack, _compare(pack, section, entry, first, second))


def changes(pack: Pack, on: date) -> tuple[Diff, ...]:
    """Return every entry that the day changes: a version begins or ends on it, or a version it cites ended the day before."""
    found = [_compare(pack, section, entry, on - ONE_DAY, on) for section, entry in pack.entries()]
    return tuple(sorted((one for one in found if one.how != "same"), key=lambda one: (one.section, one.entry.id)))


def coming(pack: Pack, after: date, until: date) -> dict[date, tuple[Diff, ...]]:
    """Return the days after ``after`` up to ``until`` on which something changes, in order, with what does."""
    days = {day for _, entry in pack.entries() for day in _turns(entry) if after < day <= until}
    found = {day: changes(pack, day) for day in sorted(days)}
    return {day: diffs for day, diffs in found.items() if diffs}


def _compare(pack: Pack, section: str, entry: Entry, first: date, second: date) -> Diff:
    changed = differences(pack, entry, first, second)
    articles: tuple[ArticleChange, ...] = ()
    if isinstance(entry, Instrument):
        changed = tuple(change for change in changed if change.path[:2] != ("versions", "articles"))
        articles = tuple(_articles(pack, entry, entry.on(first), entry.on(second)))
    return Diff(
        section, entry, first, second, is_dated(entry), _span(entry, first), _span(entry, second), changed, articles
    )


def _span(entry: Entry, day: date) -> Span | None:
    held = held_on(entry, day)
    return getattr(held[0], "span", None) if held else None


def _with_resting(pack: Pack, found: Diff) -> Diff:
    """Add, for an instrument, every other entry that cites it and changes between the two days."""
    if not isinstance(found.entry, Instrument):
        return found
    resting = [
        _compare(pack, section, entry, found.first, found.second)
        for section, entry in pack.entries()
        if section != "instruments" and any(cite.instrument == found.entry.id for cite in citations(entry))
    ]
    moved = tuple(one for one in resting if one.how != "same")
    return Diff(
        found.section,
        found.entry,
        found.first,
        found.second,
        found.dated,
        found.old,
        found.new,
        found.changes,
        found.articles,
        moved,
    )


def _articles(
    pack: Pack, instrument: Instrument, old: InstrumentVersion | None, new: InstrumentVersion | None
) -> Iterator[ArticleChange]:
    """Pair the articles of two versions through the renumbering tables; by their numbers where no table speaks."""
    if old is new or old is None or new is None:
        return
    pairs = {number: later_number(pack, Citation(instrument.id, old.id, number), new) for number in old.articles}
    for number, article in old.articles.items():
        later = new.articles.get(pairs[number] or "")
        if later is None:
            yield ArticleChange("dropped", article, None)
        elif later.number != article.number:
            yield ArticleChange("renumbered", article, later)
        elif (later.gist, later.paragraphs) != (article.gist, article.paragraphs):
            yield ArticleChange("changed", article, later)
    for number, article in new.articles.items():
        if number not in pairs.values():
            yield ArticleChange("added", None, article)


def _turns(value: object) -> Iterator[date]:
    """Yield every day on which something inside ``value`` begins, or has just ended."""
    if isinstance(value, Span):
        yield value.first
        if value.last is not None:
            yield value.last + ONE_DAY
    else:
        for one in _inside(value):
            yield from _turns(one)


def citations(value: object) -> Iterator[Citation]:
    """Yield every citation inside an entry."""
    if isinstance(value, Citation):
        yield value
    else:
        for one in _inside(value):
            yield from citations(one)


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    elif is_dataclass(value):
        yield from (getattr(value, one.name) for one in fields(value))
