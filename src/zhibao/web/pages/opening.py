"""Opening a matter that did not come from a lead.

Knows the form; what a matter begins with is the cases' affair.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.event_form import Mended, read_at
from zhibao.web.words import lang, say


@desk
@require_http_methods(["GET", "POST"])
def new_matter(request: HttpRequest) -> HttpResponse:
    """Open a matter that did not come from a lead."""
    person, error = actor(request), None
    require(person, Deed.HANDLE, person.organ)
    if request.method == "POST":
        received = None
        try:
            received = read_at(request.POST) if request.POST.get("at") else None
            made = open_matter(
                actor=person,
                title=request.POST.get("title", "").strip(),
                place=request.POST.get("place", ""),
                procedure=request.POST.get("procedure", ""),
                received_at=received,
                now=now(),
            )
        except ZhibaoError as found:
            error = found
        except Mended as found:
            return render(request, "web/open_matter.html", _opening(person, request, {"at": str(found)}), status=422)
        else:
            toast.leave(request, _("已立卷：%(number)s。期限从现在起算。") % {"number": made.number})
            return redirect("matter", number=made.number)
    context = _opening(person, request, {})
    context |= {"error": error.say(lang()) if error else "", "hint": error.hint(lang()) if error else ""}
    return render(request, "web/open_matter.html", context, status=error.status if error else 200)


def _opening(person: Person, request: HttpRequest, bad: dict[str, str]) -> dict[str, Any]:
    pack = current_pack()
    return {
        "post": request.POST if request.method == "POST" else None,
        "bad": bad,
        "procedures": [
            (key, say(pack.procedures[key].title)) for key in person.organ.competences if key in pack.procedures
        ],
        "places": [(each.code.code, say(each.name)) for each in pack.places.values()],
        "place": person.organ.place,
        "now_local": f"{now().astimezone(LEGAL_TZ):%Y-%m-%d %H:%M}",
    }
