"""Requests of another organ, of a clumsy program and of an attacker."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

pytestmark = pytest.mark.django_db

NOW = "2026-11-03T09:00:00+08:00"


def recording(matter, **more):
    body = {"proceeding": str(matter.proceedings.get().pk), "kind": "filed", "expected_seq": matter.head_seq}
    return body | {"at": timezone.now().isoformat()} | more


@pytest.mark.parametrize(
    "at",
    [5, 0, -1, 1.5, True, "5", "1700000000", "-3.5", None, "", [], {}, "2026-02-30T00:00:00Z", "2026-09-28T10:00:00"],
)
def test_what_is_no_time_with_an_offset_is_refused(program, handler, matter, at):
    answer = program(handler, "zh").post(f"/matters/{matter.pk}/events", recording(matter, at=at))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-fields")
    assert answer.json()["errors"][0]["pointer"] == "/at"


@pytest.mark.parametrize(
    "wrong",
    [
        {"expected_seq": "x"},
        {"expected_seq": -1},
        {"expected_seq": 2**70},
        {"expected_seq": 1.5},
        {"proceeding": "x"},
        {"proceeding": 5},
        {"kind": ""},
        {"kind": "x" * 200},
        {"kind": 5},
        {"data": []},
        {"data": None},
        {"exhibits": "x"},
        {"exhibits": ["x"]},
        {"at": 5},
        {"nobody": 1},
    ],
    ids=str,
)
def test_chinese_answers_hold_no_english_sentence(program, handler, matter, wrong):
    answer = program(handler, "zh").post(f"/matters/{matter.pk}/events", recording(matter) | wrong).json()
    assert answer["code"] == "bad-fields"
    for fault in answer["errors"]:
        assert fault["detail"].endswith("。")
        assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}", fault["detail"]), fault
        assert "{" not in fault["detail"]


@pytest.mark.parametrize(
    "raw", ["{", '{"a": NaN}', '{"a": 1, "a": 2}', "\udcff", "[" * 100_000, '{"a": ' + "9" * 6000 + "}"]
)
def test_a_body_that_is_no_json_is_told_in_the_language_asked_for(program, handler, raw):
    for lang, piece in (("zh", "不是 UTF-8 的 JSON"), ("en", "it is not JSON")):
        asking = program(handler, lang)
        sent = raw.encode("utf-8", "surrogateescape")
        answer = asking.client.post("/api/law/assess", sent, content_type="application/json", headers=asking.headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-body")
        assert piece in answer.json()["detail"]
        assert (lang == "en") == ("Exceeds" in answer.json()["detail"] or "not JSON" in answer.json()["detail"])


def test_data_that_cannot_be_hashed_is_told_in_one_language(program, handler, matter):
    lines = [{"name": "茶具", "quantity": 10**30, "state": "sold", "prices": {"actual": "5"}}]
    body = recording(matter, kind="goods-recorded", data={"lines": lines})
    answer = program(handler, "zh").post(f"/matters/{matter.pk}/events", body).json()
    assert answer["code"] == "event-data-unreadable"
    assert "cannot" not in answer["detail"]


@pytest.fixture
def exhibit(program, handler, matter):
    fields = {
        "matter_id": str(matter.pk),
        "proceeding": str(matter.proceedings.get().pk),
        "expected_seq": matter.head_seq,
        "origin": "<i>现场</i>",
        "captured_at": timezone.now().isoformat(),
    }
    return lambda name, raw, who=handler: program(who, "zh").upload(
        "/exhibits", fields | {"file": SimpleUploadedFile(name, raw, "text/plain")}
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../../etc/cron.d/x", "x"), ("a\x07b\u202egpj.txt", "abgpj.txt"), ("<img src=x>.txt", "<img src=x>.txt")],
)
def test_names_of_uploads_lead_nowhere(program, handler, outsider, exhibit, name, kept):
    told = exhibit(name, b"hello")
    assert told.status_code == 201, told.json()
    assert told.json()["name"] == kept
    number = told.json()["id"]
    file = program(handler).get(f"/exhibits/{number}/file")
    assert file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content) == b"hello"
    for path in (f"/exhibits/{number}", f"/exhibits/{number}/file"):
        assert program(outsider).get(path).status_code == 404


def test_another_organ_adds_nothing_to_a_matter(exhibit, outsider):
    assert exhibit("a.txt", b"hello", outsider).status_code == 404


@pytest.mark.parametrize("raw", [b"<html><script>alert(1)</script></html>", b"MZ" + bytes(300)])
def test_a_file_that_is_not_what_its_name_says_is_refused(exhibit, raw):
    told = exhibit("a.pdf", raw)
    assert (told.status_code, told.json()["code"]) == (422, "file-type-mismatch")
