"""Touching what changed and fell due leaves the same clocks as running everything."""

from datetime import timedelta

import numpy as np
import pytest

from benchmarks.histories import events_of, make_histories
from tests.docket.columns.test_fleet import NOW, gathered, same
from zhibao.docket.columns.fleet import clock_columns
from zhibao.docket.columns.kernel import fold_matters
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.columns.sweeping import fell_due, swept
from zhibao.docket.events import Event

CASES = 200
SINCE = NOW - timedelta(days=400)


@pytest.fixture(scope="module")
def matters():
    made = make_histories(CASES, seed=23)
    return [[Event(**row) for row in events_of(made, case)] for case in range(CASES)]


@pytest.mark.parametrize("days", [0, 1, 30, 400])
def test_a_sweep_equals_running_everything(pack, matters, days):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    found = clock_columns(law, pack.calendar, events, now=SINCE, fold=fold_matters)
    later = SINCE + timedelta(days=days)
    after, touched = swept(found, pack.calendar, events, changed=[], since=SINCE, now=later)
    assert same(after.rows, clock_columns(law, pack.calendar, events, now=later, fold=fold_matters).rows)
    assert len(touched) < CASES
    assert (days == 0) == (len(touched) == 0)


def test_a_sweep_over_changed_and_new_matters_equals_running_everything(pack, matters):
    law = tables_of(pack.deadlines)
    found = clock_columns(law, pack.calendar, gathered(pack, matters[:150]), now=SINCE, fold=fold_matters)
    longer = [[*one, Event("closed", SINCE, proceeding="p0", procedure="administrative")] for one in matters[:3]]
    events = gathered(pack, [*longer, *matters[3:]])
    moved = [*range(150, CASES), 0, 1, 2]
    # Events stand elsewhere once matters before them have grown; here only what the clocks say is compared.
    later = SINCE + timedelta(days=9)
    after, _touched = swept(found, pack.calendar, events, changed=moved, since=SINCE, now=later)
    whole = clock_columns(law, pack.calendar, events, now=later, fold=fold_matters)
    for name in ("matter", "limit", "number", "day", "due", "late_at", "state", "provisional", "reading", "allowed"):
        assert np.array_equal(getattr(after.rows, name), getattr(whole.rows, name)), name


def test_nothing_falls_due_before_its_time(pack, matters):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    found = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    assert fell_due(found, events, since=NOW, now=NOW).tolist() == []


def test_where_every_matter_changed_everything_is_run(pack, matters):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    found = clock_columns(law, pack.calendar, events, now=SINCE, fold=fold_matters)
    after, touched = swept(found, pack.calendar, events, changed=range(CASES), since=SINCE, now=NOW)
    assert len(touched) == CASES
    assert same(after.rows, clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters).rows)
