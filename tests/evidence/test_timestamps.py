import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms, core
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence import tokens
from zhibao.evidence.authorities import check_authority, load_certificates, name_of
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import (
    BadTimestamp,
    TimestampAlgorithm,
    TimestampForged,
    TimestampForm,
    TimestampOfOther,
    TimestampRefused,
)
from zhibao.evidence.timestamps import LONGEST_REPLY, make_request, verify_reply

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "rfc3161"
STAMPED = (VECTORS / "data.txt").read_bytes()
ROOT = load_certificates((VECTORS / "root.crt").read_bytes())
SHA, SM3 = Algorithm.SHA256, Algorithm.SM3


def verified(reply, algorithm=SHA, **more):
    return verify_reply(reply, digest=algorithm.digest(tokens.DATA), algorithm=algorithm, **more)


@pytest.mark.parametrize("name", ["sha256.tsr", "sm3.tsr", "ess-sha1.tsr", "ec.tsr"])
def test_stamps_made_by_openssl_hold_and_lead_to_their_root(name):
    algorithm = SM3 if "sm3" in name else SHA
    stamp = verify_reply((VECTORS / name).read_bytes(), digest=algorithm.digest(STAMPED), algorithm=algorithm)
    chain = check_authority(stamp.signer, stamp.others, ROOT, stamp.at)
    assert name_of(chain[-1]) == "Vector Root"
    assert stamp.policy == "1.2.3.4.1"


def test_certificates_that_are_not_in_der_order_are_read():
    reply = core.Sequence.load((VECTORS / "sha256.tsr").read_bytes())
    held = [c.dump() for c in cms.ContentInfo.load(reply[1].dump())["content"]["certificates"]]
    assert held != sorted(held)


def test_a_reply_that_grants_nothing_says_why():
    with pytest.raises(TimestampRefused) as caught:
        verify_reply((VECTORS / "refused.tsr").read_bytes(), digest=b"", algorithm=SHA)
    assert "not supported" in caught.value.say("zh")


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [
        ("ec", "sha256_ecdsa"),
        ("rsa", "sha256_rsa"),
        ("rsa", "rsassa_pkcs1v15"),
        ("rsa", "rsassa_pss"),
        ("ed25519", "ed25519"),
    ],
)
def test_the_usual_signatures_hold_and_others_by_the_same_key_do_not(kind, algorithm):
    by = tokens.signer(kind)
    assert verified(tokens.reply(by=by, algorithm=algorithm)).at == tokens.NOW
    with pytest.raises(TimestampForged):
        verified(tokens.reply(by=by, algorithm=algorithm, signed=tokens.sign(by[0], b"other", algorithm)))


def test_the_signer_may_be_named_by_its_key():
    assert verified(
        tokens.reply(
            sid="key", others=(tokens.certificate("x", tokens.key().public_key(), issuer_key=tokens.key(), ski=False),)
        )
    )


@pytest.mark.parametrize("changes", [{"include_signer": False}, {"include_signer": False, "sid": "key"}])
def test_a_token_without_its_signers_certificate_is_refused(changes):
    with pytest.raises(TimestampForm):
        verified(tokens.reply(**changes))


def test_another_content_or_algorithm_is_not_what_was_stamped():
    with pytest.raises(TimestampOfOther):
        verify_reply(tokens.reply(), digest=SHA.digest(b"other"), algorithm=SHA)
    with pytest.raises(TimestampOfOther):
        verify_reply(tokens.reply(), digest=SHA.digest(tokens.DATA), algorithm=SM3)


def test_the_nonce_must_come_back():
    assert verified(tokens.reply(nonce=5), nonce=5)
    for given_nonce in (None, 6):
        with pytest.raises(TimestampForged):
            verified(tokens.reply(nonce=given_nonce), nonce=5)


