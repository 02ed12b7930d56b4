"""Exhibits, bundles and findings over REST."""

import base64
import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.models import Event
from zhibao.evidence.bundle import verify
from zhibao.jobs.worker import Worker

pytestmark = pytest.mark.django_db
WORDS = "老街茶具店第三排货架".encode()


def about(**more):
    return {"origin": "现场拍照", "captured_at": (timezone.now() - timedelta(hours=1)).isoformat()} | more


def send(asking, name="货架.txt", **more):
    return asking.upload("/exhibits", about(**more) | {"file": SimpleUploadedFile(name, WORDS)})


def test_a_file_is_kept_with_its_digests_and_comes_back_as_it_was(program, handler):
    asking = program(handler)
    answer = send(asking)
    kept = answer.json()
    assert (answer.status_code, kept["sha256"]) == (201, hashlib.sha256(WORDS).hexdigest())
    assert kept["custody"][0]["kind"] == "received"
    file = asking.get(f"/exhibits/{kept['id']}/file")
    assert b"".join(file.streaming_content) == WORDS
    assert file["Repr-Digest"] == f"sha-256=:{base64.b64encode(hashlib.sha256(WORDS).digest()).decode()}:"
    assert (file["X-SM3"], file["Content-Type"]) == (kept["sm3"], "application/octet-stream")
    assert "attachment" in file["Content-Disposition"]
    assert [one["id"] for one in asking.get("/exhibits").json()] == [kept["id"]]
    later = asking.get(f"/exhibits/{kept['id']}").json()
    assert [step["kind"] for step in later["custody"]] == ["received", "copied"]
    assert later | {"custody": later["custody"][:1]} == kept


def test_an_exhibit_of_a_matter_is_recorded_in_it(program, handler, matter):
    asking = program(handler)
    assert send(asking, matter_id=str(matter.pk)).json()["code"] == "proceeding-missing"
    kept = send(
        asking, matter_id=str(matter.pk), proceeding=str(matter.proceedings.get().pk), expected_seq=matter.head_seq
    )
    assert kept.status_code == 201, kept.json()
    assert Event.objects.filter(matter=matter, kind="exhibit-added").count() == 1
    assert asking.get("/exhibits", matter_id=str(matter.pk)).json()[0]["number"] == 1


def test_another_organ_does_not_see_the_exhibit(program, handler, outsider):
    kept = send(program(handler)).json()
    assert program(outsider).get(f"/exhibits/{kept['id']}").status_code == 404
    assert program(outsider).get(f"/exhibits/{kept['id']}/file").status_code == 404


def test_a_page_that_calls_itself_a_pdf_is_refused(program, handler):
    file = SimpleUploadedFile("说明.pdf", b"<!doctype html><html><body>x</body></html>")
    answer = program(handler).upload("/exhibits", about() | {"file": file})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_what_is_said_of_an_upload_is_checked(program, handler):
    answer = program(handler).upload("/exhibits", {"file": SimpleUploadedFile("a.txt", WORDS), "origin": ""})
    assert {one["pointer"] for one in answer.json()["errors"]} == {"/origin", "/captured_at"}


def test_exhibits_are_sealed_by_a_job_into_a_bundle_that_verifies(program, handler, matter):
    asking = program(handler)
    place = {
        "matter_id": str(matter.pk),
        "proceeding": str(matter.proceedings.get().pk),
        "expected_seq": matter.head_seq,
    }
    kept = send(asking, **place).json()
    job = asking.post("/bundles", {"exhibits": [kept["id"]]}).json()
    assert Worker(clock=timezone.now).run_until_idle() == 1
    told = asking.get(f"/jobs/{job['id']}").json()
    assert told["state"] == "done", told["problem"]
    bundle = asking.get("/bundles", matter_id=str(matter.pk)).json()[0]
    assert (bundle["id"], bundle["exhibits"]) == (told["result"]["sealing"], [kept["id"]])
    file = asking.get(f"/bundles/{bundle['id']}/file")
    assert verify(io.BytesIO(b"".join(file.streaming_content))).failed is None


def test_a_bundle_of_another_organ_is_not_shown(program, handler, outsider):
    asking = program(handler)
    job = asking.post("/bundles", {"exhibits": [send(asking).json()["id"]]}).json()
    Worker(clock=timezone.now).run_until_idle()
    sealing = asking.get(f"/jobs/{job['id']}").json()["result"]["sealing"]
    assert b"".join(asking.get(f"/bundles/{sealing}/file").streaming_content).startswith(b"PK")
    assert program(outsider).get(f"/bundles/{sealing}/file").status_code == 404
    assert asking.get("/bundles/00000000-0000-0000-0000-000000000000/file").status_code == 404


def test_findings_are_listed_in_the_language_asked_for_and_answered(program, handler, matter):
    rebuild_projections(now=timezone.now() + timedelta(days=120), matter_id=matter.pk)
    found = program(handler, lang="zh").get("/findings", kind="overdue").json()
    assert found["total"] == 1
    one = found["items"][0]
    assert one["view"]["title"] != program(handler, lang="en").get("/findings").json()["items"][0]["view"]["title"]
    assert one["matter_id"] == str(matter.pk)
    body = {"matter_id": one["matter_id"], "key": one["key"], "verdict": "answered", "why": "已补办"}
    answer = program(handler).post("/findings/answers", body)
    assert (answer.status_code, answer.json()["by"]) == (201, "handler")
    assert program(handler).get("/findings", unanswered="true").json()["total"] == 0
    assert program(handler).post("/findings/answers", body | {"key": "nothing"}).status_code == 404
