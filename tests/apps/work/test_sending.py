"""Counting what comes from one address: by the hour, apart for each deed, without keeping the address."""

from datetime import timedelta

import pytest

from zhibao.apps.work.actions import count_sending as counting
from zhibao.apps.work.actions.count_sending import count_sending
from zhibao.apps.work.models import Tally

pytestmark = pytest.mark.django_db
HERE = {"what": "report", "address": "192.0.2.1"}


def test_each_address_and_deed_is_counted_apart(now):
    assert [count_sending(**HERE, now=now) for _ in range(3)] == [1, 2, 3]
    assert count_sending(what="claim", address="192.0.2.1", now=now) == 1
    assert count_sending(what="report", address="192.0.2.2", now=now) == 1


def test_after_an_hour_counting_begins_anew(now):
    count_sending(**HERE, now=now)
    assert count_sending(**HERE, now=now + timedelta(minutes=59)) == 2
    assert count_sending(**HERE, now=now + timedelta(minutes=60)) == 1
    assert Tally.objects.count() == 1


def test_the_address_itself_is_not_kept(now, settings):
    count_sending(**HERE, now=now)
    kept = Tally.objects.get()
    assert "192" not in str(kept)
    assert len(kept.sender) == 64
    settings.SECRET_KEY = "another installation"
    count_sending(**HERE, now=now)
    assert Tally.objects.count() == 2


def test_two_first_requests_at_once_are_both_counted(now, monkeypatch):
    asked = []
    look = counting._one_more

    def late(sender, moment):
        asked.append(sender)
        if len(asked) == 1:  # both looked before either had begun
            Tally.objects.create(sender=sender, count=1, ends_at=moment + timedelta(hours=1))
            return 0
        return look(sender, moment)

    monkeypatch.setattr(counting, "_one_more", late)
    assert count_sending(**HERE, now=now) == 2
