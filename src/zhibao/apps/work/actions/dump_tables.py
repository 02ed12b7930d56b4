"""Write every row of every table, as JSON lines, as of one moment. For backups; the same lines fit either database."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from zhibao.apps.work.tables import Table, kept_tables

CHUNK = 2000  # rows read at once
Sink = Callable[[str], AbstractContextManager[IO[bytes]]]
Row = dict[str, Any]


def dump_tables(sink: Sink) -> Mapping[str, int]:
    """Write each table through ``sink(label)`` and return how many rows each has, all as of one moment."""
    counts: dict[str, int] = {}
    outermost = not connection.in_atomic_block  # within a caller's transaction, the caller's isolation stands
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in kept_tables():
            counts[table.label] = 0
            with sink(table.label) as file:
                for row in _rows(table):
                    file.write(json.dumps(row, cls=_Encoder, ensure_ascii=False).encode() + b"\n")
                    counts[table.label] += 1
    return counts


def _rows(table: Table) -> Iterable[Row]:
    names = list(table.fields)
    rows = table.rows.order_by("pk").values_list(*names)
    return (dict(zip(names, row, strict=True)) for row in rows.iterator(CHUNK))


class _Encoder(DjangoJSONEncoder):
    """Django's own forms of dates and ids, to the microsecond, and bytes in base64."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return base64.b64encode(bytes(o)).decode("ascii")
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
