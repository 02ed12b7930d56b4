"""Rights and files of rights over REST."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhibao.apps.register.models import Right
from zhibao.jobs.worker import Worker

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "trademark",
    "number": "70000001",
    "name": "云岭",
    "owner": {"name": "九江云岭茶业有限公司", "place": "360400"},
    "classes": [30],
    "periods": [{"status": "in-force", "from_day": "2020-01-01", "to_day": "2029-12-31"}],
}


def test_rights_are_found_by_words_with_what_was_true_on_a_day(program, handler, right):
    asking = program(handler)
    found = asking.get("/rights", text="青釉", on="2019-01-01").json()
    assert (found["total"], found["items"][0]["on"]["in_force"]) == (1, True)
    assert asking.get("/rights", text="青釉", on="2030-01-01", in_force="true").json()["total"] == 0
    assert asking.get("/rights", text="没有的字").json()["total"] == 0


def test_one_right_is_told_whole(program, handler, right):
    told = program(handler).get(f"/rights/{right.pk}", on="2030-01-01").json()
    assert (told["on"]["status"], told["on"]["in_force"], len(told["periods"])) == ("expired", False, 1)
    lost = program(handler).get("/rights/00000000-0000-0000-0000-000000000000")
    assert (lost.status_code, lost.json()["code"]) == (404, "right-not-found")


def test_a_registrar_enters_a_right_and_others_may_not(program, registrar, handler):
    answer = program(registrar).post("/rights", NEW)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["on"]["in_force"] is True
    assert program(registrar).post("/rights", NEW).status_code == 409
    assert program(handler).post("/rights", NEW | {"number": "70000002"}).status_code == 403


def test_a_credit_code_with_a_wrong_check_digit_is_refused(program, registrar):
    owner = NEW["owner"] | {"uscc": "91360200MA35000000"}
    answer = program(registrar).post("/rights", NEW | {"owner": owner})
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("uscc")


def send(asking, text, name="rights.csv", key=""):
    file = SimpleUploadedFile(name, text.encode())
    return asking.upload("/imports", {"file": file, "kind": "trademark"}, key=key)


def test_a_file_is_brought_in_by_a_job_and_its_bad_rows_are_mended(program, registrar):
    asking = program(registrar)
    answer = send(
        asking, "注册号,商标,权利人,类别\n70000001,云岭,九江云岭茶业有限公司,30\n70000002,,九江云岭茶业有限公司,30\n"
    )
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert Worker(clock=timezone.now).run_until_idle() == 1
    job = asking.get(f"/jobs/{answer.json()['id']}").json()
    assert (job["state"], job["result"]["made"], job["result"]["bad"]) == ("done", 1, 1)
    run = asking.get(f"/imports/{job['result']['run']}").json()
    assert (run["rows"], run["bad"], run["state"]) == (2, 1, "done")
    rows = asking.get(f"/imports/{run['id']}/rows").json()
    assert (rows["total"], rows["items"][0]["number"]) == (1, 3)
    mended = asking.post(f"/imports/{run['id']}/rows", {"rows": {"3": {"商标": "云岭红"}}}).json()
    assert (mended["bad"], mended["made"]) == (0, 2)
    assert Right.objects.filter(name="云岭红").exists()
    assert asking.get("/imports").json()["total"] == 1


def test_the_same_upload_under_one_key_makes_one_job(program, registrar):
    asking = program(registrar)
    text = "注册号,商标,权利人\n70000001,云岭,九江云岭茶业有限公司\n"
    first, again = send(asking, text, key="u-1"), send(asking, text, key="u-1")
    assert first.json() == again.json()
    assert send(asking, text + " ", key="u-1").json()["code"] == "idempotency-key-reused"
    assert asking.get("/jobs").json()["total"] == 1


def test_a_file_that_is_no_table_fails_the_job_with_the_reason(program, registrar):
    asking = program(registrar)
    job = send(asking, "<html></html>", name="x.xlsx").json()
    Worker(clock=timezone.now).run_until_idle()
    told = asking.get(f"/jobs/{job['id']}").json()
    assert told["state"] == "failed"
    assert told["attempts"] == 1
    assert told["problem"]["detail"]
    again = asking.post(f"/jobs/{job['id']}/again").json()
    assert (again["state"], again["attempts"]) == ("waiting", 0)


def test_a_handler_may_not_bring_in_files(program, handler):
    assert send(program(handler), "注册号\n").status_code == 403
