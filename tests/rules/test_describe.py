"""Every entry of the pack has a JSON form, in both languages, whole or as of a day."""

import json
from datetime import date
from fractions import Fraction

import pytest

from zhibao.rules.describe import NoSuchEntry, NotInForce, SeveralEntries, _Teller, describe, find_entry


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_entry_has_a_json_form(pack, lang):
    for section, entry in pack.entries():
        told = describe(pack, f"{section}/{entry.id}", lang)
        assert (told["section"], told["law_pack"], told["on"]) == (section, pack.hash, None)
        json.dumps(told)


def test_a_day_picks_the_versions_in_force(pack):
    told = describe(pack, "adm.file", "zh", date(2026, 11, 1))
    assert [version["span"]["from"] for version in told["versions"]] == ["2022-11-01"]
    assert told["on"] == "2026-11-01"
    assert len(describe(pack, "adm.file", "zh")["versions"]) > 1


def test_an_offence_tells_limits_with_article_and_statute(pack):
    told = describe(pack, "cn.criminal.213", "en", date(2026, 1, 1))
    limits = told["versions"][0]["tiers"]["base"]
    assert all(limit["cites"] and limit["confidence"] == "text" for limit in limits)
    assert told["statute"]
    assert (limits[0]["tree"]["limit"], limits[0]["tree"]["unit"]) == ("30000.00", "yuan")
    assert limits[0]["says"] == "illegal gain: 30,000.00 yuan or more"


def test_a_count_stays_a_number(pack):
    told = describe(pack, "cn.criminal.215", "en", date(2026, 1, 1))
    assert told["versions"][0]["tiers"]["base"][0]["tree"]["limit"] == 10000


def test_a_citation_is_told_for_people_and_for_programs(pack):
    version = describe(pack, "adm.file", "zh", date(2026, 11, 1))["versions"][0]
    assert (version["cite"], version["cite_id"]) == (
        "市场监管行政处罚程序规定第十八条",
        "cn.samr-penalty-procedure@2022/18",
    )


def test_an_instrument_tells_its_renumberings_as_pairs(pack):
    renumbered = next(one for one in pack.instruments.values() if one.renumbered)
    assert all("/" in key for key in describe(pack, renumbered.id, "zh")["renumbered"])


def test_an_unknown_id_is_told_with_the_nearest(pack):
    with pytest.raises(NoSuchEntry) as caught:
        find_entry(pack, "adm.fill")
    assert "adm." in caught.value.hint("en")


def test_an_id_that_two_sections_share_is_never_guessed(pack):
    with pytest.raises(SeveralEntries) as caught:
        find_entry(pack, "customs")
    assert "procedures/customs" in caught.value.hint("en")
    assert find_entry(pack, "procedures/customs")[1] is pack.procedures["customs"]


def test_a_day_before_all_versions_is_told(pack):
    with pytest.raises(NotInForce):
        describe(pack, "adm.file", "zh", date(1990, 1, 1))


def test_an_entry_without_versions_is_told_on_any_day(pack):
    assert describe(pack, "filed", "zh", date(1990, 1, 1))["section"] == "event_kinds"


def test_a_ratio_is_told_as_written(pack):
    assert _Teller(pack, "zh", None).tell(Fraction(1, 2)) == "1/2"
