"""本地法律包: the pack in use, how it came here, and the files this installation added; nothing is taken before it was tried.

Knows the library's actions; a golden case is tried live, a calendar year is set by days.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhibao.apps.library import queries
from zhibao.apps.library.access import may_change
from zhibao.apps.library.actions.export_local_pack import export_local_pack
from zhibao.apps.library.actions.propose_case import propose_case
from zhibao.apps.library.actions.propose_file import propose_file
from zhibao.apps.library.actions.withdraw_file import withdraw_file
from zhibao.apps.library.case_trial import KINDS, CaseTrial, try_case
from zhibao.apps.library.changing import Proposal
from zhibao.apps.library.models import LawEvent
from zhibao.kernel.days import parse_moment
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.law_view import entry_address, section_name, tabs
from zhibao.web.words import lang, say, short_hash

EVENTS = 30
EXAMPLE = """- name: {name}
  clock: adm.file
  start: clue-received
  runs:
    - [{day}, {due}]
"""


def _problem(error: ZhibaoError | None) -> dict[str, object]:
    return {"error": error.say(lang()) if error else "", "hint": error.hint(lang()) if error else ""}


def event_name(kind: str) -> str:
    """Return what something done about the law is called."""
    return {
        "text-imported": _("导入原文"),
        "text-told": _("指明版本"),
        "value-checked": _("核对"),
        "pack-activated": _("启用法律包"),
        "pack-refused": _("没有启用"),
    }.get(kind, kind)


@desk
@require_GET
def local(request: HttpRequest) -> HttpResponse:
    """Show the pack in use, the local files and what was done about the law."""
    person = actor(request)
    events, used = queries.events(person, size=EVENTS), queries.pack_in_use(person)
    context = {
        "tabs": tabs(request.path),
        "used": used,
        "since": _moment(used.since),
        "before": [(one, _moment(one.since)) for one in used.before],
        "system": _("系统"),
        "events": [(one, event_name(one.kind), _about(one), _complaints(one)) for one in events.items],
    }
    return render(request, "web/law_local.html", context)


def _moment(since: str) -> datetime | None:
    return parse_moment(since) if since else None


def _about(event: LawEvent) -> str:
    """Return what an event was about: the text's title, the value's id and what was said of it, why a pack came."""
    data = event.data
    if event.kind in {LawEvent.IMPORTED, LawEvent.TOLD}:
        version = f" {event.version}" if event.version else ""
        return _("《%(title)s》") % {"title": data.get("title", "")} + version
    if event.kind == LawEvent.CHECKED:
        verdict = {"confirmed": _("一致"), "differs": _("不一致")}.get(event.verdict, event.verdict)
        return " · ".join(part for part in (event.subject, verdict, event.note) if part)
    return " · ".join(part for part in (short_hash(event.subject), event.note) if part)


def _complaints(event: LawEvent) -> list[tuple[str, str]]:
    return [(one["where"], say(one)) for one in event.data.get("complaints", ())[:5]]


@desk
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Edit one local law file: try it, then take it into use."""
    person, post = actor(request), request.POST
    name = (post if request.method == "POST" else request.GET).get("name", "").strip()
    content = post.get("content", "")
    if request.method == "GET":
        content = queries.local_file(person, name) if name else ""
        return _file_page(request, name, content)
    take = post.get("deed") == "take"
    try:
        done = propose_file(actor=person, name=name, content=content, take=take, now=now())
    except ZhibaoError as error:
        return _file_page(request, name, content, error=error)
    if done.taken:
        said = _("已启用，%(n)s 个例案都算得对。") if done.cases else _("已启用；没有例案用到它。")
        toast.leave(request, said % {"n": done.cases})
        return redirect("law-local")
    return _file_page(request, name, content, done=done)


def _file_page(
    request: HttpRequest, name: str, content: str, *, done: Proposal | None = None, error: ZhibaoError | None = None
) -> HttpResponse:
    context = {
        "tabs": tabs(reverse("law-local")),
        "name": name,
        "content": content,
        "may_change": may_change(actor(request)),
        "trial": trial_of(done) if done else None,
        **_problem(error),
    }
    return render(request, "web/law_file.html", context, status=error.status if error else 200)


