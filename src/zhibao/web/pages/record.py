"""Recording in a matter: an event, a correction, a handing over, an exhibit, a new matter.

Knows forms and what each action needs. What was typed is never lost: a form that cannot be taken comes back with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhibao.apps.cases.access import access_matter
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.cases.actions.record_event import MADE_BY, record_event
from zhibao.apps.cases.errors import EventNotFound, MatterMovedOn
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.queries import derived_of, event_rows_of, events_of, proceedings_of
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.queries import organs
from zhibao.apps.vault.queries import exhibits_of
from zhibao.docket.corrections import effective
from zhibao.docket.events import Event, Json
from zhibao.docket.fold import MatterState
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.procedures import EventKind
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.event_form import STATES, UNITS, Choices, Mended, controls, read_at, read_data, state_name
from zhibao.web.limits import kind_words
from zhibao.web.matter_view import TimelineRow, timeline_of
from zhibao.web.pages.matter import own_proceedings
from zhibao.web.words import lang, say

A_MINUTE = timedelta(minutes=1)
LONGEST_ORIGIN = 300  # characters, as the vault keeps them


@dataclass(frozen=True, slots=True)
class Form:
    """A form about one matter: what the person had seen, and what went wrong the last time."""

    matter: Matter
    post: QueryDict | None
    bad: dict[str, str]
    error: ZhibaoError | None = None

    @property
    def seen(self) -> int:
        """The last event the person has seen: what the form was made with."""
        return self.matter.head_seq

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form."""
        return self.error.status if self.error else 422 if self.bad else 200


def expected_seq(request: HttpRequest) -> int | None:
    """Return the last event the person had seen when the form was made."""
    text = request.POST.get("expected_seq", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _moved_on(request: HttpRequest, matter: Matter) -> list[TimelineRow]:
    """Return what others recorded since the form was made, newest first."""
    seen = expected_seq(request) or 0
    return timeline_of([row for row in event_rows_of(matter) if row.seq > seen])


def _context(request: HttpRequest, form: Form, **more: object) -> dict[str, Any]:
    moved = isinstance(form.error, MatterMovedOn)
    return {
        "matter": form.matter,
        "seen": form.seen,
        "post": form.post,
        "bad": form.bad,
        "error": form.error.say(lang()) if form.error else "",
        "hint": form.error.hint(lang()) if form.error else "",
        "moved": _moved_on(request, form.matter) if moved else [],
        "states": [(state, state_name(state)) for state in STATES],
        "units": [(unit, _unit_name(unit)) for unit in UNITS],
        "now_local": f"{now().astimezone(LEGAL_TZ):%Y-%m-%d %H:%M}",
        **more,
    }


def _taken(request: HttpRequest, matter: Matter, act: Callable[[], object]) -> Form:
    """Do what was typed. A form without ``post`` means that it was taken; else it comes back with what is wrong."""
    try:
        act()
    except ZhibaoError as error:
        return Form(access_matter(actor(request), matter.pk), request.POST, {}, error)
    return Form(matter, None, {})


def _wide(kind: EventKind) -> bool:
    """Tell whether the form holds a table of lines, which needs the whole width."""
    return any(field.type == "lines" for field in kind.fields)


def _unit_name(unit: str) -> str:
    return {
        "hours": _("小时"),
        "days": _("天"),
        "working-days": _("个工作日"),
        "months": _("个月"),
        "years": _("年"),
    }[unit]


def kinds_for(proceeding: Proceeding) -> list[EventKind]:
    """Return the kinds of event a person may record in a proceeding, its own steps first."""
    kinds = [
        kind
        for kind in current_pack().event_kinds.values()
        if kind.belongs_to(proceeding.procedure) and kind.id not in MADE_BY
    ]
    return sorted(kinds, key=lambda kind: not kind.procedures)


def choices_for(person: Person, matter: Matter, state: MatterState) -> dict[str, Choices]:
    """Return what may be chosen where a field names a thing."""
    events = [(str(event.seq), f"E-{event.seq} {_kind_name(event)}") for event in events_of(matter)]
    return {
        "organ": [(organ.pk, organ.name_zh if lang() == "zh" else organ.name_en) for organ in organs(person)],
        "party": [(party.id, party.name) for party in state.parties],
        "right": [(right.id, f"{right.name} {right.number}") for right in state.rights],
        "exhibit": [(str(each.pk), f"X-{each.number} {each.name}") for each in exhibits_of(matter.pk)],
        "event": events,
        "procedure": [(each.id, say(each.title)) for each in current_pack().procedures.values()],
        "proceeding": [(str(each.pk), each.number) for each in proceedings_of(matter)],
        "acts": [(kind, kind_words(kind)) for kind in current_pack().act_kinds],
    }


def _kind_name(event: Event) -> str:
    kinds = current_pack().event_kinds
    return say(kinds[event.kind].title) if event.kind in kinds else event.kind


def _moment(request: HttpRequest, matter: Matter, bad: dict[str, str]) -> datetime | None:
    """Read when it happened. A form knows minutes only: in a minute that already holds events, it comes after them."""
    try:
        at = read_at(request.POST)
    except Mended as error:
        bad["at"] = str(error)
        return None
    return max((event.at for event in events_of(matter) if at <= event.at < at + A_MINUTE), default=at)


@desk
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, number: str) -> HttpResponse:
    """Record an event: first which, then its form drawn from the kind's fields."""
    person = actor(request)
    matter = access_matter(person, number, now=now())
    mine = own_proceedings(person, proceedings_of(matter))
    asked = request.POST if request.method == "POST" else request.GET
    proceeding = next(
        (each for each in mine if str(each.pk) == asked.get("proceeding")), mine[0] if len(mine) == 1 else None
    )
    kinds = kinds_for(proceeding) if proceeding else []
    kind = next((each for each in kinds if each.id == asked.get("kind")), None)
    if proceeding is None or kind is None:
        context = {
            "matter": matter,
            "mine": mine,
            "proceeding": proceeding,
            "kinds": kinds,
            "kind": asked.get("kind", ""),
        }
        return render(request, "web/record_choose.html", context)
    form = Form(matter, None, {})
    if request.method == "POST":
        form = _record(request, matter, proceeding, kind)
        if form.post is None:
            toast.leave(request, _("已记下：%(kind)s。") % {"kind": say(kind.title)})
            return redirect("matter", number=number)
    state = derived_of(matter, now()).state
    choices = choices_for(person, matter, state)
    context = _context(
        request,
        form,
        proceeding=proceeding,
        kind=kind,
        wide=_wide(kind),
        controls=controls(kind, choices, post=form.post, bad=form.bad),
        right_choices=choices["right"],
        exhibits=choices["exhibit"],
        chosen=form.post.getlist("exhibits") if form.post is not None else [],
    )
    return render(request, "web/record.html", context, status=form.status)


