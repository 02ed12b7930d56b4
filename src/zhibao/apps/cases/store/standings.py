"""The matters this process appended to last, ready for their next event, so that it need not read them all again.

What is kept here is never trusted: an append moves the head only from the hash of the last event known here
(``rows.put``), and a hash stands for everything before it. A matter that moved on elsewhere, or whose last append was
undone, therefore fails that test and is read afresh.
"""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from zhibao.docket.standing import Guide, Standing
from zhibao.rules.pack import Pack

EVENTS_KEPT = 100_000  # some 1.5 kB each with their data


class Standings:
    """The standings last used, the eldest dropped first. Who takes one has it alone until it is kept again."""

    def __init__(self, most: int = EVENTS_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[UUID, Standing] = OrderedDict()
        self._events = 0
        self._lock = Lock()

    def take(self, matter_id: UUID, pack: Pack) -> Standing | None:
        """Take the matter out; None if it is not here, is in use, or was arranged under another pack."""
        with self._lock:
            standing = self._kept.pop(matter_id, None)
            if standing is None:
                return None
            self._events -= _weight(standing)
        return standing if standing.guide.pack is pack else None

    def keep(self, matter_id: UUID, standing: Standing) -> None:
        """Put the matter in as it stands now."""
        with self._lock:
            before = self._kept.pop(matter_id, None)
            if before is not None:
                self._events -= _weight(before)
            self._kept[matter_id] = standing
            self._events += _weight(standing)
            while self._events > self._most:
                _eldest, dropped = self._kept.popitem(last=False)
                self._events -= _weight(dropped)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._events = 0


def _weight(standing: Standing) -> int:
    return 1 + standing.seq


class _Guides:
    """The guide to the pack in use: made once, made anew when the pack is another."""

    def __init__(self) -> None:
        self._last: Guide | None = None

    def of(self, pack: Pack) -> Guide:
        last = self._last
        if last is None or last.pack is not pack:
            last = self._last = Guide(pack)
        return last


standings = Standings()
guides = _Guides()
