"""Log-in as an office needs it: people are entered by their organ's administrator, nobody signs up.

Knows nothing of e-mail: an organ may have no mail that reaches the machine, so no step depends on one.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
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
