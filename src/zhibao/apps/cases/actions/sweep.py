"""Bring up to date what time or a new law pack has changed."""

from datetime import datetime

from django.db.models import F, Q

from zhibao.apps.cases.actions.rebuild_projections import Progress, Rebuilt, refresh_all
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter


def sweep(*, now: datetime, progress: Progress | None = None) -> Rebuilt:
    """Derive again every matter with a clock that has run out since, an older law pack, or events not yet derived.

    Running it again at the same moment finds nothing to do.
    """
    due = Q(next_due__lte=now) | ~Q(derived_pack=current_pack().hash) | ~Q(derived_seq=F("head_seq"))
    ids = list(Matter.objects.filter(due).order_by("next_due", "pk").values_list("pk", flat=True))
    return refresh_all(ids, now=now, progress=progress)
