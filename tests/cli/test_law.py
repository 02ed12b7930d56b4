"""``zhibao law`` answers as the contract says, and without Django."""

import json
import re
import sys

import pytest

from zhibao.cli.law_lines import entry_lines
from zhibao.cli.session import Session
from zhibao.rules.describe import describe
from zhibao.rules.words import length_words

EVENTS = {
    "procedure": "administrative",
    "events": [{"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00", "data": {}}],
    "now": "2026-11-01T09:00:00+08:00",
}


@pytest.fixture
def events(tmp_path):
    path = tmp_path / "events.json"
    path.write_text(json.dumps(EVENTS))
    return path


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("zh", "事项 0 那一天没有「核查后决定是否立案」（adm.file）的规定，不算：这项规定从 2019-04-01 起"),
        ("en", "was in force on the day of event 0, so it is not counted: it holds from 2019-04-01 on (under cn.samr"),
    ],
)
def test_a_day_before_any_law_is_told_with_file_line_and_article(process, tmp_path, lang, says):
    path = tmp_path / "old.json"
    path.write_text(json.dumps(EVENTS | {"events": [{"kind": "clue-received", "at": "2015-09-28T10:00:00+08:00"}]}))
    told = process("law", "clocks", str(path), "--lang", lang)
    assert told.code == 0
    assert says in told.out
    assert "law/cn/deadlines/adm.file.yaml:" in told.out


def test_assess_as_a_process_gives_the_contracts_answer(process, facts):
    told = process("law", "assess", facts, "--json")
    assert (told.code, told.err) == (0, "")
    crime = told.json["offences"][0]
    assert (crime["offence"], crime["tier"], crime["rule_version"], crime["chosen"]) == (
        "cn.criminal.213",
        "base",
        "2025-04-26",
        "act",
    )
    assert crime["missing"] == ["turnover"]
    assert told.json["transfer"]["must"] is True
    met = next(one for one in crime["conditions"] if one["met"])
    assert (met["fact"], met["value"], met["limit"], met["cite_id"]) == (
        "illegal_gain",
        "31000.00",
        "30000.00",
        "cn.fashi-2025-5@2025/3/1/1",
    )


def test_ids_do_not_change_with_the_language(run, facts):
    english, chinese = (
        run("law", "assess", facts, "--json").json,
        run("law", "assess", facts, "--json", "--lang", "zh").json,
    )
    ids = [[one["cite_id"] for one in answer["offences"][0]["conditions"]] for answer in (english, chinese)]
    assert ids[0] == ids[1]
    assert english["offences"][0]["conditions"][0]["cite"] != chinese["offences"][0]["conditions"][0]["cite"]


def test_assess_tells_a_person_what_is_met_and_what_is_not_known(run, facts):
    told = run("law", "assess", facts, "--lang", "zh").out
    assert "✓" in told
    assert "还不知道：非法经营数额" in told
    assert "假冒注册商标罪：达到第一档（2025-04-26 起的规定，适用行为时的规定）" in told
    assert "✓ 第一档：违法所得数额30,000.00元以上；查实 31000.00  法释〔2025〕5号 第3条第1款第1项" in told
    assert "应当移送公安（达到刑事立案标准）" in told


def test_a_person_is_told_an_assessment_without_ids(run, tmp_path):
    kinds = {
        "counterfeit-mark-services": "2023-01-01",
        "counterfeit-labels": "2026-01-01",
        "trade-secret": "2026-01-01",
        "trade-secret-foreign": "2026-01-01",
        "sell-counterfeit-goods": "1998-01-01",
        "infringe-copyright": "2026-01-01",
    }
    acts = [
        {"kind": kind, "from": day, "to": day, "role": "seller", "owner_bankrupt": True} for kind, day in kinds.items()
    ]
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"acts": acts, "on": "2026-11-23"}))
    told = run("law", "assess", path, "--lang", "zh").out
    assert not re.search(r"[a-z_]{2,}", told)
    assert "法条已有规定，但行为当时没有在施行的数额标准" in told
    assert "直接导致权利人破产、倒闭；查实 是" in told


