"""Writing down what was done about the law. Nothing here changes or removes what stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhibao.apps.library.models import LawEvent
from zhibao.apps.organs.models import Person


def keep_event(
    *,
    kind: str,
    subject: str,
    law_pack: str,
    by: Person | None,
    now: datetime,
    version: str = "",
    against: str = "",
    verdict: str = "",
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> LawEvent:
    """Add one event, inside the caller's transaction; ``by`` None is the installation itself."""
    return LawEvent.objects.create(
        kind=kind,
        at=now,
        by=by,
        organ=by.organ if by else None,
        subject=subject,
        version=version,
        against=against,
        verdict=verdict,
        note=note,
        law_pack=law_pack,
        data=dict(data or {}),
    )
