"""Long work followed on the page: a large file and a feed, with the worker's pace seen while it works, and a failure mended."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_access import faults_of, log_in
from tests.web import world as worlds
from tests.web.test_jobs import LARGE, Busy
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job
from zhibao.jobs.registry import TASKS
from zhibao.jobs.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
FILE = {"name": "marks.csv", "mimeType": "text/csv", "buffer": LARGE}


@pytest.fixture
def world(settings, tmp_path):
    settings.HOME, settings.ZHIBAO_VAULT = tmp_path, tmp_path / "vault"
    return worlds.build()


def work(**tasks):
    found = {kind: tasks.get(kind.replace("-", "_"), task) for kind, task in TASKS.items()}
    return Worker(clock=timezone.now, name="w1", tasks=found)


def give(page):
    page.goto("/register/import")
    page.locator("#file").set_input_files(FILE)
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_url(re.compile(r"/jobs/"))


def test_a_large_file_is_followed_to_its_rows_without_a_reload(page, world):
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    log_in(page, "registrar")
    give(page)
    expect(page.locator("#told")).to_contain_text("已排队")
    expect(page.locator(".nojs")).to_be_hidden()
    assert not faults_of(page, Axe())

    def followed(hold):
        hold.advance(1000, 2500)
        expect(page.locator("#told")).to_contain_text("已收 1,000 行，共 2,500 行。")
        expect(page.locator("#told progress")).to_have_attribute("value", "1000")
        assert not faults_of(page, Axe())
        return TASKS["import-file"](hold)

    work(import_file=followed).run_until_idle()
    page.wait_for_url(re.compile(r"/register/import/"))
    expect(page.locator("main")).to_contain_text("没有要改的行")
    assert not complaints


def test_a_failure_shows_by_itself_and_is_run_again(page, world):
    log_in(page, "registrar")
    give(page)

    def fails(hold):
        raise Busy

    Job.objects.update(attempts=KINDS["import-file"].tries - 1)
    work(import_file=fails).run_until_idle()
    expect(page.locator("#told .errors")).to_contain_text("资料库正忙。")
    assert not faults_of(page, Axe())
    page.get_by_role("button", name="再做一次").click()
    expect(page.locator("#told")).to_contain_text("已排队")
    work().run_until_idle()
    page.wait_for_url(re.compile(r"/register/import/"))


def test_without_scripts_the_reload_link_leads_on(chromium, live_server, world):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    log_in(page, "analyst")
    page.goto("/watch")
    page.get_by_role("button", name="筛查").click()
    page.wait_for_url(re.compile(r"/jobs/"))
    expect(page.locator("#told")).to_contain_text("已排队")
    work().run_until_idle()
    page.locator(".nojs").click()
    expect(page.locator("#told")).to_contain_text("筛了 0 条商品")
    context.close()