@pytest.mark.parametrize(
    "attributes",
    [
        {"message_digest": {"type": "message_digest", "values": [b"x" * 32]}},
        {"content_type": {"type": "content_type", "values": ["data"]}},
        {
            "signing_certificate_v2": {
                "type": "signing_certificate_v2",
                "values": [{"certs": [{"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": b"x" * 32}]}],
            }
        },
    ],
)
def test_attributes_that_name_another_content_or_certificate_are_forged(attributes):
    with pytest.raises(TimestampForged):
        verified(tokens.reply(attributes=attributes))


@pytest.mark.parametrize(
    "changes",
    [
        {"attributes": {"message_digest": None}},
        {"attributes": {"signing_certificate_v2": None}},
        {"attributes": {"twice": {"type": "content_type", "values": ["tst_info"]}}},
        {"signers": 2}, {"outer": "data"}, {"encapsulated": "data"}, {"with_token": False},
    ],
)  # fmt: skip
def test_what_is_not_shaped_like_a_token_is_refused(changes):
    with pytest.raises(TimestampForm):
        verified(tokens.reply(**changes))


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"x",
        b"\x30\x03\x02\x01\x00",
        b"\x30\x80",
        (VECTORS / "sha256.tsr").read_bytes()[:-9],
        b"0" * (LONGEST_REPLY + 1),
    ],
)
def test_what_is_no_reply_is_refused(reply):
    with pytest.raises(TimestampForm):
        verified(reply)


@pytest.mark.parametrize(
    "changes",
    [
        {"digest_oid": "1.3.14.3.2.26"},  # SHA-1 under the signature
        {"algorithm": "sha1_ecdsa", "digest_oid": "1.3.14.3.2.26"},
        {"algorithm": "sha256_rsa"},  # not the kind of key the certificate holds
        {"algorithm": "dsa"},
    ],
)
def test_weak_or_unfit_algorithms_are_refused(changes):
    with pytest.raises(BadTimestamp) as caught:
        verified(tokens.reply(**changes))
    assert isinstance(caught.value, TimestampAlgorithm)


def test_an_algorithm_given_from_outside_is_asked():
    oid = "1.2.840.10045.4.3.2"
    asked = []

    def verifier(certificate, signature, signed):
        asked.append((certificate, signature, signed))
        return len(asked) == 1

    reply = tokens.reply(signed=b"by another provider")
    assert verified(reply, verifiers={oid: verifier})
    with pytest.raises(TimestampForged):
        verified(reply, verifiers={oid: verifier})
    assert asked[0][1] == b"by another provider"
    assert asked[0][2][:1] == b"\x31"


GOOD = tokens.reply(others=(tokens.signer("rsa")[1],))


def test_a_certificate_of_a_version_that_does_not_exist_is_damage():
    version = b"\xa0\x03\x02\x01\x02"
    assert version in GOOD
    with pytest.raises(TimestampForm):
        verified(GOOD.replace(version, version[:-1] + b"\x05"))


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 7))
def test_a_changed_bit_never_gives_another_time_or_signer(at, bit):
    changed = GOOD[:at] + bytes([GOOD[at] ^ 1 << bit]) + GOOD[at + 1 :]
    try:
        stamp = verified(changed)
    except BadTimestamp:
        return
    # A bit outside what is signed (a certificate beside, an optional field of the envelope) may change nothing that counts.
    good = verified(GOOD)
    assert (stamp.at, stamp.serial, stamp.policy, stamp.signer) == (good.at, good.serial, good.policy, good.signer)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_openssl_reads_our_requests(algorithm, tmp_path, openssl):
    path = tmp_path / "request.tsq"
    path.write_bytes(make_request(algorithm.digest(b"x"), algorithm, 12345))
    said = subprocess.run(
        [openssl, "ts", "-query", "-in", path, "-text"], capture_output=True, text=True, check=True
    ).stdout
    assert f"Hash Algorithm: {algorithm.value}" in said
    assert "Certificate required: yes" in said
