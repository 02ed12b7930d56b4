"""Clear what has run out: jobs long done, answers kept for programs that ask again, tallies, uploads nobody reads."""

from datetime import timedelta

from zhibao.apps.work import store
from zhibao.apps.work.kinds import Json
from zhibao.apps.work.uploads import drop_old_uploads
from zhibao.jobs.hold import Hold

DONE_KEPT_FOR = timedelta(days=30)


def tidy(hold: Hold) -> Json:
    """Delete done jobs older than 30 days, answers and tallies past their end and old uploads; failed jobs stay."""
    dropped = store.drop_ended(before=hold.now - DONE_KEPT_FOR, now=hold.now)
    return {**dropped, "uploads": drop_old_uploads(hold.now)}
