"""An officer's day in both languages: log in, a lead becomes a matter, events are recorded, clocks move, an assessment is
read, a finding is seen, and a mistake is undone by a correcting event."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.web import world as worlds
from zhibao.kernel.days import LEGAL_TZ

pytestmark = pytest.mark.django_db(transaction=True)

# ZHIBAO_SHOTS names a folder to keep the pictures for the docs; left out, none are kept.
SHOTS = os.environ.get("ZHIBAO_SHOTS", "")
SAID = {
    "zh": {
        "keep": "像，留下",
        "undo": "撤销",
        "open": "立案",
        "record": "记一件事",
        "filed": "立案",
        "go": "继续",
        "take": "记下",
        "correct": "更正",
        "why": "为什么更正",
        "withdrawn": "这件事没有发生，整件撤回",
        "take_fix": "记下更正",
        "law": "法律评估",
        "lighter": "采用后来的规定：对当事人更轻。",
        "must": "应当移送公安",
        "findings": "监督发现",
        "unanswered": "没有",
    },
    "en": {
        "keep": "Like, keep",
        "undo": "Undo",
        "open": "Open a matter",
        "record": "Record an event",
        "filed": "Case filed",
        "go": "Continue",
        "take": "Record",
        "correct": "Correct",
        "why": "Why it is corrected",
        "withdrawn": "It did not happen: withdraw it",
        "take_fix": "Record the correction",
        "law": "Legal assessment",
        "lighter": "The later rule applies: it is lighter for the party.",
        "must": "Must be handed to the police",
        "findings": "Findings",
        "unanswered": "has not been done",
    },
}


@pytest.fixture
def world(settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


@pytest.fixture
def told(page):
    complaints = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def shot(page, language, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.{language}.png")


def log_in(page, username, language):
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("nav.nav a").first).to_be_visible()
    if page.locator("html").get_attribute("lang") != ("en" if language == "en" else "zh-Hans"):
        page.locator("form.lang button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en" if language == "en" else "zh-Hans")


def triage(page, say, language):
    """Keep the best lead, take it back with the toast, keep it again by its key, and open a matter from it."""
    page.locator("nav.nav a").nth(1).click()
    expect(page.locator(".strip").first).to_be_visible()
    first = page.url
    number = page.locator(".tri #lead .mono").first.inner_text()
    shot(page, language, "triage")
    page.get_by_role("button", name=re.compile(say["keep"])).click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator(".toast button").click()
    expect(page.locator(".judge")).to_contain_text("1")
    assert number in page.content(), first
    page.keyboard.press("1")
    expect(page.locator(".toast")).to_be_visible()
    page.goto(f"/leads/{number}?state=kept")
    page.get_by_role("button", name=re.compile(say["open"])).click()
    page.wait_for_url(re.compile(r"/matters/M-"))


def record(page, say, kind, at):
    page.get_by_role("link", name=say["record"]).click()
    page.locator("#kind").select_option(kind)
    page.get_by_role("button", name=say["go"]).click()
    page.locator("#at").fill(f"{at:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name=say["take"], exact=True).click()
    page.wait_for_url(re.compile(r"/matters/M-[0-9-]+$"))


def clocks(page):
    return page.locator("#m-clock > table tbody tr").count(), page.locator("#m-clock details.ended table tr").count()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_officers_day(page, told, world, language):
    say = SAID[language]
    page.set_viewport_size({"width": 1366, "height": 900})
    log_in(page, "shen", language)
    expect(page.locator("h1")).to_have_text("我的期限" if language == "zh" else "My deadlines")
    shot(page, language, "today")
    triage(page, say, language)

    # The clue starts the filing clock; filing ends it and starts the clock of the decision.
    running, ended = clocks(page)
    assert (running, ended) == (1, 0)
    now = datetime.now(LEGAL_TZ)
    record(page, say, "filed", now)
    expect(page.locator("#m-clock details.ended > summary")).to_contain_text("1")
    assert page.locator("#m-clock > table tbody tr").first.inner_text()

    # A mistake: seized by the wrong day, withdrawn by a correcting event; the first record stays.
    record(page, say, "seized", now - timedelta(minutes=1) if now.hour or now.minute > 1 else now)
    with_seizure = clocks(page)[0]
    mistake = page.locator("#m-ev li").first
    seq = mistake.get_attribute("id").removeprefix("e-")
    mistake.get_by_role("link", name=say["correct"]).click()
    page.get_by_label(say["why"]).fill("没有扣押" if language == "zh" else "Nothing was seized")
    page.get_by_label(say["withdrawn"]).check()
    page.get_by_role("button", name=say["take_fix"]).click()
    page.wait_for_url(re.compile(r"/matters/M-[0-9-]+$"))
    assert clocks(page)[0] < with_seizure
    expect(page.locator(f"#e-{seq}")).to_be_visible()
    expect(page.locator("#m-ev li").first).to_have_attribute("data-k", "fix")
    shot(page, language, "corrected")

    read_assessment(page, world, say, language)
    see_finding(page, world, say, language)
    assert not told


def read_assessment(page, world, say, language):
    """The old matter's assessment names the version that applies and why, with its article one step away."""
    page.goto(f"/matters/{world.matter.number}")
    shot(page, language, "matter")
    law = page.locator("#m-law")
    law.scroll_into_view_if_needed()
    expect(law).to_contain_text(say["lighter"])
    expect(law).to_contain_text(say["must"])
    law.locator(".note details.why > summary").first.click()
    expect(law.locator(".note details.why[open] dl")).to_be_visible()
    shot(page, language, "assessment")
    page.keyboard.press("Escape")


