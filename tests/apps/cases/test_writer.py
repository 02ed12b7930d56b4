"""The group-commit writer under threads, and when things go wrong: real connections on whichever database the tests run."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections

from tests.at_once import at_once
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.errors import MatterMovedOn, RecordQueueFull, RecordWriterGone
from zhibao.apps.cases.models import Event, Matter
from zhibao.apps.cases.store import appending, batch
from zhibao.apps.cases.store import turns as turns_module
from zhibao.apps.cases.store import writer as module
from zhibao.apps.cases.store.batch import Order
from zhibao.apps.cases.store.record import Step
from zhibao.apps.cases.store.turns import Turns, in_memory, turns
from zhibao.apps.cases.store.writer import Writer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]
SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no file that fills or locks as one")


@pytest.fixture
def matters(handler, now):
    return [
        open_matter(actor=handler, title=f"{n}", place="360202", procedure="administrative", now=now) for n in range(4)
    ]


@pytest.fixture
def note(matters, handler, now):
    proceedings = [matter.proceedings.get() for matter in matters]

    def note(place=0, seen=None, kind="note-added", **data):
        step = Step(proceedings[place], kind, now, data or {"text": "x"})
        return Order(matters[place].pk, (step,), handler, now, seen)

    return note


@pytest.fixture
def made():
    """Make a writer of the test's own; it has ended when the test ends."""
    found = []

    def made(**more):
        found.append(Writer(**more))
        return found[-1]

    yield made
    for one in found:
        assert one.close(10)


def whole(matters):
    fresh = Matter.objects.in_bulk([matter.pk for matter in matters])
    assert all(queries.chain_of(fresh[matter.pk]) == [] for matter in matters)
    return [fresh[matter.pk].head_seq for matter in matters]


def test_many_appenders_at_once_all_get_in_and_each_is_answered_after_its_commit(made, note, matters):
    writer = made()

    def several(place):
        for number in range(8):
            settled = writer.submit(note(place % 4, text=f"{place}.{number}")).wait(20)
            assert settled.error is None
            last = settled.recorded[-1]
            assert Event.objects.filter(matter=settled.matter_id, seq=last.seq, hash=last.hash).exists()

    answers = at_once(*(lambda place=place: several(place) for place in range(12)))
    assert answers == [None] * 12
    assert whole(matters) == [26] * 4


def test_orders_that_wait_are_written_in_one_transaction(made, note, matters, monkeypatch):
    sizes = []
    real = batch.write
    monkeypatch.setattr(batch, "write", lambda orders: (sizes.append(len(orders)), real(orders)))
    writer = made()
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(40)]
    assert [ticket.wait(20).error for ticket in tickets] == [None] * 40
    assert sum(sizes) >= 39  # the first may have gone alone
    assert len(sizes) <= 2
    assert whole(matters) == [12] * 4


def test_a_batch_is_no_larger_than_allowed(made, note, monkeypatch):
    sizes = []
    real = batch.write
    monkeypatch.setattr(batch, "write", lambda orders: (sizes.append(len(orders)), real(orders)))
    writer = made(most=8)
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(40)]
    assert all(ticket.wait(20).recorded for ticket in tickets)
    assert max(sizes) == 8


def test_what_is_refused_or_too_late_fails_alone(made, note, matters, head):
    writer = made()
    with turns.held():
        orders = [note(0, 2), note(0, 2), note(1, kind="no-such-kind"), note(2), note(3)]
        orders[0].actor = head
        settled = [ticket.wait for ticket in [writer.submit(order) for order in orders]]
    first, second, bad, *fine = [wait(20) for wait in settled]
    assert first.recorded
    assert isinstance(second.error, MatterMovedOn)
    assert head.name_zh in second.error.say("zh")
    assert bad.error.code == "unknown-event-kind"
    assert all(one.recorded for one in fine)
    assert whole(matters) == [3, 2, 3, 3]


def test_when_a_batch_fails_each_is_tried_alone(made, note, matters, monkeypatch):
    monkeypatch.setattr(batch, "put_all", broken)
    writer = made()
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(9)]
    assert all(ticket.wait(20).recorded for ticket in tickets)
    assert sum(whole(matters)) == 8 + 9


def broken(*_args):
    raise DatabaseError("no")


def test_a_fault_of_our_own_in_a_batch_is_survived_too(made, note, matters, monkeypatch):
    monkeypatch.setattr(batch, "put_all", lambda _additions: 1 / 0)
    writer = made()
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(9)]
    assert all(ticket.wait(20).recorded for ticket in tickets)


