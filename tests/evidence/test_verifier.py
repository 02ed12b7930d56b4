"""Each check has its damaged twins: the damage must be found at that number, and everything after it left unchecked."""

import base64
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence import tokens
from tests.evidence.samples import NOW, SIGNER, files_of, good_bundle, items, sealed_bytes, zipped
from zhibao.evidence.bundle import verify
from zhibao.evidence.checkpoint import KeySigner, LogKey, open_checkpoint, sign_checkpoint
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import BadCertificates, BadLogKey
from zhibao.gateways.timestamps import LocalTimestampAuthority

GOOD = files_of(good_bundle())
EXHIBIT = "exhibits/2-照片.jpg"
STRANGER = KeySigner(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x09" * 32))


def failed_at(bundle, number, **keys):
    report = verify(io.BytesIO(bundle), **keys)
    assert not report.ok
    assert report.failed is not None
    assert report.failed.number == number, report.failed
    assert report.failed.reason.zh.endswith("。")
    assert report.failed.reason.en.endswith(".")
    assert [check.status.value for check in report.checks] == ["pass"] * (number - 1) + ["fail"] + ["skipped"] * (
        12 - number
    )
    assert [check.number for check in report.checks] == list(range(1, 13))
    return report


def changed(name, data):
    return zipped({**GOOD, name: data})


def manifest(change):
    doc = json.loads(GOOD["manifest.json"])
    change(doc)
    return changed("manifest.json", json.dumps(doc, ensure_ascii=False).encode())


def proof(name, change):
    doc = json.loads(GOOD[name])
    change(doc)
    return changed(name, json.dumps(doc).encode())


def test_the_good_twin_made_anew_is_good():
    assert verify(io.BytesIO(zipped(GOOD))).ok


def test_1_a_file_that_is_no_bundle():
    for data in (b"", b"PK", b"<html>", good_bundle()[:-30], good_bundle()[: len(good_bundle()) // 2]):
        failed_at(data, 1)
    failed_at(zipped({"README": b"x"}), 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b"[" * 100_000,
        b"{}",
        b'{"format":"zhibao-bundle","version":2}',
    ],
)
def test_1_a_manifest_that_cannot_be_read(data):
    failed_at(changed("manifest.json", data), 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(more=1), lambda d: d.pop("salt"), lambda d: d.update(version=True), lambda d: d.update(exhibits=[]),
        lambda d: d["exhibits"][0].update(path="../x"), lambda d: d["exhibits"][0].update(path="exhibits/2-x"),
        lambda d: d["exhibits"][0].update(path="exhibits/1-a/b"), lambda d: d["exhibits"][0].update(number=2),
        lambda d: d["exhibits"][0].update(size=-1), lambda d: d["exhibits"][0].update(size=True),
        lambda d: d["exhibits"][0].update(sha256="AB"), lambda d: d["exhibits"][0].update(sm3=""),
        lambda d: d["exhibits"][0].update(captured_at="today"), lambda d: d["exhibits"][0].update(captured_at="2026-11-20T01:00:00"),
        lambda d: d["exhibits"].append(1), lambda d: d["exhibits"][0]["custody"].append({}), lambda d: d.update(sealed_at=""),
        lambda d: d["files"].pop("README"), lambda d: d["files"].update(other="0"), lambda d: d.update(time=["time/sm3.tsr", "time/sha256.tsr"]),
        lambda d: d.update(time=[3]), lambda d: d["about"].update(x=1), lambda d: d["files"].update(README=None),
        lambda d: d["exhibits"][0]["custody"][0].update(at="2026-11-20"),
    ],
)  # fmt: skip
def test_1_a_manifest_of_another_shape(change):
    failed_at(manifest(change), 1)


def test_1_a_name_twice_or_a_locked_file(recwarn):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        for name, data in [*GOOD.items(), ("README", b"another")]:
            files.writestr(name, data)
    failed_at(out.getvalue(), 1)
    assert len(recwarn) == 1  # zipfile's own, of the duplicate we made
    recwarn.clear()
    plain = zipped(GOOD)
    at = plain.index(b"PK\x01\x02") + 8
    failed_at(plain[:at] + b"\x01" + plain[at + 1 :], 1)


def test_1_a_manifest_too_large_to_be_one(monkeypatch):
    monkeypatch.setattr("zhibao.evidence.opened.LARGEST_RECORD", 100)
    failed_at(good_bundle(), 1)


@pytest.mark.parametrize("name", sorted(set(GOOD) - {"manifest.json"}))
def test_2_any_file_missing(name):
    report = failed_at(zipped({key: data for key, data in GOOD.items() if key != name}), 2)
    assert name in report.failed.reason.zh


def test_2_a_file_more_than_listed():
    assert "exhibits/9-x" in failed_at(changed("exhibits/9-x", b""), 2).failed.reason.en


def test_2_an_exhibit_said_to_be_withheld_after_all():
    failed_at(manifest(lambda d: d["exhibits"][1].update(path="withheld")), 2)


@pytest.mark.parametrize("data", [b"", GOOD[EXHIBIT][:-1] + b"x", GOOD[EXHIBIT] + b"x"])
def test_3_a_changed_content(data):
    assert "照片" in failed_at(changed(EXHIBIT, data), 3).failed.reason.zh


@pytest.mark.parametrize("name", ["README", "keys/log.vkey", "keys/log.pem", "keys/timestamps.pem"])
def test_3_a_changed_guide_or_key(name):
    failed_at(changed(name, GOOD[name] + b"x"), 3)


def test_3_another_size_or_digest_in_the_list():
    failed_at(manifest(lambda d: d["exhibits"][1].update(size=3)), 3)
    failed_at(manifest(lambda d: d["exhibits"][1].update(sha256="0" * 64)), 3)


def test_3_a_damaged_zip_entry():
    bundle = bytearray(zipped(GOOD))
    bundle[bytes(bundle).index(GOOD[EXHIBIT]) + 5] ^= 1
    failed_at(bytes(bundle), 3)


def test_4_another_sm3_in_the_list():
    failed_at(manifest(lambda d: d["exhibits"][1].update(sm3="0" * 64)), 4)


@pytest.mark.parametrize(
    "change",
    [lambda c: c.pop(1), lambda c: c[1].update(note="另一句"), lambda c: c[0].update(by="p2"), lambda c: c.reverse()],
)
def test_5_custody_cut_or_rewritten(change):
    report = failed_at(manifest(lambda d: change(d["exhibits"][0]["custody"])), 5)
    assert "第 1 件" in report.failed.reason.zh


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["exhibits"][0].update(origin="别处"), lambda d: d["exhibits"][0].update(name="x"), lambda d: d.update(salt="00"),
        lambda d: d["about"].update(matter="M-1"), lambda d: d["exhibits"][0].update(captured_at="2026-11-19T00:00:00+00:00"),
        lambda d: d["exhibits"][0].update(custody=[]), lambda d: d["exhibits"][2].update(sha256="0" * 64, custody=[]),
        lambda d: d.update(sealed_at="2026-11-20T02:00:01+00:00"), lambda d: d.update(log="other"), lambda d: d["exhibits"][0].update(id="y", custody=[]),
    ],
)  # fmt: skip
def test_6_anything_in_the_list_that_the_log_did_not_record(change):
    failed_at(manifest(change), 6)


