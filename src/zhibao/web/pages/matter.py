"""案件: one matter, whole on one page so that it can be printed; and its input for computing it again.

Knows what the page shows; recording has its own pages.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.cases.access import access_matter, may_answer
from zhibao.apps.cases.actions.answer_finding import answer_finding
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.queries import derived_of, events_of, readings_of
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.errors import PurposeMissing
from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import access_exhibit
from zhibao.apps.vault.actions.record_custody import record_custody
from zhibao.apps.vault.actions.seal_exhibits import seal_exhibits
from zhibao.apps.vault.queries import exhibits_of, open_blob, sealings_of, verify_sealing
from zhibao.docket.facts import facts_of
from zhibao.kernel.days import LEGAL_TZ, legal_day
from zhibao.kernel.errors import NotFound
from zhibao.web import toast
from zhibao.web.case_sheet import word_sheet
from zhibao.web.desk import View, actor, desk, now
from zhibao.web.matter_view import view_matter
from zhibao.web.pages.handling import handling_of
from zhibao.web.parts.line import procedure_line, route_list
from zhibao.web.tables import attachment
from zhibao.web.words import entitle, lang

EVENTS_SHOWN = 30
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def reads_matter(view: Callable[..., HttpResponseBase]) -> View:
    """Make a page that shows a matter: the view gets it opened, or a supervisor is asked for the purpose of reading."""

    @desk
    @require_GET
    @wraps(view)
    def page(request: HttpRequest, number: str, **more: object) -> HttpResponseBase:
        try:
            found = access_matter(actor(request), number, now=now())
        except PurposeMissing:
            return render(request, "web/purpose.html", {"number": number})
        return view(request, found, **more)

    return page


@desk
@require_POST
def purpose(request: HttpRequest, number: str) -> HttpResponse:
    """Take the purpose of reading; it is logged and holds for a working day."""
    text = request.POST.get("purpose", "").strip()
    if not text:
        return render(request, "web/purpose.html", {"number": number, "bad": _("写一句为什么要看。")}, status=422)
    access_matter(actor(request), number, text, now=now())
    return redirect("matter", number=number)


def own_proceedings(person: Person, proceedings: list[Proceeding]) -> list[Proceeding]:
    """Return the open proceedings the person may record in."""
    return [each for each in proceedings if each.closed_at is None and can(person, Deed.HANDLE, each.organ)]


@reads_matter
def matter(request: HttpRequest, found: Matter) -> HttpResponse:
    """Show a matter."""
    person, moment = actor(request), now()
    view = view_matter(person, found, moment)
    everything = request.GET.get("events") == "all" or request.GET.get("print") == "1"
    mine = own_proceedings(person, list(view.proceedings))
    context: dict[str, Any] = {
        "view": view,
        "matter": found,
        "line": procedure_line(view.line, today=legal_day(moment)),
        "route": route_list(view.line),
        "timeline": view.timeline if everything else view.timeline[:EVENTS_SHOWN],
        "older": 0 if everything else max(len(view.timeline) - EVENTS_SHOWN, 0),
        "mine": mine,
        "handling": handling_of(person, [each for each in view.proceedings if each.organ_id == person.organ_id]),
        "may_hand_over": any(each.procedure == "administrative" for each in mine) and not view.transferred,
        "may_correct": {str(each.pk) for each in view.proceedings if can(person, Deed.CORRECT, each.organ)},
        "may_answer": {each.organ_id for each in view.proceedings if may_answer(person, each.organ)},
        "missing": view.derived.missing.say(lang()) if view.derived.missing else "",
        "missing_hint": view.derived.missing.hint(lang()) if view.derived.missing else "",
        "readings": readings_of(found),
        "roles": _roles(),
        "stages": [_where(each) for each in view.proceedings],
    }
    return render(request, "web/matter.html", context)


def _roles() -> dict[str, str]:
    kind = current_pack().event_kinds.get("party-joined")
    field = next((each for each in kind.fields if each.name == "role"), None) if kind else None
    return {choice.id: entitle(choice.title) for choice in field.choices} if field else {}


def _where(proceeding: Proceeding) -> dict[str, object]:
    state = "none" if proceeding.closed_at else "crim" if proceeding.procedure == "criminal" else "run"
    return {"it": proceeding, "state": state}


def _json_file(name: str, value: object) -> HttpResponse:
    body = json.dumps(value, ensure_ascii=False, indent=1).encode()
    return attachment(body, name, "application/json; charset=utf-8")


@reads_matter
def events_json(request: HttpRequest, found: Matter) -> HttpResponse:
    """Give the matter's events as ``zhibao law clocks`` reads them."""
    del request
    rows = [
        {
            "kind": event.kind,
            "at": event.at.astimezone(LEGAL_TZ).isoformat(),
            "data": event.data,
            "procedure": event.procedure,
            "organ": event.organ,
            "proceeding": event.proceeding,
        }
        for event in events_of(found)
    ]
    moment = now().astimezone(LEGAL_TZ).isoformat()
    first = rows[0]["procedure"] if rows else ""
    return _json_file(f"{found.number}-events.json", {"procedure": first, "events": rows, "now": moment})


