"""JSON Lines: one object a line, as our own export writes it."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from zhibao.apps.register.columns import FIELDS
from zhibao.apps.register.errors import BrokenJson
from zhibao.apps.register.readers.csv_file import encoding_of
from zhibao.apps.register.readers.sheet import RawRow, Sheet


def read_jsonl(stream: BinaryIO, name: str) -> Sheet:
    """Return a JSON Lines file as a sheet. Raises FileNotText, BrokenJson."""
    encoding = encoding_of(stream, name)
    stream.seek(0)
    return Sheet("jsonl", tuple(field.name for field in FIELDS), _rows(stream, encoding), encoding=encoding)


def _rows(stream: BinaryIO, encoding: str) -> Iterator[RawRow]:
    text = io.TextIOWrapper(stream, encoding=encoding)
    try:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield RawRow(number, _cells(line, number))
    finally:
        text.detach()


def _cells(line: str, number: int) -> dict[str, str]:
    try:
        found = json.loads(line)
        # Half of a character beyond U+FFFF (an escape without its other half) fits in no database.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BrokenJson(line=number) from None
    if not isinstance(found, dict):
        raise BrokenJson(line=number)
    if any(isinstance(value, dict) for value in found.values()):
        raise BrokenJson(line=number)
    return {key.replace("\x00", ""): _text(value) for key, value in found.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("\x00", " ")  # PostgreSQL keeps no null character, not even in JSON
