"""axe finds no serious fault on any page, in both languages, both themes, on a desk and on a phone; nothing is refused
by the content policy and the console stays silent."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import PASSWORD
from tests.web import world as worlds
from tests.web.test_pages import pages

pytestmark = pytest.mark.django_db(transaction=True)
GRAVE = {"serious", "critical"}
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def log_in(page, username):
    page.goto("/accounts/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def faults_of(page, axe):
    found = axe.run(page).response["violations"]
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]][:3])
        for fault in found
        if fault["impact"] in GRAVE
    ]


@pytest.fixture
def told(page):
    """Everything the browser complains about, the content policy included."""
    complaints = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_a_serious_fault(page, told, settings, tmp_path, language, theme, size):
    settings.ZHIBAO_VAULT = tmp_path
    world = worlds.build()
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    log_in(page, "shen")
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.wait_for_selector("html[lang=en]")
    axe, faults = Axe(), {}
    for address in pages(world):
        page.goto(address)
        found = faults_of(page, axe)
        if found:
            faults[address] = found
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{address} is wider than its window"
        )
    assert not faults
    assert not told


def test_pages_before_log_in_have_no_serious_fault(page, told):
    axe = Axe()
    for address in ("/accounts/login/", "/report", "/report/where", "/report/contact", "/report/claim", "/nowhere"):
        page.goto(address)
        assert not faults_of(page, axe), address
    assert not [text for text in told if "404" not in text]


def test_an_opened_note_and_the_large_strip_have_no_serious_fault(page, told, settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path
    world = worlds.build()
    log_in(page, "shen")
    page.goto(f"/matters/{world.matter.number}")
    page.locator("details.why > summary").first.click()
    assert page.locator("details.why[open]").count() == 1
    assert not faults_of(page, Axe())
    page.keyboard.press("Escape")
    assert page.locator("details.why[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('details.why > summary')")
    assert not told
