"""A passkey from its making to logging in with nothing else, in Chromium with its own virtual authenticator."""

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, make_organ, make_person
from zhibao.apps.organs.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def authenticator(page):
    """A key in the machine that confirms its user, as a fingerprint reader does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )["authenticatorId"]
    return lambda: devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]


@pytest.fixture
def person():
    return make_person(make_organ(), Role.HANDLER, username="handler")


def log_in(page):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("handler")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_a_passkey_is_made_and_logs_in_without_a_password(page, person, authenticator):
    violations = []
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    log_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url("**/accounts/2fa/webauthn/add/**")
    name = page.locator("input[name=name]")
    name.fill("办公室电脑")
    passwordless = page.locator("input[name=passwordless]")
    if passwordless.is_visible():
        passwordless.check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    kept = authenticator()
    assert len(kept) == 1
    assert kept[0]["isResidentCredential"]
    assert kept[0]["rpId"] == "localhost"

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("body")).to_contain_text("办公室电脑")
    assert violations == []


def test_a_key_of_somebody_else_opens_nothing(page, person, authenticator):
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_timeout(800)
    assert authenticator() == []
    page.goto("/accounts/2fa/")
    page.wait_for_url("**/accounts/login/**")