@reads_matter
def facts_json(request: HttpRequest, found: Matter) -> HttpResponse:
    """Give the matter's facts as ``zhibao law assess`` reads them."""
    del request
    moment = now()
    state = derived_of(found, moment).state
    return _json_file(f"{found.number}-facts.json", facts_of(current_pack(), state, on=legal_day(moment)))


@reads_matter
def sheet(request: HttpRequest, found: Matter) -> HttpResponse:
    """Show the case sheet, made for paper."""
    view = view_matter(actor(request), found, now())
    return render(
        request, "web/sheet.html", {"view": view, "matter": found, "roles": _roles(), "day": legal_day(now())}
    )


@reads_matter
def sheet_word(request: HttpRequest, found: Matter) -> HttpResponse:
    """Give the case sheet as a Word file."""
    view = view_matter(actor(request), found, now())
    return attachment(word_sheet(view, _roles(), legal_day(now())), f"{found.number}.docx", DOCX)


@desk
@require_GET
def exhibit(request: HttpRequest, exhibit_id: UUID) -> FileResponse:
    """Give an exhibit's file, and write into its custody that it was copied."""
    person, moment = actor(request), now()
    found = access_exhibit(person, exhibit_id, now=moment)
    opened_file = open_blob(found.blob)
    record_custody(actor=person, exhibit_id=found.pk, kind="copied", now=moment, note=_("从页面下载"))
    answer = FileResponse(opened_file, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@desk
@require_POST
def seal(request: HttpRequest, number: str) -> HttpResponse:
    """Seal all exhibits of the matter into one bundle."""
    person, moment = actor(request), now()
    found = access_matter(person, number, now=moment)
    ids = [each.pk for each in exhibits_of(found.pk)]
    sealing = seal_exhibits(actor=person, exhibit_ids=ids, about={"matter": found.number}, now=moment)
    toast.leave(request, _("已封存 %(n)s 件，可以下载证据包。") % {"n": len(ids)})
    return redirect("sealing", number=number, sealing_id=sealing.pk)


@reads_matter
def sealing(request: HttpRequest, found: Matter, sealing_id: UUID) -> HttpResponse | FileResponse:
    """Check a seal now, and show each check."""
    kept = next((each for each in sealings_of(found.pk) if each.pk == sealing_id), None)
    if kept is None:
        raise NotFound(what=_("封存"))
    if request.GET.get("as") == "zip":
        name = f"{found.number}-{kept.at:%Y%m%d}.zip"
        return FileResponse(open_blob(kept.bundle), as_attachment=True, filename=name, content_type="application/zip")
    report = verify_sealing(kept)
    return render(request, "web/sealing.html", {"matter": found, "sealing": kept, "report": report})


@desk
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what the person says of a finding."""
    answer_finding(
        actor=actor(request),
        matter_id=number,
        key=request.POST.get("key", ""),
        verdict=request.POST.get("verdict", ""),
        why=request.POST.get("why", ""),
        now=now(),
    )
    toast.leave(request, _("已记下你的答复。"))
    if request.POST.get("next") == "findings":
        return redirect("findings")
    return redirect("matter", number=number)
