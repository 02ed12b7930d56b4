"""A published notice takes the place of the days computed for a year, and of nothing else."""

import shutil
from datetime import date, timedelta

import pytest

from zhibao.apps.library import queries
from zhibao.apps.library.actions.activate_pack import activate_pack
from zhibao.apps.library.actions.propose_calendar_year import propose_calendar_year
from zhibao.apps.library.errors import (
    CalendarDay,
    CalendarNotice,
    CalendarPublished,
    CalendarUnlikely,
    CalendarYearOut,
    LawNotYours,
)
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.organs.law import current_pack
from zhibao.kernel.days import Length

pytestmark = pytest.mark.django_db


def days(*spans):
    found = []
    for first, last in spans:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            found.append(day)
            day += timedelta(days=1)
    return found


# An arrangement of the usual form for 2027: 22 weekdays off, 9 weekend days worked.
HOLIDAYS = days(
    ("2027-01-01", "2027-01-03"), ("2027-02-05", "2027-02-13"), ("2027-04-03", "2027-04-05"),
    ("2027-05-01", "2027-05-05"), ("2027-06-07", "2027-06-09"), ("2027-09-13", "2027-09-15"), ("2027-10-01", "2027-10-07"),
)  # fmt: skip
MAKEUP = [
    date.fromisoformat(f"2027-{day}")
    for day in ("01-30", "02-14", "05-08", "06-05", "06-12", "09-11", "09-25", "10-09", "10-16")
]


@pytest.fixture
def propose(law_officer, now):
    def propose(**more):
        given = {
            "actor": law_officer,
            "year": 2027,
            "number": "国办发明电〔2026〕8号",
            "official": "https://www.gov.cn/zhengce/2026",
            "holidays": HOLIDAYS,
            "makeup_workdays": MAKEUP,
            "take": True,
            "now": now,
        }
        return propose_calendar_year(**given | more)

    return propose


def test_the_arrangement_of_the_test_is_of_the_usual_form():
    off = sum(1 for day in HOLIDAYS if day.weekday() < 5)
    assert off - len(MAKEUP) == 13


def test_a_published_year_is_no_longer_provisional(propose, law_officer):
    pack = current_pack()
    assert pack.calendar.is_provisional(date(2027, 2, 1))
    due = pack.calendar.add(date(2027, 9, 30), Length.from_text("3 working-days"), last_day_moves=False)
    assert (due.day, due.provisional) == (date(2027, 10, 8), True)
    done = propose()
    assert done.taken, [one.says.zh for one in done.complaints]
    calendar = current_pack().calendar
    due = calendar.add(date(2027, 9, 30), Length.from_text("3 working-days"), last_day_moves=False)
    assert (due.day, due.provisional) == (date(2027, 10, 11), False)  # the 8th, the worked Saturday, and the Monday
    year = next(one for one in queries.calendar_years(law_officer) if one.year.year == 2027)
    assert (year.local, year.provisional, year.may_edit) == (True, False, True)
    assert year.year.days.notice.zh == "国务院办公厅关于2027年部分节假日安排的通知"
    assert ("years", "cn.calendar.2027", "changed") in {(one.section, one.id, one.how) for one in done.touched}


def test_the_file_cites_what_lets_the_notice_replace_the_computed_days(propose):
    content = propose(take=False).content
    assert "replaces_under: {cite: cn.holidays/6, from: 2027-01-01}" in content
    assert "国办发明电〔2026〕8号" in content


def test_a_mistake_is_corrected_by_sending_the_year_again(propose):
    assert propose().taken
    assert propose(number="国办发明电〔2026〕9号").taken


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"number": " "}, CalendarNotice),
        ({"official": "http://www.gov.cn"}, CalendarNotice),
        ({"official": 'https://x" }\nfake: yes'}, CalendarNotice),
        ({"holidays": [date(2026, 1, 1)]}, CalendarDay),
        ({"holidays": []}, CalendarDay),
        ({"holidays": [*HOLIDAYS, HOLIDAYS[0]]}, CalendarDay),
        ({"makeup_workdays": [date(2027, 1, 2)]}, CalendarDay),
        ({"makeup_workdays": [date(2027, 3, 1)]}, CalendarDay),
        ({"year": 1990}, CalendarYearOut),
        ({"year": 2100}, CalendarYearOut),
        ({"year": 2026, "holidays": [date(2026, 1, 1)], "makeup_workdays": []}, CalendarPublished),
    ],
)
def test_what_cannot_be_is_refused(propose, more, error):
    before = current_pack().hash
    with pytest.raises(error) as caught:
        propose(**more)
    assert caught.value.say("zh") != caught.value.say("en")
    assert current_pack().hash == before


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"holidays": HOLIDAYS[1:]}, "2027-01-01"),
        ({"makeup_workdays": MAKEUP[1:]}, "14"),
        ({"makeup_workdays": [*MAKEUP, date(2027, 3, 6), date(2027, 3, 7)]}, "11"),
    ],
)
def test_what_no_year_has_had_must_be_confirmed(propose, more, says):
    with pytest.raises(CalendarUnlikely) as caught:
        propose(**more)
    assert says in caught.value.say("en")
    assert propose(**more, confirmed=True).taken


def test_only_a_law_officer_of_the_top_organ_may(propose, handler, admin, county_officer):
    for person in (handler, admin):
        with pytest.raises(DeedNotAllowed):
            propose(actor=person)
    with pytest.raises(LawNotYours):
        propose(actor=county_officer)
    assert propose(actor=county_officer, take=False).holds


def test_a_number_with_quotes_does_not_break_the_file(propose):
    assert propose(number='国办 "明电" \\ 8号').taken


@pytest.fixture
def shipped_year(settings, tmp_path, product_packs):
    """Ship a national notice for 2027 later: a copy of the national pack with that year published."""

    def ship(holidays, makeup):
        target = tmp_path / "update" / "law" / "cn"
        shutil.copytree(product_packs[0], target)
        listed = ", ".join(day.isoformat() for day in holidays)
        worked = ", ".join(day.isoformat() for day in makeup)
        (target / "calendars" / "2027.yaml").write_text(
            "id: cn.calendar.2027\nyear: 2027\nnotice: {title: {zh: 通知, en: Notice}}\n"
            f"cite: cn.holidays/2\nconfidence: text\nholidays: [{listed}]\nmakeup_workdays: [{worked}]\n"
        )
        settings.ZHIBAO_LAW = (target, *settings.ZHIBAO_LAW[1:])

    return ship


def test_a_local_year_gives_way_once_the_national_pack_has_the_same_days(propose, shipped_year, law_officer, now):
    propose()
    shipped_year(HOLIDAYS, MAKEUP)
    done = activate_pack(actor=None, now=now)
    assert done.changed, [one.says.zh for one in done.complaints]
    year = next(one for one in queries.calendar_years(law_officer) if one.year.year == 2027)
    assert not year.local
    assert not year.provisional
    assert not year.may_edit
    assert queries.pack_in_use(law_officer).local_files == ()


def test_a_local_year_that_says_otherwise_is_a_question_not_a_guess(propose, shipped_year, now):
    before = propose().pack_hash
    shipped_year(HOLIDAYS, MAKEUP[1:])
    done = activate_pack(actor=None, now=now)
    assert (done.changed, done.pack_hash) == (False, before)
    assert [one.code for one in done.complaints] == ["law-calendar-rivals"]
    assert done.complaints[0].where == "law/local/calendars/2027.yaml:1"
