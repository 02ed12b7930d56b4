"""Every value with when and by whom it was last checked; a check is an event and needs a law officer."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest

from zhibao.apps.library import queries
from zhibao.apps.library.actions.check_value import check_value
from zhibao.apps.library.actions.export_values import export_values
from zhibao.apps.library.errors import BadVerdict, DiffersWhy, ValueNotFound
from zhibao.apps.library.models import LawEvent
from zhibao.apps.library.values import ValueFilters, values_of
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.organs.law import current_pack
from zhibao.rules.diff import citations

pytestmark = pytest.mark.django_db
OLD, NEW = "deadlines/tea.reply/2020-05-01", "deadlines/tea.reply/2027-01-01"


def ids(page):
    return [one.value.id for one in page.items]


def one(person, value):
    return next(view for view in queries.values(person, ValueFilters(text=value)).items if view.value.id == value)


def test_every_article_a_rule_carries_is_a_value_with_an_id_of_its_own():
    pack = current_pack()
    values = values_of(pack)
    assert len({value.id for value in values}) == len(values)
    cited = {cite for value in values for cite in value.cites}
    for section, entry in pack.entries():
        if section not in {"instruments", "places"}:
            assert set(citations(entry)) <= cited, entry.id


def test_a_value_tells_its_dates_articles_and_place(law_officer):
    value = one(law_officer, OLD).value
    assert (value.section, value.entry, value.part) == ("deadlines", "tea.reply", "2020-05-01")
    assert (value.first, value.last, str(value.confidence)) == (date(2020, 5, 1), date(2026, 12, 31), "text")
    assert value.where.startswith("law/cn-tea/deadlines/tea.reply.yaml:")
    assert value.checked_on == date(2026, 11, 1)
    limit = "offences/cn.criminal.213/2025-04-26/base/goods.gain"
    assert one(law_officer, limit).value.cites[0].to_text() == "cn.fashi-2025-5@2025/3/1/1"


def test_what_the_law_file_says_stands_until_somebody_checks(law_officer, now):
    before = one(law_officer, NEW)
    assert (before.state, before.check, before.last_on) == ("unconfirmed", None, date(2026, 11, 1))
    check_value(actor=law_officer, value_id=NEW, verdict="confirmed", against="https://example.org/tea", now=now)
    after = one(law_officer, NEW)
    assert (after.state, after.last_on, after.check.by.en) == ("confirmed", now.date(), "Zhou Heng")
    assert after.check.same_pack
    event = LawEvent.objects.get()
    assert (event.kind, event.subject, event.version, event.against) == (
        "value-checked",
        NEW,
        "2027-01-01",
        "https://example.org/tea",
    )
    assert event.law_pack == current_pack().hash


def test_a_later_check_counts_and_the_earlier_stays_in_the_record(law_officer, now):
    check_value(actor=law_officer, value_id=NEW, verdict="confirmed", against="公报", now=now)
    check_value(
        actor=law_officer,
        value_id=NEW,
        verdict="differs",
        against="公报",
        note="原文为三十日",
        now=now + timedelta(hours=1),
    )
    view = one(law_officer, NEW)
    assert (view.state, view.check.note) == ("differs", "原文为三十日")
    assert queries.events(law_officer, subject=NEW).total == 2
    assert queries.events(law_officer, kinds=("text-imported",)).total == 0


def test_lists_are_narrowed_by_state_section_law_and_age(law_officer, now):
    check_value(actor=law_officer, value_id=NEW, verdict="confirmed", against="公报", now=now)
    check_value(actor=law_officer, value_id=OLD, verdict="differs", against="公报", note="十四日", now=now)
    assert ids(queries.values(law_officer, ValueFilters(state="confirmed"))) == [NEW]
    assert OLD in ids(queries.values(law_officer, ValueFilters(state="unconfirmed", section="deadlines"), size=500))
    assert NEW not in ids(queries.values(law_officer, ValueFilters(state="unconfirmed"), size=500))
    assert ids(queries.values(law_officer, ValueFilters(instrument="cn.tea-labels"))) == [OLD, NEW]
    assert ids(queries.values(law_officer, ValueFilters(instrument="cn.tea-labels", before=date(2026, 11, 20)))) == []
    assert queries.values(law_officer, ValueFilters(before=date(2026, 11, 20), section="deadlines")).total == 0
    total = sum(queries.value_counts(law_officer).values())
    assert total == queries.values(law_officer).total == len(values_of(current_pack()))


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"value_id": "deadlines/none"}, ValueNotFound),
        ({"verdict": "maybe"}, BadVerdict),
        ({"verdict": "differs"}, DiffersWhy),
        ({"verdict": "differs", "note": "  "}, DiffersWhy),
    ],
)
def test_a_check_that_says_nothing_is_refused(law_officer, now, more, error):
    with pytest.raises(error):
        check_value(
            **{"actor": law_officer, "value_id": NEW, "verdict": "confirmed", "against": "x", "now": now} | more
        )
    assert not LawEvent.objects.exists()


def test_only_law_officers_check(handler, head, admin, supervisor, registrar, analyst, county_officer, now):
    for person in (handler, head, admin, supervisor, registrar, analyst):
        with pytest.raises(DeedNotAllowed):
            check_value(actor=person, value_id=NEW, verdict="confirmed", against="x", now=now)
    check_value(actor=county_officer, value_id=NEW, verdict="confirmed", against="x", now=now)


def test_the_list_goes_out_as_csv_and_excel(law_officer, now):
    check_value(actor=law_officer, value_id=NEW, verdict="differs", against="=1+1", note="@x", now=now)
    out = io.BytesIO()
    count = export_values(
        actor=law_officer, out=out, format="csv", filters=ValueFilters(instrument="cn.tea-labels"), now=now
    )
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert (count, len(rows)) == (2, 3)
    assert rows[2][:2] == [NEW, "答复异议的期限"]
    assert rows[2][9:11] == ["'=1+1", "'@x"]  # a spreadsheet reads no cell as a formula
    sheet = io.BytesIO()
    export_values(
        actor=law_officer, out=sheet, format="xlsx", filters=ValueFilters(instrument="cn.tea-labels"), now=now
    )
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(sheet).active.rows]
    assert cells[2][9] == "=1+1"
    assert len(cells) == 3
