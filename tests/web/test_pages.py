"""Every page, as each role that may see it, in both languages."""

import pytest
from django.urls import reverse

from tests.web import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


def pages(world):
    number = {"number": world.matter.number}
    right = {"right_id": world.right.pk}
    return [
        reverse("today"),
        reverse("leads"),
        reverse("matters"),
        reverse("matter", kwargs=number),
        reverse("matter", kwargs=number) + "?print=1",
        reverse("matter", kwargs={"number": world.fresh.number}),
        reverse("record", kwargs=number),
        reverse("record", kwargs=number) + "?kind=goods-recorded",
        reverse("record", kwargs=number) + "?kind=act-found",
        reverse("hand-over", kwargs={"number": world.fresh.number}),
        reverse("add-exhibit", kwargs=number),
        reverse("correct", kwargs=number | {"seq": 3}),
        reverse("sheet", kwargs=number),
        reverse("open-matter"),
        reverse("register"),
        reverse("right", kwargs=right),
        reverse("watch"),
        reverse("findings"),
        reverse("law"),
        reverse("law-instrument", kwargs={"instrument": "cn.fashi-2025-5"}),
        reverse("law-article", kwargs={"instrument": "cn.fashi-2025-5", "article": "3"}),
        reverse("law-deadline", kwargs={"deadline": "adm.file"}),
        reverse("law-offence", kwargs={"offence": "cn.criminal.214"}),
        reverse("law") + "?q=商标",
        reverse("law-section", kwargs={"section": "deadlines"}),
        reverse("law-compare", kwargs={"instrument": "cn.trademark-law"}),
        reverse("law-resting", kwargs={"instrument": "cn.samr-penalty-procedure", "article": "18"}),
        reverse("law-coming"),
        reverse("law-values"),
        reverse("law-texts"),
        reverse("law-calendar"),
        reverse("law-cases"),
        reverse("law-local"),
        reverse("law-file"),
        reverse("report"),
        reverse("claim"),
        reverse("profile"),
        reverse("keys"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_desk_opens(client, world, language):
    world.handler.language = language
    world.handler.save()
    client.force_login(world.handler)
    for address in pages(world):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.content[:300])
        assert 'style="' not in answer.content.decode(), address
        assert "<script>" not in answer.content.decode(), address
