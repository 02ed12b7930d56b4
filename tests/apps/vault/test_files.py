import hashlib

import pytest

from zhibao.apps.vault.errors import EmptyFile, FileChanged, FileMissing, FileTooLarge
from zhibao.apps.vault.store import files

CONTENT = b"\x89PNG fake picture " * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def keep(content=CONTENT, name="a.png"):
    with files.receive([content[:10], content[10:]], name) as received:
        received.keep()
        return received.digests


def leftovers(settings):
    return list((settings.ZHIBAO_VAULT / "arriving").iterdir())


def test_a_file_lies_under_its_digest_and_reads_back(settings):
    digests = keep()
    assert (digests.sha256, digests.size) == (SHA256, len(CONTENT))
    assert files.place_of(SHA256).read_bytes() == CONTENT
    with files.open_file(SHA256) as file:
        assert b"".join(files.chunks_of(file)) == CONTENT
    assert leftovers(settings) == []


def test_the_same_content_is_kept_once_and_mends_a_damaged_copy(settings):
    keep()
    place = files.place_of(SHA256)
    place.chmod(0o600)
    place.write_bytes(b"damaged")
    keep(name="another name.png")
    assert place.read_bytes() == CONTENT
    assert sum(1 for path in settings.ZHIBAO_VAULT.rglob("*") if path.is_file()) == 1


def test_what_is_not_kept_is_removed(settings):
    with files.receive([CONTENT], "a.png"):
        assert len(leftovers(settings)) == 1
    assert leftovers(settings) == []
    assert not files.place_of(SHA256).exists()


def test_an_empty_file_is_refused(settings):
    with pytest.raises(EmptyFile), files.receive([b""], "空.pdf"):
        pass
    assert leftovers(settings) == []


def test_a_file_over_the_limit_is_cut_off_while_it_arrives(settings):
    settings.ZHIBAO_VAULT_LIMIT = 2 * 1024 * 1024
    given = 0

    def endless():
        nonlocal given
        while True:
            given += 1
            yield bytes(1024 * 1024)

    with pytest.raises(FileTooLarge) as refused, files.receive(endless(), "大.mp4"):
        pass
    assert given == 3
    assert "2 兆字节" in refused.value.say("zh")
    assert leftovers(settings) == []


def test_a_flipped_bit_is_found_and_told():
    keep()
    place = files.place_of(SHA256)
    place.chmod(0o600)
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)
    with pytest.raises(FileChanged) as told:
        files.open_file(SHA256)
    assert SHA256 in told.value.say("zh")
    assert hashlib.sha256(content).hexdigest() in told.value.say("en")


def test_a_lost_file_is_told():
    with pytest.raises(FileMissing):
        files.open_file("0" * 64)
