"""The register made ready to hold listings against.

Knows which rights are looked for and on which days each was in force; writes nothing. A province's register has some
hundred thousand marks: of all but those that were hit only id, name, classes and whether it is watched are read.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from zhibao.apps.register.models import Right, RightPeriod
from zhibao.apps.watch.models import Listing
from zhibao.apps.watch.store.hits import Seen
from zhibao.kernel.days import legal_day
from zhibao.matching import tables
from zhibao.matching.model import Mark, Match
from zhibao.matching.screen import Screener

KIND = "trademark"
IN_FORCE = "in-force"
AUTHORISED = "authorised_shops"
Span = tuple[date, date | None]


def authorised_shops(right: Right) -> list[str]:
    """Return the shops that may use the mark, as the right's details list them: what they offer is the owner's own."""
    shops = right.details.get(AUTHORISED)
    return sorted(str(shop) for shop in shops) if isinstance(shops, list) else []


class Register:
    """All trademarks as marks; the screener over them is built when something is first held against it."""

    def __init__(self) -> None:
        rows = self._rights().order_by("pk").values_list("pk", "name", "classes", "watched")
        self.marks = [Mark(str(pk), name, tuple(classes), watched) for pk, name, classes, watched in rows.iterator()]

    @cached_property
    def screener(self) -> Screener:
        """The marks made ready."""
        return Screener(self.marks)

    def digest(self) -> str:
        """Return a digest of all that a screening depends on: tables, marks, periods in force, authorised shops."""
        state = hashlib.sha256(tables.digest().encode())
        for mark in self.marks:
            state.update(json.dumps([mark.id, mark.text, mark.watched]).encode())
        spans = (
            self._spans().order_by("right_id", "from_day", "to_day", "pk").values_list("right_id", "from_day", "to_day")
        )
        for right, first, last in spans.iterator():
            state.update(f"{right} {first} {last}\n".encode())
        for one in self._rights().filter(details__has_key=AUTHORISED).order_by("pk"):
            state.update(json.dumps([str(one.pk), authorised_shops(one)]).encode())
        return state.hexdigest()

    def see(self, listings: Iterable[Listing]) -> list[Seen]:
        """Return the matches against rights in force on the day a listing was seen, whose owner did not authorise its shop.

        Two queries for all listings, whatever is found.
        """
        found = [(listing, match) for listing in listings for match in self.screener.screen(listing.title)]
        rights = {str(pk): right for pk, right in self._hit(match for _listing, match in found).items()}
        spans = self._spans_of(rights.values())
        return [
            Seen(listing, rights[match.mark_id], match)
            for listing, match in found
            if _in_force(spans[match.mark_id], legal_day(listing.seen_at))
            and listing.shop not in authorised_shops(rights[match.mark_id])
        ]

    def _rights(self) -> "QuerySet[Right]":
        return Right.objects.filter(kind=KIND).exclude(name="")

    def _spans(self) -> "QuerySet[RightPeriod]":
        return RightPeriod.objects.filter(right__kind=KIND, status=IN_FORCE)

    def _hit(self, matches: Iterable[Match]) -> dict[object, Right]:
        keys = {match.mark_id for match in matches}
        return dict(Right.objects.select_related("owner").in_bulk(list(keys)).items())

    def _spans_of(self, rights: Iterable[Right]) -> defaultdict[str, list[Span]]:
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        rows = self._spans().filter(right__in=list(rights)).values_list("right_id", "from_day", "to_day")
        for right, first, last in rows:
            spans[str(right)].append((first, last))
        return spans


def _in_force(spans: Iterable[Span], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)
