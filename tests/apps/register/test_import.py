"""Files come in row by row: what holds is kept, what does not is told, mended and taken again."""

import io
from datetime import timedelta

import openpyxl
import pytest

from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.register import queries
from zhibao.apps.register.access import access_import
from zhibao.apps.register.actions import import_file as import_module
from zhibao.apps.register.actions.import_file import import_file
from zhibao.apps.register.actions.mend_file import mend_file
from zhibao.apps.register.actions.mend_rows import mend_rows
from zhibao.apps.register.actions.stop_dead_imports import stop_dead_imports
from zhibao.apps.register.columns import ROW_HEAD
from zhibao.apps.register.errors import (
    CellBadKind,
    FileEmpty,
    FileIsHtml,
    FileTooBig,
    ImportNotFound,
    NoHeads,
    RowNotBad,
)
from zhibao.apps.register.models import ImportRow, ImportRun, Right

pytestmark = pytest.mark.django_db

HEAD = "注册号,商标,类别,权利人,统一社会信用代码,有效期起,有效期止"
GOOD = "10000001,青釉坊,21,景德镇青釉瓷业有限公司,91350100M000100Y43,2018-03-07,2028-03-06"
MIXED = f"{HEAD}\n{GOOD}\n10000002,91350100M000100Y43,21,青釉坊,,,\n10000003,窑里红,46,窑里红茶厂,,2026.2.30,\n10000001,青釉坊,21,景德镇青釉瓷业有限公司,91350100M000100Y43,,\n10000005,霁蓝,30,霁蓝堂,91350100M000100Y44,,\n１００００００６,甜白釉,第21类,甜白釉厂,,2018年3月7日,2028.3.6\n,无号,21,某厂,,,"


def bring(actor, text, now, name="list.csv", **more):
    data = text if isinstance(text, bytes) else text.encode("gb18030")
    return import_file(actor=actor, name=name, stream=io.BytesIO(data), now=now, **more)


def counts(run):
    return (run.rows, run.made, run.changed, run.same, run.bad)


def test_good_rows_are_kept_and_each_bad_one_says_why(registrar, now):
    run = bring(registrar, MIXED, now)
    assert counts(run) == (7, 2, 0, 0, 5)
    assert (run.state, run.format, run.encoding, run.problem) == ("done", "csv", "gb18030", None)
    assert run.ended_at >= now
    told = {row.number: [p["code"] for p in row.problems] for row in queries.bad_rows(registrar, run.pk).items}
    assert told == {
        3: ["cell-swapped"],
        4: ["cell-bad-class", "cell-bad-day"],
        5: ["row-twice"],
        6: ["cell-bad-uscc"],
        8: ["cell-empty"],
    }
    assert ImportRow.objects.get(number=5).problems[0]["zh"] == "这个号码在第 2 行已经出现过。"
    assert set(Right.objects.values_list("number", flat=True)) == {"10000001", "10000006"}


def test_the_same_file_again_changes_nothing(registrar, now):
    bring(registrar, MIXED, now)
    before = list(Right.objects.order_by("pk").values())
    assert counts(bring(registrar, MIXED, now + timedelta(days=1))) == (7, 0, 0, 2, 5)
    assert list(Right.objects.order_by("pk").values()) == before


def test_a_right_of_somebody_else_under_the_same_number_is_a_bad_row(registrar, now):
    bring(registrar, f"{HEAD}\n{GOOD}", now)
    run = bring(registrar, f"{HEAD}\n10000001,窑里红,30,窑里红茶厂,,,", now)
    assert counts(run) == (1, 0, 0, 0, 1)
    problem = ImportRow.objects.get().problems[0]
    assert (problem["code"], problem["column"]) == ("number-of-another", "注册号")


def test_only_mended_rows_are_taken_again(registrar, now):
    run = bring(registrar, MIXED, now)
    run = mend_rows(
        actor=registrar,
        run_id=run.pk,
        rows={
            3: {"商标": "青釉坊二", "权利人": "青釉二厂"},
            4: {"类别": "45", "有效期起": "2026-02-28"},
            6: {"统一社会信用代码": "91350100M000100Y45"},
            5: {"商标": "青釉坊"},
        },
        now=now + timedelta(hours=1),
    )
    assert counts(run) == (7, 4, 0, 0, 3)
    assert Right.objects.get(number="10000003").classes == [45]
    left = {row.number: row.problems[0]["code"] for row in queries.bad_rows(registrar, run.pk).items}
    assert left == {5: "row-twice", 6: "cell-bad-uscc", 8: "cell-empty"}
    assert [row.number for row in queries.bad_rows(registrar, run.pk, mended=True).items] == [3, 4]
    with pytest.raises(RowNotBad):
        mend_rows(actor=registrar, run_id=run.pk, rows={3: {}}, now=now)


