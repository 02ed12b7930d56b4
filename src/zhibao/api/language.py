"""The language a request asks for."""

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def lang_of(request: HttpRequest) -> str:
    """Return ``zh`` or ``en``, whichever ``Accept-Language`` likes best; Chinese when it names neither."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        short = wanted.split("-")[0]
        if short in {"zh", "en"}:
            return short
    return "zh"
