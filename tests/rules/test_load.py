"""Packs on disk: which folders count, encodings, provinces that replace, and the hash."""

from pathlib import Path

import pytest

from zhibao.rules import errors, load
from zhibao.rules.load import check_pack, default_roots, load_cases, load_pack

MEASURE = "id: {id}\ntitle: {{zh: 甲, en: a}}\nunit: yuan\n"


def pack_at(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(path.name + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_the_hash_changes_with_a_value_and_not_with_a_comment(tmp_path):
    root = tmp_path / "law" / "cn"
    one = load_pack(pack_at(root, measures=MEASURE.format(id="x"))).hash
    commented = load_pack(pack_at(root, measures="# note\n" + MEASURE.format(id="x"))).hash
    other = load_pack(pack_at(root, measures=MEASURE.format(id="y"))).hash
    assert one == commented
    assert one != other


def test_golden_cases_are_no_law(tmp_path):
    root = pack_at(tmp_path / "law" / "cn", measures=MEASURE.format(id="x"))
    before = load_pack(root).hash
    pack_at(root, cases__assess_x="- {name: a}\n- {name: b}\n")
    assert load_pack(root).hash == before
    assert [case.text("name") for case in load_cases(root, kind="assess_")] == ["a", "b"]
    assert load_cases(root, kind="clocks-") == []


def test_a_file_may_hold_one_entry_or_a_list(tmp_path):
    root = pack_at(
        tmp_path / "law" / "cn",
        measures__a=MEASURE.format(id="x"),
        measures__b="- {id: y, title: {zh: 甲, en: a}, unit: count}\n",
    )
    assert set(load_pack(root).measures) == {"x", "y"}


def test_a_province_adds_and_replaces_only_by_citing_what_lets_it(tmp_path):
    instrument = (
        "id: cn.rule\ntitle: {zh: 规定, en: rule}\nshort: {zh: 规定, en: rule}\nissuer: [甲]\nkind: statute\nversions:\n"
        '  - {id: "1", from: 2000-01-01, checked: {on: 2026-11-23, against: text}, articles: {"5": {gist: {zh: 可以另定, en: may differ}}}}\n'
    )
    national = pack_at(tmp_path / "law" / "cn", measures=MEASURE.format(id="x"), instruments__rule=instrument)
    without = pack_at(tmp_path / "law" / "cn-aa", measures=MEASURE.format(id="x"))
    citing = pack_at(
        tmp_path / "law" / "cn-bb",
        measures="replaces_under: {cite: cn.rule/5, from: 2020-01-01}\nid: x\ntitle: {zh: 乙, en: b}\nunit: count\n",
    )
    with pytest.raises(errors.LawReplaces):
        load_pack(national, without)
    assert load_pack(national, citing).measures["x"].unit == "count"


def test_what_is_not_utf8_is_refused_by_name(tmp_path):
    root = pack_at(tmp_path / "law" / "cn", measures="title: 中文".encode("gb18030"))
    assert [problem.error.code for problem in check_pack(root)] == ["law-not-utf8"]


def test_problems_are_listed_in_the_order_of_files_and_lines(tmp_path):
    root = pack_at(tmp_path / "law" / "cn", measures__b="id: x\n", measures__a="- {id: y}\n- {id: z}\n")
    problems = check_pack(root)
    assert [problem.where for problem in problems] == [
        "law/cn/measures/a.yaml:1", "law/cn/measures/a.yaml:2", "law/cn/measures/b.yaml:1",
    ]  # fmt: skip
    assert problems[0].error.say("zh") == "缺“unit”。"


def test_a_missing_pack_is_said(tmp_path, monkeypatch):
    with pytest.raises(errors.LawNoRoot):
        load_pack(tmp_path / "nowhere")
    monkeypatch.setattr(load, "PACKS", ("cn-nowhere",))
    with pytest.raises(errors.LawNoRoot):
        default_roots()


def test_the_packaged_copy_serves_where_there_is_no_checkout(tmp_path, monkeypatch):
    inside = tmp_path / "site" / "deep" / "zhibao" / "rules" / "load.py"
    pack_at(tmp_path / "site" / "deep" / "zhibao" / "law" / "cn", measures=MEASURE.format(id="x"))
    monkeypatch.setattr(load, "__file__", str(inside))
    assert [root.name for root in default_roots()] == ["cn"]
    assert set(load_pack().measures) == {"x"}


def test_the_shipped_packs_are_the_nation_and_jiangxi():
    roots = default_roots()
    assert [root.name for root in roots] == ["cn", "cn-jx"]
    assert all(isinstance(root, Path) for root in roots)
