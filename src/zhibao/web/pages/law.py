"""法规: where one looks the law up: search over names, rules and articles, and the sections of the pack as lists.

Knows the library's queries; a text or a rule has its own page.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.searching import Found
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page
from zhibao.kernel.errors import NotFound
from zhibao.rules.diff_words import entry_title
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.web.desk import actor, asked_day, desk, page_number, today
from zhibao.web.grounds import article_address, show_cite
from zhibao.web.law_view import NOT_LISTED, entry_address, kind_name, section_name, tabs
from zhibao.web.words import entitle, lang, say

RESULTS = 20
LISTED = 60
AHEAD = timedelta(days=400)  # how far the list of coming days looks


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument in the list, with its text of the day."""

    it: Instrument
    kind: str
    on: InstrumentVersion | None


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found, with its address."""

    it: Found
    what: str
    title: str
    href: str


@desk
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Show what was searched for; without words, the sections of the pack and what will change next."""
    person, pack = actor(request), current_pack()
    day, problem = asked_day(request)
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "tabs": tabs(request.path),
        "day": day,
        "problem": problem,
        "text": text,
        "dated": bool(request.GET.get("on", "").strip()),
    }
    if text:
        context |= _found(request, person, day if context["dated"] and not problem else None)
    else:
        context |= {
            "instruments": _instruments(day),
            "parts": _parts(),
            "coming": queries.coming_days(person, today(), today() + AHEAD)[:4],
            "unconfirmed": queries.value_counts(person).get("unconfirmed", 0),
            "pack_hash": pack.hash,
        }
    return render(request, "web/law.html", context)


def _found(request: HttpRequest, person: Person, day: date | None) -> dict[str, object]:
    kind = request.GET.get("kind", "")
    found = queries.search(
        person, request.GET.get("q", ""), day=day, kind=kind, page=page_number(request), size=RESULTS
    )
    names = {"reference": "", "instrument": "instruments", "rule": "", "article": ""}
    return {
        "found": found,
        "page": found.page,
        "kind": kind,
        "results": [_result(one) for one in found.page.items],
        "kinds": [(name, count) for name, count in found.counts.items() if name in names and count],
    }


def _result(one: Found) -> Result:
    if one.cite is not None:
        return Result(one, "", show_cite(one.cite, "running"), article_address(one.cite))
    if one.section:
        return Result(one, section_name(one.section), entitle(one.title), entry_address(one.section, one.id))
    return Result(one, "", f"{say(one.title)} {one.where}", f"{reverse('law-texts')}#t-{one.text}")


def _instruments(day: date) -> list[InstrumentRow]:
    rows = [InstrumentRow(each, kind_name(each.kind), each.on(day)) for each in current_pack().instruments.values()]
    order = ("statute", "regulation", "judicial-interpretation", "department-rule", "judicial-opinion")
    return sorted(
        rows, key=lambda row: (order.index(row.it.kind) if row.it.kind in order else len(order), row.it.title.zh)
    )


def _parts() -> list[tuple[str, str, int]]:
    counted: dict[str, int] = {}
    for section, _entry in current_pack().entries():
        counted[section] = counted.get(section, 0) + 1
    return [(one, section_name(one), count) for one, count in counted.items() if one not in NOT_LISTED]


@desk
@require_GET
def section(request: HttpRequest, section: str) -> HttpResponse:
    """List the entries of one section of the pack."""
    text = request.GET.get("q", "").strip().lower()
    entries = [entry for name, entry in current_pack().entries() if name == section]
    if not entries or section in NOT_LISTED:
        raise NotFound(what=section)
    rows = [
        (entitle(entry_title(entry, lang())), entry.id, entry_address(section, entry.id))
        for entry in entries
        if not text or text in f"{entry.id} {entry_title(entry, 'zh')} {entry_title(entry, 'en')}".lower()
    ]
    number = page_number(request)
    page = Page(rows[(number - 1) * LISTED : number * LISTED], number, LISTED, len(rows))
    context = {
        "tabs": tabs(reverse("law")),
        "section": section,
        "name": section_name(section),
        "page": page,
        "text": request.GET.get("q", ""),
    }
    return render(request, "web/law_section.html", context)
