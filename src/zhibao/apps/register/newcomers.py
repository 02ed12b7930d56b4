"""Rights and parties on their way into the register: read, checked, not yet stored."""

from dataclasses import dataclass, field
from datetime import date

PARTY_KINDS = ("company", "shop", "person", "group", "unknown")
STATUSES = ("pending", "in-force", "suspended", "expired", "cancelled", "invalidated")
ENDED = ("expired", "cancelled", "invalidated")
Datum = None | bool | int | str | list[str]


@dataclass(frozen=True, slots=True)
class NewParty:
    """Somebody as a file or form names them. Without a credit code the name alone tells who it is."""

    name: str
    kind: str = "company"
    name_en: str = ""
    uscc: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    country: str = "CN"
    ownership: str = ""
    size: str = ""


# Lists of marks often name no owner. One party stands for all of them, so that "unknown" is a word and never a blank.
UNKNOWN_OWNER = NewParty("未知", kind="unknown", name_en="unknown", country="")


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A span of days with one status; ``until`` is its last day, None while it is open."""

    status: str
    since: date
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewRight:
    """A right as a file or form names it. Fields left at their default say nothing: an import does not wipe with them."""

    kind: str
    number: str
    name: str
    owner: NewParty
    name_en: str = ""
    classes: tuple[int, ...] = ()
    goods: str = ""
    applied_on: date | None = None
    granted_on: date | None = None
    industry: str = ""
    place: str = ""
    watched: bool | None = None
    image_sha256: str = ""
    periods: tuple[NewPeriod, ...] = ()
    details: dict[str, Datum] = field(default_factory=dict)
