"""What a day will change, and which open matters it touches, asked before the day."""

import csv
import io
from datetime import date

import pytest

from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.library import queries
from zhibao.apps.library.actions.export_coming import export_coming
from zhibao.apps.library.actions.refresh_traits import refresh_traits
from zhibao.apps.library.errors import BadExportFormat, SpanTooLong
from zhibao.rules.diff_words import HOWS

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 1)


@pytest.fixture
def matter(handler, now):
    found = open_matter(
        actor=handler,
        title="茶罐",
        place="360202",
        procedure="administrative",
        rights=[factories.make_right()],
        now=now,
    )
    refresh_traits(now=now)
    return found


def everything(person, **more):
    found = {}
    page = queries.coming_on(person, DAY, size=500, **more)
    for one in page.items:
        found[one.section, one.id] = one
    assert len(found) == page.total
    return found


def test_the_days_on_which_the_law_changes_are_listed(handler):
    days = {one.day: one.counts for one in queries.coming_days(handler, date(2026, 11, 23), date(2027, 6, 1))}
    assert days[DAY]["deadlines"] >= 1
    assert days[DAY]["instruments"] == 2  # the Trademark Law, and the invented one
    assert list(days) == sorted(days)


def test_changes_of_the_day_are_told_with_what_changes(handler):
    found = everything(handler)
    assert found["deadlines", "tea.reply"].how == "changed"
    assert found["instruments", "cn.trademark-law"].title.en == "Trademark Law"
    assert set(everything(handler, section="deadlines")) == {key for key in found if key[0] == "deadlines"}


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2033, 1, 1)])
def test_a_span_that_is_too_long_or_runs_backwards_is_refused(handler, until):
    with pytest.raises(SpanTooLong):
        queries.coming_days(handler, date(2026, 11, 23), until)


def test_a_day_that_changes_nothing_is_empty(handler):
    assert queries.coming_on(handler, date(2026, 12, 30)).total == 0
    assert queries.touched_matters(handler, date(2026, 12, 30)).total == 0


def test_a_clock_that_will_have_ended_is_not_touched_one_that_reaches_the_day_is(handler, matter, now):
    assert everything(handler)["deadlines", "tea.reply"].open_matters == 0  # due on 8 December
    late = open_matter(
        actor=handler, title="晚的", place="360202", procedure="administrative", now=now.replace(month=12, day=28)
    )
    refresh_traits(now=now.replace(month=12, day=28))
    assert everything(handler)["deadlines", "tea.reply"].open_matters == 1
    page = queries.touched_matters(handler, DAY, entry="tea.reply")
    assert [one.matter.pk for one in page.items] == [late.pk]
    touch = page.items[0].touches[0]
    assert (touch.by, touch.value, touch.how, touch.clock.clock) == ("clock", "tea.reply", "changed", "tea.reply")


def test_a_kind_of_right_in_the_matter_is_touched_by_the_law_that_protects_it(handler, matter):
    assert everything(handler)["instruments", "cn.trademark-law"].open_matters == 1
    page = queries.touched_matters(handler, DAY, entry="cn.trademark-law")
    assert {(one.by, one.value) for one in page.items[0].touches} == {("right", "trademark")}
    assert everything(handler)["instruments", "cn.tea-labels"].open_matters == 0


def test_a_kind_of_act_is_touched_by_a_change_of_its_crime(handler, matter, now):
    record_event(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=matter.proceedings.get().pk,
        kind="act-found",
        at=now,
        data={"kind": "counterfeit-mark-goods", "from": "2025-01-01", "to": "2025-01-02"},
        expected_seq=None,
        now=now,
    )
    refresh_traits(now=now)
    page = queries.touched_matters(handler, date(2025, 4, 26), entry="cn.criminal.213")
    assert [(one.by, one.value) for one in page.items[0].touches] == [("act", "counterfeit-mark-goods")]


def test_others_matters_are_not_counted(outsider, matter):
    assert everything(outsider)["instruments", "cn.trademark-law"].open_matters == 0
    assert queries.touched_matters(outsider, DAY).total == 0


def test_pages_are_cut(handler, matter, now):
    for number in range(3):
        open_matter(
            actor=handler,
            title=f"{number}",
            place="360202",
            procedure="administrative",
            rights=[factories.make_right()],
            now=now,
        )
    refresh_traits(now=now)
    first, second = (queries.touched_matters(handler, DAY, page=page, size=3) for page in (1, 2))
    assert (first.total, len(first.items), len(second.items)) == (4, 3, 1)
    assert len(queries.coming_on(handler, DAY, size=2, page=2).items) == 2


def test_the_list_goes_out_as_csv_and_excel(handler, matter, now):
    out = io.BytesIO()
    count = export_coming(actor=handler, out=out, format="csv", day=DAY, now=now)
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert len(rows) == count + 1
    assert rows[0][0] == "案件"
    assert {row[0] for row in rows[1:]} == {matter.number}
    assert all(row[5] in {label.zh for label in HOWS.values()} for row in rows[1:])
    assert all(row[6].split("：")[0] in {"期限在走", "有这种行为", "有这种权利"} for row in rows[1:])
    sheet = io.BytesIO()
    assert export_coming(actor=handler, out=sheet, format="xlsx", day=DAY, entry_id="cn.trademark-law", now=now) == 1
    assert sheet.getvalue().startswith(b"PK")
    with pytest.raises(BadExportFormat):
        export_coming(actor=handler, out=out, format="pdf", day=DAY, now=now)
