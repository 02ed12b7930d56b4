import csv
import json
import random

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from zhibao.cli.errors import FileClosed
from zhibao.cli.tables import writing
from zhibao.cli.tables.columns import HITS
from zhibao.cli.tables.errors import TooManyHits, UnknownFormat
from zhibao.cli.tables.runs import SortedRuns
from zhibao.cli.tables.writing import HitRow, checked_out, defused, write_hits

HIT = HitRow("=1+1", 0, 3, "-7", "exact", "赣江月", 100, '[{"kind": "exact"}]')


def test_csv_never_holds_a_formula(tmp_path):
    out = tmp_path / "h.csv"
    write_hits(out, [HIT])
    head, row = csv.reader(out.read_text(encoding="utf-8").splitlines())
    assert tuple(head) == HITS
    assert row[:4] == ["'=1+1", "'-7", "exact", "0"]


@pytest.mark.parametrize("text", ["=x", "+x", "-x", "@x", "\tx", "\rx"])
def test_what_begins_a_formula_is_defused(text):
    assert defused(text) == f"'{text}"
    assert defused(f"a{text}") == f"a{text}"


def test_json_lines_hold_reasons_as_json(tmp_path):
    out = tmp_path / "h.jsonl"
    write_hits(out, [HIT])
    found = json.loads(out.read_text(encoding="utf-8"))
    assert tuple(found) == HITS
    assert found["listing_id"] == "=1+1"
    assert found["reasons"] == [{"kind": "exact"}]


def test_parquet_holds_numbers_as_numbers(tmp_path):
    out = tmp_path / "h.parquet"
    write_hits(out, [HIT, HIT])
    table = pq.read_table(out)
    assert tuple(table.column_names) == HITS
    assert table.to_pylist()[1]["end"] == 3
    write_hits(out, [])
    assert pq.read_table(out).num_rows == 0


def test_excel_holds_texts_as_texts_and_cuts_what_no_cell_holds(tmp_path):
    out = tmp_path / "h.xlsx"
    write_hits(out, [HIT._replace(reasons="x" * 40_000)])
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "=1+1"
    assert len(rows[1][7]) == writing.EXCEL_TEXT


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_the_same_hits_give_the_same_bytes(tmp_path, ending):
    for name in ("a", "b"):
        write_hits(tmp_path / f"{name}.{ending}", [HIT])
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_more_hits_than_a_sheet_holds_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "EXCEL_ROWS", 2)
    with pytest.raises(TooManyHits):
        write_hits(tmp_path / "h.xlsx", [HIT] * 3)
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_breaks_leaves_the_old_file(tmp_path):
    out = tmp_path / "h.csv"
    out.write_text("old")

    def hits():
        yield HIT
        raise OSError(28, "No space left on device")

    with pytest.raises(FileClosed) as caught:
        write_hits(out, hits())
    assert "the disk is full" in caught.value.say("en")
    assert out.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_where_hits_may_not_be_written_is_told_before_any_work(tmp_path):
    with pytest.raises(UnknownFormat):
        checked_out(str(tmp_path / "h.pdf"))
    with pytest.raises(FileClosed):
        checked_out(str(tmp_path / "none" / "h.csv"))
    assert checked_out(str(tmp_path / "h.csv")) == tmp_path / "h.csv"


@pytest.mark.parametrize("run", [1, 7, 10_000])
def test_runs_on_disk_come_back_sorted(run):
    rng = random.Random(run)
    rows = [HIT._replace(listing_id=str(rng.randrange(99)), start=n) for n in range(300)]
    with SortedRuns(run) as runs:
        for start in range(0, 300, 10):
            runs.add(rows[start : start + 10])
        assert list(runs.merged()) == sorted(rows)
