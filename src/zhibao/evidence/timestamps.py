"""RFC 3161 time stamps: requests, replies, and the verification of a token in process, with SHA-256 or SM3 imprints.

Knows no network and no trust: who the signer is, is for ``authorities``. Certificates may stand in any order.
Signature algorithms the cryptography package does not know (SM2) may be given as verifiers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from zhibao.evidence.authorities import parse_through
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import (
    TimestampAlgorithm,
    TimestampForged,
    TimestampForm,
    TimestampOfOther,
    TimestampRefused,
)

OIDS = MappingProxyType({Algorithm.SHA256: "2.16.840.1.101.3.4.2.1", Algorithm.SM3: "1.2.156.10197.1.401"})
# What may stand under a signature. SHA-1 and MD5 may not: two contents with one digest can be made.
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = MappingProxyType(
    {
        OIDS[Algorithm.SHA256]: hashes.SHA256,
        "2.16.840.1.101.3.4.2.2": hashes.SHA384,
        "2.16.840.1.101.3.4.2.3": hashes.SHA512,
        OIDS[Algorithm.SM3]: hashes.SM3,
    }
)
_SIGNED_WITH: Mapping[str, Callable[[], hashes.HashAlgorithm]] = MappingProxyType(
    {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
)
_GRANTED = (0, 1)
_SET_OF = b"\x31"
LONGEST_REPLY = 1 << 20

# A verifier of a signature algorithm, by its OID: (DER of the signer's certificate, signature, signed bytes) -> holds.
Verifier = Callable[[bytes, bytes, bytes], bool]


class TimestampAuthority(Protocol):
    """Whoever makes time stamps. ``certificates`` is PEM, empty where it is not known beforehand."""

    @property
    def certificates(self) -> bytes: ...
    def stamps(self, algorithm: Algorithm) -> bool:
        """Say whether it stamps digests in that algorithm."""
        ...

    def stamp(self, digest: bytes, algorithm: Algorithm) -> bytes:
        """Return the DER of the reply over ``digest``."""
        ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token whose signature holds: when, by which certificate, and the certificates that came with it."""

    at: datetime
    serial: int
    policy: str
    algorithm: Algorithm
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]


def make_request(digest: bytes, algorithm: Algorithm, nonce: int) -> bytes:
    """Return the DER of a request that asks for the signer's certificate too (RFC 3161, 2.4.1)."""
    request = tsp.TimeStampReq(
        {"version": "v1", "message_imprint": imprint(digest, algorithm), "nonce": nonce, "cert_req": True}
    )
    return bytes(request.dump())


def imprint(digest: bytes, algorithm: Algorithm) -> Any:
    """Return the MessageImprint of a digest."""
    return tsp.MessageImprint({"hash_algorithm": {"algorithm": OIDS[algorithm]}, "hashed_message": digest})


def verify_reply(
    reply: bytes,
    *,
    digest: bytes,
    algorithm: Algorithm,
    nonce: int | None = None,
    verifiers: Mapping[str, Verifier] = MappingProxyType({}),
) -> Stamp:
    """Hold a reply to the digest it should be over, and its signature to the certificate it carries.

    Raises a BadTimestamp: TimestampForm, TimestampRefused, TimestampOfOther, TimestampAlgorithm or TimestampForged.
    """
    try:
        return _verified(reply, digest, algorithm, nonce, verifiers)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, x509.InvalidVersion):
        # asn1crypto reads lazily and answers damage with any of these, wherever it is first looked at.
        raise TimestampForm(what="DER") from None


def _verified(
    reply: bytes, digest: bytes, algorithm: Algorithm, nonce: int | None, verifiers: Mapping[str, Verifier]
) -> Stamp:
    signed = _signed_data(reply)
    info, signer, attributes, certificates = _parts(signed)
    _check_imprint(info, digest, algorithm, nonce)
    certificate = _signer_certificate(signer, certificates)
    _check_attributes(signer, attributes, signed, certificate)
    _check_signature(signer, certificate, verifiers)
    return Stamp(
        at=info["gen_time"].native,
        serial=info["serial_number"].native,
        policy=info["policy"].dotted,
        algorithm=algorithm,
        signer=certificate,
        others=tuple(found for found in certificates if found != certificate),
    )


def _signed_data(reply: bytes) -> Any:
    """Return the CMS SignedData of a granted reply."""
    if len(reply) > LONGEST_REPLY:
        raise TimestampForm(what=f"> {LONGEST_REPLY} B")
    parts = core.Sequence.load(reply, strict=True)
    status = tsp.PKIStatusInfo.load(parts[0].dump())
    if int(status["status"]) not in _GRANTED:
        raise TimestampRefused(what=_why(status))
    token = cms.ContentInfo.load(parts[1].dump())
    content = token["content"]
    if token["content_type"].native != "signed_data" or len(content["signer_infos"]) != 1:
        raise TimestampForm(what="SignedData")
    if content["encap_content_info"]["content_type"].native != "tst_info":
        raise TimestampForm(what="TSTInfo")
    return content


def _why(status: Any) -> str:
    """Return what the authority said, as far as it said something."""
    said = [str(text) for text in status["status_string"].native or ()]
    info = status["fail_info"].native
    return "; ".join([str(status["status"].native), *said, *sorted(info or ())])


