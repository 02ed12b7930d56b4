"""Searching the law, and what rests on an article: rules of the pack and open matters."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.law_answers import Day
from zhibao.api.paging import Links, Listed, PageQuery, links_of, listed
from zhibao.api.texts import Json
from zhibao.apps.library import queries
from zhibao.apps.library.searching import Found
from zhibao.apps.library.uses import RestingMatter, UseView
from zhibao.apps.organs.law import current_pack
from zhibao.kernel.citations import Citation
from zhibao.kernel.days import legal_day

router = Router(tags=["law"])
Text = Annotated[str, StringConstraints(max_length=120)]


class BitOut(Schema):
    """Characters of an excerpt; ``hit`` marks what was searched for."""

    text: str
    hit: bool


class FoundOut(Schema):
    """One result of a search."""

    kind: Literal["reference", "instrument", "rule", "article"]
    title: str
    where: str
    excerpt: list[BitOut]
    score: float
    cite: str | None
    cite_id: str | None
    section: str
    id: str
    text: int | None = Field(description="Number of the imported text, for an article of one that fits no version.")
    in_force_from: date | None
    in_force_to: date | None


class SearchOut(Schema):
    """A page of results, and how many there are of each kind over all pages."""

    items: list[FoundOut]
    counts: dict[str, int]
    page: int
    size: int
    total: int
    links: Links


class UseOut(Schema):
    """A rule that rests on the article. ``open_matters`` is null for rules of which no matter holds a row."""

    section: str
    id: str
    title: str
    cites: list[str]
    cite_ids: list[str]
    in_force_from: date | None
    in_force_to: date | None
    confidence: str | None
    open_matters: int | None


class UsesOut(Schema):
    """All that rests on an article."""

    article: str
    cite: str
    gist: str
    uses: list[UseOut]


class RestingOut(Schema):
    """An open matter in which a clock that rests on the article runs, or a limit of it is met."""

    matter: str
    title: str
    clocks: list[Json]
    limits: list[Json]


def _found_out(one: Found, lang: str) -> FoundOut:
    return FoundOut(
        kind=one.kind,  # type: ignore[arg-type]  # the words of searching.py are those of the schema
        title=one.title.say(lang),
        where=one.where,
        excerpt=[BitOut.from_orm(bit) for bit in one.excerpt],
        score=round(one.score, 4),
        cite=current_pack().show_cite(one.cite, lang) if one.cite else None,
        cite_id=one.cite.to_text() if one.cite else None,
        section=one.section,
        id=one.id,
        text=one.text or None,
        in_force_from=one.first,
        in_force_to=one.last,
    )


class SearchIn(Schema):
    """What is searched for. ``day``: only what was in force on it."""

    q: Text
    day: Day | None = None
    kind: Literal["", "reference", "instrument", "rule", "article"] = ""


@router.get("/search", response=SearchOut)
def search_law(request: HttpRequest, wanted: Annotated[SearchIn, Query()], paging: PageQuery) -> SearchOut:
    """Search titles, rules, gists and articles; a reference such as 商标法第六十条 or cn.fashi-2025-5/3 stands first."""
    lang = lang_of(request)
    found = queries.search(
        person_of(request),
        wanted.q,
        day=wanted.day,
        today=legal_day(timezone.now()),
        kind=wanted.kind,
        page=paging.page,
        size=paging.size,
    )
    page = found.page
    return SearchOut(
        items=[_found_out(one, lang) for one in page.items],
        counts=found.counts,
        page=page.number,
        size=page.size,
        total=page.total,
        links=links_of(request, page.number, page.pages),
    )


def _use_out(use: UseView, lang: str) -> UseOut:
    pack = current_pack()
    return UseOut(
        section=use.section,
        id=use.id,
        title=use.title.say(lang),
        cites=[pack.show_cite(cite, lang) for cite in use.cites],
        cite_ids=[cite.to_text() for cite in use.cites],
        in_force_from=use.first,
        in_force_to=use.last,
        confidence=str(use.confidence) if use.confidence else None,
        open_matters=use.open_matters,
    )


Article = Annotated[str, Query(min_length=1, max_length=120, description="Such as cn.fashi-2025-5/3.")]


@router.get("/uses", response=UsesOut)
def list_uses(request: HttpRequest, article: Article) -> UsesOut:
    """List what rests on an article: clocks, limits, fines, values, forms, with how many open matters you may see."""
    lang, pack = lang_of(request), current_pack()
    citation: Citation = pack.find_cite(article)
    return UsesOut(
        article=citation.to_text(),
        cite=pack.show_cite(citation, lang),
        gist=pack.gist(citation, lang),
        uses=[_use_out(use, lang) for use in queries.uses_of(person_of(request), citation)],
    )


def _resting_out(one: RestingMatter, lang: str) -> RestingOut:
    return RestingOut(
        matter=one.matter.number,
        title=one.matter.title,
        clocks=[
            {
                "id": clock.clock,
                "title": clock.titles.say(lang),
                "entry": clock.entry,
                "state": clock.state,
                "due": clock.due.isoformat() if clock.due else None,
                "cite_id": clock.cite,
            }
            for clock in one.clocks
        ],
        limits=[{"offence": offence, "tier": tier, "id": limit} for offence, tier, limit in one.limits],
    )


@router.get("/uses/matters", response=Listed[RestingOut])
def list_resting_matters(request: HttpRequest, article: Article, paging: PageQuery) -> Listed[RestingOut]:
    """List the open matters you may know of in which a clock that rests on the article runs, or a limit of it is met."""
    lang = lang_of(request)
    citation = current_pack().find_cite(article)
    page = queries.resting_matters(person_of(request), citation, paging.page, paging.size)
    return listed(request, page, lambda one: _resting_out(one, lang))
