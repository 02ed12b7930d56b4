"""Excel workbooks: the first sheet that holds rows, merged cells filled, numbers and dates as a person reads them.

Knows nothing of formulas: what Excel last showed is what is read.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from zhibao.apps.register.errors import ArchiveBomb, BrokenArchive, FileEmpty
from zhibao.apps.register.limits import EOF_CHUNK, EXCEL_PARTS, EXCEL_UNPACKED, MEGABYTE
from zhibao.apps.register.readers.heads import Numbered, cut
from zhibao.apps.register.readers.sheet import Sheet

Cell = int | float | str | bool | time | date | datetime | timedelta
_LOCAL_HEADER = 30  # bytes before the name (APPNOTE 4.3.7)


def read_excel(stream: BinaryIO, name: str) -> Sheet:
    """Return a workbook's first filled sheet. Raises ArchiveBomb, BrokenArchive and the faults of heads."""
    stream.seek(0)
    if stream.read(4) == b"PK\x03\x04":
        refuse_bomb(stream)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        sheet = _filled(book)
    except PasswordError:
        raise BrokenArchive(where=name, why_zh="有密码", why_en="it has a password") from None
    except (CalamineError, ZipError) as error:
        raise BrokenArchive(
            where=name, why_zh=f"结构坏了（{error}）", why_en=f"its structure is broken ({error})"
        ) from None
    columns, below = cut(_rows(sheet))
    return Sheet("excel", columns, below, total=max(sheet.total_height - 1, 0))


def _filled(book: CalamineWorkbook) -> CalamineSheet:
    for meta in book.sheets_metadata:
        if meta.visible == SheetVisibleEnum.Visible:
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.height:
                return sheet
    raise FileEmpty


def _rows(sheet: CalamineSheet) -> Iterator[Numbered]:
    """Number rows as Excel does. A merged cell's value stands in all its cells, as its reader sees it."""
    first = (sheet.start or (0, 0))[1]  # rows are given from the top of the sheet, columns from the first filled one
    merged = {
        (top, left - first): (bottom, right - first) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    }
    below: dict[int, list[tuple[int, str]]] = {}
    for place, cells in enumerate(sheet.iter_rows()):
        row = [as_text(cell) for cell in cells]
        for column, value in below.pop(place, ()):
            row[column] = row[column] or value
        for column in range(len(row)):
            bottom, right = merged.get((place, column), (place, column))
            columns = range(column, min(right + 1, len(row)))
            row[column : columns.stop] = [row[column]] * len(columns)
            for deeper in range(place + 1, bottom + 1):
                below.setdefault(deeper, []).extend((each, row[column]) for each in columns)
        yield place + 1, row


def as_text(cell: Cell) -> str:
    """Return a cell as a person reads it: a whole number without its ".0", a day in ISO form."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def refuse_bomb(stream: BinaryIO) -> None:
    """Unpack every part of a zip, counting and keeping nothing; raise ArchiveBomb past the limit.

    Sizes are counted, not believed: a directory may lie about them.
    """
    bomb = ArchiveBomb(limit=EXCEL_UNPACKED // MEGABYTE)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            if len(parts) > EXCEL_PARTS or sum(part.file_size for part in parts) > EXCEL_UNPACKED:
                raise bomb
            left = EXCEL_UNPACKED
            for part in parts:
                size = _unpacked(stream, part, left)
                if size is None or size != part.file_size:
                    raise bomb
                left -= size
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise BrokenArchive(why_zh=f"结构坏了（{error}）", why_en=f"its structure is broken ({error})") from None


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo, limit: int) -> int | None:
    """Return the bytes a part unpacks to, or None when there are more than ``limit`` or it is packed in an odd way."""
    stream.seek(part.header_offset)
    header = stream.read(_LOCAL_HEADER)
    name, extra = struct.unpack("<HH", header[26:30])
    stream.seek(part.header_offset + _LOCAL_HEADER + name + extra)
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size if part.compress_size <= limit else None
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return None
    inflater = zlib.decompressobj(-15)
    size, left = 0, part.compress_size
    while left and not inflater.eof:
        chunk = stream.read(min(EOF_CHUNK, left))
        if not chunk:
            return None
        left -= len(chunk)
        while chunk:
            size += len(inflater.decompress(chunk, EOF_CHUNK))
            if size > limit:
                return None
            chunk = inflater.unconsumed_tail
    return size
