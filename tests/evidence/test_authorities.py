from datetime import timedelta

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.evidence.tokens import NOW, TIME_STAMPING, certificate, key
from zhibao.evidence.authorities import check_authority, fingerprint, load_certificates, name_of
from zhibao.evidence.errors import AuthorityExpired, AuthorityUnfit, AuthorityUnknown, BadCertificates

ROOT_KEY, MIDDLE_KEY, SIGNER_KEY = key("ec", 1), key("rsa", 2), key("ec", 3)
ROOT = certificate("root", ROOT_KEY.public_key(), issuer_key=ROOT_KEY, ca=True, usage=())
MIDDLE = certificate(
    "middle", MIDDLE_KEY.public_key(), ROOT, ROOT_KEY, ca=True, usage=(), path_length=0, sign_certificates=True
)
SIGNER = certificate("signer", SIGNER_KEY.public_key(), MIDDLE, MIDDLE_KEY)
OTHER = certificate("root", key("ec", 4).public_key(), issuer_key=key("ec", 4), ca=True, usage=())


def names(chain):
    return [name_of(found) for found in chain]


def test_a_chain_leads_to_the_root_whatever_stands_beside_it():
    assert names(check_authority(SIGNER, (OTHER, ROOT, SIGNER, MIDDLE), (OTHER, ROOT), NOW)) == [
        "signer",
        "middle",
        "root",
    ]


def test_a_signer_or_an_issuer_may_itself_be_trusted():
    assert names(check_authority(SIGNER, (), (SIGNER,), NOW)) == ["signer"]
    assert names(check_authority(SIGNER, (), (MIDDLE,), NOW)) == ["signer", "middle"]


@pytest.mark.parametrize("trusted", [(), (OTHER,), (ROOT,)])
def test_without_a_chain_the_authority_is_unknown(trusted):
    # OTHER bears the root's name and not its key; with ROOT alone the middle is missing.
    with pytest.raises(AuthorityUnknown) as caught:
        check_authority(SIGNER, (OTHER,), trusted, NOW)
    assert "signer" in caught.value.say("zh")


@pytest.mark.parametrize("years", [-1, 11])
def test_out_of_its_time_the_authority_is_expired(years):
    with pytest.raises(AuthorityExpired):
        check_authority(SIGNER, (MIDDLE,), (ROOT,), NOW + timedelta(days=365 * years))


def test_one_expired_certificate_in_the_chain_is_enough():
    short = certificate("middle", MIDDLE_KEY.public_key(), ROOT, ROOT_KEY, ca=True, usage=(), days=3)
    with pytest.raises(AuthorityExpired) as caught:
        check_authority(SIGNER, (short,), (ROOT,), NOW + timedelta(days=30))
    assert caught.value.data["name"] == "middle"


@pytest.mark.parametrize(
    "changes",
    [
        {"usage": ()},
        {"usage": ("1.3.6.1.5.5.7.3.1",)},
        {"usage": (TIME_STAMPING, "1.3.6.1.5.5.7.3.1")},
        {"critical": False},
    ],
)
def test_a_certificate_not_meant_for_time_stamps_alone_is_unfit(changes):
    with pytest.raises(AuthorityUnfit):
        check_authority(
            certificate("signer", SIGNER_KEY.public_key(), MIDDLE, MIDDLE_KEY, **changes), (MIDDLE,), (ROOT,), NOW
        )


@pytest.mark.parametrize("changes", [{"ca": False}, {"basic": False}, {"sign_certificates": False}])
def test_one_that_may_not_issue_certificates_carries_no_chain(changes):
    middle = certificate("middle", MIDDLE_KEY.public_key(), ROOT, ROOT_KEY, **{"ca": True, "usage": (), **changes})
    with pytest.raises(AuthorityUnknown):
        check_authority(SIGNER, (middle,), (ROOT,), NOW)


def test_the_length_of_a_chain_is_held_to_what_its_issuers_allow():
    low_key = key("ec", 5)
    low = certificate("low", low_key.public_key(), MIDDLE, MIDDLE_KEY, ca=True, usage=())
    signer = certificate("signer", SIGNER_KEY.public_key(), low, low_key)
    with pytest.raises(AuthorityUnknown):
        check_authority(signer, (low, MIDDLE), (ROOT,), NOW)


def test_an_endless_chain_ends():
    keys = [key("ec", n) for n in range(10, 20)]
    chain = [certificate("c0", keys[0].public_key(), issuer_key=keys[0], ca=True, usage=())]
    for n in range(1, 10):
        chain.append(certificate(f"c{n}", keys[n].public_key(), chain[-1], keys[n - 1], ca=True, usage=()))
    signer = certificate("signer", SIGNER_KEY.public_key(), chain[-1], keys[-1])
    with pytest.raises(AuthorityUnknown):
        check_authority(signer, tuple(chain), (chain[0],), NOW)
    assert check_authority(signer, tuple(chain), (chain[6],), NOW)


def test_certificates_are_read_in_both_forms_and_nothing_else():
    pem = MIDDLE.public_bytes(Encoding.PEM) + ROOT.public_bytes(Encoding.PEM)
    assert load_certificates(pem) == (MIDDLE, ROOT)
    assert load_certificates(ROOT.public_bytes(Encoding.DER)) == (ROOT,)
    for bad in (b"", b"x", b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"):
        with pytest.raises(BadCertificates):
            load_certificates(bad)


def test_a_name_and_a_fingerprint():
    assert name_of(certificate("", SIGNER_KEY.public_key(), issuer_key=SIGNER_KEY)) == "O=Org"
    assert len(fingerprint(ROOT)) == 64


def test_a_certificate_that_only_seems_readable_is_refused():
    doc = asn1_x509.Certificate.load(ROOT.public_bytes(Encoding.DER))
    extensions = doc["tbs_certificate"]["extensions"]
    extensions.append(extensions[0])
    with pytest.raises(BadCertificates):
        load_certificates(doc.dump(force=True))
