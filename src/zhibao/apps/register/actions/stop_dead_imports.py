"""Say of imports that nobody works on any more that they stopped."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zhibao.apps.register.errors import ImportStopped
from zhibao.apps.register.models import ImportRun
from zhibao.apps.register.rows import problem_of

SILENT = timedelta(minutes=15)  # a batch of a thousand rows takes seconds, opening the largest workbook a minute


def stop_dead_imports(*, now: datetime) -> int:
    """Close the runs that have not been heard of for a quarter of an hour, and return how many.

    Whoever read them was killed. What they took in stands; the same file again brings in the rest. Done by the system: no
    actor is asked.
    """
    with transaction.atomic():
        silent = Q(alive_at__lt=now - SILENT) | Q(alive_at=None, started_at__lt=now - SILENT)
        dead = list(ImportRun.objects.select_for_update().filter(silent, state="running"))
        for run in dead:
            run.state, run.ended_at = "failed", run.alive_at or run.started_at
            run.problem = problem_of(ImportStopped(where=run.file_name, rows=run.rows))
        ImportRun.objects.bulk_update(dead, ["state", "ended_at", "problem"])
    return len(dead)
