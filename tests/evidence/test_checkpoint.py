import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.samples import SIGNER
from zhibao.evidence.checkpoint import Checkpoint, KeySigner, LogKey, open_checkpoint, read_checkpoint, sign_checkpoint
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import BadCheckpoint, BadLogKey, CheckpointForged, CheckpointForm, CheckpointUnsigned

KEY = LogKey(SIGNER.name, SIGNER.public)
POINT = Checkpoint(SIGNER.name, 7, b"a" * 32, b"b" * 32)
NOTE = sign_checkpoint(POINT, SIGNER)
OTHER = KeySigner(SIGNER.name, Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))


def test_what_is_signed_is_read_back():
    assert open_checkpoint(NOTE, KEY) == POINT == read_checkpoint(NOTE)
    assert POINT.root(Algorithm.SHA256) == b"a" * 32
    assert POINT.root(Algorithm.SM3) == b"b" * 32


def test_the_published_note_and_its_key():
    # The example of the signed-note package this format comes from.
    key = LogKey.from_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert line[:4] == key.id
    Ed25519PublicKey.from_public_bytes(key.public).verify(line[4:], text.encode())


def test_a_key_is_written_as_it_is_read():
    assert LogKey.from_text(KEY.to_text() + "\n") == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a+b+c",
        KEY.to_text().replace("example", "other"),
        KEY.to_text()[:-4],
        "log+00000000+" + base64.b64encode(b"\x02" + b"k" * 32).decode(),
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(BadLogKey):
        LogKey.from_text(text)


def test_another_key_or_name_is_not_believed():
    with pytest.raises(CheckpointUnsigned):
        open_checkpoint(NOTE, LogKey(SIGNER.name, OTHER.public))
    with pytest.raises(CheckpointUnsigned):
        open_checkpoint(NOTE, LogKey("log.example/other", SIGNER.public))


def test_a_signature_in_the_name_of_the_key_that_it_did_not_make_is_forged():
    text, _, tail = NOTE.decode().rpartition("— ")
    forged = base64.b64encode(KEY.id + OTHER.sign(POINT.body().encode())).decode()
    with pytest.raises(CheckpointForged):
        open_checkpoint(f"{text}— {SIGNER.name} {forged}\n".encode(), KEY)
    # A good line beside it does not heal it.
    with pytest.raises(CheckpointForged):
        open_checkpoint(f"{text}— {tail}— {SIGNER.name} {forged}\n".encode(), KEY)


def test_a_witness_line_beside_is_let_be():
    assert (
        open_checkpoint(NOTE + f"— witness {base64.b64encode(b'wwww' + b's' * 64).decode()}\n".encode(), KEY) == POINT
    )


@given(st.integers(0, len(NOTE) - 1), st.integers(0, 7))
def test_no_bit_of_a_note_can_be_changed(at, bit):
    changed = NOTE[:at] + bytes([NOTE[at] ^ 1 << bit]) + NOTE[at + 1 :]
    with pytest.raises(BadCheckpoint):
        open_checkpoint(changed, KEY)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff",
        NOTE[:-1],
        NOTE.replace(b"\n7\n", b"\n07\n"),
        NOTE.replace(b"sm3 ", b"md5 "),
        NOTE.replace(b"\n\n", b"\n"),
        NOTE.replace(base64.b64encode(b"a" * 32), base64.b64encode(b"a" * 31)),
        NOTE.replace("— ".encode(), b"- "),
        NOTE.replace(base64.b64encode(b"a" * 32), b"*"),
        NOTE.rsplit(b" ", 1)[0] + b" AAAA\n",
        NOTE.replace(b"YWE=", b"YWF="),
        NOTE.rsplit(b" ", 1)[0] + b"\n",
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(CheckpointForm):
        open_checkpoint(note, KEY)


def test_a_log_signs_under_its_own_name_only():
    with pytest.raises(ValueError, match="own name"):
        sign_checkpoint(Checkpoint("other", 1, b"a" * 32, b"b" * 32), SIGNER)
    spaced = KeySigner("two words", SIGNER.private)
    with pytest.raises(ValueError, match="own name"):
        sign_checkpoint(Checkpoint("two words", 1, b"a" * 32, b"b" * 32), spaced)
