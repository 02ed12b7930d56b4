"""监测: the feeds, what was screened, hits by channel, and how reliable each channel has been.

Knows the watch's counts; leads are judged on their own page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.organs.access import Deed, can
from zhibao.apps.watch.queries import feeds, track_record
from zhibao.apps.work.actions.ask_job import ask_job
from zhibao.apps.work.queries import jobs
from zhibao.matching.registry import CHANNELS
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now
from zhibao.web.hit_view import channel_name


@desk
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """Show every feed with its counts and the channels with their record."""
    person = actor(request)
    shown = feeds(person)
    context = {
        "feeds": [{"it": each, "hits": [each.hits.get(channel, 0) for channel in CHANNELS]} for each in shown],
        "channels": [channel_name(channel) for channel in CHANNELS],
        "records": [
            {"name": channel_name(row.channel), "row": row, "judged": row.like + row.unlike}
            for row in track_record(person)
        ],
        "listings": sum(each.listings for each in shown),
        "jobs": [job for job in jobs(person, size=20).items if job.kind == "screen-feed"],
        "may_screen": can(person, Deed.SCREEN),
    }
    return render(request, "web/watch.html", context)


@desk
@require_POST
def screen(request: HttpRequest, feed: str) -> HttpResponse:
    """Ask for a feed to be screened; a worker does it and the page shows how far it is."""
    ask_job(actor=actor(request), kind="screen-feed", data={"feed": feed}, key=feed, now=now())
    toast.leave(request, _("已排队，筛完后线索会自己出现。"))
    return redirect("watch")
