"""Hold what a feed offers against the register."""

from zhibao.apps.watch.actions.screen_feed import screen_feed as screen
from zhibao.apps.watch.queries import feed_ids
from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold


def screen_feed(hold: Hold) -> Json:
    """Screen the feed named in ``data.feed``, or every feed (the nightly run). Listings screened before are passed over."""
    wanted = [hold.data["feed"]] if hold.data.get("feed") else feed_ids()
    summaries = {feed: screen(actor=hold.asked_by, feed=feed, now=hold.now, progress=hold.advance) for feed in wanted}
    return {
        feed: {"listings": found.listings, "hits": found.hits, "leads": found.leads}
        for feed, found in summaries.items()
    }