@pytest.mark.parametrize(
    ("change", "piece"),
    [
        ({"suspicion": {}, "acts": []}, "cannot be told"),
        ({"suspicion": {"reasonable": False, "police_measures_needed": False}, "acts": []}, "need not"),
    ],
)
def test_assess_says_when_nothing_must_be_transferred_or_cannot_be_told(run, tmp_path, change, piece):
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"acts": [], "on": "2026-11-23"} | change))
    assert piece in run("law", "assess", path).out


def test_clocks_gives_the_contracts_answer(run, events):
    told = run("law", "clocks", events, "--json")
    clock = told.json["clocks"][0]
    assert (clock["id"], clock["state"], clock["due"], clock["met_at"]) == ("adm.file", "overdue", "2026-10-23", None)
    assert clock["ledger"][0]["event"] == 0


def test_clocks_tells_a_person_the_due_days_and_what_was_left_out(run, tmp_path):
    later = {"kind": "filed", "at": "2026-12-01T10:00:00+08:00"}
    path = tmp_path / "e.json"
    path.write_text(json.dumps(EVENTS | {"events": [*EVENTS["events"], later]}))
    told = run("law", "clocks", path).out
    assert "2026-10-23" in told
    assert "left out: 1" in told
    assert "已逾期" in run("law", "clocks", path, "--lang", "zh").out


def test_waiting_time_and_what_no_longer_runs_have_words_of_their_own(run, tmp_path):
    path = tmp_path / "e.json"
    served = {"kind": "service-announced", "at": "2026-09-01T10:00:00+08:00"}
    asked = {"kind": "hearing-requested", "at": "2026-09-01T10:00:00+08:00", "data": {"accepted": True}}
    held = {"kind": "hearing-held", "at": "2026-09-20T10:00:00+08:00"}
    path.write_text(json.dumps(EVENTS | {"events": [served, asked, held]}))
    told = run("law", "clocks", path, "--lang", "zh").out
    assert ["期满" in line for line in told.splitlines() if line.startswith("公告送达")] == [True]
    assert ["不再计算" in line for line in told.splitlines() if line.startswith("指定听证主持人")] == [True]


def test_a_last_minute_is_told_in_legal_time(run, tmp_path):
    path = tmp_path / "e.json"
    approved = {"kind": "transfer-approved", "at": "2026-10-08T02:00:00+00:00"}
    path.write_text(json.dumps(EVENTS | {"events": [approved]}))
    assert "2026-10-09 10:00" in run("law", "clocks", path).out


def test_a_bad_event_is_told_with_its_json_path(run, tmp_path):
    path = tmp_path / "e.json"
    path.write_text(json.dumps(EVENTS | {"events": [{"kind": "fild", "at": "2026-09-28T10:00:00+08:00"}]}))
    error = run("law", "clocks", path, "--json").error
    assert (error["code"], error["where"]) == ("unknown-event-kind", "events[0].kind")


def test_show_gives_all_versions_or_the_one_of_a_day(run):
    everything = run("law", "show", "adm.file", "--json").json
    one = run("law", "show", "adm.file", "--on", "2026年11月23日", "--json").json
    assert len(everything["versions"]) > len(one["versions"]) == 1
    assert one["on"] == "2026-11-23"
    assert run("law", "show", "adm.file", "--on", "1990-01-01", "--json").error["code"] == "law-entry-not-in-force"


def test_show_tells_a_person_in_lines(run):
    told = run("law", "show", "cn.fashi-2025-5")
    assert told.code == 0
    assert "section: instruments" in told.out


ADDRESS_OR_ID = re.compile(r"https?://\S+|^\s*(?:- )?(?:编号|字段|代码): .*$|\bTRIPS\b", re.MULTILINE)


