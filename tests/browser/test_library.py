"""A law officer in the browser: a golden case answers while it is typed; a broken one says its line and nothing is lost."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_access import log_in
from zhibao.apps.organs.models import Role

pytestmark = pytest.mark.django_db(transaction=True)
CASE = "- name: 国庆\n  clock: adm.file\n  start: clue-received\n  runs:\n    - [2026-09-28, {due}, cn.samr-penalty-procedure@2022/18]\n"

# ZHIBAO_SHOTS names a folder to keep the pictures for the docs; left out, none are kept.
SHOTS = os.environ.get("ZHIBAO_SHOTS", "")


def shot(page, language, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.{language}.png")


@pytest.fixture
def officer(page):
    organ = factories.make_organ("market-regulation", place="360000", name_zh="江西省市场监督管理局")
    factories.make_person(organ, Role.LAW_OFFICER, username="zhou")
    log_in(page, "zhou")


def test_a_golden_case_answers_while_it_is_typed(page, officer):
    page.goto("/law/cases")
    result, text = page.locator("#result"), page.get_by_label("例案", exact=True)
    text.fill(CASE.format(due="2026-10-24"))
    expect(result).to_contain_text("有对不上的")
    expect(result).to_contain_text("2026-10-23")
    text.fill(CASE.format(due="2026-10-23"))
    expect(result).to_contain_text("都算得对")
    text.fill("- name: [\n")
    expect(result).to_contain_text(re.compile(r"clocks-mine\.yaml:\d"))
    expect(text).to_have_value("- name: [\n")


def test_without_scripts_the_same_comes_back_on_the_page(chromium, live_server, officer, page):
    address = live_server.url.replace("127.0.0.1", "localhost")
    kept = page.context.storage_state()
    plain = chromium.new_context(base_url=address, java_script_enabled=False, storage_state=kept)
    bare = plain.new_page()
    bare.goto("/law/cases")
    bare.get_by_label("例案", exact=True).fill(CASE.format(due="2026-10-24"))
    bare.get_by_role("button", name="算一算").click()
    expect(bare.locator("#result")).to_contain_text("2026-10-23")
    plain.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_law_is_looked_up(page, officer, language):
    """The walk of docs/how-to/look-up-the-law.md: search, an article beside its next version, what a day changes."""
    page.set_viewport_size({"width": 1100, "height": 640})
    if language == "en":
        page.locator("form.lang button").first.click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/law?q=" + ("商标法第六十条" if language == "zh" else "Trademark Law art. 60"))
    expect(page.locator("ol.found li").first).to_contain_text("第六十条" if language == "zh" else "art. 60")
    shot(page, language, "law-search")
    page.locator("ol.found a[data-row]").first.click()
    expect(page.locator("h1")).to_contain_text("商标法" if language == "zh" else "Trademark Law")
    shot(page, language, "law-article")
    page.goto("/law/coming?on=2027-01-01")
    expect(page.locator("h1")).to_contain_text("2027")
    expect(page.locator("main")).to_contain_text("这一天不变的：" if language == "zh" else "Unchanged on this day:")
    shot(page, language, "law-coming")
