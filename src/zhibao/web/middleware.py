"""What stands around every page: the person's language, and our own words where something went wrong.

Knows no page.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from zhibao.kernel.errors import ZhibaoError
from zhibao.web.pages.errors import error_page

Answer = Callable[[HttpRequest], HttpResponse]
CODES = {"zh": "zh-hans", "en": "en"}


class PersonLanguage:
    """Speaks the language a person has chosen; before log-in, what the cookie or the browser asks for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(CODES[request.user.language])
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class ErrorPages:
    """Turns an error of ours into a page with its sentence and how to mend it. The API has its own answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ZhibaoError) and not request.path.startswith("/api/"):
            return error_page(request, exception)
        return None
