"""From an article to the rules that rest on it."""

from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.rules.used_by import used_by


def uses(pack, text):
    return used_by(pack, Citation.from_text(text))


def test_an_article_leads_to_the_dated_rules_on_it(pack):
    (use,) = [use for use in uses(pack, "cn.fashi-2025-5/3/1/3") if use.section == "offences"]
    assert (use.id, use.title.zh, use.span.first) == ("cn.criminal.213", "假冒注册商标罪", date(2025, 4, 26))
    assert [cite.to_text() for cite in use.cites] == ["cn.fashi-2025-5@2025/3/1/3"]


def test_without_paragraph_all_below_the_article_counts(pack):
    cites = [cite.to_text() for use in uses(pack, "cn.fashi-2004-19/1") for cite in use.cites]
    assert {"cn.fashi-2004-19@2004/1/1/1", "cn.fashi-2004-19@2004/1/2/2"} <= set(cites)


def test_a_version_narrows_and_renumbering_widens(pack):
    def triggers(text):
        return [use.span.first for use in uses(pack, text) if use.section == "triggers"]

    assert triggers("cn.transfer-rules@2001/3") == [date(2001, 7, 9)]
    assert triggers("cn.transfer-rules/3") == [date(2001, 7, 9), date(2020, 8, 7)]
    old = {use.id for use in uses(pack, "cn.trademark-law@2019/39")}
    assert "trademark" in old
    assert {use.span.first for use in uses(pack, "cn.trademark-law@2019/39") if use.id == "trademark" and use.span} >= {
        date(2027, 1, 1)
    }


def test_nothing_rests_on_an_article_nobody_cites(pack):
    assert uses(pack, "cn.fashi-2025-5/31") == ()


def test_entries_without_a_title_are_named_by_their_name_or_id(pack):
    found = used_by(pack, Citation.from_text("cn.transfer-rules@2020/3/2"))
    assert [use.title.en for use in found if use.section == "triggers"] == ["when a case must be handed to the police"]