def test_6_a_changed_record():
    failed_at(changed("log/2.leaf", GOOD["log/2.leaf"].replace(b'"size":', b'"size": ')), 6)
    failed_at(changed("log/2.leaf", GOOD["log/1.leaf"]), 6)


@pytest.mark.parametrize(("number", "name"), [(7, "log/1.sha256.json"), (8, "log/3.sm3.json")])
@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["path"].__setitem__(0, "0" * 64), lambda d: d["path"].pop(), lambda d: d["path"].append("0" * 64),
        lambda d: d.update(index=0), lambda d: d.update(index=99), lambda d: d.update(tree_size=9), lambda d: d.update(leaf="0" * 64),
        lambda d: d.update(path="x"), lambda d: d.update(index="5"), lambda d: d.update(index=True), lambda d: d.update(hash="md5"),
        lambda d: d.update(leaf=None), lambda d: d.update(path=[1]), lambda d: d.clear(),
    ],
)  # fmt: skip
def test_7_and_8_a_path_that_does_not_lead_to_the_root(number, name, change):
    failed_at(proof(name, change), number)


def test_7_a_checkpoint_that_states_another_root_or_none():
    note = GOOD["log/checkpoint"]
    failed_at(changed("log/checkpoint", note.replace(b"\n8\n", b"\n9\n")), 7)
    failed_at(changed("log/checkpoint", b"x"), 7)


def test_8_a_checkpoint_that_states_another_sm3_root():
    lines = GOOD["log/checkpoint"].split(b"\n")
    lines[3] = b"sm3 " + base64.b64encode(b"x" * 32)
    failed_at(changed("log/checkpoint", b"\n".join(lines)), 8)


def signed_by(signer):
    """The same statement under another signature, the keys in the bundle left as they are."""
    point = open_checkpoint(GOOD["log/checkpoint"], LogKey(SIGNER.name, SIGNER.public))
    return changed("log/checkpoint", sign_checkpoint(replace(point, origin=signer.name), signer))


def test_9_a_checkpoint_signed_by_a_stranger_or_for_another_log():
    failed_at(signed_by(STRANGER), 9)
    failed_at(signed_by(KeySigner("log.example/other", SIGNER.private)), 9)
    head, _, tail = GOOD["log/checkpoint"].decode().rpartition(" ")
    data = bytearray(base64.b64decode(tail))
    data[-1] ^= 1
    failed_at(changed("log/checkpoint", f"{head} {base64.b64encode(data).decode()}\n".encode()), 9)


def test_9_a_whole_bundle_made_by_a_stranger_is_found_by_whoever_knows_the_key():
    forged = sealed_bytes(signer=STRANGER)
    assert verify(io.BytesIO(forged)).ok  # its own key says yes, and the report says what that is worth
    failed_at(forged, 9, log_keys=[LogKey(SIGNER.name, SIGNER.public).to_text()])
    failed_at(good_bundle(), 9, log_keys=[LogKey("log.example/other", SIGNER.public).to_text()])


