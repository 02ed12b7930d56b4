"""The state of a matter, folded from its events: proceedings and their stages, parties, rights, acts, goods, transfers.

Knows what was recorded; not what is owed (clocks.py) nor what it leads to (rules.assess).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zhibao.docket.events import Event, Json
from zhibao.docket.goods import GoodsLine
from zhibao.docket.timeline import Step, text_of, timeline
from zhibao.docket.transfers import Handover, handovers
from zhibao.kernel.days import parse_day
from zhibao.kernel.money import parse_yuan
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class ProceedingState:
    """程序 as it stands. ``stage`` is an id of its procedure's stages, empty before the first; ``stage_since`` its event's time."""

    id: str
    procedure: str
    organ: str
    stage: str
    stage_since: datetime | None
    opened: datetime
    closed: datetime | None
    lead: str
    events: int


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A party of the matter in one role."""

    id: str
    name: str
    role: str
    event: int


@dataclass(frozen=True, slots=True)
class RightRef:
    """A right the matter is about."""

    id: str
    kind: str
    number: str
    name: str
    event: int


@dataclass(frozen=True, slots=True)
class Act:
    """行为: what was found to have been done. ``measures`` are as recorded; what is not known is not there."""

    id: str
    kind: str
    since: date | None
    until: date | None
    measures: Mapping[str, Json]
    event: int


@dataclass(frozen=True, slots=True)
class Prior:
    """An earlier penalty of the party."""

    kind: str
    act: str
    on: date
    event: int


@dataclass(frozen=True, slots=True)
class MatterState:
    """案件 as its events leave it. ``priors`` None: not looked for yet (unknown); empty: looked for, none found."""

    proceedings: Mapping[str, ProceedingState]
    parties: tuple[PartyRef, ...]
    rights: tuple[RightRef, ...]
    acts: tuple[Act, ...]
    goods: tuple[GoodsLine, ...]
    priors: tuple[Prior, ...] | None
    suspicion: Mapping[str, bool]
    handovers: tuple[Handover, ...]
    last_at: datetime | None

    @property
    def open_transfers(self) -> tuple[Handover, ...]:
        """Handings over that the receiving side has neither filed nor refused."""
        return tuple(one for one in self.handovers if one.is_open)


@dataclass(slots=True)
class _Folding:
    """The state while it is folded."""

    proceedings: dict[str, ProceedingState]
    parties: dict[tuple[str, str], PartyRef]
    rights: dict[str, RightRef]
    acts: dict[str, Act]
    goods: list[GoodsLine]
    priors: list[Prior] | None
    suspicion: dict[str, bool]


def fold(pack: Pack, events: Sequence[Event]) -> MatterState:
    """Fold the events, in the order they happened, into the matter's state; corrections are applied first."""
    state = _Folding({}, {}, {}, {}, [], None, {})
    steps = timeline(events)
    for step in steps:
        _move(pack, state, step)
        _learn(state, step)
    return MatterState(
        proceedings=state.proceedings,
        parties=tuple(state.parties.values()),
        rights=tuple(state.rights.values()),
        acts=tuple(state.acts.values()),
        goods=tuple(state.goods),
        priors=None if state.priors is None else tuple(state.priors),
        suspicion=state.suspicion,
        handovers=handovers(events),
        last_at=steps[-1].moment if steps else None,
    )


def _move(pack: Pack, state: _Folding, step: Step) -> None:
    """Move the event's proceeding to the stage its kind leads into; the first event of a proceeding opens it."""
    event = step.event
    now = state.proceedings.get(event.proceeding) or ProceedingState(
        event.proceeding, event.procedure, event.organ, "", None, step.moment, None, "", 0
    )
    procedure = pack.procedures.get(now.procedure)
    stage = procedure.stage_after(event.kind) if procedure else None
    if stage is not None:
        now = replace(now, stage=stage.id, stage_since=step.moment)
    if procedure is not None and event.kind in procedure.closed_by and now.closed is None:
        now = replace(now, closed=step.moment)
    if event.kind == "proceeding-opened":
        now = replace(now, lead=text_of(event.data, "lead"), organ=text_of(event.data, "organ") or now.organ)
    state.proceedings[event.proceeding] = replace(now, events=now.events + 1)


def _learn(state: _Folding, step: Step) -> None:
    """Take in what the event says of parties, rights, acts, goods, priors and suspicion."""
    data, ref = step.event.data, step.ref
    match step.event.kind:
        case "party-joined":
            party = PartyRef(text_of(data, "party"), text_of(data, "name"), text_of(data, "role"), ref)
            state.parties[party.id, party.role] = party
        case "right-attached":
            names = [text_of(data, key) for key in ("right", "kind", "number", "name")]
            state.rights[names[0]] = RightRef(names[0], names[1], names[2], names[3], ref)
        case "act-found":
            act = _act(step)
            state.acts[act.id] = act
        case "goods-recorded":
            lines = data.get("lines")
            state.goods += [
                _line(line, text_of(data, "act"), ref) for line in (lines if isinstance(lines, list) else [])
            ]
        case "prior-found":
            prior = Prior(text_of(data, "kind"), text_of(data, "for"), parse_day(text_of(data, "on")), ref)
            state.priors = [*(state.priors or []), prior]
        case "priors-checked":
            state.priors = state.priors or []
        case "suspicion-assessed":
            state.suspicion |= {key: value for key, value in data.items() if isinstance(value, bool)}


def _act(step: Step) -> Act:
    """Read an act; one found again under the same id takes the place of the earlier finding."""
    data = dict(step.event.data)
    name = text_of(data, "act") or f"act-{step.ref}"
    since, until = (parse_day(text_of(data, key)) if text_of(data, key) else None for key in ("from", "to"))
    measures = {
        key: value for key, value in data.items() if key not in {"act", "kind", "from", "to"} and value is not None
    }
    return Act(name, text_of(data, "kind"), since, until, measures, step.ref)


def _line(line: Json, act: str, ref: int) -> GoodsLine:
    row: Mapping[str, Json] = line if isinstance(line, Mapping) else {}
    prices = row.get("prices")
    quantity = row.get("quantity")
    return GoodsLine(
        name=text_of(row, "name"),
        right=text_of(row, "right"),
        quantity=quantity if isinstance(quantity, int) else 0,
        state=text_of(row, "state"),
        prices={key: parse_yuan(str(price)) for key, price in prices.items()} if isinstance(prices, Mapping) else {},
        act=act,
        event=ref,
    )
