import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.evidence.samples import (
    CONTENTS,
    NOW,
    SIGNER,
    authority,
    custody,
    files_of,
    good_bundle,
    items,
    log_of,
    sealed_bytes,
)
from zhibao.evidence.bundle import LogState, SealedItem, seal, verify
from zhibao.evidence.checkpoint import LogKey, open_checkpoint
from zhibao.evidence.digests import Algorithm, Digests
from zhibao.evidence.errors import ExhibitChanged, NothingGiven
from zhibao.evidence.merkle import leaf_hash, root
from zhibao.gateways.timestamps import NullTimestampAuthority


def report_of(bundle, **keys):
    return verify(io.BytesIO(bundle), **keys)


def test_a_bundle_holds_what_the_contract_lists():
    files = files_of(good_bundle())
    assert {name.split("/")[0] for name in files} == {"manifest.json", "README", "exhibits", "log", "time", "keys"}
    manifest = json.loads(files["manifest.json"])
    assert (manifest["format"], manifest["version"]) == ("zhibao-bundle", 1)
    keys = {"path", "size", "sha256", "sm3", "media_type", "origin", "captured_at", "custody"}
    assert all(keys <= set(entry) for entry in manifest["exhibits"])
    assert [entry["path"] for entry in manifest["exhibits"]] == [
        "exhibits/1-合同_1.pdf",
        "exhibits/2-照片.jpg",
        "withheld",
    ]
    for number in (1, 2, 3):
        for name in ("sha256", "sm3"):
            assert {"leaf", "index", "tree_size", "path", "checkpoint"} <= set(
                json.loads(files[f"log/{number}.{name}.json"])
            )
    assert files["exhibits/2-照片.jpg"] == CONTENTS["照片.jpg"]


def test_a_good_bundle_passes_all_twelve_checks():
    report = report_of(good_bundle())
    assert report.ok
    assert [(check.number, check.status.value) for check in report.checks] == [(n, "pass") for n in range(1, 13)]
    assert report.failed is None


def test_the_report_is_told_in_both_languages_and_says_what_it_does_not_prove():
    report = report_of(good_bundle())
    zh, en = report.as_json("zh"), report.as_json("en")
    assert zh["ok"] is True
    assert [check["id"] for check in zh["checks"]] == [check["id"] for check in en["checks"]]
    assert "没有随包交出而未计算的 1 件" in zh["checks"][2]["reason"]
    assert "北京时间 2026年11月20日 10:01:00" in zh["checks"][9]["reason"]
    assert "20 Nov 2026 10:01:00" in en["checks"][9]["reason"]
    # Keys from the bundle itself prove nothing about whose they are: two sentences more.
    assert len(en["does_not_prove"]) == 6
    assert zh["about"]["about.matter"] == "M-2026-000412"
    assert [stamp["hash"] for stamp in zh["about"]["stamped"]] == ["sha256", "sm3"]
    json.dumps(zh)


def test_with_the_readers_own_keys_nothing_is_taken_from_the_bundle_on_trust():
    report = report_of(
        good_bundle(), log_keys=[LogKey(SIGNER.name, SIGNER.public).to_text()], authorities=[authority().certificates]
    )
    assert report.ok
    assert len(report.does_not_prove) == 4
    assert "你给出的公钥" in report.checks[8].reason.zh


def test_what_is_handed_back_is_what_the_next_sealing_stands_on():
    log = log_of(3)
    out = io.BytesIO()
    sealed = seal(items(), log=log, signer=SIGNER, authority=authority(), now=NOW, salt=b"s" * 16, out=out)
    assert [leaf.index for leaf in sealed.leaves] == [3, 4, 5]
    assert sealed.tree_size == 6
    assert sealed.stamped == tuple(Algorithm)
    point = open_checkpoint(sealed.checkpoint, LogKey(SIGNER.name, SIGNER.public))
    for algorithm in Algorithm:
        leaves = [*log.of(algorithm), *(leaf_hash(algorithm, leaf.record) for leaf in sealed.leaves)]
        assert point.root(algorithm) == root(algorithm, leaves)
    assert bytes.fromhex(sealed.leaves[0].sm3) == leaf_hash(Algorithm.SM3, sealed.leaves[0].record)


def test_the_log_learns_nothing_about_persons():
    named = replace(items()[0], id="0b0c", custody=custody("0b0c", items()[0].digests.sha256))
    record = files_of(sealed_bytes(items=[named]))["log/1.leaf"].decode()
    assert set(json.loads(record)) == {"type", "id", "sha256", "sm3", "size", "recorded_at", "manifest"}
    assert "合同" not in record


def test_the_first_bundle_of_a_log_needs_no_path():
    bundle = sealed_bytes(log=LogState(), items=items()[:1])
    assert json.loads(files_of(bundle)["log/1.sha256.json"])["path"] == []
    assert report_of(bundle).ok


def test_when_everything_is_withheld_the_contents_are_not_checked_and_it_says_so():
    report = report_of(sealed_bytes(items=items(withheld=tuple(CONTENTS))))
    assert [check.status.value for check in report.checks[2:4]] == ["skipped", "skipped"]
    assert report.ok


def test_without_a_time_stamp_two_steps_are_missing():
    with pytest.warns(UserWarning, match="no time-stamp authority"):
        nobody = NullTimestampAuthority(Path())
    report = report_of(sealed_bytes(authority=nobody))
    assert [check.number for check in report.checks if check.status.value == "skipped"] == [10, 11]
    assert not report.ok
    assert report.failed is None


def test_custody_may_be_absent():
    report = report_of(sealed_bytes(items=[replace(item, custody=()) for item in items()]))
    assert report.ok
    assert "没有" in report.checks[4].reason.zh


def test_a_content_that_changed_meanwhile_is_not_sealed():
    for digests in (Digests("0" * 64, "0" * 64, 3), replace(items()[0].digests, sm3="0" * 64)):
        with pytest.raises(ExhibitChanged):
            sealed_bytes(items=[replace(items()[0], digests=digests)])


def test_nothing_is_not_sealed_and_a_short_salt_is_refused():
    with pytest.raises(NothingGiven):
        sealed_bytes(items=[])
    with pytest.raises(ValueError, match="salt"):
        sealed_bytes(salt=b"short")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "1-_.._etc_passwd"),
        ("C:\\x.txt", "1-C_x.txt"),
        ("", "1-exhibit"),
        ("...", "1-exhibit"),
        ("长" * 300 + ".pdf", "1-" + "长" * 96 + ".pdf"),
        ("商标（正面）.png", "1-商标（正面）.png"),
    ],
)
def test_names_are_safe_to_unpack_anywhere(name, path):
    item = SealedItem("x", name, items()[0].digests, "a/b", "", NOW, (), items()[0].chunks)
    files = files_of(sealed_bytes(items=[item]))
    assert f"exhibits/{path}" in files
    assert report_of(sealed_bytes(items=[item])).ok


def test_the_same_exhibits_under_another_salt_leave_another_record():
    assert files_of(sealed_bytes(salt=b"t" * 16))["log/1.leaf"] != files_of(good_bundle())["log/1.leaf"]


def test_a_large_exhibit_is_written_as_zip64(monkeypatch):
    monkeypatch.setattr("zhibao.evidence.bundle._ZIP64_FROM", 1000)
    assert report_of(sealed_bytes()).ok


def test_the_zip_is_dated_in_legal_time():
    with zipfile.ZipFile(io.BytesIO(good_bundle())) as files:
        assert files.infolist()[0].date_time == (2026, 11, 20, 10, 0, 0)
    assert (NOW + timedelta(hours=8)).hour == 10
