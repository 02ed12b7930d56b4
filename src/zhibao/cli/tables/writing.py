"""Writes hits to a file, whole or not at all. Text that a spreadsheet would take for a formula is written as text.

Knows the columns of HITS and the formats; the rows come sorted.
"""

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from zhibao.cli.errors import FileClosed
from zhibao.cli.machine import file_closed
from zhibao.cli.tables.columns import HITS
from zhibao.cli.tables.errors import TooManyHits, UnknownFormat

EXCEL_ROWS = 1_048_575
EXCEL_TEXT = 32_767  # characters in a cell; a longer text is cut by Excel itself
_GROUP = 50_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class HitRow(NamedTuple):
    """One hit as it is written; ``reasons`` is JSON. Its order is the order of the file."""

    listing_id: str
    start: int
    end: int
    right_id: str
    channel: str
    surface: str
    score: int
    reasons: str


def defused(text: str) -> str:
    """Return a text so that no spreadsheet runs it: with an apostrophe before a sign that begins a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def checked_out(path: str) -> Path:
    """Return the path hits are to be written to; raises UnknownFormat or FileClosed before any work is done."""
    out = Path(path)
    if out.suffix.lower() not in _WRITERS:
        raise UnknownFormat(where=path, path=path, known=" ".join(sorted(_WRITERS)))
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK) or out.is_dir():
        raise FileClosed(
            where=path,
            path=path,
            why_zh="没有这个文件夹，或者不能写进去",
            why_en="no such folder, or it may not be written",
        )
    return out


def write_hits(path: Path, hits: Iterable[HitRow]) -> None:
    """Write sorted hits; the file appears only when all of them are in it. Raises TooManyHits, FileClosed."""
    with _whole(path) as draft:
        _WRITERS[path.suffix.lower()](draft, hits)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise file_closed(str(path), error) from error
    finally:
        draft.unlink(missing_ok=True)


def _cells(hit: HitRow) -> tuple[str, str, str, int, int, str, int, str]:
    return (hit.listing_id, hit.right_id, hit.channel, hit.start, hit.end, hit.surface, hit.score, hit.reasons)


def _write_csv(path: Path, hits: Iterable[HitRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HITS)
        for hit in hits:
            writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in _cells(hit)])


def _write_json_lines(path: Path, hits: Iterable[HitRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for hit in hits:
            record = dict(zip(HITS, _cells(hit), strict=True)) | {"reasons": json.loads(hit.reasons)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_parquet(path: Path, hits: Iterable[HitRow]) -> None:
    kinds = [pa.int32() if name in {"start", "end", "score"} else pa.string() for name in HITS]
    schema = pa.schema(list(zip(HITS, kinds, strict=True)))
    rows = iter(hits)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            columns = list(zip(*map(_cells, group), strict=True))
            arrays = [pa.array(c, kind) for c, kind in zip(columns, kinds, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _write_excel(path: Path, hits: Iterable[HitRow]) -> None:
    # No cell is typed by its looks, and the creation time is fixed: the same hits give the same bytes.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("hits")
        sheet.write_row(0, 0, HITS)
        for number, hit in enumerate(hits, start=1):
            if number > EXCEL_ROWS:
                raise TooManyHits(where=str(path), limit=EXCEL_ROWS)
            for column, cell in enumerate(_cells(hit)):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell[:EXCEL_TEXT])
                else:
                    sheet.write_number(number, column, cell)


_WRITERS: dict[str, Callable[[Path, Iterable[HitRow]], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
    ".parquet": _write_parquet,
    ".xlsx": _write_excel,
}
