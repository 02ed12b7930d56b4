"""How long something stays visible: the shortest time before it may be taken down early, and when it goes by itself.

Penalties in the register and marks of dishonesty share this shape; what brings a case under it is theirs.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.days import Calendar, Length
from zhibao.rules.errors import LawMissing
from zhibao.rules.read import Table
from zhibao.rules.registers import read_length
from zhibao.rules.shown_errors import LawNeverShown

FIELDS = ("shown", "early_after", "early", "ends_after", "at_least_until")


@dataclass(frozen=True, slots=True)
class Stay:
    """A time of being shown. ``early``: may end early, after ``early_after`` where the text sets a shortest time.

    ``ends_after`` is when it ends by itself; ``at_least_until`` names what keeps it longer (the restriction's own end).
    """

    shown: bool
    early: bool
    early_after: Length | None
    ends_after: Length | None
    at_least_until: str

    def dates(self, calendar: Calendar, since: date, until: date | None = None) -> tuple[date | None, date | None]:
        """Return the first day on which ending early may be asked for, and the day it ends by itself.

        ``until``: the last day of the restriction, where ``at_least_until`` says that it counts; the early end then waits
        for it as well. Either is None where the text gives none.
        """
        if not self.shown:
            return None, None
        early = self._after(calendar, since, self.early_after) if self.early else None
        ends = self._after(calendar, since, self.ends_after)
        if until is None or not self.at_least_until:
            return early, ends
        return (max(early, until) if early else None), (max(ends, until) if ends else None)

    @staticmethod
    def _after(calendar: Calendar, since: date, length: Length | None) -> date | None:
        return None if length is None else calendar.add(since, length, last_day_moves=False).day


def read_stay(row: Table) -> Stay:
    """Read shown, early (with early_after), ends_after and at_least_until."""
    shown = row.flag("shown", default=True)
    stay = Stay(
        shown=shown,
        early=row.flag("early", default="early_after" in row),
        early_after=read_length(row, "early_after") if "early_after" in row else None,
        ends_after=read_length(row, "ends_after") if "ends_after" in row else None,
        at_least_until=row.choice("at_least_until", ("restriction", ""), "") if "at_least_until" in row else "",
    )
    if not shown and (stay.early or stay.ends_after):
        raise LawNeverShown(where=row.where)
    if shown and stay.ends_after is None:
        raise LawMissing(where=row.where, key="ends_after")
    return stay
