"""The pages as an attacker meets them: other organs, forged forms, evil names, and addresses that lead away."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import PASSWORD, make_right
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event

pytestmark = pytest.mark.django_db

EVIL = '"><svg onload=alert(1)><script>alert(2)</script>\u202e=1+1'


class Acting(HTMLParser):
    """Gathers what a strict policy would have to stop: scripts written into the page, handlers, styles in tags."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        self.found += [(tag, name) for name in names if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in names and ("type", "application/json") not in attrs:
            self.found.append((tag, "inline"))


def acting(page):
    parser = Acting()
    parser.feed(page)
    return parser.found


def log_in(client, username, **more):
    return client.post("/accounts/login/", {"login": username, "password": PASSWORD} | more)


@pytest.fixture
def matter(handler):
    """A matter in which everything a person can name is named to do harm."""
    right = make_right(name=EVIL[:300])
    found = open_matter(
        actor=handler, title=EVIL, place="360202", procedure="administrative", rights=[right], now=timezone.now()
    )
    lines = [{"name": EVIL, "quantity": 1, "state": "sold", "prices": {"actual": "5"}}]
    for kind, data in (
        ("note-added", {"text": EVIL}),
        ("party-joined", {"party": "p", "name": EVIL, "role": "suspect"}),
        ("goods-recorded", {"lines": lines}),
    ):
        found.refresh_from_db()
        record_event(
            actor=handler,
            matter_id=found.pk,
            proceeding_id=found.proceedings.get().pk,
            kind=kind,
            at=timezone.now(),
            data=data,
            expected_seq=found.head_seq,
            now=timezone.now(),
        )
    return found


PAGES = ("", "/record", "/hand-over", "/sheet", "/exhibits/new", "/events.json", "/facts.json", "/sheet.docx")


def test_nothing_a_person_names_becomes_markup(client, handler, matter):
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/", "/matters", "/register", "/findings", *(f"/matters/{matter.number}{page}" for page in PAGES)):
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer["Content-Type"].startswith("text/html"):
            assert not acting(answer.content.decode()), path
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_to_another_organ_a_matter_does_not_exist(client, outsider, matter):
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    for page in PAGES:
        assert client.get(f"/matters/{matter.number}{page}").status_code == 404, page
    for deed in ("/record", "/hand-over", "/seal", "/answer", "/events/1/correct", "/exhibits/new"):
        assert client.post(f"/matters/{matter.number}{deed}", {"why": "x", "kind": "filed"}).status_code == 404, deed


def test_a_form_of_another_site_does_nothing(handler, matter):
    client = Client(enforce_csrf_checks=True)
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/matters/new", f"/matters/{matter.number}/record", "/accounts/logout/", "/profile/tokens"):
        assert client.post(path, {"title": "x"}).status_code == 403, path


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_leads_nowhere_else(client, handler, next_page):
    assert log_in(client, "handler", next=next_page)["Location"] == "/"


def test_a_session_ends_with_logging_out(client, handler, matter):
    log_in(client, "handler")
    kept = client.cookies["sessionid"].value
    assert client.get(f"/matters/{matter.number}").status_code == 200
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = kept
    assert client.get(f"/matters/{matter.number}").status_code == 302
