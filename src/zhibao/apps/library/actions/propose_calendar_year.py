"""Propose the holidays of a year whose notice was published, in the place of the days computed for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from zhibao.apps.library.access import require_changing, require_trying
from zhibao.apps.library.calendar_years import NoticeYear, check_year, year_file
from zhibao.apps.library.changing import Proposal, propose
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.law_folder import Candidate, write_local
from zhibao.apps.organs.models import Person


def propose_calendar_year(
    *,
    actor: Person,
    year: int,
    number: str,
    official: str,
    holidays: Sequence[date],
    makeup_workdays: Sequence[date] = (),
    confirmed: bool = False,
    take: bool = False,
    now: datetime,
) -> Proposal:
    """Check the year, and take it into use if ``take`` is set and the pack holds with it.

    ``number`` and ``official`` are the notice's. Raises CalendarYearOut, CalendarPublished, CalendarNotice, CalendarDay;
    CalendarUnlikely unless ``confirmed``; DeedNotAllowed and LawNotYours.
    """
    require_changing(actor) if take else require_trying(actor)
    given = NoticeYear(year, number, official, tuple(holidays), tuple(makeup_workdays))
    check_year(current_pack(), given, confirmed=confirmed)
    content = year_file(given)

    def write(candidate: Candidate) -> None:
        write_local(candidate, f"calendars/{year}.yaml", content)

    done = propose(write, actor=actor, why=f"{year}年放假安排 {number.strip()}", take=take, now=now)
    return replace(done, content=content)
