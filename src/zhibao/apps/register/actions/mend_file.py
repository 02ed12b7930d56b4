"""Take the workbook of rows to mend again, after it was mended in a spreadsheet."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.access import access_import
from zhibao.apps.register.actions.mend_rows import mend_rows
from zhibao.apps.register.columns import NOTE_MARK, ROW_HEAD
from zhibao.apps.register.errors import NoHeads
from zhibao.apps.register.limits import BATCH
from zhibao.apps.register.models import ImportRow, ImportRun
from zhibao.apps.register.readers.sniff import open_sheet

Progress = Callable[[int, int | None], None]


def mend_file(
    *,
    actor: Person,
    run_id: uuid.UUID | str,
    name: str,
    stream: BinaryIO,
    now: datetime,
    progress: Progress | None = None,
) -> ImportRun:
    """Take the rows of a mended workbook (or CSV) whose cells changed, and return the run.

    A thousand rows are one transaction; the same workbook again takes only what is not in yet.

    The column ``ROW_HEAD`` tells which row is which. Rows that hold already and rows nobody changed are passed over.
    Raises ImportNotFound, DeedNotAllowed, FileFault.
    """
    require(actor, Deed.REGISTER)
    run = access_import(actor, run_id)
    sheet = open_sheet(stream, name)
    if ROW_HEAD not in sheet.columns:
        raise NoHeads(looked=1, needed_zh=ROW_HEAD, needed_en=ROW_HEAD)
    waiting = dict(ImportRow.objects.filter(run=run, mended_at=None).values_list("number", "raw"))
    changed: dict[int, dict[str, str]] = {}
    for row in sheet.rows:
        text = row.cells[ROW_HEAD].strip()
        if not (text.isdigit() and int(text) in waiting):
            continue
        raw = waiting[int(text)]
        cells = {
            head: cell.strip()
            for head, cell in row.cells.items()
            if head != ROW_HEAD and not head.startswith(NOTE_MARK) and cell.strip() != str(raw.get(head, "")).strip()
        }
        if cells:
            changed[int(text)] = cells
    numbers = sorted(changed)
    for at in range(0, len(numbers), BATCH):
        some = {number: changed[number] for number in numbers[at : at + BATCH]}
        run = mend_rows(actor=actor, run_id=run.pk, rows=some, now=now)
        if progress is not None:
            progress(at + len(some), len(numbers))
    return run
