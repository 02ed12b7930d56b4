"""Golden cases of what an entry says on a day, and of the working days of a year."""

from dataclasses import replace
from datetime import date

import pytest

from zhibao.rules.errors import LawWrongShape
from zhibao.rules.load import load_cases
from zhibao.rules.read import read_table
from zhibao.rules.registers import make_calendar
from zhibao.rules.shows_golden import check_shown, check_year


def wrong(pack, text):
    return [(one.want, one.got) for one in check_shown(pack, read_table(text, "f"))]


@pytest.mark.parametrize(
    ("entry", "path", "day", "value"),
    [
        ("adm.file", "versions.length", "2026-01-01", "15 working-days"),
        ("adm.file", "versions.length", "2000-01-01", "none"),
        ("adm.file", "versions.nothing.deeper", "2026-01-01", "none"),
        ("cn.criminal.213", "lighter", "2026-01-01", "true"),
        ("cn.criminal.213", "versions.entities.times", "2007-04-04", "3"),
        ("cn.criminal.213", "versions.entities.times", "2007-04-05", "none"),
        ("cn.criminal.213", '"versions.tiers.base[goods.gain].cites_id"', "2026-01-01", "cn.fashi-2025-5@2025/3/1/1"),
        ("cn.criminal.213", '"versions.tiers.base[nothing].says"', "2026-01-01", "none"),
        ("cn.criminal.213", '"lighter[x].says"', "2026-01-01", "none"),
        ("geographical-indication", "cite_id", "2026-01-01", "cn.gi-products@2023/2"),
        ("plant-variety", "terms.length", "2026-01-01", "[25 years, 20 years]"),
    ],
)  # fmt: skip
def test_what_an_entry_says_is_found_and_a_wrong_word_is_noticed(pack, entry, path, day, value):
    case = f"name: x\nentry: {entry}\npath: {path}\n" + "on: {%s: %s}\n"
    quoted = value if value.startswith("[") else f'"{value}"'
    assert wrong(pack, case % (day, quoted)) == []
    assert len(wrong(pack, case % (day, "other"))) == 1


def test_a_day_moved_by_one_is_noticed(pack):
    (case,) = [one for one in load_cases(kind="calendar-") if one.whole("year") == 2026]
    assert list(check_year(pack, case)) == []
    year = pack.years["cn.calendar.2026"]
    moved = replace(year.days, makeup_workdays=frozenset(year.days.makeup_workdays) - {date(2026, 2, 28)})
    changed = make_calendar({**pack.years, year.id: replace(year, days=moved)})
    found = list(check_year(replace(pack, calendar=changed), case))
    assert next((one.name, one.got) for one in found) == ("2026年 worked", "2026-02-28")
    with pytest.raises(LawWrongShape):
        list(check_year(pack, read_table("name: x\nyear: 2026\nworking_days: [1, 2]\n", "f")))