def test_every_entry_is_shown_to_a_person_in_words(pack):
    """In Chinese no field, value or event is shown by its English id; only ids to type, and addresses, stay."""
    voice = Session(lang="zh", as_json=False)
    for section, entry in pack.entries():
        told = "\n".join(entry_lines(pack, describe(pack, f"{section}/{entry.id}", "zh"), voice))
        assert not re.findall(r"[a-z_]{3,}", ADDRESS_OR_ID.sub("", told)), f"{section}/{entry.id}"


@pytest.mark.parametrize(
    ("entry", "zh", "en"),
    [
        ("adm.seizure", "作出处理决定（除非没收查扣的物品：否）", "decided (unless seized goods confiscated: no)"),
        ("cus.investigate", "（除非依据：", "(unless basis: "),
        ("xfer.handover", "长度: 24小时", "length: 24 hours"),
        ("pad.decide", "长度: 1个月", "length: 1 month"),
        ("adm.decide", "要求听证 — 举行听证、", "hearing requested — hearing held, "),
        ("cn.criminal.216", "标准: 违法所得数额100,000.00元以上", "says: illegal gain: 100,000.00 yuan or more"),
        ("cn.trademark-law", "2019/63 → 2026/77", "2019/63 → 2026/77"),
        ("goods-value", "实际销售平均价格", "average actual price"),
    ],
)
def test_show_puts_words_for_ids(run, entry, zh, en):
    assert zh in run("law", "show", entry, "--lang", "zh").out
    assert en in run("law", "show", entry, "--lang", "en").out


def test_a_length_that_is_none_is_shown_as_written():
    assert length_words("soon", "zh") == "soon"


def test_used_by_finds_what_rests_on_an_article(run):
    told = run("law", "used-by", "cn.fashi-2025-5/3", "--json").json
    assert any(use["id"] == "cn.criminal.213" for use in told["uses"])
    assert told["gist"]
    assert "cn.criminal.213" in run("law", "used-by", "cn.fashi-2025-5/3").out
    assert "罪名" in run("law", "used-by", "cn.fashi-2025-5/3", "--lang", "zh").out
    assert run("law", "used-by", "cn.nowhere/3", "--json").code == 2


def test_check_passes_on_the_shipped_pack(run, pack):
    told = run("law", "check", "--json")
    assert (told.code, told.json["ok"], told.json["law_pack"]) == (0, True, pack.hash)
    assert told.json["cases"] > 100
    assert "golden cases" in run("law", "check").out


def test_check_lists_what_is_wrong_with_file_and_line_and_says_no(run, tmp_path):
    folder = tmp_path / "law" / "cn" / "measures"
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text("id: x\nid: y\n")
    told = run("law", "check", "--law", folder.parent, "--json")
    assert (told.code, told.json["ok"], told.json["law_pack"]) == (1, False, None)
    assert told.json["problems"][0]["where"].startswith("law/cn/measures/x.yaml:2")
    assert "x.yaml:2" in run("law", "check", "--law", folder.parent).out


def test_check_says_no_when_a_golden_case_does_not_hold(run, monkeypatch):
    from zhibao.cli import law
    from zhibao.rules.mismatch import Mismatch

    def wrong(pack, case):
        yield Mismatch("law/cn/cases/assess-x.yaml:3", "甲", "base", "none")

    monkeypatch.setattr(law, "RUNNERS", {**law.RUNNERS, "assess-": wrong})
    told = run("law", "check", "--json")
    assert (told.code, told.json["problems"][0]["where"]) == (1, "law/cn/cases/assess-x.yaml:3")


@pytest.mark.parametrize("words", [["law", "show", "adm.file"], ["watch", "--help"], ["proof", "--help"]])
def test_what_needs_no_database_does_not_load_django(words):
    import subprocess

    from tests.house.source import ROOT

    code = (
        "import sys\nfrom zhibao.cli.main import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "bad = [name for name in sys.modules if name.split('.')[0] in {'django', 'ninja', 'sqlite3', 'psycopg', 'requests'}]\n"
        "assert not bad, bad[:5]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
