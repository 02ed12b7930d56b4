"""Stored files as answers: never shown in a browser as what they claim to be, always with their digests."""

import base64
from typing import Any, BinaryIO

from django.http import FileResponse

from zhibao.apps.vault.models import Blob

MEDIA_TYPE = "application/octet-stream"
SM3_HEADER = "X-SM3"
FILE_ANSWER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file, found to be what was stored.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
            "headers": {
                "Repr-Digest": {"description": "SHA-256 (RFC 9530).", "schema": {"type": "string"}},
                SM3_HEADER: {"description": "SM3, in hexadecimal.", "schema": {"type": "string"}},
            },
        }
    }
}


def file_answer(stream: BinaryIO, *, name: str, blob: Blob) -> FileResponse:
    """Return a stored file with its digests in ``Repr-Digest`` and ``X-SM3``."""
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
    sha256 = base64.b64encode(bytes.fromhex(blob.sha256)).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{sha256}:"
    response.headers[SM3_HEADER] = blob.sm3
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