def test_a_commit_whose_answer_was_lost_is_not_made_twice(made, note, matters, monkeypatch):
    real = batch.write

    def write(orders):
        real(orders)
        for order in orders:
            order.recorded = ()
        raise DatabaseError("the connection went away during COMMIT")

    monkeypatch.setattr(batch, "write", write)
    writer = made()
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(9)]
    assert all(ticket.wait(20).recorded for ticket in tickets)
    assert sum(whole(matters)) == 8 + 9


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_dies_answers_those_it_had_and_another_takes_over(made, note, matters, monkeypatch):
    writer = made()
    real = writer._write

    def die(orders):
        monkeypatch.setattr(writer, "_write", real)
        raise SystemExit

    monkeypatch.setattr(writer, "_write", die)
    with pytest.raises(RecordWriterGone):
        raise writer.submit(note()).wait(20).error
    assert writer.submit(note()).wait(20).recorded
    assert whole(matters)[0] == 3


def test_a_full_queue_holds_back_and_then_says_so(made, note, matters):
    writer = made(room=3, patience=0.05)
    with turns.held():
        tickets = [writer.submit(note(n)) for n in range(3)]
        with pytest.raises(RecordQueueFull) as told:
            writer.submit(note())
        assert "3" in told.value.say("zh")
    assert all(ticket.wait(20).recorded for ticket in tickets)
    assert writer.submit(note()).wait(20).recorded
    assert sum(whole(matters)) == 8 + 4


def test_back_pressure_lets_everybody_in_in_time(made, note, matters):
    writer = made(room=2)
    answers = at_once(*(lambda n=n: writer.submit(note(n % 4)).wait(20).error for n in range(16)))
    assert answers == [None] * 16
    assert sum(whole(matters)) == 8 + 16


def test_what_is_queued_at_shutdown_is_written_and_nothing_more_taken(made, note, matters):
    writer = made()
    with turns.held():
        tickets = [writer.submit(note(n % 4)) for n in range(20)]
        closing = threading.Thread(target=writer.close)
        closing.start()
        while not writer._closed:
            time.sleep(0.001)
        with pytest.raises(RecordWriterGone):
            writer.submit(note())
    assert all(ticket.wait(20).recorded for ticket in tickets)
    closing.join(20)
    assert not closing.is_alive()
    assert sum(whole(matters)) == 8 + 20


def test_an_append_after_the_writer_ended_goes_its_own_way(note, matters, monkeypatch):
    ended = Writer()
    ended.close()
    monkeypatch.setattr(appending, "writer", ended)
    monkeypatch.setattr(turns, "take_free", lambda: False)
    order = note()
    added = appending.append(matter_id=order.matter_id, steps=order.steps, actor=order.actor, now=order.now)
    assert [event.seq for event in added] == [3]


def test_an_idle_writer_gives_its_thread_back_and_begins_again(made, note, monkeypatch):
    monkeypatch.setattr(module, "IDLE", 0.02)
    writer = made()
    for _ in range(2):
        assert writer.submit(note()).wait(20).recorded
        until = time.monotonic() + 10
        while writer._thread is not None:
            assert time.monotonic() < until
            time.sleep(0.005)


def test_no_thread_runs_before_anything_is_appended():
    assert Writer()._thread is None


def test_who_waits_too_long_is_told(made, note):
    writer = made()
    with turns.held():
        ticket = writer.submit(note())
        with pytest.raises(TimeoutError):
            ticket.wait(0.01)
    assert ticket.wait(20).recorded


def test_appends_in_a_crowd_go_through_the_queue_and_lists_are_up_to_date(tell, matter, monkeypatch):
    """The usual door, by threads: whoever finds another writing queues, and each has its lists when it is answered."""
    submitted = []
    real = appending.writer.submit
    monkeypatch.setattr(appending.writer, "submit", lambda order: (submitted.append(order), real(order))[1])

    def slow_first():
        with turns.held():
            time.sleep(0.2)

    answers = at_once(
        slow_first,
        *(lambda n=n: (time.sleep(0.05), tell("note-added", data={"text": f"{n}"}))[1].seq for n in range(6)),
    )
    assert sorted(answers[1:]) == [4, 5, 6, 7, 8, 9]
    assert submitted
    matter.refresh_from_db()
    assert matter.head_seq == matter.derived_seq == 9


def test_a_refusal_in_a_crowd_reaches_who_asked(tell, matter, monkeypatch):
    monkeypatch.setattr(turns, "take_free", lambda: False)
    with pytest.raises(MatterMovedOn):
        tell("note-added", data={"text": "x"}, expected_seq=1)


