"""What the description of every operation shares: the problems it may answer with, the header of repeated POSTs."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from zhibao.api.once import HEADER, REPEATED
from zhibao.api.problems import MEDIA_TYPE, Problem

PROBLEMS = {
    "400": "The body cannot be read.",
    "401": "No token, or one that no longer holds.",
    "403": "The person behind the token may not do this.",
    "404": "There is no such thing, or it may not be shown.",
    "409": "Somebody was faster, or the state does not allow it.",
    "413": "More than is taken in one request.",
    "422": "Fields that do not hold; each is told under errors.",
    "429": "Requests come too fast; see Retry-After.",
    "500": "Zhibao itself went wrong.",
    "503": "More is being recorded than the database takes; nothing was recorded. Try again in a moment.",
}
LANGUAGE_PARAMETER = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "Language of detail and hint: zh (default) or en.",
    "schema": {"type": "string", "examples": ["zh", "en"]},
}
KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key with the same content gets the same answer for 24 hours; with other content, 422.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
}


def complete(schema: OpenAPISchema) -> OpenAPISchema:
    """Add to each operation what all share, and return the description."""
    schema["components"]["schemas"] |= _problem_schemas()
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _complete_operation(method, operation)
    return schema


def _problem_schemas() -> dict[str, Any]:
    whole = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**whole.pop("$defs"), "Problem": whole}


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    for status, description in PROBLEMS.items():
        answers.setdefault(status, {"description": description, "content": content})
    operation["responses"] = answers
    operation.setdefault("parameters", []).append(LANGUAGE_PARAMETER)
    if method == "post":
        operation["parameters"].append(KEY_PARAMETER)
        for status in ("200", "201", "202"):
            if status in answers:
                answers[status]["headers"] = {
                    REPEATED: {
                        "description": "true when the answer was kept from before.",
                        "schema": {"type": "string"},
                    }
                }
