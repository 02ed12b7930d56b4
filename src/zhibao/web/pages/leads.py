"""线索: the queue by series, and one lead to judge: the strip, why it was raised, the right, and the decision.

Knows the watch's leads; a machine makes leads, only a person makes a matter.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.models import Person
from zhibao.apps.register.queries import right_as_of
from zhibao.apps.watch.actions.allow_shop import VERDICT as SHOP_ALLOWED
from zhibao.apps.watch.actions.allow_shop import allow_shop
from zhibao.apps.watch.actions.decide_lead import decide_lead
from zhibao.apps.watch.actions.keep_evidence import keep_evidence as keep
from zhibao.apps.watch.actions.open_from_lead import open_from_lead
from zhibao.apps.watch.actions.undo_decision import undo_decision
from zhibao.apps.watch.models import Lead
from zhibao.apps.watch.queries import (
    LeadDetail,
    LeadFilters,
    TrackRecord,
    evidence_of,
    lead_detail,
    leads,
    next_lead,
    track_record,
)
from zhibao.kernel.days import legal_day
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now, page_number
from zhibao.web.grounds import ground
from zhibao.web.hit_view import best_of_each, channel_name
from zhibao.web.parts.why import Ground, Source, Why
from zhibao.web.words import say, show_share

QUEUE = 12


def state_names() -> list[tuple[str, str]]:
    """Return the states of a lead."""
    return [
        ("new", _("待判")),
        ("kept", _("像，待立案")),
        ("dismissed", _("不像")),
        ("authorised", _("有授权")),
        ("opened", _("已立案")),
    ]


def source_name(source: str) -> str:
    """Return where a lead came from."""
    return {
        "watch": _("监测"),
        "report": _("举报"),
        "owner": _("权利人"),
        "organ": _("其他机关"),
    }.get(source, source)


def filters_of(request: HttpRequest) -> LeadFilters:
    """Return what the queue is narrowed to; without a choice, what waits to be judged."""
    asked = request.GET
    return LeadFilters(
        text=asked.get("q", "").strip(),
        state=asked.get("state", "new"),
        source=asked.get("source", ""),
        channel=asked.get("channel", ""),
        place=asked.get("place", ""),
    )


@desk
@require_GET
def lead_list(request: HttpRequest) -> HttpResponse:
    """Show the queue with its best lead."""
    return _triage(request, "")


@desk
@require_GET
def lead(request: HttpRequest, number: str) -> HttpResponse:
    """Show the queue with one lead."""
    return _triage(request, number)


def _triage(request: HttpRequest, number: str) -> HttpResponse:
    person = actor(request)
    wanted = filters_of(request)
    page = leads(person, wanted, page_number(request), QUEUE)
    number = number or (page.items[0].number if page.items else "")
    detail = lead_detail(person, number) if number else None
    context = {
        "wanted": wanted,
        "page": page,
        "states": state_names(),
        "channels": [(row.channel, channel_name(row.channel)) for row in track_record(person)],
        "detail": detail,
        "may_handle": can(person, Deed.HANDLE, person.organ),
    }
    if detail:
        context |= _detail(detail, person)
    return render(request, "web/leads.html", context)


def _detail(detail: LeadDetail, person: Person) -> dict[str, object]:
    right, moment = detail.lead.right, now()
    hits = best_of_each(detail.hits, right.name if right else "")
    records = {row.channel: row for row in track_record(person)}
    channels = dict.fromkeys(hit.channel for hit in detail.hits)
    signals = [
        {
            "name": channel_name(channel),
            "score": max(hit.score for hit in detail.hits if hit.channel == channel),
            "record": records.get(channel),
            "why": _record_why(records.get(channel), channel_name(channel)),
        }
        for channel in channels
    ]
    return {
        "main": hits[0] if hits else None,
        "series": hits[1:],
        "signals": signals,
        "right_on": right_as_of(right, legal_day(moment)) if right else None,
        "right_why": _right_why(detail.lead, moment) if right else None,
        "source": source_name(detail.lead.source),
        "evidence": evidence_of(person, detail.lead),
        "decided": [(row, _verdict(row.verdict)) for row in reversed(detail.decisions)],
    }


def _verdict(verdict: str) -> str:
    return {
        "like": _("像"),
        "unlike": _("不像"),
        "authorised": _("有授权"),
        SHOP_ALLOWED: _("这家店有授权"),
        "opened": _("立案"),
        "undone": _("撤销"),
    }.get(verdict, verdict)


def _record_why(record: TrackRecord | None, name: str) -> Why | None:
    if record is None:
        return None
    judged = record.like + record.unlike
    how = _("这个信号提了 %(raised)s 条线索，人判过 %(judged)s 条，%(like)s 条判「像」或「有授权」：%(share)s。") % {
        "raised": record.raised,
        "judged": judged,
        "like": record.like,
        "share": show_share(record.like, judged),
    }
    measure = Ground(_("内部口径：线索判对率"), "secondary")
    return Why(name, how, [measure], [Source(_("%(n)s 条判断") % {"n": judged}, f"{reverse('leads')}?state=")])


def _right_why(lead: Lead, moment: datetime) -> Why | None:
    if lead.right is None:
        return None
    on = right_as_of(lead.right, legal_day(moment))
    kind = current_pack().rights.get(lead.right.kind)
    grounds = [ground(kind.cite, kind.confidence)] if kind else []
    how = say(on.reason) or _("登记簿写着的起讫日期。")
    return Why(_("今天的状态"), how, grounds, [Source(lead.right.number, reverse("right", args=[lead.right.pk]))])


def _onwards(person: Person, decided: Lead) -> HttpResponse:
    following = next_lead(person, decided)
    return redirect("lead", number=following.number) if following else redirect("leads")


@desk
@require_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a verdict and go on to the next lead; the toast takes it back. A shop that is allowed is not raised again."""
    person = actor(request)
    verdict = request.POST.get("verdict", "")
    why = request.POST.get("why", "")
    if verdict == SHOP_ALLOWED:
        decision = allow_shop(actor=person, lead_id=number, now=now(), why=why)
    else:
        decision = decide_lead(actor=person, lead_id=number, verdict=verdict, now=now(), why=why)
    told = _("已判「%(verdict)s」：%(title)s") % {"verdict": _verdict(verdict), "title": decision.lead.title}
    toast.leave(request, told, undo=reverse("undo-lead", kwargs={"number": number}))
    return _onwards(person, decision.lead)


@desk
@require_POST
def undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take a verdict back."""
    undo_decision(actor=actor(request), lead_id=number, now=now())
    toast.leave(request, _("已撤销，线索回到待判。"))
    return redirect("lead", number=number)


@desk
@require_POST
def open_lead(request: HttpRequest, number: str) -> HttpResponse:
    """Make the lead a matter."""
    matter = open_from_lead(
        actor=actor(request),
        lead_id=number,
        title=request.POST.get("title", ""),
        why=request.POST.get("why", ""),
        now=now(),
    )
    toast.leave(request, _("已立卷：%(number)s。期限从现在起算。") % {"number": matter.number})
    return redirect("matter", number=matter.number)


@desk
@require_POST
def keep_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what the feed said of each listing as an exhibit of the organ, before anybody judges."""
    kept = keep(actor=actor(request), lead_id=number, now=now())
    told = _("已存证 %(n)s 件，列在这条线索下面。") % {"n": len(kept)} if kept else _("这些商品信息都存过证了。")
    toast.leave(request, told)
    return redirect("lead", number=number)
