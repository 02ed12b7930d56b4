"""Clear what has run out: jobs long done, answers kept for programs that ask again."""

from datetime import timedelta

from zhibao.apps.work import store
from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold

DONE_KEPT_FOR = timedelta(days=30)


def tidy(hold: Hold) -> Json:
    """Delete done jobs older than 30 days and answers past their end; failed jobs stay until somebody looks at them."""
    dropped = store.drop_ended(before=hold.now - DONE_KEPT_FOR, now=hold.now)
    return {"jobs": dropped["jobs"], "answers": dropped["answers"]}