def _parts(signed: Any) -> tuple[Any, Any, Any, tuple[x509.Certificate, ...]]:
    """Return TSTInfo, SignerInfo, its signed attributes by name, and the certificates, every one parsed through."""
    info = signed["encap_content_info"]["content"].parsed
    info.native  # noqa: B018 asn1crypto parses lazily; what cannot be read must fail here
    signer = signed["signer_infos"][0]
    attributes = {found["type"].native: found["values"] for found in signer["signed_attrs"]}
    certificates = tuple(
        x509.load_der_x509_certificate(choice.chosen.dump())
        for choice in signed["certificates"]
        if choice.name == "certificate"
    )
    for certificate in certificates:
        parse_through(certificate)
    if len(attributes) != len(signer["signed_attrs"]):
        raise TimestampForm(what="signedAttrs")
    return info, signer, attributes, certificates


def _check_imprint(info: Any, digest: bytes, algorithm: Algorithm, nonce: int | None) -> None:
    found = info["message_imprint"]
    same = found["hash_algorithm"]["algorithm"].dotted == OIDS[algorithm] and found["hashed_message"].native == digest
    if not same:
        raise TimestampOfOther(algorithm=algorithm.value.upper())
    if nonce is not None and info["nonce"].native != nonce:
        raise TimestampForged(what="nonce")


def _signer_certificate(signer: Any, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate:
    """Return the certificate SignerInfo names, wherever in the set it stands."""
    sid = signer["sid"]
    for certificate in certificates:
        if sid.name == "issuer_and_serial_number":
            issuer = certificate.issuer.public_bytes()
            if (issuer, certificate.serial_number) == (
                sid.chosen["issuer"].dump(),
                sid.chosen["serial_number"].native,
            ):
                return certificate
        elif _key_identifier(certificate) == sid.chosen.native:
            return certificate
    raise TimestampForm(what="signer certificate")


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return None


def _check_attributes(signer: Any, attributes: Any, signed: Any, certificate: x509.Certificate) -> None:
    """Hold the signed attributes to the content and to the certificate (RFC 5652, 11; RFC 5035)."""
    content = bytes(signed["encap_content_info"]["content"])
    digest = hashes.Hash(_hash_of(signer["digest_algorithm"]["algorithm"].dotted))
    digest.update(content)
    if attributes["content_type"][0].native != "tst_info":
        raise TimestampForged(what="contentType")
    if attributes["message_digest"][0].native != digest.finalize():
        raise TimestampForged(what="messageDigest")
    if not _names_certificate(attributes, certificate):
        raise TimestampForged(what="signingCertificate")


def _names_certificate(attributes: Any, certificate: x509.Certificate) -> bool:
    """Say whether ESSCertID (its first entry is the signer's) is the hash of this certificate."""
    if "signing_certificate_v2" in attributes:
        entry = attributes["signing_certificate_v2"][0]["certs"][0]
        kind = _hash_of(entry["hash_algorithm"]["algorithm"].dotted)
    else:
        entry = attributes["signing_certificate"][0]["certs"][0]
        # RFC 2634 knows only SHA-1 here; the signature itself stands on a better hash.
        kind = hashes.SHA1()  # noqa: S303 the format has no other
    return bool(entry["cert_hash"].native == certificate.fingerprint(kind))


def _check_signature(signer: Any, certificate: x509.Certificate, verifiers: Mapping[str, Verifier]) -> None:
    """Verify over the attributes, re-tagged as the SET OF they are signed as (RFC 5652, 5.4)."""
    signed = _SET_OF + signer["signed_attrs"].dump()[1:]
    signature = signer["signature"].native
    algorithm = signer["signature_algorithm"]
    oid = algorithm["algorithm"].dotted
    try:
        if oid in verifiers:
            holds = verifiers[oid](certificate.public_bytes(Encoding.DER), signature, signed)
        else:
            holds = _verify(certificate, algorithm, signer["digest_algorithm"]["algorithm"].dotted, signature, signed)
    except InvalidSignature:
        holds = False
    except (UnsupportedAlgorithm, ValueError):
        raise TimestampAlgorithm(algorithm=oid) from None
    if not holds:
        raise TimestampForged(what="signature")


def _verify(certificate: x509.Certificate, algorithm: Any, digest_oid: str, signature: bytes, signed: bytes) -> bool:
    """Verify with the key of the certificate. Raises InvalidSignature, or UnsupportedAlgorithm."""
    name, key = algorithm["algorithm"].native, certificate.public_key()
    if isinstance(key, ed25519.Ed25519PublicKey) and name == "ed25519":
        key.verify(signature, signed)
        return True
    prefix, _, family = name.partition("_")
    kind = _SIGNED_WITH[prefix]() if prefix in _SIGNED_WITH and family else _hash_of(digest_oid)
    if isinstance(key, ec.EllipticCurvePublicKey) and name.endswith("ecdsa"):
        key.verify(signature, signed, ec.ECDSA(kind))
        return True
    if isinstance(key, rsa.RSAPublicKey) and name in {"rsassa_pkcs1v15", "sha256_rsa", "sha384_rsa", "sha512_rsa"}:
        key.verify(signature, signed, padding.PKCS1v15(), kind)
        return True
    if isinstance(key, rsa.RSAPublicKey) and name == "rsassa_pss":
        parameters = algorithm["parameters"]
        kind = _hash_of(parameters["hash_algorithm"]["algorithm"].dotted)
        mask = _hash_of(parameters["mask_gen_algorithm"]["parameters"]["algorithm"].dotted)
        key.verify(signature, signed, padding.PSS(padding.MGF1(mask), parameters["salt_length"].native), kind)
        return True
    raise UnsupportedAlgorithm(name)


def _hash_of(oid: str) -> hashes.HashAlgorithm:
    if oid not in _HASHES:
        raise TimestampAlgorithm(algorithm=oid)
    return _HASHES[oid]()
