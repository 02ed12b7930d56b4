"""``zhibao law diff`` and ``zhibao law whatif``: two days of one law, and one law beside a supposed one."""

import csv
import json
from datetime import datetime

import pytest

from zhibao.kernel.days import LEGAL_TZ

CHANGE = "changes:\n  - {entry: adm.file, version: 2022-11-01, field: length, to: 10 working-days}\n"
LIMIT = 'changes:\n  - {entry: cn.criminal.213, version: 2025-04-26, field: "tiers.base.any[goods.gain].when", to: illegal_gain >= 20000}\n'
EVENTS = {
    "id": "甲案",
    "events": [{"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00"}],
    "now": "2026-10-20T09:00:00+08:00",
}
FACTS = {
    "acts": [{"kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-07-30", "right_kinds": 1, "illegal_gain": "21000.00", "turnover": "0", "unsold_value": "0"}],
    "priors": [],
    "on": "2026-11-23",
}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    def made(change, *lines):
        (tmp_path / "change.yaml").write_text(change)
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        (tmp_path / "cases.jsonl").write_text(text)
        return tmp_path / "change.yaml", "--cases", tmp_path / "cases.jsonl"

    return made


# --- diff ------------------------------------------------------------------------------------------------------------


def test_diff_answers_in_lines_and_in_json(run):
    days = ("--from", "2024-06-30", "--to", "2026-04-15")
    told = run("law", "diff", "cmp.mediate", *days)
    assert told.code == 0
    assert "length: 45 working days → 60 days" in told.out
    document = run("law", "diff", "cmp.mediate", *days, "--json", "--lang", "zh").json
    assert (document["id"], document["how"], document["from"], document["to"]) == (
        "cmp.mediate",
        "changed",
        "2024-06-30",
        "2026-04-15",
    )
    assert "长度：45个工作日 → 60日" in [row["says"] for row in document["changes"]]


def test_diff_refuses_days_the_wrong_way_round(run):
    told = run("law", "diff", "cmp.mediate", "--from", "2026-04-15", "--to", "2024-06-30", "--json")
    assert (told.code, told.error["code"]) == (2, "law-diff-backwards")


def test_diff_refuses_what_it_does_not_know(run):
    assert run("law", "diff", "no.such", "--from", "2024-06-30", "--to", "2026-04-15", "--json").code == 2


# --- what-if over a file ------------------------------------------------------------------------------------------------


def test_whatif_counts_and_lists_what_changes(run, files):
    told = run("law", "whatif", *files(CHANGE, EVENTS), "--json")
    assert told.code == 0
    assert told.json["entries"] == [{"section": "deadlines", "id": "adm.file"}]
    assert (told.json["cases"], told.json["changed"], told.json["total"]) == (1, 1, 1)
    assert told.json["counts"] == [
        {"kind": "clock", "id": "adm.file", "what": "due", "cases": 1},
        {"kind": "clock", "id": "adm.file", "what": "state", "cases": 1},
    ]
    assert told.json["answers"] == [
        {
            "case": "甲案", "kind": "clock", "id": "adm.file", "proceeding": None, "entry": 1,
            "old": {"state": "running", "due": "2026-10-23"}, "new": {"state": "overdue", "due": "2026-10-16"},
        }
    ]  # fmt: skip
    assert told.json["law_pack"] != told.json["supposed_pack"]


def test_whatif_tells_people_the_same(run, files):
    told = run("law", "whatif", *files(CHANGE, EVENTS), "--lang", "zh")
    assert "比较了 1 件，1 件的结论会变。" in told.out
    assert "2026-10-23 进行中" in told.out
    assert "2026-10-16 已逾期" in told.out
    tiers = run("law", "whatif", *files(LIMIT, FACTS), "--lang", "zh").out
    assert "达到第一档 (2025-04-26)" in tiers
    assert "应当移送公安" in tiers


def test_whatif_pages_and_writes_every_difference(run, files, tmp_path):
    many = [EVENTS | {"id": f"=案{n}"} for n in range(5)]
    words = files(CHANGE, *many)
    for ending in ("csv", "json", "jsonl"):
        told = run("law", "whatif", *words, "--size", 2, "--page", 3, "--out", tmp_path / f"out.{ending}", "--json")
        assert [row["case"] for row in told.json["answers"]] == ["=案4"]
        assert (told.json["total"], told.json["page"], told.json["size"]) == (5, 3, 2)
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [row["case"] for row in rows] == [f"'=案{n}" for n in range(5)], "no spreadsheet runs it"
    assert json.loads(rows[0]["new"]) == {"state": "overdue", "due": "2026-10-16"}
    assert [row["case"] for row in json.loads((tmp_path / "out.json").read_text())] == [f"=案{n}" for n in range(5)]
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 5
    assert "page 3 of 3" in run("law", "whatif", *words, "--size", 2, "--page", 3).out


