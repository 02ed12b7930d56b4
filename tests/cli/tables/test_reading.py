import json
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhibao.cli.tables import reading
from zhibao.cli.tables.columns import LISTINGS, REGISTER
from zhibao.cli.tables.errors import BadRow, ColumnMissing, TableUnreadable, UnknownFormat, WorkbookTooLarge
from zhibao.cli.tables.reading import Row, read_table
from zhibao.cli.tables.unpacking import unpacks_within


def rows_of(path, columns=LISTINGS):
    return list(read_table(str(path), columns).rows)


def shape(rows):
    return [(r.line, r.cells["id"], r.cells["title"]) if isinstance(r, Row) else (r.code, r.data["line"]) for r in rows]


def write(tmp_path, name, text, encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding, "surrogatepass"))
    return path


def test_csv_rows_with_lines_as_an_editor_counts_them(tmp_path):
    path = write(tmp_path, "t.csv", '编号,标题\n1,"赣江\n月"\n\n2,茶\n')
    assert shape(rows_of(path)) == [(2, "1", "赣江\n月"), (5, "2", "茶")]


@pytest.mark.parametrize(
    "text", ["id;title\n1;茶\n", "id\ttitle\n1\t茶\n", "sep=;\nid;title\n1;茶\n", "id，title\n1，茶\n"]
)
def test_csv_delimiters_are_told_from_the_head(tmp_path, text):
    (row,) = rows_of(write(tmp_path, "t.csv", text))
    assert row.cells == {"id": "1", "title": "茶"}


def test_bad_csv_rows_stand_between_the_good_ones(tmp_path):
    path = write(tmp_path, "t.csv", "id,title\n1,茶\n,茶\n3\n4,茶,多\n5,茶,\n6," + "x" * 140_000 + "\n7,茶\n")
    assert shape(rows_of(path)) == [
        (2, "1", "茶"), ("table-cell-empty", 3), ("table-cell-empty", 4), ("table-cells-too-many", 5), (6, "5", "茶"),
        ("table-line-unreadable", 7), (8, "7", "茶"),
    ]  # fmt: skip


def test_every_bad_row_says_what_where_and_how_in_both_languages(tmp_path):
    path = write(tmp_path, "t.csv", "id,title\n,茶\n4,茶,多\n")
    for fault in rows_of(path):
        assert str(fault.data["line"]) in fault.say("zh")
        assert str(fault.data["line"]) in fault.say("en")
        assert fault.hint("zh")
        assert fault.hint("en")


def test_an_empty_csv_has_no_columns(tmp_path):
    with pytest.raises(ColumnMissing):
        rows_of(write(tmp_path, "t.csv", ""))
    with pytest.raises(ColumnMissing):
        rows_of(write(tmp_path, "u.csv", '"' + "x" * 140_000))


def test_json_lines(tmp_path):
    lines = [
        '{"id": 7, "title": "茶", "more": 1}', "", '{"编号": 1}', "{broken", "[1]", '{"id": 1, "id": 2, "title": "茶"}',
        '{"id": 1.0, "title": ["a", null, true]}', '{"id": "8", "title": "\\ud800"}', '{"id": null, "title": "茶"}', "[" * 100_000,
    ]  # fmt: skip
    path = write(tmp_path, "t.jsonl", "\n".join(lines))
    assert shape(rows_of(path)) == [
        (1, "7", "茶"), ("table-cell-empty", 3), ("table-line-not-json", 4), ("table-line-not-json", 5), ("table-line-not-json", 6),
        (7, "1", "a,,true"), ("table-character-broken", 8), ("table-cell-empty", 9), ("table-line-not-json", 10),
    ]  # fmt: skip


def test_json_lines_without_the_column_name_what_was_found(tmp_path):
    with pytest.raises(ColumnMissing) as caught:
        rows_of(write(tmp_path, "t.jsonl", '{"id": 1, "text": "茶"}\n'))
    assert caught.value.data["found"] == "id, text"


def test_parquet(tmp_path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"other": [1, 2, 3], "标题": ["茶", "酒", None], "id": [1, 2, 3]}), path)
    table = read_table(str(path), LISTINGS)
    assert table.total == 3
    assert shape(table.rows) == [(1, "1", "茶"), (2, "2", "酒"), ("table-cell-empty", 3)]


