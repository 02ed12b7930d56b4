"""条文: an instrument on a day with its articles, one article with its versions side by side, two whole versions compared.

Knows the library's queries. Words stand where an installation imported the text; elsewhere our own gist, said to be one.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.articles import ArticleLine, ArticleView
from zhibao.apps.library.coming import changes_on
from zhibao.apps.library.comparing import Row, Side
from zhibao.apps.library.uses import UseView
from zhibao.apps.organs.models import Person
from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.web.desk import actor, asked_day, desk, page_number, today
from zhibao.web.grounds import article_address, ground, grounds, show_cite
from zhibao.web.law_view import (
    entry_address,
    how_name,
    how_tone,
    kind_name,
    numbered,
    ribbon,
    section_name,
    standing,
    tabs,
)
from zhibao.web.parts.marked import marked_text
from zhibao.web.parts.ribbon import Stretch
from zhibao.web.parts.why import Why
from zhibao.web.words import lang, say

ACT = "cn.penalty-law/37"
RESTING = 10


@dataclass(frozen=True, slots=True)
class Used:
    """One thing that rests on an article, and what the coming version does to it."""

    it: UseView
    section: str
    href: str
    why: Why
    coming: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an article beside another: its words marked, or our gist where no text was imported."""

    view: ArticleView
    cite: str
    state: str
    state_words: str
    words: SafeString | None


def find_instrument(instrument_id: str) -> Instrument:
    """Return an instrument of the pack. Raises NotFound."""
    found = current_pack().instruments.get(instrument_id)
    if found is None:
        raise NotFound(what=instrument_id)
    return found


def _label(line: ArticleLine) -> str:
    """Return an article's number: in Chinese as the text writes it."""
    return line.label if lang() == "zh" else numbered(line.number)


