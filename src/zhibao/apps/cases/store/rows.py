"""Events and heads as rows: the statements an append is made of, by hand, because every event pays for them.

Knows both databases' way of writing a time, an id and JSON as Django reads them back; knows nothing of law or people.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from psycopg import Connection, Cursor

from zhibao.docket.events import Event

COLUMNS = {
    "matter_id": "uuid",
    "seq": "integer",
    "proceeding_id": "uuid",
    "kind": "text",
    "at": "timestamptz",
    "recorded_at": "timestamptz",
    "organ_id": "text",
    "actor_id": "bigint",
    "data": "jsonb",
    "exhibits": "jsonb",
    "law_pack": "text",
    "prev": "text",
    "hash": "text",
}
# Names of our own only go into these texts; what is written goes as parameters.
_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_INSERT = f"INSERT INTO cases_event ({_NAMES})"
_INSERT_VALUES = f"{_INSERT} VALUES ({', '.join(['%s'] * len(COLUMNS))})"
_MOVE = "UPDATE cases_matter SET head_seq = %s, head_hash = %s WHERE id = %s AND head_seq = %s AND head_hash = %s"
_INSERT_SQLITE, _MOVE_SQLITE = _INSERT_VALUES.replace("%s", "?"), _MOVE.replace("%s", "?")
# PostgreSQL takes all rows of a batch as one JSON text, whatever their number: one parameter, one plan, one round trip.
_TYPED = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
_INSERT_JSON = f"{_INSERT} SELECT {_NAMES} FROM json_to_recordset(%s::json) AS given({_TYPED})"  # noqa: S608
_MOVE_AND_INSERT = f"WITH moved AS ({_MOVE} RETURNING id) {_INSERT_JSON} WHERE EXISTS (SELECT 1 FROM moved)"  # noqa: S608
_MOVE_JSON = (
    "UPDATE cases_matter SET head_seq = given.head_seq, head_hash = given.head_hash"
    " FROM json_to_recordset(%s::json) AS given(id uuid, head_seq integer, head_hash text)"
    " WHERE cases_matter.id = given.id"
)
_HEADS = "SELECT id, head_seq, head_hash FROM cases_matter WHERE id = ANY(%s) ORDER BY id"
_HEADS_HELD = f"{_HEADS} FOR UPDATE"
_HEADS_SQLITE = "SELECT id, head_seq, head_hash FROM cases_matter WHERE id IN (SELECT value FROM json_each(%s))"


class Head(NamedTuple):
    """The last event of a matter: its number and its hash; 0 and empty before the first."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Addition:
    """Events that go after ``seen``, the head they were joined to, with the canonical JSON of each one's data."""

    matter_id: UUID
    seen: Head
    events: tuple[Event, ...]
    data: tuple[str, ...]

    @property
    def head(self) -> Head:
        """The head once they are written."""
        return Head(self.events[-1].seq, self.events[-1].hash)


def put(addition: Addition) -> bool:
    """Move the head from what was seen and insert the events, both or neither; False if the head is another by now.

    Outside of a transaction this is one of its own. It then speaks to the driver itself: Django's own way to a cursor
    and back costs as much again as all the rest.
    """
    here = connections[DEFAULT_DB_ALIAS]  # asked once: ``connection`` looks it up at every mention
    if here.in_atomic_block:
        return _put_within(addition)
    here.ensure_connection()
    with here.wrap_database_errors:
        if here.vendor == "postgresql":
            return _put_postgresql(here.connection, addition)
        return _put_sqlite(here.connection, addition)


def _put_within(addition: Addition) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MOVE, (*addition.head, _key(addition.matter_id), *addition.seen))
        if not cursor.rowcount:
            return False
        _insert(cursor, [addition])
    return True


def _put_sqlite(driver: sqlite3.Connection, addition: Addition) -> bool:
    driver.execute("BEGIN IMMEDIATE")
    try:
        move = (*addition.head, addition.matter_id.hex, *addition.seen)
        if not driver.execute(_MOVE_SQLITE, move).rowcount:
            driver.rollback()
            return False
        for pair in _pairs(addition):
            driver.execute(_INSERT_SQLITE, _values(addition.matter_id.hex, *pair))
        driver.commit()
    except BaseException:
        driver.rollback()
        raise
    return True


