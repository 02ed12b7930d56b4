"""Log-in as an office needs it: people are entered by their organ's administrator, nobody signs up.

Knows nothing of e-mail: an organ may have no mail that reaches the machine, so no step depends on one.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up and sends no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts are made by ``make_person``."""
        del request
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing; what a person must know stands on the page they are on."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing."""


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the log-in name that wrong passwords are counted under: its case does not matter, as for logging in."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).strip().casefold()


def caller_address(request: HttpRequest) -> str:
    """Return the address a request comes from, as our own proxy saw it where there is one.

    Only the last entry of X-Forwarded-For was written by that proxy; the ones before it are the caller's to invent.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded if settings.BEHIND_PROXY and forwarded else str(request.META.get("REMOTE_ADDR", ""))
