import gzip
import io
import zipfile

import pytest

from zhibao.apps.vault import archives
from zhibao.apps.vault.archives import check_archive
from zhibao.apps.vault.errors import ArchiveBomb, ArchiveTooDeep, ArchiveTooManyFiles, ArchiveUnreadable


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return kept.getvalue()


def check(content, name="证据.zip", media_type="application/zip"):
    check_archive(io.BytesIO(content), name, len(content), media_type)


def test_an_honest_archive_passes():
    check(zipped({"清单.csv": "茶杯,12\n" * 10_000, "folder/": "", "folder/a.txt": "a"}))
    check(zipped({"inner.zip": zipped({"a.txt": "a"})}))
    check(b"plain text", "a.txt", "text/plain")
    check(gzip.compress(b"a" * 1000), "a.gz", "application/gzip")


def test_a_bomb_is_refused_with_what_it_would_become():
    with pytest.raises(ArchiveBomb) as refused:
        check(zipped({"0.bin": bytes(64 * 1024 * 1024)}))
    assert "64 兆字节" in refused.value.say("zh")
    assert "证据.zip" in refused.value.say("en")


def test_a_bomb_inside_an_archive_is_refused():
    inner = zipped({f"{n}.bin": bytes(30 * 1024 * 1024) for n in range(3)})
    with pytest.raises(ArchiveBomb):
        check(zipped({"a.zip": inner}))


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole():
    with pytest.raises(ArchiveBomb):
        check(gzip.compress(bytes(64 * 1024 * 1024)), "a.gz", "application/gzip")


def test_entries_that_share_their_bytes_are_refused():
    content = bytearray(zipped({"a.bin": b"x" * 5000}, zipfile.ZIP_STORED))
    directory = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = bytes(content[directory:end])
    tail = bytearray(content[end:])
    tail[8:10] = tail[10:12] = (3).to_bytes(2, "little")
    tail[12:16] = (3 * len(entry)).to_bytes(4, "little")
    with pytest.raises(ArchiveBomb):
        check(bytes(content[:directory]) + entry * 3 + bytes(tail))


def test_an_entry_that_says_it_is_smaller_than_it_is_is_refused():
    content = bytearray(zipped({"a.bin": bytes(range(256)) * 4000}, zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature)
        content[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ArchiveUnreadable):
        check(bytes(content))


def test_archives_nested_too_deep_are_refused():
    content = zipped({"a.txt": "a"})
    for _ in range(archives.MAX_DEPTH):
        content = zipped({"inner.zip": content}, zipfile.ZIP_STORED)
    with pytest.raises(ArchiveTooDeep):
        check(content)


def test_inner_archives_too_big_to_look_into_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_INNER", 100)
    with pytest.raises(ArchiveTooDeep):
        check(zipped({"inner.zip": zipped({"a.txt": "a" * 500}, zipfile.ZIP_STORED)}))


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_FILES", 3)
    with pytest.raises(ArchiveTooManyFiles):
        check(zipped({f"{n}.txt": "" for n in range(4)}))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"PK\x03\x04 broken", "application/zip"),
        (zipped({"a.txt": "a" * 500})[:-30], "application/zip"),
        (gzip.compress(b"a" * 10_000)[:-20], "application/gzip"),
    ],
    ids=["no directory", "zip cut short", "gzip cut short"],
)
def test_a_damaged_archive_is_refused(content, media_type):
    with pytest.raises(ArchiveUnreadable):
        check(content, media_type=media_type)
