"""Rows read for the mirror say the same as the events the docket reads, in both databases."""

from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.histories import events_of, make_histories
from tests import factories
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event, Matter, Proceeding
from zhibao.apps.cases.store.mirror_rows import rows_of_many
from zhibao.apps.cases.store.record import events_of_many
from zhibao.docket.columns.events import Gatherer, NotPlainError
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.errors import EventFault
from zhibao.docket.events import Event as DocketEvent
from zhibao.docket.timeline import timeline

pytestmark = pytest.mark.django_db

PROCEDURES = ("administrative", "criminal", "criminal", "complaint")
ORGANS = ("first", "second")
KINDS = (
    "clue-received", "filed", "decided", "suspended", "resumed", "decision-extended", "handed-over", "forwarded",
    "receipt-signed", "identification-started", "identification-ended", "hearing-notice-served", "note-added",
    "filing-notice-received", "refusal-received", "complaint-received", "track-changed", "corrected", "published",
)  # fmt: skip
MOMENTS = st.datetimes(datetime(1990, 6, 1), datetime(2190, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
NEAR = st.integers(0, 400_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
TIMES = st.one_of(NEAR.map(datetime.isoformat), st.sampled_from(["2026-03-05", "soon", "", "1023-01-01"]))
DATA = st.fixed_dictionaries(
    {},
    optional={
        "length": st.sampled_from(["20 days", "2 months", "3 hours", "soon"]),
        "ref": st.sampled_from(["a", "b", "", "“丙”"]),
        "hearing_at": TIMES,
        "received_at": TIMES,
        "accepted_on": TIMES,
        "proceeding": st.sampled_from([0, 1, 2, 3, "another", None]),
        "result": st.sampled_from(["penalty", "no-penalty", ""]),
        "on_the_spot": st.booleans(),
        "corrects": st.integers(1, 5),
        "withdrawn": st.booleans(),
        "text": st.sampled_from(["\\u0022ref\\u0022", '"length": "20 days"', "记录\n", "\\"]),
    },
)
EVENTS = st.tuples(
    st.sampled_from(KINDS), st.one_of(NEAR, NEAR, NEAR, MOMENTS), st.one_of(st.just({}), st.just({}), DATA),
    st.integers(0, 3), st.sampled_from(ORGANS),
)  # fmt: skip


NUMBERS = count(1)


@pytest.fixture
def store(handler):
    """Write a matter with these events, unchecked; return its id."""
    for name in ORGANS:
        factories.make_organ(id=name, name_zh=name)

    def store(events):
        number, opened_at = next(NUMBERS), datetime(2026, 1, 1, tzinfo=UTC)
        matter = Matter.objects.create(number=f"M-{number}", title="案", place="360202", opened_at=opened_at)
        proceedings = Proceeding.objects.bulk_create(
            Proceeding(matter=matter, procedure=name, organ_id="first", number=f"{number}/{place}", opened_at=opened_at)
            for place, name in enumerate(PROCEDURES)
        )
        rows = []
        for seq, (kind, at, data, place, organ) in enumerate(events, 1):
            named = data.get("proceeding")
            told = data | {"proceeding": str(proceedings[named].pk)} if isinstance(named, int) else data
            rows.append(Event(
                matter=matter, seq=seq, proceeding=proceedings[place], kind=kind, at=at, recorded_at=at, organ_id=organ,
                actor=handler, data=told, law_pack="",
            ))  # fmt: skip
        Event.objects.bulk_create(rows)
        return matter.pk

    return store


def meanings(columns):
    """Return what the columns say, numbers given out put back to what they stand for."""
    steps, places, extras = columns.steps, columns.places, columns.extras
    return [
        [
            (
                columns.signatures[steps.code[k]], int(steps.at[k]), int(steps.day[k]),
                tuple(str(np.asarray(column)[steps.extra[k]]) for column in extras),
                int(steps.place[k]) - int(steps.place[begin]), columns.procedures[places.procedure[steps.place[k]]],
                columns.organs[places.organ[steps.place[k]]],
                tuple(int(getattr(places, name)[steps.place[k]]) for name in ("proceeding", "root", "outside", "alone")),
            )
            for k in range(begin, end)
        ]
        for begin, end in zip(columns.begins, columns.ends, strict=True)
    ]  # fmt: skip


def both(ids):
    """Gather by rows what can be, and the same matters by events; return both, and the matters refused."""
    lean, general = (Gatherer(tables_of(current_pack().deadlines).encoding) for _ in range(2))
    read, procedures = rows_of_many(ids)
    refused = []
    for matter, events in events_of_many(ids).items():
        assert read[matter].seq == len(events)
        try:
            lean.add_rows(read[matter].rows, procedures)
        except NotPlainError:
            refused.append(matter)
        else:
            general.add(timeline(events))
    return lean.columns(), general.columns(), refused


def is_odd(events):
    """Tell whether a matter has what only the docket reads: a correction, an old day, a day that is none."""
    if any(kind == "corrected" or at.year < 1993 for kind, at, *_rest in events):
        return True
    try:
        encoded = Gatherer(tables_of(current_pack().deadlines).encoding)
        encoded.add(timeline([DocketEvent(kind, at, data, "p", "x", "o", seq=1) for kind, at, data, *_rest in events]))
    except EventFault:
        return True
    return False


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matters=st.lists(st.lists(EVENTS, max_size=7), min_size=1, max_size=6))
def test_rows_say_what_events_say(store, matters):
    ids = [store(events) for events in matters]
    lean, general, refused = both(ids)
    assert meanings(lean) == meanings(general)
    assert all(is_odd(events) for key, events in zip(ids, matters, strict=True) if key in refused)


def test_made_up_histories_read_as_rows_say_what_their_events_say(store):
    made = make_histories(60, seed=5)
    ids = []
    for case in range(made.cases):
        rows = list(events_of(made, case))
        for row in rows:
            if "proceeding" in row["data"]:
                row["data"]["proceeding"] = int(row["data"]["proceeding"][1:])
        ids.append(store([
            (row["kind"], row["at"], row["data"], min(int(row["proceeding"][1:]), 3), ORGANS[case % 2]) for row in rows
        ]))  # fmt: skip
    lean, general, refused = both(ids)
    assert not refused
    assert meanings(lean) == meanings(general)
    assert len(lean.steps.code) == len(made)


@pytest.mark.parametrize("odd", [("corrected", {"corrects": 1, "withdrawn": True}), ("note-added", None)])
def test_a_matter_only_the_docket_can_read_leaves_nothing_behind(store, odd):
    kind, data = odd
    at = datetime(2026, 3, 1, tzinfo=UTC) if data else datetime(1988, 7, 1, tzinfo=UTC)
    plain = [("clue-received", datetime(2026, 3, 1, tzinfo=UTC), {}, 0, "first")]
    ids = [
        store([*plain, ("identification-started", at, {"ref": "a"}, 1, "first"), (kind, at, data or {}, 0, "first")]),
        store(plain),
    ]
    lean, general, refused = both(ids)
    assert refused == ids[:1]
    assert meanings(lean) == meanings(general)
    assert (len(lean.steps.code), len(lean.extras.ref), len(lean.places.root)) == (1, 1, 1)


def test_no_rows_are_no_events(store):
    key = store([])
    read, _procedures = rows_of_many([key])
    assert (read[key].rows, read[key].seq) == ([], 0)
