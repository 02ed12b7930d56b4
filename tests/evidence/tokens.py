"""Certificates and RFC 3161 replies of any make, good and bad, built without the code under test."""

from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DATA = b"what is stamped"
SHA256_OID, SM3_OID = "2.16.840.1.101.3.4.2.1", "1.2.156.10197.1.401"


@cache
def key(kind="ec", number=0):
    del number
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else ec.generate_private_key(ec.SECP256R1())


def certificate(name, public, issuer=None, issuer_key=None, *, ca=False, usage=("1.3.6.1.5.5.7.3.8",), critical=True, path_length=None,
                sign_certificates=None, start=NOW - timedelta(days=1), days=3650, basic=True, ski=True):  # fmt: skip
    """Make a certificate; without an issuer it is self-signed by ``issuer_key``."""
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name)]
        if name
        else [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Org")]
    )
    made = x509.CertificateBuilder(issuer.subject if issuer else subject, subject, public, x509.random_serial_number())
    made = made.not_valid_before(start).not_valid_after(start + timedelta(days=days))
    if basic:
        made = made.add_extension(x509.BasicConstraints(ca, path_length), critical=True)
    if usage:
        made = made.add_extension(
            x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in usage]), critical=critical
        )
    if sign_certificates is not None:
        flags = dict.fromkeys(
            "content_commitment key_encipherment data_encipherment key_agreement crl_sign encipher_only decipher_only".split(),
            False,
        )
        made = made.add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=sign_certificates, **flags), critical=True
        )
    if ski:
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return made.sign(issuer_key, None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


@cache
def signer(kind="ec"):
    """Return a key and its self-signed certificate for time stamps."""
    return key(kind), certificate(f"self {kind}", key(kind).public_key(), issuer_key=key(kind))


def sign(private, data, algorithm):
    if algorithm == "rsassa_pss":
        return private.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return (
        private.sign(data)
        if isinstance(private, ed25519.Ed25519PrivateKey)
        else private.sign(data, ec.ECDSA(hashes.SHA256()))
    )


def signature_algorithm(name):
    if name != "rsassa_pss":
        return {"algorithm": name}
    sha = {"algorithm": "sha256"}
    mask = {"algorithm": "mgf1", "parameters": sha}
    return {"algorithm": name, "parameters": {"hash_algorithm": sha, "mask_gen_algorithm": mask, "salt_length": 32}}


def reply(*, digest=None, oid=SHA256_OID, by=None, algorithm="sha256_ecdsa", others=(), nonce=None, status="granted", with_token=True,
          content_type="tst_info", attributes=None, digest_oid=SHA256_OID, sid="issuer", include_signer=True, signed=None, at=NOW,
          signers=1, outer="signed_data", encapsulated="tst_info"):  # fmt: skip
    """Return the DER of a reply; every argument changes one thing about a good one."""
    private, own = by or signer()
    info = tsp.TSTInfo(
        {
            "version": "v1", "policy": "1.2.3", "serial_number": 7, "gen_time": at,
            "message_imprint": {"hash_algorithm": {"algorithm": oid}, "hashed_message": digest or hashed(DATA)},
            **({"nonce": nonce} if nonce is not None else {}),
        }
    )  # fmt: skip
    entry = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": own.fingerprint(hashes.SHA256())}
    good = {
        "content_type": {"type": "content_type", "values": [content_type]},
        "message_digest": {"type": "message_digest", "values": [hashed(info.dump())]},
        "signing_certificate_v2": {"type": "signing_certificate_v2", "values": [{"certs": [entry]}]},
    }
    chosen = cms.CMSAttributes([value for value in {**good, **(attributes or {})}.values() if value])
    loaded = asn1_x509.Certificate.load(own.public_bytes(Encoding.DER))
    named = {"issuer": loaded.issuer, "serial_number": loaded.serial_number}
    identity = {
        "issuer": cms.SignerIdentifier({"issuer_and_serial_number": named}),
        "key": cms.SignerIdentifier(
            {"subject_key_identifier": x509.SubjectKeyIdentifier.from_public_key(own.public_key()).digest}
        ),
    }
    one = {
        "version": "v1", "sid": identity[sid], "digest_algorithm": {"algorithm": digest_oid}, "signed_attrs": chosen,
        "signature_algorithm": signature_algorithm(algorithm), "signature": signed or sign(private, chosen.dump(), algorithm),
    }  # fmt: skip
    held = [*others, *([own] if include_signer else [])]
    content = cms.SignedData(
        {
            "version": "v3", "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": encapsulated, "content": core.ParsableOctetString(info.dump())},
            "certificates": [asn1_x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in held], "signer_infos": [one] * signers,
        }
    )  # fmt: skip
    token = cms.ContentInfo(
        {"content_type": outer, "content": content if outer == "signed_data" else core.OctetString(b"x")}
    )
    parts = [tsp.PKIStatusInfo({"status": status}).dump(), *([token.dump()] if with_token else [])]
    return core.Sequence(contents=b"".join(parts)).dump()


def hashed(data):
    running = hashes.Hash(hashes.SHA256())
    running.update(data)
    return running.finalize()


TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING.dotted_string
