"""Programs that record at the same moment, on real connections: each is answered for what stands in the record."""

import time

import pytest
from django.utils import timezone

from tests.at_once import at_once
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.errors import RecordQueueFull
from zhibao.apps.cases.models import Event
from zhibao.apps.cases.store import appending, batch
from zhibao.apps.cases.store.turns import turns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]


@pytest.fixture
def matters(handler):
    now = timezone.now()
    return [
        open_matter(actor=handler, title=f"{n}", place="360202", procedure="administrative", now=now) for n in range(4)
    ]


def note(matter, text, seen):
    proceeding = matter.proceedings.get()
    at = timezone.now().isoformat()
    return {
        "proceeding": str(proceeding.pk),
        "kind": "note-added",
        "at": at,
        "data": {"text": text},
        "expected_seq": seen,
    }


def test_requests_that_meet_are_written_together_and_one_that_comes_too_late_is_told(
    program, handler, matters, monkeypatch
):
    sizes = []
    real = batch.write
    monkeypatch.setattr(batch, "write", lambda orders: (sizes.append(len(orders)), real(orders)))
    callers = [program(handler) for _ in range(8)]
    bodies = [note(matters[place % 4], f"{place}", 2) for place in range(8)]  # two for each matter

    submitted = []
    submit = appending.writer.submit
    monkeypatch.setattr(appending.writer, "submit", lambda order: (submitted.append(order), submit(order))[1])

    def hold():
        """Have the turn until nearly all are queued."""
        until = time.monotonic() + 20
        with turns.held():
            while len(submitted) < 7 and time.monotonic() < until:
                time.sleep(0.01)

    def send(place):
        return callers[place].post(f"/matters/{matters[place % 4].pk}/events", bodies[place])

    _held, *answers = at_once(hold, *(lambda place=place: send(place) for place in range(8)))
    told = [(answer.status_code, answer.json()) for answer in answers]
    assert sorted(status for status, _ in told) == [201] * 4 + [409] * 4, told
    for status, body in told:
        if status == 201:
            assert Event.objects.filter(hash=body["hash"], seq=body["seq"]).exists()
        else:
            assert body["code"] == "matter-moved-on"
    assert max(sizes) > 1, "no two were written together"
    for matter in matters:
        matter.refresh_from_db()
        assert (matter.head_seq, matter.derived_seq) == (3, 3)
        assert queries.chain_of(matter) == []


def test_a_full_queue_is_503_and_nothing_is_recorded(program, handler, matters, monkeypatch):
    def full(_order):
        raise RecordQueueFull(waiting=4096)

    monkeypatch.setattr(turns, "take_free", lambda: False)
    monkeypatch.setattr(appending.writer, "submit", full)
    answer = program(handler).post(f"/matters/{matters[0].pk}/events", note(matters[0], "x", 2))
    assert (answer.status_code, answer.json()["code"]) == (503, "record-queue-full")
    assert len(queries.events_of(matters[0])) == 2
