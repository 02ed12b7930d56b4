"""日历: a year's days off and make-up workdays, month by month, and setting a year whose notice has come.

Knows the pack's calendar and the library's action.
"""

from calendar import Calendar as Months
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.actions.propose_calendar_year import propose_calendar_year
from zhibao.apps.library.changing import Proposal
from zhibao.apps.library.errors import CalendarUnlikely
from zhibao.apps.library.queries import YearView
from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now, today
from zhibao.web.grounds import ground
from zhibao.web.law_view import tabs
from zhibao.web.pages.law_local import trial_of
from zhibao.web.parts.why import Why
from zhibao.web.words import WEEKDAYS_EN, WEEKDAYS_ZH, lang, say


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today().year


@desk
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year; take a year whose notice has come."""
    if request.method == "GET":
        return _page(request, _year(request))
    post = request.POST
    year = int(post["year"]) if post.get("year", "").isdigit() and len(post["year"]) == 4 else today().year
    try:
        done = propose_calendar_year(
            actor=actor(request),
            year=year,
            number=post.get("number", ""),
            official=post.get("official", ""),
            holidays=_days(post.get("holidays", "")),
            makeup_workdays=_days(post.get("makeup_workdays", "")),
            confirmed=post.get("confirmed") == "on",
            take=post.get("deed") == "take",
            now=now(),
        )
    except ZhibaoError as error:
        return _page(request, year, error=error)
    if done.taken:
        toast.leave(request, _("%(year)s 年的放假安排已启用，跨到这一年的期限会重新计算。") % {"year": year})
        return redirect(f"{reverse('law-calendar')}?year={year}")
    return _page(request, year, done=done)


def _days(text: str) -> list[date]:
    """Read days one to a line or parted by commas. Raises BadDay naming the one that is none."""
    parts = text.replace("，", "\n").replace(",", "\n").replace("、", "\n").split("\n")
    return [parse_day(part.strip()) for part in parts if part.strip()]


def _page(
    request: HttpRequest, year: int, *, done: Proposal | None = None, error: ZhibaoError | None = None
) -> HttpResponse:
    years = queries.calendar_years(actor(request))
    view = next((one for one in years if one.year.year == year), None)
    post = request.POST if request.method == "POST" else None
    context = {
        "tabs": tabs(reverse("law-calendar")),
        "year": year,
        "years": [(one.year.year, one.provisional) for one in years],
        "view": view,
        "months": _months(year, view),
        "weekdays": [name[0] for name in WEEKDAYS_EN] if lang() == "en" else list(WEEKDAYS_ZH),
        "off": sorted(view.year.days.holidays) if view else [],
        "worked": sorted(view.year.days.makeup_workdays) if view else [],
        "notice": say(view.year.days.notice) if view and view.year.days.notice else "",
        "why": _why(view) if view else None,
        "post": post,
        "unlikely": isinstance(error, CalendarUnlikely),
        "trial": trial_of(done) if done else None,
        "error": error.say(lang()) if error else "",
        "hint": error.hint(lang()) if error else "",
    }
    return render(request, "web/law_calendar.html", context, status=error.status if error else 200)


def _why(view: YearView) -> Why:
    how = (
        _("国务院办公厅的通知。")
        if not view.provisional
        else _("通知还没有发布：按法定节假日推算，碰到它的期限都标暂定。")
    )
    grounds = [ground(view.year.cite, str(view.year.confidence))]
    return Why(_("%(year)s 年的放假安排") % {"year": view.year.year}, how, grounds, law_pack=current_pack().hash)


def _months(year: int, view: YearView | None) -> list[dict[str, object]]:
    off = frozenset(view.year.days.holidays if view else ())
    worked = frozenset(view.year.days.makeup_workdays if view else ())
    names = [_("%(n)s月") % {"n": month} for month in range(1, 13)]
    return [
        {
            "name": names[month - 1],
            "weeks": [
                [_day(day, month, off, worked) for day in week] for week in Months().monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
    ]


def _day(day: date, month: int, off: frozenset[date], worked: frozenset[date]) -> dict[str, object]:
    if day.month != month:
        return {"day": None}
    kind = "off" if day in off else "on" if day in worked else "rest" if day.weekday() > 4 else ""
    words = {"off": _("放假"), "on": _("调休上班"), "rest": _("周末")}.get(kind, "")
    return {"day": day, "kind": kind, "words": words, "today": day == today()}
