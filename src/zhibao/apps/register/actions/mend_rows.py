"""Take rows of an import again after they were mended; the others are not touched."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.access import access_import
from zhibao.apps.register.columns import field_of
from zhibao.apps.register.errors import RowFault, RowNotBad, RowTwice
from zhibao.apps.register.law import kinds_of_right
from zhibao.apps.register.limits import BATCH
from zhibao.apps.register.models import ImportRow, ImportRun
from zhibao.apps.register.newcomers import NewRight
from zhibao.apps.register.rows import Frame, problem_of
from zhibao.apps.register.store import Outcome, put_rights


def mend_rows(
    *, actor: Person, run_id: uuid.UUID | str, rows: Mapping[int, Mapping[str, str]], now: datetime
) -> ImportRun:
    """Take mended rows and return the run.

    ``rows`` gives, by row number, the cells that changed by column head (columns the file did not have may be added). A
    row that holds now is stored and marked; one that does not keeps its new cells and new faults. All in one
    transaction. Raises ImportNotFound, RowNotBad, DeedNotAllowed.
    """
    require(actor, Deed.REGISTER)
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=access_import(actor, run_id).pk)
        numbers = sorted(rows)
        for at in range(0, len(numbers), BATCH):
            _mend(run, {number: rows[number] for number in numbers[at : at + BATCH]}, now)
        run.save()
    return run


def _mend(run: ImportRun, rows: Mapping[int, Mapping[str, str]], now: datetime) -> None:
    kept = {row.number: row for row in ImportRow.objects.filter(run=run, number__in=list(rows), mended_at=None)}
    frame = _frame(run, [head for cells in rows.values() for head in cells])
    good: list[tuple[ImportRow, NewRight]] = []
    taken: dict[tuple[str, str], int] = {}
    for number, cells in rows.items():
        row = kept.get(number)
        if row is None:
            raise RowNotBad(number=number)
        right, faults = _again(frame, row, cells)
        if right is not None:
            first = taken.setdefault((right.kind, right.number), number)
            faults = [RowTwice(first=first)] if first != number else faults
        if right is None or faults:
            row.problems = [problem_of(fault) for fault in faults]
        else:
            good.append((row, right))
    for (row, _), put in zip(good, put_rights([right for _, right in good]), strict=True):
        if put.fault is not None:
            row.problems = [problem_of(put.fault)]
            continue
        row.mended_at = now
        run.bad -= 1
        run.made += put.outcome is Outcome.MADE
        run.changed += put.outcome is Outcome.CHANGED
        run.same += put.outcome is Outcome.SAME
    ImportRow.objects.bulk_update(kept.values(), ["raw", "problems", "mended_at"], batch_size=200)


def _frame(run: ImportRun, new_heads: list[str]) -> Frame:
    heads = dict.fromkeys([*run.columns, *new_heads])
    fields = {name: head for head in reversed(heads) if (name := field_of(head))}
    return Frame({head: name for name, head in fields.items()}, kinds_of_right(), run.kind)


def _again(frame: Frame, row: ImportRow, cells: Mapping[str, str]) -> tuple[NewRight | None, list[RowFault]]:
    """Read a row with its changed cells. A number that stood twice and was not changed still stands twice."""
    before, _ = frame.read(row.raw)
    row.raw = {**row.raw, **{head: cell.strip() for head, cell in cells.items()}}
    right, faults = frame.read(row.raw)
    twice = next((problem for problem in row.problems if problem["code"] == RowTwice.code), None)
    if right and before and twice and (right.kind, right.number) == (before.kind, before.number):
        return None, [RowTwice(where=twice["column"], first=twice["data"]["first"])]
    return right, faults
