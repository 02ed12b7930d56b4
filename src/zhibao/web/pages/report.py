"""举报: a public page for anyone, one question a page, a claim code at the end, and what became of it.

Knows nothing of who reports: no account, and nothing kept of the browser beyond the answers until they are sent.
"""

from datetime import date

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhibao.apps.cases.law import current_pack
from zhibao.apps.watch.actions.report_lead import report_lead
from zhibao.apps.watch.models import Lead
from zhibao.apps.watch.queries import lead_of_claim
from zhibao.apps.work.actions.count_sending import count_sending
from zhibao.kernel.days import Length, Unit, legal_day
from zhibao.kernel.errors import ZhibaoError
from zhibao.web.desk import now
from zhibao.web.grounds import grounds
from zhibao.web.parts.why import Source, Why
from zhibao.web.words import lang, say, show_day, show_moment

KEY = "report"
STEPS = ("what", "where", "contact")
MOST_AN_HOUR = 20  # from one address; an office or a school may share one
FILING = "adm.file"


class TooMany(ZhibaoError):
    """One address sends more than people do."""

    code = "too-many-reports"
    status = 429
    zh = "这个网络一小时里已经发了 {limit} 次，等一会儿再来。"
    en = "This network has sent {limit} reports within the hour; come back a little later."
    hint_zh = "写好的内容还在，一小时后再按一次。"
    hint_en = "What you wrote is still there: press the button again in an hour."


def _slow_down(request: HttpRequest, what: str) -> None:
    # The same reading of the caller's address as for log-ins: behind our proxy, the one the proxy saw.
    address = get_client_ip_address(request) or ""
    if count_sending(what=what, address=address, now=now()) > MOST_AN_HOUR:
        raise TooMany(limit=MOST_AN_HOUR)


def _steps() -> list[tuple[str, str]]:
    return [("what", _("看到什么")), ("where", _("在哪里")), ("contact", _("联系和发送"))]


def _problem(step: str, kept: dict[str, str]) -> str:
    if step == "what" and len(kept.get("text", "").strip()) < 10:
        return _("写几句话：看到了什么，至少 10 个字。")
    if step == "where" and not kept.get("place"):
        return _("选一个地区；说不清就选省。")
    return ""


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, step: str = "what") -> HttpResponse:
    """Ask one question; keep the answer and go on to the next."""
    kept: dict[str, str] = request.session.get(KEY, {})
    step = step if step in STEPS else "what"
    bad = ""
    if request.method == "POST":
        kept |= {name: request.POST[name] for name in ("text", "place", "owner", "contact") if name in request.POST}
        request.session[KEY] = kept
        bad = _problem(step, kept)
        if not bad and step == "contact":
            return _send(request, kept)
        if not bad:
            return redirect("report-step", step=STEPS[STEPS.index(step) + 1])
    places = [(each.code.code, say(each.name)) for each in current_pack().places.values()]
    context = {
        "step": step,
        "steps": _steps(),
        "number": STEPS.index(step) + 1,
        "kept": kept,
        "bad": bad,
        "places": places,
    }
    context["before"] = STEPS[STEPS.index(step) - 1] if step != "what" else ""
    return render(request, "web/report.html", context, status=422 if bad else 200)


def _send(request: HttpRequest, kept: dict[str, str]) -> HttpResponse:
    moment = now()
    try:
        _slow_down(request, "report")
        made = report_lead(
            text=kept.get("text", ""),
            place=kept.get("place", ""),
            owner=kept.get("owner") == "1",
            contact=kept.get("contact", ""),
            now=moment,
        )
    except TooMany as error:
        # What was answered stays in the session: the last page again, to be sent later.
        context = {"step": "contact", "steps": _steps(), "number": 3, "kept": kept, "bad": error.say(lang())}
        return render(request, "web/report.html", context | {"hint": error.hint(lang())}, status=error.status)
    except ZhibaoError as error:
        context = {"step": "what", "steps": _steps(), "number": 1, "kept": kept, "bad": error.say(lang()), "places": []}
        return render(request, "web/report.html", context, status=error.status)
    request.session.pop(KEY, None)
    due, why = filing_limit(legal_day(moment))
    context = {
        "code": made.claim_code,
        "spoken": " ".join(made.claim_code.replace("-", "，")),
        "lead": made.lead,
        "when": show_moment(moment),
        "due": due,
        "why": why,
    }
    return render(request, "web/report_done.html", context)


def filing_limit(day: date) -> tuple[str, Why | None]:
    """Return by when the organ decides whether to file, counted from ``day``, with its ground."""
    pack = current_pack()
    deadline = pack.deadlines.get(FILING)
    version = deadline.version_on(day) if deadline else None
    if deadline is None or version is None:
        return "", None
    length: Length = version.length
    moves = length.unit is not Unit.WORKING_DAYS
    due = pack.calendar.add(day, length, last_day_moves=moves)
    how = _("收到的次日起算，到 %(day)s。") % {"day": show_day(due.day)}
    sources = [Source(_("收到举报 %(day)s") % {"day": show_day(day)})]
    why = Why(say(deadline.title), how, grounds(version.cites, version.confidence), sources, pack.hash)
    return show_day(due.day), why


def _state(lead: Lead) -> str:
    return {
        "new": _("在等人看。"),
        "kept": _("有人看过，认为值得查，还没有立案。"),
        "dismissed": _("有人看过，认为不像侵权。"),
        "authorised": _("有人看过，这家有授权。"),
        "opened": _("已经立卷，正在查。"),
    }.get(lead.state, "")


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Say what became of a report, to whoever has its code."""
    context: dict[str, object] = {"code": request.POST.get("code", "")}
    status = 200
    if request.method == "POST":
        try:
            _slow_down(request, "claim")
            lead = lead_of_claim(request.POST.get("code", ""))
        except ZhibaoError as error:
            context |= {"bad": error.say(lang()), "hint": error.hint(lang())}
            status = error.status
        else:
            due, why = filing_limit(legal_day(lead.raised_at))
            context |= {"lead": lead, "told": _state(lead), "due": due, "why": why}
    return render(request, "web/claim.html", context, status=status)
