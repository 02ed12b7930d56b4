"""Where a matter goes: certain, possible, in conflict, or not held; in JSON and in words of both languages."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibao.kernel.places import PlaceCode
from zhibao.rules.route import _at, route
from zhibao.rules.route_answer import route_json, route_lines
from zhibao.rules.route_words import CHANNELS, FLAGS

TODAY = date(2026, 11, 23)
ORDINARY = {"channel": "civil", "right": "trademark", "place": "361104", "amount": "1000000", "filed_on": "2023-05-01"}


def find(pack, **facts):
    return route(pack, facts, today=TODAY)


def test_the_answer_names_rule_court_code_article_and_list(pack):
    told = route_json(pack, find(pack, **ORDINARY), "zh")
    (way,) = told["routes"]
    assert (way["rule"], way["cite"], way["rule_version"]) == ("jur.base", "法释〔2022〕13号 第3条", "2022-05-01")
    assert [(one["title"], one["code"]) for one in way["organs"]] == [("上饶市广信区人民法院", "赣1104")]
    assert way["limit"] == {"most": "1000000.00", "assumed": False, "confidence": "secondary"}
    assert (way["confirmed"], way["unconfirmed_text"]) == (True, None)
    assert told["assumed"] == {"monopoly": False, "well_known": False}


def test_a_list_that_is_not_known_is_no_answer_to_build_on(pack):
    told = route_json(pack, find(pack, **ORDINARY | {"place": "360203"}), "en")
    (way,) = told["routes"]
    assert (way["organs"], way["confirmed"], way["unconfirmed_text"]) == ([], False, "list not confirmed")


def test_two_rules_that_lead_apart_are_named_with_their_articles(pack):
    found = find(
        pack, channel="civil", right="patent-invention", well_known=True, place="361104", filed_on="2026-01-01"
    )
    (conflict,) = route_json(pack, found, "zh")["conflicts"]
    assert conflict["rules"] == ["jur.technical", "jur.design_wellknown"]
    assert conflict["cite_ids"] == ["cn.fashi-2022-13@2022/1", "cn.fashi-2022-13@2022/2/1"]
    assert "法释〔2022〕13号第一条" in conflict["says"]


def test_no_rule_is_said_in_words(pack):
    told = route_json(pack, find(pack, **ORDINARY | {"filed_on": "2022-04-30"}), "en")
    assert (told["routes"], told["reason"]) == ([], "no-rule-in-force")
    assert "no rule of jurisdiction is held" in told["reason_text"]


def test_without_a_place_the_court_is_not_named(pack):
    found = find(pack, channel="civil", right="patent-invention", filed_on="2026-01-01")
    (way,) = found.ways
    assert (way.place, way.seats, way.confirmed) == (None, (), False)
    assert "act_place" in found.missing


def test_what_was_assumed_stays_listed_as_possible(pack):
    found = find(pack, **ORDINARY)
    assert {way.rule.id for way in found.possible} == {"jur.technical", "jur.design_wellknown"}
    assert found.missing == ("monopoly", "well_known")


def test_nothing_is_assumed_where_it_would_not_help(pack):
    found = find(pack, channel="civil", right="trade-secret", place="360402", filed_on="2026-01-01")
    assert found.assumed == ()
    assert {"technical", "amount"} <= set(found.missing)


def test_a_limit_given_stands_before_the_list(pack):
    (way,) = find(pack, **ORDINARY | {"base_limit": "500000"}).ways
    assert (way.rule.id, way.limit.most, way.limit.assumed) == ("jur.amount_agency", 50_000_000, True)


def test_a_limit_given_needs_no_place(pack):
    (way,) = find(
        pack, channel="civil", right="trademark", amount="100", base_limit="500000", filed_on="2023-01-01"
    ).ways
    assert way.rule.id == "jur.base"


def test_without_a_place_the_ceiling_is_not_known(pack):
    found = find(
        pack, channel="civil", right="trademark", amount="100", monopoly=False, well_known=False, filed_on="2023-01-01"
    )
    assert found.ways == ()
    assert "base_limit" in found.missing


def test_offices_are_named_at_their_level(pack):
    (way,) = find(pack, channel="transfer", act_place="361104", organ_level="city").ways
    assert [(seat.level, str(seat.place)) for seat in way.seats] == [("city", "361100")]


@pytest.mark.parametrize(
    ("place", "level", "at"),
    [
        ("361104", "county", "361104"),
        ("361104", "city", "361100"),
        ("361104", "province", "360000"),
        ("361100", "county", None),
        ("361104", "country", "000000"),
    ],
)
def test_the_place_of_a_level(place, level, at):
    found = _at(PlaceCode(place), level)
    assert (str(found) if found else None) == at


def test_the_place_of_nowhere_is_nowhere():
    assert _at(None, "city") is None


LINES = [
    ORDINARY,
    ORDINARY | {"place": "360203"},
    ORDINARY | {"filed_on": "2020-01-01"},
    {
        "channel": "civil",
        "right": "patent-invention",
        "well_known": True,
        "act_place": "360102",
        "place": "361104",
        "filed_on": "2026-01-01",
    },
    {"channel": "civil", "right": "patent-invention"},
    {"channel": "customs", "act_place": "360403"},
    {"channel": "administrative", "right": "trademark", "act_place": "330106"},
    {"channel": "adjudication", "right": "patent-design", "act_place": "360403", "national_major": True},
]


@pytest.mark.parametrize("facts", LINES, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_say_it_without_ids(pack, facts, lang):
    lines = list(route_lines(pack, find(pack, **facts), lang))
    assert len(lines) >= 2
    text = "\n".join(lines)
    assert "jur." not in text
    assert "None" not in text
    assert lang == "zh" or "：" not in text


places = st.sampled_from(["361104", "360102", "360203", "330106", "361100"])
truths = st.sampled_from([True, False, None])


@settings(max_examples=150, deadline=None)
@given(
    channel=st.sampled_from(sorted(CHANNELS)),
    right=st.sampled_from(["trade-secret", "copyright", "patent-design", None]),
    flags=st.dictionaries(
        st.sampled_from(sorted(set(FLAGS) - {"technical", "software", "seller_unreachable", "platform_seller"})), truths
    ),
    place=st.one_of(st.none(), places),
    amount=st.one_of(st.none(), st.integers(0, 3_000_000).map(str)),
    stage=st.sampled_from(["first", "appeal"]),
    day=st.dates(date(2018, 1, 1), date(2027, 6, 1)).map(date.isoformat),
)
def test_more_knowledge_never_takes_back_a_sure_answer(pack, channel, right, flags, place, amount, stage, day):
    """Whatever is sure while something is unknown stays sure when it becomes known; and every answer is JSON."""
    facts = {
        "channel": channel,
        "right": right,
        "place": place,
        "act_place": place,
        "amount": amount,
        "stage": stage,
        "filed_on": day,
    }
    told = {**dict.fromkeys(FLAGS), **flags}
    found = route(pack, facts | told, today=TODAY)
    json.dumps(route_json(pack, found, "zh"))
    unknown = [name for name in ("monopoly", "well_known", "major", "defendant_is_state_organ") if told[name] is None]
    sure = {(way.rule.id, way.organ, way.place) for way in found.ways}
    for name in unknown:
        for value in (True, False):
            later = route(pack, facts | told | {name: value}, today=TODAY)
            assert sure <= {(way.rule.id, way.organ, way.place) for way in later.ways}


def test_one_list_that_is_not_confirmed_is_enough_to_doubt_the_answer(pack):
    """Two courts at one level, one of them on a list nobody has read: the answer as a whole is not confirmed."""
    found = find(
        pack,
        channel="civil",
        right="trademark",
        place="361104",
        amount="1",
        monopoly=False,
        well_known=False,
        filed_on="2026-01-01",
    )
    (way,) = found.ways
    sure = find(pack, **ORDINARY).ways[0].seats[0]
    assert way.confirmed is False
    assert replace(way, seats=(*way.seats, sure)).confirmed is False
    assert replace(way, seats=(sure,)).confirmed is True
