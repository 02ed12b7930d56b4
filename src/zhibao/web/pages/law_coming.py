"""将要变的: the days on which the law changes, what a day changes, and the open matters it touches, before it comes.

Knows the library's queries.
"""

import io
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.actions.export_coming import export_coming
from zhibao.apps.library.coming import ComingChange, TouchedMatter, changes_on
from zhibao.apps.organs.models import Person
from zhibao.rules.diff_words import change_words
from zhibao.web.desk import actor, asked_day, desk, now, page_number, today
from zhibao.web.law_view import entry_address, how_name, how_tone, section_name, tabs
from zhibao.web.tables import XLSX, attachment
from zhibao.web.words import entitle, lang, show_day

AHEAD = timedelta(days=1500)
CHANGES, MATTERS = 40, 20
WATCHED = ("deadlines", "offences", "penalties", "remedies", "forms")  # said even where nothing of them changes
FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}


@desk
@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """List the days ahead; with a day, what it changes and whom it touches."""
    person = actor(request)
    day, problem = asked_day(request)
    days = queries.coming_days(person, today(), today() + AHEAD)
    asked = bool(request.GET.get("on", "").strip()) and not problem
    chosen = day if asked else next((one.day for one in days), None)
    context: dict[str, Any] = {
        "tabs": tabs(request.path),
        "day": chosen,
        "problem": problem,
        "days": [
            {
                "day": one.day,
                "here": one.day == chosen,
                "left": (one.day - today()).days,
                "counts": [(section_name(name), count) for name, count in one.counts.items()],
            }
            for one in days
        ],
    }
    if chosen is not None:
        context |= _on(request, person, chosen)
    return render(request, "web/law_coming.html", context)


def _on(request: HttpRequest, person: Person, day: date) -> dict[str, object]:
    section, entry = request.GET.get("section", ""), request.GET.get("entry", "")
    page = queries.coming_on(person, day, section=section, page=page_number(request), size=CHANGES)
    sections = {one.section for one in changes_on(current_pack(), day)}
    mine = request.GET.get("m", "1")
    touched = queries.touched_matters(
        person,
        day,
        entry=entry,
        page=int(mine) if mine.isascii() and mine.isdigit() and len(mine) < 7 else 1,
        size=MATTERS,
    )
    return {
        "page": page,
        "section": section,
        "entry": entry,
        "left": (day - today()).days,
        "rows": [_row(one) for one in page.items],
        "parts": sorted((name, section_name(name)) for name in sections),
        "unchanged": [section_name(name) for name in WATCHED if name not in sections],
        "touched": touched,
        "matters": [_touched(one) for one in touched.items],
    }


def _row(one: ComingChange) -> dict[str, object]:
    pack = current_pack()
    said = [change_words(pack, change, lang(), one.diff.entry) for change in one.diff.changes]
    if not said:
        spans = [show_day(span.first) for span in (one.diff.old, one.diff.new) if span]
        said = [" → ".join(spans)] if spans else []
    return {
        "it": one,
        "section": section_name(one.section),
        "title": entitle(one.title),
        "href": entry_address(one.section, one.id),
        "how": how_name(one.how),
        "tone": how_tone(one.how),
        "said": said,
    }


def _touched(one: TouchedMatter) -> dict[str, object]:
    by = {"clock": _("期限在走"), "act": _("有这种行为"), "right": _("有这种权利")}
    return {
        "matter": one.matter,
        "touches": [
            {
                "title": entitle(touch.title),
                "section": section_name(touch.section),
                "href": entry_address(touch.section, touch.id),
                "by": by.get(touch.by, touch.by),
                "due": touch.clock.due if touch.clock else None,
            }
            for touch in one.touches[:6]
        ],
        "more": max(len(one.touches) - 6, 0),
    }


@desk
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the open matters a day touches as a table."""
    day, _problem = asked_day(request)
    form = request.GET.get("as", "csv")
    out = io.BytesIO()
    export_coming(actor=actor(request), out=out, format=form, day=day, entry_id=request.GET.get("entry", ""), now=now())
    return attachment(out.getvalue(), f"law-{day.isoformat()}.{form}", FORMATS.get(form, "application/octet-stream"))
