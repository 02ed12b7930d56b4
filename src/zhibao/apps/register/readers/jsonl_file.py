"""JSON Lines: one object a line, as our own export writes it."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from zhibao.apps.register.columns import FIELDS
from zhibao.apps.register.errors import BrokenJson, LineNotJson
from zhibao.apps.register.readers.csv_file import encoding_of
from zhibao.apps.register.readers.sheet import RawRow, Sheet

HOPELESS = 20  # so many bad lines and not one good before them: it is another kind of file
SHOWN = 60  # characters of a bad line that its fault quotes


def read_jsonl(stream: BinaryIO, name: str) -> Sheet:
    """Return a JSON Lines file as a sheet; a bad line is a row with a fault. Raises FileNotText, BrokenJson."""
    encoding = encoding_of(stream, name)
    stream.seek(0)
    return Sheet("jsonl", tuple(field.name for field in FIELDS), _rows(stream, encoding), encoding=encoding)


def _rows(stream: BinaryIO, encoding: str) -> Iterator[RawRow]:
    text = io.TextIOWrapper(stream, encoding=encoding)
    bad: list[RawRow] = []  # held back until a good line shows that the others are worth reporting
    hopeful = False
    try:
        for number, line in enumerate(text, 1):
            row = _row(number, line) if line.strip() else None
            if row is None:
                continue
            if row.fault is not None and not hopeful:
                bad.append(row)
                if len(bad) >= HOPELESS:
                    raise BrokenJson(lines=len(bad))
                continue
            if row.fault is None and not hopeful:
                hopeful = True
                yield from bad
            yield row
        if not hopeful:
            yield from bad
    finally:
        text.detach()


def _row(number: int, line: str) -> RawRow:
    cells = _cells(line)
    if cells is None:
        shown = line.strip()
        seen = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        return RawRow(number, {}, fault=LineNotJson(seen=seen))
    return RawRow(number, cells)


def _cells(line: str) -> dict[str, str] | None:
    """Return the object of a line as cells, None where it is none or could not be kept."""
    try:
        found = json.loads(line)
        # Half of a character beyond U+FFFF (an escape without its other half) fits in no database.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or any(isinstance(value, dict) for value in found.values()):
        return None
    return {key.replace("\x00", ""): _text(value) for key, value in found.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("\x00", " ")  # PostgreSQL keeps no null character, not even in JSON