@desk
@require_GET
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show one instrument on a day: its versions and its articles."""
    found = find_instrument(instrument)
    day, problem = asked_day(request)
    view = queries.instrument_on(actor(request), instrument, day)
    ordered = sorted(found.versions, key=lambda each: each.span.first)
    version = view.version.id if view.version else None
    chapters = [
        (
            " ".join(path),
            [(line, _label(line), article_address(Citation(found.id, version, line.number))) for line in lines],
        )
        for path, lines in groupby(view.articles, key=lambda line: line.path)
    ]
    context = {
        "tabs": tabs(reverse("law")),
        "it": found,
        "kind": kind_name(found.kind),
        "day": day,
        "problem": problem,
        "version": view.version,
        "view": view,
        "chapters": chapters,
        "texted": bool(view.version and view.texts.get(view.version.id)),
        "versions": [(each, *standing(each.span, day), len(view.texts.get(each.id, ()))) for each in ordered],
        "pairs": list(pairwise(ordered)),
        "ribbon": ribbon([Stretch(each.span.first, each.span.last, each.id) for each in ordered], day),
        "replaces": [current_pack().instruments[one] for one in found.replaces if one in current_pack().instruments],
    }
    return render(request, "web/instrument.html", context)


def _version(found: Instrument, day: date, asked: str) -> InstrumentVersion:
    """Return the version asked for by name, else that of the day, else the newest begun, else the first."""
    begun = [each for each in found.versions if each.span.first <= day]
    newest = max(begun, key=lambda each: each.span.first) if begun else found.versions[0]
    return found.version(asked) or found.on(day) or newest


@desk
@require_GET
def article(request: HttpRequest, instrument: str, article: str) -> HttpResponse:
    """Show one article on a day, beside the version before or after it, and what rests on it."""
    person, found = actor(request), find_instrument(instrument)
    day, problem = asked_day(request)
    version = _version(found, day, request.GET.get("version", ""))
    view = queries.article_in(person, found.id, version.id, article)
    chain = [*reversed(view.earlier), view.cite, *view.later]
    beside = _beside(chain, view.cite, request.GET.get("with", ""))
    context = {
        "tabs": tabs(reverse("law")),
        "it": found,
        "view": view,
        "article": article,
        "title": show_cite(view.cite, "running"),
        "day": day,
        "problem": problem,
        "chain": [(cite, show_cite(cite)) for cite in chain if cite != view.cite],
        "beside": beside,
        "shown": _shown(person, view, beside, day),
        "ribbon": ribbon([_stretch(found, cite) for cite in chain], day),
        "neighbours": [
            (way, numbered(number), article_address(Citation(found.id, version.id, number)))
            for way, number in (("prev", view.previous), ("next", view.next))
            if number
        ],
        "official": version.official,
        "resting": queries.resting_matters(person, Citation(found.id, None, article), page=1, size=RESTING),
        **_uses(person, found, article),
    }
    return render(request, "web/article.html", context)


def _beside(chain: list[Citation], here: Citation, asked: str) -> Citation | None:
    """Return the version to show beside: the one asked for, else the next one, else the one before."""
    named = next((cite for cite in chain if cite.version == asked and cite != here), None)
    place = chain.index(here)
    later, earlier = chain[place + 1 : place + 2], chain[max(place - 1, 0) : place]
    return named or next(iter([*later, *earlier]), None)


def _stretch(found: Instrument, cite: Citation) -> Stretch:
    version = found.version(cite.version or "") or found.versions[0]
    title = _("%(version)s 文本 第%(article)s条") % {"version": version.id, "article": cite.article}
    return Stretch(version.span.first, version.span.last, title)


def _shown(person: Person, view: ArticleView, beside: Citation | None, day: date) -> list[Shown]:
    """Return the article and the one beside it, the older first, with what differs marked where both have words."""
    if beside is None:
        return [_one(view, day, None)]
    other = queries.article_in(person, beside.instrument, beside.version or "", beside.article)
    older, newer = sorted((view, other), key=lambda each: each.first)
    row = queries.compare_articles(
        person, view.instrument, (older.version, older.number), (newer.version, newer.number)
    )
    both = row.words is not None and older.paragraphs is not None and newer.paragraphs is not None
    if not both or row.words is None:
        return [_one(older, day, None), _one(newer, day, None)]
    return [_one(older, day, marked_text(row.words.old)), _one(newer, day, marked_text(row.words.new))]


def _one(view: ArticleView, day: date, words: SafeString | None) -> Shown:
    version = find_instrument(view.instrument).version(view.version)
    state, state_words = standing(version.span, day) if version else ("none", "")
    return Shown(view, show_cite(view.cite, "running"), state, state_words, words)


def _uses(person: Person, found: Instrument, article: str) -> dict[str, object]:
    """Return what rests on the article, and what the next version of its instrument will do to it."""
    nexts = [each.span.first for each in found.versions if each.span.first > today()]
    day = min(nexts, default=None)
    coming = {(one.section, one.entry.id): one.how for one in changes_on(current_pack(), day)} if day else {}
    rows = [_used(use, coming) for use in queries.uses_of(person, Citation(found.id, None, article))]
    touched = queries.touched_matters(person, day, entry=found.id, size=1) if day else None
    return {
        "used": rows,
        "coming_day": day,
        "days_left": (day - today()).days if day else None,
        "touched": touched.total if touched else 0,
        "keyed": _keyed({row.it.section for row in rows}),
    }


def _used(use: UseView, coming: dict[tuple[str, str], str]) -> Used:
    how = coming.get((use.section, use.id), "same")
    return Used(
        use,
        section_name(use.section),
        entry_address(use.section, use.id),
        Why(
            about=say(use.title),
            how=_("这一条写着它的数额、期限或条件。"),
            grounds=grounds(use.cites, use.confidence or ""),
            law_pack=current_pack().hash,
        ),
        how_name(how),
        how_tone(how),
    )


def _keyed(sections: set[str]) -> list[tuple[str, Why | None]]:
    """Return, for what rests on the article, which version applies."""
    said: list[tuple[str, Why | None]] = []
    if sections & {"penalties", "offences"}:
        how = _("处罚按行为当天的文本；新的文本更轻时用新的。")
        said.append((how, Why(_("适用哪一版"), how, [ground(Citation.from_text(ACT))], law_pack=current_pack().hash)))
    if "deadlines" in sections:
        said.append((_("期限按起算那一步当天的文本。"), None))
    return said


@desk
@require_GET
def matters(request: HttpRequest, instrument: str, article: str) -> HttpResponse:
    """List the open matters in which a clock that rests on the article runs, or a limit of it is met."""
    found = find_instrument(instrument)
    cite = Citation(found.id, None, article)
    context = {
        "tabs": tabs(reverse("law")),
        "it": found,
        "title": show_cite(cite, "running"),
        "href": article_address(cite),
        "page": queries.resting_matters(actor(request), cite, page=page_number(request), size=50),
    }
    return render(request, "web/resting.html", context)


@desk
@require_GET
def compare(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show two versions of an instrument side by side."""
    person, found = actor(request), find_instrument(instrument)
    ordered = sorted(found.versions, key=lambda each: each.span.first)
    old = request.GET.get("old", "") or ordered[max(len(ordered) - 2, 0)].id
    new = request.GET.get("new", "") or ordered[-1].id
    everything = request.GET.get("all") == "1"
    comparison = queries.compare_versions(person, found.id, old, new, words=False)
    rows = [row for row in comparison.rows if everything or row.kind != "same"]
    context = {
        "tabs": tabs(reverse("law")),
        "it": found,
        "versions": ordered,
        "old": comparison.old,
        "new": comparison.new,
        "comparison": comparison,
        "everything": everything,
        "rows": [_compared(comparison.old.id, comparison.new.id, found.id, row) for row in rows],
        "counts": [(kind, row_name(kind), comparison.counts.get(kind, 0)) for kind in ROWS],
    }
    return render(request, "web/compare.html", context)


ROWS = ("changed", "renumbered", "added", "dropped", "same")


def row_name(kind: str) -> str:
    """Return what a row of a comparison is called."""
    return {
        "changed": _("有改动"),
        "renumbered": _("只改条号"),
        "added": _("新增"),
        "dropped": _("删去"),
        "same": _("没有变"),
    }.get(kind, kind)


def _pairing(row: Row) -> str:
    """Return how the two articles were paired, in words."""
    if row.how == "likeness" and row.score is not None:
        return _("按文字相近配对（%(score)s%%）") % {"score": round(100 * row.score)}
    return {"table": _("按条号对照表"), "number": _("按相同条号配对")}.get(row.how, "")


def _compared(old: str, new: str, instrument: str, row: Row) -> dict[str, object]:
    def address(version: str, side: Side | None) -> str:
        return article_address(Citation(instrument, version, side.number)) if side else ""

    words = row.words
    return {
        "kind": row.kind,
        "name": row_name(row.kind),
        "tone": {"changed": "soon", "added": "run", "dropped": "stop"}.get(row.kind, "none"),
        "pairing": _pairing(row),
        "old": row.old,
        "new": row.new,
        "old_href": address(old, row.old),
        "new_href": address(new, row.new),
        "old_words": marked_text(words.old) if words and row.old else None,
        "new_words": marked_text(words.new) if words and row.new else None,
        "old_gist": say(row.gists[0]),
        "new_gist": say(row.gists[1]),
    }
