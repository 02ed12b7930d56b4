"""``zhibao proof``: sealed here, checked anywhere, and a single changed byte is found."""

import zipfile

import pytest


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "货架.txt"
    path.write_text("老街茶具店第三排货架")
    return path


@pytest.fixture
def sealed(run, file, tmp_path):
    out = tmp_path / "bundle.zip"
    told = run("proof", "seal", file, "--out", out, "--folder", tmp_path / "log", "--origin", "现场", "--json")
    assert told.code == 0, told.out
    return out, told.json


def test_a_bundle_verifies_with_numbered_checks(run, sealed, tmp_path):
    bundle, told = sealed
    found = run("proof", "verify", bundle, "--key", told["key"], "--json")
    assert (found.code, found.json["ok"]) == (0, True)
    assert [check["number"] for check in found.json["checks"]] == list(range(1, len(found.json["checks"]) + 1))
    assert {check["status"] for check in found.json["checks"]} == {"pass"}
    text = run("proof", "verify", bundle).out
    assert "✓ 1." in text
    assert "does not prove" in text


def test_the_key_may_stand_in_a_file(run, sealed, tmp_path):
    bundle, told = sealed
    (tmp_path / "log.vkey").write_text(told["key"] + "\n")
    assert run("proof", "verify", bundle, "--key", tmp_path / "log.vkey", "--json").code == 0


def test_another_log_key_says_no(run, sealed, file, tmp_path):
    bundle, _ = sealed
    other = run("proof", "seal", file, "--out", tmp_path / "o.zip", "--folder", tmp_path / "other", "--json").json
    told = run("proof", "verify", bundle, "--key", other["key"], "--json")
    assert (told.code, told.json["ok"]) == (1, False)


def test_a_changed_byte_says_no(run, sealed, tmp_path):
    bundle, _ = sealed
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace("老街".encode(), "新街".encode()) if "manifest" not in name else data)
    told = run("proof", "verify", changed, "--json")
    assert (told.code, told.json["ok"]) == (1, False)
    assert any(check["status"] == "fail" for check in told.json["checks"])


def test_what_is_no_bundle_says_no_or_is_refused(run, file, tmp_path):
    assert run("proof", "verify", file, "--json").code == 1
    assert run("proof", "verify", tmp_path / "none.zip", "--json").error["code"] == "input-missing"
    assert run("proof", "verify", tmp_path, "--json").error["code"] == "not-a-file"


def test_the_log_of_this_machine_is_checked(run, sealed, tmp_path):
    assert run("proof", "log", "check", "--folder", tmp_path / "log", "--json").json["ok"] is True
    records = tmp_path / "log" / "log.jsonl"
    records.write_bytes(records.read_bytes().replace(b"0", b"1", 1))
    assert run("proof", "log", "check", "--folder", tmp_path / "log", "--json").code == 1
    assert run("proof", "log", "check", "--folder", tmp_path / "empty", "--json").code == 1


def test_by_default_the_log_lies_under_the_home(run, file, tmp_path, monkeypatch):
    monkeypatch.setenv("ZHIBAO_HOME", str(tmp_path / "home"))
    assert "1 files sealed" in run("proof", "seal", file, "--out", tmp_path / "b.zip").out
    assert (tmp_path / "home" / "proof" / "log.jsonl").exists()


def test_nothing_is_overwritten_and_folders_must_exist(run, sealed, file, tmp_path):
    bundle, _ = sealed
    assert run("proof", "seal", file, "--out", bundle, "--json").error["code"] == "target-not-empty"
    assert run("proof", "seal", file, "--out", tmp_path / "no" / "b.zip", "--json").error["code"] == "bad-usage"
    assert (
        run("proof", "seal", tmp_path / "no.txt", "--out", tmp_path / "b.zip", "--json").error["code"]
        == "input-missing"
    )
