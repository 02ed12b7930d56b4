"""An event of a matter, the chain that joins it to the one before, and corrections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zhibao.kernel.canonical import Json

__all__ = ["Event", "Json"]


@dataclass(frozen=True, slots=True)
class Event:
    """事项: something that happened in a proceeding. Never edited; a correction is an event.

    ``at`` is when it happened and ``recorded_at`` when it was written down, both with an offset. ``seq`` counts from 1
    within the matter (0: not stored). ``proceeding`` is the proceeding's id, ``procedure`` and ``organ`` are its own.
    """

    kind: str
    at: datetime
    data: Mapping[str, Json] = field(default_factory=dict)
    proceeding: str = ""
    procedure: str = ""
    organ: str = ""
    actor: str = ""
    seq: int = 0
    recorded_at: datetime | None = None
    exhibits: tuple[str, ...] = ()
    law_pack: str = ""
    prev: str = ""
    hash: str = ""
