"""Files of rights: sent whole, brought in by a job, with the rows to mend."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.jobs import JobOut, job_out
from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.api.texts import Given, Json
from zhibao.apps.register import queries
from zhibao.apps.register.access import access_import
from zhibao.apps.register.actions.mend_rows import mend_rows
from zhibao.apps.register.models import ImportRow, ImportRun
from zhibao.apps.work.actions.ask_with_file import ask_with_file

router = Router(tags=["imports"])
Kind = Annotated[str, Form(max_length=24)]


class RunOut(Schema):
    """One file brought in, with what became of its rows."""

    id: UUID
    file_name: str
    sha256: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    rows: int
    made: int
    changed: int
    same: int
    bad: int = Field(description="Rows that still wait to be mended.")
    problem: Json | None = Field(description="What is wrong with the file as a whole.")


class BadRowOut(Schema):
    """A row that was not taken, as it stood, and why."""

    number: int
    raw: Json
    problems: list[Json]


class MendedIn(Given):
    """Mended cells, by row number and column head."""

    rows: dict[int, dict[str, str]] = Field(min_length=1, max_length=1000)


def run_out(run: ImportRun) -> RunOut:
    """Return an import as it goes out."""
    return RunOut.from_orm(run)


def _row_out(row: ImportRow) -> BadRowOut:
    return BadRowOut(number=row.number, raw=row.raw, problems=row.problems)


@router.get("", response=Listed[RunOut])
def list_imports(request: HttpRequest, paging: PageQuery) -> Listed[RunOut]:
    """List your organ's imports, newest first."""
    return listed(request, queries.imports(person_of(request), paging.page, paging.size), run_out)


@router.post("", response={202: JobOut})
def bring_in(request: HttpRequest, file: Annotated[UploadedFile, File()], kind: Kind = "trademark") -> Status[JobOut]:
    """Send a file of rights (CSV, Excel, JSON Lines, ST.96); the job's result names the import."""
    chunks: Iterable[bytes] = file.chunks()
    job = ask_with_file(
        actor=person_of(request),
        kind="import-file",
        chunks=chunks,
        name=file.name or "file",
        data={"kind": kind},
        now=timezone.now(),
    )
    return Status(202, job_out(job, lang_of(request)))


@router.get("/{run_id}", response=RunOut)
def read_import(request: HttpRequest, run_id: UUID) -> RunOut:
    """Tell how an import went."""
    return run_out(access_import(person_of(request), run_id))


@router.get("/{run_id}/rows", response=Listed[BadRowOut])
def list_bad_rows(request: HttpRequest, run_id: UUID, paging: PageQuery) -> Listed[BadRowOut]:
    """List the rows that wait to be mended, each with what is wrong in it."""
    page = queries.bad_rows(person_of(request), run_id, paging.page, paging.size)
    return listed(request, page, _row_out)


@router.post("/{run_id}/rows", response=RunOut)
def mend(request: HttpRequest, run_id: UUID, body: MendedIn) -> RunOut:
    """Take mended cells; rows that hold now are stored, the others keep their new cells and faults."""
    return run_out(mend_rows(actor=person_of(request), run_id=run_id, rows=body.rows, now=timezone.now()))
