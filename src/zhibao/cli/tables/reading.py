"""Reads the rows of a table, whatever its format; a bad row comes as its error between the good ones.

Knows the formats and the columns, not what a mark or a listing is.
"""

import csv
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from zhibao.cli.reading import MEGABYTE, checked_file
from zhibao.cli.tables.columns import Columns
from zhibao.cli.tables.encodings import Encoding, encoding_of
from zhibao.cli.tables.errors import (
    BadRow,
    CellEmpty,
    CellMerged,
    CellsTooMany,
    CharacterBroken,
    LineNotJson,
    LineUnreadable,
    TableUnreadable,
    UnknownFormat,
    WorkbookTooLarge,
)
from zhibao.cli.tables.unpacking import unpacks_within

TEXT, JSON_LINES, EXCEL, PARQUET = (
    {".csv", ".tsv", ".txt"},
    {".jsonl", ".ndjson"},
    {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"},
    {".parquet"},
)
KNOWN = ".csv .tsv .jsonl .parquet .xlsx .xls"
_DELIMITERS = ",;\t，"
_HEAD_WITHIN = 10  # a sheet may begin with a title and notes; the head stands among the first rows
_BATCH = 4096
EXCEL_LIMIT = 512 * MEGABYTE  # a workbook is held whole


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its number as the user counts (the head of a CSV file is row 1) and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """An open table: its rows, how many there are about, its encoding where it has one, and which columns it has."""

    rows: Iterator[Row | BadRow]
    total: int | None
    encoding: str
    columns: frozenset[str]


def read_table(path: str, columns: Columns) -> Table:
    """Open a table. Raises UnknownFormat, ColumnMissing, LineUndecodable, TableUnreadable, FileMissing, NotAFile."""
    ending = Path(path).suffix.lower()
    if ending not in TEXT | JSON_LINES | EXCEL | PARQUET:
        raise UnknownFormat(where=path, path=path, known=KNOWN)
    file = checked_file(path)
    if ending in TEXT:
        return _read_csv(file, columns)
    if ending in JSON_LINES:
        return _read_json_lines(file, columns)
    return _read_excel(file, columns) if ending in EXCEL else _read_parquet(file, columns)


def _row(line: int, values: Sequence[str], places: dict[str, int], needed: Sequence[str]) -> Row | BadRow:
    cells = {column: values[place].strip() if place < len(values) else "" for column, place in places.items()}
    return _checked_row(line, cells, needed)


def _checked_row(line: int, cells: dict[str, str], needed: Sequence[str]) -> Row | BadRow:
    for column in needed:
        if not cells.get(column):
            return CellEmpty(where=f"{line}:{column}", line=line, column=column)
    for column, text in cells.items():
        broken = next((c for c in text if "\ud800" <= c <= "\udfff"), None)
        if broken:
            which = f"U+{ord(broken):04X}"
            return CharacterBroken(where=f"{line}:{column}", line=line, column=column, which=which)
    return Row(line, cells)


def _read_csv(path: Path, columns: Columns) -> Table:
    encoding = encoding_of(path)
    records = _csv_records(path, encoding.name)
    head = next(records, (1, []))[1]
    places = columns.locate(head if isinstance(head, list) else [], str(path))
    rows = _csv_rows(records, places, columns.needed, len(head if isinstance(head, list) else []))
    return Table(rows, max(encoding.lines - 1, 0), encoding.name, frozenset(places))


def _csv_records(path: Path, encoding: str) -> Iterator[tuple[int, list[str] | LineUnreadable]]:
    """Yield the number of a record's first line and its cells; the line ``sep=;`` that Excel writes is passed over."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        if first.lower().startswith("sep="):
            delimiter, before = first[4:5], 1
        else:
            delimiter, before = max(_DELIMITERS, key=first.count), 0
            file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        while True:
            line = reader.line_num + 1 + before
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, LineUnreadable(where=str(line), line=line, why=str(error))
                continue
            if any(cell.strip() for cell in record):
                yield line, record


def _csv_rows(
    records: Iterator[tuple[int, list[str] | LineUnreadable]], places: dict[str, int], needed: Sequence[str], heads: int
) -> Iterator[Row | BadRow]:
    for line, record in records:
        if isinstance(record, LineUnreadable):
            yield record
        elif any(cell.strip() for cell in record[heads:]):
            yield CellsTooMany(where=str(line), line=line, count=len(record), heads=heads)
        else:
            yield _row(line, record, places, needed)


def _read_json_lines(path: Path, columns: Columns) -> Table:
    encoding = encoding_of(path)
    first = next((found for _, found in _json_objects(path, encoding) if isinstance(found, dict)), None)
    places = columns.locate(list(first or {}), str(path))
    names = {column: list(first or {})[place] for column, place in places.items()}
    return Table(_json_rows(path, encoding, names, columns), encoding.lines, encoding.name, frozenset(places))


def _json_rows(path: Path, encoding: Encoding, names: dict[str, str], columns: Columns) -> Iterator[Row | BadRow]:
    for line, found in _json_objects(path, encoding):
        if isinstance(found, LineNotJson):
            yield found
        else:
            cells = {column: _text(found.get(name)).strip() for column, name in names.items()}
            yield _checked_row(line, cells, columns.needed)


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError("a key stands twice")
    return found


def _json_objects(path: Path, encoding: Encoding) -> Iterator[tuple[int, dict[str, Any] | LineNotJson]]:
    with path.open(encoding=encoding.name, newline="\n") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                found = json.loads(text, object_pairs_hook=_once)
            except (ValueError, RecursionError) as error:
                why = getattr(error, "msg", str(error))
                yield line, LineNotJson(where=str(line), line=line, why=why)
                continue
            if isinstance(found, dict):
                yield line, found
            else:
                yield line, LineNotJson(where=str(line), line=line, why=type(found).__name__)


def _read_parquet(path: Path, columns: Columns) -> Table:
    try:
        file = pq.ParquetFile(path)
        head = file.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error
    places = columns.locate(head, str(path))
    return Table(_parquet_rows(path, file, places, columns), file.metadata.num_rows, "", frozenset(places))


def _parquet_rows(path: Path, file: Any, places: dict[str, int], columns: Columns) -> Iterator[Row | BadRow]:
    names = {column: file.schema_arrow.names[place] for column, place in places.items()}
    line = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(names.values())):
            for record in batch.to_pylist():
                line += 1
                cells = {column: _text(record[name]).strip() for column, name in names.items()}
                yield _checked_row(line, cells, columns.needed)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error


def _read_excel(path: Path, columns: Columns) -> Table:
    try:
        if not unpacks_within(path, EXCEL_LIMIT):
            raise WorkbookTooLarge(where=str(path), path=str(path), limit=EXCEL_LIMIT // MEGABYTE)
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    except (CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    shown: list[str] = []
    for sheet in sheets:
        for above, values in enumerate(_sheet_rows(sheet, _HEAD_WITHIN)):
            if columns.are_in(values):
                places = columns.locate(values, str(path))
                rows = _excel_rows(sheet, above, places, columns.needed)
                return Table(rows, max(sheet.total_height - above - 1, 0), "", frozenset(places))
            shown = shown or [value for value in values if value]
    columns.locate(shown, str(path))
    raise AssertionError("a head without the needed columns was refused above")


def _sheet_rows(sheet: CalamineSheet, limit: int | None = None) -> Iterator[list[str]]:
    first = sheet.start[0] if sheet.start else 0
    for number, values in enumerate(sheet.to_python(skip_empty_area=True, nrows=limit)):
        if number == 0:
            yield from ([] for _ in range(first))
        yield [_text(value) for value in values]


def _excel_rows(
    sheet: CalamineSheet, above: int, places: dict[str, int], needed: Sequence[str]
) -> Iterator[Row | BadRow]:
    left = sheet.start[1] if sheet.start else 0
    merged = sheet.merged_cell_ranges or []
    for number, values in enumerate(_sheet_rows(sheet)):
        if number <= above or not any(value.strip() for value in values):
            continue
        row = _row(number + 1, values, places, needed)
        if isinstance(row, CellEmpty):
            column = str(row.data["column"])
            cell = number, places[column] + left
            span = next((s for s in merged if s[0][0] <= cell[0] <= s[1][0] and s[0][1] <= cell[1] <= s[1][1]), None)
            if span:
                row = CellMerged(where=row.where, line=number + 1, column=column, span=_span_name(span))
        yield row


def _span_name(span: tuple[tuple[int, int], tuple[int, int]]) -> str:
    return ":".join(f"{_letters(column)}{row + 1}" for row, column in span)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, lists with commas, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    return str(value)


def _unreadable(path: Path, error: Exception) -> TableUnreadable:
    why = str(error).split("\n")[0].rstrip(". ")
    return TableUnreadable(where=str(path), path=str(path), why_zh="内容残缺，或者是另一种格式", why_en=why)