class Stamper:
    """An authority that answers what it is told to."""

    certificates = b""

    def __init__(self, answer):
        self.answer = answer

    def stamps(self, algorithm):
        return algorithm is Algorithm.SHA256

    def stamp(self, digest, algorithm):
        del algorithm
        return self.answer(digest)


@pytest.mark.parametrize(
    "answer",
    [
        lambda digest: tokens.reply(digest=b"x" * 32),
        lambda digest: tokens.reply(digest=digest, signed=b"x"),
        lambda digest: tokens.reply(digest=digest, digest_oid="1.3.14.3.2.26"),
        lambda digest: b"x",
        lambda digest: tokens.reply(status="rejection", with_token=False),
    ],
)
def test_10_a_stamp_over_something_else_or_forged_or_none(answer):
    failed_at(sealed_bytes(authority=Stamper(answer)), 10)


def test_10_the_stamp_of_another_bundle():
    other = files_of(sealed_bytes(salt=b"t" * 16))
    failed_at(changed("time/sm3.tsr", other["time/sm3.tsr"]), 10)
    failed_at(changed("time/sha256.tsr", GOOD["time/sm3.tsr"]), 10)


def test_11_an_authority_nobody_named_an_expired_one_and_an_unfit_one(tmp_path):
    # Without certificates in the bundle and from the reader, no authority is known.
    failed_at(sealed_bytes(authority=Stamper(lambda digest: tokens.reply(digest=digest))), 11)
    stranger = LocalTimestampAuthority(tmp_path / "stranger", clock=lambda: NOW)
    failed_at(good_bundle(), 11, authorities=[stranger.certificates])
    LocalTimestampAuthority(tmp_path / "old", clock=lambda: NOW - timedelta(days=4000))
    failed_at(sealed_bytes(authority=LocalTimestampAuthority(tmp_path / "old", clock=lambda: NOW)), 11)
    by = (
        tokens.key(),
        tokens.certificate("web", tokens.key().public_key(), issuer_key=tokens.key(), usage=("1.3.6.1.5.5.7.3.1",)),
    )
    failed_at(sealed_bytes(authority=Stamper(lambda digest: tokens.reply(digest=digest, by=by))), 11)


def test_11_a_stamp_by_a_named_authority_passes_with_one_hash_alone():
    _, certificate = tokens.signer()
    bundle = sealed_bytes(authority=Stamper(lambda digest: tokens.reply(digest=digest)))
    report = verify(io.BytesIO(bundle), authorities=[certificate.public_bytes(tokens.Encoding.PEM)])
    assert report.ok


def test_a_signature_this_program_does_not_know_is_left_to_the_verifier_given():
    bundle = sealed_bytes(authority=Stamper(lambda digest: tokens.reply(digest=digest, signed=b"by another provider")))
    keys = {"authorities": [tokens.signer()[1].public_bytes(tokens.Encoding.PEM)]}
    failed_at(bundle, 10, **keys)
    assert verify(io.BytesIO(bundle), **keys, verifiers={"1.2.840.10045.4.3.2": lambda *_: True}).ok


@pytest.mark.parametrize("hours", [1, 5])
def test_12_a_stamp_older_than_the_sealing(tmp_path, hours):
    early = LocalTimestampAuthority(tmp_path, clock=lambda: NOW - timedelta(hours=hours))
    failed_at(sealed_bytes(authority=early), 12)


def test_12_captured_or_handled_after_it_was_sealed():
    late = [replace(items()[0], captured_at=NOW + timedelta(seconds=1), custody=())]
    failed_at(sealed_bytes(items=late), 12)
    failed_at(sealed_bytes(now=NOW - timedelta(hours=2)), 12)


def test_12_captured_after_it_was_received():
    failed_at(sealed_bytes(items=[replace(items()[0], captured_at=NOW - timedelta(hours=2))]), 12)
    assert verify(io.BytesIO(sealed_bytes(items=[replace(items()[0], captured_at=NOW - timedelta(hours=3))]))).ok


def test_clocks_may_differ_by_minutes(tmp_path):
    slow = LocalTimestampAuthority(tmp_path, clock=lambda: NOW - timedelta(minutes=4))
    assert verify(io.BytesIO(sealed_bytes(authority=slow))).ok


def test_what_the_reader_gives_must_be_keys():
    with pytest.raises(BadLogKey):
        verify(io.BytesIO(good_bundle()), log_keys=["x"])
    with pytest.raises(BadCertificates):
        verify(io.BytesIO(good_bundle()), authorities=[b"x"])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(good_bundle()) - 1), st.integers(1, 255))
def test_a_bundle_with_one_byte_changed_never_tells_another_story(at, bits):
    bundle = bytearray(good_bundle())
    bundle[at] ^= bits
    report = verify(io.BytesIO(bytes(bundle)))
    # Bytes of the zip's own dates and attributes carry nothing; everything that is told must be as it was sealed.
    if report.ok:
        assert report.about["exhibits"] == verify(io.BytesIO(good_bundle())).about["exhibits"]
        assert report.about["sealed_at"] == NOW.isoformat()
