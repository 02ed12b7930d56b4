"""What every page of the desk needs: a logged-in person, the moment, and short ways to read what a form sent.

Knows no page.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhibao.apps.organs.models import Person
from zhibao.kernel.days import legal_day, parse_day
from zhibao.kernel.errors import ZhibaoError

View = Callable[..., HttpResponseBase]


def desk(view: View) -> View:
    """Let only logged-in people in, and let no browser or proxy keep what they saw."""
    return never_cache(login_required(view))


def actor(request: HttpRequest) -> Person:
    """Return who is logged in; pages that are not for everybody are decorated with ``desk``."""
    return cast("Person", request.user)


def now() -> datetime:
    """Return the present moment; only doors ask the clock."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day in legal time."""
    return legal_day(now())


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; whatever is no number is the first."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def asked_day(request: HttpRequest, name: str = "on") -> tuple[date, str]:
    """Return the day asked for (today when none is) and what is wrong with it, in words, when it cannot be read."""
    text = request.GET.get(name, "").strip()
    if not text:
        return today(), ""
    try:
        return parse_day(text), ""
    except ZhibaoError:
        return today(), _("「%(text)s」不是一个日子，先按今天显示。写成 2026-11-23。") % {"text": text}
