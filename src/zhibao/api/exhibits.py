"""Exhibits: files kept as proof, by their digests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.errors import ProceedingMissing
from zhibao.api.files import FILE_ANSWER, file_answer
from zhibao.api.matters import Purpose
from zhibao.api.texts import Json, Seq, When
from zhibao.apps.cases.access import access_matter
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.vault.access import access_exhibit
from zhibao.apps.vault.actions.add_exhibit import add_exhibit
from zhibao.apps.vault.actions.record_custody import record_custody
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.vault.models import Exhibit
from zhibao.apps.vault.queries import custody_of, exhibits_of, open_blob, own_exhibits

router = Router(tags=["exhibits"])


class CustodyOut(Schema):
    """One step of an exhibit's custody, joined to the one before by its hash."""

    seq: int
    kind: str
    at: datetime
    organ: str
    by: str
    note: str
    hash: str


class ExhibitOut(Schema):
    """A file kept as proof, and where it came from."""

    id: UUID
    matter_id: UUID | None
    number: int
    name: str
    origin: str
    captured_at: datetime
    added_at: datetime
    organ: str
    by: str
    size: int
    media_type: str
    sha256: str
    sm3: str


class ExhibitWhole(ExhibitOut):
    """An exhibit with its custody."""

    custody: list[CustodyOut]


class ExhibitIn(Schema):
    """What is said of a file that is uploaded."""

    matter_id: UUID | None = Field(None, description="Without a matter it stays with your organ.")
    proceeding: UUID | None = Field(
        None, description="Which proceeding of the matter records it; needed with a matter."
    )
    expected_seq: Seq | None = Field(None, description="The matter's last event you have seen.")
    origin: str = Field(min_length=1, max_length=300, description="How and where it was obtained.")
    captured_at: When


def exhibit_out(exhibit: Exhibit) -> ExhibitOut:
    """Return an exhibit as it goes out."""
    return ExhibitOut(**_common(exhibit))


def _common(exhibit: Exhibit) -> Json:
    names = ("matter_id", "number", "name", "origin", "captured_at", "added_at")
    blob = exhibit.blob
    return {name: getattr(exhibit, name) for name in names} | {
        "id": exhibit.pk,
        "organ": exhibit.organ_id,
        "by": exhibit.by.username,
        "size": blob.size,
        "media_type": blob.media_type,
        "sha256": blob.sha256,
        "sm3": blob.sm3,
    }


def _whole(exhibit: Exhibit) -> ExhibitWhole:
    steps = [
        CustodyOut(
            seq=step.seq,
            kind=step.kind,
            at=step.at,
            organ=step.organ_id,
            by=step.by.username,
            note=step.note,
            hash=step.hash,
        )
        for step in custody_of(exhibit)
    ]
    return ExhibitWhole(**_common(exhibit), custody=steps)


@router.get("", response=list[ExhibitOut])
def list_exhibits(
    request: HttpRequest, matter_id: Annotated[UUID | None, Query()] = None, purpose: Purpose = ""
) -> list[ExhibitOut]:
    """List the exhibits of a matter; without one, those your organ keeps outside any matter."""
    person = person_of(request)
    if matter_id is None:
        return [exhibit_out(exhibit) for exhibit in own_exhibits(person)]
    matter = access_matter(person, matter_id, purpose)
    return [exhibit_out(exhibit) for exhibit in exhibits_of(matter.pk)]


@router.post("", response={201: ExhibitWhole})
def add(
    request: HttpRequest, about: Annotated[ExhibitIn, Form()], file: Annotated[UploadedFile, File()]
) -> Status[ExhibitWhole]:
    """Keep an uploaded file as proof. With a matter, ``exhibit-added`` is recorded in it at the same time."""
    actor, now, name = person_of(request), timezone.now(), file.name or "file"
    said: Json = {"name": name, "origin": about.origin, "captured_at": about.captured_at, "now": now}
    if about.matter_id is None:
        blob = store_file(actor=actor, stream=_chunks(file), name=name, now=now)
        return Status(201, _whole(add_exhibit(actor=actor, matter_id=None, blob=blob, **said)))
    if about.proceeding is None:
        raise ProceedingMissing(where="proceeding")
    exhibit = keep_exhibit(
        actor=actor,
        matter_id=about.matter_id,
        proceeding_id=about.proceeding,
        stream=_chunks(file),
        expected_seq=about.expected_seq,
        **said,
    )
    return Status(201, _whole(exhibit))


def _chunks(file: UploadedFile) -> Iterator[bytes]:
    return iter(file.chunks())


@router.get("/{exhibit_id}", response=ExhibitWhole)
def read_exhibit(request: HttpRequest, exhibit_id: UUID, purpose: Purpose = "") -> ExhibitWhole:
    """Tell an exhibit with its digests and custody."""
    return _whole(access_exhibit(person_of(request), exhibit_id, purpose=purpose, now=timezone.now()))


@router.get("/{exhibit_id}/file", response=None, openapi_extra=FILE_ANSWER)
def download(request: HttpRequest, exhibit_id: UUID, purpose: Purpose = "") -> FileResponse:
    """Return the file, found to be what was stored, and write into its custody that it was copied.

    Its digests stand in ``Repr-Digest`` (RFC 9530) and ``X-SM3``.
    """
    actor, now = person_of(request), timezone.now()
    exhibit = access_exhibit(actor, exhibit_id, purpose=purpose, now=now)
    opened = open_blob(exhibit.blob)
    record_custody(actor=actor, exhibit_id=exhibit.pk, kind="copied", now=now, note="API")
    return file_answer(opened, name=exhibit.name, blob=exhibit.blob)
