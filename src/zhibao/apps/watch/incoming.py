"""Listings as they come in, before they are kept.

Knows the shape and what makes a row unusable; knows no file format.
"""

from dataclasses import dataclass
from datetime import datetime

from zhibao.apps.watch.errors import ListingFieldTooLong, ListingWithoutField
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

LIMITS = {
    "external_id": (70, Label("编号", "id")),
    "title": (500, Label("标题", "title")),
    "shop": (120, Label("店铺", "shop")),
    "category": (120, Label("类目", "category")),
    "url": (500, Label("网址", "address")),
}
NEEDED = ("external_id", "title")


@dataclass(frozen=True, slots=True)
class IncomingListing:
    """One row of a feed; ``price_fen`` None is unknown, ``seen_at`` None is now."""

    external_id: str
    title: str
    shop: str = ""
    price_fen: int | None = None
    category: str = ""
    url: str = ""
    image_sha256: str = ""
    place: str = ""
    seen_at: datetime | None = None

    def fault(self, row: int) -> ZhibaoError | None:
        """Return what keeps this row (the ``row``-th, from 1) from being kept, if anything does."""
        for name, (limit, label) in LIMITS.items():
            text: str = getattr(self, name)
            if name in NEEDED and not text.strip():
                return ListingWithoutField(where=name, row=row, field_zh=label.zh, field_en=label.en)
            if len(text) > limit:
                return ListingFieldTooLong(
                    where=name, row=row, field_zh=label.zh, field_en=label.en, length=len(text), limit=limit
                )
        return None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows of a feed."""

    new: int
    same: int
    refused: tuple[ZhibaoError, ...]
