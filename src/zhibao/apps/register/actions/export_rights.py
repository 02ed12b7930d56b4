"""Write rights out as CSV, Excel or JSON Lines, in columns that the import reads again."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import BinaryIO

import xlsxwriter
from django.db.models import QuerySet

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.register.columns import BY_NAME
from zhibao.apps.register.errors import BadFormat
from zhibao.apps.register.limits import EXPORT_EXCEL_ROWS
from zhibao.apps.register.models import Right
from zhibao.apps.register.queries import each_right, right_as_of, rights_with
from zhibao.kernel.money import Fen, to_yuan

COLUMNS = (
    "number", "name", "name_en", "kind", "classes", "goods", "owner", "owner_kind", "owner_uscc", "owner_address", "country",
    "ownership", "size", "status", "since", "until", "applied_on", "granted_on", "watched", "industry", "place", "image",
    "worth",
)  # fmt: skip
FORMATS = ("csv", "xlsx", "jsonl")
Progress = Callable[[int, int | None], None]


def export_rights(
    *,
    actor: Person,
    out: BinaryIO,
    format: str,  # noqa: A002 (the word the command and the page use)
    text: str = "",
    kind: str = "",
    as_of: date,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Write the rights found by ``text`` and ``kind`` to ``out``, with their status on ``as_of``; return how many.

    Heads of CSV and Excel are in the actor's language, JSON Lines has the field names. Raises DeedNotAllowed, BadFormat.
    """
    del now
    require(actor, Deed.EXPORT)
    if format not in FORMATS:
        raise BadFormat(where="format", format=format)
    found = rights_with(text, kind)
    rows = _counted(_rows(found, as_of), found.count() if progress else None, progress)
    heads = [BY_NAME[name].label.say(actor.language) for name in COLUMNS]
    if format == "csv":
        return _csv(out, heads, rows)
    return _jsonl(out, rows) if format == "jsonl" else _excel(out, heads, rows)


def _rows(found: QuerySet[Right], as_of: date) -> Iterator[dict[str, str]]:
    for right in each_right(found):
        on = right_as_of(right, as_of)
        owner = right.owner
        known = on.status not in {"unknown", "not-yet"}
        force = next((p for p in right.periods.all() if p.status == "in-force"), None)
        worth = right.details.get("worth_fen")
        yield {
            "number": right.number,
            "name": right.name,
            "name_en": right.name_en,
            "kind": right.kind,
            "classes": ",".join(map(str, right.classes)),
            "goods": right.goods,
            "owner": owner.name,
            "owner_kind": owner.kind,
            "owner_uscc": owner.uscc,
            "owner_address": owner.address,
            "country": owner.country,
            "ownership": owner.ownership,
            "size": owner.size,
            "status": on.status if known else "",
            "since": _day(force.from_day if force else on.since),
            "until": _day(force.to_day if force else on.until),
            "applied_on": _day(right.applied_on),
            "granted_on": _day(right.granted_on),
            "watched": "是" if right.watched else "否",
            "industry": right.industry,
            "place": right.place,
            "image": right.image_sha256,
            "worth": "" if worth is None else to_yuan(Fen(worth)),
        }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _counted(rows: Iterator[dict[str, str]], total: int | None, progress: Progress | None) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows, 1):
        if progress and number % 1000 == 0:
            progress(number, total)
        yield row


def _tame(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula; the import takes the mark away again."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _csv(out: BinaryIO, heads: list[str], rows: Iterable[dict[str, str]]) -> int:
    # With the mark, because Excel reads UTF-8 without one as the machine's own encoding.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    count = 0
    for row in rows:
        writer.writerow([_tame(row[name]) for name in COLUMNS])
        count += 1
    text.flush()
    text.detach()
    return count


def _jsonl(out: BinaryIO, rows: Iterable[dict[str, str]]) -> int:
    count = 0
    for row in rows:
        told = {name: value for name, value in row.items() if value}
        out.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _excel(out: BinaryIO, heads: list[str], rows: Iterable[dict[str, str]]) -> int:
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("权利 Rights")
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    count = 0
    for count, row in enumerate(islice(rows, EXPORT_EXCEL_ROWS), 1):
        for column, name in enumerate(COLUMNS):
            if row[name]:
                sheet.write_string(count, column, row[name])
    book.close()
    return count
