"""How much a workbook unpacks to, found by unpacking it: the sizes a zip file states of itself are not believed.

Knows nothing of sheets. Old workbooks (.xls) are no zip files and unpack to nothing more.
"""

import zipfile
import zlib
from pathlib import Path
from typing import IO

_CHUNK = 1 << 20
_LOCAL_HEADER = 30  # bytes before the name; the lengths of name and extra field are its last four


def unpacks_within(path: Path, limit: int) -> bool:
    """Return whether all parts of a zip file together unpack to at most ``limit`` bytes; raises BadZipFile, OSError."""
    if not zipfile.is_zipfile(path):
        return True
    total = 0
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for part in archive.infolist():
            total += _unpacked(file, part, limit - total)
            if total > limit:
                return False
    return True


def _unpacked(file: IO[bytes], part: zipfile.ZipInfo, limit: int) -> int:
    """Return how many bytes a part unpacks to, counting no further than just past ``limit``."""
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if part.compress_type == zipfile.ZIP_STORED:
        return part.compress_size
    machine, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while total <= limit and not machine.eof:
        raw = machine.unconsumed_tail or file.read(_CHUNK)
        if not raw:
            break
        total += len(machine.decompress(raw, _CHUNK))
    return total
