"""Errors as ``application/problem+json`` (RFC 9457), in the language the request asks for."""

import json
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from zhibao.api.language import lang_of
from zhibao.kernel.errors import ZhibaoError

MEDIA_TYPE = "application/problem+json"


class Fault(Schema):
    """One place that is not right."""

    detail: str
    pointer: str = Field(description="JSON Pointer into the body, or the parameter's name.")


class Problem(Schema):
    """What went wrong. ``code`` is for programs and never changes with the language; ``detail`` and ``hint`` are for people."""

    type: str = Field(description="A URI that names the code.")
    title: str
    status: int
    detail: str
    instance: str
    code: str
    hint: str
    where: str
    errors: list[Fault]


def problem(request: HttpRequest, error: ZhibaoError, faults: Sequence[Fault] = ()) -> HttpResponse:
    """Return the response for an error."""
    lang = lang_of(request)
    listed = [fault.model_dump() for fault in faults]
    if error.where and not listed:
        listed = [{"detail": error.say(lang), "pointer": pointer(error.where)}]
    document = {
        "type": f"urn:zhibao:problem:{error.code}",
        "title": error.code.replace("-", " "),
        "status": error.status,
        "detail": error.say(lang),
        "instance": request.path,
        "code": error.code,
        "hint": error.hint(lang),
        "where": error.where,
        "errors": listed,
    }
    response = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=MEDIA_TYPE, status=error.status)
    response.headers["Content-Language"] = "zh-Hans" if lang == "zh" else "en"
    return response


def pointer(where: str) -> str:
    """Return a place such as ``data.lines[2].price`` as a JSON Pointer ``/data/lines/2/price``."""
    parts = where.replace("[", ".").replace("]", "").split(".")
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts if part)
