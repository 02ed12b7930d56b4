"""Fill empty tables with the rows a backup holds."""

import base64
import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from zhibao.apps.work.tables import Table, kept_tables

BATCH = 1000


def filled_tables() -> list[str]:
    """Return the kept tables that hold rows; a restore wants none."""
    return [table.label for table in kept_tables() if table.rows.exists()]


def load_tables(lines: Mapping[str, Iterable[bytes]]) -> Mapping[str, int]:
    """Write all rows in one transaction, and return how many each table got; either all stand or none.

    ``lines`` are those of ``dump_tables``, by the tables' labels.
    """
    counts: dict[str, int] = {}
    tables = list(kept_tables())
    with transaction.atomic():
        for table in tables:
            counts[table.label] = _fill(table, iter(lines[table.label])) if table.label in lines else 0
        _set_sequences([table.model for table in tables])
    return counts


def _fill(table: Table, lines: Iterable[bytes]) -> int:
    count = 0
    while batch := list(islice(lines, BATCH)):
        rows = (json.loads(line) for line in batch)
        made = [table.model(**{name: _value(table.fields[name], held) for name, held in row.items()}) for row in rows]
        table.rows.bulk_create(made)
        count += len(made)
    return count


def _value(field: "models.Field[Any, Any]", held: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return base64.b64decode(held)
    return held if isinstance(field, models.JSONField) else field.to_python(held)


def _set_sequences(filled: list[type[models.Model]]) -> None:
    """Let PostgreSQL go on counting after the highest number restored; SQLite does so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)
