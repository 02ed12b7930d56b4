"""The register from the page: search as of a day, one right, import with rows to mend, export."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import factories
from zhibao.apps.organs.models import Role
from zhibao.apps.register.models import ImportRun, Right
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.work.models import Job
from zhibao.jobs.worker import Worker
from zhibao.web.pages import register

pytestmark = pytest.mark.django_db
BAD = "注册号,商标,权利人,注册日期\n1001,青釉坊,景德镇青釉瓷业有限公司,2020-03-01\n1002,云壑山房,云壑书画有限公司,2026.2.30\n"


@pytest.fixture
def registrar(agency):
    return factories.make_person(agency, Role.REGISTRAR, username="registrar")


@pytest.fixture
def desk(client, registrar):
    client.force_login(registrar)
    return client


def test_the_register_is_asked_as_of_a_day(desk):
    factories.make_right(name="青釉坊", number="77", since=date(2018, 1, 1), until=date(2027, 12, 31))
    address = reverse("register")
    assert "有效" in desk.get(address, {"q": "青釉", "on": "2020-01-01"}).content.decode()
    assert "当时还没有" in desk.get(address, {"q": "77", "on": "2001-01-01"}).content.decode()
    assert "没有找到" in desk.get(address, {"q": "青釉", "on": "2001-01-01", "in_force": "1"}).content.decode()
    assert "不是一个日子" in desk.get(address, {"on": "2026.2.30"}).content.decode()


def test_a_right_shows_its_standing_on_the_day_with_its_ground(desk):
    right = factories.make_right(name="青釉坊", name_en="Qingyoufang")
    page = desk.get(reverse("right", kwargs={"right_id": right.pk}), {"on": "2020年1月1日"}).content.decode()
    assert "2020年1月1日" in page
    assert 'class="why"' in page
    assert "Qingyoufang" in page


def test_a_rights_drawing_comes_from_the_vault_and_cannot_run_anything(desk, handler, now, tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    drawing = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    blob = store_file(actor=handler, stream=io.BytesIO(drawing), name="mark.svg", now=now)
    right = factories.make_right(image_sha256=blob.sha256)
    page = desk.get(reverse("right", kwargs={"right_id": right.pk})).content.decode()
    address = reverse("right-image", kwargs={"right_id": right.pk})
    assert address in page
    answer = desk.get(address)
    assert b"".join(answer.streaming_content) == drawing
    assert "sandbox" in answer["Content-Security-Policy"]
    bare = factories.make_right(name="无图")
    assert desk.get(reverse("right-image", kwargs={"right_id": bare.pk})).status_code == 404


def test_good_rows_are_taken_and_a_bad_one_is_mended_in_the_page(desk):
    file = SimpleUploadedFile("marks.csv", BAD.encode("gb18030"))
    answer = desk.post(reverse("import"), {"file": file, "kind": "trademark"})
    run = ImportRun.objects.get()
    assert answer.url == reverse("import-run", kwargs={"run_id": run.pk})
    page = desk.get(answer.url).content.decode()
    assert "2026.2.30" in page
    assert (run.made, run.bad) == (1, 1)
    column = [str(head) for head in run.columns].index("注册日期")
    row = run.bad_rows.get().number
    told = desk.post(reverse("mend-rows", kwargs={"run_id": run.pk}), {f"{row}.{column}": "2026-02-28"}, follow=True)
    assert "改了 1 行，收下 1 行。" in told.content.decode()
    assert Right.objects.filter(number="1002").exists()
    assert "没有要改的行" in told.content.decode()


def test_rows_are_mended_in_a_workbook_too(desk):
    desk.post(reverse("import"), {"file": SimpleUploadedFile("marks.csv", BAD.encode()), "kind": "trademark"})
    run = {"run_id": ImportRun.objects.get().pk}
    book = desk.get(reverse("rows-to-mend", kwargs=run))
    assert book.content.startswith(b"PK")
    same = SimpleUploadedFile("rows.xlsx", book.content)
    told = desk.post(reverse("mend-by-file", kwargs=run), {"file": same}, follow=True).content.decode()
    assert "收下 0 行，还有 1 行要改。" in told
    assert "没有选文件。" in desk.post(reverse("mend-by-file", kwargs=run), follow=True).content.decode()


def test_a_large_mended_workbook_goes_to_a_worker(desk, monkeypatch):
    desk.post(reverse("import"), {"file": SimpleUploadedFile("marks.csv", BAD.encode()), "kind": "trademark"})
    run = ImportRun.objects.get()
    book = desk.get(reverse("rows-to-mend", kwargs={"run_id": run.pk})).content
    monkeypatch.setattr(register, "AT_ONCE", 0)
    answer = desk.post(reverse("mend-by-file", kwargs={"run_id": run.pk}), {"file": SimpleUploadedFile("r.xlsx", book)})
    job = Job.objects.get(kind="mend-file")
    assert answer.url == reverse("job", kwargs={"job_id": job.pk})
    assert "收改好的表" in desk.get(answer.url).content.decode()
    Worker(clock=timezone.now).run_until_idle()
    assert desk.get(answer.url).url == reverse("import-run", kwargs={"run_id": run.pk})


def test_a_web_page_named_as_a_workbook_is_refused_in_words(desk):
    answer = desk.post(reverse("import"), {"file": SimpleUploadedFile("a.xls", b"<html><table></table></html>")})
    assert answer.status_code == 422
    assert "里是网页，不是表格" in answer.content.decode()
    assert "没有选文件。" in desk.post(reverse("import"), follow=True).content.decode()


def test_the_list_found_is_given_as_a_file(desk, client, analyst):
    client.force_login(analyst)
    factories.make_right(name="青釉坊")
    csv = client.get(reverse("export-rights"), {"as": "csv", "q": "青釉"})
    assert "青釉坊" in csv.content.decode("utf-8-sig")
    assert "attachment" in csv["Content-Disposition"]
    assert client.get(reverse("export-rights"), {"as": "xlsx"}).content.startswith(b"PK")


def test_only_those_who_enter_rights_import(client, handler):
    client.force_login(handler)
    assert client.get(reverse("import")).status_code == 403


def test_a_change_of_status_is_recorded_and_earlier_days_keep_theirs(desk):
    right = factories.make_right(since=date(2018, 1, 1), until=None)
    address = reverse("right-status", kwargs={"right_id": right.pk})
    desk.post(address, {"status": "cancelled", "since": "2026.3.1", "reason": "三年不使用撤销决定"})
    shown = reverse("right", kwargs={"right_id": right.pk})
    assert "已撤销" in desk.get(shown, {"on": "2026-03-01"}).content.decode()
    assert [(each.status, each.to_day) for each in right.periods.order_by("from_day")] == [
        ("in-force", date(2026, 2, 28)),
        ("cancelled", None),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"since": "2026.2.30"}, "2026.2.30"),
        ({"since": "2017-01-01"}, "起讫日期不对"),
        ({"status": "lost"}, "没有「lost」"),
    ],
)
def test_a_status_that_does_not_fit_comes_back_with_what_was_typed(desk, typed, words):
    right = factories.make_right(since=date(2018, 1, 1), until=None)
    form = {"status": "expired", "since": "2026-03-01", "until": "", "reason": "期满未续展"} | typed
    answer = desk.post(reverse("right-status", kwargs={"right_id": right.pk}), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "期满未续展" in page
    assert right.periods.count() == 1


def test_who_may_not_register_sees_no_form_and_is_refused(client, handler):
    client.force_login(handler)
    right = factories.make_right()
    assert "记下新的状态" not in client.get(reverse("right", kwargs={"right_id": right.pk})).content.decode()
    answer = client.post(
        reverse("right-status", kwargs={"right_id": right.pk}), {"status": "expired", "since": "2026-03-01"}
    )
    assert answer.status_code == 403
