"""Bring up to date what time has changed: clocks that ran out, findings that follow, imports nobody works on any more."""

from zhibao.apps.cases.actions.sweep import sweep as sweep_matters
from zhibao.apps.library.actions.refresh_traits import refresh_traits
from zhibao.apps.register.actions.stop_dead_imports import stop_dead_imports
from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold


def sweep(hold: Hold) -> Json:
    """Derive every matter again that fell due, has another law pack, or has events not yet derived; close dead imports.

    Then what the library knows of open matters: their kinds of right and act, and the limits they meet.
    """
    stopped = stop_dead_imports(now=hold.now)
    found = sweep_matters(now=hold.now, progress=hold.advance)
    traits = refresh_traits(now=hold.now)
    return {"matters": found.matters, "changed": found.changed, "traits": traits, "imports_stopped": stopped}