def _record(request: HttpRequest, matter: Matter, proceeding: Proceeding, kind: EventKind) -> Form:
    """Record what was typed."""
    typed = read_data(kind, request.POST)
    at = _moment(request, matter, typed.bad)
    if at is None or typed.bad:
        return Form(matter, request.POST, typed.bad)
    act = partial(
        record_event,
        actor=actor(request),
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        kind=kind.id,
        at=at,
        data=typed.data,
        exhibits=request.POST.getlist("exhibits"),
        expected_seq=expected_seq(request),
        now=now(),
    )
    return _taken(request, matter, act)


@desk
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Correct an event by a further event; the first record stays."""
    person = actor(request)
    matter = access_matter(person, number, now=now())
    event = next((each for each in effective(events_of(matter)) if each.seq == seq), None)
    kind = current_pack().event_kinds.get(event.kind) if event else None
    if event is None or kind is None:
        raise EventNotFound(where="seq", seq=seq)
    form = Form(matter, None, {})
    if request.method == "POST":
        form = _correct(request, matter, event, kind)
        if form.post is None:
            toast.leave(request, _("已更正 E-%(seq)s，原来的记录还在。") % {"seq": seq})
            return redirect("matter", number=number)
    choices = choices_for(person, matter, derived_of(matter, now()).state)
    context = _context(
        request,
        form,
        event=event,
        kind=kind,
        wide=_wide(kind),
        at=f"{event.at.astimezone(LEGAL_TZ):%Y-%m-%d %H:%M}",
        controls=controls(kind, choices, post=form.post, data=event.data, bad=form.bad),
        right_choices=choices["right"],
    )
    return render(request, "web/correct.html", context, status=form.status)


def _correct(request: HttpRequest, matter: Matter, event: Event, kind: EventKind) -> Form:
    withdrawn = request.POST.get("withdrawn") == "on"
    typed = read_data(kind, request.POST)
    if withdrawn:
        typed.bad.clear()
    at = None if withdrawn else _typed_moment(request, event, typed.bad)
    why = request.POST.get("why", "").strip()
    if not why:
        typed.bad["why"] = _("写明为什么更正。")
    if typed.bad:
        return Form(matter, request.POST, typed.bad)
    data: dict[str, Json] = {**_kept(event, kind), **typed.data}
    act = partial(
        correct_event,
        actor=actor(request),
        matter_id=matter.pk,
        seq=event.seq,
        why=why,
        at=at if at != event.at else None,
        data=data if not withdrawn and data != dict(event.data) else None,
        withdrawn=withdrawn,
        expected_seq=expected_seq(request),
        now=now(),
    )
    return _taken(request, matter, act)


def _typed_moment(request: HttpRequest, event: Event, bad: dict[str, str]) -> datetime | None:
    """Read the corrected time; the minute the event already has means that it was not changed."""
    try:
        at = read_at(request.POST)
    except Mended as error:
        bad["at"] = str(error)
        return None
    return event.at if at <= event.at < at + A_MINUTE else at


def _kept(event: Event, kind: EventKind) -> dict[str, Json]:
    """Return the data that no field of the form shows: it stays as it was."""
    shown = {field.name for field in kind.fields}
    return {name: value for name, value in event.data.items() if name not in shown}


@desk
@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the matter over to the police: their proceeding opens in the same step."""
    person = actor(request)
    matter = access_matter(person, number, now=now())
    mine = [each for each in own_proceedings(person, proceedings_of(matter)) if each.procedure == "administrative"]
    form = Form(matter, None, {})
    if request.method == "POST" and mine:
        form = _hand(request, matter, mine)
        if form.post is None:
            toast.leave(request, _("已移送；对方的程序和期限已经开启。"))
            return redirect("matter", number=number)
    receivers = [
        (organ.pk, organ.name_zh if lang() == "zh" else organ.name_en)
        for organ in organs(person, competence="criminal")
    ]
    exhibits = [(str(each.pk), f"X-{each.number} {each.name}") for each in exhibits_of(matter.pk)]
    context = _context(request, form, mine=mine, receivers=receivers, exhibits=exhibits)
    return render(request, "web/hand_over.html", context, status=form.status)


