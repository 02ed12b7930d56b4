"""Logging in: by name and password, with a second step, and locked out after five wrong passwords."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.factories import PASSWORD
from zhibao.project.login import caller_address

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def log_in(client, username="handler", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password}, **more)


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_person_logs_in_whatever_the_case_of_their_name(client, handler):
    response = log_in(client, "Handler")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(client)


def test_nobody_signs_up(client):
    for response in (
        client.get("/accounts/signup/"),
        client.post("/accounts/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD}),
    ):
        assert response.status_code == 200
        assert b"password1" not in response.content
    assert not is_in(client)


def test_a_closed_account_does_not_log_in(client, handler):
    handler.is_active = False
    handler.save()
    log_in(client)
    assert not is_in(client)


def test_five_wrong_passwords_lock_this_name_at_this_address_only(client, handler, colleague):
    for _ in range(4):
        assert log_in(client, password="wrong").status_code == 200
    assert log_in(client, password="wrong").status_code == 429
    locked = log_in(client)
    assert locked.status_code == 429
    assert not is_in(client)
    text = locked.content.decode()
    assert "15" in text or "一刻" in text
    assert log_in(Client(), "handler", REMOTE_ADDR="10.0.0.9").status_code == 302
    assert log_in(Client(), "colleague").status_code == 302


def test_writing_the_name_in_another_case_gives_no_further_tries(client, handler):
    names = ["handler", "Handler", "HANDLER", "hAndler", "haNdler"]
    assert [log_in(client, name, "wrong").status_code for name in names] == [200, 200, 200, 200, 429]


@pytest.mark.parametrize(
    ("behind", "header", "expected"),
    [
        (False, "10.9.9.9", "127.0.0.1"),
        (True, "10.9.9.9", "10.9.9.9"),
        (True, "1.1.1.1, 10.9.9.9", "10.9.9.9"),
        (True, "", "127.0.0.1"),
    ],
)
def test_the_caller_s_address_is_the_proxy_s_word_not_the_caller_s(rf, settings, behind, header, expected):
    settings.BEHIND_PROXY = behind
    assert caller_address(rf.get("/", HTTP_X_FORWARDED_FOR=header)) == expected


def test_the_lock_opens_after_a_quarter_of_an_hour(client, handler):
    from axes.models import AccessAttempt

    for _ in range(5):
        log_in(client, password="wrong")
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16))
    assert log_in(client).status_code == 302


def test_getting_it_right_wipes_the_count(client, handler):
    for _ in range(4):
        log_in(client, password="wrong")
    log_in(client)
    client.logout()
    for _ in range(4):
        assert log_in(client, password="wrong").status_code == 200


@pytest.fixture
def secret(client, handler):
    """Turn on the second step as a person does, with a code worked out from the secret on the page."""
    log_in(client)
    asked = client.get("/accounts/2fa/totp/activate/")["Location"]
    assert asked.startswith("/accounts/reauthenticate/")  # whoever finds an open desk does not change the second step
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"\b[A-Z2-7]{32}\b", re.sub(r"(?<=[A-Z2-7]{4}) (?=[A-Z2-7]{4})", "", page)).group()
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)}).status_code == 302
    client.logout()
    return secret


def test_with_a_second_step_the_password_alone_is_not_enough(client, secret):
    from django.core.cache import cache

    response = log_in(client)
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)
    assert client.get("/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "123456"}).status_code == 200
    assert not is_in(client)
    cache.clear()  # a code counts once: the one that switched the step on is used up for its half minute
    assert client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302
    assert is_in(client)


def test_a_code_counts_only_once(client, secret):
    from django.core.cache import cache

    cache.clear()
    code = code_for(secret)
    log_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client)
    again = Client()
    log_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(again)


def test_a_recovery_code_opens_once(client, secret, handler):
    from allauth.mfa.models import Authenticator

    code = Authenticator.objects.get(user=handler, type="recovery_codes").wrap().get_unused_codes()[0]
    log_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert is_in(client)
    again = Client()
    log_in(again)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(again)


def test_where_a_second_step_is_needed_one_is_led_to_set_it_up(client, handler, settings):
    settings.SECOND_STEP_NEEDED = True
    log_in(client)
    assert client.get("/")["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200


def test_the_content_policy_is_sent(client):
    policy = client.get(LOGIN)["Content-Security-Policy"]
    parts = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert parts == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    assert client.get(LOGIN)["X-Frame-Options"] == "DENY"


def test_pages_of_the_log_in_send_no_mail(client, handler, mailoutbox):
    log_in(client)
    client.post("/accounts/password/reset/", {"email": "a@example.org"})
    assert mailoutbox == []
