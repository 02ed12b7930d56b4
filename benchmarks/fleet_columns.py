"""The made-up histories as the engine's columns, all at once.

What an event's data mean to the law is asked of the engine's encoding once for each form of data; the rest is arithmetic on
whole columns. ``tests/benchmarks`` and the benchmark itself hold the result equal to gathering the same events one by one.
"""

from datetime import UTC, date, datetime

import numpy as np

from benchmarks.histories import (
    CHINA,
    CIVIL,
    COMPLAINT,
    CRIMINAL,
    DATA,
    DAY,
    PROCEDURES,
    SECOND_CRIMINAL,
    Histories,
    data_of,
)  # fmt: skip
from zhibao.docket.columns.assessing import FactColumns, OffenceRows
from zhibao.docket.columns.encoding import NOTHING, Encoding
from zhibao.docket.columns.events import EventColumns, Gatherer
from zhibao.docket.columns.facts import FactGatherer
from zhibao.docket.columns.tables import RECEIVED, Extras, Places, Steps
from zhibao.docket.events import Event
from zhibao.docket.timeline import timeline
from zhibao.kernel.day_arrays import DAY_ZERO
from zhibao.rules.facts import SUSPICION
from zhibao.rules.pack import Pack

ANY_TIME = datetime(2024, 1, 1, tzinfo=UTC)
UNIX_DAY = 719_163 - DAY_ZERO  # 1 January 1970
ORGANS = 97


def columns_of(found: Histories, encoding: Encoding) -> EventColumns:
    """Return all cases as columns."""
    code, signatures = codes(found, encoding)
    extra, extras = extras_of(found, encoding)
    place, places = places_of(found)
    steps = Steps(code, found.at, day_of(found.at), extra, place)
    organs = tuple(f"{kind}-{number}" for kind in ("mr", "police", "court") for number in range(ORGANS))
    procedures = ("administrative", "criminal", "civil", "complaint")
    return EventColumns(steps, extras, places, found.begins, found.ends, signatures, procedures, organs, encoding)


