"""The facts of a matter as ``law assess`` reads them, with the value of its goods worked out line by line.

Knows the shape of FACTS and which goods belong to which act; judges nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.docket.events import Json
from zhibao.docket.fold import Act, MatterState
from zhibao.docket.goods import GoodsLine, GoodsValue, value_goods
from zhibao.rules.pack import Pack

GOODS_VALUE = "goods-value"


@dataclass(frozen=True, slots=True)
class ActGoods:
    """The goods of one act (None: of no act found yet) and what they are worth under the order of that act's day."""

    act: Act | None
    value: GoodsValue


def values_of(pack: Pack, state: MatterState, *, on: date) -> tuple[ActGoods, ...]:
    """Value the goods act by act, by the order in force on the act's last day, or on ``on`` where it has none."""
    acts: Sequence[Act | None] = state.acts or (None,)
    found = []
    for act in acts:
        value = _value(pack, state, act, on)
        if value is not None:
            found.append(ActGoods(act, value))
    return tuple(found)


def facts_of(pack: Pack, state: MatterState, *, on: date) -> dict[str, Json]:
    """Return the FACTS of the matter for ``law assess`` as of ``on``; what is not known is left out.

    A sum recorded with the act goes before the one worked out from its goods. What lies after ``on`` is left out. An
    act whose days are not known stays without them: ``assess`` says that they are missing.
    """
    acts = [act for act in state.acts if act.since is None or act.since <= on]
    facts: dict[str, Json] = {"acts": [_act(pack, state, act, on) for act in acts], "on": on.isoformat()}
    if state.priors is not None:
        priors = [one for one in state.priors if one.on <= on]
        facts["priors"] = [{"kind": one.kind, "for": one.act, "on": one.on.isoformat()} for one in priors]
    if state.suspicion:
        facts["suspicion"] = dict(state.suspicion)
    return facts


def _act(pack: Pack, state: MatterState, act: Act, on: date) -> dict[str, Json]:
    value = _value(pack, state, act, on)
    span: dict[str, Json] = {}
    if act.since is not None:
        span["from"] = act.since.isoformat()
    if act.until is not None:
        span["to"] = min(on, act.until).isoformat()
    return {"kind": act.kind, **span, **({} if value is None else value.measures()), **act.measures}


def _value(pack: Pack, state: MatterState, act: Act | None, on: date) -> GoodsValue | None:
    lines = _lines(state, act)
    order = pack.price_orders.get(GOODS_VALUE)
    if not lines or order is None:
        return None
    day = (act.until or act.since or on) if act is not None else on
    return value_goods(order, lines, on=day)


def _lines(state: MatterState, act: Act | None) -> tuple[GoodsLine, ...]:
    """Return the lines of an act: those that name it, and those that name none where it is the first or only act."""
    if act is None:
        return state.goods
    first = act is state.acts[0]
    return tuple(line for line in state.goods if line.act == act.id or (not line.act and first))
