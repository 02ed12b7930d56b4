"""What a pack answers about articles: gist, official text, renumbering, and reading what a person typed."""

from dataclasses import replace

import pytest

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import NotFound
from zhibao.rules.load import check_pack, load_pack

J25 = Citation.from_text("cn.fashi-2025-5@2025/3/1/1")


def test_an_article_has_a_gist_in_both_languages_and_an_official_address(pack):
    assert pack.gist(J25, "zh") == "假冒注册商标罪的定罪量刑标准"
    assert pack.gist(J25, "en") == "limits for counterfeiting a registered trademark"
    assert pack.official(J25).startswith("https://gongbao.court.gov.cn/")
    nothing = Citation("cn.fashi-2025-5", "2025", "99")
    assert pack.gist(nothing, "zh") == ""
    assert pack.article(Citation("cn.fashi-2025-5", "1999", "3")) is None
    assert pack.official(Citation("cn.fashi-2025-5", "1999", "3")) == ""


def test_without_a_version_the_newest_is_meant(pack):
    assert pack.version_of(Citation("cn.trademark-law", None, "74")).id == "2026"


def test_a_citation_is_followed_across_a_renumbering(pack):
    old = Citation("cn.trademark-law", "2013", "60")
    assert [cite.to_text() for cite in pack.followed(old)] == [
        "cn.trademark-law@2013/60", "cn.trademark-law@2019/60", "cn.trademark-law@2026/74",
    ]  # fmt: skip
    assert pack.followed(J25) == (J25,)


def test_a_renumbering_that_runs_in_a_circle_ends(pack):
    law = pack.instruments["cn.trademark-law"]
    circle = replace(law, renumbered={("2013", "60"): ("2019", "60"), ("2019", "60"): ("2013", "60")})
    turned = replace(pack, instruments={**pack.instruments, law.id: circle})
    assert len(turned.followed(Citation("cn.trademark-law", "2013", "60"))) == 2


def test_what_a_person_types_is_found_or_refused(pack):
    assert pack.find_cite("cn.fashi-2025-5/3/1/1").article == "3"
    for text in ("第三条", "cn.nothing/3", "cn.fashi-2025-5/99"):
        with pytest.raises(NotFound):
            pack.find_cite(text)


def test_kinds_of_act_lead_to_their_offence(pack):
    assert pack.act_kinds["counterfeit-mark-services"].id == "cn.criminal.213"
    assert pack.act_kinds["sell-counterfeit-goods"].id == "cn.criminal.214"
    assert pack.act_kinds["counterfeit-labels"].id == "cn.criminal.215"
    assert pack.act_kinds["tpm-tools"].id == "cn.criminal.217"
    assert pack.act_kinds["trade-secret-foreign"].id == "cn.criminal.219-1"
    assert len(pack.act_kinds) == 10


def test_every_entry_has_an_id_of_its_section_and_a_place(pack):
    entries = list(pack.entries())
    assert {"instruments", "offences", "measures", "triggers"} <= {section for section, _ in entries}
    assert all(entry.where.startswith("law/") for _, entry in entries)


def test_the_hash_is_the_same_each_time_and_names_the_content(pack):
    again = load_pack()
    assert again.hash == pack.hash
    assert len(pack.hash) == 64


def test_every_citation_of_the_shipped_pack_can_be_shown(pack):
    assert check_pack() == []
    for offence in pack.offences.values():
        for version in offence.versions:
            for limits in version.tiers.values():
                for cite in (cite for limit in limits for cite in limit.cites):
                    assert cite.version
                    assert pack.show_cite(cite, "zh").startswith(("法释", "法发", "刑法"))
                    assert pack.gist(cite, "en")