def test_two_rows_mended_to_one_number_are_told(registrar, now):
    run = bring(registrar, f"{HEAD}\n,甲,21,甲厂,,,\n,乙,21,乙厂,,,", now)
    run = mend_rows(actor=registrar, run_id=run.pk, rows={2: {"注册号": "7"}, 3: {"注册号": "7"}}, now=now)
    assert counts(run) == (2, 1, 0, 0, 1)
    assert ImportRow.objects.get(mended_at=None).problems[0]["code"] == "row-twice"
    run = mend_rows(actor=registrar, run_id=run.pk, rows={3: {"注册号": "8"}}, now=now)
    assert run.bad == 0


def test_a_mended_row_may_meet_another_s_number(registrar, now):
    bring(registrar, f"{HEAD}\n{GOOD}", now)
    run = bring(registrar, f"{HEAD}\n,甲,21,甲厂,,,", now)
    run = mend_rows(actor=registrar, run_id=run.pk, rows={2: {"注册号": "10000001"}}, now=now)
    assert run.bad == 1
    assert ImportRow.objects.get(run=run).problems[0]["code"] == "number-of-another"


def test_the_workbook_says_the_fault_beside_the_cell_and_comes_back_mended(registrar, now):
    run = bring(registrar, MIXED, now)
    out = io.BytesIO()
    assert queries.write_workbook(registrar, run.pk, out) == 5
    out.seek(0)
    book = openpyxl.load_workbook(out)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == ROW_HEAD
    column = heads.index("统一社会信用代码") + 1
    assert heads[column] == "▲ 统一社会信用代码"
    line = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == 6)
    assert "对照营业执照" in line[column].value
    assert "business licence" in line[column].value
    line[column - 1].value = "91350100M000100Y43"
    mended = io.BytesIO()
    book.save(mended)
    mended.seek(0)
    run = mend_file(actor=registrar, run_id=run.pk, name="mended.xlsx", stream=mended, now=now)
    assert run.bad == 4
    # The code is that of another firm already in the register, so the register's name of it stands.
    assert Right.objects.get(number="10000005").owner.name == "景德镇青釉瓷业有限公司"
    with pytest.raises(NoHeads):
        mend_file(actor=registrar, run_id=run.pk, name="a.csv", stream=io.BytesIO(MIXED.encode()), now=now)


