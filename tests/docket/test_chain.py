from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.docket.conftest import event, moment
from zhibao.docket.chain import check_chain, event_hash, seal
from zhibao.docket.errors import EventWithoutTime
from zhibao.docket.events import Event
from zhibao.kernel.canonical import canonical_bytes, sha256_hex
from zhibao.kernel.errors import NotCanonical

EARLIEST, LATEST = (datetime.fromisoformat(day) for day in ("2020-01-01", "2027-01-01"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(["clue-received", "filed", "note-added"]),
    at=st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)),
    data=st.dictionaries(st.text(max_size=6), JSON, max_size=3),
    proceeding=st.text(max_size=5),
    procedure=st.text(max_size=5),
    organ=st.text(max_size=5),
    actor=st.text(max_size=5),
    recorded_at=st.none() | st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)),
    exhibits=st.lists(st.text(max_size=4), max_size=2).map(tuple),
    law_pack=st.text(max_size=5),
)


def chained(events):
    sealed, prev = [], ""
    for seq, one in enumerate(events, start=1):
        sealed.append(seal(replace(one, seq=seq), prev))
        prev = sealed[-1].hash
    return sealed


@given(st.lists(EVENTS, min_size=1, max_size=5))
def test_a_chain_as_sealed_holds(events):
    assert check_chain(chained(events)) == []


@given(EVENTS, st.text(max_size=4))
def test_the_bytes_that_are_hashed_are_the_canonical_form_of_the_event(one, prev):
    record = {
        "kind": one.kind,
        "at": one.at.isoformat(timespec="microseconds"),
        "data": one.data,
        "proceeding": one.proceeding,
        "procedure": one.procedure,
        "organ": one.organ,
        "actor": one.actor,
        "seq": one.seq,
        "recorded_at": one.recorded_at and one.recorded_at.isoformat(timespec="microseconds"),
        "exhibits": list(one.exhibits),
        "law_pack": one.law_pack,
        "prev": prev,
    }
    assert event_hash(one, prev) == sha256_hex(canonical_bytes(record))


def test_half_a_character_has_no_hash():
    with pytest.raises(NotCanonical):
        event_hash(replace(event("filed", "2026-10-20"), organ="\ud800"), "")


CHANGES = {
    "kind": lambda one: one.kind + "x",
    "at": lambda one: one.at + timedelta(microseconds=1),
    "data": lambda one: {**one.data, "more": 1},
    "proceeding": lambda one: one.proceeding + "x",
    "procedure": lambda one: one.procedure + "x",
    "organ": lambda one: one.organ + "x",
    "actor": lambda one: one.actor + "x",
    "seq": lambda one: one.seq + 1,
    "recorded_at": lambda one: (one.recorded_at or datetime(2020, 1, 1, tzinfo=UTC)) + timedelta(seconds=1),
    "exhibits": lambda one: (*one.exhibits, "x"),
    "law_pack": lambda one: one.law_pack + "x",
    "prev": lambda one: one.prev + "0",
    "hash": lambda one: one.hash[::-1] + "0",
}


@given(st.lists(EVENTS, min_size=1, max_size=4), st.data())
def test_any_single_change_is_found(events, data):
    chain = chained(events)
    place = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from(sorted(CHANGES)))
    chain[place] = replace(chain[place], **{name: CHANGES[name](chain[place])})
    assert check_chain(chain)


@given(st.lists(EVENTS, min_size=2, max_size=5), st.data())
def test_an_event_left_out_or_swapped_is_found(events, data):
    chain = chained(events)
    place = data.draw(st.integers(0, len(chain) - 2))
    assert check_chain(chain[:place] + chain[place + 1 :])
    swapped = [*chain]
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert check_chain(swapped)


def test_every_field_but_the_hash_is_hashed():
    one = event("clue-received", "2026-09-28")
    for name, change in CHANGES.items():
        if name not in {"hash", "prev"}:
            assert event_hash(replace(one, **{name: change(one)}), "") != event_hash(one, ""), name
    assert event_hash(replace(one, hash="x"), "") == event_hash(one, "")
    assert event_hash(one, "a") != event_hash(one, "b")


def test_the_same_instant_in_another_offset_gives_the_same_hash():
    one = event("clue-received", "2026-09-28T10:00")
    elsewhere = replace(one, at=one.at.astimezone(timezone(timedelta(hours=-5))))
    assert event_hash(one, "") == event_hash(elsewhere, "")


def test_a_time_without_offset_cannot_be_sealed():
    with pytest.raises(EventWithoutTime):
        seal(Event("clue-received", datetime.fromisoformat("2026-09-28T10:00:00")), "")


def test_faults_are_said_in_both_languages():
    chain = chained([event("clue-received", "2026-09-28"), event("filed", "2026-09-29")])
    broken = [chain[0], replace(chain[1], at=moment("2026-09-30"))]
    faults = check_chain(broken)
    assert [fault.seq for fault in faults] == [2]
    assert faults[0].says.zh == "内容和它的摘要对不上。"
    assert faults[0].says.en
