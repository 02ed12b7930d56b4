"""Rows for looking up by: clocks, findings, stages and the next moment anything changes.

Knows how to bring the stored rows to what is derived; never decides anything from a stored row.
"""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from zhibao.apps.cases.deriving import Derived, derive
from zhibao.apps.cases.models import ClockRow, FindingRow, Matter, Proceeding
from zhibao.docket.events import Event
from zhibao.rules.pack import Pack

CLOCK_FIELDS = ("proceeding_id", "state", "started", "due", "organ_id", "view")
FINDING_FIELDS = ("organ_id", "kind", "since", "weight", "view")
LANGUAGES = ("zh", "en")

Row = TypeVar("Row", bound=models.Model)
Rows = Mapping[Hashable, Row]


def refresh(matter: Matter, events: Sequence[Event], *, pack: Pack, now: datetime) -> bool:
    """Derive afresh and bring the stored rows to it, inside the caller's transaction; return whether any row changed."""
    derived = derive(pack, events, now=now)
    changed = bring(matter, derived, pack)
    head = {
        "derived_seq": events[-1].seq if events else 0,
        "derived_pack": pack.hash,
        "next_due": derived.next_due,
    }
    if all(getattr(matter, name) == value for name, value in head.items()):
        return changed
    Matter.objects.filter(pk=matter.pk).update(**head)
    return True


def bring(matter: Matter, derived: Derived, pack: Pack) -> bool:
    """Bring clocks, findings and stages to what was derived; return whether any row changed."""
    changed = [
        _bring(
            ClockRow.objects,
            {(row.clock, row.entry): row for row in matter.clock_rows.all()},
            {(row.clock, row.entry): row for row in clock_rows(matter, pack, derived)},
            CLOCK_FIELDS,
        ),
        _bring(
            FindingRow.objects,
            {row.key: row for row in matter.finding_rows.order_by()},
            {row.key: row for row in finding_rows(matter, pack, derived)},
            FINDING_FIELDS,
        ),
        _bring_stages(matter, derived),
    ]
    return any(changed)


def clock_rows(matter: Matter, pack: Pack, derived: Derived) -> list[ClockRow]:
    """Return the clock rows that should stand."""
    return [
        ClockRow(
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
        for clock in derived.clocks
    ]


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


def _bring_stages(matter: Matter, derived: Derived) -> bool:
    wanted = stages(derived)
    stale = []
    for proceeding in Proceeding.objects.filter(matter=matter).order_by():
        stage, closed_at = wanted.get(proceeding.pk, ("", None))
        if (proceeding.stage, proceeding.closed_at) != (stage, closed_at):
            proceeding.stage, proceeding.closed_at = stage, closed_at
            stale.append(proceeding)
    if stale:
        Proceeding.objects.bulk_update(stale, ["stage", "closed_at"])
    return bool(stale)


def _bring(table: "models.Manager[Row]", stored: Rows[Row], wanted: Rows[Row], fields: Sequence[str]) -> bool:
    """Insert, change and remove rows of one table until ``stored`` is ``wanted``; touch nothing that is right."""
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in stored]
    stale = []
    for key, row in wanted.items():
        kept = stored.get(key)
        if kept is not None and _differs(kept, row, fields):
            row.pk = kept.pk
            stale.append(row)
    if gone:
        table.filter(pk__in=gone).delete()
    if new:
        table.bulk_create(new)
    if stale:
        table.bulk_update(stale, [name.removesuffix("_id") for name in fields])
    return bool(gone or new or stale)


def _differs(kept: models.Model, row: models.Model, fields: Iterable[str]) -> bool:
    return any(getattr(kept, name) != getattr(row, name) for name in fields)


def _lasting(view: Mapping[str, object]) -> dict[str, object]:
    """Return the clock without what changes from day to day by itself: how much of it is used."""
    return {name: value for name, value in view.items() if name != "used"}


def _plain(view: object) -> Any:
    """Return the view as the database will give it back, so that comparing finds real differences only."""
    return json.loads(json.dumps(view, ensure_ascii=False))
