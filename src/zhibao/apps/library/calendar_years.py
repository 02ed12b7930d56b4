"""A year's holidays and make-up workdays as the State Council's notice sets them, as a file of the local layer.

A published notice replaces the computed days of that year under 放假办法第六条; it never replaces another notice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhibao.apps.library.errors import (
    CalendarDay,
    CalendarNotice,
    CalendarPublished,
    CalendarUnlikely,
    CalendarYearOut,
)
from zhibao.apps.organs.law_folder import LOCAL
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack

BASIS = "cn.holidays/6"  # days off that meet a weekend are made up, days are shifted: as the notice says
SATURDAY = 5
LONGEST_NUMBER = 60
LONGEST_ADDRESS = 300
# Days off by the holiday regulation, by the first year of its texts; days that do not move with the moon.
STATUTORY = ((2025, 13), (2008, 11))
SOLAR = {
    2025: ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)),
    2008: ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)),
}


@dataclass(frozen=True, slots=True)
class NoticeYear:
    """What a notice says of one year."""

    year: int
    number: str
    official: str
    holidays: tuple[date, ...]
    makeup_workdays: tuple[date, ...]


def check_year(pack: Pack, given: NoticeYear, *, confirmed: bool) -> None:
    """Raise for a year that cannot be: CalendarYearOut, CalendarPublished, CalendarNotice, CalendarDay; unless ``confirmed`` also CalendarUnlikely."""
    known = sorted(year.year for year in pack.years.values())
    first, last = max(known[0], STATUTORY[-1][0]) if known else 2008, (known[-1] if known else 2035) + 1
    if not first <= given.year <= last:
        raise CalendarYearOut(where="year", year=given.year, first=first, last=last)
    held = next((year for year in pack.years.values() if year.year == given.year), None)
    if held is not None and held.days.notice is not None and f"/{LOCAL}/" not in held.where:
        raise CalendarPublished(where="year", year=given.year)
    if not given.number.strip() or len(given.number) > LONGEST_NUMBER or not _is_address(given.official):
        raise CalendarNotice(where="notice")
    _check_days(given)
    if not confirmed:
        oddities = list(unlikely(given))
        if oddities:
            raise CalendarUnlikely(
                where="holidays",
                year=given.year,
                why_zh="；".join(one.zh for one in oddities),
                why_en="; ".join(one.en for one in oddities),
            )


def _is_address(text: str) -> bool:
    return (
        text.startswith("https://")
        and len(text) <= LONGEST_ADDRESS
        and text.isprintable()
        and '"' not in text
        and " " not in text
    )


def _check_days(given: NoticeYear) -> None:
    for name, days in (("holidays", given.holidays), ("makeup_workdays", given.makeup_workdays)):
        seen: set[date] = set()
        for day in days:
            if day.year != given.year:
                raise _bad(name, given, day, "不是这一年的日子", "it is not a day of that year")
            if day in seen:
                raise _bad(name, given, day, "写了两次", "it stands there twice")
            seen.add(day)
    for day in given.makeup_workdays:
        if day in given.holidays:
            raise _bad("makeup_workdays", given, day, "既放假又上班", "it is both off and worked")
        if day.weekday() < SATURDAY:
            raise _bad("makeup_workdays", given, day, "本来就是工作日", "it is a working day anyway")
    if not given.holidays:
        raise _bad("holidays", given, date(given.year, 1, 1), "没有写放假的日子", "no day off is given")


def _bad(where: str, given: NoticeYear, day: date, zh: str, en: str) -> CalendarDay:
    return CalendarDay(where=where, year=given.year, day=day.isoformat(), why_zh=zh, why_en=en)


def unlikely(given: NoticeYear) -> Iterator[Label]:
    """Yield what no published year so far has shown: it may be so, but should be looked at twice."""
    off = set(given.holidays)
    since = next(first for first, _ in STATUTORY if given.year >= first)
    statutory = dict(STATUTORY)[since]
    missing = [date(given.year, *day) for day in SOLAR[since] if date(given.year, *day) not in off]
    if missing:
        shown = ", ".join(day.isoformat() for day in missing)
        yield Label(f"{shown} 是法定节假日，却没有放假", f"{shown}: a statutory holiday that is not off")
    gained = sum(1 for day in off if day.weekday() < SATURDAY) - len(given.makeup_workdays)
    if gained != statutory:
        yield Label(
            f"比平常的周末多放 {gained} 天，法定的是 {statutory} 天",
            f"it gives {gained} days off beside weekends, the regulation {statutory}",
        )
    longest = _longest_stretch(given)
    if longest > LONGEST_STRETCH:
        yield Label(f"有连续上班 {longest} 天的时候", f"there are {longest} working days on end")


LONGEST_STRETCH = 8


def _longest_stretch(given: NoticeYear) -> int:
    off, on = set(given.holidays), set(given.makeup_workdays)
    longest = run = 0
    day = date(given.year, 1, 1)
    while day.year == given.year:
        worked = day in on or (day.weekday() < SATURDAY and day not in off)
        run = run + 1 if worked else 0
        longest = max(longest, run)
        day += timedelta(days=1)
    return longest


def year_file(given: NoticeYear) -> str:
    """Return the law file of the year."""
    title_zh = f"国务院办公厅关于{given.year}年部分节假日安排的通知"
    title_en = f"Notice of the General Office of the State Council on holidays in {given.year}"
    return (
        f"id: cn.calendar.{given.year}\n"
        f"year: {given.year}\n"
        f'notice: {{number: "{_quoted(given.number.strip())}", title: {{zh: {title_zh}, en: {title_en}}}, official: "{given.official}"}}\n'
        f"replaces_under: {{cite: {BASIS}, from: {given.year}-01-01}}\n"
        f"cite: cn.holidays/2\nconfidence: text\n"
        f"holidays: {_listed(given.holidays)}\nmakeup_workdays: {_listed(given.makeup_workdays)}\n"
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _listed(days: Sequence[date]) -> str:
    return "[" + ", ".join(day.isoformat() for day in sorted(days)) + "]"
