"""人员: the people of an organ, for its administrator: who they are, their roles, a first password, closing an account.

Knows forms; what may be done is the actions' to say. Nobody is ever deleted: what they recorded keeps their name.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.organs.access import Deed, access_organ, access_person, can, require
from zhibao.apps.organs.actions.change_person import change_person
from zhibao.apps.organs.actions.make_person import make_person
from zhibao.apps.organs.actions.set_password import set_password
from zhibao.apps.organs.models import Organ, Role
from zhibao.apps.organs.queries import organs, people_of
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.words import lang, show_name


def role_names() -> list[tuple[str, str]]:
    """Return the roles and what they are called."""
    names = {
        "handler": _("承办"),
        "head": _("负责人"),
        "registrar": _("登记"),
        "analyst": _("监测"),
        "supervisor": _("监督"),
        "law-officer": pgettext("role", "法规"),
        "admin": _("管理"),
    }
    return [(role, names.get(role, role)) for role in Role.values]


@desk
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people of one organ the actor manages."""
    person = actor(request)
    asked = request.GET.get("organ", "")
    organ = access_organ(person, asked) if asked else person.organ
    return _page(request, organ)


def _page(request: HttpRequest, organ: Organ, error: ZhibaoError | None = None) -> HttpResponse:
    person = actor(request)
    require(person, Deed.MANAGE, organ)
    context: dict[str, Any] = {
        "organ": organ,
        "organs": [each for each in organs(person) if can(person, Deed.MANAGE, each)],
        "people": people_of(person, organ),
        "roles": role_names(),
        "error": error.say(lang()) if error else "",
        "hint": error.hint(lang()) if error else "",
        "post": request.POST if error else None,
        "chosen": request.POST.getlist("roles") if error else [],
    }
    return render(request, "web/people.html", context, status=error.status if error else 200)


def _back(organ: Organ) -> HttpResponse:
    return redirect(f"{reverse('people')}?organ={organ.pk}")


@desk
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Enter a person; what cannot be taken comes back as it was typed, but for the password."""
    post = request.POST
    organ = access_organ(actor(request), post.get("organ", ""))
    try:
        made = make_person(
            actor=actor(request),
            organ=organ,
            username=post.get("username", ""),
            name_zh=post.get("name_zh", ""),
            name_en=post.get("name_en", "") or post.get("name_zh", ""),
            roles=post.getlist("roles"),
            password=post.get("password", ""),
            now=now(),
        )
    except ZhibaoError as error:
        return _page(request, organ, error)
    toast.leave(request, _("已加入%(name)s。把登录名和密码当面交给本人，让他登录后改掉。") % {"name": show_name(made)})
    return _back(organ)


@desk
@require_POST
def change(request: HttpRequest, username: str) -> HttpResponse:
    """Change somebody's roles, close or reopen the account, or give a new password."""
    person, post = actor(request), request.POST
    seen = access_person(person, username)
    deed = post.get("deed", "")
    try:
        if deed == "password":
            set_password(actor=person, username=username, password=post.get("password", ""), now=now())
        elif deed == "roles":
            change_person(actor=person, username=username, roles=post.getlist("roles"), now=now())
        else:
            change_person(actor=person, username=username, active=deed == "open", now=now())
    except ZhibaoError as error:
        return _page(request, seen.organ, error)
    toast.leave(request, _told(deed) % {"name": show_name(seen)})
    return _back(seen.organ)


def _told(deed: str) -> str:
    return {
        "password": _("%(name)s有了新密码，原来的登录都已退出。"),
        "roles": _("%(name)s的岗位已改。"),
        "open": _("%(name)s又可以登录了。"),
    }.get(deed, _("%(name)s的账号已停用，接口密钥同时作废。"))
