"""The law as people read it: instruments and articles as of a day, and versions side by side."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.law_answers import Day
from zhibao.apps.library import queries
from zhibao.apps.library.articles import ArticleView
from zhibao.apps.library.comparing import Row
from zhibao.apps.library.texts.differing import Marked
from zhibao.apps.organs.law import current_pack
from zhibao.kernel.days import legal_day
from zhibao.kernel.labels import Label

router = Router(tags=["law"])
VersionId = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class ItemOut(Schema):
    """项."""

    number: int
    text: str


class ParagraphOut(Schema):
    """款, with its items."""

    text: str
    items: list[ItemOut]


class SourceOut(Schema):
    """Where the words come from."""

    text: int
    title: str
    file: str
    source: str
    sha256: str
    by: str
    at: date
    note: str | None


class ArticleOut(Schema):
    """条. ``paragraphs`` is null where no text was imported: then our gist and the official address are all there is."""

    instrument: str
    version: str
    number: str
    label: str
    cite: str
    cite_id: str
    in_force_from: date
    in_force_to: date | None
    path: list[str]
    paragraphs: list[ParagraphOut] | None
    gist: str | None
    confidence: str | None
    official: str
    checked_on: date | None
    source: SourceOut | None
    earlier: list[str] = Field(description="The same provision in earlier versions, newest first.")
    later: list[str]
    previous: str | None
    next: str | None


class LineOut(Schema):
    """One line of the table of articles."""

    number: str
    label: str
    path: list[str]
    gist: str | None
    begins: str
    has_text: bool


class InstrumentOnOut(Schema):
    """An instrument as of a day; ``version`` is null where none was in force."""

    id: str
    title: str
    on: date
    version: str | None
    texts: dict[str, list[int]] = Field(description="Imported texts in use, by version.")
    preamble: list[str]
    articles: list[LineOut]


class RunOut(Schema):
    """Characters with one mark: same, gone (only in the older text), new (only in the newer)."""

    text: str
    mark: Literal["same", "gone", "new"]


class SideOut(Schema):
    """One article on one side."""

    number: str
    label: str
    path: list[str]


class RowOut(Schema):
    """Two articles that answer to each other. ``how`` they were paired: by table, by likeness (with score), by number, none."""

    kind: Literal["same", "changed", "renumbered", "added", "dropped"]
    how: Literal["table", "likeness", "number", "none"]
    score: float | None
    old: SideOut | None
    new: SideOut | None
    old_words: list[RunOut] | None
    new_words: list[RunOut] | None
    old_gist: str | None
    new_gist: str | None


class ComparedOut(Schema):
    """Two versions side by side."""

    instrument: str
    old: str
    new: str
    has_words: bool
    by_likeness: int
    counts: dict[str, int]
    rows: list[RowOut]


def _say(label: Label | None, lang: str) -> str | None:
    return label.say(lang) if label is not None else None


def article_out(view: ArticleView, lang: str) -> ArticleOut:
    """Return an article as it goes out."""
    source = view.source
    return ArticleOut(
        instrument=view.instrument,
        version=view.version,
        number=view.number,
        label=view.label,
        cite=current_pack().show_cite(view.cite, lang),
        cite_id=view.cite.to_text(),
        in_force_from=view.first,
        in_force_to=view.last,
        path=list(view.path),
        paragraphs=[ParagraphOut.from_orm(one) for one in view.paragraphs] if view.paragraphs is not None else None,
        gist=_say(view.gist, lang),
        confidence=str(view.confidence) if view.confidence else None,
        official=view.official,
        checked_on=view.checked_on,
        source=SourceOut(
            text=source.text,
            title=source.title,
            file=source.file,
            source=source.source,
            sha256=source.sha256,
            by=source.by.say(lang),
            at=source.at,
            note=_say(source.note, lang),
        )
        if source
        else None,
        earlier=[one.to_text() for one in view.earlier],
        later=[one.to_text() for one in view.later],
        previous=view.previous or None,
        next=view.next or None,
    )


@router.get("/instruments/{instrument}/on", response=InstrumentOnOut)
def read_instrument(
    request: HttpRequest, instrument: str, day: Annotated[Day | None, Query()] = None
) -> InstrumentOnOut:
    """Tell an instrument as of a day (today without one), with a line for each article known."""
    lang = lang_of(request)
    view = queries.instrument_on(person_of(request), instrument, day or legal_day(timezone.now()))
    return InstrumentOnOut(
        id=view.instrument.id,
        title=view.instrument.title.say(lang),
        on=view.day,
        version=view.version.id if view.version else None,
        texts={version: list(texts) for version, texts in view.texts.items()},
        preamble=list(view.preamble),
        articles=[
            LineOut(
                number=one.number,
                label=one.label,
                path=list(one.path),
                gist=_say(one.gist, lang),
                begins=one.begins,
                has_text=one.has_text,
            )
            for one in view.articles
        ],
    )


@router.get("/instruments/{instrument}/articles/{number}", response=ArticleOut)
def read_article(
    request: HttpRequest,
    instrument: str,
    number: str,
    day: Annotated[Day | None, Query()] = None,
    version: Annotated[VersionId | None, Query()] = None,
) -> ArticleOut:
    """Tell an article as of a day (today without one), or of one version: its words where a text was imported, our gist, its other numbers."""
    person = person_of(request)
    if version is not None:
        return article_out(queries.article_in(person, instrument, version, number), lang_of(request))
    on = day or legal_day(timezone.now())
    return article_out(queries.article_on(person, instrument, number, on), lang_of(request))


def _row_out(row: Row, lang: str) -> RowOut:
    return RowOut(
        kind=row.kind,  # type: ignore[arg-type]  # the words of comparing.py are those of the schema
        how=row.how,  # type: ignore[arg-type]
        score=row.score,
        old=SideOut.from_orm(row.old) if row.old else None,
        new=SideOut.from_orm(row.new) if row.new else None,
        old_words=_words(row.words, old=True),
        new_words=_words(row.words, old=False),
        old_gist=_say(row.gists[0], lang),
        new_gist=_say(row.gists[1], lang),
    )


def _words(words: Marked | None, *, old: bool) -> list[RunOut] | None:
    if words is None:
        return None
    return [RunOut.from_orm(run) for run in (words.old if old else words.new)]


class CompareQuery(Schema):
    """Which two versions."""

    old: VersionId
    new: VersionId
    words: bool = Field(True, description="false: versions without an imported text are compared by their gists.")


@router.get("/instruments/{instrument}/compare", response=ComparedOut)
def compare_versions(request: HttpRequest, instrument: str, wanted: Annotated[CompareQuery, Query()]) -> ComparedOut:
    """Put two versions side by side, article by article, with the differences marked."""
    lang = lang_of(request)
    found = queries.compare_versions(person_of(request), instrument, wanted.old, wanted.new, words=wanted.words)
    return ComparedOut(
        instrument=instrument,
        old=found.old.id,
        new=found.new.id,
        has_words=found.has_words,
        by_likeness=found.by_likeness,
        counts=dict(found.counts),
        rows=[_row_out(row, lang) for row in found.rows],
    )


class BecameQuery(Schema):
    """From which version to which; ``new_number`` where it is known."""

    old: VersionId
    new: VersionId
    new_number: Annotated[str, StringConstraints(max_length=20)] = ""


@router.get("/instruments/{instrument}/articles/{number}/compare", response=RowOut)
def compare_article(
    request: HttpRequest, instrument: str, number: str, wanted: Annotated[BecameQuery, Query()]
) -> RowOut:
    """Put an article beside another, or beside what it became in the newer version."""
    new = (wanted.new, wanted.new_number) if wanted.new_number else None
    row = queries.compare_articles(person_of(request), instrument, (wanted.old, number), new, new_version=wanted.new)
    return _row_out(row, lang_of(request))
