"""Jobs: what was asked of the machine, how far it came, what came of it."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageQuery, listed
from zhibao.apps.work import queries
from zhibao.apps.work.access import access_job
from zhibao.apps.work.actions.run_again import run_again
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job

router = Router(tags=["jobs"])
State = Literal["waiting", "running", "done", "failed"]


class JobProblem(Schema):
    """Why the last attempt did not end well."""

    code: str
    detail: str
    hint: str
    where: str


class JobOut(Schema):
    """A job and where it stands."""

    id: UUID
    kind: str
    title: str
    state: State
    asked_at: datetime
    run_after: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempts: int
    done: int = Field(description="How far it came.")
    total: int | None = Field(description="Of how much, where that is known.")
    result: Any
    problem: JobProblem | None


def job_out(job: Job, lang: str) -> JobOut:
    """Return a job as it goes out."""
    found = job.problem
    told = (
        JobProblem(code=found["code"], detail=found[lang], hint=found[f"hint_{lang}"], where=found["where"])
        if found
        else None
    )
    return JobOut(
        id=job.pk,
        kind=job.kind,
        title=KINDS[job.kind].title.say(lang),
        state=cast("State", job.state),
        asked_at=job.asked_at,
        run_after=job.run_after,
        started_at=job.started_at,
        ended_at=job.ended_at,
        attempts=job.attempts,
        done=job.done,
        total=job.total,
        result=job.result,
        problem=told,
    )


@router.get("", response=Listed[JobOut])
def list_jobs(
    request: HttpRequest, paging: PageQuery, state: Annotated[State | None, Query()] = None
) -> Listed[JobOut]:
    """List the jobs you asked for, newest first; administrators see all."""
    page = queries.jobs(person_of(request), state=state or "", page=paging.page, size=paging.size)
    lang = lang_of(request)
    return listed(request, page, lambda job: job_out(job, lang))


@router.get("/{job_id}", response=JobOut)
def read_job(request: HttpRequest, job_id: UUID) -> JobOut:
    """Tell where a job stands."""
    return job_out(access_job(person_of(request), job_id), lang_of(request))


@router.post("/{job_id}/again", response=JobOut)
def run_job_again(request: HttpRequest, job_id: UUID) -> JobOut:
    """Put a failed job back into the queue."""
    job = run_again(actor=person_of(request), job_id=job_id, now=timezone.now())
    return job_out(job, lang_of(request))
