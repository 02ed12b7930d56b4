"""One short message that stays until the next page, with the way to undo what was done.

Knows only the session.
"""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

KEY = "toast"


@dataclass(frozen=True, slots=True)
class Toast:
    """``undo`` is the address to post to; empty where nothing can be undone."""

    text: str
    undo: str = ""


def leave(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Leave a message for the next page."""
    request.session[KEY] = asdict(Toast(text, undo))


def take(request: HttpRequest) -> Toast | None:
    """Take the message left, if there is one."""
    session = getattr(request, "session", None)
    if session is None or KEY not in session:
        return None
    return Toast(**session.pop(KEY))
