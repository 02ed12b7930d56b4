"""Bring up to date what time or a new law pack has changed."""

import logging
from datetime import datetime

from django.db.models import F, Q

from zhibao.apps.cases.actions.rebuild_projections import Progress, Rebuilt, refresh_all
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.mirror import Caught, Mirror

log = logging.getLogger("zhibao.cases")


def sweep(*, now: datetime, progress: Progress | None = None) -> Rebuilt:
    """Derive again every matter with a clock that has run out since, an older law pack, or events not yet derived.

    Running it again at the same moment finds nothing to do. The mirror of the events is brought up with it.
    """
    keep_mirror(now=now)
    due = Q(next_due__lte=now) | ~Q(derived_pack=current_pack().hash) | ~Q(derived_seq=F("head_seq"))
    ids = list(Matter.objects.filter(due).order_by("next_due", "pk").values_list("pk", flat=True))
    return refresh_all(ids, now=now, progress=progress)


def keep_mirror(*, now: datetime, progress: Progress | None = None) -> Caught | None:
    """Bring the mirror of the events up to date; None where its disk refuses, which keeps nothing else from being done."""
    try:
        return Mirror(current_pack()).catch_up(now=now, progress=progress)
    except OSError:
        log.exception("The mirror of the events could not be written")
        return None
