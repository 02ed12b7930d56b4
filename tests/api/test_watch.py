"""Listings and leads over REST: from what is sold to a matter."""

import pytest
from django.utils import timezone

from zhibao.jobs.worker import Worker

pytestmark = pytest.mark.django_db
FEED = {"id": "market", "name_zh": "某平台", "name_en": "A platform"}
LISTING = {"id": "1", "title": "正品青釉坊茶杯", "shop": "老街茶具", "price": "30.00", "place": "360202"}


def test_from_a_batch_of_listings_to_a_matter(program, analyst, handler, right):
    watching = program(analyst)
    assert watching.post("/feeds", FEED).status_code == 201
    batch = {"listings": [LISTING, {"id": "2", "title": "白瓷碗"}, {"id": "", "title": "无号"}]}
    taken = watching.post("/feeds/market/listings", batch).json()
    assert (taken["new"], taken["same"], len(taken["refused"]), taken["refused"][0]["row"]) == (2, 0, 1, 3)
    assert watching.post("/feeds/market/listings", batch).json()["same"] == 2
    job = watching.post("/feeds/market/screening")
    assert job.status_code == 202
    assert watching.post("/feeds/market/screening").json()["code"] == "job-already-asked"
    assert Worker(clock=timezone.now).run_until_idle() == 1
    assert watching.get(f"/jobs/{job.json()['id']}").json()["result"]["market"]["leads"] == 1
    assert watching.get("/feeds").json()[0]["hits"] == {"exact": 1}

    asking = program(handler)
    lead = asking.get("/leads", state="new").json()["items"][0]
    whole = asking.get(f"/leads/{lead['id']}").json()
    hit = whole["hits"][0]
    assert hit["title"][hit["start"] : hit["end"]] == "青釉坊"
    assert hit["price"] == "30.00"
    opened = asking.post(f"/leads/{lead['id']}/matter", {"why": "同名"})
    assert opened.status_code == 201, opened.json()
    assert asking.get(f"/matters/{opened.json()['matter_id']}").json()["number"] == opened.json()["number"]
    assert asking.get(f"/leads/{lead['id']}").json()["state"] == "opened"


def test_a_verdict_is_kept_and_can_be_taken_back(program, handler, lead):
    asking, url = program(handler), f"/leads/{lead.pk}"
    assert asking.post(f"{url}/decision", {"verdict": "unlike", "why": "不相干"}).json()["state"] == "dismissed"
    assert asking.post(f"{url}/decision", {"verdict": "like"}).status_code == 409
    undone = asking.post(f"{url}/undo").json()
    assert (undone["state"], [one["verdict"] for one in undone["decisions"]]) == ("new", ["unlike", "undone"])


def test_a_shop_may_be_allowed_for_the_right(program, handler, lead):
    decided = program(handler).post(f"/leads/{lead.pk}/decision", {"verdict": "shop-allowed"}).json()
    assert (decided["state"], decided["decisions"][-1]["verdict"]) == ("authorised", "shop-allowed")
    lead.right.refresh_from_db()
    assert lead.right.details["authorised_shops"] == [decided["hits"][0]["shop"]]


def test_an_unknown_verdict_or_feed_is_told(program, handler, analyst, lead):
    assert program(handler).post(f"/leads/{lead.pk}/decision", {"verdict": "maybe"}).status_code == 422
    assert program(analyst).post("/feeds/nowhere/listings", {"listings": [LISTING]}).status_code == 404
    assert program(analyst).post("/feeds", FEED).status_code == 409


def test_a_feed_is_not_screened_by_who_may_not(program, handler, lead):
    assert program(handler).post("/feeds/market/screening").status_code == 403


def test_a_price_in_the_wrong_form_is_told_with_its_place(program, analyst, lead):
    answer = program(analyst).post("/feeds/market/listings", {"listings": [LISTING | {"price": "三十"}]}).json()
    assert answer["errors"][0]["pointer"] == "/listings/0/price"
