"""Long work asked for from a page: given to a worker, followed, led to its report, and asked for once more when it failed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import factories
from zhibao.apps.organs.models import Role
from zhibao.apps.register.models import ImportRun, Right
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.apps.work import store
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job
from zhibao.jobs.worker import Worker
from zhibao.kernel.errors import Conflict
from zhibao.web.job_view import job_view
from zhibao.web.pages.register import AT_ONCE

pytestmark = pytest.mark.django_db
HEAD = "注册号,商标,权利人,注册日期\n"
LEASE = timedelta(minutes=1)


class Busy(Conflict):
    code = "test-busy"
    zh = "资料库正忙。"
    en = "The database is busy."
    hint_zh = "过一会儿再做。"
    hint_en = "Try again later."


def rows(count):
    return "".join(
        f"{70_000_000 + number},青釉坊{number},景德镇青釉瓷业有限公司,2020-03-01\n" for number in range(count)
    )


LARGE = (HEAD + rows(2500)).encode()


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.HOME = settings.ZHIBAO_VAULT = tmp_path


@pytest.fixture
def desk(client, registrar):
    client.force_login(registrar)
    return client


def work(*, tasks=None):
    clock = {"clock": timezone.now, "name": "w1"}
    return Worker(**clock, tasks=tasks) if tasks else Worker(**clock)


def give(client, content=LARGE, name="marks.csv"):
    return client.post(reverse("import"), {"file": SimpleUploadedFile(name, content), "kind": "trademark"})


def told(client, job, **headers):
    return client.get(reverse("job", kwargs={"job_id": job.pk}), headers=headers)


def read(client, job):
    return told(client, job).content.decode()


def uploads(folder):
    return list((folder / "uploads").glob("*")) if (folder / "uploads").exists() else []


def test_a_file_above_the_limit_is_given_to_a_worker_and_leads_to_its_rows(desk, tmp_path):
    assert len(LARGE) > AT_ONCE
    answer = give(desk)
    job = Job.objects.get()
    assert answer.url == reverse("job", kwargs={"job_id": job.pk})
    assert not ImportRun.objects.exists()
    page = read(desk, job)
    assert "已排队" in page
    assert "marks.csv" in page
    assert 'hx-trigger="every 2s"' in page
    assert 'aria-live="polite"' in page
    assert f'class="nojs" href="{answer.url}"' in page
    assert "marks.csv" in desk.get(reverse("import")).content.decode()
    assert work().run_one()
    run = ImportRun.objects.get()
    report = reverse("import-run", kwargs={"run_id": run.pk})
    assert (run.made, told(desk, job).url) == (2500, report)
    polled = told(desk, job, hx_request="true")
    assert (polled.status_code, polled["HX-Redirect"]) == (200, report)
    assert uploads(tmp_path) == []


def test_a_file_at_the_limit_is_done_at_once(desk):
    small = (HEAD + rows(3)).encode()
    padded = small + b"," * (AT_ONCE - len(small) - 1) + b"\n"
    assert len(padded) == AT_ONCE
    give(desk, padded)
    assert ImportRun.objects.exists()
    assert not Job.objects.exists()


def test_how_far_it_came_is_told_while_it_runs(desk, registrar):
    give(desk)
    seen = []

    def watched(hold):
        seen.append(read(desk, Job.objects.get()))
        hold.advance(1000)
        seen.append(read(desk, Job.objects.get()))
        hold.advance(2000, 2500)
        seen.append(told(desk, Job.objects.get(), hx_request="true"))

    work(tasks={"import-file": watched}).run_one()
    assert "已开始。" in seen[0]
    assert "已收 1,000 行。" in seen[1]
    assert seen[2].status_code == 200
    piece = seen[2].content.decode()
    assert "已收 2,000 行，共 2,500 行。" in piece
    assert '<progress value="2000" max="2500"' in piece
    assert "<html" not in piece


def test_who_may_not_bring_rights_in_leaves_no_file_behind(client, handler, tmp_path):
    client.force_login(handler)
    assert give(client).status_code == 403
    assert uploads(tmp_path) == []
    assert not Job.objects.exists()


def test_a_job_nobody_takes_says_so_and_what_to_do(desk):
    give(desk)
    job, alone = Job.objects.get(), "做任务的进程好像没有在运行"
    assert alone not in read(desk, job)
    Job.objects.update(run_after=timezone.now() - timedelta(seconds=31))
    page = read(desk, job)
    assert alone in page
    assert "zhibao worker" in page
    other = store.add_job(kind="sweep", data={}, key="", asked_by=None, now=timezone.now())
    assert store.take_job(worker="w2", now=timezone.now(), lease=LEASE, kinds=["sweep"]).pk == other.pk
    assert alone not in read(desk, job)  # somebody works, and this one is next


def test_a_job_whose_worker_vanished_says_so_too(desk):
    give(desk)
    job = store.take_job(worker="w", now=timezone.now(), lease=LEASE, kinds=["import-file"])
    assert "好像没有在运行" not in read(desk, job)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=31))
    assert "好像没有在运行" in read(desk, job)


def test_a_file_without_one_row_fails_in_words_of_the_persons_language(desk, registrar):
    give(desk, b"<html><table>" + b" " * AT_ONCE + b"</table></html>", "a.xls")
    job = Job.objects.get()
    work().run_one()
    polled = told(desk, job, hx_request="true")
    assert polled.status_code == 286
    assert "里是网页，不是表格" in polled.content.decode()
    assert "再做一次" in polled.content.decode()
    assert "没做成" in desk.get(reverse("import")).content.decode()
    registrar.language = "en"
    registrar.save()
    page = read(desk, job)
    assert "Run again" in page
    assert Job.objects.get().problem["en"] in page.replace("&#x27;", "'")
    assert "hx-trigger" not in page


def fail(job_kind="import-file"):
    def fails(hold):
        raise Busy

    Job.objects.update(attempts=KINDS[job_kind].tries - 1)
    work(tasks={job_kind: fails}).run_one()
    assert Job.objects.get().state == "failed"


def test_between_two_tries_the_reason_and_the_next_try_are_told(desk):
    give(desk)

    def fails(hold):
        raise Busy

    work(tasks={"import-file": fails}).run_one()
    page = read(desk, Job.objects.get())
    assert "第 1 次没做成" in page
    assert "资料库正忙。" in page
    assert "再做一次" not in page


def test_a_failed_job_is_run_again_and_pressing_twice_is_once(desk):
    give(desk)
    fail()
    job = Job.objects.get()
    assert "过一会儿再做。" in read(desk, job)
    again = reverse("job-again", kwargs={"job_id": job.pk})
    for _press in range(2):
        answer = desk.post(again)
        assert answer.url == reverse("job", kwargs={"job_id": job.pk})
        assert (Job.objects.get().state, Job.objects.get().attempts) == ("waiting", 0)
    assert "资料库正忙。" not in read(desk, job)
    work().run_one()
    assert Right.objects.count() == 2500


def test_anothers_import_is_not_shown(desk, client, agency):
    give(desk)
    client.force_login(factories.make_person(agency, Role.REGISTRAR, username="second"))
    job = {"job_id": Job.objects.get().pk}
    assert client.get(reverse("job", kwargs=job)).status_code == 404
    assert client.post(reverse("job-again", kwargs=job)).status_code == 404


@pytest.fixture
def feed(analyst):
    factories.make_right()
    now = timezone.now()
    make_feed(actor=analyst, id="mall", name_zh="示例商城", name_en="Sample mall", now=now)
    row = IncomingListing(external_id="1", title="正品青釉坊茶杯", shop="店", place="360202")
    take_listings(actor=analyst, feed="mall", rows=[row], now=now)
    return reverse("screen-feed", kwargs={"feed": "mall"})


def test_a_feed_asked_for_twice_is_one_job_that_both_askers_follow(client, feed, analyst, agency):
    client.force_login(analyst)
    first = client.post(feed)
    assert client.post(feed).url == first.url
    second = factories.make_person(agency, Role.ANALYST, username="second")
    client.force_login(second)
    assert client.post(feed).url == first.url
    job = Job.objects.get()
    assert "已排队" in read(client, job)
    assert first.url in client.get(reverse("watch")).content.decode()
    work().run_one()
    page = read(client, job)
    assert "筛了 1 条商品，新命中 1 处，新线索 1 条。" in page
    assert reverse("leads") in page
    assert client.post(feed).url != first.url


def test_a_job_that_ended_between_two_looks_is_asked_for_after_all(client, feed, analyst, monkeypatch):
    client.force_login(analyst)
    client.post(feed)
    old = Job.objects.get()

    def ended(kind):
        Job.objects.filter(pk=old.pk).update(state="done", result={}, ended_at=timezone.now())
        return {}

    monkeypatch.setattr("zhibao.web.pages.watch.open_jobs", ended)
    assert str(old.pk) not in client.post(feed).url
    assert Job.objects.filter(state="waiting").count() == 1


def test_running_again_what_was_asked_for_anew_leads_to_the_new_one(client, feed, analyst):
    client.force_login(analyst)
    client.post(feed)
    fail("screen-feed")
    old = Job.objects.get()
    newer = client.post(feed)
    answer = client.post(reverse("job-again", kwargs={"job_id": old.pk}))
    assert answer.url == newer.url != reverse("job", kwargs={"job_id": old.pk})
    assert Job.objects.get(pk=old.pk).state == "failed"


def test_shared_work_of_another_is_seen_but_not_run_again_in_their_name(client, feed, analyst, agency, handler):
    client.force_login(analyst)
    client.post(feed)
    fail("screen-feed")
    job = Job.objects.get()
    client.force_login(factories.make_person(agency, Role.ANALYST, username="second"))
    assert "资料库正忙。" in read(client, job)
    assert "再做一次" not in read(client, job)
    assert client.post(reverse("job-again", kwargs={"job_id": job.pk})).status_code == 404
    client.force_login(handler)
    assert told(client, job).status_code == 404


@pytest.mark.parametrize(
    ("kind", "state", "done", "total", "sentence"),
    [
        ("sweep", "running", 3, 9, "已做 3 项，共 9 项。"),
        ("sweep", "running", 3, None, "已做 3 项。"),
        ("seal", "done", 0, None, "已做完。"),
        ("screen-feed", "running", 500, 1200, "已筛 500 条，共 1,200 条。"),
        ("screen-feed", "done", 0, None, "筛了 0 条商品，新命中 0 处，新线索 0 条。"),
    ],
)
def test_each_kind_of_job_is_told_in_a_sentence(admin, kind, state, done, total, sentence):
    job = Job(kind=kind, state=state, done=done, total=total, asked_at=timezone.now(), run_after=timezone.now())
    assert job_view(admin, job, timezone.now()).told == sentence
