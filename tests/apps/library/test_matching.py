"""Which version of which instrument a text is: told, by number, by title and days; else why not."""

from datetime import date

import pytest

from tests.apps.library.statutes import NEW, OLD
from zhibao.apps.library.errors import TextBadHead
from zhibao.apps.library.texts.heading import Head, clean_title, plain_number, read_sidecar
from zhibao.apps.library.texts.matching import Matched, Unmatched, match_text, plain_title
from zhibao.apps.library.texts.reading import read_text
from zhibao.apps.organs.law import current_pack


@pytest.fixture
def match():
    def match(text, name="law.md", **more):
        read = read_text(text.encode(), name, **more)
        return match_text(read.head, current_pack().instruments)

    return match


def test_title_and_days_tell_the_version(match):
    assert match(OLD) == Matched("cn.tea-labels", "2019", "title")
    assert match(NEW) == Matched("cn.tea-labels", "2026", "title")


def test_the_day_in_the_name_of_the_file_counts(match):
    bare = "# 茶叶标识法\n第一条 甲。"
    assert match(bare, "茶叶标识法(2019-12-28).md").version == "2019"
    assert match(bare, "茶叶标识法(2026-06-26).md").version == "2026"


def test_the_day_it_takes_effect_goes_before_the_day_it_was_passed(match):
    text = "# 茶叶标识法\n2019年12月28日通过\n第一条 本法自2027年1月1日起施行。"
    assert match(text).version == "2026"


def test_an_amendment_while_a_version_is_in_force_belongs_to_it_with_a_note(match):
    found = match("# 茶叶标识法\n2023年3月1日第十四届全国人民代表大会第一次会议修正\n第一条 甲。")
    assert found.version == "2019"
    assert "2023-03-01" in found.note.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# 水法\n2020年1月1日通过\n第一条 甲。", "no-instrument"),
        ("第一条 甲。", "no-instrument"),
        ("# 茶叶标识法\n2001年1月1日通过\n第一条 甲。", "no-version-of-that-day"),
        ("# 茶叶标识法\n第一条 甲。", "no-date"),
    ],
)
def test_what_cannot_be_told_says_why(match, text, code):
    found = match(text)
    assert isinstance(found, Unmatched)
    assert found.code == code
    assert found.why.zh
    assert found.why.en


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("instrument: cn.tea-labels\nversion: '2026'", ("cn.tea-labels", "2026", "told")),
        ("title: 茶叶标识法\nfrom: 2020年5月1日", ("cn.tea-labels", "2019", "title")),
        ("sidebar: auto\ntitle: 茶叶标识法\nversion: '2019'", ("cn.tea-labels", "2019", "title")),
    ],
)
def test_a_front_matter_block_tells(match, head, want):
    found = match(f"---\n{head}\n---\n# 别的标题\n第一条 甲。")
    assert (found.instrument, found.version, found.how) == want


def test_a_sidecar_goes_before_the_front_matter_and_the_command_before_both(match):
    text = "---\ninstrument: cn.tea-labels\nversion: '2019'\n---\n第一条 甲。"
    beside = b"version: '2026'\nsource: https://example.org\n"
    assert match(text, sidecar=beside).version == "2026"
    assert match(text, sidecar=beside, told={"version": "2019"}).version == "2019"


@pytest.mark.parametrize("told", ["instrument: cn.none", "instrument: cn.tea-labels\nversion: '1999'"])
def test_a_told_version_that_is_not_there_is_said(match, told):
    assert match(f"---\n{told}\n---\n第一条 甲。").code in {"no-such-instrument", "no-such-version"}


@pytest.mark.parametrize(
    "raw", [b"- a", b"colour: red", b"version: [1]", b"\xff\xfe\xfd", b"a: &x\n b: *y", b"x" * 70_000, b"{{{{"]
)
def test_a_sidecar_that_cannot_be_read_is_refused(raw):
    with pytest.raises(TextBadHead) as caught:
        read_sidecar(raw, "law.md.yaml")
    assert "law.md.yaml" in caught.value.say("en")


def test_a_front_matter_day_that_is_none_is_refused():
    with pytest.raises(TextBadHead):
        read_text("---\nfrom: bald\n---\n第一条 甲。".encode(), "law.md")


@pytest.mark.parametrize("block", ["---\n第一条 甲。", "---\n", "--- \n\n第一条 甲。\n"])
def test_a_line_of_hyphens_alone_is_no_front_matter(block):
    assert read_text(f"{block}\n第二条 乙。".encode(), "law.md").split.articles


def test_names_are_compared_without_what_printers_add():
    assert plain_title("最高人民法院、最高人民检察院关于 茶叶〈案件〉的解释") == plain_title("关于茶叶《案件》的解释")
    assert clean_title("茶叶标识法（2019年修正）") == "茶叶标识法"
    assert clean_title("茶叶标识法(2019-12-28)") == "茶叶标识法"
    assert plain_number("法释[2025]5 号") == "法释〔2025〕5号"


def test_a_number_tells_between_two_instruments_of_one_title():
    pack = current_pack()
    twin = pack.instruments["cn.fashi-2025-5"]
    both = {"a": twin, "b": pack.instruments["cn.tea-labels"]}
    head = Head(title=twin.title.zh, numbers=("法释〔2025〕5号",), starts=(date(2025, 4, 26),))
    assert match_text(head, both) == Matched(twin.id, "2025", "number")
    assert match_text(Head(title=twin.title.zh), {"a": twin, "b": twin}).code == "several-instruments"
