"""Bring up to date what time has changed: clocks that ran out, findings that follow."""

from zhibao.apps.cases.actions.sweep import sweep as sweep_matters
from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold


def sweep(hold: Hold) -> Json:
    """Derive every matter again that fell due, has another law pack, or has events not yet derived."""
    found = sweep_matters(now=hold.now, progress=hold.advance)
    return {"matters": found.matters, "changed": found.changed}
