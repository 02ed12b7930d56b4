"""监督: findings ranked, what they rest on, what people said of them, and how often each kind has been right.

Knows the cases' findings; opening a matter asks for the purpose there.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import FindingRow
from zhibao.apps.cases.queries import Accuracy, FindingFilters, finding_accuracy, findings
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.queries import organs
from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import ZhibaoError
from zhibao.web.desk import actor, desk, page_number, today
from zhibao.web.grounds import ground_of_text
from zhibao.web.parts.why import Ground, Source, Why
from zhibao.web.words import entitle, lang, show_length, show_name


def kind_title(kind: str) -> str:
    """Return what a kind of finding is called."""
    known = current_pack().finding_kinds.get(kind)
    return entitle(known.title) if known else kind


def _since(text: str) -> date | None:
    try:
        return parse_day(text) if text else None
    except ZhibaoError:
        return None


def why_of(row: FindingRow) -> Why:
    """Return the ground under a finding: its sentence, its articles, its events."""
    view = row.view[lang()]
    page = reverse("matter", kwargs={"number": row.matter.number})
    return Why(
        about=str(view["title"]),
        how=str(view["says"]),
        grounds=[ground_of_text(str(cite["cite_id"])) for cite in view["cites"]],
        sources=[Source(f"E-{seq}", f"{page}#e-{seq}") for seq in view["events"]],
        law_pack=current_pack().hash,
    )


@desk
@require_GET
def finding_list(request: HttpRequest) -> HttpResponse:
    """List the findings in matters the person may know of, heaviest first."""
    person, asked = actor(request), request.GET
    wanted = FindingFilters(
        organ=asked.get("organ", ""),
        kind=asked.get("kind", ""),
        place=asked.get("place", ""),
        since=_since(asked.get("since", "")),
        unanswered=asked.get("unanswered") == "1",
    )
    page = findings(person, wanted, page_number(request), 25)
    day = today()
    accuracy = finding_accuracy(person)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [
            {
                "it": row,
                "title": entitle(row.view[lang()]["title"]),
                "why": why_of(row),
                "age": show_length(max((day - row.since).days, 0), "days"),
            }
            for row in page.items
        ],
        "accuracy": [
            {"title": kind_title(each.kind), "it": each, "judged": each.right + each.wrong} for each in accuracy
        ],
        "tiles": tiles(accuracy),
        "kinds": [(each.kind, kind_title(each.kind)) for each in accuracy],
        "organs": [(organ.pk, show_name(organ, "short")) for organ in organs(person)],
        "day": day,
        "supervises": can(person, Deed.SUPERVISE),
        "formula": Why(
            _("先后的算式"),
            _("每种发现有一个分量，写在法规包里；分量大的在前，同样的按时间早的在前。不给人排名。"),
            [Ground(_("内部口径：发现的分量"), "secondary")],
            law_pack=current_pack().hash,
        ),
    }
    return render(request, "web/findings.html", context)


def tiles(accuracy: list[Accuracy]) -> dict[str, int]:
    """Return the numbers at the head of the page."""
    return {
        "standing": sum(each.standing for each in accuracy),
        "answered": sum(each.answered for each in accuracy),
        "right": sum(each.right for each in accuracy),
        "wrong": sum(each.wrong for each in accuracy),
    }
