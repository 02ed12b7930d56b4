"""监测: the feeds, what was screened, hits by channel, and how reliable each channel has been.

Knows the watch's counts; leads are judged on their own page.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.organs.access import Deed, can
from zhibao.apps.watch.queries import feeds, track_record
from zhibao.apps.work.actions.ask_job import ask_job
from zhibao.apps.work.errors import AlreadyAsked
from zhibao.apps.work.queries import jobs, open_jobs
from zhibao.matching.registry import CHANNELS
from zhibao.web.desk import actor, desk, now
from zhibao.web.hit_view import channel_name

KIND = "screen-feed"


@desk
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """Show every feed with its counts and the channels with their record."""
    person = actor(request)
    shown, screening = feeds(person), open_jobs(KIND)
    context = {
        "feeds": [
            {
                "it": each,
                "hits": [each.hits.get(channel, 0) for channel in CHANNELS],
                "job": screening.get(each.feed.pk),
            }
            for each in shown
        ],
        "channels": [channel_name(channel) for channel in CHANNELS],
        "records": [
            {"name": channel_name(row.channel), "row": row, "judged": row.like + row.unlike}
            for row in track_record(person)
        ],
        "listings": sum(each.listings for each in shown),
        "jobs": jobs(person, kind=KIND, size=20).items,
        "may_screen": can(person, Deed.SCREEN),
    }
    return render(request, "web/watch.html", context)


@desk
@require_POST
def screen(request: HttpRequest, feed: str) -> HttpResponse:
    """Ask for a feed to be screened, or lead to the job that is at it already; its page shows how far it is."""
    person, moment = actor(request), now()
    try:
        job = ask_job(actor=person, kind=KIND, data={"feed": feed}, key=feed, now=moment)
    except AlreadyAsked:
        found = open_jobs(KIND).get(feed)
        # The other one may have ended between the two looks: then this one is wanted after all.
        job = found or ask_job(actor=person, kind=KIND, data={"feed": feed}, key=feed, now=moment)
    return redirect("job", job_id=job.pk)
