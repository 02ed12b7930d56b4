"""What every request passes: tokens, languages, texts, methods, sizes, rates, and faults that do not leak."""

import pytest

from zhibao.api import auth, jobs

pytestmark = pytest.mark.django_db


def test_the_token_says_who_asks(program, handler):
    answer = program(handler).get("/me")
    assert answer.status_code == 200
    assert (answer.json()["username"], answer.json()["organ"]["id"]) == ("handler", handler.organ_id)


def test_without_a_token_nothing_is_told(program):
    answer = program().get("/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "no-token")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_or_ended_token_is_refused(program, handler):
    asking = program(handler)
    asking.headers["Authorization"] += "x"
    assert (asking.get("/me").status_code, asking.get("/me").json()["code"]) == (401, "bad-token")
    closed = program(handler)
    handler.is_active = False
    handler.save()
    assert closed.get("/me").status_code == 401


def test_a_logged_in_browser_is_not_a_token(program, handler):
    browser = program()
    browser.client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("accept", "language", "piece"),
    [
        ("en", "en", "token"),
        ("zh-CN,en;q=0.5", "zh-Hans", "密钥"),
        ("fr", "zh-Hans", "密钥"),
        ("fr;q=1, en-GB;q=0.4", "en", "token"),
    ],
)
def test_problems_speak_the_language_asked_for(program, accept, language, piece):
    answer = program(lang=accept).get("/me")
    assert answer["Content-Language"] == language
    assert piece in answer.json()["detail"]


def test_an_unknown_address_and_method_are_problems(program, handler):
    asking = program(handler)
    lost = asking.get("/nothing/here")
    assert (lost.status_code, lost.json()["code"], lost.json()["instance"]) == (
        404,
        "no-such-address",
        "/api/nothing/here",
    )
    wrong = asking.post("/me")
    assert (wrong.status_code, wrong.json()["code"], wrong["Allow"]) == (405, "bad-method", "GET")


def test_fields_that_do_not_hold_are_told_one_by_one(program, handler):
    answer = program(handler).get("/jobs", page=0, size="many")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-fields")
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"page", "size"}


@pytest.mark.parametrize("query", ["a\x00b", "\x00"])
def test_a_character_that_cannot_be_kept_is_refused(program, handler, query):
    assert program(handler).get("/jobs", state=query).json()["code"] == "bad-text"


def test_more_than_the_rate_is_put_off(program, handler, monkeypatch):
    monkeypatch.setattr(auth, "PER_MINUTE", 3)
    monkeypatch.setattr("zhibao.api.auth.time.time", lambda: 1_800_000_030.0)
    asking = program(handler)
    answers = [asking.get("/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "30"


def test_a_fault_of_ours_is_logged_and_not_shown(program, handler, monkeypatch, caplog):
    def faulty(*_args, **_more):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(jobs.queries, "jobs", faulty)
    answer = program(handler).get("/jobs")
    assert (answer.status_code, answer.json()["code"]) == (500, "api-fault")
    assert "secret" not in answer.content.decode()
    assert "the secret inside" in caplog.text


def test_the_description_is_open_and_names_the_problems_of_each_operation(program):
    answer = program().get("/openapi.json")
    schema = answer.json()
    assert (answer.status_code, schema["openapi"]) == (200, "3.1.0")
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert {"401", "422", "500"} <= set(operation["responses"]), address
            headers = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
            assert ("Idempotency-Key" in headers) == (method == "post"), address
            assert operation.get("description"), f"{method} {address} says nothing"


def test_a_torn_upload_is_a_problem(program, handler):
    asking = program(handler)
    answer = asking.client.post(
        "/api/exhibits",
        b"--x\r\nContent-Disposition: form-data",
        content_type="multipart/form-data; boundary=x",
        headers=asking.headers,
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_an_upload_without_a_boundary_is_a_problem(program, handler):
    asking = program(handler)
    for headers in (asking.headers, asking.headers | {"Idempotency-Key": "k"}):
        answer = asking.client.post("/api/exhibits", b"x", content_type="multipart/form-data", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_large_body_under_a_key_is_a_problem_too(program, analyst, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = program(analyst).post("/feeds/x/listings", {"listings": [{"id": "1", "title": "长" * 200}]}, key="k")
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
