"""A job as its page tells it: what is done to what, how far it came, what came of it, and what to do when nothing moves.

Knows the kinds of jobs and the shape of what they leave; decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhibao.apps.organs.models import Person
from zhibao.apps.work.access import owns_job
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import OPEN_STATES, Job
from zhibao.apps.work.queries import lies_unclaimed
from zhibao.web.words import entitle, lang, say, show_count, show_moment


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on from a job."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job in words. ``problem`` and ``hint`` tell of the last attempt; ``alone`` that no worker seems to be there."""

    job: Job
    title: str
    about: str
    told: str
    open: bool
    alone: bool
    problem: str
    hint: str
    may_again: bool
    back: Way
    onward: Way | None


def job_view(person: Person, job: Job, now: datetime) -> JobView:
    """Return a job as ``person`` is told of it."""
    # What a former try met is told until the next one begins or somebody has it run again.
    still_true = job.state == "failed" or (job.state == "waiting" and job.attempts)
    problem: Mapping[str, str] = (job.problem or {}) if still_true else {}
    still_open = job.state in OPEN_STATES
    return JobView(
        job=job,
        title=entitle(KINDS[job.kind].title),
        about=str(job.data.get("name") or job.data.get("feed") or ""),
        told=_told(job),
        open=still_open,
        alone=lies_unclaimed(job, now),
        problem=say(problem),
        hint=str(problem.get(f"hint_{lang()}", "")),
        may_again=job.state == "failed" and owns_job(person, job),
        back=_back(job),
        onward=_onward(job),
    )


def _told(job: Job) -> str:
    if job.state == "waiting":
        return _waits(job)
    if job.state == "running":
        return _so_far(job)
    if job.state == "failed":
        return _("试过 %(n)s 次，不再自动重试。") % {"n": job.attempts}
    return _screened(job.result) if job.kind == "screen-feed" else _("已做完。")


def _waits(job: Job) -> str:
    if job.attempts:
        return _("第 %(n)s 次没做成，%(when)s 再试。") % {"n": job.attempts, "when": show_moment(job.run_after)}
    return _("已排队，轮到就开始。")


def _so_far(job: Job) -> str:
    if not job.done and not job.total:
        return _("已开始。")
    counted = {"done": show_count(job.done), "total": show_count(job.total or 0)}
    if job.kind == "import-file":
        return _("已收 %(done)s 行，共 %(total)s 行。") % counted if job.total else _("已收 %(done)s 行。") % counted
    if job.kind == "screen-feed":
        return _("已筛 %(done)s 条，共 %(total)s 条。") % counted
    return _("已做 %(done)s 项，共 %(total)s 项。") % counted if job.total else _("已做 %(done)s 项。") % counted


def _screened(result: Mapping[str, Mapping[str, Any]] | None) -> str:
    each = list((result or {}).values())
    sums = {name: show_count(sum(int(one[name]) for one in each)) for name in ("listings", "hits", "leads")}
    return _("筛了 %(listings)s 条商品，新命中 %(hits)s 处，新线索 %(leads)s 条。") % sums


def _back(job: Job) -> Way:
    if job.kind in {"import-file", "mend-file"}:
        return Way(_("导入权利"), reverse("import"))
    if job.kind == "screen-feed":
        return Way(_("监测"), reverse("watch"))
    return Way(_("今日"), reverse("today"))


def _onward(job: Job) -> Way | None:
    if job.kind == "screen-feed" and job.state == "done":
        return Way(_("判线索"), reverse("leads"))
    if job.kind == "import-file" and job.state == "failed":
        return Way(_("换一个文件"), reverse("import"))
    return None
