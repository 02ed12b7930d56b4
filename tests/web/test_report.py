"""Reporting without an account, and following a report by its code."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories
from zhibao.apps.watch.models import Lead
from zhibao.web.pages import report as pages

pytestmark = pytest.mark.django_db
TEXT = "青浦瓷器店卖的盖碗写着青釉坊，价格只有正品一半"


@pytest.fixture(autouse=True)
def office():
    cache.clear()
    return factories.make_organ()


def send(client, **more):
    client.post(reverse("report-step", kwargs={"step": "what"}), {"text": TEXT})
    client.post(reverse("report-step", kwargs={"step": "where"}), {"place": "360200"})
    return client.post(reverse("report-step", kwargs={"step": "contact"}), {"owner": "0", "contact": ""} | more)


def test_one_question_a_page_and_a_claim_code_at_the_end(client):
    answer = send(client)
    page = answer.content.decode()
    code = re.search(r'id="claim-code">([^<]+)<', page)[1]
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", code)
    lead = Lead.objects.get()
    assert (lead.source, lead.text, lead.contact) == ("report", TEXT, "")
    assert "决定立不立案" in page
    followed = client.post(reverse("claim"), {"code": code.lower().replace("-", " ")}).content.decode()
    assert "在等人看。" in followed


def test_a_rights_holder_says_so(client):
    send(client, owner="1", contact="138")
    lead = Lead.objects.get()
    assert (lead.source, lead.contact) == ("owner", "138")


def test_an_unanswered_question_is_asked_again_with_what_is_wrong(client):
    first = client.post(reverse("report-step", kwargs={"step": "what"}), {"text": "假货"})
    assert first.status_code == 422
    assert "至少 10 个字" in first.content.decode()
    client.post(reverse("report-step", kwargs={"step": "what"}), {"text": TEXT})
    second = client.post(reverse("report-step", kwargs={"step": "where"}), {"place": ""})
    assert "选一个地区" in second.content.decode()


def test_answers_are_kept_from_page_to_page(client):
    client.post(reverse("report-step", kwargs={"step": "what"}), {"text": TEXT})
    assert TEXT in client.get(reverse("report")).content.decode()
    assert client.get(reverse("report-step", kwargs={"step": "elsewhere"})).status_code == 200


def test_a_place_without_an_organ_is_said_in_words(client):
    client.post(reverse("report-step", kwargs={"step": "what"}), {"text": TEXT})
    client.post(reverse("report-step", kwargs={"step": "where"}), {"place": "360100"})
    answer = client.post(reverse("report-step", kwargs={"step": "contact"}), {})
    assert answer.status_code >= 400
    assert "没有登记能处理" in answer.content.decode()


def test_a_wrong_code_is_told_how_to_be_mended(client):
    answer = client.post(reverse("claim"), {"code": "XXXX"})
    assert answer.status_code == 404
    assert "逐个字符核对查询码" in answer.content.decode()


@pytest.mark.parametrize("state", ["new", "kept", "dismissed", "authorised", "opened"])
def test_each_standing_of_a_report_is_a_sentence(state):
    assert pages._state(Lead(state=state)).endswith("。")


def test_one_network_cannot_flood_it(client):
    for _n in range(pages.MOST_AN_HOUR):
        client.post(reverse("claim"), {"code": "XXXX"})
    answer = client.post(reverse("claim"), {"code": "XXXX"})
    assert answer.status_code == 429
    assert "一小时里已经发了 20 次" in answer.content.decode()


def test_who_reports_too_often_is_told_on_the_page_and_loses_nothing(client):
    for _n in range(pages.MOST_AN_HOUR):
        send(client)
    cache.clear()  # the count does not rest on one process's memory
    answer = send(client, contact="13800000000")
    page = answer.content.decode()
    assert (answer.status_code, Lead.objects.count()) == (429, pages.MOST_AN_HOUR)
    assert "一小时里已经发了 20 次" in page
    assert "写好的内容还在" in page
    assert 'value="13800000000"' in page
    assert send(client, REMOTE_ADDR="x").status_code == 429  # a field of the form is no address
    elsewhere = client.post(reverse("report-step", kwargs={"step": "contact"}), {}, REMOTE_ADDR="192.0.2.7")
    assert (elsewhere.status_code, Lead.objects.count()) == (200, pages.MOST_AN_HOUR + 1)


def test_behind_our_proxy_each_caller_is_counted_apart(client, settings):
    settings.BEHIND_PROXY = True
    for number in range(pages.MOST_AN_HOUR + 1):
        seen = f"198.51.100.{number}, 192.0.2.{number}"
        assert client.post(reverse("claim"), {"code": "XXXX"}, HTTP_X_FORWARDED_FOR=seen).status_code == 404
    for number in range(pages.MOST_AN_HOUR):
        invented = f"203.0.113.{number}, 192.0.2.1"
        answer = client.post(reverse("claim"), {"code": "XXXX"}, HTTP_X_FORWARDED_FOR=invented)
    assert answer.status_code == 429
