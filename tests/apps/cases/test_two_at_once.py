"""Two officers in the same instant: real connections, real threads, on whichever database the tests run."""

import pytest
from django.db import connection

from tests import factories
from tests.at_once import at_once
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.assign_handler import assign_handler
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.errors import AlreadyHandedOver, MatterMovedOn
from zhibao.apps.cases.models import Counter, Event, Matter, Proceeding
from zhibao.apps.cases.store.numbers import take_numbers
from zhibao.apps.organs.errors import DeedNotAllowed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]


def test_of_two_appenders_exactly_one_wins_and_the_other_is_told(matter, tell, handler, head):
    for round_ in range(5):
        seen = 3 + round_
        note = {"text": f"{round_}"}
        answers = at_once(
            lambda seen=seen, note=note: tell("note-added", data=note, actor=handler, expected_seq=seen),
            lambda seen=seen, note=note: tell("note-added", data=note, actor=head, expected_seq=seen),
        )
        won = [answer for answer in answers if not isinstance(answer, Exception)]
        lost = [answer for answer in answers if isinstance(answer, Exception)]
        assert len(won) == len(lost) == 1, answers
        assert isinstance(lost[0], MatterMovedOn)
        winner = handler if won[0].actor == str(handler.pk) else head
        assert winner.name_zh in lost[0].say("zh")
        matter.refresh_from_db()
        assert matter.head_seq == matter.derived_seq == seen + 1
        assert queries.chain_of(matter) == []
    assert Event.objects.filter(matter=matter).count() == 8


def test_appenders_that_do_not_mind_what_came_before_all_get_in(matter, tell, handler):
    answers = at_once(*(lambda n=n: tell("note-added", data={"text": f"{n}"}) for n in range(4)))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    matter.refresh_from_db()
    assert matter.head_seq == 7
    assert queries.chain_of(matter) == []


def test_numbers_taken_at_once_are_different_and_without_gap(handler, colleague, head, now):
    def open_one(person):
        return open_matter(actor=person, title="x", place="360202", procedure="administrative", now=now)

    answers = at_once(*(lambda person=person: open_one(person) for person in (handler, colleague, head, handler)))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert sorted(Matter.objects.values_list("number", flat=True)) == [f"M-2026-00000{n}" for n in range(1, 5)]
    numbers = sorted(Proceeding.objects.values_list("number", flat=True))
    assert [number[-2:] for number in numbers] == [f"{n}号" for n in range(1, 5)]


def test_a_number_is_only_taken_inside_the_transaction_that_uses_it():
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError):
        take_numbers("x")
    assert not Counter.objects.exists()


def test_a_matter_handed_over_twice_at_once_is_handed_over_once(matter, proceeding, handler, head, police, now):
    def hand(actor):
        return hand_over(
            actor=actor,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            at=now,
            to=police.pk,
            expected_seq=None,
            now=now,
        )

    answers = at_once(lambda: hand(handler), lambda: hand(head))
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyHandedOver", "HandedOver"], answers
    assert any(isinstance(answer, AlreadyHandedOver) for answer in answers)
    assert Proceeding.objects.filter(matter=matter, organ=police).count() == 1


def test_of_two_who_take_a_free_proceeding_one_has_it(matter, proceeding, agency, now):
    Proceeding.objects.filter(pk=proceeding.pk).update(handler=None)
    people = [factories.make_person(agency) for _ in range(2)]

    def take(person):
        return assign_handler(actor=person, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=person, now=now)

    answers = at_once(*(lambda person=person: take(person) for person in people))
    [taken] = [answer for answer in answers if isinstance(answer, Proceeding)]
    assert [type(answer) for answer in answers if answer is not taken] == [DeedNotAllowed]
    proceeding.refresh_from_db()
    assert proceeding.handler == taken.handler
