"""The person's own page: language, look, keys, second step, tokens; and the page of a locked account.

Knows log-in only by name; passwords and second steps are allauth's.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.actions.change_preferences import change_preferences
from zhibao.apps.organs.actions.issue_token import issue_token
from zhibao.apps.organs.actions.revoke_token import revoke_token
from zhibao.apps.organs.queries import readings_by, tokens_of
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Go back to where the form says, if that is on this site."""
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if here and wanted else fallback)


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say that too many passwords were wrong, and when it goes on."""
    minutes = round(float(settings.AXES_COOLOFF_TIME) * 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language: kept with the person, or in a cookie before log-in."""
    wanted = "en" if request.POST.get("language") == "en" else "zh"
    if request.user.is_authenticated:
        change_preferences(actor=actor(request), language=wanted, now=now())
    answer = _back(request, "/")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        "en" if wanted == "en" else "zh-hans",
        max_age=YEAR,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return answer


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Choose the theme and the density; both are the browser's, not the person's: a desk may be bright or dark."""
    answer = _back(request, "/profile")
    for name, known in (("theme", ("light", "dark")), ("density", ("compact",))):
        value = request.POST.get(name, "")
        if value in known:
            secure = settings.LANGUAGE_COOKIE_SECURE
            answer.set_cookie(f"zhibao_{name}", value, max_age=YEAR, samesite="Lax", secure=secure)
        else:
            answer.delete_cookie(f"zhibao_{name}", samesite="Lax")
    return answer


@desk
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Show what the person can set, and what they have read lately."""
    person = actor(request)
    context = {
        "tokens": tokens_of(person),
        "readings": readings_by(person, size=10),
        "moment": now(),
        "manages": can(person, Deed.MANAGE, person.organ),
    }
    return render(request, "web/profile.html", context)


@desk
@require_POST
def keys_choice(request: HttpRequest) -> HttpResponse:
    """Turn single keys on or off."""
    change_preferences(actor=actor(request), single_keys=request.POST.get("single_keys") == "on", now=now())
    return redirect("profile")


@desk
@require_POST
def new_token(request: HttpRequest) -> HttpResponse:
    """Issue a token and show it this once."""
    kept, text = issue_token(actor=actor(request), name=request.POST.get("name", ""), now=now())
    return render(request, "web/token.html", {"kept": kept, "text": text})


@desk
@require_POST
def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token of one's own."""
    revoke_token(actor=actor(request), token_id=token_id, now=now())
    toast.leave(request, _("这把密钥已停用。"))
    return redirect("profile")


@desk
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """List all keys."""
    return render(request, "web/keys.html")
