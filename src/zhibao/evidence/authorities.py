"""Who may make time stamps: certificates, and the chain from a stamp's signer to an authority the reader trusts.

Knows X.509 as far as time stamps need it. Does not ask whether a certificate was revoked: that takes a network.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhibao.evidence.errors import AuthorityExpired, AuthorityUnfit, AuthorityUnknown, BadCertificates

_PEM = b"-----BEGIN CERTIFICATE-----"
_LONGEST_CHAIN = 6


def load_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """Read certificates in PEM (any number) or DER (one). Raises BadCertificates."""
    try:
        many = x509.load_pem_x509_certificates(data) if _PEM in data else [x509.load_der_x509_certificate(data)]
        for certificate in many:
            parse_through(certificate)
    except (ValueError, x509.InvalidVersion):
        raise BadCertificates from None
    return tuple(many)


def parse_through(certificate: x509.Certificate) -> None:
    """Read what is otherwise read when first asked for, so that damage shows here. Raises ValueError."""
    try:
        _ = certificate.subject, certificate.issuer, certificate.extensions
        _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType, TypeError) as fault:
        raise ValueError(str(fault)) from fault


def name_of(certificate: x509.Certificate) -> str:
    """Return the common name of its holder, or the whole name where there is none."""
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else certificate.subject.rfc4514_string()


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate in hex."""
    return certificate.fingerprint(SHA256()).hex()


def check_authority(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> tuple[x509.Certificate, ...]:
    """Return the chain from ``signer`` to a trusted certificate, each valid at ``at`` and fit for its place.

    ``others`` are the certificates that came with the stamp, in any order. Raises AuthorityUnknown, AuthorityExpired
    or AuthorityUnfit.
    """
    _check_purpose(signer)
    chain = next(_chains((signer,), tuple(others), tuple(trusted)), None)
    if chain is None:
        raise AuthorityUnknown(name=name_of(signer))
    for certificate in chain:
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise AuthorityExpired(name=name_of(certificate))
    return chain


def _check_purpose(signer: x509.Certificate) -> None:
    """Hold the signer to RFC 3161, 2.3: extended key usage time-stamping alone, marked critical."""
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise AuthorityUnfit(name=name_of(signer), what="extendedKeyUsage") from None
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise AuthorityUnfit(name=name_of(signer), what="extendedKeyUsage")


def _chains(
    chain: tuple[x509.Certificate, ...], others: tuple[x509.Certificate, ...], trusted: tuple[x509.Certificate, ...]
) -> Iterator[tuple[x509.Certificate, ...]]:
    """Yield every chain that leads to a trusted certificate, shortest branches first."""
    last = chain[-1]
    if last in trusted:
        yield chain
    elif len(chain) < _LONGEST_CHAIN:
        for anchor in trusted:
            if _issued(anchor, last, below=len(chain) - 1):
                yield (*chain, anchor)
        for issuer in others:
            if issuer not in chain and _issued(issuer, last, below=len(chain) - 1):
                yield from _chains((*chain, issuer), others, trusted)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate, *, below: int) -> bool:
    """Say whether ``issuer`` may issue certificates, with ``below`` issuers under it, and issued this one."""
    try:
        basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    if not basic.ca or (basic.path_length is not None and basic.path_length < below):
        return False
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return True
