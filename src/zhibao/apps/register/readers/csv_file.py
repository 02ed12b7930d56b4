"""CSV in the encodings offices use: UTF-8 with or without mark, UTF-16 with mark, GB 18030 without any.

The encoding is told from the whole file's bytes, not from its first lines: a list may hold its first Chinese character
on row ten thousand.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from zhibao.apps.register.errors import BrokenTable, FileNotText
from zhibao.apps.register.limits import CELL, EOF_CHUNK
from zhibao.apps.register.readers.heads import Numbered, cut
from zhibao.apps.register.readers.sheet import Sheet

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",\t;"


def read_csv(stream: BinaryIO, name: str) -> Sheet:
    """Return a CSV file as a sheet; ``stream`` can be rewound. Raises FileFaults."""
    encoding = encoding_of(stream, name)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    first = text.readline()
    text.seek(0)
    # csv counts characters of one cell: an unclosed quotation mark would otherwise swallow the rest of the file.
    csv.field_size_limit(CELL)
    rows = csv.reader(text, delimiter=max(_DELIMITERS, key=first.count), strict=True)
    columns, below = cut(_numbered(rows, text))
    return Sheet("csv", columns, below, encoding=encoding)


def _numbered(rows: Iterator[list[str]], text: io.TextIOWrapper) -> Iterator[Numbered]:
    """Count records, as a spreadsheet does: a cell with line breaks inside is still one row."""
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield number, row
    except csv.Error:
        raise BrokenTable(line=number + 1) from None
    finally:
        text.detach()  # the stream belongs to the caller


def encoding_of(stream: BinaryIO, name: str) -> str:
    """Return the encoding in which every byte of the file makes sense. Raises FileNotText."""
    stream.seek(0)
    start = stream.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    utf8 = _broken_at(stream, "utf-8")
    if utf8 is None:
        return "utf-8"
    gb18030 = _broken_at(stream, "gb18030")
    if gb18030 is None:
        return "gb18030"
    # The encoding that makes sense for longer is the one it was meant to be.
    raise FileNotText(name=name, line=max(utf8, gb18030))


def _broken_at(stream: BinaryIO, encoding: str) -> int | None:
    """Return near which line the bytes are not of this encoding, or None."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        while chunk := stream.read(EOF_CHUNK):
            text = decoder.decode(chunk)
            if "\x00" in text:
                return line + text[: text.index("\x00")].count("\n")
            line += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object[: error.start].count(b"\n")
    return None
