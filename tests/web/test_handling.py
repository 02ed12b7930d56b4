"""Who handles a proceeding: a head names anybody, a handler takes what is free, nobody takes what another has."""

import pytest
from django.urls import reverse

from tests.web import world as worlds
from zhibao.apps.cases.models import Proceeding
from zhibao.apps.cases.queries import proceedings_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    made = worlds.build()
    Proceeding.objects.filter(matter=made.fresh).update(handler=None)
    return made


def own(world):
    return next(each for each in proceedings_of(world.fresh) if each.organ_id == world.handler.organ_id)


def name(client, world, who, handler):
    client.force_login(who)
    address = reverse("assign-handler", kwargs={"number": world.fresh.number})
    return client.post(address, {"proceeding": str(own(world).pk), "handler": handler}, follow=True)


def page(client, world, who):
    client.force_login(who)
    return client.get(reverse("matter", kwargs={"number": world.fresh.number})).content.decode()


def test_a_free_proceeding_is_taken_by_a_handler(client, world):
    seen = page(client, world, world.handler)
    assert "还没有承办人" in seen
    assert "由我承办" in seen
    assert "承办人是沈砚秋。" in name(client, world, world.handler, "shen").content.decode()
    assert own(world).handler == world.handler
    assert "由我承办" not in page(client, world, world.colleague)


def test_a_head_gives_it_to_another_and_a_handler_may_not(client, world):
    name(client, world, world.handler, "shen")
    assert name(client, world, world.colleague, "wei").status_code == 403
    seen = page(client, world, world.head)
    assert '<option value="wei">魏书棠</option>' in seen
    assert '<option value="shen">' not in seen
    assert name(client, world, world.head, "wei").status_code == 200
    assert own(world).handler == world.colleague


def test_people_of_other_organs_and_people_gone_cannot_be_named(client, world):
    assert name(client, world, world.head, world.police.username).status_code == 404
    world.colleague.is_active = False
    world.colleague.save()
    assert name(client, world, world.head, "wei").status_code == 404
    assert own(world).handler is None


def test_another_organ_sees_no_form(client, world):
    client.force_login(world.police)
    assert (
        "assign-handler" not in client.get(reverse("matter", kwargs={"number": world.matter.number})).content.decode()
    )
