from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.screen_feed import screen_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.errors import BadFeed, FeedKept, FeedNotFound, NoOrganForLead
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.apps.watch.models import Hit, Lead, Listing

pytestmark = pytest.mark.django_db


# --- taking -----------------------------------------------------------------------------------------------------------


def test_a_feed_has_a_plain_id_and_is_made_once(feed, analyst, handler, now):
    with pytest.raises(FeedKept):
        make_feed(actor=analyst, id="market", name_zh="x", name_en="x", now=now)
    for bad in ("集市", "Market", "-a", "a" * 41, ""):
        with pytest.raises(BadFeed):
            make_feed(actor=analyst, id=bad, name_zh="x", name_en="x", now=now)
    with pytest.raises(DeedNotAllowed):
        make_feed(actor=handler, id="other", name_zh="x", name_en="x", now=now)


def test_the_same_rows_again_change_nothing(offer):
    assert (offer("茶杯", "茶壶").new, Listing.objects.count()) == (2, 2)
    again = offer("茶杯", "茶壶", "茶盘")
    assert (again.new, again.same, again.refused) == (1, 2, ())


def test_a_changed_title_is_a_further_listing_because_hits_point_into_titles(feed, analyst, now):
    row = IncomingListing(external_id="1", title="茶杯")

    def take(*rows):
        return take_listings(actor=analyst, feed="market", rows=rows, now=now)

    assert take(row).new == 1
    assert take(replace(row, title="茶杯 新款")).new == 1
    assert take(replace(row, title="茶杯 新款"), row, replace(row, title="茶杯")).new == 0
    assert sorted(Listing.objects.values_list("title", flat=True)) == ["茶杯", "茶杯 新款"]
    assert take(IncomingListing(external_id="2", title="a"), IncomingListing(external_id="2", title="b")).new == 2


def test_rows_that_cannot_be_kept_are_told_and_the_others_kept(feed, analyst, now):
    done = []
    taken = take_listings(
        actor=analyst,
        feed="market",
        rows=[
            IncomingListing(external_id="1", title="茶杯"),
            IncomingListing(external_id=" ", title="茶杯"),
            IncomingListing(external_id="3", title=""),
            IncomingListing(external_id="4", title="茶" * 501),
        ],
        now=now,
        progress=lambda at, total: done.append((at, total)),
        total=4,
    )
    assert (taken.new, taken.same) == (1, 0)
    assert [fault.code for fault in taken.refused] == ["listing-field-missing"] * 2 + ["listing-field-too-long"]
    assert "第 2 条" in taken.refused[0].say("zh")
    assert "501" in taken.refused[2].say("en")
    assert done == [(4, 4)]


def test_only_the_watch_takes_and_screens_and_only_known_feeds(feed, analyst, handler, now):
    with pytest.raises(FeedNotFound):
        take_listings(actor=analyst, feed="nowhere", rows=[], now=now)
    with pytest.raises(FeedNotFound):
        screen_feed(actor=analyst, feed="nowhere", now=now)
    for call in (
        lambda: take_listings(actor=handler, feed="market", rows=[], now=now),
        lambda: screen_feed(actor=handler, feed="market", now=now),
    ):
        with pytest.raises(DeedNotAllowed):
            call()


# --- screening --------------------------------------------------------------------------------------------------------


def test_one_lead_for_each_right_and_series_with_its_hits_and_reasons(agency, right, offer, screen):
    other = factories.make_right("玉泉轩")
    offer("青釉坊茶杯", "正品清釉坊茶壶", "普通茶盘")
    offer("玉泉轩与青釉坊联名", shop="联名店")
    summary = screen()
    assert (summary.listings, summary.leads) == (4, 3)
    assert summary.hits == Hit.objects.count()
    assert {(lead.right, lead.series) for lead in Lead.objects.all()} == {
        (right, "market/仿古茶具店"),
        (right, "market/联名店"),
        (other, "market/联名店"),
    }
    lead = Lead.objects.get(series="market/仿古茶具店")
    assert {hit.channel for hit in lead.hits.all()} == {"exact", "homophone"}
    hit = lead.hits.get(channel="homophone")
    assert hit.listing.title[hit.start : hit.end] == hit.surface == "清釉坊"
    assert hit.reasons[0]["columns"][0]["mark_char"] == "青"
    assert hit.reasons[0]["zh"]
    assert hit.reasons[0]["en"]


