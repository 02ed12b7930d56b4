"""Bring a file of rights into the register, row by row; what holds is kept, what does not is kept to be mended."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import BinaryIO, cast

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.columns import fields_of
from zhibao.apps.register.errors import (
    FileEmpty,
    FileFault,
    FileTooBig,
    RowFault,
    RowTwice,
    TooManyBadRows,
    TooManyRows,
)
from zhibao.apps.register.law import kinds_of_right, require_kind
from zhibao.apps.register.limits import BAD_ROWS, BATCH, EOF_CHUNK, FILE, MEGABYTE, ROWS, SPOOL
from zhibao.apps.register.models import ImportRow, ImportRun
from zhibao.apps.register.newcomers import NewRight
from zhibao.apps.register.readers.sheet import RawRow, Sheet
from zhibao.apps.register.readers.sniff import open_sheet
from zhibao.apps.register.rows import Frame, problem_of
from zhibao.apps.register.seen import SeenNumbers
from zhibao.apps.register.store import Outcome, put_rights

Progress = Callable[[int, int | None], None]  # rows done, rows in all where the file tells


def import_file(
    *,
    actor: Person,
    name: str,
    stream: BinaryIO,
    now: datetime,
    kind: str = "trademark",
    progress: Progress | None = None,
) -> ImportRun:
    """Bring in a file and return its run: counts, and rows to mend under ``bad_rows``.

    Each batch of rows is one transaction, so a run that is cut off leaves whole batches; the same file again changes
    nothing. A fault of the whole file is kept on the run; it is raised too when not one row was read. Raises
    DeedNotAllowed, CellBadKind, FileFault.
    """
    require(actor, Deed.REGISTER)
    require_kind(kind)
    began = monotonic()
    with SpooledTemporaryFile(max_size=SPOOL) as spooled:
        spool = cast("BinaryIO", spooled)
        digest = _spool(stream, spool)
        run = ImportRun.objects.create(
            organ=actor.organ,
            by=actor,
            file_name=name[-200:],
            sha256=digest,
            started_at=now,
            alive_at=now,
            kind=kind,
        )
        fault = None
        try:
            _read(run, spool, progress, lambda: now + timedelta(seconds=monotonic() - began))
        except FileFault as found:
            found.where = found.where or name
            fault = found
    run.state = "failed" if fault else "done"
    run.problem = problem_of(fault) if fault else None
    run.ended_at = now + timedelta(seconds=monotonic() - began)
    run.save()
    if fault and not run.rows:
        raise fault
    return run


def _spool(stream: BinaryIO, spool: BinaryIO) -> str:
    """Copy the upload to where it can be read twice, and return its SHA-256. Raises FileTooBig."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(EOF_CHUNK):
        size += len(chunk)
        if size > FILE:
            raise FileTooBig(size=size // MEGABYTE, limit=FILE // MEGABYTE)
        digest.update(chunk)
        spool.write(chunk)
    return digest.hexdigest()


def _read(run: ImportRun, spool: BinaryIO, progress: Progress | None, clock: Callable[[], datetime]) -> None:
    sheet = open_sheet(spool, run.file_name)
    run.format, run.encoding, run.columns = sheet.format, sheet.encoding, list(sheet.columns)
    intake = _Intake(run, sheet, clock)
    try:
        for raw in sheet.rows:
            intake.take(raw)
            if progress and run.rows % BATCH == 0:
                progress(run.rows, sheet.total)
    finally:
        # A file that breaks off keeps what came before the break.
        intake.flush()
        intake.seen.close()
        if progress:
            progress(run.rows, sheet.total)
    if not run.rows:
        raise FileEmpty


class _Intake:
    """One file's rows on their way in: gathered to batches, each stored in one transaction."""

    def __init__(self, run: ImportRun, sheet: Sheet, clock: Callable[[], datetime]) -> None:
        self.run = run
        self.clock = clock
        fields = {sheet.columns[place]: name for place, name in fields_of(sheet.columns).items()}
        self.frame = Frame(fields, kinds_of_right(), run.kind)
        self.seen = SeenNumbers()
        self.good: list[tuple[RawRow, NewRight]] = []
        self.bad: list[tuple[RawRow, list[RowFault]]] = []

    def take(self, raw: RawRow) -> None:
        """Read one row; raises TooManyRows, TooManyBadRows."""
        if self.run.rows >= ROWS:
            raise TooManyRows(limit=ROWS)
        if self.run.bad + len(self.bad) >= BAD_ROWS:
            raise TooManyBadRows(limit=BAD_ROWS, row=raw.number)
        self.run.rows += 1
        right, faults = (None, [raw.fault]) if raw.fault else self.frame.read(raw.cells, raw.extra)
        if right is not None:
            first = self.seen.first_row(right.kind, right.number, raw.number)
            if first is not None:
                faults = [RowTwice(where=self._head("number"), first=first)]
        if right is None or faults:
            self.bad.append((raw, faults))
        else:
            self.good.append((raw, right))
        if len(self.good) + len(self.bad) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what was gathered, in one transaction."""
        with transaction.atomic():
            puts = put_rights([right for _, right in self.good])
            for (raw, _), put in zip(self.good, puts, strict=True):
                if put.fault is not None:
                    put.fault.where = self._head("number")
                    self.bad.append((raw, [put.fault]))
                elif put.outcome is Outcome.MADE:
                    self.run.made += 1
                elif put.outcome is Outcome.CHANGED:
                    self.run.changed += 1
                else:
                    self.run.same += 1
            ImportRow.objects.bulk_create(
                ImportRow(
                    run=self.run, number=raw.number, raw=dict(raw.cells), problems=[problem_of(f) for f in faults]
                )
                for raw, faults in self.bad
            )
            self.run.bad += len(self.bad)
            self.run.alive_at = self.clock()
            self.run.save()
        self.good, self.bad = [], []

    def _head(self, field: str) -> str:
        return next((head for head, name in self.frame.fields.items() if name == field), field)
