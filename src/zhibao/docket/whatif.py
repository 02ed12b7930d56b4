"""What a changed law would answer for one case, beside what the law in force answers: clocks, tiers, handing over.

Knows two packs and one case; how a change is written is in rules/whatif.py. Only limits and crimes that the change
touches are asked, since no other answer can differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event, Json
from zhibao.docket.given import read_given
from zhibao.rules.answer import Assessment
from zhibao.rules.assess import assess
from zhibao.rules.facts import read_facts
from zhibao.rules.pack import Pack
from zhibao.rules.whatif import WhatIf

# Sections that assessments rest on; a change elsewhere leaves every tier as it is.
ASSESSING = ("offences", "measures", "triggers")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer under both laws. ``kind``: "clock", "tier" or "transfer"; ``None``: there is no such answer."""

    kind: str
    id: str
    proceeding: str
    entry: int
    old: Mapping[str, Json] | None
    new: Mapping[str, Json] | None

    @property
    def differing(self) -> tuple[str, ...]:
        """Which fields differ; ``presence`` where one side has no such answer."""
        if self.old is None or self.new is None:
            return ("presence",)
        return tuple(name for name in self.old if self.old[name] != self.new[name])

    def as_json(self) -> dict[str, Json]:
        """Return it as `law whatif` prints it."""
        told: dict[str, Json] = {"kind": self.kind, "id": self.id}
        if self.kind == "clock":
            told |= {"proceeding": self.proceeding or None, "entry": self.entry}
        return told | {
            "old": dict(self.old) if self.old is not None else None,
            "new": dict(self.new) if self.new is not None else None,
        }


def limits_touched(before: Pack, change: WhatIf) -> frozenset[str]:
    """Return the ids of limits whose clocks the change can move: those it changes; all of them where a calendar year does."""
    if change.of("years"):
        return frozenset(before.deadlines) | frozenset(change.pack.deadlines)
    return change.of("deadlines")


def touches_tiers(change: WhatIf) -> bool:
    """Tell whether the change can move an assessment."""
    return any(change.of(section) for section in ASSESSING)


def compare_document(
    before: Pack, change: WhatIf, document: Mapping[str, Any], *, now: datetime, today: date
) -> tuple[Answer, ...]:
    """Compare the answers to one document of CONTRACT: EVENTS, or FACTS. Raises an EventFault or FactFault."""
    if "events" in document:
        given = read_given(before, document)
        return compare_clocks(before, change, given.events, now=given.now or now, procedure=given.procedure)
    read_facts(before, document, today=today)  # what cannot be read is refused whatever the change touches
    return compare_tiers(before, change, document, today=today)


def compare_clocks(
    before: Pack, change: WhatIf, events: Sequence[Event], *, now: datetime, procedure: str = ""
) -> tuple[Answer, ...]:
    """Return the clocks whose state or last day differs, in the order of the limits' ids, proceedings and starts."""
    limits = limits_touched(before, change)
    old, new = (
        {_key(clock): _told(clock) for clock in clocks(_only(pack, limits), events, now=now, procedure=procedure)}
        for pack in (before, change.pack)
    )
    keys = sorted({key for key in {**old, **new} if old.get(key) != new.get(key)})
    return tuple(
        Answer("clock", limit, proceeding, entry, old.get(key), new.get(key))
        for key in keys
        for limit, proceeding, entry in (key,)
    )


def _only(pack: Pack, limits: frozenset[str]) -> Pack:
    return replace(pack, deadlines={name: one for name, one in pack.deadlines.items() if name in limits})


def _key(clock: Clock) -> tuple[str, str, int]:
    return clock.id, clock.proceeding, clock.entry


def _told(clock: Clock) -> dict[str, Json]:
    return {"state": clock.state, "due": None if clock.due is None else clock.due.isoformat()}


def compare_tiers(before: Pack, change: WhatIf, facts: Mapping[str, Any], *, today: date) -> tuple[Answer, ...]:
    """Return the crimes whose tier, rule version or choice of rule differs, and whether the case must go to the police."""
    if not touches_tiers(change):
        return ()
    old, new = (_assessed(assess(pack, facts, today=today)) for pack in (before, change.pack))
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return tuple(Answer(kind, name, "", 0, old.get(key), new.get(key)) for key in keys for kind, name in (key,))


def _assessed(found: Assessment) -> dict[tuple[str, str], dict[str, Json]]:
    told: Any = found.as_json("zh")
    tiers: dict[tuple[str, str], dict[str, Json]] = {
        ("tier", row["offence"]): {name: row[name] for name in ("tier", "rule_version", "chosen")}
        for row in told["offences"]
    }
    return tiers | {("transfer", "transfer"): {name: told["transfer"][name] for name in ("must", "basis")}}
