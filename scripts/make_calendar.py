"""Write law/cn/calendars/<year>.yaml: published years from `chinese_calendar`, later ones from the statutory holidays.

Run it when the State Council's notice for another year is out and the package knows it; then raise PUBLISHED_TO.
Where the festivals of a later year fall was computed once from two lunar calendars that agree (see LUNAR).
"""

import sys
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import constants

FOLDER = Path(__file__).resolve().parent.parent / "law" / "cn" / "calendars"
PUBLISHED_FROM, PUBLISHED_TO = 2004, 2026
PACKAGE = "chinesecalendar 1.11.0"
# Numbers of the notices, where they are known for certain.
NUMBERS = {
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
# 春节 (正月初一), 清明, 端午 (五月初五), 中秋 (八月十五): solar days, month-day.
LUNAR = {
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
}


def statutory_days(year: int) -> list[date]:
    """Return the 13 days off of the 2024 text of the holiday regulation, in order, a day named twice standing twice."""
    spring, qingming, dragon_boat, mid_autumn = (date.fromisoformat(f"{year}-{day}") for day in LUNAR[year])
    days = [date(year, 1, 1), *(spring + timedelta(days=n) for n in (-1, 0, 1, 2)), qingming, date(year, 5, 1)]
    return sorted([*days, date(year, 5, 2), dragon_boat, mid_autumn, *(date(year, 10, n) for n in (1, 2, 3))])


def computed_holidays(year: int) -> list[date]:
    """Return the statutory days, and for each that falls on a weekend or on another one the next free weekday."""
    days = statutory_days(year)
    taken: set[date] = set()
    owed: list[date] = []
    for day in days:
        if day.weekday() >= 5 or day in taken:
            owed.append(day)
        taken.add(day)
    for day in owed:
        substitute = day
        while substitute in taken or substitute.weekday() >= 5:
            substitute += timedelta(days=1)
        taken.add(substitute)
    return sorted(taken)


def published(year: int, table: dict[date, str]) -> list[date]:
    return sorted(day for day in table if day.year == year)


def listed(days: list[date]) -> str:
    """Return the days as a YAML list, one month a line."""
    months: dict[int, list[str]] = {}
    for day in days:
        months.setdefault(day.month, []).append(day.isoformat())
    return "[]" if not days else "[\n" + "".join(f"  {', '.join(days)},\n" for days in months.values()) + "]"


def notice(year: int) -> str:
    """Return the notice's lines."""
    number = f"number: {NUMBERS[year]}, " if year in NUMBERS else ""
    zh = f"国务院办公厅关于{year}年部分节假日安排的通知"
    en = f"Notice of the General Office of the State Council on holidays in {year}"
    return f"notice: {{{number}title: {{zh: {zh}, en: {en}}}}}\n"


def written(year: int) -> str:
    """Return the text of one year's file."""
    if year <= PUBLISHED_TO:
        basis = f"# 取自软件包 {PACKAGE}，没有逐日对照通知原文。 Taken from that package, not compared with the notice day by day.\n"
        head, holidays, makeup = notice(year), published(year, constants.holidays), published(year, constants.workdays)
    else:
        basis = (
            "# 通知还没有发布：按办法第二条的13天算，逢周末的在工作日补假（第六条），这里取下一个工作日；调休要等通知。\n"
            "# No notice yet: the 13 days of article 2, those on a weekend made up on a working day (article 6), here the next one.\n"
        )
        head, holidays, makeup = "", computed_holidays(year), []
    return (
        f"{basis}id: cn.calendar.{year}\nyear: {year}\n{head}cite: cn.holidays/2\nconfidence: secondary\n"
        f"holidays: {listed(holidays)}\nmakeup_workdays: {listed(makeup)}\n"
    )


def main() -> int:
    """Write all files; with --check, only compare, and return 1 when a file differs."""
    check = sys.argv[1:] == ["--check"]
    stale = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for year in [*range(PUBLISHED_FROM, PUBLISHED_TO + 1), *LUNAR]:
        path = FOLDER / f"{year}.yaml"
        if check and path.read_text() != written(year):
            stale.append(path.name)
        elif not check:
            path.write_text(written(year))
    print(
        f"differ from what this script writes: {', '.join(stale)}"
        if stale
        else f"{FOLDER.name}: as written by this script"
    )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
