"""Listings that say too little or would do harm: the rest of their feed is screened all the same."""

import pytest

from tests import factories
from zhibao.apps.watch.models import Hit, Lead, Listing

pytestmark = pytest.mark.django_db

EVIL = '<img src=x onerror=alert(1)>\u202e=cmd|"青釉坊'


def test_a_listing_from_nowhere_does_not_hold_up_its_feed(agency, county_agency, offer, screen):
    nowhere = factories.make_right("青釉坊", place="")
    nowhere.owner.place = ""
    nowhere.owner.save()
    offer("青釉坊茶杯", shop="不说在哪里的店", place="")
    offer("青釉坊茶杯", shop="外省的店", place="440100")
    offer("青釉坊茶杯", shop="县里的店", place="360222")
    assert screen().leads == 3
    desks = {lead.series.split("/")[1]: (lead.organ, lead.place) for lead in Lead.objects.all()}
    assert desks["不说在哪里的店"] == (agency, agency.place)
    assert desks["外省的店"] == (agency, "440100")
    assert desks["县里的店"] == (county_agency, "360222")
    assert not Listing.objects.filter(screened_with="").exists()


def test_titles_and_shops_are_kept_as_they_were_seen(agency, right, offer, screen):
    offer(EVIL, shop=EVIL[:80])
    assert screen().leads == 1
    hit = Hit.objects.get()
    assert EVIL[hit.start : hit.end] == hit.surface == right.name
