"""The frame: language, theme, errors in our own words, the person's own page, and who is let in."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests import factories
from tests.factories import PASSWORD
from zhibao.apps.organs.queries import tokens_of
from zhibao.web.pages import errors

pytestmark = pytest.mark.django_db


def test_nobody_sees_a_page_without_logging_in(client):
    for name in ("today", "leads", "matters", "register", "watch", "findings", "law", "profile", "keys"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")


def test_what_the_desk_shows_is_kept_by_no_cache(client, handler):
    client.force_login(handler)
    assert "no-store" in client.get(reverse("today"))["Cache-Control"]


def test_the_language_is_kept_with_the_person(client, handler):
    client.force_login(handler)
    client.post(reverse("language"), {"language": "en", "next": "/law"})
    handler.refresh_from_db()
    assert handler.language == "en"
    page = client.get("/law").content.decode()
    assert '<html lang="en"' in page
    assert "Instruments" in page


def test_before_log_in_the_language_is_kept_in_a_cookie(client):
    answer = client.post(reverse("language"), {"language": "en", "next": "/report"})
    assert answer.url == "/report"
    assert 'lang="en"' in client.get("/report").content.decode()


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_switching_never_leads_to_another_site(client, where):
    assert client.post(reverse("language"), {"language": "zh", "next": where}).url == "/"


def test_theme_and_density_are_the_browsers(client, handler):
    client.force_login(handler)
    client.post(reverse("look"), {"theme": "dark", "density": "compact"})
    page = client.get(reverse("keys")).content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-density="compact"' in page
    client.post(reverse("look"), {})
    assert "data-theme" not in client.get(reverse("keys")).content.decode()


def test_single_keys_can_be_turned_off(client, handler):
    client.force_login(handler)
    assert 'data-keys="on"' in client.get(reverse("keys")).content.decode()
    client.post(reverse("keys-choice"), {})
    page = client.get(reverse("keys")).content.decode()
    assert "data-keys" not in page
    assert "单键现在关着" in page


def test_a_token_is_shown_once_and_can_be_ended(client, handler):
    client.force_login(handler)
    page = client.post(reverse("new-token"), {"name": "平台接口"}).content.decode()
    assert "zb_" in page
    profile = client.get(reverse("profile")).content.decode()
    assert "平台接口" in profile
    token = tokens_of(handler)[0]
    assert page.split('id="token">')[1].split("<")[0] not in profile
    client.post(reverse("end-token", kwargs={"token_id": token.pk}))
    assert "已停用" in client.get(reverse("profile")).content.decode()


def test_five_wrong_passwords_lock_the_account_and_say_for_how_long(client, handler):
    for _n in range(5):
        answer = client.post("/accounts/login/", {"login": "handler", "password": "wrong"})
    assert answer.status_code == 429
    assert "15 分钟后再登录" in answer.content.decode()


def test_a_wrong_password_says_what_to_do(client, handler):
    answer = client.post("/accounts/login/", {"login": "handler", "password": "wrong"})
    assert "登录名或密码不对" in answer.content.decode()
    assert client.post("/accounts/login/", {"login": "handler", "password": PASSWORD}).status_code == 302


def test_our_own_errors_become_a_page_with_sentence_hint_and_code(client, handler):
    client.force_login(handler)
    answer = client.get("/matters/M-2026-999999")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有找到这个案件" in page
    assert "matter-not-found" in page
    assert client.get("/no/such/page/at/all").status_code == 404


def test_the_last_resort_pages_speak(handler):
    request = RequestFactory().get("/")
    request.user = handler
    for answer, status, words in (
        (errors.bad_request(request, Exception()), 400, "读不懂这个请求"),
        (errors.not_allowed(request, Exception()), 403, "你没有权限做这件事"),
        (errors.csrf_failed(request), 403, "表单已经过期"),
        (errors.not_found(request, Exception()), 404, "没有这个地址的页面"),
        (errors.broken(request), 500, "你刚才的一步没有记下"),
    ):
        assert answer.status_code == status
        assert words in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "account_logout",
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_log_in_pages_wear_our_frame(client, language, name):
    person = factories.make_person(factories.make_organ(), username="someone", language=language)
    client.post("/accounts/login/", {"login": "someone", "password": PASSWORD})
    answer = client.get(reverse(name), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-size="public"' in page
    assert 'class="skip"' in page
    assert person.language == language


def test_the_sections_carry_what_waits_in_them(client, handler):
    from zhibao.apps.watch.models import Lead

    Lead.objects.create(
        number="L-2026-000001", source="report", title="x", place="360200", organ=handler.organ, raised_at=factories.NOW
    )
    client.force_login(handler)
    assert "线索 <b>1</b>" in client.get(reverse("keys")).content.decode()
