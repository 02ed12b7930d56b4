"""``zhibao law fines`` and ``zhibao law damages``: answers for programs, lines for people, refusals with their place."""

import json
from datetime import date

import pytest

from zhibao.cli.law_money import damage_lines, fine_lines
from zhibao.cli.session import Session
from zhibao.rules.damage_answer import damages_json
from zhibao.rules.fine_answer import fines_json

FINES = {
    "acts": [{"kind": "counterfeit-mark-goods", "from": "2026-12-01", "to": "2026-12-31", "turnover": "80000", "serious": False}],
    "priors": [{"kind": "administrative-penalty", "for": "infringe-mark", "on": "2024-01-01"}],
    "entity": True,
    "circumstances": {"minor": False, "first": False, "no_fault": False, "facts_clear": True},
    "proposed": {"fine": "120000", "confiscated_gain": "0", "confiscated_goods": "0", "measures": [], "lenient": False},
    "payment": {"fine": "120000", "due_on": "2027-02-01", "paid_on": "2027-02-11"},
    "decided_on": "2027-01-10",
    "on": "2027-03-01",
}  # fmt: skip
DAMAGES = {
    "right": "trademark",
    "acts": [{"from": "2026-01-01", "to": "2026-06-01"}],
    "filed_on": "2026-06-10",
    "instance": "first",
    "knew_on": "2026-02-01",
    "loss": "undeterminable",
    "gain": "1000000",
    "costs": "50000",
    "intent": {"factors": {"piracy-counterfeit": True}},
    "serious": {"factors": {"again-after-penalty": True}},
    "punitive": {"claimed_at": "filing", "multiple": "2.5"},
    "on": "2026-11-25",
}


@pytest.fixture
def given(tmp_path):
    def given(facts):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(facts))
        return path

    return given


def test_fines_as_a_process_gives_both_texts_and_the_procedure(process, given):
    told = process("law", "fines", given(FINES), "--json")
    assert (told.code, told.err) == (0, "")
    penalty = told.json["penalties"][0]
    assert (penalty["penalty"], penalty["rule_version"], penalty["chosen"]) == ("fine.tm.infringe", "2019-11-01", "act")
    assert [one["rule_version"] for one in penalty["compared"]] == ["2019-11-01", "2027-01-01"]
    assert penalty["party"] == {"min": "0.00", "max": "400000.00", "may_be_none": True}
    assert told.json["hearing"]["right"] is True
    assert told.json["summary"]["allowed"] is False
    assert told.json["late_fee"]["amount"] == "36000.00"


def test_damages_as_a_process_gives_the_totals(process, given):
    told = process("law", "damages", given(DAMAGES), "--json")
    assert (told.code, told.err) == (0, "")
    assert told.json["totals"] == {
        "minimum": "3500000.00",
        "maximum": "3500000.00",
        "cap": "5000000.00",
        "minimum_with_costs": "3550000.00",
        "maximum_with_costs": "3550000.00",
    }
    assert told.json["missing"] == []


def test_a_person_is_told_fines_in_words(run, given):
    told = run("law", "fines", given(FINES), "--lang", "zh").out
    assert "侵犯注册商标专用权：适用行为时的规定 (2019-11-01 / 2027-01-01)" in told
    assert "→ 自2019-11-01：0.00 – 400000.00 元  商标法 第60条第2款" in told
    assert "✓ 五年内再次实施商标侵权，从重" in told
    assert "✓ 可以要求听证" in told
    assert "✗ 可以当场处罚" in told
    assert "加处罚款：逾期 10 日，36000.00 元" in told
    assert "fine.tm" not in told


def test_a_person_is_told_damages_in_words(run, given):
    told = run("law", "damages", given(DAMAGES), "--lang", "zh").out
    assert "1. 权利人的实际损失：难以确定" in told
    assert "3. 许可使用费：未知（用不到）" in told
    assert "可以适用惩罚性赔偿" in told
    assert "倍数 5/2 至 5/2，总额最多 5 倍" in told
    assert "总额：3500000.00 – 3500000.00 元，连合理开支最多 3550000.00 元" in told
    assert "dmg." not in told


