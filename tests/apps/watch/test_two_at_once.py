"""Two workers over one feed in the same instant."""

import pytest

from tests.at_once import at_once
from zhibao.apps.watch.models import Hit, Lead

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_disk")]


def test_two_runs_over_one_feed_raise_each_lead_once(agency, right, offer, screen):
    for number in range(3):
        offer(f"青釉坊茶杯 {number}", "清釉坊 茶壶", shop=f"仿古茶具店{number}", place="360200")
    answers = at_once(screen, screen)
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert sum(answer.leads for answer in answers) == Lead.objects.count() == 3
    assert sum(answer.hits for answer in answers) == Hit.objects.count() == 6
