"""谁承办: who of the organ handles a proceeding, chosen by its head or taken by who is free to.

Knows the form; who may do it is the action's to say.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhibao.apps.cases.actions.assign_handler import assign_handler
from zhibao.apps.cases.models import Proceeding
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.queries import colleague, people_of
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.words import show_name


@dataclass(frozen=True, slots=True)
class Handling:
    """One open proceeding of the person's organ, and whom the person may name."""

    it: Proceeding
    choices: list[Person]


def handling_of(person: Person, proceedings: list[Proceeding]) -> list[Handling]:
    """Return the proceedings with those who may be named: any handler by the head, oneself where nobody handles it."""
    return [Handling(each, _choices(person, each)) for each in proceedings]


def _choices(person: Person, proceeding: Proceeding) -> list[Person]:
    if can(person, Deed.APPROVE, proceeding.organ):
        able = [each for each in people_of(person, proceeding.organ) if can(each, Deed.HANDLE, proceeding.organ)]
        return [each for each in able if each.pk != proceeding.handler_id]
    return [person] if proceeding.handler_id is None and can(person, Deed.HANDLE, proceeding.organ) else []


@desk
@require_POST
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Name the handler."""
    person = actor(request)
    handler = colleague(person, request.POST.get("handler", ""))
    assign_handler(
        actor=person,
        matter_id=number,
        proceeding_id=request.POST.get("proceeding", ""),
        handler=handler,
        now=now(),
    )
    toast.leave(request, _("承办人是%(name)s。") % {"name": show_name(handler)})
    return redirect("matter", number=number)
