"""Bundles: exhibits sealed so that anybody can check them without us."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.files import FILE_ANSWER, file_answer
from zhibao.api.jobs import JobOut, job_out
from zhibao.api.language import lang_of
from zhibao.api.matters import Purpose
from zhibao.api.texts import Given, Json
from zhibao.apps.cases.access import access_matter
from zhibao.apps.vault.access import access_sealing
from zhibao.apps.vault.models import Sealing
from zhibao.apps.vault.queries import open_blob, sealings_of
from zhibao.apps.work.actions.ask_job import ask_job

router = Router(tags=["bundles"])


class BundleOut(Schema):
    """A sealed bundle."""

    id: UUID
    matter_id: UUID | None
    exhibits: list[UUID]
    sha256: str
    sm3: str
    size: int
    tree_size: int = Field(description="How many leaves the evidence log had when it was sealed.")
    by: str
    at: datetime


class SealIn(Given):
    """Which exhibits are sealed together; those withheld go in by their digests only."""

    exhibits: list[UUID] = Field(min_length=1, max_length=500)
    withheld: list[UUID] = Field(default_factory=list, max_length=500)


def bundle_out(sealing: Sealing) -> BundleOut:
    """Return a bundle as it goes out."""
    blob = sealing.bundle
    return BundleOut(
        id=sealing.pk,
        matter_id=sealing.matter_id,
        exhibits=sorted(exhibit.pk for exhibit in sealing.exhibits.all()),
        sha256=blob.sha256,
        sm3=blob.sm3,
        size=blob.size,
        tree_size=sealing.tree_size,
        by=sealing.by.username,
        at=sealing.at,
    )


@router.get("", response=list[BundleOut])
def list_bundles(request: HttpRequest, matter_id: Annotated[UUID, Query()], purpose: Purpose = "") -> list[BundleOut]:
    """List the bundles sealed in a matter, newest first."""
    matter = access_matter(person_of(request), matter_id, purpose)
    return [bundle_out(sealing) for sealing in sealings_of(matter.pk)]


@router.post("", response={202: JobOut})
def seal(request: HttpRequest, body: SealIn) -> Status[JobOut]:
    """Ask for exhibits to be sealed; the job's result names the bundle."""
    data: Json = {"exhibits": [str(key) for key in body.exhibits], "withheld": [str(key) for key in body.withheld]}
    job = ask_job(actor=person_of(request), kind="seal", data=data, now=timezone.now())
    return Status(202, job_out(job, lang_of(request)))


@router.get("/{bundle_id}/file", response=None, openapi_extra=FILE_ANSWER)
def download_bundle(request: HttpRequest, bundle_id: UUID, purpose: Purpose = "") -> FileResponse:
    """Return the bundle; ``zhibao proof verify`` checks it, and so do common tools as its README says."""
    sealing = access_sealing(person_of(request), bundle_id, purpose=purpose, now=timezone.now())
    return file_answer(open_blob(sealing.bundle), name=f"{sealing.pk}.zip", blob=sealing.bundle)
