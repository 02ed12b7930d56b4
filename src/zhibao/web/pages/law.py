"""法规: the instruments, an article on a day with its versions side by side, and what rests on it.

Knows the law pack only; statute texts are shown where an installation imported them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.rules.deadlines import DeadlineVersion
from zhibao.rules.instruments import Article, Instrument, InstrumentVersion
from zhibao.rules.offences import OffenceVersion
from zhibao.rules.used_by import Use, used_by
from zhibao.rules.versions import in_force
from zhibao.web.desk import asked_day, desk, today
from zhibao.web.grounds import article_address, ground, grounds, show_cite
from zhibao.web.limits import kind_words, tree_words
from zhibao.web.parts.ribbon import Stretch, version_ribbon
from zhibao.web.parts.why import Why
from zhibao.web.words import say, show_day, show_length


@dataclass(frozen=True, slots=True)
class Text:
    """One version of an article as the page shows it."""

    version: InstrumentVersion
    article: Article | None
    cite: str
    cite_id: str
    state: str  # run: in force on the day asked; none: no longer; soon: not yet
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that rests on an article."""

    use: Use
    section: str
    why: Why


def section_name(section: str) -> str:
    """Return what a section of the pack is called."""
    return {
        "offences": _("罪名"),
        "deadlines": _("期限"),
        "rights": _("权利"),
        "organ_kinds": _("职权"),
        "triggers": _("移送条件"),
        "price_orders": _("价格次序"),
        "procedures": _("程序"),
    }.get(section, section)


def kind_name(kind: str) -> str:
    """Return what a kind of instrument is called."""
    return {
        "statute": _("法律"),
        "regulation": _("行政法规"),
        "department-rule": _("部门规章"),
        "judicial-interpretation": _("司法解释"),
        "judicial-opinion": _("司法文件"),
        "normative-document": _("规范性文件"),
        "local-regulation": _("地方性法规"),
    }.get(kind, kind)


def _standing(version: InstrumentVersion, day: date) -> tuple[str, str]:
    if version.span.contains(day):
        return "run", _("当天有效")
    if day < version.span.first:
        return "soon", _("未施行")
    return "none", _("已不再用")


def _ribbon(stretches: list[Stretch], day: date) -> SafeString:
    return version_ribbon(stretches, day, _("今天") if day == today() else show_day(day))


def _instrument(instrument_id: str) -> Instrument:
    found = current_pack().instruments.get(instrument_id)
    if found is None:
        raise NotFound(what=instrument_id)
    return found


@desk
@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """List the instruments, the offences and the deadlines; a search narrows them."""
    pack = current_pack()
    day, problem = asked_day(request)
    text = request.GET.get("q", "").strip().lower()

    def fits(*names: str) -> bool:
        return not text or any(text in name.lower() for name in names)

    shown = [
        {"it": each, "kind": kind_name(each.kind), "on": each.on(day)}
        for each in pack.instruments.values()
        if fits(each.id, each.title.zh, each.title.en, each.number)
    ]
    context = {
        "day": day,
        "problem": problem,
        "text": request.GET.get("q", ""),
        "instruments": shown,
        "offences": [each for each in pack.offences.values() if fits(each.id, each.title.zh, each.title.en)],
        "deadlines": [each for each in pack.deadlines.values() if fits(each.id, each.title.zh, each.title.en)],
    }
    return render(request, "web/law.html", context)