def test_a_needed_column_that_is_missing_can_be_filled_in_from_the_workbook(registrar, now):
    run = bring(registrar, "id,mark,status\n1,青釉坊,有效", now)
    out = io.BytesIO()
    queries.write_workbook(registrar, run.pk, out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    heads = [cell.value for cell in book.active[1]]
    assert heads == [ROW_HEAD, "id", "mark", "status", "有效期起", "▲ 有效期起"]
    book.active.cell(2, 5, "2018.3.7")
    mended = io.BytesIO()
    book.save(mended)
    mended.seek(0)
    assert mend_file(actor=registrar, run_id=run.pk, name="m.xlsx", stream=mended, now=now).made == 1


def test_a_list_without_owners_is_taken_and_a_later_one_names_them(registrar, now):
    assert bring(registrar, "id,mark\n1,青釉坊\n2,霁蓝", now).made == 2
    owner = Right.objects.get(number="1").owner
    assert (owner.name, owner.name_en, owner.kind) == ("未知", "unknown", "unknown")
    assert counts(bring(registrar, "id,mark,owner\n1,青釉坊,青釉瓷业", now)) == (1, 0, 1, 0, 0)
    assert counts(bring(registrar, "id,mark\n1,青釉坊", now)) == (1, 0, 0, 1, 0)
    assert Right.objects.get(number="1").owner.name == "青釉瓷业"
    assert counts(bring(registrar, "id,mark\n1,窑里红", now)) == (1, 0, 0, 0, 1)


def test_a_row_of_the_wrong_shape_has_its_note_at_the_end(registrar, now):
    run = bring(registrar, f"{HEAD}\n{GOOD},x,y", now)
    out = io.BytesIO()
    queries.write_workbook(registrar, run.pk, out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert [cell.value for cell in sheet[1]][-1] == "▲ 整行 Row"
    assert "7" in sheet[2][-1].value


def test_a_refused_file_is_told_and_remembered(registrar, now):
    with pytest.raises(FileIsHtml):
        bring(registrar, b"<html><table></table></html>", now, name="list.xlsx")
    run = ImportRun.objects.get()
    assert (run.state, run.problem["code"]) == ("failed", "import-is-html")
    assert run.problem["zh"].startswith("「list.xlsx」里是网页")


def test_a_file_with_heads_only_is_empty(registrar, now):
    with pytest.raises(FileEmpty):
        bring(registrar, HEAD, now)


def test_a_file_that_breaks_off_keeps_what_came_before(registrar, now):
    run = bring(registrar, f'{HEAD}\n{GOOD}\n10000009,"窑里红,30,厂,,,\n', now)
    assert (run.state, run.made, run.problem["code"]) == ("failed", 1, "import-broken-csv")


def test_limits_of_rows_bad_rows_and_bytes(registrar, now, monkeypatch):
    monkeypatch.setattr(import_module, "ROWS", 2)
    run = bring(registrar, MIXED, now)
    assert (run.rows, run.problem["code"]) == (2, "import-too-many-rows")
    monkeypatch.setattr(import_module, "ROWS", 99)
    monkeypatch.setattr(import_module, "BAD_ROWS", 2)
    run = bring(registrar, MIXED, now)
    assert (run.bad, run.problem["code"], run.problem["data"]["row"]) == (2, "import-too-many-bad-rows", 5)
    monkeypatch.setattr(import_module, "FILE", 10)
    with pytest.raises(FileTooBig):
        bring(registrar, MIXED, now)


def test_batches_tell_how_far_they_are(registrar, now, monkeypatch):
    monkeypatch.setattr(import_module, "BATCH", 100)
    told = []
    text = "id,mark,owner\n" + "".join(f"{n},青釉{n},厂{n % 7}\n" for n in range(250))
    run = bring(registrar, text, now, progress=lambda done, total: told.append((done, total)))
    assert counts(run) == (250, 250, 0, 0, 0)
    assert told == [(100, None), (200, None), (250, None)]


def test_another_kind_of_right_for_the_whole_file(registrar, now):
    bring(registrar, "号码,名称,权利人\n1,釉上花,甲厂", now, kind="copyright")
    assert Right.objects.get().kind == "copyright"
    with pytest.raises(CellBadKind):
        bring(registrar, "id,mark\n", now, kind="dreams")


def test_who_may_import_and_see_imports(handler, registrar, outsider, now):
    with pytest.raises(DeedNotAllowed):
        bring(handler, MIXED, now)
    run = bring(registrar, MIXED, now)
    assert access_import(registrar, str(run.pk)) == run
    assert list(queries.imports(registrar).items) == [run]
    for person, key in ((handler, run.pk), (outsider, run.pk), (registrar, "x"), (registrar, registrar.organ.pk)):
        with pytest.raises(ImportNotFound):
            access_import(person, key)


def test_an_import_killed_outright_is_said_to_have_stopped_and_the_same_file_brings_in_the_rest(
    registrar, now, monkeypatch
):
    monkeypatch.setattr(import_module, "BATCH", 2)
    text = "注册号,商标\n" + "".join(f"{number},青釉坊{number}\n" for number in range(1, 8))

    def killed(done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(actor=registrar, name="list.csv", stream=io.BytesIO(text.encode()), now=now, progress=killed)
    [run] = ImportRun.objects.all()
    assert (run.state, run.made) == ("running", 2)
    assert run.alive_at >= now
    assert stop_dead_imports(now=now + timedelta(minutes=14)) == 0
    assert stop_dead_imports(now=now + timedelta(minutes=16)) == 1
    run.refresh_from_db()
    assert (run.state, run.problem["code"]) == ("failed", "import-stopped")
    assert run.ended_at == run.alive_at
    assert stop_dead_imports(now=now + timedelta(hours=1)) == 0
    again = import_file(actor=registrar, name="list.csv", stream=io.BytesIO(text.encode()), now=now)
    assert (again.state, again.made, again.same) == ("done", 5, 2)
