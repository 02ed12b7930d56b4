"""A program at the door: requests with a bearer token, answers as JSON."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from zhibao.apps.organs.actions.issue_token import issue_token


class Program:
    """Sends requests as one person."""

    def __init__(self, person=None, lang="en"):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": lang}
        if person is not None:
            self.token = issue_token(actor=person, name="test", now=timezone.now())[1]
            self.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path, **query):
        return self.client.get(f"/api{path}", query, headers=self.headers)

    def post(self, path, body=None, *, key="", **headers):
        sent = self.headers | ({"Idempotency-Key": key} if key else {}) | headers
        return self.client.post(f"/api{path}", json.dumps(body or {}), content_type="application/json", headers=sent)

    def upload(self, path, fields, *, key=""):
        sent = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api{path}", fields, headers=sent)


@pytest.fixture
def program():
    return Program


@pytest.fixture(autouse=True)
def _fresh_counts():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    settings.ZHIBAO_KEYS = tmp_path / "keys"
    settings.HOME = tmp_path


@pytest.fixture
def right(db):
    from tests import factories

    return factories.make_right()


@pytest.fixture
def matter(handler, right):
    """An administrative matter opened at this moment by ``handler``."""
    from zhibao.apps.cases.actions.open_matter import open_matter

    return open_matter(
        actor=handler,
        title="青釉坊茶具",
        place="360202",
        procedure="administrative",
        rights=[right],
        now=timezone.now(),
    )


@pytest.fixture
def lead(analyst, right):
    """A lead raised by screening one listing that copies the mark."""
    from zhibao.apps.watch.actions.make_feed import make_feed
    from zhibao.apps.watch.actions.screen_feed import screen_feed
    from zhibao.apps.watch.actions.take_listings import take_listings
    from zhibao.apps.watch.incoming import IncomingListing
    from zhibao.apps.watch.models import Lead

    now = timezone.now()
    make_feed(actor=analyst, id="market", name_zh="某平台", name_en="A platform", now=now)
    row = IncomingListing(external_id="1", title="正品青釉坊茶杯", shop="老街茶具", place="360202", price_fen=3_000)
    take_listings(actor=analyst, feed="market", rows=[row], now=now)
    screen_feed(actor=analyst, feed="market", now=now)
    return Lead.objects.get()
