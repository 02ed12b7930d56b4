"""Matters that were kept elsewhere, as they come in: a whole docket at a time.

Knows the shape only; ``actions/append_many.py`` accepts or refuses each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from zhibao.docket.events import Json
from zhibao.kernel.errors import ZhibaoError


@dataclass(frozen=True, slots=True)
class IncomingProceeding:
    """A proceeding with the id its events name; without a ``number`` it gets the organ's next."""

    procedure: str
    organ: str  # organ id
    opened_at: datetime
    handler: str = ""  # log-in name
    number: str = ""
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event as it was kept elsewhere; without ``recorded_at`` it counts as recorded when it happened."""

    proceeding: UUID
    kind: str
    at: datetime
    actor: str  # log-in name
    data: Mapping[str, Json] = field(default_factory=dict)
    recorded_at: datetime | None = None
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingMatter:
    """One matter with its proceedings and its events in the order in which they were recorded."""

    title: str
    place: str
    opened_at: datetime
    proceedings: tuple[IncomingProceeding, ...]
    events: tuple[IncomingEvent, ...]
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Refused:
    """A matter that was not taken: which one (from 0, in the order given) and why."""

    place: int
    title: str
    error: ZhibaoError


@dataclass(frozen=True, slots=True)
class Brought:
    """What a bulk import took and what it refused."""

    matters: int
    events: int
    refused: tuple[Refused, ...]
