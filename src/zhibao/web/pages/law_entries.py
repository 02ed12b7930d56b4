"""条目: one rule of the pack with its versions: a time limit, a crime, a fine, a value, a form, whatever the pack holds.

Knows the pack; a text has its own page.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.rules.deadlines import DeadlineVersion
from zhibao.rules.describe import VERSIONED, describe, find_entry
from zhibao.rules.diff import citations
from zhibao.rules.diff_words import entry_title
from zhibao.rules.offences import OffenceVersion
from zhibao.rules.procedures import EventKind
from zhibao.rules.versions import Span, in_force
from zhibao.rules.worded import worded
from zhibao.rules.words import value_words
from zhibao.web.desk import asked_day, desk
from zhibao.web.grounds import ground, grounds, show_cite
from zhibao.web.law_view import OWN_PAGE, section_name, standing, tabs
from zhibao.web.limits import kind_words, tree_words
from zhibao.web.parts.why import Why
from zhibao.web.words import entitle, lang, say, show_length

NOTHING: tuple[object, ...] = (None, "", [], {})
ELSEWHERE = frozenset({"id", "title", "section", "on", "fields"})  # told by the page in their own place


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
        "tabs": tabs(reverse("law")),
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
        "tabs": tabs(reverse("law")),
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


def _versions(entry: object, shown: Mapping[str, Any], day: date) -> list[dict[str, Any]]:
    """Return the dated versions of an entry, the newest first: its dates, its words, the articles under it."""
    rows = []
    for name in VERSIONED:
        for version, told in zip(getattr(entry, name, ()), shown.get(name) or (), strict=False):
            if isinstance(getattr(version, "span", None), Span):
                state, words = standing(version.span, day)
                cites = list(dict.fromkeys(citations(version)))
                confidence = str(getattr(version, "confidence", "") or "")
                rows.append(
                    {
                        "span": version.span,
                        "here": version.span.contains(day),
                        "state": state,
                        "state_words": words,
                        "told": _told(told),
                        "why": _why(entry, cites, confidence),
                    }
                )
    return sorted(rows, key=lambda row: row["span"].first, reverse=True)


def _worded(versions: object) -> list[dict[str, Any]]:
    rows = versions if isinstance(versions, list) else []
    return [
        worded(current_pack(), {key: one[key] for key in one if key != "span"}, lang())
        for one in rows
        if isinstance(one, dict)
    ]


def _told(told: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(_kept(told).items())


def _kept(value: Any) -> Any:
    """Return what an entry tells without what is empty, however deep it stands."""
    if isinstance(value, Mapping):
        held = {key: _kept(one) for key, one in value.items()}
        return {key: one for key, one in held.items() if one not in NOTHING}
    if isinstance(value, list):
        return [one for one in map(_kept, value) if one not in NOTHING]
    return value


def _fields(kind: EventKind) -> list[dict[str, Any]]:
    """Return the data an event of this kind has, each field by its name, with the ids that golden cases write."""
    pack = current_pack()
    return [
        {"it": field, "title": entitle(field.title), "type": value_words(pack, "type", str(field.type), lang())}
        for field in kind.fields
    ]


def _why(entry: object, cites: list[Citation], confidence: str) -> Why:
    about = entitle(entry_title(entry, lang()))
    return Why(about, _("条文写明的数额、条件或名单。"), grounds(cites, confidence), law_pack=current_pack().hash)


@desk
@require_GET
def entry(request: HttpRequest, section: str, entry_id: str) -> HttpResponse:
    """Show any entry of the pack with its versions."""
    pack = current_pack()
    _section, found = find_entry(pack, f"{section}/{entry_id}")
    if section in OWN_PAGE:
        return redirect(OWN_PAGE[section], entry_id)
    day, problem = asked_day(request)
    told = describe(pack, f"{section}/{entry_id}", lang())
    whole = {key: told[key] for key in told if key not in {*VERSIONED, *ELSEWHERE}}
    shown = {name: _worded(told.get(name)) for name in VERSIONED}
    versions = _versions(found, shown, day)
    loose = [] if versions else list(dict.fromkeys(citations(found)))
    context = {
        "tabs": tabs(reverse("law")),
        "section": section,
        "section_name": section_name(section),
        "id": entry_id,
        "title": entitle(entry_title(found, lang())),
        "day": day,
        "problem": problem,
        "whole": _told(worded(pack, whole, lang())),
        "versions": versions,
        "fields": _fields(found) if isinstance(found, EventKind) else [],
        "why": _why(found, loose, str(getattr(found, "confidence", "") or "")) if loose else None,
    }
    return render(request, "web/law_entry.html", context)
