"""Stored events as the mirror reads them: the columns it needs, without a model or an event made of each row.

Knows both databases' way of writing a time and an id; nothing of what is made of the rows.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.db import connection

from zhibao.docket.columns.events import Row

_EVENTS = (
    "SELECT (extract(epoch FROM at) * 1000000)::bigint, kind, data::text, proceeding_id::text, organ_id, matter_id::text, seq"
    " FROM cases_event WHERE matter_id = ANY(%s) ORDER BY matter_id, seq"
)
_EVENTS_SQLITE = (
    "SELECT CAST(at AS text), kind, data, proceeding_id, organ_id, matter_id, seq"
    " FROM cases_event WHERE matter_id IN (SELECT value FROM json_each(%s)) ORDER BY matter_id, seq"
)
_PROCEDURES = "SELECT id::text, procedure FROM cases_proceeding WHERE matter_id = ANY(%s)"
_PROCEDURES_SQLITE = "SELECT id, procedure FROM cases_proceeding WHERE matter_id IN (SELECT value FROM json_each(%s))"


@dataclass(slots=True)
class MatterRows:
    """The rows of a matter in the order recorded, and the number of the last."""

    rows: list[Row] = field(default_factory=list)
    seq: int = 0


def rows_of_many(matters: Sequence[UUID]) -> tuple[dict[UUID, MatterRows], dict[str, str]]:
    """Return the rows of each matter, and the procedure of each of their proceedings; two queries for all."""
    text = str if connection.vendor == "postgresql" else _hex
    found = {text(matter): MatterRows() for matter in matters}
    rows, procedures = _read(matters)
    if not rows:
        return {matter: found[text(matter)] for matter in matters}, {}
    at, kind, data, proceeding, organ, matter_of, seqs = zip(*rows, strict=True)
    names = {one: str(UUID(one)) for one in dict(procedures)}
    places = (names.get(one, "") for one in proceeding)
    for row, key, seq in zip(zip(_moments(at), kind, data, places, organ, strict=True), matter_of, seqs, strict=True):
        one = found[key]
        one.rows.append(row)  # type: ignore[arg-type]  # a plain tuple: making a named one of each costs as much as reading it
        one.seq = seq
    return {matter: found[text(matter)] for matter in matters}, {names[one]: name for one, name in procedures}


def _read(matters: Sequence[UUID]) -> tuple[list[tuple[object, ...]], list[tuple[str, str]]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_EVENTS, (list(matters),))
            rows = cursor.fetchall()
            cursor.execute(_PROCEDURES, (list(matters),))
        else:
            keys = json.dumps([_hex(matter) for matter in matters])
            cursor.execute(_EVENTS_SQLITE, (keys,))
            rows = cursor.fetchall()
            cursor.execute(_PROCEDURES_SQLITE, (keys,))
        return rows, cursor.fetchall()


def _moments(given: Iterable[object]) -> list[int]:
    """Return microseconds since 1970 UTC; SQLite has them as text without an offset, here not made moments one by one."""
    listed = list(given)
    if connection.vendor == "postgresql":
        return listed  # type: ignore[return-value]
    read: list[int] = np.array(listed, dtype="datetime64[us]").astype(np.int64).tolist()
    return read


def _hex(matter: UUID) -> str:
    return matter.hex
