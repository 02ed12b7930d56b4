"""Rights entered one by one or in bulk, changes of status, and exports that the import reads again."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from tests.factories import make_party, make_right
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.register.actions.add_right import add_right
from zhibao.apps.register.actions.add_rights import Added, add_rights
from zhibao.apps.register.actions.change_status import change_status
from zhibao.apps.register.actions.export_rights import export_rights
from zhibao.apps.register.actions.import_file import import_file
from zhibao.apps.register.errors import BadFormat, BadPeriod, BadStatus, CellBadKind, CellEmpty, RightKept
from zhibao.apps.register.models import Right
from zhibao.apps.register.newcomers import NewParty, NewPeriod, NewRight
from zhibao.apps.register.queries import right_as_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def new(**more):
    return NewRight(**{"kind": "trademark", "number": "1", "name": "青釉坊", "owner": NewParty("青釉瓷业")} | more)


def test_a_right_is_entered_once(registrar, now):
    right = add_right(actor=registrar, right=new(periods=(NewPeriod("in-force", DAY),)), now=now)
    assert right_as_of(right, DAY).status == "in-force"
    with pytest.raises(RightKept):
        add_right(actor=registrar, right=new(name="别的"), now=now)


@pytest.mark.parametrize(
    ("right", "error"),
    [
        ({"name": " "}, CellEmpty),
        ({"kind": "dreams"}, CellBadKind),
        ({"periods": (NewPeriod("asleep", DAY),)}, BadStatus),
        ({"periods": (NewPeriod("in-force", DAY, date(2020, 1, 1)),)}, BadPeriod),
        ({"periods": (NewPeriod("in-force", DAY), NewPeriod("expired", date(2020, 1, 1)))}, BadPeriod),
    ],
)
def test_what_does_not_hold_is_not_entered(registrar, now, right, error):
    with pytest.raises(error):
        add_right(actor=registrar, right=new(**right), now=now)
    assert not Right.objects.exists()


def test_only_registrars_and_administrators_enter_rights(handler, admin, now):
    with pytest.raises(DeedNotAllowed):
        add_right(actor=handler, right=new(), now=now)
    add_right(actor=admin, right=new(), now=now)


def test_many_at_once(registrar, now):
    told = []
    batch = [new(number=str(n)) for n in range(3)]
    assert add_rights(actor=registrar, rights=batch, now=now, progress=told.append) == Added(made=3)
    stranger = new(number="0", name="x", owner=NewParty("y"))
    assert add_rights(actor=registrar, rights=[*batch[1:], stranger], now=now) == Added(same=2, refused=1)
    assert told == [3]


def test_a_change_of_status_leaves_earlier_days_as_they_were(registrar, now):
    right = make_right(since=date(2018, 3, 7), until=date(2028, 3, 6))
    change_status(
        actor=registrar, right_id=right.pk, status="invalidated", since=date(2026, 5, 1), reason="无效宣告", now=now
    )
    right = Right.objects.get()
    assert right_as_of(right, date(2026, 4, 30)).status == "in-force"
    assert right_as_of(right, date(2026, 5, 1)).reason.zh == "无效宣告"
    for status, since, error in [("asleep", DAY, BadStatus), ("expired", date(2026, 5, 1), BadPeriod)]:
        with pytest.raises(error):
            change_status(actor=registrar, right_id=right.pk, status=status, since=since, now=now)
    with pytest.raises(BadPeriod):
        change_status(actor=registrar, right_id=right.pk, status="expired", since=DAY, until=date(2026, 11, 1), now=now)


def test_a_first_status_and_one_after_a_gap(registrar, now):
    right = make_right(since=None)
    change_status(
        actor=registrar, right_id=right.pk, status="in-force", since=date(2018, 1, 1), until=date(2019, 1, 1), now=now
    )
    change_status(actor=registrar, right_id=right.pk, status="in-force", since=date(2020, 1, 1), now=now)
    assert right_as_of(Right.objects.get(), date(2019, 6, 1)).status == "unknown"


@pytest.fixture
def exported(registrar):
    owner = make_party("=青釉", uscc="91350100M000100Y43", address="珠山区")
    make_right("青釉坊", number="1", owner=owner, goods="瓷器, 茶", details={"worth_fen": 3_100_000})
    make_right("=1+1", number="2", owner=owner, since=None)
    make_right("老窑", number="3", since=date(2000, 1, 1), until=date(2009, 12, 31))
    return registrar


def export(actor, form, now, **more):
    out = io.BytesIO()
    count = export_rights(actor=actor, out=out, format=form, as_of=DAY, now=now, **more)
    return count, out.getvalue()


@pytest.mark.parametrize(("form", "name"), [("csv", "a.csv"), ("xlsx", "a.xlsx"), ("jsonl", "a.jsonl")])
def test_an_export_can_be_imported_and_changes_nothing(exported, now, form, name):
    count, data = export(exported, form, now)
    assert count == 3
    run = import_file(actor=exported, name=name, stream=io.BytesIO(data), now=now)
    # The one whose term ran out comes back with that said as a status of its own.
    assert (run.bad, run.made, run.same, run.changed) == (0, 0, 2, 1), list(run.bad_rows.values())


def test_csv_is_made_for_excel_and_tames_formulas(exported, now):
    _, data = export(exported, "csv", now)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1]["名称"] == "'=1+1"
    assert rows[0]["商品服务"] == "瓷器, 茶"
    assert rows[0]["估值"] == "31000.00"


def test_excel_holds_text_never_formulas(exported, now):
    exported.language = "en"
    _, data = export(exported, "xlsx", now)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[1]][:2] == ["number", "name"]
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")


def test_json_lines_leave_out_what_is_not_known(exported, now):
    _, data = export(exported, "jsonl", now)
    second = json.loads(data.splitlines()[1])
    assert (second["number"], second.get("status"), second.get("since")) == ("2", None, None)


def test_parts_progress_and_refusals(exported, handler, now):
    told = []
    assert export(exported, "csv", now, text="老窑", progress=lambda *a: told.append(a))[0] == 1
    with pytest.raises(BadFormat):
        export(exported, "pdf", now)
    with pytest.raises(DeedNotAllowed):
        export(handler, "csv", now)
