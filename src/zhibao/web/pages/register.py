"""权利: search as of a day, one right with its history, imports with their rows to mend, export.

Knows the register; reading a file is the register's own affair.
"""

import io
import uuid
from collections.abc import Iterable
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.organs.models import Person
from zhibao.apps.register.access import access_import, access_right
from zhibao.apps.register.actions.change_status import change_status
from zhibao.apps.register.actions.export_rights import export_rights
from zhibao.apps.register.actions.import_file import import_file
from zhibao.apps.register.actions.mend_file import mend_file
from zhibao.apps.register.actions.mend_rows import mend_rows
from zhibao.apps.register.models import ImportRow, Right
from zhibao.apps.register.newcomers import STATUSES
from zhibao.apps.register.queries import bad_rows, count_by_kind, imports, right_as_of, search_rights, write_workbook
from zhibao.apps.vault.queries import open_blob, picture
from zhibao.apps.work.actions.ask_with_file import ask_with_file
from zhibao.apps.work.kinds import Json
from zhibao.apps.work.queries import jobs
from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import BadInput, NotFound, ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, asked_day, desk, now, page_number
from zhibao.web.grounds import ground
from zhibao.web.job_view import job_view
from zhibao.web.parts.why import Source, Why
from zhibao.web.tables import XLSX, attachment
from zhibao.web.words import lang, say, show_day

FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "jsonl": "application/x-ndjson"}
MEND_PAGE = 20
# Bytes a file may have to be taken in while the person waits: some 1,500 rows of CSV or 4,000 of Excel, done in about a
# second. More goes to a worker.
AT_ONCE = 128 * 1024


def _kinds() -> list[tuple[str, str]]:
    return [(each.id, say(each.title)) for each in current_pack().rights.values()]


@desk
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Search the register as of a day."""
    person = actor(request)
    day, problem = asked_day(request)
    text, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    in_force = request.GET.get("in_force") == "1"
    page = search_rights(person, text, kind, as_of=day, in_force_only=in_force, page=page_number(request))
    counts = count_by_kind(person)
    context = {
        "page": page,
        "day": day,
        "problem": problem,
        "text": text,
        "kind": kind,
        "in_force": in_force,
        "kinds": _kinds(),
        "counts": [(word, counts.get(value, 0)) for value, word in _kinds()],
        "may_register": can(person, Deed.REGISTER),
        "may_export": can(person, Deed.EXPORT),
    }
    return render(request, "web/register.html", context)


def why_on(right: Right, about: str, how: str) -> Why:
    """Return the ground under what a right was on a day."""
    kind = current_pack().rights.get(right.kind)
    grounds = [ground(term.cite, term.confidence) for term in kind.terms] if kind else []
    if kind and not grounds:
        grounds = [ground(kind.cite, kind.confidence)]
    source = Source(f"{right.number} {right.name}")
    return Why(about, how, grounds, [source], current_pack().hash)


@desk
@require_GET
def right(request: HttpRequest, right_id: uuid.UUID) -> HttpResponse:
    """Show one right, and what was true of it on the day asked for."""
    return _right(request, access_right(actor(request), right_id))


@desk
@require_POST
def status(request: HttpRequest, right_id: uuid.UUID) -> HttpResponse:
    """Begin a new status; what cannot be taken comes back with its words."""
    person, post = actor(request), request.POST
    found = access_right(person, right_id)
    try:
        until = post.get("until", "").strip()
        change_status(
            actor=person,
            right_id=right_id,
            status=post.get("status", ""),
            since=parse_day(post.get("since", "")),
            until=parse_day(until) if until else None,
            reason=post.get("reason", ""),
            now=now(),
        )
    except BadInput as error:
        return _right(request, found, error)
    toast.leave(request, _("已记下：%(name)s的状态。") % {"name": found.name})
    return redirect("right", right_id=right_id)


def _right(request: HttpRequest, found: Right, error: BadInput | None = None) -> HttpResponse:
    day, problem = asked_day(request)
    on = right_as_of(found, day)
    how = say(on.reason) or _("登记簿写着从 %(since)s 到 %(until)s。") % {
        "since": show_day(on.since) or _("未知"),
        "until": show_day(on.until) or "—",
    }
    kind = current_pack().rights.get(found.kind)
    context = {
        "it": found,
        "kind": kind,
        "number_label": say(kind.number_label) if kind else _("号码"),
        "day": day,
        "problem": problem,
        "on": on,
        "why": why_on(found, say(on.label), how),
        "periods": sorted(found.periods.all(), key=lambda period: period.from_day, reverse=True),
        "image": right_image(found),
        "may_change": can(actor(request), Deed.REGISTER),
        "statuses": STATUSES,
        "error": error.say(lang()) if error else "",
        "hint": error.hint(lang()) if error else "",
        "post": request.POST if error else None,
    }
    return render(request, "web/right.html", context, status=error.status if error else 200)


@desk
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the rights found as a file."""
    form = request.GET.get("as", "csv")
    day, _problem = asked_day(request)
    out = io.BytesIO()
    export_rights(
        actor=actor(request),
        out=out,
        format=form,
        text=request.GET.get("q", ""),
        kind=request.GET.get("kind", ""),
        as_of=day,
        now=now(),
    )
    return attachment(out.getvalue(), f"rights.{form}", FORMATS.get(form, "application/octet-stream"))


