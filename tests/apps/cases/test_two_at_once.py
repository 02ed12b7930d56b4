"""Two officers in the same instant: real connections, real threads, on whichever database the tests run."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, connections

from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.errors import MatterMovedOn
from zhibao.apps.cases.models import Counter, Event, Matter, Proceeding
from zhibao.apps.cases.store.numbers import take_numbers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_disk(transactional_db, tmp_path):
    """The tests' SQLite lies in memory, which locks whole tables; an installation's lies on disk. Use a copy on disk."""
    if connection.vendor != "sqlite":
        yield
        return
    wrapper = connections["default"]
    in_memory, name = wrapper.connection, wrapper.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        in_memory.backup(copy)
    wrapper.connection, wrapper.settings_dict["NAME"] = None, str(tmp_path / "copy.sqlite3")
    yield
    wrapper.close()
    wrapper.connection, wrapper.settings_dict["NAME"] = in_memory, name


def at_once(*calls):
    """Run the calls in threads that start together; return what each returned or raised."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            gate.wait()
            return call()
        except Exception as error:  # noqa: BLE001  # the test looks at whatever was raised
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


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
