"""What is proved in many cases, gathered case by case into the columns that assessing.py reads.

Knows how one case's facts are read (``fold``, ``facts_of``, ``read_facts``) and which amounts any limit asks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from zhibao.docket.columns.assessing import (
    ENTITY,
    PERSON,
    UNKNOWN,
    Amount,
    FactColumns,
    OffenceRows,
    all_limits,
    asked,
    bounded,
)
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of
from zhibao.docket.fold import MatterState, fold
from zhibao.kernel.day_arrays import number_of
from zhibao.rules.acts import ActFacts
from zhibao.rules.conditions import Which
from zhibao.rules.errors import FactFault
from zhibao.rules.facts import SUSPICION, Act, CaseFacts, read_facts
from zhibao.rules.offences import Offence
from zhibao.rules.pack import Pack
from zhibao.rules.versions import in_force

# Events that change what is proved; a case without any has nothing to assess.
FACT_KINDS = frozenset({"act-found", "goods-recorded", "prior-found", "priors-checked", "suspicion-assessed"})


@dataclass(slots=True)
class _Rows:
    """The rows of one crime while they are gathered."""

    amounts: Sequence[Amount]
    acts: Sequence[Which]
    heads: list[tuple[int, int, int, int]] = field(default_factory=list)
    lows: list[list[int]] = field(default_factory=list)
    highs: list[list[int]] = field(default_factory=list)
    trues: list[list[bool]] = field(default_factory=list)


class FactGatherer:
    """Gathers the facts of cases in the order of their numbers."""

    def __init__(self, pack: Pack, *, on: date) -> None:
        """``on``: the day of gathering; facts dated later are left to be asked one by one."""
        self.pack = pack
        self.on = on
        self._rows = {offence.id: _Rows(*asked(all_limits(offence))) for offence in pack.offences.values()}
        self._suspicion: list[tuple[int, ...]] = []
        self._general: list[int] = []

    @cached_property
    def _offence_of(self) -> Mapping[str, str]:
        return {kind: offence.id for kind, offence in self.pack.act_kinds.items()}

    @cached_property
    def _distinct(self) -> frozenset[str]:
        return frozenset(measure.id for measure in self.pack.measures.values() if not measure.adds)

    def add(self, events: Sequence[Event]) -> None:
        """Gather the facts of the next case; ``events`` as recorded, corrections among them."""
        matter = len(self._suspicion)
        self._suspicion.append((-1,) * len(SUSPICION))
        if not any(event.kind in FACT_KINDS for event in events):
            return
        state = fold(self.pack, events)
        if self._changes(state):
            self._general.append(matter)
            return
        try:
            case = read_facts(self.pack, facts_of(self.pack, state, on=self.on), today=self.on)
        except FactFault:
            return  # it cannot be assessed yet, so nothing follows from it
        flags = [case.suspicion[name] for name in SUSPICION]
        self._suspicion[matter] = tuple(-1 if flag is None else int(flag) for flag in flags)
        for offence in self.pack.offences.values():
            self._add_offence(matter, offence, case)

    def _changes(self, state: MatterState) -> bool:
        """Tell whether what is proved depends on the day it is asked: something is dated ahead, or goods have no day."""
        days = [day for act in state.acts for day in (act.since, act.until)] + [one.on for one in state.priors or ()]
        undated = bool(state.goods) and (not state.acts or any(not (act.until or act.since) for act in state.acts))
        return undated or any(day is not None and day > self.on for day in days)

    def _add_offence(self, matter: int, offence: Offence, case: CaseFacts) -> None:
        acts = tuple(act for act in case.acts if act.kind in offence.kinds)
        if not acts:
            return
        day = max(act.last for act in acts)
        statute = in_force(offence.statute, day)
        covered = tuple(act for act in acts if statute is None or act.kind in statute.kinds)
        if not covered:
            return
        facts, rows = ActFacts(covered, case.priors, self._offence_of, self._distinct), self._rows[offence.id]
        kinds = {act.kind for act in covered}
        bits = sum(1 << place for place, kind in enumerate(offence.kinds) if kind in kinds)
        rows.heads.append((matter, number_of(day), bits, _entity(covered)))
        amounts = [facts.amount(measure, which) for measure, which in rows.amounts]
        rows.lows.append([amount.low for amount in amounts])
        rows.highs.append([bounded(amount.high) for amount in amounts])
        rows.trues.append([facts.exists(which) is True for which in rows.acts])

    def columns(self) -> FactColumns:
        """Return what was gathered."""
        suspicion = np.array(self._suspicion, dtype=np.int8).reshape(-1, len(SUSPICION))
        return FactColumns(
            len(self._suspicion),
            tuple(_columns(offence, rows) for offence, rows in self._rows.items() if rows.heads),
            {name: suspicion[:, place].copy() for place, name in enumerate(SUSPICION)},
            tuple(self._general),
            self.on,
        )


def _entity(acts: Sequence[Act]) -> int:
    """Return what is known of the party of these acts, as ``ActFacts.multiplier`` sees it."""
    known = {act.flags.get("entity") for act in acts}
    if known <= {False}:
        return PERSON
    return ENTITY if known == {True} else UNKNOWN


def _columns(offence: str, rows: _Rows) -> OffenceRows:
    heads = np.array(rows.heads, dtype=np.int64).reshape(-1, 4)
    low, high = (np.array(side, dtype=np.int64).reshape(len(heads), -1) for side in (rows.lows, rows.highs))
    true = np.array(rows.trues, dtype=np.bool_).reshape(len(heads), -1)
    return OffenceRows(
        offence,
        heads[:, 0].astype(np.int32),
        heads[:, 1].astype(np.int32),
        heads[:, 2].copy(),
        heads[:, 3].astype(np.int8),
        {key: low[:, place].copy() for place, key in enumerate(rows.amounts)},
        {key: high[:, place].copy() for place, key in enumerate(rows.amounts)},
        {key: true[:, place].copy() for place, key in enumerate(rows.acts)},
    )
