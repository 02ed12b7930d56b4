"""Rows for looking up by: clocks, findings, stages and the next moment anything changes.

Knows how to bring the stored rows to what is derived; never decides anything from a stored row.
"""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from zhibao.apps.cases.deriving import Derived, derive
from zhibao.apps.cases.models import ClockRow, FindingRow, Matter, Proceeding
from zhibao.docket.clocks import Clock
from zhibao.docket.events import Event
from zhibao.rules.pack import Pack

CLOCK_FIELDS = ("proceeding_id", "state", "started", "due", "organ_id", "view")
FINDING_FIELDS = ("organ_id", "kind", "since", "weight", "view")
LANGUAGES = ("zh", "en")

Row = TypeVar("Row", bound=ClockRow | FindingRow)
Rows = Mapping[Hashable, Row]


def refresh(matter: Matter, events: Sequence[Event], *, pack: Pack, now: datetime) -> bool:
    """Derive afresh and bring the stored rows to it, inside the caller's transaction; return whether any row changed."""
    return settle(matter, derive(pack, events, now=now), seq=events[-1].seq if events else 0, pack=pack)


def settle(matter: Matter, derived: Derived, *, seq: int, pack: Pack) -> bool:
    """Bring the stored rows to what was derived from the events up to ``seq``; return whether any row changed."""
    return bool(settle_all([(matter, derived, seq)], pack))


def settle_all(derived: Sequence[tuple[Matter, Derived, int]], pack: Pack) -> set[UUID]:
    """Do the same for many matters, a statement to a table; return those with a row that changed."""
    changed = bring_all([(matter, found) for matter, found, _seq in derived], pack)
    heads = []
    for matter, found, seq in derived:
        head = {"derived_seq": seq, "derived_pack": pack.hash, "next_due": found.next_due}
        if any(getattr(matter, name) != value for name, value in head.items()):
            for name, value in head.items():
                setattr(matter, name, value)
            heads.append(matter)
    update_rows(heads, ["derived_seq", "derived_pack", "next_due"])
    return changed | {matter.pk for matter in heads}


def bring(matter: Matter, derived: Derived, pack: Pack) -> bool:
    """Bring clocks, findings and stages to what was derived; return whether any row changed."""
    return bool(bring_all([(matter, derived)], pack))


def bring_all(derived: Sequence[tuple[Matter, Derived]], pack: Pack) -> set[UUID]:
    """Bring clocks, findings and stages of many matters to what was derived; return those with a row that changed."""
    matters = [matter.pk for matter, _found in derived]
    clocks = [row for matter, found in derived for row in clock_rows(matter, pack, found)]
    findings = [row for matter, found in derived for row in finding_rows(matter, pack, found)]
    return (
        _bring(
            ClockRow.objects,
            {(row.matter_id, row.clock, row.entry): row for row in ClockRow.objects.filter(matter__in=matters)},
            {(row.matter_id, row.clock, row.entry): row for row in clocks},
            CLOCK_FIELDS,
        )
        | bring_findings(matters, findings)
        | _bring_stages(derived)
    )


def bring_findings(matters: Sequence[UUID], findings: Sequence[FindingRow]) -> set[UUID]:
    """Bring the findings of these matters to ``findings``; return the matters with a row that changed."""
    return _bring(
        FindingRow.objects,
        {(row.matter_id, row.key): row for row in FindingRow.objects.filter(matter__in=matters).order_by()},
        {(row.matter_id, row.key): row for row in findings},
        FINDING_FIELDS,
    )


def clock_rows(matter: Matter, pack: Pack, derived: Derived) -> list[ClockRow]:
    """Return the clock rows that should stand."""
    return [clock_row(matter, pack, clock) for clock in derived.clocks]


