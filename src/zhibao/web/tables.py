"""Tables for other programs: CSV that spreadsheets open in Chinese, and Excel.

Knows rows of text and numbers; not what they mean.
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

Cell = str | int | float
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: Cell) -> Cell:
    """Return text that a spreadsheet will not take for a formula (OWASP: CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Give rows as CSV, in UTF-8 with a mark so that spreadsheets read the Chinese."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return attachment("\ufeff".encode() + text.getvalue().encode(), f"{name}.csv", "text/csv; charset=utf-8")


def excel_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Give rows as an Excel workbook with a fixed head; text stays text."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, head, bold)
    for place, row in enumerate(rows, 1):
        sheet.write_row(place, 0, row)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 22)
    book.close()
    return attachment(file.getvalue(), f"{name}.xlsx", XLSX)


def attachment(body: bytes, name: str, media_type: str) -> HttpResponse:
    """Give bytes to be kept as a file; the browser must not guess another type."""
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
