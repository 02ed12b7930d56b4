"""Which reader a file needs, told from its first bytes; its name is only a hint and may lie."""

import re
from typing import BinaryIO

from zhibao.apps.register.errors import FileEmpty, FileIsHtml, FileUnknown
from zhibao.apps.register.readers.csv_file import read_csv
from zhibao.apps.register.readers.excel_file import read_excel
from zhibao.apps.register.readers.jsonl_file import read_jsonl
from zhibao.apps.register.readers.sheet import Sheet
from zhibao.apps.register.readers.st96_file import read_st96

_LOOK = 4096
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97 to 2003
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|script|div|style)\b", re.IGNORECASE)
_REFUSED = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"PAR1",
    b"SQLite",
)


def open_sheet(stream: BinaryIO, name: str) -> Sheet:
    """Return the file as a sheet. Raises FileEmpty, FileIsHtml, FileUnknown and the readers' own FileFaults."""
    stream.seek(0)
    start = stream.read(_LOOK)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileEmpty
    if start.startswith((_ZIP, _OLE)):
        return read_excel(stream, name)
    if start.startswith(_REFUSED):
        raise FileUnknown(name=name)
    plain = start.replace(b"\x00", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start
    plain = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<"):
        if _HTML.search(plain):
            raise FileIsHtml(name=name)
        return read_st96(stream, name)
    if plain.startswith(b"{"):
        return read_jsonl(stream, name)
    return read_csv(stream, name)