VARIETY = {"acts": [{"kind": "infringe-variety", "from": "2024-01-01", "to": "2024-01-01"}], "on": "2024-06-01"}
SPARED = {
    "acts": [
        {"kind": "mislead-mark-use", "from": "2026-01-01", "to": "2026-01-01"},
        {"kind": "sell-confusing-goods", "from": "2026-01-01", "to": "2026-01-01", "unaware_lawful_source": True},
        {"kind": "tm-agency-breach", "from": "2026-01-01", "to": "2026-01-01"},
        {"kind": "alter-mark", "from": "2026-01-01", "to": "2026-01-01"},
    ],
    "circumstances": {"minor": True, "corrected": True, "no_harm": True},
    "on": "2026-06-01",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("command", "facts"),
    [
        ("fines", VARIETY),
        ("fines", SPARED),
        ("fines", {**SPARED, "circumstances": {"first": True, "slight_harm": True, "corrected": True, "minor": False}}),
        ("damages", {**DAMAGES, "loss": None, "gain": None}),
        ("damages", {**DAMAGES, "gain": "undeterminable", "licence_fee": "undeterminable"}),
        ("damages", {**DAMAGES, "nonuse": {"raised": True, "use": []}}),
        ("damages", {**DAMAGES, "acts": [{"from": "2020-01-01", "to": "2026-06-10"}], "knew_on": "2020-01-01"}),
        ("damages", {**DAMAGES, "acts": [{"from": "2020-01-01", "to": "2020-06-10"}], "knew_on": "2020-01-01"}),
        ("damages", {**DAMAGES, "right": "ic-layout", "punitive": {}}),
    ],
)
def test_every_state_has_words_in_both_languages(pack, command, facts, lang):
    work, lines = {"fines": (fines_json, fine_lines), "damages": (damages_json, damage_lines)}[command]
    told = list(lines(pack, work(pack, facts, today=date(2026, 11, 25), lang=lang), Session(lang=lang, as_json=False)))
    assert told
    assert all(line.strip() and "None" not in line and "_" not in line for line in told)


@pytest.mark.parametrize(
    ("command", "facts", "code", "where"),
    [
        ("fines", {**FINES, "acts": [{**FINES["acts"][0], "kind": "piracy"}]}, "fact-unknown-kind", "acts[0].kind"),
        ("damages", {**DAMAGES, "punitive": {"multiple": 6}}, "fact-multiple-out-of-range", "punitive.multiple"),
    ],
)
def test_bad_facts_are_refused_with_their_place(run, given, command, facts, code, where):
    told = run("law", command, given(facts), "--json")
    assert told.code == 2
    assert (told.error["code"], told.error["where"]) == (code, where)
    assert told.error["hint"]


def test_law_show_tells_fines_and_damages_in_words(run):
    told = run("law", "show", "dmg.tm", "--on", "2026-11-25", "--lang", "zh").out
    assert "法定赔偿" in told
    assert "5,000,000.00元以下，合理开支算在里面" in told
    assert "商标法第六十三条第三款" in told
    told = run("law", "show", "fine.tm.infringe", "--on", "2027-01-01", "--lang", "zh").out
    assert "非法经营数额的5倍以下" in told
    assert "商标法第七十四条第二款" in told


@pytest.mark.parametrize(
    ("lang", "mark"), [("zh", "专利法 第65条第2款 [未核实]"), ("en", "Patent Law art. 65(2) [unconfirmed]")]
)
def test_a_figure_from_memory_is_marked_where_people_read_it(process, tmp_path, lang, mark):
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"right": "patent", "acts": [{"from": "2021-05-31", "to": "2021-05-31"}]}))
    told = process("law", "damages", str(path), "--lang", lang)
    assert told.code == 0
    assert mark in told.out
