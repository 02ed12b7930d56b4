"""Days, moments and lengths of time as Chinese law counts them: natural days, working days, hours, months, years.

Knows no clock and no file: today and the calendar's years are arguments. Which instrument counts how is data in law/.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

from zhibao.kernel.day_arrays import DayTables, make_tables
from zhibao.kernel.errors import BadDay, BadLength, BadMoment, NoSuchDay
from zhibao.kernel.labels import Label

LEGAL_TZ = ZoneInfo("Asia/Shanghai")

_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
)
_YEARS_READ = range(1900, 2200)
_LENGTH = re.compile(r"(\d{1,5}) (hours|days|working-days|months|years)")
_SATURDAY = 5


def legal_day(moment: datetime) -> date:
    """Return the day of ``moment`` in Asia/Shanghai. Raises ValueError for a moment without an offset."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment.astimezone(LEGAL_TZ).date()


def parse_day(text: str) -> date:
    """Read a day written 2026-11-23, 2026.2.3, 2026/2/3, 2026年2月3日 or 20261123, in half or full width.

    Raises BadDay, or NoSuchDay when it is well written but not in the calendar.
    """
    found = _DAY.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    if found is None:
        raise BadDay(text=text)
    year, month, day = (int(part) for part in found.groups() if part is not None)
    if year not in _YEARS_READ:
        raise BadDay(text=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(text=text) from None


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 time such as 2026-11-23T16:30:00+08:00; without an offset it is legal time.

    A day alone is its first moment. Raises BadMoment.
    """
    try:
        moment = datetime.fromisoformat(unicodedata.normalize("NFKC", text).strip())
    except ValueError:
        raise BadMoment(text=text) from None
    if moment.year not in _YEARS_READ:
        raise BadMoment(text=text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=LEGAL_TZ)


class Unit(StrEnum):
    """The units a statutory length may have."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Length:
    """A statutory length of time, such as 15 working days. ``number`` is not negative."""

    number: int
    unit: Unit

    @classmethod
    def from_text(cls, text: str) -> "Length":
        """Read "15 working-days". Raises BadLength."""
        found = _LENGTH.fullmatch(text.strip())
        if found is None:
            raise BadLength(text=text)
        return cls(int(found[1]), Unit(found[2]))

    def to_text(self) -> str:
        """Write "15 working-days"."""
        return f"{self.number} {self.unit.value}"


@dataclass(frozen=True, slots=True)
class YearDays:
    """One calendar year: holidays and make-up workdays by date, and the notice that set them.

    A year without a notice is computed from the statutory holidays: every count it touches is provisional.
    """

    holidays: tuple[date, ...] = ()
    makeup_workdays: tuple[date, ...] = ()
    notice: Label | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a length: provisional when an unpublished year decided it, moved when it fell on a day off."""

    day: date
    provisional: bool
    moved: bool


def _weekdays_upto(ordinal: int) -> int:
    """Return how many Mondays to Fridays lie in the ordinals 1 (a Monday) to ``ordinal``."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _nth_weekday(number: int) -> int:
    """Return the ordinal of the ``number``-th Monday to Friday, counted as in ``_weekdays_upto``."""
    weeks, rest = divmod(number - 1, 5)
    return weeks * 7 + rest + 1


def _year_flags(year: int, days: YearDays) -> Iterable[bool]:
    """Yield for each day of the year whether it is a working day."""
    off, on = set(days.holidays), set(days.makeup_workdays)
    day, end = date(year, 1, 1), date(year, 12, 31)
    while day <= end:
        yield day in on or (day.weekday() < _SATURDAY and day not in off)
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days over the years given; a year not given is Monday to Friday and provisional.

    ``upto[i]`` is the number of working days from day 1 of the Gregorian calendar to ordinal ``first + i - 1``, with
    Mondays to Fridays before the first year given, so that any sum of working days is one subtraction.
    """

    first: int
    upto: tuple[int, ...]
    working: tuple[int, ...]  # the ordinals of the working days within the table
    published: frozenset[int]
    _tables: list[DayTables] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def from_years(cls, years: Mapping[int, YearDays]) -> "Calendar":
        """Build the table from plain data by year; years missing in between are Monday to Friday."""
        listed = range(min(years), max(years) + 1) if years else range(2000, 2001)
        flags = [flag for year in listed for flag in _year_flags(year, years.get(year, YearDays()))]
        first = date(listed[0], 1, 1).toordinal()
        upto = tuple(accumulate(flags, initial=_weekdays_upto(first - 1)))
        working = tuple(first + i for i, flag in enumerate(flags) if flag)
        published = frozenset(year for year, days in years.items() if days.notice is not None)
        return cls(first, upto, working, published)

    @property
    def tables(self) -> DayTables:
        """The same calendar as tables for arrays of days (``day_arrays``); made when first asked for."""
        if not self._tables:
            listed = range(self.first, self.first + len(self.upto) - 1)
            self._tables.append(make_tables(listed, self.working, self.published))
        return self._tables[0]

    def is_working(self, day: date) -> bool:
        """Say whether offices work on ``day``."""
        ordinal = day.toordinal()
        return self._rank(ordinal) > self._rank(ordinal - 1)

    def is_provisional(self, day: date) -> bool:
        """Say whether the holidays of the year of ``day`` are not published."""
        return day.year not in self.published

    def next_working(self, day: date) -> date:
        """Return ``day`` if it is a working day, else the first working day after it."""
        return self._nth(self._rank(day.toordinal() - 1) + 1)

    def working_days_between(self, a: date, b: date) -> int:
        """Return the number of working days after ``a`` up to and including ``b``; negative when b is before a."""
        return self._rank(b.toordinal()) - self._rank(a.toordinal())

    def add(self, start: date, length: Length, *, last_day_moves: bool) -> Due:
        """Return the last day of ``length`` counted from ``start``, which does not count itself.

        Months and years end on the same-numbered day, or on the month's last. With ``last_day_moves``, a last day off
        moves to the next working day. Raises ValueError for hours, which count from the minute.
        """
        if length.unit is Unit.WORKING_DAYS and length.number > 0:
            day = self._nth(self._rank(start.toordinal()) + length.number)
            return Due(day, self._any_provisional(start + timedelta(days=1), day), moved=False)
        day = _shift(start, length, 1)
        if not last_day_moves:
            return Due(day, provisional=False, moved=False)
        last = self.next_working(day)
        return Due(last, self._any_provisional(day, last), moved=last != day)

    def before(self, day: date, length: Length) -> Due:
        """Return the day that lies ``length`` before ``day``, which does not count itself: the last day in time.

        7 working days before a hearing is the seventh working day counted backwards. Raises ValueError for hours.
        """
        if length.unit is Unit.WORKING_DAYS and length.number > 0:
            found = self._nth(self._rank(day.toordinal() - 1) - length.number + 1)
            return Due(found, self._any_provisional(found, day - timedelta(days=1)), moved=False)
        return Due(_shift(day, length, -1), provisional=False, moved=False)

    def _any_provisional(self, a: date, b: date) -> bool:
        return any(year not in self.published for year in range(a.year, b.year + 1))

    def _rank(self, ordinal: int) -> int:
        """Return the number of working days from the calendar's beginning up to ``ordinal``."""
        at = ordinal - self.first + 1
        if at < 0:
            return _weekdays_upto(ordinal)
        if at < len(self.upto):
            return self.upto[at]
        last = self.first + len(self.upto) - 2
        return self.upto[-1] + _weekdays_upto(ordinal) - _weekdays_upto(last)

    def _nth(self, rank: int) -> date:
        """Return the working day of that rank, the inverse of ``_rank``."""
        if rank <= self.upto[0]:
            return date.fromordinal(_nth_weekday(rank))
        if rank <= self.upto[-1]:
            return date.fromordinal(self.working[rank - self.upto[0] - 1])
        last = self.first + len(self.upto) - 2
        return date.fromordinal(_nth_weekday(_weekdays_upto(last) + rank - self.upto[-1]))


def _shift(day: date, length: Length, sign: int) -> date:
    """Move ``day`` by natural days, months or years; zero working days is the day itself."""
    if length.unit is Unit.HOURS:
        raise ValueError("hours count from the minute, not from a day")
    if length.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return day + timedelta(days=sign * length.number)
    months = length.number * (12 if length.unit is Unit.YEARS else 1) * sign
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