def clock_row(matter: Matter, pack: Pack, clock: Clock) -> ClockRow:
    """Return the row of one clock."""
    return ClockRow(
        matter=matter,
        proceeding_id=UUID(clock.proceeding),
        clock=clock.id,
        entry=clock.entry,
        state=clock.state,
        started=clock.started,
        due=clock.due_moment,
        organ_id=clock.organ or None,
        view=_plain({lang: _lasting(clock.as_json(pack, lang)) for lang in LANGUAGES}),
    )


def finding_rows(matter: Matter, pack: Pack, derived: Derived) -> list[FindingRow]:
    """Return the finding rows that should stand."""
    return [
        FindingRow(
            matter=matter,
            organ_id=finding.organ or None,
            kind=finding.kind,
            key=finding.key,
            since=finding.since,
            weight=finding.weight,
            view=_plain({lang: finding.as_json(pack, lang) for lang in LANGUAGES}),
        )
        for finding in derived.findings
    ]


def stages(derived: Derived) -> dict[UUID, tuple[str, datetime | None]]:
    """Return the stage of each proceeding and when it closed, if it did."""
    return {UUID(key): (state.stage, state.closed) for key, state in derived.state.proceedings.items() if key}


def _bring_stages(derived: Sequence[tuple[Matter, Derived]]) -> set[UUID]:
    wanted = {key: stage for _matter, found in derived for key, stage in stages(found).items()}
    stale = []
    for proceeding in Proceeding.objects.filter(matter__in=[matter.pk for matter, _found in derived]).order_by():
        stage, closed_at = wanted.get(proceeding.pk, ("", None))
        if (proceeding.stage, proceeding.closed_at) != (stage, closed_at):
            proceeding.stage, proceeding.closed_at = stage, closed_at
            stale.append(proceeding)
    update_rows(stale, ["stage", "closed_at"])
    return {proceeding.matter_id for proceeding in stale}


def _bring(table: "models.Manager[Row]", stored: Rows[Row], wanted: Rows[Row], fields: Sequence[str]) -> set[UUID]:
    """Insert, change and remove rows of one table until ``stored`` is ``wanted``; touch nothing that is right.

    Returns the matters with a row that changed.
    """
    gone: list[Row] = [row for key, row in stored.items() if key not in wanted]
    new: list[Row] = [row for key, row in wanted.items() if key not in stored]
    stale: list[Row] = []
    for key, row in wanted.items():
        kept = stored.get(key)
        if kept is not None and _differs(kept, row, fields):
            row.pk = kept.pk
            stale.append(row)
    if gone:
        table.filter(pk__in=[row.pk for row in gone]).delete()
    if new:
        table.bulk_create(new)
    update_rows(stale, fields)
    return {row.matter_id for row in (*gone, *new, *stale)}


def update_rows(rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of rows of one table, a prepared statement run for each: Django's own way writes one CASE for all."""
    if not rows:
        return
    table = rows[0]._meta  # noqa: SLF001  # Django's own public name for a model's table
    by_name: dict[str, Any] = {column.name: column for column in table.concrete_fields}
    columns = [by_name[name.removesuffix("_id")] for name in fields]
    names = ", ".join(f'"{column.column}" = %s' for column in columns)
    key: Any = table.pk
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{table.db_table}" SET {names} WHERE "{key.column}" = %s',  # noqa: S608  # names of our own tables
            [
                [column.get_db_prep_save(getattr(row, column.attname), connection) for column in (*columns, key)]
                for row in rows
            ],
        )


def _differs(kept: models.Model, row: models.Model, fields: Iterable[str]) -> bool:
    return any(getattr(kept, name) != getattr(row, name) for name in fields)


def _lasting(view: Mapping[str, object]) -> dict[str, object]:
    """Return the clock without what changes from day to day by itself: how much of it is used."""
    return {name: value for name, value in view.items() if name != "used"}


def _plain(view: object) -> Any:
    """Return the view as the database will give it back, so that comparing finds real differences only."""
    return json.loads(json.dumps(view, ensure_ascii=False))
