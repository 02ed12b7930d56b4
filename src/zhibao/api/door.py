"""The door itself: one API object, what every request passes before an operation, and how errors leave.

Operations stand in the modules beside; they are mounted in ``urls.py``.
"""

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from zhibao.api.auth import Bearer
from zhibao.api.errors import (
    ApiFault,
    BadBody,
    BadFields,
    BadMethod,
    BadText,
    BodyTooLarge,
    NoSuchAddress,
    TooManyRequests,
)
from zhibao.api.language import lang_of
from zhibao.api.once import run_once
from zhibao.api.openapi import complete
from zhibao.api.problems import Fault, problem
from zhibao.kernel.errors import ZhibaoError

log = logging.getLogger("zhibao.api")
View = Callable[..., HttpResponseBase]
TORN = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)  # what Django raises while it reads a body


class StrictParser(Parser):
    """JSON in UTF-8 that says each thing once and holds only text that can be kept."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        text = json.dumps(found, ensure_ascii=False)
        if "\\u0000" in text or not _keepable(text):
            raise BadText
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number in JSON")


def _keepable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


class Door(NinjaAPI):
    """The API with our front before each view and the common answers in its description."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for pattern in urls:
            if isinstance(pattern, URLPattern) and pattern.name not in {"openapi-json", "api-root"}:
                pattern.callback = front(pattern.callback)
        return urls

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        return complete(super().get_openapi_schema(**options))

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)


def front(view: View) -> View:
    """Return the view behind what each request passes first: texts that can be kept, one answer to a repeated POST."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        try:
            if not all(_keepable(text) for text in (request.path, *request.GET, *_values(request))):
                raise BadText
            response = run_once(view, request, **parts) if request.method == "POST" else view(request, **parts)
        except ZhibaoError as error:
            return on_error(request, error)
        except TORN as error:
            return on_torn(request, error)
        return _method_told(request, response)

    return guarded


def _method_told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code != BadMethod.status:
        return response
    allowed = response.headers["Allow"]
    told = problem(request, BadMethod(method=str(request.method), allowed=allowed))
    told.headers["Allow"] = allowed
    return told


def _values(request: HttpRequest) -> list[str]:
    return [value for _, values in request.GET.lists() for value in values]


def on_error(request: HttpRequest, error: ZhibaoError) -> HttpResponse:
    """Answer with an error of the house."""
    response = problem(request, error)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="zhibao"'
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.data["seconds"])
    return response


def on_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer with each field that is not right."""
    faults = [Fault(detail=_say(entry, lang_of(request)), pointer=_pointer(entry["loc"])) for entry in error.errors]
    return problem(request, BadFields(count=len(faults)), faults)


# By pydantic's kind of error; the figures are of its ``ctx``. Its own words are English only.
_SAYINGS = {
    "missing": "缺少。",
    "extra_forbidden": "没有这个字段。",
    "string_type": "应当是文字。",
    "string_too_short": "至少要 {min_length} 个字。",
    "string_too_long": "最多 {max_length} 个字。",
    "string_pattern_mismatch": "写法不对，见接口说明里的 pattern。",
    "int_type": "应当是整数。",
    "int_parsing": "应当是整数。",
    "int_parsing_size": "这个数太大。",
    "int_from_float": "应当是整数。",
    "bool_type": "应当是 true 或 false。",
    "bool_parsing": "应当是 true 或 false。",
    "list_type": "应当是列表。",
    "dict_type": "应当是一个对象。",
    "model_attributes_type": "应当是一个对象。",
    "too_long": "最多 {max_length} 项。",
    "too_short": "至少要 {min_length} 项。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "literal_error": "只能是 {expected}。",
    "enum": "只能是 {expected}。",
    "uuid_type": "应当是一个 UUID。",
    "uuid_parsing": "应当是一个 UUID。",
    "date_type": "应当是日期，例如 2026-09-28。",
    "date_parsing": "应当是日期，例如 2026-09-28。",
    "date_from_datetime_parsing": "应当是日期，例如 2026-09-28。",
    "timezone_aware": "要写时差，例如 2026-09-28T10:00:00+08:00。",
    "datetime_type": "应当是时间，例如 2026-09-28T10:00:00+08:00。",
    "datetime_parsing": "应当是时间，例如 2026-09-28T10:00:00+08:00。",
    "datetime_from_date_parsing": "应当是时间，例如 2026-09-28T10:00:00+08:00。",
}


def _say(entry: dict[str, Any], lang: str) -> str:
    if lang != "zh":
        return {"missing": "It is missing.", "extra_forbidden": "There is no such field."}.get(
            entry["type"], f"It does not hold: {entry['msg']}."
        )
    ctx = {name: str(value).replace(" or ", " 或 ") for name, value in entry.get("ctx", {}).items()}
    return _SAYINGS.get(entry["type"], "不合要求，见接口说明。").format_map(ctx)


def _pointer(loc: tuple[str | int, ...]) -> str:
    """Return where a field stands: ninja puts the kind of parameter and the argument's name before it."""
    kind, *rest = loc
    if kind in {"query", "path", "header"}:
        return str(rest[-1]) if rest else ""
    return "".join(f"/{part}" for part in (rest[1:] if kind == "body" else rest))


def on_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer for what ninja itself refuses: a body it cannot parse."""
    cause = error.__cause__
    if isinstance(cause, ZhibaoError):
        return on_error(request, cause)
    return problem(
        request, BadBody(why_zh="不是 UTF-8 的 JSON，或者同一个字段写了两次", why_en=f"it is not JSON ({cause})")
    )


def on_missing(request: HttpRequest, _error: Exception) -> HttpResponse:
    """Answer that there is no such address."""
    return problem(request, NoSuchAddress(path=request.path))


def on_torn(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for a body that is too large, a form that is torn, or a sender that went away."""
    if isinstance(error, RequestDataTooBig):
        return problem(request, BodyTooLarge())
    return problem(request, BadBody(why_zh="表单不完整", why_en="the form is torn"))


def on_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for a fault of ours: its trace goes to the log, not to the asker."""
    log.error("%s %s met a fault", request.method, request.path, exc_info=error)
    return problem(request, ApiFault())


def make_door() -> Door:
    """Return the API object with its answers to errors, and no operation yet."""
    door = Door(
        title="知保 Zhibao",
        version="1",
        description="A province's protection of intellectual property. Errors are problems (RFC 9457) in the language of "
        "Accept-Language (zh, en); POST takes an Idempotency-Key.",
        openapi_url="/openapi.json",
        docs_url=None,
        urls_namespace="api",
        auth=Bearer(),
        parser=StrictParser(),
    )
    handlers: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        ZhibaoError: on_error,
        ValidationError: on_fields,
        HttpError: on_http,
        Http404: on_missing,
        **dict.fromkeys(TORN, on_torn),
        Exception: on_fault,
    }
    for kind, handler in handlers.items():
        door.add_exception_handler(kind, handler)
    return door
