"""Two who work on one feed or one right in the same instant."""

import threading

import pytest
from django.db import connections, transaction

from tests.at_once import at_once
from zhibao.apps.register import store
from zhibao.apps.register.newcomers import UNKNOWN_OWNER, NewRight
from zhibao.apps.watch.actions.allow_shop import change_shops
from zhibao.apps.watch.models import Hit, Lead

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]


def test_two_runs_over_one_feed_raise_each_lead_once(agency, right, offer, screen):
    for number in range(3):
        offer(f"青釉坊茶杯 {number}", "清釉坊 茶壶", shop=f"仿古茶具店{number}", place="360200")
    answers = at_once(screen, screen)
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert sum(answer.leads for answer in answers) == Lead.objects.count() == 3
    assert sum(answer.hits for answer in answers) == Hit.objects.count() == 6


def test_a_shop_allowed_while_a_file_comes_in_is_not_lost(right, monkeypatch):
    def allow():
        try:
            with transaction.atomic():
                change_shops(right.pk, "仿古茶具店", allowed=True)
        finally:
            connections.close_all()

    other = threading.Thread(target=allow)
    put_parties = store.put_parties

    def meanwhile(newcomers):
        """The rights of the batch have been read and not yet written."""
        other.start()
        other.join(0.5)
        return put_parties(newcomers)

    monkeypatch.setattr(store, "put_parties", meanwhile)
    told = NewRight(right.kind, right.number, right.name, UNKNOWN_OWNER, details={"worth_fen": 1})
    with transaction.atomic():
        store.put_rights([told])
    other.join()
    right.refresh_from_db()
    assert right.details == {"worth_fen": 1, "authorised_shops": ["仿古茶具店"]}
