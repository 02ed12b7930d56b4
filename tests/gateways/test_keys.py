import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from zhibao.evidence.checkpoint import Checkpoint, LogKey, open_checkpoint, sign_checkpoint
from zhibao.gateways.errors import BadKeyFile
from zhibao.gateways.keys import FolderSigner


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    folder = tmp_path / "new" / "keys"
    first = FolderSigner(folder, "log.example")
    assert FolderSigner(folder, "log.example").public == first.public
    assert stat.S_IMODE((folder / "log.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["log.key"]


def test_what_it_signs_is_opened_with_its_public_key(tmp_path):
    signer = FolderSigner(tmp_path, "log.example")
    point = Checkpoint("log.example", 1, b"a" * 32, b"b" * 32)
    assert open_checkpoint(sign_checkpoint(point, signer), LogKey(signer.name, signer.public)) == point


def test_many_that_start_at_once_share_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        publics = set(pool.map(lambda _: FolderSigner(tmp_path, "log.example").public, range(16)))
    assert len(publics) == 1


@pytest.mark.parametrize("kind", ["nonsense", "another kind of key"])
def test_what_is_no_key_of_a_log_is_refused(tmp_path, kind):
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "log.key").write_bytes(b"x" if kind == "nonsense" else other)
    with pytest.raises(BadKeyFile) as caught:
        FolderSigner(tmp_path, "log.example")
    assert caught.value.where.endswith("log.key")
