"""What accepts by lists accepts and refuses as ``acceptance`` does, event by event, whatever is recorded in whatever order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docket.conftest import moment
from zhibao.docket.acceptance import check_new
from zhibao.docket.chain import seal
from zhibao.docket.events import Event
from zhibao.docket.standing import Guide, Standing
from zhibao.kernel.errors import ZhibaoError

START = moment("2026-03-02")
NOW = moment("2026-11-23")
PROCEEDINGS = (("administrative", "a"), ("administrative", "b"), ("criminal", "c"), ("civil", "d"), ("customs", "e"))
VALUES = {
    "text": "x", "day": "2026-02-01", "moment": "2026-05-01T10:00:00+08:00", "whole": 3, "yuan": "31000.00", "flag": True,
    "length": "10 days", "event": 1, "data": {}, "lines": [], "acts": "sell-counterfeit-goods", "proceeding": "c",
}  # fmt: skip


@pytest.fixture(scope="module")
def guide(pack):
    return Guide(pack)


def data_of(kind, optional):
    """Data that fits the kind: what it needs, and of the rest what ``optional`` says."""
    fields = [field for field in kind.fields if field.required or field.name in optional]
    return {
        field.name: field.choices[0].id if field.type == "choice" else VALUES.get(field.type, "x") for field in fields
    }


def related_kinds(pack, start):
    """A few kinds that answer one another, so that their order matters, and those that join and correct."""
    everything = list(pack.event_kinds.values())
    first = everything[start % len(everything)]
    near = {first.id, *first.after, *(kind.id for kind in everything if first.id in kind.after)}
    near |= {other for kind in everything if kind.id in near for other in kind.after}
    extending = {"filing-extended", "decision-extended"} if start % 4 == 0 else set()
    joining = {"handed-over", "corrected", "note-added", "proceeding-opened"}
    return [kind for kind in everything if kind.id in near | joining | extending]


def outcome(accept):
    try:
        accept()
    except ZhibaoError as error:
        return (error.code, error.where, error.say("zh"))
    return None


KIND = st.integers(0, 10_000)
MOVE = st.tuples(
    KIND,
    st.sampled_from(PROCEEDINGS),
    st.integers(0, 12),
    st.sets(st.sampled_from(["proceeding", "length", "received_at"])),
    st.booleans(),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(moves=st.lists(MOVE, max_size=25), start=KIND)
def test_it_refuses_and_accepts_as_the_slow_way_does(pack, guide, moves, start):
    kinds = related_kinds(pack, start)
    standing = Standing(guide)
    recorded: list[Event] = []
    for number, (procedure, proceeding), day, optional, wrong in moves:
        fits = [kind for kind in kinds if wrong or kind.belongs_to(procedure)]
        kind = fits[number % len(fits)]
        new = Event(
            kind=kind.id,
            at=START + timedelta(days=day),
            data=data_of(kind, optional) if kind.id != "corrected" else correction(recorded, day, number),
            proceeding=proceeding,
            procedure=procedure,
            organ="o",
            actor="1",
            seq=len(recorded) + 1,
            recorded_at=NOW,
        )
        if kind.id == "corrected" and recorded:
            target = recorded[number % len(recorded)]
            new = replace(new, proceeding=target.proceeding, procedure=target.procedure)
        slow = outcome(lambda new=new: check_new(pack, recorded, new))
        assert outcome(lambda new=new: standing.check(new)) == slow
        if slow is None:
            sealed = seal(new, recorded[-1].hash if recorded else "")
            recorded.append(sealed)
            standing.add(sealed)
    assert standing.events == recorded
    assert (standing.seq, standing.hash) == (len(recorded), recorded[-1].hash if recorded else "")
    again = Standing(guide, recorded)
    assert {kind: steps for kind, steps in again._by_kind.items() if steps} == standing._by_kind


def correction(recorded, day, number):
    """A correction of one of the events, by turns of its time, or withdrawn."""
    if not recorded:
        return {"corrects": 1, "why": "x", "withdrawn": True}
    seq = 1 + number % len(recorded)
    if day % 3 == 0:
        return {"corrects": seq, "why": "x", "withdrawn": True}
    return {"corrects": seq, "why": "x", "at": (START + timedelta(days=day)).isoformat()}


def adm(kind, day, seq, **data):
    return Event(kind, moment(day), data, "a", "administrative", "o", "1", seq, NOW)


def test_what_comes_to_stand_after_its_answer_is_refused(guide):
    """An answer recorded while nothing it could answer was known is put out of order by what comes later."""
    standing = Standing(guide, [adm("clue-received", "2026-03-02", 1), adm("examination-ended", "2026-03-04", 2)])
    with pytest.raises(ZhibaoError) as refused:
        standing.check(adm("examination-started", "2026-03-05", 3))
    assert refused.value.code == "event-before-start"


def test_a_thousand_events_cost_the_next_one_nothing(guide):
    """The lists make the check of a plain event independent of how many there are: no walk through them."""
    standing = Standing(guide, [adm("clue-received", "2026-03-02", 1)])
    for number in range(2, 1002):
        note = adm("note-added", "2026-03-03", number, text="x")
        standing.check(note)
        standing.add(note)
    standing.events = NeverRead(standing.events)
    standing.check(adm("filed", "2026-03-04", 1002))


class NeverRead(list):
    def __iter__(self):
        raise AssertionError("the events were walked through")


@pytest.mark.parametrize("kind", ["note-added", "filed", "corrected"])
def test_what_was_not_recorded_after_all_is_forgotten(guide, kind):
    begun = [adm("clue-received", "2026-03-02", 1), adm("note-added", "2026-03-03", 2, text="x")]
    data = {"corrects": 2, "withdrawn": True, "why": "x"} if kind == "corrected" else {}
    standing = Standing(guide, begun)
    standing.add(adm(kind, "2026-03-04", 3, **data))
    standing.rewind(3)
    assert standing.seq == 3
    standing.rewind(2)
    assert standing.events == begun
    assert standing._by_kind == Standing(guide, begun)._by_kind


def test_what_was_recorded_elsewhere_is_followed_only_where_it_joins(guide):
    chain, prev = [], ""
    for seq, kind in enumerate(("clue-received", "note-added", "filed", "note-added"), start=1):
        chain.append(seal(adm(kind, "2026-03-02", seq, text="x"), prev))
        prev = chain[-1].hash
    standing = Standing(guide, chain[:2])
    assert standing.follow([])
    assert not standing.follow(chain[3:])
    assert not standing.follow([replace(chain[2], prev="0" * 64)])
    assert standing.events == chain[:2]
    assert standing.follow(chain[2:])
    assert standing.events == chain
    assert standing._by_kind == Standing(guide, chain)._by_kind
