"""A lead's matches as the triage page shows them: the strip, the reasons, the rest of the series.

Knows the watch's hits; decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhibao.apps.watch.models import Hit, Listing
from zhibao.web.parts.strip import Column, columns_of, reasons_words


@dataclass(frozen=True, slots=True)
class HitView:
    """One match, ready to be drawn."""

    hit: Hit
    listing: Listing
    columns: Sequence[Column]
    words: str
    channel: str
    before: str
    after: str


def channel_name(channel: str) -> str:
    """Return what a signal is called."""
    return {
        "exact": _("完全相同"),
        "width": _("全半角"),
        "case": _("大小写"),
        "variant": _("繁简异体"),
        "separator": _("隔字"),
        "confusable": _("形近"),
        "homophone": _("同音"),
    }.get(channel, channel)


def columns_for(hit: Hit, mark: str) -> tuple[Column, ...]:
    """Return the strip's columns. An exact match carries none: every column is equal."""
    found = columns_of(hit.reasons)
    if found:
        return found
    letters = [letter for letter in hit.surface if not letter.isspace()]
    return tuple(Column(letter, letter, "equal") for letter in letters) or (Column(mark, hit.surface, "equal"),)


def view_hit(hit: Hit, mark: str) -> HitView:
    """Return one match as the page shows it."""
    title = hit.listing.title
    return HitView(
        hit=hit,
        listing=hit.listing,
        columns=columns_for(hit, mark),
        words=reasons_words(hit.reasons),
        channel=channel_name(hit.channel),
        before=title[: hit.start],
        after=title[hit.end :],
    )


def best_of_each(hits: Sequence[Hit], mark: str) -> list[HitView]:
    """Return the best match of each listing, best first; ``hits`` are best first."""
    seen: dict[int, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.listing_id, hit)
    return [view_hit(hit, mark) for hit in seen.values()]
