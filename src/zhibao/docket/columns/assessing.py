"""Which of many cases must go to the police: the limits of crimes over columns of what is proved.

Knows how ``rules.assess`` chooses versions and comes to "must", and says the same for whole columns; reads no events.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from zhibao.docket.columns.tables import Bytes, Flags, Ints, Longs
from zhibao.kernel.day_arrays import date_of, number_of
from zhibao.rules.conditions import UNBOUNDED, Columns, Compare, Exists, Which, evaluate, leaves
from zhibao.rules.language import Limit
from zhibao.rules.offences import TIERS, Offence, OffenceVersion
from zhibao.rules.pack import Pack
from zhibao.rules.versions import ONE_DAY, in_force

Amount = tuple[str, Which]
NO, THRESHOLD, SUSPICION = 0, 1, 2
# What is known of whether the party is an entity.
PERSON, ENTITY, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class OffenceRows:
    """What is proved under one crime, a row for each case its acts touch.

    ``day``: the last day of the acts. ``kinds``: their kinds as bits, in the offence's order. ``low`` and ``high`` bound
    each amount a limit may ask for; ``true`` whether there surely is such an act.
    """

    offence: str
    matter: Ints
    day: Ints
    kinds: Longs
    entity: Bytes
    low: Mapping[Amount, Longs]
    high: Mapping[Amount, Longs]
    true: Mapping[Which, Flags]


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts of many cases. ``suspicion``: by flag, for each case 1, 0, or -1 for unknown.

    ``general``: cases whose facts change by themselves (an act dated ahead); they are asked one by one.
    ``since``: the first day for which the columns hold.
    """

    matters: int
    rows: tuple[OffenceRows, ...]
    suspicion: Mapping[str, Bytes]
    general: tuple[int, ...]
    since: date


def must_transfer(pack: Pack, facts: FactColumns, *, on: date) -> Bytes:
    """Return for each case whether it must go to the police, judged ``on`` that day: THRESHOLD, SUSPICION, or NO.

    NO includes what cannot be told yet, and the cases in ``facts.general``. Raises ValueError for a day before
    ``facts.since`` and KeyError for an amount that was not gathered.
    """
    if on < facts.since:
        raise ValueError("the facts were gathered for a later day")
    found = np.zeros(facts.matters, dtype=np.int8)
    version = next((one for rule in pack.triggers.values() if (one := in_force(rule.versions, on))), None)
    if version is None:
        return found
    suspicion = version.ground("reasonable-suspicion")
    if suspicion is not None:
        found[np.all([facts.suspicion[name] == 1 for name in suspicion.needs], axis=0)] = SUSPICION
    if version.ground("threshold") is not None:
        for rows in facts.rows:
            found[rows.matter[proved(pack.offences[rows.offence], rows, on)]] = THRESHOLD
    return found


def proved(offence: Offence, rows: OffenceRows, on: date) -> Flags:
    """Tell for each row whether a tier is proved under the interpretation of the act's day and under every later one.

    A later one displaces the first where it is lighter, and where it cannot be told neither is proved: so all must agree.
    """
    sure = np.zeros(len(rows.matter), dtype=np.bool_)
    days = _turns(offence)
    group = np.searchsorted(days, rows.day, side="right")
    for number in np.flatnonzero(np.bincount(group, minlength=len(days) + 1)):
        which = np.flatnonzero(group == number)
        # Within one group nothing turns: any of its days stands for all.
        sure[which] = _reached(offence, rows, which, date_of(rows.day[which[0]]))
    for turn in _later(offence, on):
        which = np.flatnonzero(sure & (rows.day < number_of(turn)))
        sure[which] = _reached(offence, rows, which, turn)
    return sure


def _turns(offence: Offence) -> Ints:
    """Return every day on which any limit, or a rule on entities, begins or has ended."""
    days: set[date] = set()
    for version in offence.versions:
        limits = [limit for tier in TIERS for limit in version.tiers.get(tier, ())]
        for span in (version.span, *(limit.span for limit in limits), *(rule.span for rule in version.entities)):
            days.add(span.first)
            if span.last is not None:
                days.add(span.last + ONE_DAY)
    return np.array(sorted(number_of(day) for day in days), dtype=np.int32)


def _later(offence: Offence, on: date) -> list[date]:
    if not offence.lighter:
        return []
    turns: set[date] = set()
    for version in offence.versions:
        turns |= version.turning_days()
    return sorted(turn for turn in turns if turn <= on)


def _reached(offence: Offence, rows: OffenceRows, which: npt.NDArray[np.intp], day: date) -> Flags:
    """Tell for the rows ``which`` whether any limit in force on ``day`` is surely reached."""
    sure = np.zeros(len(which), dtype=np.bool_)
    version = in_force(offence.versions, day)
    if version is None or not len(which):
        return sure
    kinds = rows.kinds[which]
    for limit in _limits(version, day):
        bits = sum(1 << place for place, kind in enumerate(offence.kinds) if kind in limit.kinds)
        applies = (kinds & bits) == bits if limit.together else (kinds & bits) != 0
        if applies.any():
            sure |= applies & evaluate(limit.tree, _columns(limit, rows, which, version, day))[0]
    return sure


def _limits(version: OffenceVersion, day: date) -> Iterator[Limit]:
    for tier in TIERS:
        yield from version.limits(tier, day)


def _columns(
    limit: Limit, rows: OffenceRows, which: npt.NDArray[np.intp], version: OffenceVersion, day: date
) -> Columns:
    amounts, acts = asked([limit])
    rule = version.entity_rule(day)
    times, entity = (1 if rule is None else rule.times), rows.entity[which]
    return Columns(
        len(which),
        {key: rows.low[key][which] for key in amounts},
        {key: rows.high[key][which] for key in amounts},
        {key: rows.true[key][which] for key in acts},
        {key: np.zeros(len(which), np.bool_) for key in acts},
        (np.where(entity == ENTITY, times, 1), np.where(entity == PERSON, 1, times)),
    )


def asked(limits: Sequence[Limit]) -> tuple[list[Amount], list[Which]]:
    """Return every amount, and every kind of act, that the limits ask for."""
    amounts: dict[Amount, None] = {}
    acts: dict[Which, None] = {}
    for limit in limits:
        for leaf in leaves(limit.tree):
            if isinstance(leaf, Compare):
                amounts |= {(measure, leaf.which): None for measure in leaf.measures}
            elif isinstance(leaf, Exists):
                acts[leaf.which] = None
    return list(amounts), list(acts)


def all_limits(offence: Offence) -> list[Limit]:
    """Return the limits of all versions."""
    return [limit for version in offence.versions for tier in TIERS for limit in version.tiers.get(tier, ())]


def bounded(high: int | None) -> int:
    """Return an upper bound as a column holds it."""
    return UNBOUNDED if high is None else high
