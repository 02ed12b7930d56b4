"""The library from the page: searching, texts side by side, what is coming, checking values, the calendar, golden cases, local files.

The texts are of an invented law (tests/apps/library/statutes.py) whose layer lies on the national pack.
"""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.apps.library import statutes
from tests.apps.library.conftest import both, bring_in, county_officer, law, law_officer, product_packs, tea_pack  # noqa: F401
from zhibao.apps.library.models import LawEvent, LawText
from zhibao.apps.organs.law import current_pack

pytestmark = pytest.mark.django_db
CASE = "- name: 我的例案\n  clock: adm.file\n  start: clue-received\n  runs:\n    - [2026-09-28, {due}, cn.samr-penalty-procedure@2022/18]\n"


@pytest.fixture
def desk(client, law_officer):  # noqa: F811
    client.force_login(law_officer)
    return client


def seen(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content[:500]
    return unescape(answer.content.decode())


def test_the_front_page_lists_the_law_and_what_is_coming(desk):
    page = seen(desk, "law")
    assert "中华人民共和国茶叶标识法" in page
    assert f"{reverse('law-coming')}?on=2027-01-01" in page
    assert 'aria-label="主导航"' in page
    assert page.count('class="tabs"') == 1


def test_words_are_found_in_imported_texts_and_marked(desk, both):  # noqa: F811
    page = seen(desk, "law", q="节气")
    assert "<mark>节气</mark>" in page
    assert reverse("law-article", args=["cn.tea-labels", "3"]) in page
    old = seen(desk, "law", q="茶标法第四条之一")
    assert "茶标法第四条之一" in old
    assert "没有找到" in seen(desk, "law", q="节气", on="2027-06-01", kind="reference")
    assert b"<script>alert" not in desk.get(reverse("law"), {"q": "<script>alert(1)</script>"}).content


def test_a_section_is_listed_and_narrowed(desk):
    assert "adm.file" in seen(desk, "law-section", "deadlines", q="adm.file")
    assert "没有找到" in seen(desk, "law-section", "deadlines", q="没有的词")
    assert desk.get(reverse("law-section", args=["nothing"])).status_code == 404


def test_an_article_stands_beside_its_next_version_with_the_differences_marked(desk, both):  # noqa: F811
    page = seen(desk, "law-article", "cn.tea-labels", "4", on="2026-11-25")
    assert "<del>十五</del>日内答复" in page
    assert "<ins>二十</ins>日内答复" in page
    assert 'class="line ribbon"' in page
    assert "tea.reply" in page
    assert "2027年1月1日的影响" in page


def test_without_a_text_the_page_shows_the_gist_and_says_so(desk):
    page = seen(desk, "law-article", "cn.tea-labels", "4-1", on="2026-11-25")
    assert "不答复的罚款" in page
    assert "这是我们的提要，不是原文。" in page
    assert "https://example.org/tea" in page


def test_an_instrument_shows_its_chapters_and_versions(desk, both):  # noqa: F811
    page = seen(desk, "law-instrument", "cn.tea-labels", on="2026-11-25")
    assert "第二章 标识" in page
    assert "第四条之一" in page
    assert reverse("law-compare", args=["cn.tea-labels"]) in page
    assert "没有有效的文本" in seen(desk, "law-instrument", "cn.tea-labels", on="2001-01-01")


def test_two_versions_are_compared_whole(desk, both):  # noqa: F811
    page = seen(desk, "law-compare", "cn.tea-labels", old="2019", new="2026")
    assert "按条号对照表" in page or "按文字相近配对" in page
    assert "新增" in page
    assert "删去" in page
    assert "两版没有不同" in seen(desk, "law-compare", "cn.tea-labels", old="2019", new="2019")
    assert "没有变" in seen(desk, "law-compare", "cn.tea-labels", old="2019", new="2019", all="1")


def test_a_comparison_without_texts_falls_back_to_gists_and_says_so(desk):
    assert "只按条号和我们的提要对照" in seen(desk, "law-compare", "cn.trademark-law", old="2019", new="2026")


def test_a_day_ahead_says_what_changes(desk):
    page = seen(desk, "law-coming", on="2027-01-01")
    assert "tea.reply" in page
    assert "cn.trademark-law" in page
    table = desk.get(reverse("law-coming-export"), {"on": "2027-01-01", "as": "csv"})
    assert table.content.startswith("\ufeff".encode())
    assert "这一天没有变化" in seen(desk, "law-coming", on="2026-12-02")
    assert "不是一个日子" in seen(desk, "law-coming", on="2026-02-30")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_of_the_pack_has_a_page(desk, law_officer, language):  # noqa: F811
    law_officer.language = language
    law_officer.save()
    firsts = {section: entry.id for section, entry in current_pack().entries()}
    for section, entry_id in firsts.items():
        address = reverse("law-entry", args=[section, entry_id])
        answer = desk.get(address, follow=True)
        assert answer.status_code == 200, address
    assert desk.get(reverse("law-entry", args=["values", "nothing.here"])).status_code == 404


def test_a_law_officer_confirms_a_value_and_the_page_says_who(desk):
    page = seen(desk, "law-values", section="deadlines", q="tea.reply")
    value = next(part.split('"')[0] for part in page.split('name="value" value="')[1:])
    assert value.startswith("deadlines/tea.reply")
    told = {"value": value, "verdict": "differs", "against": "公报 2026 年第 3 期", "note": ""}
    refused = desk.post(reverse("law-check-value") + "?section=deadlines&q=tea.reply", told)
    assert refused.status_code == 422
    assert "公报 2026 年第 3 期" in refused.content.decode()
    desk.post(reverse("law-check-value") + "?section=deadlines&q=tea.reply", told | {"verdict": "confirmed"})
    after = seen(desk, "law-values", section="deadlines", q="tea.reply", state="confirmed")
    assert "周衡" in after
    assert "本地核对一致" in after
    assert LawEvent.objects.filter(kind=LawEvent.CHECKED).count() == 1
    assert desk.get(reverse("law-values-export"), {"as": "xlsx", "section": "deadlines"}).content[:2] == b"PK"


def test_who_is_no_law_officer_checks_and_imports_nothing(client, handler):
    client.force_login(handler)
    page = seen(client, "law-values", section="deadlines", q="tea.reply")
    assert "记核对" not in page
    told = {"value": "deadlines/tea.reply/2020-05-01", "verdict": "confirmed", "against": "公报"}
    assert client.post(reverse("law-check-value"), told).status_code == 403
    assert 'type="file"' not in seen(client, "law-texts")
    answer = client.post(reverse("law-import"), {"files": SimpleUploadedFile("茶.md", statutes.OLD.encode())})
    assert "不能" in answer.content.decode()
    assert not LawText.objects.exists()


def test_files_are_taken_in_one_by_one_with_a_word_on_each(desk):
    files = [
        SimpleUploadedFile("旧.md", statutes.OLD.encode()),
        SimpleUploadedFile("空.md", b""),
        SimpleUploadedFile(
            "别的.md", "# 中华人民共和国风筝法\n\n第一条　风筝要有线。\n第二条　线要有人牵。\n".encode()
        ),
    ]
    page = desk.post(reverse("law-import"), {"files": files}).content.decode()
    assert "对上 2019 版" in page
    assert "空.md" in page
    assert "没有对上" in page
    assert LawText.objects.count() == 2
    again = desk.post(reverse("law-import"), {"files": SimpleUploadedFile("又.md", statutes.OLD.encode())})
    assert "已经在这里" in again.content.decode()


def test_a_text_that_fits_nothing_is_told_what_it_is(desk, bring_in):  # noqa: F811
    text = bring_in("# 茶叶标识暂行规定\n\n第一条　写字。\n第二条　再写字。\n", "暂行.md").text
    assert text.state == LawText.UNMATCHED
    wrong = desk.post(reverse("law-tell-text", args=[text.pk]), {"version": "cn.tea-labels@1999"})
    assert wrong.status_code in {404, 422}
    desk.post(reverse("law-tell-text", args=[text.pk]), {"version": "cn.tea-labels@2019"})
    text.refresh_from_db()
    assert (text.state, text.version) == (LawText.CURRENT, "2019")


def test_a_kind_of_event_names_its_fields_and_says_how_cases_write_them(desk):
    page = seen(desk, "law-entry", "event_kinds", "clue-received")
    assert '<b>来源</b> <span class="mono dimmer">source</span>' in page
    assert "监督检查" in page
    assert "<dt>source</dt>" not in page


@pytest.mark.parametrize("entry", ["jurisdiction/conf.court.city", "penalties/cn.trademark.use", "procedures/civil"])
def test_an_entry_says_nothing_of_what_it_does_not_have(desk, entry):
    section, _slash, entry_id = entry.partition("/")
    answer = desk.get(reverse("law-entry", args=[section, entry_id]))
    if answer.status_code == 200:
        page = answer.content.decode()
        assert "None" not in page
        assert "<dd></dd>" not in page


def test_a_day_ahead_names_parts_by_their_names_and_says_what_stays(desk):
    page = seen(desk, "law-coming", on="2027-01-01")
    assert "这一天不变的：" in page
    assert "其他措施 · order-stop" not in page
    assert "罚款各档 · large" not in page


def test_numbers_of_articles_are_in_the_language_of_the_page(desk, law_officer, both):  # noqa: F811
    assert "第三条" in seen(desk, "law-article", "cn.tea-labels", "4", on="2026-11-25")
    law_officer.language = "en"
    law_officer.save()
    page = seen(desk, "law-article", "cn.tea-labels", "4", on="2026-11-25")
    assert ">art. 3</a>" in page


def test_a_year_without_its_notice_is_provisional_and_can_be_set(desk):
    page = seen(desk, "law-calendar", year="2027")
    assert "暂定" in page
    assert 'data-d="off"' in page
    form = {
        "year": "2027",
        "number": "国办发明电〔2026〕9号",
        "official": "https://example.org/notice",
        "holidays": "2027-01-01, 2027-02-30",
        "deed": "try",
    }
    bad = desk.post(reverse("law-calendar"), form)
    assert bad.status_code == 422
    assert "2027-02-30" in bad.content.decode()
    few = desk.post(reverse("law-calendar"), form | {"holidays": "2027-01-01"})
    assert "对过通知，就是这样" in few.content.decode()


def test_a_golden_case_is_tried_live_and_kept_only_when_it_comes_out(desk):
    assert "adm.file" in seen(desk, "law-cases")
    live = {"HTTP_HX_REQUEST": "true"}
    address = reverse("law-cases")
    right = desk.post(
        address, {"name": "clocks-mine", "content": CASE.format(due="2026-10-23")}, **live
    ).content.decode()
    assert "都算得对" in right
    assert "<html" not in right
    wrong = desk.post(
        address, {"name": "clocks-mine", "content": CASE.format(due="2026-10-24")}, **live
    ).content.decode()
    assert "2026-10-24" in wrong
    assert "2026-10-23" in wrong
    broken = desk.post(address, {"name": "clocks-mine", "content": "- name: [\n"}, **live)
    assert broken.status_code == 200
    assert "clocks-mine.yaml:" in broken.content.decode()
    assert desk.post(address, {"name": "../../x", "content": "", "deed": "try"}).status_code == 422


def test_the_local_pack_shows_what_was_done(desk, both):  # noqa: F811
    page = seen(desk, "law-local")
    assert current_pack().hash in page
    assert "导入原文" in page
    assert "《中华人民共和国茶叶标识法》" in page
    assert "+08:00" not in page
    assert desk.get(reverse("law-local-export")).content[:2] == b"PK"


def test_a_file_that_does_not_hold_is_refused_with_its_line(desk):
    form = {"name": "deadlines/jx.bad.yaml", "content": "id: jx.bad\ntitle: {zh: 坏, en: bad}\n", "deed": "take"}
    answer = desk.post(reverse("law-file"), form)
    page = answer.content.decode()
    assert "不能启用" in page
    assert "jx.bad.yaml:" in page
    assert "title: {zh: 坏, en: bad}" in page
    assert "jx.bad" not in current_pack().deadlines


def test_only_the_top_organs_law_officer_takes_a_file_into_use(client, county_officer):  # noqa: F811
    client.force_login(county_officer)
    form = {"name": "deadlines/jx.bad.yaml", "content": "id: jx.bad\n", "deed": "take"}
    assert client.post(reverse("law-file"), form).status_code == 403
    assert "启用要由没有上级的机关" in seen(client, "law-file")
