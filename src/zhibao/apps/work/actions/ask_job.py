"""Ask for a job."""

from collections.abc import Mapping
from datetime import datetime

from zhibao.apps.organs.access import require
from zhibao.apps.organs.models import Person
from zhibao.apps.work import store
from zhibao.apps.work.errors import UnknownJobKind
from zhibao.apps.work.kinds import KINDS, Json
from zhibao.apps.work.models import Job


def ask_job(*, actor: Person, kind: str, data: Mapping[str, Json], now: datetime, key: str = "") -> Job:
    """Put a job into the queue. With ``key``, at most one open job of that kind and key (raises AlreadyAsked)."""
    if kind not in KINDS:
        raise UnknownJobKind(where="kind", kind=kind, known=", ".join(sorted(KINDS)))
    require(actor, KINDS[kind].deed)
    return store.add_job(kind=kind, data=data, key=key, asked_by=actor, now=now)