def trial_of(done: Proposal) -> dict[str, object]:
    """Return what trying a change came to, as a page shows it."""
    hows = {"new": _("新增"), "changed": _("改动"), "gone": _("去掉")}
    return {
        "holds": done.holds,
        "cases": done.cases,
        "complaints": [(one.where, say(one.says), say(one.hint)) for one in done.complaints],
        "touched": [
            (section_name(one.section), one.id, hows.get(one.how, one.how), entry_address(one.section, one.id))
            for one in done.touched
        ],
        "content": done.content,
    }


@desk
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take a local file out again, if the pack holds without it."""
    name = request.POST.get("name", "")
    done = withdraw_file(actor=actor(request), name=name, take=True, now=now())
    if done.taken:
        toast.leave(request, _("已撤回 %(name)s。") % {"name": name})
        return redirect("law-local")
    return _file_page(request, name, queries.local_file(actor(request), name), done=done)


@desk
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the local files as a zip, to be sent upstream."""
    answer = HttpResponse(export_local_pack(actor=actor(request), now=now()), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="law-local.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@desk
@require_http_methods(["GET", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """Write golden cases and see at once whether they come out; keep them once they do."""
    person, post = actor(request), request.POST
    name, content = post.get("name", "clocks-mine").strip(), post.get("content", "")
    if request.method == "GET":
        name = request.GET.get("name", "clocks-mine")
        content = queries.local_file(person, f"cases/{name}.yaml") or _example(name)
        return _case_page(request, name, content, lambda: None)
    if post.get("deed") == "take":
        return _keep_case(request, name, content)
    return _case_page(request, name, content, lambda: try_case(person, name, content))


def _example(name: str) -> str:
    return EXAMPLE.format(name=name, day=date(2026, 9, 28), due=date(2026, 10, 23))


def _keep_case(request: HttpRequest, name: str, content: str) -> HttpResponse:
    try:
        done = propose_case(actor=actor(request), name=name, content=content, take=True, now=now())
    except ZhibaoError as error:
        return _case_page(request, name, content, lambda: None, error=error)
    if done.taken:
        toast.leave(request, _("例案已收进本地法律包。"))
        return redirect("law-local")
    return _case_page(request, name, content, lambda: None, done=done)


def _case_page(
    request: HttpRequest,
    name: str,
    content: str,
    trying: Callable[[], CaseTrial | None],
    *,
    done: Proposal | None = None,
    error: ZhibaoError | None = None,
) -> HttpResponse:
    result = None
    if error is None:
        try:
            result = trying()
        except ZhibaoError as fault:
            error = fault
    context = {
        "tabs": tabs(reverse("law-cases")),
        "name": name,
        "content": content,
        "kinds": KINDS,
        "may_change": may_change(actor(request)),
        "result": _result(result) if result else None,
        "trial": trial_of(done) if done else None,
        **_problem(error),
    }
    # htmx swaps only what the answer changes; without it the whole page comes back.
    page = "web/parts/case_result.html" if request.headers.get("HX-Request") else "web/law_cases.html"
    # A live result that is a mistake in the text is still an answer; only a page that was sent back says so in its status.
    status = error.status if error and page == "web/law_cases.html" else 200
    return render(request, page, context, status=status)


def _result(trial: CaseTrial) -> dict[str, object]:
    return {
        "passed": trial.passed,
        "fault": (trial.fault.where, say(trial.fault.says), say(trial.fault.hint)) if trial.fault else None,
        "cases": [
            {
                "name": one.name,
                "where": one.where,
                "passed": one.passed,
                "mismatches": [(each.name, str(each.want), str(each.got)) for each in one.mismatches],
                "faults": [(each.where, say(each.says), say(each.hint)) for each in one.faults],
            }
            for one in trial.results
        ],
    }