def day_of(at: np.ndarray) -> np.ndarray:
    return ((at + CHINA) // DAY + UNIX_DAY).astype(np.int32)


def forms(found: Histories) -> tuple[np.ndarray, np.ndarray]:
    """Return each pair of kind and form of data that occurs, and for every event which of them it is."""
    pair = found.kind.astype(np.int32) * len(DATA) + found.data
    present = np.flatnonzero(np.bincount(pair, minlength=len(found.kinds) * len(DATA)))
    place = np.zeros(len(found.kinds) * len(DATA), dtype=np.int16)
    place[present] = np.arange(len(present))
    return present, place[pair]


def codes(found: Histories, encoding: Encoding) -> tuple[np.ndarray, tuple]:
    present, which = forms(found)
    numbers = {NOTHING: 0}
    table = []
    for pair in present:
        kind, data = divmod(int(pair), len(DATA))
        signature = encoding.signature(found.kinds[kind], data_of(data, 10**15, 100))
        table.append(numbers.setdefault(signature, len(numbers)))
    return np.array(table, dtype=np.int16)[which], tuple(numbers)


def extras_of(found: Histories, encoding: Encoding) -> tuple[np.ndarray, Extras]:
    """Return the rows of what else is said: one for each form of data, and one for each event that names a receipt."""
    gatherer = Gatherer(encoding)
    rows = gatherer.columns().extras  # the row that says nothing
    numbers = []
    present, which = forms(found)
    for pair in present:
        kind, data = divmod(int(pair), len(DATA))
        if not {"length", "ref"} & set(DATA[data]):
            numbers.append(0)
            continue
        given = data_of(data, 0, 0)
        gatherer.add(timeline([Event(found.kinds[kind], ANY_TIME, given)]))
        more = gatherer.columns().extras
        if len(more.ref) == 1:
            numbers.append(0)
            continue
        rows = Extras(*(np.concatenate((a, b[1:])) for a, b in zip(rows, more, strict=True)))
        # Items are numbered within a matter; here both batches of one case must differ.
        rows.ref[-1] = 0 if "ref" not in given else 1 + "ab".index(str(given["ref"])[-1])
        numbers.append(len(rows.ref) - 1)
    extra = np.array(numbers, dtype=np.int32)[which]
    heard = np.isin(found.kind, [found.kinds.index(kind) for kind in found.kinds if kind in encoding.receipts])
    told = np.flatnonzero((found.data == 14) & heard)
    extra[told] = len(rows.ref) + np.arange(len(told), dtype=np.int32)
    days = np.full((len(told), rows.days.shape[1]), -1, dtype=np.int32)
    days[:, RECEIVED] = day_of(found.param[told])
    more = (found.param[told], days, np.zeros(len(told)), np.full(len(told), -1), np.zeros(len(told)))
    joined = (np.concatenate((a, np.asarray(b, a.dtype))) for a, b in zip(rows, more, strict=True))
    return extra, Extras(*joined)


def places_of(found: Histories) -> tuple[np.ndarray, Places]:
    """Return the places of each case: those that have events, joined by the handings-over among them."""
    count = len(PROCEDURES)
    key = found.case.astype(np.int64) * count + found.place
    there = np.zeros(found.cases * count, dtype=np.bool_)
    there[key] = True
    present = np.flatnonzero(there)
    number = np.cumsum(there, dtype=np.int32) - 1
    case, place = np.divmod(present, count)
    handed, forwarded = np.zeros(found.cases, np.bool_), np.zeros(found.cases, np.bool_)
    handed[found.case[found.data == 15]] = True
    forwarded[found.case[found.data == 16]] = True
    joined = (place <= CRIMINAL) & handed[case] | (place <= SECOND_CRIMINAL) & forwarded[case]
    both = there[CRIMINAL::count] & there[SECOND_CRIMINAL::count]
    procedure = np.array([0, 1, 1, 2, 3])[place]
    organ = np.array([0, 1, 1, 2, 0])[place] * ORGANS + case % ORGANS
    assert {CIVIL, COMPLAINT} == {3, 4}
    return number[key], Places(
        place.astype(np.int32), procedure.astype(np.int32), np.where(joined, 0, place + 1).astype(np.int32),
        organ.astype(np.int32), ~joined, ~((procedure == 1) & both[case]),
    )  # fmt: skip


ACTS, SUSPICIONS, SAMPLE = (17, 18, 19), (20, 21), 12_345_00


def facts_of(found: Histories, pack: Pack, on: date) -> FactColumns:
    """Return what is proved in all cases: the engine gathers one case of each form, the amounts are put in as columns."""
    suspicion = {name: np.full(found.cases, -1, np.int8) for name in SUSPICION}
    for form in SUSPICIONS:
        cases = found.case[found.data == form]
        for name, column in gathered(pack, on, "suspicion-assessed", form).suspicion.items():
            column_of = suspicion[name]
            column_of[cases] = column[0]
    rows = [part for form in ACTS if (part := act_rows(found, pack, on, form)) is not None]
    return FactColumns(found.cases, tuple(rows), suspicion, (), on)


def act_rows(found: Histories, pack: Pack, on: date, form: int) -> OffenceRows | None:
    which = np.flatnonzero(found.data == form)
    if not len(which):
        return None
    one = gathered(pack, on, "act-found", form).rows[0]
    amount = found.param[which]

    def filled(bounds):
        return {key: amount if value[0] == SAMPLE else np.full(len(which), value[0]) for key, value in bounds.items()}

    return OffenceRows(
        one.offence, found.case[which], day_of(found.at[which]), np.full(len(which), one.kinds[0]),
        np.full(len(which), one.entity[0]), filled(one.low), filled(one.high),
        {key: np.full(len(which), value[0]) for key, value in one.true.items()},
    )  # fmt: skip


def gathered(pack: Pack, on: date, kind: str, form: int) -> FactColumns:
    gatherer = FactGatherer(pack, on=on)
    at = int(ANY_TIME.timestamp() * 1_000_000)
    gatherer.add([Event(kind, ANY_TIME, data_of(form, at, SAMPLE), "p0", "administrative", "mr-1", seq=1)])
    return gatherer.columns()
