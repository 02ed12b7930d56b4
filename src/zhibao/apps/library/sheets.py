"""Rows of the library as CSV or Excel.

Knows cells only; what stands in them the actions say.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import xlsxwriter

from zhibao.apps.library.errors import BadExportFormat

FORMATS = ("csv", "xlsx")
MOST_ROWS = 1_000_000  # an Excel sheet ends at 1,048,576


def write_sheet(out: BinaryIO, form: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write heads and rows to ``out`` and return how many rows there were. Raises BadExportFormat."""
    if form not in FORMATS:
        raise BadExportFormat(where="format", format=form)
    return _csv(out, heads, rows) if form == "csv" else _excel(out, title, heads, rows)


def _csv(out: BinaryIO, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    # With the mark, because Excel reads UTF-8 without one as the machine's own encoding.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    count = 0
    for row in rows:
        writer.writerow([_tame(cell) for cell in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _tame(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _excel(out: BinaryIO, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    count = 0
    for row in rows:
        if count == MOST_ROWS:
            break
        count += 1
        for column, cell in enumerate(row):
            sheet.write_string(count, column, cell)
    book.close()
    return count