def test_whatif_that_changes_nothing_says_so(run, files):
    told = run("law", "whatif", *files(CHANGE.replace("10 working-days", "15 working-days"), EVENTS, ""), "--json")
    assert (told.json["cases"], told.json["changed"], told.json["answers"]) == (1, 0, [])
    assert "0 would come out otherwise" in run("law", "whatif", *files(CHANGE, FACTS)).out


def test_a_case_that_cannot_be_read_is_listed_and_the_others_are_compared(run, files):
    told = run("law", "whatif", *files(CHANGE, EVENTS, "[1]", "{", {"acts": 3}, {"events": 3}), "--json")
    assert (told.code, told.json["cases"]) == (0, 1)
    assert [(row["case"], row["code"]) for row in told.json["refused"]] == [
        ("2", "whatif-case-not-json"),
        ("3", "whatif-case-not-json"),
        ("4", "fact-not-table"),
        ("5", "events-not-readable"),
    ]
    assert "could not be read" in run("law", "whatif", *files(LIMIT, {"acts": 3})).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "bad-usage"),
        (["--db"], "bad-usage"),
        (["--out", "out.docx"], "whatif-format"),
        (["--out", "/no/such/out.csv"], "file-closed"),
    ],
)
def test_whatif_refuses_what_it_cannot_do_before_any_work(run, files, words, code):
    made = files(CHANGE, EVENTS)
    told = run("law", "whatif", *(made[:1] if not words else made), *words, "--json")
    assert (told.code, told.error["code"]) == (2, code)


def test_whatif_refuses_a_change_that_does_not_load_and_leaves_no_file(run, files, tmp_path):
    broken = CHANGE.replace("10 working-days", "10 moons")
    told = run("law", "whatif", *files(broken, EVENTS), "--out", tmp_path / "out.csv", "--json")
    assert (told.code, told.error["where"]) == (2, f"{tmp_path / 'change.yaml'}:2")
    assert not (tmp_path / "out.csv").exists()


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(run, files, tmp_path, monkeypatch):
    (tmp_path / ".out.csv.part").mkdir()
    told = run("law", "whatif", *files(CHANGE, EVENTS), "--out", tmp_path / "out.csv", "--json")
    assert told.code == 2
    (tmp_path / ".out.csv.part").rmdir()
    from zhibao.cli import law_whatif

    monkeypatch.setattr(law_whatif, "compare_document", lambda *_given, **_when: 1 / 0)
    run("law", "whatif", *files(CHANGE, EVENTS), "--out", tmp_path / "out.csv", "--json")
    assert not list(tmp_path.glob("*out.csv*"))


# --- what-if over the installation -------------------------------------------------------------------------------------


@pytest.fixture
def matters(transactional_db):
    from tests import factories
    from zhibao.apps.cases.actions.open_matter import open_matter
    from zhibao.apps.cases.actions.record_event import record_event
    from zhibao.apps.organs.models import Role

    organ = factories.make_organ()
    person = factories.make_person(organ, Role.HANDLER)
    now = datetime(2026, 9, 28, 10, tzinfo=LEGAL_TZ)
    made = [
        open_matter(actor=person, title=f"案{n}", place="360200", procedure="administrative", received_at=now, now=now)
        for n in range(3)
    ]
    known = {"from": "2026-09-01", "to": "2026-09-02", "illegal_gain": "21000.00", "turnover": "0.00"}
    for matter, days in zip(made, (known, {}), strict=False):
        record_event(
            actor=person, matter_id=matter.pk, proceeding_id=matter.proceedings.get().pk, kind="act-found", at=now,
            data={"act": "1", "kind": "counterfeit-mark-goods", **days}, expected_seq=None, now=now,
        )  # fmt: skip
    return made


def test_whatif_over_the_matters_of_the_installation(run, files, matters, monkeypatch):
    from zhibao.cli import law_whatif

    monkeypatch.setattr(law_whatif, "now", lambda: datetime(2026, 10, 20, 9, tzinfo=LEGAL_TZ))
    told = run("law", "whatif", files(CHANGE)[0], "--db", "--json")
    assert (told.json["cases"], told.json["changed"]) == (3, 3)
    assert {row["case"] for row in told.json["answers"]} == {matter.number for matter in matters}
    assert {row["new"]["due"] for row in told.json["answers"]} == {"2026-10-16"}
    told = run("law", "whatif", files(LIMIT)[0], "--db", "--json")
    assert (told.json["cases"], told.json["changed"]) == (3, 1), (
        "of one act the days are not known, of one matter no act"
    )
    assert {row["case"] for row in told.json["answers"]} == {matters[0].number}
