"""Matters over REST: opened, recorded, corrected, handed over, and read as the law sees them."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from zhibao.apps.cases.models import Event, Matter

pytestmark = pytest.mark.django_db


def moment(**ago):
    return (timezone.now() - timedelta(**ago)).isoformat()


def opening(right, **more):
    return {"title": "青釉坊茶具", "place": "360202", "procedure": "administrative", "rights": [str(right.pk)]} | more


def test_a_matter_is_opened_and_told_with_its_first_clock(program, handler, right):
    answer = program(handler).post("/matters", opening(right))
    told = answer.json()
    assert answer.status_code == 201, told
    assert told["proceedings"][0]["organ"] == handler.organ_id
    clock = next(clock for clock in told["clocks"] if clock["id"] == "adm.file")
    assert (clock["state"], clock["cite_id"].split("@")[0]) == ("running", "cn.samr-penalty-procedure")
    assert told["law_pack"] == told["assessment"]["law_pack"]
    assert program(handler).get(f"/matters/{told['id']}").json()["head_seq"] == told["head_seq"]


def test_the_list_shows_whats_mine_to_know_in_pages_with_links(program, handler, outsider, right):
    for number in range(3):
        program(handler).post("/matters", opening(right, title=f"案 {number}"))
    first = program(handler).get("/matters", size=2).json()
    assert (first["total"], len(first["items"]), first["links"]["prev"]) == (3, 2, None)
    second = program(handler).client.get(first["links"]["next"], headers=program(handler).headers).json()
    assert (second["page"], len(second["items"]), second["links"]["next"]) == (2, 1, None)
    assert program(outsider).get("/matters").json()["total"] == 0
    assert program(handler).get("/matters", text="案 1").json()["total"] == 1
    assert program(handler).get("/matters", state="closed").json()["total"] == 0


def test_who_may_not_see_a_matter_is_told_it_does_not_exist(program, outsider, matter):
    answer = program(outsider).get(f"/matters/{matter.pk}")
    assert (answer.status_code, answer.json()["code"]) == (404, "matter-not-found")


def test_a_supervisor_says_why_and_then_reads(program, supervisor, matter):
    asking = program(supervisor)
    assert asking.get(f"/matters/{matter.pk}").json()["code"] == "purpose-missing"
    assert asking.get(f"/matters/{matter.pk}", purpose="核对移送").status_code == 200


def test_an_event_moves_the_clocks(program, handler, matter):
    asking, proceeding = program(handler), matter.proceedings.get()
    body = {
        "proceeding": str(proceeding.pk),
        "kind": "filed",
        "at": timezone.now().isoformat(),
        "expected_seq": matter.head_seq,
    }
    answer = asking.post(f"/matters/{matter.pk}/events", body)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["seq"] == matter.head_seq + 1
    states = {clock["id"]: clock["state"] for clock in asking.get(f"/matters/{matter.pk}").json()["clocks"]}
    assert states["adm.file"] == "met"
    told = asking.get(f"/matters/{matter.pk}/events").json()
    assert [event["seq"] for event in told] == list(range(1, len(told) + 1))
    assert all(after["prev"] == before["hash"] for before, after in pairwise(told))


def test_two_officers_who_save_at_once_conflict_and_learn_of_each_other(program, handler, colleague, matter):
    proceeding = str(matter.proceedings.get().pk)
    body = {
        "proceeding": proceeding,
        "kind": "note-added",
        "at": moment(),
        "data": {"text": "甲"},
        "expected_seq": matter.head_seq,
    }
    assert program(colleague).post(f"/matters/{matter.pk}/events", body).status_code == 201
    answer = program(handler, lang="zh").post(f"/matters/{matter.pk}/events", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "matter-moved-on")
    assert "李松" in answer.json()["detail"]


def test_an_event_that_cannot_be_is_refused_with_its_place(program, handler, matter):
    body = {
        "proceeding": str(matter.proceedings.get().pk),
        "kind": "fiiled",
        "at": moment(),
        "expected_seq": matter.head_seq,
    }
    answer = program(handler).post(f"/matters/{matter.pk}/events", body).json()
    assert answer["code"] == "unknown-event-kind"
    assert "filed" in answer["hint"]
    assert answer["errors"][0]["pointer"] == "/kind"


def test_a_correction_is_an_event_and_the_first_record_stays(program, handler, matter):
    asking, url = program(handler), f"/matters/{matter.pk}/events"
    body = {
        "proceeding": str(matter.proceedings.get().pk),
        "kind": "note-added",
        "at": moment(),
        "data": {"text": "甲"},
    }
    seq = asking.post(url, body | {"expected_seq": matter.head_seq}).json()["seq"]
    answer = asking.post(f"{url}/{seq}/correction", {"why": "记错了", "withdrawn": True, "expected_seq": seq})
    assert (answer.status_code, answer.json()["kind"]) == (201, "corrected")
    assert [event["kind"] for event in asking.get(url).json()][-2:] == ["note-added", "corrected"]


def test_handing_over_opens_the_proceeding_of_the_police(program, handler, police, matter):
    body = {"proceeding": str(matter.proceedings.get().pk), "to": police.pk, "expected_seq": matter.head_seq}
    answer = program(handler).post(f"/matters/{matter.pk}/handing-over", body)
    assert answer.status_code == 201, answer.json()
    assert (answer.json()["proceeding"]["organ"], answer.json()["proceeding"]["procedure"]) == (police.pk, "criminal")


def test_a_repeated_post_is_answered_once(program, handler, right):
    asking = program(handler)
    first = asking.post("/matters", opening(right), key="k-1")
    again = asking.post("/matters", opening(right), key="k-1")
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
    assert first.content == again.content
    assert Matter.objects.count() == 1
    other = asking.post("/matters", opening(right, title="另案"), key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_a_refused_post_leaves_nothing_and_may_be_sent_again_under_its_key(program, handler, matter):
    asking, url, before = program(handler), f"/matters/{matter.pk}/events", Event.objects.count()
    body = {
        "proceeding": str(matter.proceedings.get().pk),
        "kind": "note-added",
        "at": moment(),
        "data": {"text": "甲"},
    }
    assert asking.post(url, body | {"expected_seq": 1}, key="k-2").status_code == 409
    assert Event.objects.count() == before
    assert asking.post(url, body | {"expected_seq": matter.head_seq}, key="k-2").status_code == 201
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize(
    "body", ['{"title": "a"', '{"title": "a", "title": "b"}', '{"x": NaN}', "\xff", "[1]", '"text"', "null"]
)
def test_a_body_that_is_not_what_it_says_is_refused(program, handler, body):
    asking = program(handler)
    answer = asking.client.post(
        "/api/matters", body.encode("latin-1"), content_type="application/json", headers=asking.headers
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"bad-body", "bad-fields"}


@pytest.mark.parametrize("title", ["a\x00b", "\ud800"])
def test_texts_that_cannot_be_kept_are_refused_in_bodies_too(program, handler, right, title):
    assert program(handler).post("/matters", opening(right, title=title)).json()["code"] == "bad-text"


def test_a_field_nobody_knows_is_refused_not_ignored(program, handler, right):
    answer = program(handler).post("/matters", opening(right, handler="x")).json()
    assert (answer["code"], answer["errors"][0]["pointer"]) == ("bad-fields", "/handler")


def test_a_body_that_is_too_large_is_refused(program, handler, right, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = program(handler).post("/matters", opening(right, title="长" * 2000))
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_facts_that_do_not_suffice_are_told_and_kept(program, handler, matter):
    """An act may be recorded before all is known of it; what is missing is said instead of an assessment."""
    asking = program(handler)
    body = {
        "proceeding": str(matter.proceedings.get().pk),
        "kind": "act-found",
        "at": moment(),
        "data": {"kind": "counterfeit-mark-goods", "from": "2026-01-01"},
    }
    answer = asking.post(f"/matters/{matter.pk}/events", body | {"expected_seq": matter.head_seq})
    assert answer.status_code == 201, answer.json()
    told = asking.get(f"/matters/{matter.pk}").json()
    assert told["assessment"] is None
    assert set(told["missing"]) == {"code", "message", "where", "hint"}