def see_finding(page, world, say, language):
    """The supervisor sees the overdue answer, states a purpose, reads the matter and says that the finding is right."""
    page.locator("form[action*=logout] button").click()
    page.wait_for_url(re.compile("login"))
    log_in(page, "supervisor", language)
    page.goto("/findings")
    expect(page.locator("h1")).to_have_text(say["findings"])
    expect(page.locator("main")).to_contain_text(say["unanswered"])
    shot(page, language, "findings")
    page.locator("tbody a[data-row]").first.click()
    page.locator("#purpose").fill("季度专项监督" if language == "zh" else "Quarterly supervision")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/matters/M-[0-9-]+$"))
    finding = page.locator("#m-find .sheet").first
    finding.locator("summary").last.click()
    finding.locator("textarea").fill("核对过" if language == "zh" else "Checked")
    finding.locator("button[value=right]").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator("#m-read")).to_contain_text("季度专项监督" if language == "zh" else "Quarterly supervision")


def test_single_keys_move_along_rows_and_can_be_turned_off(page, world):
    log_in(page, "shen", "zh")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-row]')")
    page.keyboard.press("b")
    expect(page.locator("details.why[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_url(re.compile("/keys"))
    page.goto("/profile")
    page.locator("input[name=single_keys]").uncheck()
    page.locator("form[action*='profile/keys'] button").click()
    page.wait_for_load_state()
    page.goto("/")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert "/keys" not in page.url


def test_without_javascript_a_lead_is_still_judged_and_undone(chromium, live_server, world):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "shen", "zh")
    page.goto("/leads")
    page.locator("button[value=unlike]").click()
    expect(page.locator(".toast")).to_be_visible()
    page.locator(".toast button").click()
    expect(page.locator(".judge button[value=like]")).to_be_visible()
    context.close()


def test_what_was_typed_is_kept_when_somebody_was_faster(page, world):
    log_in(page, "shen", "zh")
    number = world.fresh.number
    page.goto(f"/matters/{number}/record?kind=note-added")
    page.locator("#f-text").fill("我写的一段话")
    worlds.record(world.colleague, world.fresh, "filed", datetime.now(LEGAL_TZ), datetime.now(LEGAL_TZ))
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator(".errors")).to_contain_text("魏书棠")
    expect(page.locator("#f-text")).to_have_value("我写的一段话")
    page.get_by_role("button", name="记下", exact=True).click()
    page.wait_for_url(re.compile(rf"/matters/{number}$"))
    expect(page.locator("#m-ev")).to_contain_text("我写的一段话")


def test_somebody_reports_and_follows_it_by_the_code(page, world):
    page.goto("/report")
    page.locator("#text").fill("青浦瓷器店卖的盖碗写着青釉坊，价格只有正品一半")
    page.get_by_role("button", name="继续").click()
    page.locator("#place").select_option("360200")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="发送").click()
    code = page.locator("#claim-code").inner_text()
    page.goto("/report/claim")
    page.locator("#code").fill(code.lower())
    page.get_by_role("button", name="看进展").click()
    expect(page.locator("main")).to_contain_text("在等人看。")
