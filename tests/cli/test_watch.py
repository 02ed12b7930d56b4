import csv
import json
import random

import pytest
from click.testing import CliRunner

from zhibao.cli import screening
from zhibao.cli.tables.columns import HITS
from zhibao.cli.watch import watch

REGISTER = "编号,商标,类别,监测\nR1,赣江月,30,是\nR2,云龙台,33,是\nR3,生活,3,否\n"


def run(*args):
    return CliRunner().invoke(watch, [str(arg) for arg in args])


@pytest.fixture
def files(tmp_path):
    register, listings = tmp_path / "r.csv", tmp_path / "t.csv"
    register.write_text(REGISTER, encoding="utf-8")
    listings.write_text("id,title\nb,赣·江越茶\na,品质生活雲龍臺\nc,无关\nd,\n", encoding="utf-8")
    return register, listings, tmp_path / "h.csv"


def hits(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[name] for name in HITS[:7]) for row in csv.DictReader(file)]


def test_screen_writes_sorted_hits_and_a_summary(files):
    register, listings, out = files
    found = run("screen", listings, "--register", register, "--out", out, "--json")
    assert found.exit_code == 0, found.output
    summary = json.loads(found.stdout)
    assert hits(out) == [
        ("a", "R3", "exact", "2", "4", "生活", "60"),
        ("a", "R2", "variant", "4", "7", "雲龍臺", "98"),
        ("b", "R1", "homophone", "0", "4", "赣·江越", "91"),
    ]
    assert (summary["listings"], summary["listings_hit"], summary["hits"], summary["marks"]) == (3, 2, 3, 3)
    assert summary["channels"]["homophone"] == 1
    assert summary["bad_listings"] == 1
    assert summary["bad"]["listings"][0]["code"] == "table-cell-empty"
    assert "第 5 行：title 是空的" in found.stderr


def test_screen_says_what_it_did_in_both_languages(files):
    register, listings, out = files
    register.write_text(REGISTER.replace("监测\n", "状态\n"), encoding="gb18030")
    register.write_text("编号,商标,状态\nR1,赣江月,有效\nR2,云龙台,过期\n", encoding="gb18030")
    zh = run("screen", listings, "--register", register, "--out", out, "--lang", "zh")
    assert "筛查 3 条商品，对照 1 个商标" in zh.stdout
    assert "1 个商标已失效" in zh.stdout
    assert "按 GB 18030 读" in zh.stderr
    en = run("screen", listings, "--register", register, "--out", out, "--lang", "en")
    assert "3 listings against 1 marks" in en.stdout
    assert "1 marks have ended" in en.stdout


def test_a_right_not_in_force_on_the_day_of_the_listing_is_no_hit(files):
    register, listings, out = files
    register.write_text("id,mark,from,to\n1,赣江月,2020-01-01,2024-12-31\n2,赣江月,,\n", encoding="utf-8")
    listings.write_text("id,title,seen_at\na,赣江月,2025-01-01\nb,赣江月,2024-12-31\nc,赣江月,\n", encoding="utf-8")
    run("screen", listings, "--register", register, "--out", out)
    assert [hit[:2] for hit in hits(out)] == [("a", "2"), ("b", "1"), ("b", "2"), ("c", "1"), ("c", "2")]


def test_screen_with_nothing_found_writes_the_head_only(files):
    register, listings, out = files
    listings.write_text("id,title\n1,无关\n", encoding="utf-8")
    found = run("screen", listings, "--register", register, "--out", out)
    assert found.exit_code == 0
    assert out.read_text(encoding="utf-8") == ",".join(HITS) + "\n"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_the_number_of_workers_does_not_change_a_byte(files, tmp_path, monkeypatch, ending):
    register, listings, _ = files
    monkeypatch.setattr(screening, "BATCH", 7)
    rng = random.Random(3)
    titles = ["赣江月", "赣·江越", "雲龍臺酒", "生活", "无关"]
    rows = [f"{rng.randrange(10**6)}-{n},{rng.choice(titles)}{rng.choice(titles)}" for n in range(200)]
    listings.write_text("id,title\n" + "\n".join(rows) + "\n", encoding="utf-8")
    outs = []
    for workers in (1, 3):
        out = tmp_path / f"h{workers}.{ending}"
        found = run("screen", listings, "--register", register, "--out", out, "--workers", workers, "--json")
        assert json.loads(found.stdout)["hits"] > 200, found.output
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]


def test_where_processes_cannot_be_forked_each_builds_its_own_index(files, monkeypatch):
    register, listings, out = files
    monkeypatch.setattr(screening.sys, "platform", "elsewhere")
    monkeypatch.setattr(screening, "BATCH", 1)
    found = run("screen", listings, "--register", register, "--out", out, "--workers", 2, "--json")
    assert json.loads(found.stdout)["hits"] == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.csv", "id,name\n1,茶\n", "table-column-missing"),
        ("t.pdf", "x", "table-format-unknown"),
        ("t.xlsx", "x", "table-unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_is_exit_2_with_the_error(files, tmp_path, name, content, code):
    register, _, out = files
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = run("screen", path, "--register", register, "--out", out, "--json")
    assert found.exit_code == 2
    assert json.loads(found.stdout)["error"]["code"] == code
    assert not out.exists()


def test_what_is_read_is_never_overwritten(files):
    register, listings, _ = files
    before = listings.read_bytes()
    found = run("screen", listings, "--register", register, "--out", listings, "--json")
    assert (found.exit_code, json.loads(found.stdout)["error"]["code"]) == (2, "bad-usage")
    assert listings.read_bytes() == before


def test_more_bad_rows_than_are_told_are_counted(files):
    register, listings, out = files
    listings.write_text("id,title\n" + "1,\n" * 150, encoding="utf-8")
    found = run("screen", listings, "--register", register, "--out", out, "--lang", "en", "--json")
    summary = json.loads(found.stdout)
    assert (summary["bad_listings"], len(summary["bad"]["listings"])) == (150, 100)
    assert "50 more rows cannot be used" in found.stderr


def test_search_ranks_with_reasons_and_filters_by_class(files):
    register, _, _ = files
    found = run("search", "赣江越", "--register", register, "--json")
    best = json.loads(found.stdout)["found"][0]
    assert (best["right_id"], best["mark"], best["score"], best["classes"]) == ("R1", "赣江月", 95, [30])
    assert best["reasons"][0]["kind"] == "homophone"
    assert json.loads(run("search", "赣江越", "--register", register, "--class", "9", "--json").stdout)["found"] == []


def test_search_in_words(files):
    register, _, _ = files
    assert (
        "95  赣江月  R1  [30]  同音或近音字代替：月→越"
        in run("search", "赣江越", "--register", register, "--lang", "zh").stdout
    )
    assert (
        "Characters of the same or a near sound"
        in run("search", "赣江越", "--register", register, "--lang", "en").stdout
    )
    assert "没有相近的商标。" in run("search", "完全", "--register", register, "--lang", "zh").stdout
    assert "No mark comes near." in run("search", "完全", "--register", register, "--lang", "en").stdout
