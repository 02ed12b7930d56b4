import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from zhibao.evidence.bundle import verify
from zhibao.evidence.errors import ExhibitChanged
from zhibao.gateways import proofs
from zhibao.gateways.errors import FileNotThere
from zhibao.gateways.proofs import check_log, log_key, seal_files


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, data in {"合同.pdf": b"%PDF-1.7", "video.mp4": b"v" * 3_000_000}.items():
        path = tmp_path / name
        path.write_bytes(data)
        paths.append(path)
    return paths


@pytest.fixture
def seal(tmp_path, files):
    def run(name="bundle.zip", **more):
        return seal_files(files, out=tmp_path / name, folder=tmp_path / "log", now=datetime.now(UTC), **more)

    return run


def verified(path, **keys):
    with path.open("rb") as file:
        return verify(file, **keys)


def numbers(report):
    return [check.status.value for check in report.checks]


def test_files_are_sealed_without_a_database_and_the_bundle_verifies(tmp_path, seal):
    read = []
    sealed = seal(origin="现场提取", progress=read.append)
    assert sealed.tree_size == 2
    assert sum(read) == 2 * (8 + 3_000_000)
    report = verified(tmp_path / "bundle.zip")
    assert report.ok
    authority = (tmp_path / "log" / "timestamps.pem").read_bytes()
    assert verified(tmp_path / "bundle.zip", log_keys=[log_key(tmp_path / "log")], authorities=[authority]).ok


def test_the_log_grows_and_earlier_bundles_keep_verifying(tmp_path, seal):
    assert [seal(f"{n}.zip").tree_size for n in range(3)] == [2, 4, 6]
    assert all(verified(tmp_path / f"{n}.zip").ok for n in range(3))
    assert check_log(tmp_path / "log").ok


def test_nothing_is_left_behind_when_a_file_is_missing_or_changes(tmp_path, files, seal, monkeypatch):
    with pytest.raises(FileNotThere):
        seal_files([tmp_path / "absent"], out=tmp_path / "b.zip", folder=tmp_path / "log", now=datetime.now(UTC))
    with pytest.raises(FileNotThere):
        seal_files([tmp_path], out=tmp_path / "b.zip", folder=tmp_path / "log", now=datetime.now(UTC))
    real = proofs.digest_stream
    monkeypatch.setattr(proofs, "digest_stream", lambda chunks: real([*chunks, b"one byte more"]))
    with pytest.raises(ExhibitChanged):
        seal("b.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", *sorted(path.name for path in files)]
    assert not (tmp_path / "log" / "log.jsonl").exists()


def test_a_bundle_in_the_way_is_replaced_whole(tmp_path, seal):
    (tmp_path / "bundle.zip").write_bytes(b"old")
    seal()
    assert verified(tmp_path / "bundle.zip").ok


def test_sealings_at_once_take_turns(tmp_path, seal):
    with ThreadPoolExecutor(4) as pool:
        sizes = sorted(sealed.tree_size for sealed in pool.map(lambda n: seal(f"{n}.zip"), range(6)))
    assert sizes == [2, 4, 6, 8, 10, 12]
    assert check_log(tmp_path / "log").ok


def test_a_file_from_the_future_is_taken_as_written_now(tmp_path, files, seal):
    os.utime(files[0], (4_000_000_000, 4_000_000_000))
    seal()
    assert verified(tmp_path / "bundle.zip").ok


def test_a_sealing_that_was_cut_off_is_healed_by_the_next(tmp_path, seal):
    seal()
    log = tmp_path / "log" / "log.jsonl"
    log.write_bytes(log.read_bytes() + b'{"a whole record":1}\n{"half a rec')
    assert check_log(tmp_path / "log").ok
    assert seal("second.zip").tree_size == 5
    assert check_log(tmp_path / "log").ok
    assert verified(tmp_path / "second.zip").ok


def test_a_log_that_was_never_there_is_told(tmp_path):
    assert numbers(check_log(tmp_path / "log")) == ["pass", "fail", "skipped"]
    assert not (tmp_path / "log").exists()


@pytest.mark.parametrize("name", ["log.key", "log.name"])
def test_checking_a_log_whose_key_is_gone_says_so_and_makes_no_new_one(tmp_path, seal, name):
    seal()
    (tmp_path / "log" / name).unlink()
    report = check_log(tmp_path / "log")
    assert numbers(report) == ["pass", "fail", "skipped"]
    assert name in report.checks[1].reason.en
    assert not (tmp_path / "log" / name).exists()


def test_damage_to_the_log_is_found_at_its_number(tmp_path, seal):
    seal()
    log, point = tmp_path / "log" / "log.jsonl", tmp_path / "log" / "checkpoint"
    records, note = log.read_bytes(), point.read_bytes()
    for damage, expected in [
        (b"garbage\n", ["fail", "skipped", "skipped"]),
        (records[: records.index(b"\n") + 1], ["pass", "pass", "fail"]),
        (records.replace(b'"size":8', b'"size":9'), ["pass", "pass", "fail"]),
    ]:
        log.write_bytes(damage)
        report = check_log(tmp_path / "log")
        assert numbers(report) == expected
        assert not report.ok
    log.write_bytes(records)
    point.write_bytes(note.replace(b"\n2\n", b"\n1\n"))
    assert numbers(check_log(tmp_path / "log")) == ["pass", "fail", "skipped"]
