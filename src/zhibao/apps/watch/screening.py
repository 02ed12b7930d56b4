"""The register made ready to hold listings against.

Knows which rights are looked for and on which days each was in force; writes nothing.
"""

import hashlib
import json
from collections import defaultdict
from datetime import date

from zhibao.apps.register.models import Right, RightPeriod
from zhibao.apps.watch.models import Listing
from zhibao.apps.watch.store.hits import Seen
from zhibao.kernel.days import legal_day
from zhibao.matching.model import Mark
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
    """All trademarks as marks, their rights, and the screener over them."""

    def __init__(self) -> None:
        rights = Right.objects.filter(kind=KIND).exclude(name="").select_related("owner")
        self.rights: dict[str, Right] = {str(right.pk): right for right in rights}
        self._spans: defaultdict[str, list[Span]] = defaultdict(list)
        periods = RightPeriod.objects.filter(right__kind=KIND, status=IN_FORCE)
        for right, first, last in periods.values_list("right_id", "from_day", "to_day"):
            self._spans[str(right)].append((first, last))
        self.screener = Screener(
            [
                Mark(id=key, text=right.name, classes=tuple(right.classes), watched=right.watched)
                for key, right in self.rights.items()
            ]
        )

    def see(self, listing: Listing) -> list[Seen]:
        """Return the matches against rights in force on the day the listing was seen, whose owner did not authorise the shop."""
        day = legal_day(listing.seen_at)
        return [
            Seen(listing, self.rights[match.mark_id], match)
            for match in self.screener.screen(listing.title)
            if self._in_force(match.mark_id, day) and listing.shop not in authorised_shops(self.rights[match.mark_id])
        ]

    def digest(self) -> str:
        """Return a digest of all that a screening depends on: marks, tables, periods in force, authorised shops."""
        state = hashlib.sha256(self.screener.digest().encode())
        for key, right in sorted(self.rights.items()):
            spans = [[str(first), str(last)] for first, last in sorted(self._spans[key], key=str)]
            state.update(json.dumps([key, spans, authorised_shops(right)]).encode())
        return state.hexdigest()

    def _in_force(self, right: str, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self._spans[right])
