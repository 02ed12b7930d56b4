"""Whoever is logged in without a second step is led to where one is set up, when the installation asks for it.

Knows which pages must stay reachable meanwhile; does not decide what a person may see.
"""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OPEN_PATHS = ("/accounts/", "/static/", "/i18n/")


class SecondStep:
    """Middleware; does nothing unless ``SECOND_STEP_NEEDED`` is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_STEP_NEEDED
            and request.user.is_authenticated
            and not request.path.startswith(OPEN_PATHS)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)
