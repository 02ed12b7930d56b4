"""Repeating a POST safely: the ``Idempotency-Key`` header."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from zhibao.api.auth import person_of
from zhibao.apps.work.actions.answer_once import Answer, answer_once

HEADER = "Idempotency-Key"
REPEATED = "Idempotency-Replayed"
Run = Callable[..., HttpResponseBase]


def run_once(run: Run, request: HttpRequest, **parts: Any) -> HttpResponseBase:
    """Run an operation, or give again what it answered to the same request under the same key."""
    key = request.headers.get(HEADER)
    if key is None:
        return run(request, **parts)

    def make() -> Answer:
        response = run(request, **parts)
        assert isinstance(response, HttpResponse)  # no POST of ours streams its answer
        return Answer(response.status_code, response.content, dict(response.items()))

    answer, kept = answer_once(
        actor=person_of(request), key=key, fingerprint=fingerprint_of(request), make=make, now=timezone.now()
    )
    response = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
    if kept:
        response.headers[REPEATED] = "true"
    return response


def fingerprint_of(request: HttpRequest) -> str:
    """Return the SHA-256 of method, address and body; of an upload, its fields and its files' bytes."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(f"{name}={values!r}\n".encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name}:{file.name}:{_digest(file)}\n".encode())
    return digest.hexdigest()


def _digest(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
