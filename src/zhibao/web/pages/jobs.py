"""任务: how far one came, by itself every two seconds or by the reload link, and once more when it failed.

Knows where each kind of job leads when it is done; what a job does is the workers' affair.
"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from zhibao.apps.work.access import access_job
from zhibao.apps.work.actions.run_again import run_again
from zhibao.apps.work.errors import AlreadyAsked, JobNotFailed
from zhibao.apps.work.models import Job
from zhibao.apps.work.queries import open_jobs
from zhibao.web.desk import actor, desk, now
from zhibao.web.job_view import job_view

STOP_ASKING = 286  # htmx's own status: take this answer in, and ask no more


def _asks_again(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _report_of(job: Job) -> str:
    """Return the address of what a job left to be read; an import leaves its rows."""
    made = job.result if job.state == "done" and job.kind in {"import-file", "mend-file"} else None
    return reverse("import-run", kwargs={"run_id": made["run"]}) if made else ""


@desk
@require_GET
def job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """Show how far a job came; one that left a report leads there."""
    person = actor(request)
    found = access_job(person, job_id)
    polled, report = _asks_again(request), _report_of(found)
    if report:
        return HttpResponseClientRedirect(report) if polled else redirect(report)
    view = job_view(person, found, now())
    status = STOP_ASKING if polled and not view.open else 200
    return render(request, "web/parts/job.html" if polled else "web/job.html", {"view": view}, status=status)


@desk
@require_POST
def again(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Put a failed job back into the queue; pressed twice, or asked for anew meanwhile, lead to the one that is open."""
    person = actor(request)
    found = access_job(person, job_id)
    try:
        run_again(actor=person, job_id=job_id, now=now())
    except JobNotFailed:
        pass
    except AlreadyAsked:
        found = open_jobs(found.kind).get(found.key, found)
    return redirect("job", job_id=found.pk)
