"""Excel workbooks: the first sheet that holds rows, merged cells filled, numbers and dates as a person reads them.

Knows nothing of formulas: what Excel last showed is what is read.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from zhibao.apps.register.errors import ArchiveBomb, BrokenArchive, FileEmpty, SheetTooLarge
from zhibao.apps.register.limits import EOF_CHUNK, EXCEL_PARTS, EXCEL_UNPACKED, MEGABYTE, SHEET_CELLS
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
        raise BrokenArchive(where=name, why_zh="结构坏了", why_en=f"its structure is broken ({error})") from None
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
    merged: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        merged.setdefault(top, []).append((bottom, left - first, right - first))
    open_: list[tuple[int, range, str]] = []  # merged cells that reach down to this row: last row, columns, value
    for place, cells in enumerate(sheet.iter_rows()):
        row = [as_text(cell) for cell in cells]
        open_ = [piece for piece in open_ if piece[0] >= place]
        for bottom, left, right in merged.get(place, ()):
            if 0 <= left < len(row):
                open_.append((bottom, range(left, min(right + 1, len(row))), row[left]))
        for _, columns, value in open_:
            for column in columns:
                row[column] = row[column] or value
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
    """Unpack every part of a workbook, counting and keeping nothing; raise ArchiveBomb or SheetTooLarge past a limit.

    Sizes are counted, not believed: a directory may lie about them.
    """
    bomb = ArchiveBomb(limit=EXCEL_UNPACKED // MEGABYTE)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise BrokenArchive(why_zh="里面没有 .xlsx 的工作簿", why_en="it holds no .xlsx workbook")
            if len(parts) > EXCEL_PARTS or sum(part.file_size for part in parts) > EXCEL_UNPACKED:
                raise bomb
            left = EXCEL_UNPACKED
            for part in parts:
                extent, size = Extent(), 0
                for chunk in _unpacked(stream, part, left):
                    size += len(chunk)
                    extent.look(chunk)
                if size != part.file_size:
                    raise bomb
                extent.refuse_too_large()
                left -= size
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise BrokenArchive(why_zh="结构坏了", why_en=f"its structure is broken ({error})") from None


def _unpacked(stream: BinaryIO, part: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """Yield what a part unpacks to, and stop past ``limit`` bytes; nothing for a part packed in an odd way."""
    stream.seek(part.header_offset)
    header = stream.read(_LOCAL_HEADER)
    name, extra = struct.unpack("<HH", header[26:30])
    stream.seek(part.header_offset + _LOCAL_HEADER + name + extra)
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return
    inflater = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left, given = part.compress_size, 0
    while left and given <= limit:
        packed = stream.read(min(EOF_CHUNK, left))
        if not packed:
            return
        left -= len(packed)
        while packed and given <= limit:
            chunk = inflater.decompress(packed, EOF_CHUNK) if inflater else packed
            packed = inflater.unconsumed_tail if inflater else b""
            given += len(chunk)
            yield chunk


class Extent:
    """How far the cells of a sheet reach, told from the XML as it streams by.

    The reader makes room for every cell between the first and the last: two cells in opposite corners of a sheet of 5 kB would
    ask for 500 GB. So reach is judged before the reader sees the file, and what hides it is refused.
    """

    _CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
    _PLACE = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
    _OVERLAP = 200  # bytes; a cell's opening tag is shorter

    def __init__(self) -> None:
        self.cells = self.places = self.row = self.column = 0
        self._rest = b""

    def look(self, chunk: bytes) -> None:
        """Take in the next piece of the part."""
        text = self._rest + chunk
        # What may be half a tag is looked at again with the next piece.
        cut = text.rfind(b"<", max(0, len(text) - self._OVERLAP))
        text, self._rest = (text[:cut], text[cut:]) if cut >= 0 else (text, b"")
        self._count(text)

    def refuse_too_large(self) -> None:
        """Raise SheetTooLarge when the rectangle of all cells is larger than the reader may make room for."""
        self._count(self._rest)
        hidden = self.cells != self.places
        if hidden or self.row * self.column > SHEET_CELLS:
            raise SheetTooLarge(rows=self.row, columns=self.column)

    def _count(self, text: bytes) -> None:
        self.cells += len(self._CELL.findall(text))
        for letters, digits in self._PLACE.findall(text):
            self.places += 1
            self.row = max(self.row, int(digits))
            self.column = max(self.column, _column(letters))


@cache
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
