"""Judging leads from the page."""

import pytest
from django.urls import reverse

from tests.web import world as worlds
from zhibao.apps.vault.queries import own_exhibits
from zhibao.apps.watch.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


@pytest.fixture
def desk(client, world):
    client.force_login(world.handler)
    return client


def first():
    return Lead.objects.first()


def test_the_queue_shows_the_strip_the_reason_and_the_record(desk, world):
    page = desk.get(reverse("leads")).content.decode()
    assert 'class="strip"' in page
    assert "为什么提给你" in page
    assert "分数只排先后，不作结论。" in page
    assert desk.get(reverse("leads") + "?state=dismissed").content.decode().count("没有待判的线索") == 1


def test_a_verdict_leads_to_the_next_and_can_be_taken_back(desk, world):
    lead = first()
    answer = desk.post(reverse("decide-lead", kwargs={"number": lead.number}), {"verdict": "unlike"}, follow=True)
    page = answer.content.decode()
    assert "已判「不像」" in page
    assert reverse("undo-lead", kwargs={"number": lead.number}) in page
    lead.refresh_from_db()
    assert lead.state == "dismissed"
    desk.post(reverse("undo-lead", kwargs={"number": lead.number}))
    lead.refresh_from_db()
    assert lead.state == "new"
    seen = desk.get(reverse("lead", kwargs={"number": lead.number})).content.decode()
    assert "判过" in seen


def test_a_shop_that_is_allowed_is_written_into_the_right_until_it_is_taken_back(desk, world):
    lead = first()
    assert "以后不再就这项权利提这家店" in desk.get(reverse("leads")).content.decode()
    answer = desk.post(reverse("decide-lead", kwargs={"number": lead.number}), {"verdict": "shop-allowed"}, follow=True)
    assert "已判「这家店有授权」" in answer.content.decode()
    lead.refresh_from_db()
    shop = lead.hits.first().listing.shop
    assert (lead.state, lead.right.details["authorised_shops"]) == ("authorised", [shop])
    desk.post(reverse("undo-lead", kwargs={"number": lead.number}))
    lead.right.refresh_from_db()
    assert lead.right.details["authorised_shops"] == []


def test_the_toast_is_shown_once(desk, world):
    desk.post(reverse("decide-lead", kwargs={"number": first().number}), {"verdict": "like"})
    assert 'class="toast"' in desk.get(reverse("leads")).content.decode()
    assert 'class="toast"' not in desk.get(reverse("leads")).content.decode()


def test_a_lead_decided_by_another_is_a_conflict_in_words(desk, world, client):
    lead = first()
    address = reverse("decide-lead", kwargs={"number": lead.number})
    desk.post(address, {"verdict": "like"})
    again = desk.post(address, {"verdict": "unlike"})
    assert again.status_code == 409
    assert "已经判断过线索" in again.content.decode()


def test_when_all_are_judged_the_queue_says_what_comes_next(desk, world):
    for lead in list(Lead.objects.all()):
        answer = desk.post(
            reverse("decide-lead", kwargs={"number": lead.number}), {"verdict": "authorised"}, follow=True
        )
    assert "没有待判的线索" in answer.content.decode()


def test_a_lead_becomes_a_matter_with_its_right_and_shop(desk, world):
    answer = desk.post(reverse("open-lead", kwargs={"number": first().number}), follow=True)
    page = answer.content.decode()
    assert "期限从现在起算" in page
    assert "青釉坊" in page
    assert "核查后决定是否立案" in page


def test_what_the_feed_said_is_kept_as_evidence_before_anybody_judges(desk, world):
    desk.post(reverse("keep-evidence", kwargs={"number": first().number}))
    kept = own_exhibits(world.handler)
    assert kept
    assert kept[0].origin.startswith("线索 L-")
    assert kept[0].captured_at == Lead.objects.first().hits.first().listing.seen_at


def test_there_is_no_such_lead(desk, world):
    answer = desk.get(reverse("lead", kwargs={"number": "L-2026-999999"}))
    assert answer.status_code == 404
    assert "没有找到这条线索" in answer.content.decode()