def test_a_file_that_is_not_what_its_ending_says(tmp_path):
    for name in ("t.parquet", "t.xlsx", "t.xls"):
        with pytest.raises(TableUnreadable) as caught:
            rows_of(write(tmp_path, name, "<html>"))
        assert name in caught.value.say("zh")


def test_a_torn_parquet_file(tmp_path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"id": [str(n) for n in range(5000)], "title": [f"茶{n}" for n in range(5000)]}), path)
    raw = bytearray(path.read_bytes())
    raw[200:2000] = b"\xff" * 1800
    path.write_bytes(raw)
    with pytest.raises(TableUnreadable):
        rows_of(path)


def workbook(tmp_path, rows, merge=(), sheets=1):
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(sheets - 1):
        sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    for span in merge:
        sheet.merge_cells(span)
    path = tmp_path / "t.xlsx"
    book.save(path)
    return path


def test_excel_with_a_title_above_the_head_and_numbers_as_ids(tmp_path):
    path = workbook(
        tmp_path, [["商品清单", None], [], ["编号", "标题"], [1001, "茶"], [None, None], ["A2", "酒"]], merge=["A1:B1"]
    )
    assert shape(rows_of(path)) == [(4, "1001", "茶"), (6, "A2", "酒")]


def test_excel_finds_the_sheet_that_has_the_columns(tmp_path):
    assert shape(rows_of(workbook(tmp_path, [["id", "title"], ["1", "茶"]], sheets=2))) == [(2, "1", "茶")]


def test_merged_cells_are_told_with_their_span(tmp_path):
    path = workbook(tmp_path, [["id", "title"], ["1", "茶"], ["2", None], ["3", "酒"], ["4", None]], merge=["B2:B3"])
    rows = rows_of(path)
    assert shape(rows) == [(2, "1", "茶"), ("table-cell-merged", 3), (4, "3", "酒"), ("table-cell-empty", 5)]
    assert rows[1].data["span"] == "B2:B3"


def test_excel_that_does_not_begin_at_the_corner(tmp_path):
    path = workbook(
        tmp_path,
        [[], [], *([None] * 27 + row for row in (["id", "title"], ["1", "茶"], ["2", None]))],
        merge=["AC4:AC5"],
    )
    rows = rows_of(path)
    assert shape(rows) == [(4, "1", "茶"), ("table-cell-merged", 5)]
    assert rows[1].data["span"] == "AC4:AC5"


def test_excel_without_the_columns_names_what_was_found(tmp_path):
    with pytest.raises(ColumnMissing) as caught:
        rows_of(workbook(tmp_path, [["编号", "品牌"]]), REGISTER)
    assert "品牌" in caught.value.say("en")


def test_an_ending_that_is_not_ours(tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        read_table(str(tmp_path / "t.pdf"), LISTINGS)
    assert ".parquet" in caught.value.hint("zh")


def test_what_reading_json_gives_back_is_what_was_written(tmp_path):
    records = [{"id": str(n), "title": f'茶「{n}」,\n"x"'} for n in range(50)]
    path = write(tmp_path, "t.jsonl", "".join(json.dumps(r) + "\n" for r in records))
    assert [row.cells for row in rows_of(path)] == records
    assert not any(isinstance(row, BadRow) for row in rows_of(path))


def test_a_workbook_that_unpacks_to_too_much_is_not_read(tmp_path, monkeypatch):
    path = workbook(tmp_path, [["id", "title"], *([n, "茶" * 50] for n in range(2000))])
    assert len(rows_of(path)) == 2000
    monkeypatch.setattr(reading, "EXCEL_LIMIT", 20_000)
    with pytest.raises(WorkbookTooLarge):
        rows_of(path)


def test_what_a_zip_file_says_of_its_size_is_not_believed(tmp_path):
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.xml", b"0" * 5_000_000)
        archive.writestr("xl/plain.xml", b"0" * 100, zipfile.ZIP_STORED)
    raw = path.read_bytes().replace((5_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    path.write_bytes(raw)
    assert zipfile.ZipFile(path).infolist()[0].file_size == 5
    assert not unpacks_within(path, 1_000_000)
    assert unpacks_within(path, 6_000_000)
    cut = tmp_path / "cut.xlsx"
    whole = raw.index(b"PK\x03\x04", 4)
    cut.write_bytes(raw[: whole - 4000] + raw[whole:])
    with pytest.raises(TableUnreadable):
        rows_of(cut)
