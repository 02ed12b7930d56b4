"""Lists: today, matters, watch, findings, law; and what they give to other programs."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.web import world as worlds
from zhibao.apps.cases.queries import by_nearness, owed
from zhibao.apps.work.models import Job
from zhibao.web.pages.today import _ics_folded, _ics_text
from zhibao.web.tables import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


@pytest.fixture
def desk(client, world):
    client.force_login(world.handler)
    return client


def test_today_groups_what_is_owed_by_nearness_and_names_the_next_step(desk, world):
    page = desk.get(reverse("today")).content.decode()
    late = by_nearness(owed(world.handler), datetime.now(UTC)).overdue
    assert f"已逾期 {len(late)}" in page
    assert "解除查封扣押" in page
    assert "公安决定是否立案" in page  # waiting for others
    assert "公安签收" in page  # since the last working day


def test_mine_only_leaves_out_what_others_handle(client, world):
    client.force_login(world.colleague)
    assert "查封扣押期限" in client.get(reverse("today")).content.decode()
    page = client.get(reverse("today") + "?mine=1").content.decode()
    assert "没有到期的事" in page


def test_the_calendar_file_holds_each_due_day(desk, world):
    answer = desk.get(reverse("calendar-file"))
    text = answer.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == len(owed(world.handler)) > 1
    assert "DTSTART;VALUE=DATE:" in text


def test_long_lines_of_a_calendar_file_are_folded_between_characters():
    folded = _ics_folded("SUMMARY:" + "期限" * 40)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "期限" * 40
    assert _ics_text("a,b;c\nd") == "a\\,b\\;c\\nd"


def test_matters_are_searched_narrowed_and_exported(desk, world):
    address = reverse("matters")
    assert "瓷器案" in desk.get(address, {"q": "瓷器"}).content.decode()
    assert "没有这样的案件" in desk.get(address, {"q": "没有的词"}).content.decode()
    assert "茶叶案" not in desk.get(address, {"state": "transferred"}).content.decode()
    csv = desk.get(address, {"as": "csv"}).content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("案件,案名")
    assert "景公刑立" in csv
    assert desk.get(address, {"as": "xlsx"}).content.startswith(b"PK")


def test_a_cell_that_a_spreadsheet_would_run_is_tamed():
    assert plain("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert plain("@x") == "'@x"
    assert plain("青釉坊") == "青釉坊"
    assert plain(5) == 5


def test_the_watch_shows_feeds_channels_and_asks_for_a_screening(client, world):
    client.force_login(world.analyst)
    page = client.get(reverse("watch")).content.decode()
    assert "示例商城" in page
    assert "同音" in page
    client.post(reverse("screen-feed", kwargs={"feed": "demo-mall"}))
    job = Job.objects.get(kind="screen-feed")
    assert job.data == {"feed": "demo-mall"}
    assert "等待" in client.get(reverse("watch")).content.decode()


def test_findings_are_narrowed_and_say_what_they_rest_on(client, world):
    client.force_login(world.supervisor)
    address = reverse("findings")
    page = client.get(address).content.decode()
    assert "打开案件前要写明目的" in page
    assert page.count('class="why"') >= 3
    assert "没有这样的发现" in client.get(address, {"kind": "none-such"}).content.decode()
    assert client.get(address, {"since": "昨天", "unanswered": "1"}).status_code == 200
    assert "没有这样的发现" in client.get(address, {"since": "2199-01-01"}).content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_article_shows_its_versions_side_by_side_and_what_rests_on_it(client, world, language):
    world.handler.language = language
    world.handler.save()
    client.force_login(world.handler)
    page = client.get(
        reverse("law-article", kwargs={"instrument": "cn.trademark-law", "article": "3"})
    ).content.decode()
    assert 'class="sheet vs"' in page
    used = client.get(reverse("law-article", kwargs={"instrument": "cn.fashi-2025-5", "article": "5"})).content.decode()
    assert "cn.criminal.214" in used


def test_the_law_of_another_day_is_another_text(desk):
    old = desk.get(reverse("law-offence", kwargs={"offence": "cn.criminal.213"}), {"on": "2010-01-01"}).content.decode()
    new = desk.get(reverse("law-offence", kwargs={"offence": "cn.criminal.213"}), {"on": "2026-01-01"}).content.decode()
    assert "2004年12月22日" in old
    assert old != new
    assert (
        "没有有效的界线"
        in desk.get(
            reverse("law-offence", kwargs={"offence": "cn.criminal.213"}), {"on": "1990-01-01"}
        ).content.decode()
    )


def test_what_the_pack_does_not_hold_is_not_found(desk):
    for name, key in (("law-offence", "offence"), ("law-deadline", "deadline"), ("law-instrument", "instrument")):
        assert desk.get(reverse(name, kwargs={key: "cn.none"})).status_code == 404
    assert desk.get(reverse("law-article", kwargs={"instrument": "cn.none", "article": "1"})).status_code == 404
    assert (
        desk.get(reverse("law-article", kwargs={"instrument": "cn.fashi-2025-5", "article": "999"})).status_code == 404
    )


def test_a_search_of_the_law_finds_and_does_not_find(desk):
    assert "cn.criminal.213" in desk.get(reverse("law"), {"q": "criminal.213"}).content.decode()
    assert "没有找到" in desk.get(reverse("law"), {"q": "没有的词"}).content.decode()


def test_a_clock_counted_backwards_and_one_in_hours_have_their_words(desk, world):
    now = datetime.now(UTC)
    worlds.record(world.handler, world.fresh, "filed", now, now)
    worlds.record(world.handler, world.fresh, "seized", now, now)
    worlds.record(world.handler, world.fresh, "transfer-approved", now, now)
    page = desk.get(reverse("matter", kwargs={"number": world.fresh.number})).content.decode()
    assert "小时" in page
    for deadline in ("adm.hearing.notice", "xfer.handover", "cmp.mediate"):
        assert desk.get(reverse("law-deadline", kwargs={"deadline": deadline})).status_code == 200