@contextmanager
def options(**more):
    """Connections opened meanwhile have these options."""
    given = connections["default"].settings_dict["OPTIONS"]
    before = dict(given)
    given.update(more)
    try:
        yield
    finally:
        given.clear()
        given.update(before)


@SQLITE
def test_a_locked_database_refuses_loudly_and_the_writer_goes_on(made, note, matters):
    writer = made()
    with options(timeout=0.1):
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            tickets = [writer.submit(note(n)) for n in range(3)]
            errors = [ticket.wait(20).error for ticket in tickets]
            cursor.execute("ROLLBACK")
        assert all("locked" in str(error) for error in errors), errors
        assert writer.submit(note()).wait(20).recorded
    assert sum(whole(matters)) == 8 + 1


@SQLITE
def test_a_full_disk_refuses_loudly_keeps_what_stood_and_the_writer_goes_on(made, note, matters):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    plain = connections["default"].settings_dict["OPTIONS"]["init_command"]
    with options(init_command=f"{plain} PRAGMA max_page_count={pages + 1};"):
        full = made()
        with turns.held():
            tickets = [full.submit(note(n % 4, text="长" * 4000)) for n in range(12)]
        settled = [ticket.wait(20) for ticket in tickets]
        full.close()
    refused = [one for one in settled if one.error is not None]
    assert refused
    assert all("full" in str(one.error) for one in refused)
    assert sum(whole(matters)) == 8 + len(settled) - len(refused)
    assert made().submit(note()).wait(20).recorded


@SQLITE
def test_between_processes_the_file_beside_the_database_decides_and_nobody_waits_for_ever(monkeypatch):
    one, other = Turns(), Turns()
    assert not in_memory()
    assert one.take_free()
    got = []
    waiting = threading.Thread(target=lambda: got.append(other.take_free()))
    waiting.start()
    time.sleep(0.05)
    assert got == []
    one.give()
    waiting.join(10)
    assert got == [True]
    monkeypatch.setattr(turns_module, "PATIENCE", 0.02)
    assert one.take_free()  # the other never gives it back: after a while one goes to SQLite's own door
    assert not one.take_free()
    one.give()
    other.give()


@SQLITE
def test_where_the_file_cannot_be_had_appends_go_on_without(made, note, monkeypatch):
    own = Turns()
    with monkeypatch.context() as patch:
        patch.setattr(turns_module, "_opened", lambda _path: None)
        with own.held():
            assert not own.take_free()
        assert made(turns=own).submit(note()).wait(20).recorded
    assert turns_module._opened("/proc/no/such/place") is None


def test_bulk_writers_inside_a_transaction_do_not_queue():
    from django.db import transaction

    with turns.held(), transaction.atomic(), turns.for_bulk():
        pass


ENDING = """
import sys, os
sys.path.insert(0, os.getcwd()); sys.path.insert(0, "benchmarks")
from measured import NOW, Docket, set_up
set_up()
from zhibao.apps.cases.store.batch import Order
from zhibao.apps.cases.store.writer import writer
docket = Docket(4)
for number in range(300):
    matter, proceeding, kind, data = docket.next()
    writer.submit(Order(matter.pk, (docket.step(proceeding, kind, NOW, data),), docket.handler, NOW))
"""


@pytest.mark.slow
def test_a_program_that_ends_writes_what_it_queued(tmp_path):
    """Nobody waited for the answers: the queue is emptied before the interpreter goes."""
    env = {"ZHIBAO_HOME": str(tmp_path), "ZHIBAO_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3", "PATH": ""}
    import os

    env["PYTHONPATH"] = os.environ.get("PYTHONPATH", "")
    subprocess.run([sys.executable, "-c", ENDING], env=env, check=True, timeout=120)
    import sqlite3

    with sqlite3.connect(tmp_path / "x.sqlite3") as found:
        assert found.execute("SELECT COUNT(*) FROM cases_event").fetchone() == (4 * 10 + 300,)


@pytest.mark.slow
@SQLITE
def test_three_kill_rounds_lose_nothing(tmp_path):
    import json
    import os

    to = tmp_path / "rounds.json"
    command = [sys.executable, "benchmarks/kill_rounds.py", "--rounds", "3", "--database", "sqlite", "--to", str(to)]
    subprocess.run(command, check=True, timeout=300, env={**os.environ, "ZHIBAO_HOME": str(tmp_path)})
    found = json.loads(to.read_text())["sqlite"]
    assert found["acknowledged"] > 0
    assert (found["rounds"], found["lost"], found["broken_chains"], found["lists_wrong_after_sweep"]) == (3, 0, 0, 0)
