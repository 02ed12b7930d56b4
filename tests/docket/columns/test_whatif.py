"""A changed law over columns differs from the old one exactly where ``docket.whatif`` says so case by case."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from benchmarks.histories import events_of, make_histories
from tests.docket.columns.test_fleet import NOW, gathered
from zhibao.docket.clocks import clocks
from zhibao.docket.columns.events import microseconds
from zhibao.docket.columns.tables import STATES
from zhibao.docket.columns.whatif import differences, run_limits
from zhibao.docket.events import Event
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Length, Unit

CASES = 120
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def matters():
    made = make_histories(CASES, seed=11)
    return [[Event(**row) for row in events_of(made, case)] for case in range(CASES)]


def versions(pack, name, change):
    deadline = pack.deadlines[name]
    return {**pack.deadlines, name: replace(deadline, versions=tuple(change(one) for one in deadline.versions))}


def length(number, unit):
    return lambda version: replace(version, length=Length(number, unit))


def later(version):
    return replace(version, span=replace(version.span, first=version.span.first + 400 * DAY))


def without(pack, name):
    return {key: value for key, value in pack.deadlines.items() if key != name}


CHANGES = {
    "a shorter length": ("adm.decide", lambda pack: versions(pack, "adm.decide", length(60, Unit.DAYS))),
    "hours instead of days": ("xfer.goods", lambda pack: versions(pack, "xfer.goods", length(20, Unit.HOURS))),
    "days instead of hours": ("xfer.handover", lambda pack: versions(pack, "xfer.handover", length(1, Unit.DAYS))),
    "pauses that count": (
        "adm.decide",
        lambda pack: versions(pack, "adm.decide", lambda one: replace(one, excludes=())),
    ),
    "a version that begins later": ("adm.file", lambda pack: versions(pack, "adm.file", later)),
    "no such limit": ("adm.publish", lambda pack: without(pack, "adm.publish")),
    "another end": (
        "adm.serve",
        lambda pack: {**pack.deadlines, "adm.serve": replace(pack.deadlines["adm.serve"], lapsed_by=("published",))},
    ),
}


def told(deadlines, pack, events, name):
    only = {key: value for key, value in deadlines.items() if key == name}
    found = clocks(replace(pack, deadlines=only), events, now=NOW)
    return {(one.entry, one.proceeding): (one.state, one.due) for one in found}


def shown(side, k):
    if side.state[k] < 0:
        return None
    return STATES[side.state[k]], int(side.late_at[k]) or int(side.due[k])


def plain(answer):
    if answer is None:
        return None
    state, due = answer
    if isinstance(due, datetime):
        return state, microseconds(due) + 60_000_000
    return state, -1 if due is None else number_of(due)


@pytest.mark.parametrize("what", CHANGES)
def test_differences_equal_those_case_by_case(pack, matters, what):
    name, change = CHANGES[what]
    new = change(pack)
    events = gathered(pack, matters)
    sides = [run_limits(law, pack.calendar, events, ids=[name], now=NOW, workers=2) for law in (pack.deadlines, new)]
    found = differences(*sides)
    assert len(found)
    assert set(found.ids) == {name}
    ours = {
        (int(found.matter[k]), int(found.entry[k]), int(found.proceeding[k])): (
            shown(found.old, k),
            shown(found.new, k),
        )
        for k in range(len(found))
    }
    theirs = {}
    for number, one in enumerate(matters):
        places = {}
        for event in one:
            places.setdefault(event.proceeding, len(places))
        old, fresh = told(pack.deadlines, pack, one, name), told(new, pack, one, name)
        for key in old.keys() | fresh.keys():
            if old.get(key) != fresh.get(key):
                theirs[number, key[0], places[key[1]]] = (plain(old.get(key)), plain(fresh.get(key)))
    assert ours == theirs


def test_the_same_law_differs_nowhere(pack, matters):
    events = gathered(pack, matters[:30])
    sides = [run_limits(pack.deadlines, pack.calendar, events, ids=["adm.file"], now=NOW) for _ in range(2)]
    assert len(differences(*sides)) == 0
