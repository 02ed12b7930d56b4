"""The library over REST: articles as of a day, versions side by side, search, uses, what comes, and the law officer's work."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from tests import factories
from tests.apps.library import statutes
from zhibao.apps.library.actions.import_text import import_text
from zhibao.apps.library.actions.refresh_traits import refresh_traits
from zhibao.apps.organs.models import Role

pytestmark = pytest.mark.django_db
LAW = "/law/instruments/cn.tea-labels"


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    top = tmp_path_factory.mktemp("packs")
    return (*statutes.copy_packs(top), statutes.write_layer(top))


@pytest.fixture(autouse=True)
def _law(settings, tmp_path, packs):
    settings.HOME, settings.ZHIBAO_LAW = tmp_path, packs


@pytest.fixture
def officer(province_agency):
    return factories.make_person(province_agency, Role.LAW_OFFICER, username="law")


@pytest.fixture
def texts(officer):
    for name, text in (("old.md", statutes.OLD), ("new.md", statutes.NEW)):
        import_text(actor=officer, raw=text.encode(), name=name, now=timezone.now())


def test_an_article_is_told_as_of_a_day_and_by_version(program, handler, texts):
    asking = program(handler)
    old = asking.get(f"{LAW}/articles/4", day="2026-12-31").json()
    assert (old["version"], old["cite_id"], old["later"]) == ("2019", "cn.tea-labels@2019/4", ["cn.tea-labels@2026/5"])
    assert old["paragraphs"][0]["text"].startswith("茶商应当")
    assert asking.get(f"{LAW}/articles/4", version="2026").json()["gist"] == "what is written"
    missing = asking.get(f"{LAW}/articles/99", day="2026-12-31")
    assert (missing.status_code, missing.json()["code"]) == (404, "law-article-unknown")


def test_an_instrument_is_told_as_of_a_day(program, handler, texts):
    told = program(handler).get(f"{LAW}/on", day="2027-01-01").json()
    assert (told["version"], [one["number"] for one in told["articles"]]) == ("2026", list("1234567"))


def test_two_versions_stand_side_by_side(program, handler, texts):
    asking = program(handler)
    told = asking.get(f"{LAW}/compare", old="2019", new="2026").json()
    row = next(one for one in told["rows"] if one["new"] and one["new"]["number"] == "5")
    assert row["how"] == "table"
    assert [run["text"] for run in row["old_words"] if run["mark"] == "gone"] == ["十五"]
    one = asking.get(f"{LAW}/articles/4/compare", old="2019", new="2026").json()
    assert one == row
    assert asking.get(f"{LAW}/compare", old="2019", new="1999").json()["code"] == "law-no-such-version"


def test_without_texts_words_cannot_be_compared_but_gists_can(program, handler):
    asking = program(handler)
    assert asking.get(f"{LAW}/compare", old="2019", new="2026").json()["code"] == "law-cannot-compare"
    assert asking.get(f"{LAW}/compare", old="2019", new="2026", words="false").json()["has_words"] is False


def test_search_puts_the_reference_first(program, handler, texts):
    told = program(handler).get("/law/search", q="茶标法第四条", day="2026-12-31").json()
    assert (told["items"][0]["kind"], told["items"][0]["cite_id"]) == ("reference", "cn.tea-labels@2019/4")
    assert told["counts"]["reference"] == 1


def test_uses_count_the_matters_one_may_see(program, handler, outsider, matter):
    for person, count in ((handler, 1), (outsider, 0)):
        asking = program(person)
        told = asking.get("/law/uses", article="cn.tea-labels/4").json()
        assert [(one["id"], one["open_matters"]) for one in told["uses"]] == [("tea.reply", count)]
        assert asking.get("/law/uses/matters", article="cn.tea-labels/4").json()["total"] == count
    assert program(handler).get("/law/uses", article="cn.tea-labels/77").status_code == 404


def test_what_comes_is_told_with_the_matters_it_touches(program, handler, matter):
    refresh_traits(now=timezone.now())
    asking = program(handler)
    days = asking.get("/law/coming", after="2026-11-01", until="2027-06-01").json()["days"]
    assert "2027-01-01" in {one["day"] for one in days}
    changes = asking.get("/law/coming/2027-01-01", size=500).json()["items"]
    assert {("deadlines", "tea.reply"), ("instruments", "cn.trademark-law")} <= {
        (one["section"], one["id"]) for one in changes
    }
    told = asking.get("/law/coming/2027-01-01/matters", entry="cn.trademark-law").json()
    assert [one["matter"] for one in told["items"]] == [matter.number]
    sheet = asking.get("/law/coming/2027-01-01/export")
    assert matter.number in sheet.content.decode("utf-8-sig")


def test_a_text_is_sent_told_and_listed(program, officer, handler):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sending = program(officer)
    answer = sending.upload("/law/texts", {"file": SimpleUploadedFile("water.md", "# 水法\n第一条 甲。".encode())})
    assert answer.status_code == 201, answer.json()
    assert answer.json()["text"]["state"] == "unmatched"
    number = answer.json()["text"]["id"]
    told = sending.post(f"/law/texts/{number}/version", {"instrument": "cn.tea-labels", "version": "2026"}).json()
    assert (told["state"], told["version"]) == ("current", "2026")
    assert sending.get("/law/text-findings").json()[0]["cite_id"].startswith("cn.tea-labels@2026/")
    assert sending.get("/law/texts", state="current").json()["total"] == 1
    reading = program(handler)
    refused = reading.upload("/law/texts", {"file": SimpleUploadedFile("water.md", "第一条 甲。".encode())})
    assert refused.status_code == 403


def test_a_value_is_checked_and_listed_and_exported(program, officer, handler):
    value = "deadlines/tea.reply/2027-01-01"
    body = {"value": value, "verdict": "confirmed", "against": "https://example.org/tea"}
    assert program(handler).post("/law/checks", body).status_code == 403
    assert program(officer).post("/law/checks", body).status_code == 201
    listed = program(handler).get("/law/values", state="confirmed").json()["items"]
    assert [(one["id"], one["last_check"]["verdict"]) for one in listed] == [(value, "confirmed")]
    events = program(handler).get("/law/events", kind="value-checked").json()
    assert events["items"][0]["subject"] == value
    sheet = program(handler).get("/law/values/export", instrument="cn.tea-labels").content.decode("utf-8-sig")
    assert [row[5] for row in csv.reader(io.StringIO(sheet))][1:] == ["text", "confirmed"]
    differs = program(officer).post("/law/checks", body | {"verdict": "differs"})
    assert (differs.status_code, differs.json()["code"]) == (422, "law-differs-why")


def test_a_file_is_proposed_taken_and_withdrawn(program, officer, handler):
    content = statutes.DEADLINE.replace("tea.reply", "jx.answer")
    body = {"name": "deadlines/jx.answer.yaml", "content": content, "take": True}
    assert program(handler).post("/law/pack/files", body).status_code == 403
    asking = program(officer)
    wrong = asking.post("/law/pack/files", body | {"content": content.replace("tea-labels/4", "tea-labels/44")}).json()
    assert (wrong["taken"], wrong["complaints"][0]["where"]) == (False, "law/local/deadlines/jx.answer.yaml:13")
    done = asking.post("/law/pack/files", body).json()
    assert (done["taken"], done["touched"]) == (True, [{"section": "deadlines", "id": "jx.answer", "how": "new"}])
    assert asking.get("/law").json()["law_pack"] == done["law_pack"]  # the next request sees it
    assert asking.get("/law/pack").json()["local_files"] == ["deadlines/jx.answer.yaml"]
    assert asking.get("/law/pack/file", name="deadlines/jx.answer.yaml").json()["content"] == content
    with zipfile.ZipFile(io.BytesIO(asking.get("/law/pack/export").content)) as archive:
        assert "law/local/deadlines/jx.answer.yaml" in archive.namelist()
    gone = asking.post("/law/pack/withdrawals", {"name": "deadlines/jx.answer.yaml", "take": True}).json()
    assert gone["taken"]


def test_golden_cases_are_tried_with_their_result(program, handler):
    told = program(handler).post("/law/pack/cases/try", {"name": "clocks-x", "content": statutes.CASES}).json()
    assert told["passed"] is True
    broken = program(handler).post("/law/pack/cases/try", {"name": "clocks-x", "content": "a: ["}).json()
    assert broken["fault"]["where"].startswith("law/local/cases/clocks-x.yaml")


def test_a_year_that_cannot_be_is_refused(program, officer):
    body = {"year": 2027, "number": "x", "official": "https://www.gov.cn/x", "holidays": ["2026-01-01"]}
    assert program(officer).post("/law/pack/years", body).json()["code"] == "law-calendar-day"
    years = {one["year"]: one for one in program(officer).get("/law/pack/years").json()}
    assert years[2027]["provisional"] is True
    assert years[2026]["may_edit"] is False


def test_the_engines_answer_over_rest(program, handler):
    asking = program(handler)
    told = asking.get("/law/diff/tea.reply", first="2026-12-31", second="2027-01-01").json()
    assert told["how"] == "changed"
    change = "changes:\n  - {entry: tea.reply, version: 2020-05-01, field: length, to: 10 days}\n"
    events = {
        "procedure": "administrative",
        "events": [{"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00", "data": {}}],
        "now": "2026-11-01T09:00:00+08:00",
    }
    supposed = asking.post("/law/whatif", {"change": change, "cases": [events]}).json()
    assert [(one["id"], one["old"]["due"], one["new"]["due"]) for one in supposed["answers"]] == [
        ("tea.reply", "2026-10-13", "2026-10-08")
    ]
    for path in ("/law/fines", "/law/damages", "/law/route"):
        refused = asking.post(path, {"nonsense": 1})
        assert refused.status_code in {200, 422}, path


def test_no_day_beyond_the_calendar_is_a_fault(program, handler):
    asking = program(handler)
    for day in ("0001-01-01", "9999-12-31", "1899-12-31"):
        assert asking.get(f"/law/coming/{day}").status_code == 422
    assert asking.get("/law/coming/1900-01-01").status_code == 200
    assert date.fromisoformat(asking.get("/law/coming").json()["after"])