def test_screening_again_adds_nothing(agency, right, offer, screen):
    offer("青釉坊茶杯", "清釉坊茶壶")
    assert screen().hits > 0
    before = list(Hit.objects.values_list("pk", flat=True)), Lead.objects.get().number
    again = screen(timedelta(days=1))
    assert (again.listings, again.hits, again.leads) == (0, 0, 0)
    Listing.objects.update(screened_with="")
    forced = screen(timedelta(days=2))
    assert (forced.listings, forced.hits, forced.leads) == (2, 0, 0)
    assert (list(Hit.objects.values_list("pk", flat=True)), Lead.objects.get().number) == before


def test_a_new_mark_has_old_listings_looked_at_again(agency, right, offer, screen):
    offer("青釉坊与玉泉轩茶杯")
    assert screen().leads == 1
    factories.make_right("玉泉轩")
    again = screen()
    assert (again.listings, again.leads) == (1, 1)


def test_new_listings_of_a_known_series_join_its_lead_and_lift_it(agency, right, offer, screen):
    offer("青釉坊茶杯")
    screen()
    first = Lead.objects.get()
    offer("青釉坊茶壶", "青釉坊茶盘")
    assert screen().leads == 0
    lead = Lead.objects.get()
    assert lead.hits.count() == 3
    assert lead.score == first.score + 4


def test_a_right_is_held_against_listings_of_its_days_only(agency, offer, screen, now):
    factories.make_right("青釉坊", since=date(2018, 1, 1), until=date(2026, 11, 22))
    factories.make_right("玉泉轩", since=None)
    offer("青釉坊 玉泉轩 茶杯", seen_at=now)
    assert screen().hits == 0
    offer("青釉坊 玉泉轩 茶壶", seen_at=now - timedelta(days=1))
    assert screen().hits == 1


def test_an_unwatched_mark_is_found_as_it_is_written_only(agency, offer, screen):
    factories.make_right("青釉坊", watched=False)
    offer("青釉坊茶杯", "清釉坊茶壶")
    screen()
    assert [hit.channel for hit in Hit.objects.all()] == ["exact"]


def test_other_kinds_of_right_are_not_looked_for_in_titles(agency, offer, screen):
    factories.make_right("青釉坊", kind="patent-design")
    offer("青釉坊茶杯")
    assert screen().hits == 0


def test_an_authorised_shop_is_the_owners_own(agency, offer, screen):
    factories.make_right("青釉坊", details={"authorised_shops": ["青釉坊旗舰店"]})
    offer("青釉坊茶杯", shop="青釉坊旗舰店")
    offer("青釉坊茶壶", shop="仿古茶具店")
    screen()
    assert [lead.series for lead in Lead.objects.all()] == ["market/仿古茶具店"]


def test_listings_without_a_shop_stand_alone(agency, right, offer, screen):
    offer("青釉坊茶杯", "青釉坊茶壶", shop="")
    assert screen().leads == 2


def test_a_lead_lands_where_the_shop_is_else_where_the_right_is(agency, county_agency, offer, screen):
    factories.make_organ("police", place="360222")
    factories.make_right("青釉坊", place="360200")
    offer("青釉坊茶杯", shop="县里的店", place="360222")
    offer("青釉坊茶杯", shop="没有地址的店", place="")
    offer("青釉坊茶杯", shop="外省的店", place="440100")
    screen()
    desks = {lead.series.split("/")[1]: (lead.organ, lead.place) for lead in Lead.objects.all()}
    assert desks["县里的店"] == (county_agency, "360222")
    assert desks["没有地址的店"] == (agency, "360200")
    assert desks["外省的店"] == (agency, "440100")


def test_without_any_desk_the_run_stops_and_keeps_nothing_of_the_batch(right, offer, screen, agency):
    agency.competences = []
    agency.save()
    offer("青釉坊茶杯")
    with pytest.raises(NoOrganForLead):
        screen()
    assert not Hit.objects.exists()
    assert Listing.objects.get().screened_with == ""


def test_a_run_tells_how_far_it_is_and_the_system_may_run_it(agency, right, offer, now, monkeypatch):
    import zhibao.apps.watch.actions.screen_feed as module

    monkeypatch.setattr(module, "BATCH", 2)
    offer("青釉坊茶杯", "茶壶", "茶盘")
    done = []
    summary = screen_feed(actor=None, feed="market", now=now, progress=lambda at, total: done.append((at, total)))
    assert (summary.listings, done) == (3, [(2, 3), (3, 3)])


def test_one_batch_costs_the_same_number_of_queries_whatever_is_found(
    agency, right, offer, screen, django_assert_max_num_queries
):
    offer(*(f"青釉坊茶杯{n}" for n in range(40)))
    for n in range(20):
        offer("青釉坊茶杯", shop=f"店{n}")
    with django_assert_max_num_queries(30):
        assert screen().leads == 21