@desk
@require_GET
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show one instrument on a day: its versions and its known articles."""
    found = _instrument(instrument)
    day, problem = asked_day(request)
    version = found.on(day)
    articles = [
        {"article": each, "cite": show_cite(citation), "href": article_address(citation)}
        for each in (version.articles.values() if version else ())
        for citation in (Citation(found.id, version.id if version else None, each.number),)
    ]
    context = {
        "it": found,
        "kind": kind_name(found.kind),
        "day": day,
        "problem": problem,
        "version": version,
        "versions": [(each, *_standing(each, day)) for each in found.versions],
        "ribbon": _ribbon([Stretch(each.span.first, each.span.last, each.id) for each in found.versions], day),
        "articles": articles,
    }
    return render(request, "web/instrument.html", context)


def _texts(found: Instrument, citation: Citation, day: date) -> list[Text]:
    """Return the article in every version, followed through renumberings, oldest first."""
    pack = current_pack()
    numbers = {step.version: step.article for step in pack.followed(citation)}
    back = {new: old for old, new in found.renumbered.items()}
    place = (citation.version or "", citation.article)
    while place in back:
        place = back[place]
        numbers[place[0]] = place[1]
    texts = []
    for version in sorted(found.versions, key=lambda each: each.span.first):
        number = numbers.get(version.id, citation.article)
        if number not in version.articles:
            continue
        cite = Citation(found.id, version.id, number)
        texts.append(
            Text(
                version, version.articles[number], show_cite(cite, "running"), cite.to_text(), *_standing(version, day)
            )
        )
    return texts


def _stretch(text: Text) -> Stretch:
    number = Citation.from_text(text.cite_id).article
    title = _("%(version)s 文本 第%(article)s条") % {"version": text.version.id, "article": number}
    return Stretch(text.version.span.first, text.version.span.last, title)


def _used(citation: Citation) -> list[Row]:
    pack = current_pack()
    return [
        Row(
            use,
            section_name(use.section),
            Why(
                about=say(use.title),
                how=_("这一条写着它的数额、期限或条件。"),
                grounds=grounds(use.cites, use.confidence or ""),
                law_pack=pack.hash,
            ),
        )
        for use in used_by(pack, citation)
    ]


@desk
@require_GET
def article(request: HttpRequest, instrument: str, article: str) -> HttpResponse:
    """Show one article on a day, its versions side by side, and what rests on it."""
    found = _instrument(instrument)
    day, problem = asked_day(request)
    version = found.version(request.GET.get("version", "")) or found.on(day) or found.versions[-1]
    citation = Citation(found.id, version.id, article)
    texts = _texts(found, citation, day)
    if not texts:
        raise NotFound(what=citation.to_text())
    context: dict[str, Any] = {
        "it": found,
        "article": article,
        "title": show_cite(citation, "running"),
        "day": day,
        "problem": problem,
        "texts": texts,
        "ribbon": _ribbon([_stretch(each) for each in texts], day),
        "used": _used(Citation(found.id, None, article)),
        "official": version.official,
    }
    return render(request, "web/article.html", context)


def _length(version: DeadlineVersion) -> str:
    length = show_length(version.length.number, str(version.length.unit))
    if not version.before:
        return length
    kinds = current_pack().event_kinds
    step = say(kinds[version.before].title) if version.before in kinds else version.before
    return _("%(step)s 之前 %(length)s") % {"step": step, "length": length}


@desk
@require_GET
def deadline(request: HttpRequest, deadline: str) -> HttpResponse:
    """Show one time limit with its versions."""
    found = current_pack().deadlines.get(deadline)
    if found is None:
        raise NotFound(what=deadline)
    day, problem = asked_day(request)
    rows = [
        {
            "it": version,
            "here": version.span.contains(day),
            "length": _length(version),
            "why": Why(
                say(found.title),
                say(version.note) or _("条文写明的长度。"),
                grounds(version.cites, version.confidence),
                law_pack=current_pack().hash,
            ),
        }
        for version in sorted(found.versions, key=lambda each: each.span.first, reverse=True)
    ]
    kinds = current_pack().event_kinds
    context = {
        "it": found,
        "rows": rows,
        "day": day,
        "problem": problem,
        "starts": [say(kinds[each.event].title) for each in found.starts if each.event in kinds],
        "ends": [say(kinds[each.event].title) for each in found.ends if each.event in kinds],
    }
    return render(request, "web/deadline.html", context)


def _tiers(version: OffenceVersion | None, day: date) -> list[dict[str, Any]]:
    tiers = []
    for tier, name in (("base", _("基本档")), ("grave", _("加重档"))):
        rows = [
            {
                "kinds": [kind_words(kind) for kind in limit.kinds],
                "words": tree_words(limit.tree),
                "why": Why(
                    about=tree_words(limit.tree),
                    how=say(limit.note) or _("条文写明的数额或条件。"),
                    grounds=grounds(limit.cites, limit.confidence),
                    law_pack=current_pack().hash,
                ),
                "cite": show_cite(limit.cite),
            }
            for limit in (version.limits(tier, day) if version else ())
        ]
        tiers.append({"name": name, "rows": rows})
    return tiers


@desk
@require_GET
def offence(request: HttpRequest, offence: str) -> HttpResponse:
    """Show one crime as it stood on a day: its sentence and its limits, each with its article."""
    found = current_pack().offences.get(offence)
    if found is None:
        raise NotFound(what=offence)
    day, problem = asked_day(request)
    version = in_force(found.versions, day)
    statute = in_force(found.statute, day)
    context = {
        "it": found,
        "day": day,
        "problem": problem,
        "version": version,
        "tiers": _tiers(version, day),
        "bands": [
            (name, statute.bands[tier])
            for tier, name in (("base", _("基本档")), ("grave", _("加重档")))
            if tier in statute.bands
        ]
        if statute
        else [],
        "statute": Why(
            say(found.title),
            _("刑法条文写明的刑罚。"),
            [ground(statute.cite, statute.confidence)],
            law_pack=current_pack().hash,
        )
        if statute
        else None,
        "versions": sorted(found.versions, key=lambda each: each.span.first, reverse=True),
    }
    return render(request, "web/offence.html", context)