def _put_postgresql(driver: "Connection[Any]", addition: Addition) -> bool:
    """One statement, and so one transaction and one round trip."""
    move = (*addition.head, addition.matter_id, *addition.seen)
    return bool(Cursor(driver).execute(_MOVE_AND_INSERT, (*move, _as_json([addition]))).rowcount)


def put_all(additions: Sequence[Addition]) -> None:
    """Move the heads and insert the events of a batch, inside the caller's transaction, which holds the heads.

    A matter stands in it once at most.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            heads = [
                {"id": str(one.matter_id), "head_seq": one.head.seq, "head_hash": one.head.hash} for one in additions
            ]
            cursor.execute(_MOVE_JSON, (json.dumps(heads),))
        else:
            cursor.executemany(_MOVE, [(*one.head, _key(one.matter_id), *one.seen) for one in additions])
        _insert(cursor, additions)


def insert_events(additions: Sequence[Addition]) -> None:
    """Insert the events alone: their matters are new and written with their heads."""
    with connection.cursor() as cursor:
        _insert(cursor, additions)


def heads_of(matter_ids: Iterable[UUID], *, hold: bool) -> dict[UUID, Head]:
    """Return the heads of the matters there are; ``hold`` keeps others from moving them until the transaction ends.

    They are held in the order of their ids, so that two batches never wait for one another.
    """
    wanted = list(matter_ids)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_HEADS_HELD if hold else _HEADS, (wanted,))
            return {key: Head(seq, digest) for key, seq, digest in cursor.fetchall()}
        cursor.execute(_HEADS_SQLITE, (json.dumps([key.hex for key in wanted]),))
        return {UUID(key): Head(seq, digest) for key, seq, digest in cursor.fetchall()}


def _insert(cursor: Any, additions: Sequence[Addition]) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(_INSERT_JSON, (_as_json(additions),))
    else:
        cursor.executemany(_INSERT_VALUES, _all_values(additions))


def _all_values(additions: Iterable[Addition]) -> list[tuple[object, ...]]:
    return [_values(one.matter_id.hex, *pair) for one in additions for pair in _pairs(one)]


def _as_json(additions: Iterable[Addition]) -> str:
    return f"[{','.join(_record(str(one.matter_id), *pair) for one in additions for pair in _pairs(one))}]"


def _pairs(addition: Addition) -> Iterator[tuple[Event, str]]:
    return zip(addition.events, addition.data, strict=True)


def _record(matter_id: str, event: Event, data: str) -> str:
    """Return the row for PostgreSQL, as an object."""
    return (
        f'{{"matter_id":"{matter_id}","seq":{event.seq},"proceeding_id":"{event.proceeding}",'
        f'"kind":{quoted(event.kind)},"at":"{event.at.isoformat()}",'
        f'"recorded_at":"{(event.recorded_at or event.at).isoformat()}","organ_id":{quoted(event.organ)},'
        f'"actor_id":{event.actor},"data":{data},"exhibits":{_list(event.exhibits)},'
        f'"law_pack":{quoted(event.law_pack)},"prev":{quoted(event.prev)},"hash":{quoted(event.hash)}}}'
    )


def _values(matter_id: str, event: Event, data: str) -> tuple[object, ...]:
    """Return the row for SQLite, where times and ids are text as Django writes them."""
    return (
        matter_id,
        event.seq,
        event.proceeding.replace("-", ""),
        event.kind,
        _time(event.at),
        _time(event.recorded_at or event.at),
        event.organ,
        int(event.actor),
        data,
        _list(event.exhibits),
        event.law_pack,
        event.prev,
        event.hash,
    )


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join(map(quoted, texts))}]"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def _key(matter_id: UUID) -> UUID | str:
    return matter_id.hex if connection.vendor == "sqlite" else matter_id
