"""Recording in a matter from the page: what is taken, what comes back with what was typed, and what others recorded."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web import world as worlds
from zhibao.apps.cases.models import Event
from zhibao.apps.cases.queries import event_rows_of, proceedings_of
from zhibao.apps.vault.models import Exhibit
from zhibao.kernel.days import LEGAL_TZ

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


@pytest.fixture
def desk(client, world):
    client.force_login(world.handler)
    return client


def typed(moment):
    return f"{moment.astimezone(LEGAL_TZ):%Y-%m-%dT%H:%M}"


def form(world, kind, matter=None, **more):
    matter = matter or world.fresh
    matter.refresh_from_db()
    own = next(each for each in proceedings_of(matter) if each.organ_id == world.handler.organ_id)
    at = typed(datetime.now(LEGAL_TZ))
    return {"proceeding": str(own.pk), "kind": kind, "at": at, "expected_seq": matter.head_seq} | more


def record_url(matter):
    return reverse("record", kwargs={"number": matter.number})


def last(matter):
    return event_rows_of(matter)[0]


def test_an_event_is_recorded_and_the_page_says_so(desk, world):
    answer = desk.post(record_url(world.fresh), form(world, "filed"), follow=True)
    assert answer.redirect_chain
    assert last(world.fresh).kind == "filed"
    assert "已记下：立案。" in answer.content.decode()


def test_a_minute_that_already_holds_an_event_is_taken_after_it(desk, world):
    now = datetime.now(LEGAL_TZ)
    first = now.replace(second=0, microsecond=0) - timedelta(minutes=3) + timedelta(seconds=40)
    worlds.record(world.handler, world.fresh, "filed", first, now)
    desk.post(record_url(world.fresh), form(world, "seized", at=typed(first)))
    assert last(world.fresh).kind == "seized"
    assert last(world.fresh).at == first


def test_goods_typed_line_by_line_become_lines(desk, world):
    goods = {
        "d.lines.name": ["盖碗", "", "茶杯"],
        "d.lines.quantity": ["1,840", "", "20"],
        "d.lines.state": ["sold", "sold", "unsold"],
        "d.lines.right": ["", "", ""],
        "d.lines.actual": ["68", "", ""],
        "d.lines.actual_average": ["", "", ""],
        "d.lines.marked": ["", "", "1.5万"],
        "d.lines.market_middle": ["", "", ""],
    }
    desk.post(record_url(world.fresh), form(world, "goods-recorded", **goods))
    assert last(world.fresh).data["lines"] == [
        {"name": "盖碗", "quantity": 1840, "state": "sold", "prices": {"actual": "68.00"}},
        {"name": "茶杯", "quantity": 20, "state": "unsold", "prices": {"marked": "15000.00"}},
    ]


def test_an_act_with_amounts_flags_and_unknowns(desk, world):
    act = {
        "d.kind": "sell-counterfeit-goods",
        "d.from": "2025-05-01",
        "d.to": "2025年7月30日",
        "d.illegal_gain": "3.1万",
    }
    desk.post(record_url(world.fresh), form(world, "act-found") | act | {"d.right_kinds": "1", "d.entity": "false"})
    assert last(world.fresh).data == {
        "kind": "sell-counterfeit-goods",
        "from": "2025-05-01",
        "to": "2025-07-30",
        "illegal_gain": "31000.00",
        "right_kinds": 1,
        "entity": False,
    }


def test_what_cannot_be_read_comes_back_with_what_was_typed_and_how_to_mend_it(desk, world):
    goods = {"d.lines.name": ["盖碗"], "d.lines.quantity": ["许多"], "d.lines.state": ["sold"], "at": ""}
    answer = desk.post(record_url(world.fresh), form(world, "goods-recorded", **goods))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "写下发生的时间。" in page
    assert "第 1 行：「许多」不是整数。" in page
    assert 'value="盖碗"' in page
    assert 'aria-invalid="true"' in page


def test_a_missing_field_is_asked_for(desk, world):
    answer = desk.post(record_url(world.fresh), form(world, "goods-recorded"))
    assert answer.status_code == 422
    assert "这一项要写。" in answer.content.decode()


def test_a_step_before_its_start_is_refused_in_words(desk, world):
    answer = desk.post(record_url(world.fresh), form(world, "filed", at="2020-01-01T10:00"))
    assert answer.status_code == 422
    assert "早于" in answer.content.decode()


def test_who_was_faster_is_named_and_what_was_typed_is_kept(desk, world):
    stale = form(world, "note-added", **{"d.text": "我写的"})
    worlds.record(world.colleague, world.fresh, "filed", datetime.now(LEGAL_TZ), datetime.now(LEGAL_TZ))
    answer = desk.post(record_url(world.fresh), stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "魏书棠" in page
    assert "你打开以后别人记的" in page
    assert "我写的" in page
    world.fresh.refresh_from_db()
    assert f'name="expected_seq" value="{world.fresh.head_seq}"' in page


def test_an_event_is_corrected_with_another_time_and_the_first_record_stays(desk, world):
    filed = worlds.record(
        world.handler, world.fresh, "filed", datetime.now(LEGAL_TZ) - timedelta(days=2), datetime.now(LEGAL_TZ)
    )
    address = reverse("correct", kwargs={"number": world.fresh.number, "seq": filed})
    right = datetime.now(LEGAL_TZ) - timedelta(days=3)
    world.fresh.refresh_from_db()
    desk.post(address, {"why": "日期写错", "at": typed(right), "expected_seq": world.fresh.head_seq})
    fix = last(world.fresh)
    assert fix.kind == "corrected"
    assert fix.data["corrects"] == filed
    assert fix.data["at"].startswith(f"{right:%Y-%m-%dT%H:%M}")
    assert "data" not in fix.data
    assert Event.objects.filter(matter=world.fresh, seq=filed, kind="filed").exists()


def test_an_event_that_did_not_happen_is_withdrawn(desk, world):
    filed = worlds.record(world.handler, world.fresh, "filed", datetime.now(LEGAL_TZ), datetime.now(LEGAL_TZ))
    address = reverse("correct", kwargs={"number": world.fresh.number, "seq": filed})
    assert desk.post(address, {"withdrawn": "on", "why": ""}).status_code == 422
    desk.post(address, {"withdrawn": "on", "why": "没有立案"})
    assert last(world.fresh).data["withdrawn"] is True


def test_a_correction_that_changes_nothing_is_refused(desk, world):
    filed = worlds.record(world.handler, world.fresh, "filed", datetime.now(LEGAL_TZ), datetime.now(LEGAL_TZ))
    address = reverse("correct", kwargs={"number": world.fresh.number, "seq": filed})
    same = typed(last(world.fresh).at)
    answer = desk.post(address, {"why": "没有变", "at": same})
    assert answer.status_code == 422
    assert "更正没有改变任何内容" in answer.content.decode()
    assert desk.post(address, {"why": "时间", "at": "明天"}).status_code == 422


def test_there_is_no_such_event_to_correct(desk, world):
    assert desk.get(reverse("correct", kwargs={"number": world.fresh.number, "seq": 99})).status_code == 404


def test_handing_over_opens_the_police_proceeding(desk, world):
    address = reverse("hand-over", kwargs={"number": world.fresh.number})
    assert desk.post(address, {"at": ""}).status_code == 422
    answer = desk.post(address, {"at": typed(datetime.now(LEGAL_TZ)), "to": world.police.organ_id})
    assert answer.status_code == 302
    assert {each.procedure for each in proceedings_of(world.fresh)} == {"administrative", "criminal"}
    again = desk.post(address, {"at": typed(datetime.now(LEGAL_TZ)), "to": world.police.organ_id})
    assert again.status_code in {409, 422}


def test_a_file_is_kept_as_an_exhibit_with_its_digests(desk, world):
    address = reverse("add-exhibit", kwargs={"number": world.fresh.number})
    empty = desk.post(address, {"at": "", "origin": ""})
    page = empty.content.decode()
    assert empty.status_code == 422
    for told in ("选一个文件。", "写明从哪里、怎样取得。", "写下发生的时间。"):
        assert told in page
    file = SimpleUploadedFile("记录.txt", "现场".encode())
    long = desk.post(address, {"at": typed(datetime.now(LEGAL_TZ)), "origin": "远" * 301, "file": file})
    assert "最多 300 个字" in long.content.decode()
    file.seek(0)
    desk.post(address, {"at": typed(datetime.now(LEGAL_TZ)), "origin": "现场", "file": file})
    exhibit = Exhibit.objects.get(matter_id=world.fresh.pk)
    assert exhibit.name == "记录.txt"
    given = desk.get(reverse("exhibit", kwargs={"exhibit_id": exhibit.pk}))
    assert b"".join(given.streaming_content) == "现场".encode()
    assert [step.kind for step in exhibit.custody.all()] == ["received", "copied"]
    page_in_disguise = SimpleUploadedFile("a.pdf", b"<html><body>x</body></html>")
    refused = desk.post(address, {"at": typed(datetime.now(LEGAL_TZ)), "origin": "网页", "file": page_in_disguise})
    assert refused.status_code == 422


def test_exhibits_are_sealed_checked_and_downloaded(desk, world):
    number = {"number": world.matter.number}
    answer = desk.post(reverse("seal", kwargs=number))
    assert answer.status_code == 302
    page = desk.get(answer.url).content.decode()
    assert "与封存时相符" in page
    assert "这不能证明什么" in page
    bundle = desk.get(answer.url + "?as=zip")
    assert b"".join(bundle.streaming_content).startswith(b"PK")
    assert 'aria-label="与封存时相符"' in desk.get(reverse("matter", kwargs=number)).content.decode()
    lost = reverse("sealing", kwargs=number | {"sealing_id": world.right.pk})
    assert desk.get(lost).status_code == 404


def test_a_matter_is_opened_from_the_page(desk, world):
    address = reverse("open-matter")
    new = {"title": "现场检查", "procedure": "administrative", "place": "360200", "at": typed(datetime.now(LEGAL_TZ))}
    answer = desk.post(address, new)
    assert answer.status_code == 302
    assert "现场检查" in desk.get(answer.url).content.decode()
    assert desk.post(address, new | {"procedure": "criminal"}).status_code == 422
    assert desk.post(address, new | {"at": "昨天"}).status_code == 422


def test_those_who_may_not_record_are_told(client, world):
    client.force_login(world.police)
    assert client.get(record_url(world.fresh)).status_code == 404
    client.force_login(world.supervisor)
    asked = client.get(reverse("matter", kwargs={"number": world.fresh.number})).content.decode()
    assert "为什么要看这个案件？" in asked
    assert "直播间销售茶叶案" not in asked


def test_a_supervisor_states_a_purpose_reads_and_answers(client, world):
    client.force_login(world.supervisor)
    number = {"number": world.matter.number}
    asked = client.get(reverse("matter", kwargs=number))
    assert "为什么要看这个案件？" in asked.content.decode()
    assert client.post(reverse("purpose", kwargs=number), {"purpose": " "}).status_code == 422
    client.post(reverse("purpose", kwargs=number), {"purpose": "季度专项监督"})
    page = client.get(reverse("matter", kwargs=number)).content.decode()
    assert "季度专项监督" in page
    listed = client.get(reverse("findings")).content.decode()
    assert "有案不立" in listed
    from zhibao.apps.cases.models import FindingRow

    key = FindingRow.objects.first().key
    client.post(
        reverse("answer-finding", kwargs=number), {"key": key, "verdict": "right", "why": "核对过", "next": "findings"}
    )
    assert "100%" in client.get(reverse("findings")).content.decode()
    for name in ("matter-events-json", "matter-facts-json", "sheet", "sheet-word"):
        assert client.get(reverse(name, kwargs=number)).status_code == 200


def test_an_act_without_its_days_says_what_is_still_to_be_found_out(desk, world):
    answer = desk.post(
        record_url(world.fresh), form(world, "act-found") | {"d.kind": "sell-counterfeit-goods"}, follow=True
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "还不能评估" in page


def test_the_times_are_read_as_people_write_them(desk, world):
    moment = datetime.now(LEGAL_TZ) - timedelta(days=1)
    desk.post(record_url(world.fresh), form(world, "filed", at=f"{moment:%Y年%m月%d日 %H：%M}"))
    assert typed(last(world.fresh).at) == typed(moment)
