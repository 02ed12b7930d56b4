"""Many matters' rows brought to what was derived, a statement to a table.

Knows what can have changed where only time has passed: then most rows need not even be read whole. How one matter's rows
are made is in projections.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhibao.apps.cases.deriving import Derived
from zhibao.apps.cases.models import ClockRow, Matter
from zhibao.apps.cases.store.projections import bring_findings, clock_row, finding_rows, settle_all, update_rows
from zhibao.docket.clocks import Clock
from zhibao.docket.events import Event
from zhibao.rules.pack import Pack

Key = tuple[UUID, str, int]
Stored = Mapping[Key, tuple[int, str, datetime | None]]


@dataclass(frozen=True, slots=True)
class Ready:
    """A matter whose head is held, its events, and what was derived from them."""

    matter: Matter
    events: Sequence[Event]
    derived: Derived

    @property
    def seq(self) -> int:
        return self.events[-1].seq if self.events else 0

    def is_older(self, pack: Pack) -> bool:
        """Tell whether the stored rows came from the same events under the same law: only time has passed since.

        An event dated ahead of its recording happens without being recorded; then all may differ.
        """
        same = self.matter.derived_seq == self.seq and self.matter.derived_pack == pack.hash
        return same and all(one.recorded_at is not None and one.at <= one.recorded_at for one in self.events)


def settle_many(ready: Sequence[Ready], *, pack: Pack) -> int:
    """Bring the rows of these matters to what was derived, inside the caller's transaction; return how many had to change."""
    older = [one for one in ready if one.is_older(pack)]
    stored = _clocks_of(one.matter.pk for one in older)
    older = [one for one in older if _keys(one) == stored[one.matter.pk].keys()]
    changed = _bring_clocks(older, stored, pack)
    findings = [row for one in older for row in finding_rows(one.matter, pack, one.derived)]
    changed |= bring_findings([one.matter.pk for one in older], findings)
    heads = [one for one in older if one.matter.next_due != one.derived.next_due]
    for one in heads:
        one.matter.next_due = one.derived.next_due
    update_rows([one.matter for one in heads], ["next_due"])
    changed |= {one.matter.pk for one in heads}
    done = {one.matter.pk for one in older}
    others = [(one.matter, one.derived, one.seq) for one in ready if one.matter.pk not in done]
    return len(changed | settle_all(others, pack))


def _keys(one: Ready) -> set[Key]:
    return {_key(one.matter, clock) for clock in one.derived.clocks}


def _key(matter: Matter, clock: Clock) -> Key:
    return matter.pk, clock.id, clock.entry


def _clocks_of(matters: Iterable[UUID]) -> dict[UUID, dict[Key, tuple[int, str, datetime | None]]]:
    """Return row id, state and due moment of each clock of each matter; one query, and no views."""
    found: dict[UUID, dict[Key, tuple[int, str, datetime | None]]] = {matter: {} for matter in matters}
    rows = ClockRow.objects.filter(matter__in=list(found)).order_by()
    for pk, matter, clock, entry, state, due in rows.values_list("pk", "matter", "clock", "entry", "state", "due"):
        found[matter][matter, clock, entry] = (pk, state, due)
    return found


def _bring_clocks(older: Iterable[Ready], stored: Mapping[UUID, Stored], pack: Pack) -> set[UUID]:
    """Write the clocks whose state or due moment time has changed."""
    stale = []
    for one in older:
        for clock in one.derived.clocks:
            pk, state, due = stored[one.matter.pk][_key(one.matter, clock)]
            if (state, due) != (clock.state, clock.due_moment):
                row = clock_row(one.matter, pack, clock)
                row.pk = pk
                stale.append(row)
    update_rows(stale, ["state", "due", "view"])
    return {row.matter_id for row in stale}
