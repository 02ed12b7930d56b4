"""Many appends in one transaction come to what they would have come to one after another."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.errors import BrokenChain, MatterMovedOn, MatterNotFound, SeqAhead
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store import batch, record
from zhibao.apps.cases.store.batch import Order
from zhibao.apps.cases.store.record import Step
from zhibao.apps.cases.store.standings import standings
from zhibao.kernel.errors import ZhibaoError

pytestmark = pytest.mark.django_db
STEPS = {
    "note": ("note-added", {"text": "看过现场"}),
    "file": ("filed", {}),  # once
    "decide": ("decided", {"result": "penalty"}),  # not before it is filed
    "bad": ("no-such-kind", {}),
    "empty": ("note-added", {}),
}
ORDER = st.tuples(
    st.integers(0, 2),  # which matter
    st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=3),
    st.none() | st.integers(2, 8),  # expected_seq
)


@pytest.fixture
def matters(handler, now):
    return [
        open_matter(actor=handler, title=f"{n}", place="360202", procedure="administrative", now=now) for n in range(3)
    ]


@pytest.fixture
def order(matters, handler, now):
    proceedings = [matter.proceedings.get() for matter in matters]

    def order(place, steps, seen=None):
        made = tuple(Step(proceedings[place], kind, now, data) for kind, data in (STEPS[name] for name in steps))
        return Order(matters[place].pk, made, handler, now + timedelta(seconds=1), seen)

    return order


def one_by_one(orders):
    answers = []
    for one in orders:
        try:
            added = record.add(one.matter_id, one.steps, actor=one.actor, now=one.now, expected_seq=one.expected_seq)
            answers.append([event.hash for event in added])
        except ZhibaoError as error:
            answers.append(error.code)
    return answers


def in_batches(orders, sizes):
    left = list(orders)
    for size in [*sizes, len(left)]:
        if left[:size]:
            batch.write(left[:size])
        left = left[size:]
    assert all(one.is_settled for one in orders)
    return [one.error.code if one.error else [event.hash for event in one.recorded] for one in orders]


def stored(matters):
    found = [queries.events_of(matter) for matter in matters]
    fresh = Matter.objects.in_bulk([matter.pk for matter in matters])
    assert all(queries.chain_of(fresh[matter.pk]) == [] for matter in matters)
    return found


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(ORDER, max_size=12), sizes=st.lists(st.integers(1, 5), max_size=6), known=st.booleans())
def test_any_interleaving_in_any_batches_equals_the_same_appends_one_by_one(matters, order, asked, sizes, known):
    """The same events with the same hashes, and each refusal of the same kind; what this process knows makes no difference."""
    outcomes = []
    for write in (one_by_one, lambda orders: in_batches(orders, sizes)):
        point = transaction.savepoint()
        if not known:
            standings.clear()
        outcomes.append((write([order(*one) for one in asked]), stored(matters)))
        transaction.savepoint_rollback(point)
    assert outcomes[0] == outcomes[1]


def test_what_is_refused_fails_alone_and_is_told_why(order, matters):
    orders = [order(0, ["note"]), order(0, ["bad"]), order(0, ["note", "note", "decide"], None), order(1, ["file"], 9)]
    orders[2].steps = (orders[2].steps[0], order(0, ["bad"]).steps[0])
    lost = order(2, ["note"])
    lost.matter_id = "00000000-0000-0000-0000-000000000000"
    batch.write([*orders, fine := order(2, ["file"])])
    assert [event.seq for event in orders[0].recorded] == [1, 2, 3]
    assert orders[1].error.code == orders[2].error.code == "unknown-event-kind"
    assert isinstance(orders[3].error, SeqAhead)
    assert fine.recorded[-1].kind == "filed"
    assert [len(queries.events_of(matter)) for matter in matters] == [3, 2, 3]


def test_a_matter_that_is_not_there_is_not_found(order):
    import uuid

    lost = order(0, ["note"])
    lost.matter_id = uuid.uuid4()
    batch.write([lost, order(1, ["note"])])
    assert isinstance(lost.error, MatterNotFound)


def test_of_two_who_saw_the_same_the_second_is_told_who_was_first(order, matters, head, now):
    first, second = order(0, ["file"], 2), order(0, ["note"], 2)
    first.actor = head
    batch.write([first, second])
    assert first.recorded[-1].seq == 3
    assert isinstance(second.error, MatterMovedOn)
    assert head.name_zh in second.error.say("zh")
    assert "立案" in second.error.say("zh")


def test_a_refusal_that_rested_on_what_was_not_written_is_not_kept(order, monkeypatch):
    """The second was refused because of the first, which then was not written: alone it is looked at afresh."""
    first, second = order(0, ["file"]), order(0, ["file"])
    with monkeypatch.context() as patch:
        patch.setattr(batch, "put_all", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            batch.write([first, second])
    assert not first.is_settled
    assert not second.is_settled
    batch.write_alone([second])
    assert second.recorded[-1].kind == "filed"


def fail(*_args):
    raise DatabaseError("disk full")


def test_what_was_written_after_all_is_not_written_twice(order, matters):
    """The answer to a commit was lost on its way: what was meant stands in the record and is found there."""
    one = order(0, ["note"])
    batch.write([one])
    one.recorded = ()
    batch.write_alone([one])
    assert len(one.recorded) == len(queries.events_of(matters[0])) == 3


def test_a_broken_record_is_not_continued_and_stops_nobody_else(order, matters):
    Matter.objects.filter(pk=matters[0].pk).update(head_hash="0" * 64)
    broken, fine = order(0, ["note"]), order(1, ["note"])
    with pytest.raises(BrokenChain):
        batch.write([broken, fine])
    batch.write_alone([broken, fine])
    assert isinstance(broken.error, BrokenChain)
    assert fine.recorded[-1].seq == 3


def test_a_batch_costs_the_same_statements_whatever_its_size(order, django_assert_num_queries):
    batch.write([order(place, ["note"]) for place in range(3)])
    with django_assert_num_queries(5):  # heads, heads moved, events, and the savepoint around them
        batch.write([order(place % 3, ["note"]) for place in range(30)])
