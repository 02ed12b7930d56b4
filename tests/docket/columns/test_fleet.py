"""Clocks of many matters by columns are those of each matter by itself, with and without a compiler."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fleet_columns import columns_of
from benchmarks.histories import events_of, make_histories
from tests.docket.conftest import event
from tests.docket.test_clocks_slow import histories
from zhibao.docket.clocks import clocks
from zhibao.docket.columns import compiled
from zhibao.docket.columns.events import EventColumns, Gatherer, microseconds
from zhibao.docket.columns.fleet import clock_columns, narrowed
from zhibao.docket.columns.kernel import fold_matters
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.columns.tables import STATES, Rows
from zhibao.docket.events import Event
from zhibao.docket.timeline import timeline
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import LEGAL_TZ, Length, Unit
from zhibao.rules.deadlines import Missed

NOW = datetime(2026, 11, 25, 10, tzinfo=LEGAL_TZ)
CASES = 150


def gathered(pack, matters) -> EventColumns:
    gatherer = Gatherer(tables_of(pack.deadlines).encoding)
    for events in matters:
        gatherer.add(timeline(events))
    return gatherer.columns()


def by_columns(found):
    """Return by matter what its clocks came to."""
    rows, events, told = found.rows, found.events, {}
    for k in range(len(found)):
        begin = events.begins[rows.matter[k]]
        owed = None if rows.owed[k] < 0 else int(rows.owed[k] - begin)
        late = int(rows.late_at[k]) if rows.late_at[k] else int(rows.due[k])
        one = (
            found.law.deadlines[rows.limit[k]].id, int(rows.number[k]), STATES[rows.state[k]], late,
            bool(rows.provisional[k]), bool(rows.reading[k]), bool(rows.assumed[k]), owed,
        )  # fmt: skip
        told.setdefault(int(rows.matter[k]), []).append(one)
    return {matter: sorted(rows, key=repr) for matter, rows in told.items()}


def one_by_one(pack, events, now):
    steps = timeline(events)
    told = []
    for clock in clocks(pack, events, now=now):
        late = -1 if clock.due is None else (
            microseconds(clock.due_moment) if isinstance(clock.due, datetime) else number_of(clock.due)
        )  # fmt: skip
        owed = [place for place, step in enumerate(steps) if clock.organ and step.event.organ == clock.organ]
        told.append(
            (
                clock,
                (
                    clock.id,
                    clock.entry,
                    clock.state,
                    late,
                    clock.provisional,
                    clock.reading,
                    clock.assumed_receipt,
                    owed,
                ),
            )
        )
    return [one for _clock, one in told]


def agree(pack, matters, found, now=NOW):
    told = by_columns(found)
    for number, events in enumerate(matters):
        ours, theirs = told.get(number, []), one_by_one(pack, events, now)
        assert [one[:7] for one in ours] == sorted((one[:7] for one in theirs), key=repr)
        owed = {one[:2]: one[7] for one in theirs}
        assert all((one[7] is None) == (not owed[one[:2]]) for one in ours)
        assert all(one[7] is None or one[7] in owed[one[:2]] for one in ours)


@pytest.fixture(scope="module")
def made_up():
    return make_histories(CASES, seed=7)


@pytest.fixture(scope="module")
def matters(made_up):
    return [[Event(**row) for row in events_of(made_up, case)] for case in range(CASES)]


def test_columns_equal_the_one_case_path(pack, matters):
    law = tables_of(pack.deadlines)
    found = clock_columns(law, pack.calendar, gathered(pack, matters), now=NOW, fold=fold_matters)
    assert len(found) > 3 * CASES
    agree(pack, matters, found)


def test_columns_made_at_once_say_what_gathering_one_by_one_says(pack, matters, made_up):
    law = tables_of(pack.deadlines)
    at_once = columns_of(made_up, law.encoding)
    found = clock_columns(law, pack.calendar, at_once, now=NOW, fold=fold_matters)
    agree(pack, matters, found)


def same(one: Rows, other: Rows) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_the_answer_does_not_depend_on_how_work_is_shared(pack, matters, workers):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    whole = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    shared = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters, workers=workers)
    assert same(whole.rows, shared.rows)


def test_compiled_and_plain_say_the_same(pack, matters):
    pytest.importorskip("numba")
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    plain = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    fast = clock_columns(law, pack.calendar, events, now=NOW, workers=2)
    assert same(plain.rows, fast.rows)


def test_without_a_compiler_the_functions_run_as_they_are(pack, matters, monkeypatch):
    monkeypatch.setattr(compiled, "find_spec", lambda _name: None)
    compiled.compiled_fold.cache_clear()
    try:
        assert compiled.compiled_fold() is fold_matters
        found = clock_columns(tables_of(pack.deadlines), pack.calendar, gathered(pack, matters[:20]), now=NOW)
        agree(pack, matters[:20], found)
    finally:
        compiled.compiled_fold.cache_clear()


def test_some_matters_alone_keep_their_numbers(pack, matters):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    whole = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    wanted = np.array([3, 4, 77, 140])
    some = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters, matters=wanted)
    kept = np.isin(whole.rows.matter, wanted)
    assert same(Rows(*(column[kept] for column in whole.rows)), some.rows)


def test_no_matters_have_no_clocks(pack):
    found = clock_columns(tables_of(pack.deadlines), pack.calendar, gathered(pack, []), now=NOW, fold=fold_matters)
    assert len(found) == 0


def test_some_limits_alone_say_what_they_say_among_all(pack, matters):
    law, events = tables_of(pack.deadlines), gathered(pack, matters)
    whole = clock_columns(law, pack.calendar, events, now=NOW, fold=fold_matters)
    some = clock_columns(narrowed(law, ["adm.decide", "xfer.goods"]), pack.calendar, events, now=NOW, fold=fold_matters)
    told = {
        matter: [one for one in clocks_ if one[0] in {"adm.decide", "xfer.goods"}]
        for matter, clocks_ in by_columns(whole).items()
    }
    assert by_columns(some) == {matter: kept for matter, kept in told.items() if kept}


@settings(max_examples=60, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=4), st.integers(-60, 60))
def test_any_histories_side_by_side_come_to_what_each_comes_to(pack, drawn, shift):
    matters = [events for events, _now in drawn]
    now = max(now for _events, now in drawn) + timedelta(days=shift)
    found = clock_columns(tables_of(pack.deadlines), pack.calendar, gathered(pack, matters), now=now, fold=fold_matters)
    agree(pack, matters, found, now)


def changed(pack, name, change):
    """Return the deadlines with every version of one of them changed."""
    deadline = pack.deadlines[name]
    return {name: replace(deadline, versions=tuple(change(one) for one in deadline.versions))}


def only(pack, deadlines, *events, now=NOW):
    [clock] = clocks(replace(pack, deadlines=deadlines), events, now=now)
    return clock


@pytest.mark.parametrize(
    ("number", "unit", "due"),
    [
        (3, Unit.DAYS, date(2026, 3, 20)),
        (0, Unit.WORKING_DAYS, date(2026, 3, 23)),
        (1, Unit.MONTHS, date(2026, 2, 23)),
        (1, Unit.YEARS, date(2025, 3, 23)),
    ],
)
def test_a_notice_counts_back_in_every_unit(pack, number, unit, due):
    deadlines = changed(pack, "adm.hearing.notice", lambda one: replace(one, length=Length(number, unit)))
    held = event("hearing-held", "2026-03-23")
    assert only(pack, deadlines, event("hearing-requested", "2026-03-09"), held).due == due


def test_a_length_of_nothing_ends_on_its_first_day(pack):
    deadlines = changed(pack, "adm.file", lambda one: replace(one, length=Length(0, Unit.WORKING_DAYS)))
    assert only(pack, deadlines, event("clue-received", "2026-03-02")).due == date(2026, 3, 2)


def test_time_that_must_pass_stands_still_while_it_is_suspended(pack):
    span = pack.deadlines["adm.decide"].versions[-1].excludes[0]
    deadlines = changed(pack, "adm.file", lambda one: replace(one, excludes=(span,)))
    deadlines["adm.file"] = replace(
        deadlines["adm.file"], missed=Missed(lapses=False, finding="", weight=0, waits=True)
    )
    begun, paused = event("clue-received", "2026-03-02"), event("suspended", "2026-03-04")
    assert only(pack, deadlines, begun, paused).state == "suspended"
    assert only(pack, deadlines, begun).state == "met"
    assert only(pack, deadlines, begun, event("filed", "2026-03-03")).state == "lapsed"


def test_hours_that_are_extended_add_up(pack):
    rule = replace(pack.deadlines["adm.file"].versions[-1].extensions[0], length=Length(5, Unit.DAYS))
    deadlines = changed(pack, "adm.file", lambda one: replace(one, length=Length(24, Unit.HOURS), extensions=(rule,)))
    clock = only(pack, deadlines, event("clue-received", "2026-03-02"), event("filing-extended", "2026-03-02T12:00"))
    assert (clock.allowed, clock.due.isoformat()) == (29, "2026-03-03T15:00:00+08:00")


def test_the_name_of_what_is_kept_compiled_changes_with_any_constant(monkeypatch):
    before = compiled.digest()
    monkeypatch.setattr("zhibao.docket.columns.tables.MINUTE", 1)
    assert compiled.digest() != before


def test_only_plain_functions_are_compiled():
    with pytest.raises(TypeError):
        compiled._named(len)
