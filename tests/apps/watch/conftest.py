from datetime import timedelta

import pytest

from tests import factories
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.screen_feed import screen_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing


@pytest.fixture
def feed(analyst, now):
    return make_feed(actor=analyst, id="market", name_zh="瓷都集市", name_en="Porcelain market", now=now)


@pytest.fixture
def right(db):
    """A watched mark in force."""
    return factories.make_right("青釉坊", place="360200")


@pytest.fixture
def offer(feed, analyst, now):
    """Take titles of one shop into the feed."""

    def offer(*titles, shop="仿古茶具店", place="360222", seen_at=None):
        rows = [
            IncomingListing(
                external_id=f"{shop}-{title}"[:70], title=title, shop=shop, place=place, seen_at=seen_at or now
            )
            for title in titles
        ]
        return take_listings(actor=analyst, feed="market", rows=rows, now=now)

    return offer


@pytest.fixture
def screen(feed, analyst, now):
    def screen(at=timedelta()):
        return screen_feed(actor=analyst, feed="market", now=now + at)

    return screen


@pytest.fixture
def lead(agency, right, offer, screen):
    """A lead of one exact and one disguised title in one shop."""
    from zhibao.apps.watch.models import Lead

    offer("青釉坊茶杯 手工", "清釉坊 茶壶", place="360200")
    screen()
    return Lead.objects.get()
