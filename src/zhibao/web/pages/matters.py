"""案件: the list, narrowed and searched, and the same list as a table for other programs.

Knows lists only; one matter has its own page.
"""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.queries import MatterFilters, matters
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.models import Person
from zhibao.kernel.days import legal_day
from zhibao.web.desk import actor, desk, now, page_number
from zhibao.web.tables import Cell, csv_answer, excel_answer
from zhibao.web.templatetags.zhibao import place_name, procedure_title, stage
from zhibao.web.words import say, show_name

EXPORT_PAGE = 500
MOST_EXPORTED = 20_000


def filters_of(request: HttpRequest) -> MatterFilters:
    """Return what the list is narrowed to."""
    asked = request.GET
    return MatterFilters(
        text=asked.get("q", "").strip(),
        place=asked.get("place", ""),
        procedure=asked.get("procedure", ""),
        organ=asked.get("organ", ""),
        state=asked.get("state", ""),
        mine=asked.get("mine") == "1",
    )


def state_names() -> list[tuple[str, str]]:
    """Return the states a list can be narrowed to."""
    return [
        ("open", _("在办")),
        ("overdue", _("有逾期")),
        ("transferred", _("移送过")),
        ("closed", _("已办结")),
    ]


@desk
@require_GET
def matter_list(request: HttpRequest) -> HttpResponse:
    """List the matters the person may know of."""
    person, wanted = actor(request), filters_of(request)
    form = request.GET.get("as", "")
    if form in {"csv", "xlsx"}:
        answer = csv_answer if form == "csv" else excel_answer
        return answer("matters", export_head(), export_rows(person, wanted))
    pack = current_pack()
    context = {
        "wanted": wanted,
        "page": matters(person, wanted, page_number(request)),
        "procedures": [(each.id, say(each.title)) for each in pack.procedures.values()],
        "places": [(each.code.code, say(each.name)) for each in pack.places.values()],
        "states": state_names(),
        "may_open": can(person, Deed.HANDLE, person.organ) and bool(person.organ.competences),
        "moment": now(),
    }
    return render(request, "web/matters.html", context)


def export_head() -> Sequence[str]:
    """Return the head of the exported table."""
    return [
        _("案件"),
        _("案名"),
        _("地区"),
        _("受理"),
        _("程序"),
        _("机关"),
        _("案号"),
        _("承办人"),
        _("阶段"),
        _("下一个到期"),
    ]


def export_rows(person: Person, wanted: MatterFilters) -> Iterator[Sequence[Cell]]:
    """Yield a row for each proceeding, at most 20,000 matters; dates as ISO."""
    number = 1
    while number * EXPORT_PAGE <= MOST_EXPORTED:
        page = matters(person, wanted, number, EXPORT_PAGE)
        for matter in page.items:
            yield from _rows(matter)
        if not page.has_next:
            return
        number += 1


def _rows(matter: Matter) -> Iterator[Sequence[Cell]]:
    due = legal_day(matter.next_due).isoformat() if matter.next_due else ""
    for proceeding in matter.proceedings.all():
        yield [
            matter.number,
            matter.title,
            place_name(matter.place),
            legal_day(matter.opened_at).isoformat(),
            procedure_title(proceeding.procedure),
            show_name(proceeding.organ),
            proceeding.number,
            show_name(proceeding.handler) if proceeding.handler else "",
            stage(proceeding.procedure, proceeding.stage),
            due,
        ]
