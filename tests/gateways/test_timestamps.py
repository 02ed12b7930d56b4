import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp

from tests.evidence import tokens
from zhibao.evidence.authorities import check_authority, load_certificates
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import TimestampForged, TimestampForm, TimestampOfOther
from zhibao.evidence.timestamps import verify_reply
from zhibao.gateways.errors import AuthorityAddress, AuthorityUnreachable, BadKeyFile
from zhibao.gateways.keys import FolderSigner
from zhibao.gateways.timestamps import HttpTimestampAuthority, LocalTimestampAuthority, NullTimestampAuthority

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_openssl_accepts_the_stamps_of_this_machine_and_refuses_them_for_another_content(tmp_path, openssl, algorithm):
    authority = LocalTimestampAuthority(tmp_path)
    (tmp_path / "data").write_bytes(b"stamped")
    (tmp_path / "other").write_bytes(b"not stamped")
    (tmp_path / "reply").write_bytes(authority.stamp(algorithm.digest(b"stamped"), algorithm))
    (tmp_path / "ca").write_bytes(authority.certificates)

    def check(name):
        command = [openssl, "ts", "-verify", "-in", "reply", "-data", name, "-CAfile", "ca"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    assert check("data") == 0
    assert check("other") != 0


@pytest.mark.parametrize("algorithm", Algorithm)
def test_our_own_verifier_agrees(tmp_path, algorithm):
    authority = LocalTimestampAuthority(tmp_path, clock=lambda: NOW)
    digest = algorithm.digest(b"stamped")
    stamp = verify_reply(authority.stamp(digest, algorithm), digest=digest, algorithm=algorithm)
    assert stamp.at == NOW
    assert check_authority(stamp.signer, stamp.others, load_certificates(authority.certificates), stamp.at)
    assert authority.stamps(algorithm)


def test_the_authority_of_this_machine_stays_itself(tmp_path):
    assert (
        LocalTimestampAuthority(tmp_path).certificates == LocalTimestampAuthority(tmp_path, url="ignored").certificates
    )


def test_a_key_file_of_another_kind_is_refused(tmp_path):
    FolderSigner(tmp_path, "log.example")
    path = tmp_path / "timestamps.pem"
    path.write_bytes(b"x")
    with pytest.raises(BadKeyFile):
        LocalTimestampAuthority(tmp_path)
    certificate = tokens.signer("ed25519")[1].public_bytes(tokens.Encoding.PEM)
    path.write_bytes((tmp_path / "log.key").read_bytes() + certificate)
    with pytest.raises(BadKeyFile):
        LocalTimestampAuthority(tmp_path)


def test_no_authority_warns_and_stamps_nothing(tmp_path):
    with pytest.warns(UserWarning, match="no time-stamp authority"):
        nobody = NullTimestampAuthority(tmp_path, url="")
    assert not any(nobody.stamps(algorithm) for algorithm in Algorithm)
    with pytest.raises(NotImplementedError):
        nobody.stamp(b"", Algorithm.SM3)


@pytest.fixture
def serve():
    """Serve time stamps on this machine: ``answer`` gets the request's bytes and returns the reply's."""
    servers = []

    def start(answer, status=200):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                assert self.headers["Content-Type"] == "application/timestamp-query"
                reply = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *args):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def honest(request):
    asked = tsp.TimeStampReq.load(request)
    imprint = asked["message_imprint"]
    return tokens.reply(
        digest=imprint["hashed_message"].native,
        oid=imprint["hash_algorithm"]["algorithm"].dotted,
        nonce=asked["nonce"].native,
    )


@pytest.mark.parametrize("algorithm", Algorithm)
def test_an_authority_is_asked_over_http(tmp_path, serve, algorithm):
    (tmp_path / "timestamp-authority.pem").write_bytes(b"known")
    authority = HttpTimestampAuthority(tmp_path, url=serve(honest), algorithms=tuple(Algorithm))
    digest = algorithm.digest(b"stamped")
    assert verify_reply(authority.stamp(digest, algorithm), digest=digest, algorithm=algorithm)
    assert authority.certificates == b"known"


def test_only_what_the_authority_takes_is_asked_for(tmp_path):
    authority = HttpTimestampAuthority(tmp_path, url="https://tsa.example/")
    assert [authority.stamps(algorithm) for algorithm in Algorithm] == [True, False]
    assert authority.certificates == b""


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda _: b"<html>", TimestampForm),
        (lambda _: tokens.reply(digest=b"x" * 32), TimestampOfOther),
        (lambda _: tokens.reply(digest=Algorithm.SHA256.digest(b"stamped"), nonce=1), TimestampForged),
    ],
)
def test_an_answer_that_does_not_hold_is_refused_at_once(tmp_path, serve, answer, fault):
    with pytest.raises(fault):
        HttpTimestampAuthority(tmp_path, url=serve(answer)).stamp(Algorithm.SHA256.digest(b"stamped"), Algorithm.SHA256)


def test_no_answer_is_told_with_the_address(tmp_path, serve):
    digest = Algorithm.SHA256.digest(b"stamped")
    with pytest.raises(AuthorityUnreachable) as caught:
        HttpTimestampAuthority(tmp_path, url=serve(honest, status=503)).stamp(digest, Algorithm.SHA256)
    assert "503" in caught.value.say("zh")
    with pytest.raises(AuthorityUnreachable):
        HttpTimestampAuthority(tmp_path, url="http://127.0.0.1:9/", timeout=timedelta(seconds=2).total_seconds()).stamp(
            digest, Algorithm.SHA256
        )


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "tsa.example"])
def test_an_address_that_is_not_http_is_refused(tmp_path, url):
    with pytest.raises(AuthorityAddress):
        HttpTimestampAuthority(tmp_path, url=url)
