"""Made-up histories of cases, many and fast: seeded, about ten events a case, as plain arrays.

Knows the names of event kinds and what officers' records look like; nothing of the engine: no import of zhibao here.
Real proportions are not known to us; these only have to reach every branch often: pauses that overlap, several starts,
extensions within and beyond the law, hearings, handings-over, receipts, late nights, all the years in which rules changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

DAY = 86_400_000_000
MINUTE = 60_000_000
CHINA = 8 * 3_600_000_000
FIRST_DAY = np.datetime64("2019-03-01").astype("datetime64[D]").astype(np.int64)
LAST_DAY = np.datetime64("2026-11-20").astype("datetime64[D]").astype(np.int64)

ADMINISTRATIVE, CRIMINAL, SECOND_CRIMINAL, CIVIL, COMPLAINT = 0, 1, 2, 3, 4
PROCEDURES = ("administrative", "criminal", "criminal", "civil", "complaint")
ORGANS = ("mr", "police", "police", "court", "mr")

# What an event's data may be besides nothing. A text "{day}" or "{moment}" stands for a time drawn for the event, "{yuan}"
# for an amount.
DATA = (
    {},
    {"hearing_right": False},
    {"result": "penalty"},
    {"result": "no-penalty"},
    {"result": "penalty", "publish": False},
    {"result": "penalty", "confiscates": True},
    {"length": "20 days"},
    {"length": "45 days"},
    {"length": "2 months"},
    {"length": "999 days"},
    {"ref": "batch-a"},
    {"ref": "batch-b"},
    {"competent": False},
    {"result": "upheld"},
    {"received_at": "{moment}"},
    {"proceeding": "{criminal}"},
    {"proceeding": "{second}"},
    {"act": "a1", "kind": "sell-counterfeit-goods", "from": "{from}", "to": "{day}", "illegal_gain": "{yuan}", "right_kinds": 1, "entity": False},
    {"act": "a1", "kind": "counterfeit-mark-goods", "from": "{from}", "to": "{day}", "turnover": "{yuan}", "right_kinds": 1, "entity": False},
    {"act": "a1", "kind": "counterfeit-mark-goods", "from": "{from}", "to": "{day}", "illegal_gain": "{yuan}", "right_kinds": 2, "entity": True},
    {"reasonable": True, "police_measures_needed": True},
    {"reasonable": True, "police_measures_needed": False},
    {"on_the_spot": True},
)  # fmt: skip
PLACE = {"{criminal}": 1, "{second}": 2}


@dataclass(frozen=True)
class Histories:
    """Events by case, and there by time. ``data`` is a place in DATA; ``param`` the time or amount it names."""

    cases: int
    case: np.ndarray
    kind: np.ndarray
    at: np.ndarray
    data: np.ndarray
    param: np.ndarray
    place: np.ndarray
    kinds: tuple[str, ...]
    begins: np.ndarray
    ends: np.ndarray

    def __len__(self) -> int:
        return len(self.case)


class Slots:
    """Columns of what may happen in a case, one slot for each possible event."""

    def __init__(self, cases: int, rng: np.random.Generator) -> None:
        self.cases = cases
        self.rng = rng
        self.names: list[str] = []
        self.rows: list[tuple[np.ndarray, ...]] = []

    def chance(self, share: float) -> np.ndarray:
        return self.rng.random(self.cases) < share

    def days(self, low: int, high: int) -> np.ndarray:
        """Days after something, mostly few: the longer the rarer."""
        drawn = self.rng.random(self.cases)
        return (low + (high - low) * drawn * drawn).astype(np.int64) * DAY + self.minutes()

    def minutes(self) -> np.ndarray:
        """A time of day as an offset that keeps most events within working hours and some at the very edges."""
        drawn = self.rng.integers(0, 100, self.cases)
        office = self.rng.integers(0, 510, self.cases) * MINUTE
        return np.where(drawn < 3, 0, np.where(drawn < 5, 15 * 60 * MINUTE - MINUTE, office))

    def add(
        self, kind: str, there: np.ndarray, at: np.ndarray, data=0, param=0, *, place: int = ADMINISTRATIVE
    ) -> np.ndarray:
        """Note an event where ``there``; return when, so that others can follow it."""
        if kind not in self.names:
            self.names.append(kind)
        which = np.flatnonzero(there)
        full = np.broadcast_to
        self.rows.append((
            which.astype(np.int32),
            np.full(len(which), self.names.index(kind), np.int16),
            at[which],
            full(np.asarray(data, np.int16), self.cases)[which],
            full(np.asarray(param, np.int64), self.cases)[which],
            np.full(len(which), place, np.int8),
        ))  # fmt: skip
        return at

    def histories(self) -> Histories:
        case, kind, at, data, param, place = (np.concatenate(column) for column in zip(*self.rows, strict=True))
        order = np.lexsort((np.arange(len(case)), at, case))
        counts = np.bincount(case, minlength=self.cases)
        ends = np.cumsum(counts)
        return Histories(
            self.cases, case[order], kind[order], at[order], data[order], param[order], place[order], tuple(self.names),
            (ends - counts).astype(np.int64), ends.astype(np.int64),
        )  # fmt: skip


def make_histories(cases: int, seed: int = 20261125) -> Histories:
    """Draw the histories of so many cases."""
    slots = Slots(cases, np.random.default_rng(seed))
    opening = (slots.rng.integers(FIRST_DAY, LAST_DAY, cases) * DAY) - CHINA + 9 * 60 * MINUTE
    opened = slots.add("clue-received", slots.chance(0.97), opening + slots.minutes())
    filed = check(slots, opened)
    decided = investigate(slots, filed)
    conclude(slots, filed, decided)
    transfer(slots, filed)
    complain(slots, opened)
    return slots.histories()


def check(slots: Slots, opened: np.ndarray) -> np.ndarray:
    """From the clue to the filing."""
    slots.add("clue-received", slots.chance(0.04), opened + slots.days(1, 30))
    slots.add("filing-extended", slots.chance(0.12), opened + slots.days(3, 25))
    slots.add("filing-extended", slots.chance(0.01), opened + slots.days(10, 30))
    begun = slots.chance(0.08)
    at = slots.add("examination-started", begun, opened + slots.days(1, 15))
    slots.add("examination-ended", begun & slots.chance(0.85), at + slots.days(0, 60))
    slots.add("note-added", slots.chance(0.6), opened + slots.days(0, 40))
    refused = slots.chance(0.1)
    slots.add("not-filed", refused, opened + slots.days(2, 40))
    return np.where(refused | slots.chance(0.05), -1, opened + slots.days(1, 45))


def investigate(slots: Slots, filed: np.ndarray) -> np.ndarray:
    """From the filing to the decision: evidence, pauses, extensions, acts, notice and hearing."""
    open_ = filed >= 0
    slots.add("filed", open_, filed)
    slots.add("exhibit-added", open_ & slots.chance(0.7), filed + slots.days(0, 60))
    held = open_ & slots.chance(0.2)
    at = slots.add("evidence-preserved", held, filed + slots.days(0, 10), np.where(slots.chance(0.2), 22, 0))
    slots.add("preservation-disposed", held & slots.chance(0.8), at + slots.days(1, 15))
    held = open_ & slots.chance(0.25)
    at = slots.add("seized", held, filed + slots.days(0, 10))
    slots.add("seizure-extended", held & slots.chance(0.3), at + slots.days(10, 35), np.where(slots.chance(0.5), 6, 0))
    slots.add("seizure-lifted", held & slots.chance(0.7), at + slots.days(5, 80))
    pauses(slots, filed, open_)
    lengths = slots.rng.choice([0, 6, 7, 8, 9], slots.cases)
    extended = open_ & slots.chance(0.15)
    at = slots.add("decision-extended", extended, filed + slots.days(30, 120))
    slots.add("decision-extended", extended & slots.chance(0.4), at + slots.days(5, 60), lengths)
    acts(slots, filed, open_)
    told = open_ & slots.chance(0.8)
    at = slots.add("penalty-notice-served", told, filed + slots.days(20, 110), np.where(slots.chance(0.2), 1, 0))
    slots.add("statement-made", told & slots.chance(0.4), at + slots.days(1, 9))
    heard = told & slots.chance(0.12)
    asked = slots.add("hearing-requested", heard, at + slots.days(1, 9))
    slots.add("hearing-notice-served", heard & slots.chance(0.8), asked + slots.days(1, 8))
    slots.add("hearing-held", heard & slots.chance(0.85), asked + slots.days(8, 40))
    slots.add("hearing-cancelled", heard & slots.chance(0.1), asked + slots.days(4, 30))
    return np.where(told & slots.chance(0.9), at + slots.days(6, 160), -1)


def pauses(slots: Slots, filed: np.ndarray, open_: np.ndarray) -> None:
    """Suspensions and identifications that may overlap, stay open, or stand in the wrong order."""
    stopped = open_ & slots.chance(0.15)
    at = slots.add("suspended", stopped, filed + slots.days(5, 80))
    slots.add("suspended", stopped & slots.chance(0.1), at + slots.days(1, 20))
    slots.add("resumed", stopped & slots.chance(0.8), at + slots.days(1, 200))
    again = stopped & slots.chance(0.15)
    at = slots.add("suspended", again, at + slots.days(20, 150))
    slots.add("resumed", again & slots.chance(0.8), at + slots.days(1, 60))
    for ref, share in ((0, 0.12), (10, 0.05), (11, 0.05)):
        sent = open_ & slots.chance(share)
        at = slots.add("identification-started", sent, filed + slots.days(1, 70), ref)
        slots.add("identification-ended", sent & slots.chance(0.85), at + slots.days(1, 70), ref)


def acts(slots: Slots, filed: np.ndarray, open_: np.ndarray) -> None:
    """What was found to have been done, with sums on both sides of the thresholds, and suspicion."""
    found = open_ & slots.chance(0.55)
    at = filed + slots.days(3, 60)
    amount = np.exp(slots.rng.normal(9.6, 1.3, slots.cases)).astype(np.int64) * 100
    edges = np.array([30_000, 29_999, 50_000, 49_999, 30_001]) * 100
    amount = np.where(slots.chance(0.1), slots.rng.choice(edges, slots.cases), amount)
    slots.add("act-found", found, at, slots.rng.choice([17, 18, 19], slots.cases, p=[0.5, 0.4, 0.1]), amount)
    slots.add(
        "suspicion-assessed", open_ & slots.chance(0.04), at + slots.days(0, 5), slots.rng.choice([20, 21], slots.cases)
    )


def conclude(slots: Slots, filed: np.ndarray, decided: np.ndarray) -> None:
    """The decision and what it brings."""
    there = decided >= 0
    forms = slots.rng.choice([0, 2, 3, 4, 5], slots.cases, p=[0.1, 0.55, 0.1, 0.1, 0.15])
    slots.add("decided", there, decided, forms)
    slots.add("decided", there & slots.chance(0.01), decided + slots.days(3, 40), 2)
    served = there & slots.chance(0.92)
    slots.add("decision-served", served, decided + slots.days(0, 20))
    slots.add("published", there & slots.chance(0.8), decided + slots.days(2, 50))
    done = there & slots.chance(0.6)
    at = slots.add("executed", done, decided + slots.days(5, 90))
    slots.add("closed", done & slots.chance(0.85), at + slots.days(1, 40))
    slots.add("terminated", (filed >= 0) & ~there & slots.chance(0.2), filed + slots.days(30, 200))


def transfer(slots: Slots, filed: np.ndarray) -> None:
    """Handing over to the police, and what comes back; now and then through two of them."""
    sent = (filed >= 0) & slots.chance(0.07)
    at = slots.add("transfer-proposed", sent, filed + slots.days(5, 60))
    at = slots.add("transfer-approved", sent & slots.chance(0.95), at + slots.days(0, 6))
    given = sent & slots.chance(0.9)
    at = slots.add("handed-over", given, at + slots.days(0, 4), 15)
    wrong = slots.chance(0.08)
    signed = slots.add(
        "receipt-signed", given & slots.chance(0.9), at + slots.days(0, 5), np.where(wrong, 12, 0), 0, place=CRIMINAL
    )
    slots.add("forwarded", given & wrong & slots.chance(0.8), signed + slots.days(0, 3), 16, 0, place=CRIMINAL)
    slots.add(
        "receipt-signed", given & wrong & slots.chance(0.7), signed + slots.days(1, 6), 0, 0, place=SECOND_CRIMINAL
    )
    filed_there = given & slots.chance(0.6)
    at = slots.add("police-filed", filed_there, signed + slots.days(0, 9), 0, 0, place=CRIMINAL)
    at = slots.add(
        "filing-notice-received", filed_there & slots.chance(0.9), at + slots.days(0, 4), 14, at + slots.days(1, 9)
    )
    slots.add("goods-handed-over", filed_there & slots.chance(0.7), at + slots.days(0, 9))
    refused = given & ~filed_there & slots.chance(0.8)
    at = slots.add("police-refused", refused, signed + slots.days(1, 9), 0, 0, place=CRIMINAL)
    at = slots.add(
        "refusal-received", refused, at + slots.days(0, 3), np.where(slots.chance(0.5), 14, 0), at + slots.days(0, 6)
    )
    asked = refused & slots.chance(0.4)
    at = slots.add("reconsideration-requested", asked, at + slots.days(0, 6))
    at = slots.add("reconsideration-decided", asked & slots.chance(0.8), at + slots.days(1, 7), 13, 0, place=CRIMINAL)
    slots.add("supervision-requested", refused & slots.chance(0.3), at + slots.days(1, 8))


def complain(slots: Slots, opened: np.ndarray) -> None:
    """A complaint or a preservation beside it, joined to nothing."""
    told = slots.chance(0.06)
    at = opened + slots.days(0, 20)
    slots.add(
        "complaint-received", told, at, np.where(slots.chance(0.4), 14, 0), at + slots.days(1, 5), place=COMPLAINT
    )
    at = slots.add("complaint-accepted", told & slots.chance(0.8), at + slots.days(1, 14), 0, 0, place=COMPLAINT)
    slots.add("mediation-ended", told & slots.chance(0.6), at + slots.days(5, 90), 0, 0, place=COMPLAINT)
    asked = slots.chance(0.02)
    at = slots.add("preservation-requested", asked, opened + slots.days(1, 90), 0, 0, place=CIVIL)
    at = slots.add("preservation-ruled", asked & slots.chance(0.9), at + slots.days(0, 4), 0, 0, place=CIVIL)
    slots.add("preservation-executed", asked & slots.chance(0.8), at + slots.days(0, 5), 0, 0, place=CIVIL)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def data_of(data: int, at: int, param: int) -> dict[str, object]:
    """Return the data of an event as an officer would have entered them."""
    return {key: _filled(value, at, param) for key, value in DATA[data].items()}


def _filled(value: object, at: int, param: int) -> object:
    if value == "{moment}":
        return (EPOCH + timedelta(microseconds=int(param))).isoformat()
    if value == "{day}":
        return _day(at)
    if value == "{from}":
        return _day(at - (param % 200 + 1) * DAY)
    if value == "{yuan}":
        return f"{param // 100}.{param % 100:02d}"
    return f"p{PLACE[value]}" if value in PLACE else value


def _day(at: int) -> str:
    return str(np.datetime64(int((at + CHINA) // DAY), "D"))


def events_of(found: Histories, case: int) -> Iterator[dict[str, object]]:
    """Yield the events of one case as records, in the order recorded."""
    for i in range(found.begins[case], found.ends[case]):
        place = int(found.place[i])
        yield {
            "kind": found.kinds[found.kind[i]],
            "at": EPOCH + timedelta(microseconds=int(found.at[i])),
            "data": data_of(int(found.data[i]), int(found.at[i]), int(found.param[i])),
            "proceeding": f"p{place}",
            "procedure": PROCEDURES[place],
            "organ": f"{ORGANS[place]}-{case % 97}",
            "seq": i - int(found.begins[case]) + 1,
        }