@desk
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a file, and list what was brought in before."""
    person, problem = actor(request), None
    upload = request.FILES.get("file")
    if request.method == "POST" and isinstance(upload, UploadedFile):
        try:
            return _bring_in(person, upload, request.POST.get("kind", "trademark"))
        except ZhibaoError as error:
            problem = error
    elif request.method == "POST":
        toast.leave(request, _("没有选文件。"))
        return redirect("import")
    asked = jobs(person, kind="import-file", size=10).items
    context = {
        "runs": imports(person, page_number(request), 20),
        "jobs": [job_view(person, job, now()) for job in asked if job.state != "done"],
        "kinds": _kinds(),
        "problem": problem.say(lang()) if problem else "",
        "hint": problem.hint(lang()) if problem else "",
    }
    return render(request, "web/import.html", context, status=problem.status if problem else 200)


def _bring_in(person: Person, upload: "UploadedFile[bytes]", kind: str) -> HttpResponse:
    """Bring a small file in at once and lead to its rows; give a larger one to a worker and lead to its progress."""
    name = upload.name or "file"
    if (upload.size or 0) <= AT_ONCE:
        run = import_file(actor=person, name=name, stream=cast("BinaryIO", upload), kind=kind, now=now())
        return redirect("import-run", run_id=run.pk)
    data: dict[str, Json] = {"kind": kind}
    chunks: Iterable[bytes] = upload.chunks()
    job = ask_with_file(actor=person, kind="import-file", chunks=chunks, name=name, data=data, now=now())
    return redirect("job", job_id=job.pk)


def _mend_view(row: ImportRow, columns: list[str]) -> dict[str, object]:
    wrong = {str(problem.get("column") or problem.get("where") or ""): problem for problem in row.problems}
    heads = columns or list(row.raw)
    cells = [
        {"head": head, "value": row.raw.get(head, ""), "bad": head in wrong, "name": f"{row.number}.{place}"}
        for place, head in enumerate(heads)
    ]
    return {"it": row, "cells": cells, "problems": row.problems, "bad": bool(row.problems)}


@desk
@require_GET
def import_run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Show how far an import came, with the rows to mend in the page."""
    run = access_import(actor(request), run_id)
    page = bad_rows(actor(request), run_id, page_number(request), MEND_PAGE)
    columns = [str(column) for column in run.columns]
    context = {
        "run": run,
        "page": page,
        "columns": columns,
        "rows": [_mend_view(row, columns) for row in page.items],
        "problem": say(run.problem) if run.problem else "",
        "moment": now(),
    }
    return render(request, "web/import_run.html", context)


@desk
@require_POST
def mend(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Take the mended rows of one page again."""
    person = actor(request)
    run = access_import(person, run_id)
    page = bad_rows(person, run_id, page_number(request), MEND_PAGE)
    changed: dict[int, dict[str, str]] = {}
    for row in page.items:
        heads = [str(column) for column in run.columns] or list(row.raw)
        cells = {
            head: request.POST[f"{row.number}.{place}"].strip()
            for place, head in enumerate(heads)
            if f"{row.number}.{place}" in request.POST
            and request.POST[f"{row.number}.{place}"].strip() != str(row.raw.get(head, ""))
        }
        if cells:
            changed[row.number] = cells
    before = run.bad
    after = mend_rows(actor=person, run_id=run_id, rows=changed, now=now()) if changed else run
    told = _("改了 %(n)s 行，收下 %(taken)s 行。") % {"n": len(changed), "taken": before - after.bad}
    toast.leave(request, told)
    return redirect("import-run", run_id=run_id)


@desk
@require_GET
def rows_to_mend(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Give the rows to mend as a workbook, with what is wrong beside each cell."""
    out = io.BytesIO()
    write_workbook(actor(request), run_id, out)
    return attachment(out.getvalue(), "rows-to-mend.xlsx", XLSX)


@desk
@require_POST
def mend_by_file(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Take the mended workbook: a small one at once, a larger one by a worker."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        toast.leave(request, _("没有选文件。"))
        return redirect("import-run", run_id=run_id)
    person = actor(request)
    before = access_import(person, run_id).bad
    if (upload.size or 0) > AT_ONCE:
        data: dict[str, Json] = {"run": str(run_id)}
        name, chunks = upload.name or "file", upload.chunks()
        job = ask_with_file(actor=person, kind="mend-file", chunks=chunks, name=name, data=data, now=now())
        return redirect("job", job_id=job.pk)
    run = mend_file(actor=person, run_id=run_id, name=upload.name or "file", stream=cast("BinaryIO", upload), now=now())
    toast.leave(request, _("收下 %(taken)s 行，还有 %(left)s 行要改。") % {"taken": before - run.bad, "left": run.bad})
    return redirect("import-run", run_id=run_id)


def right_image(right: Right) -> str:
    """Return the address of the right's picture, or nothing."""
    kept = picture(right.image_sha256) if right.image_sha256 else None
    return reverse("right-image", kwargs={"right_id": right.pk}) if kept else ""


@desk
@require_GET
def image(request: HttpRequest, right_id: uuid.UUID) -> HttpResponse | FileResponse:
    """Give the right's picture from the vault."""
    found = access_right(actor(request), right_id)
    blob = picture(found.image_sha256) if found.image_sha256 else None
    if blob is None:
        raise NotFound(what=_("图样"))
    answer = FileResponse(open_blob(blob), content_type=blob.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