def _hand(request: HttpRequest, matter: Matter, mine: list[Proceeding]) -> Form:
    bad: dict[str, str] = {}
    at = _moment(request, matter, bad)
    if at is None:
        return Form(matter, request.POST, bad)
    chosen = next((each for each in mine if str(each.pk) == request.POST.get("proceeding")), mine[0])
    act = partial(
        hand_over,
        actor=actor(request),
        matter_id=matter.pk,
        proceeding_id=chosen.pk,
        at=at,
        to=request.POST.get("to", ""),
        exhibits=request.POST.getlist("exhibits"),
        expected_seq=expected_seq(request),
        now=now(),
    )
    return _taken(request, matter, act)


@desk
@require_http_methods(["GET", "POST"])
def add_exhibit(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a file as an exhibit of the matter."""
    person = actor(request)
    matter = access_matter(person, number, now=now())
    mine = own_proceedings(person, proceedings_of(matter))
    form = Form(matter, None, {})
    if request.method == "POST" and mine:
        form = _keep(request, matter, mine)
        if form.post is None:
            toast.leave(request, _("已存证，摘要已算好。"))
            return redirect("matter", number=number)
    return render(request, "web/add_exhibit.html", _context(request, form, mine=mine), status=form.status)


def _keep(request: HttpRequest, matter: Matter, mine: list[Proceeding]) -> Form:
    bad: dict[str, str] = {}
    at = _moment(request, matter, bad)
    upload = request.FILES.get("file")
    origin = request.POST.get("origin", "").strip()
    if not origin:
        bad["origin"] = _("写明从哪里、怎样取得。")
    elif len(origin) > LONGEST_ORIGIN:
        bad["origin"] = _("太长了，最多 %(n)s 个字。") % {"n": LONGEST_ORIGIN}
    if not isinstance(upload, UploadedFile):
        bad["file"] = _("选一个文件。")
    if at is None or bad or not isinstance(upload, UploadedFile):
        return Form(matter, request.POST, bad)
    chosen = next((each for each in mine if str(each.pk) == request.POST.get("proceeding")), mine[0])
    act = partial(
        keep_exhibit,
        actor=actor(request),
        matter_id=matter.pk,
        proceeding_id=chosen.pk,
        stream=upload,
        name=upload.name or "file",
        origin=origin,
        captured_at=at,
        expected_seq=expected_seq(request),
        now=now(),
    )
    return _taken(request, matter, act)
