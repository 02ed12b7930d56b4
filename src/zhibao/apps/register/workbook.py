"""The rows of an import that were not taken, as a workbook to mend and hand in again.

Beside each column that has a fault stands a column that says, in both languages, what is wrong and how to mend it.
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

import xlsxwriter

from zhibao.apps.register.columns import NOTE_MARK, ROW_HEAD
from zhibao.apps.register.models import ImportRow

_OTHER = f"{NOTE_MARK} 整行 Row"
_NARROW, _WIDE = 16, 48  # characters


def write_rows_to_mend(out: BinaryIO, columns: Sequence[str], rows: Iterable[ImportRow]) -> int:
    """Write the rows to ``out`` as .xlsx and return how many there were. ``columns`` are the file's own heads."""
    kept = list(rows)
    faulty = {problem["column"] for row in kept for problem in row.problems}
    # A column the file lacked but needs gets its place at the end, to be filled in.
    told = [column for column in columns if column]
    heads = [*told, *sorted(column for column in faulty if column and column not in told)]
    layout: list[tuple[str, bool]] = []
    for head in heads:
        layout.append((head, False))
        if head in faulty:
            layout.append((head, True))
    if "" in faulty:
        layout.append(("", True))
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("要改的行 Rows to mend")
    bold, bad = book.add_format({"bold": True}), book.add_format({"bg_color": "#FBE9E7", "text_wrap": True})
    note = book.add_format({"font_color": "#A3271C", "text_wrap": True})
    sheet.freeze_panes(1, 1)
    sheet.write_string(0, 0, ROW_HEAD, bold)
    for place, (head, is_note) in enumerate(layout, 1):
        sheet.write_string(0, place, (f"{NOTE_MARK} {head}" if head else _OTHER) if is_note else head, bold)
        sheet.set_column(place, place, _WIDE if is_note else _NARROW)
    for line, row in enumerate(kept, 1):
        sheet.write_number(line, 0, row.number)
        notes = _notes(row)
        for place, (head, is_note) in enumerate(layout, 1):
            if is_note:
                sheet.write_string(line, place, notes.get(head, ""), note)
            else:
                sheet.write_string(line, place, str(row.raw.get(head, "")), bad if head in notes else None)
    book.close()
    return len(kept)


def _notes(row: ImportRow) -> dict[str, str]:
    notes: dict[str, str] = {}
    for problem in row.problems:
        said = f"{problem['zh']}{problem['hint_zh']}\n{problem['en']} {problem['hint_en']}"
        column = problem["column"]
        notes[column] = f"{notes[column]}\n{said}" if column in notes else said
    return notes
