"""Time-stamp authorities: one over HTTP, one of this machine for trials, and none.

Each takes ``(folder, *, url="")``, so that settings can name the class. What a stamp proves is checked in evidence/.
"""

import secrets
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhibao.evidence.digests import Algorithm
from zhibao.evidence.timestamps import LONGEST_REPLY, imprint, make_request, verify_reply
from zhibao.gateways.errors import AuthorityAddress, AuthorityUnreachable, BadKeyFile
from zhibao.gateways.keys import kept_once

TIMEOUT = 20  # seconds: an authority answers in well under one
_YEARS = 10
# An object identifier anybody may make from a random number (X.667), standing for "no promises".
_POLICY = "2.25.211484012953217389124785930482093112771"


def _now() -> datetime:
    return datetime.now(UTC)


class LocalTimestampAuthority:
    """An authority of this machine for trials and tests: its stamps are well formed and prove only what its clock said.

    Key and self-signed certificate lie in ``folder``/timestamps.pem and are made on first use.
    """

    def __init__(self, folder: Path, *, url: str = "", clock: Callable[[], datetime] = _now) -> None:
        del url
        self._clock = clock
        path = folder / "timestamps.pem"
        pem = kept_once(path, lambda: _new_authority(clock()))
        try:
            key, self._certificate = load_pem_private_key(pem, None), x509.load_pem_x509_certificate(pem)
        except (ValueError, TypeError):
            raise BadKeyFile(where=str(path), name=path.name) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise BadKeyFile(where=str(path), name=path.name)
        self._key = key

    @property
    def certificates(self) -> bytes:
        """The certificate in PEM."""
        return self._certificate.public_bytes(Encoding.PEM)

    def stamps(self, algorithm: Algorithm) -> bool:
        """Both."""
        return algorithm in Algorithm

    def stamp(self, digest: bytes, algorithm: Algorithm) -> bytes:
        """Return the DER of a granted reply over ``digest``."""
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _POLICY,
                "message_imprint": imprint(digest, algorithm),
                "serial_number": secrets.randbits(63),
                "gen_time": self._clock().astimezone(UTC).replace(microsecond=0),
                "accuracy": {"seconds": 1},
            }
        )
        token = cms.ContentInfo({"content_type": "signed_data", "content": self._signed(info)})
        status = tsp.PKIStatusInfo({"status": "granted"})
        return bytes(tsp.TimeStampResp({"status": status, "time_stamp_token": token}).dump())

    def _signed(self, info: Any) -> Any:
        """Return the CMS SignedData over the TSTInfo, signed with ECDSA and SHA-256."""
        certificate = asn1_x509.Certificate.load(self._certificate.public_bytes(Encoding.DER))
        hashed = {"algorithm": "sha256"}
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [Algorithm.SHA256.digest(info.dump())]},
                {
                    "type": "signing_certificate_v2",
                    "values": [
                        {"certs": [{"hash_algorithm": hashed, "cert_hash": self._certificate.fingerprint(SHA256())}]}
                    ],
                },
            ]
        )
        issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
            "digest_algorithm": hashed,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": self._key.sign(attributes.dump(), ec.ECDSA(SHA256())),
        }
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [hashed],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info.dump())},
                "certificates": [certificate],
                "signer_infos": [signer],
            }
        )


def _new_authority(now: datetime) -> bytes:
    """Return a new key and its self-signed certificate in PEM: for time stamps alone, as RFC 3161 asks."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Zhibao local time stamps (trial)")])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


class HttpTimestampAuthority:
    """An authority asked over HTTP (RFC 3161, 3.4), and held to its answer at once.

    ``folder``/timestamp-authority.pem holds its certificates, where they are known; they travel in the bundles.
    ``algorithms`` says which imprints it takes: many know SHA-256 only.
    """

    def __init__(
        self,
        folder: Path,
        *,
        url: str,
        algorithms: tuple[Algorithm, ...] = (Algorithm.SHA256,),
        timeout: float = TIMEOUT,
    ) -> None:
        if not url.startswith(("https://", "http://")):
            raise AuthorityAddress(url=url)
        known = folder / "timestamp-authority.pem"
        self.certificates = known.read_bytes() if known.exists() else b""
        self._url, self._algorithms, self._timeout = url, algorithms, timeout

    def stamps(self, algorithm: Algorithm) -> bool:
        """Say whether it takes digests in that algorithm."""
        return algorithm in self._algorithms

    def stamp(self, digest: bytes, algorithm: Algorithm) -> bytes:
        """Return its reply, verified. Raises AuthorityUnreachable, or a BadTimestamp for an answer that does not hold."""
        nonce = secrets.randbits(63)
        request = urllib.request.Request(  # noqa: S310 the address is the operator's, its scheme checked above
            self._url, make_request(digest, algorithm, nonce), {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 as above
                reply = bytes(answer.read(LONGEST_REPLY + 1))
        except urllib.error.HTTPError as fault:
            fault.close()
            raise AuthorityUnreachable(url=self._url, what=f"HTTP {fault.code}") from None
        except (OSError, ValueError) as fault:
            raise AuthorityUnreachable(url=self._url, what=str(fault)) from fault
        verify_reply(reply, digest=digest, algorithm=algorithm, nonce=nonce)
        return reply


class NullTimestampAuthority:
    """No authority: bundles are sealed without a time stamp, and verification says that their time is not attested."""

    certificates = b""

    def __init__(self, folder: Path, *, url: str = "") -> None:
        del folder, url
        warnings.warn("no time-stamp authority: bundles will not attest their time", stacklevel=2)

    def stamps(self, algorithm: Algorithm) -> bool:
        """Neither."""
        del algorithm
        return False

    def stamp(self, digest: bytes, algorithm: Algorithm) -> bytes:
        """There is nothing to ask. Raises NotImplementedError."""
        raise NotImplementedError
