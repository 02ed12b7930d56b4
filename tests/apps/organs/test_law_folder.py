"""The packs of an installation on disk: staged as copies, put in place in one step, kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from zhibao.apps.organs import law_folder
from zhibao.apps.organs.errors import LawFileName, LawPackGone
from zhibao.rules.errors import LawNoRoot


@pytest.fixture(autouse=True)
def shipped(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    root = tmp_path / "law" / "cn-one"
    (root / "measures").mkdir(parents=True)
    (root / "measures" / "a.yaml").write_text("id: a")
    settings.ZHIBAO_LAW = (root,)
    return root


def take(now, pack_hash="f" * 64, **files):
    with law_folder.changing(), law_folder.staged() as candidate:
        for name, content in files.items():
            law_folder.write_local(candidate, f"measures/{name}.yaml", content)
        return law_folder.take_into_use(candidate, pack_hash, by="zhou", why="test", now=now)


def test_before_anything_is_taken_the_shipped_packs_are_read(shipped):
    assert law_folder.in_use() is None
    assert law_folder.stamp() is None
    assert law_folder.roots_in_use() == (shipped,)
    assert law_folder.local_files() == {}
    assert law_folder.packs_kept() == []


def test_what_is_taken_is_a_whole_copy_with_the_local_layer_on_top(shipped, now):
    found = take(now, b="id: b")
    assert law_folder.in_use() == found
    assert [path.name for path in law_folder.roots_in_use()] == ["cn-one", "local"]
    assert (law_folder.roots_in_use()[0] / "measures" / "a.yaml").read_text() == "id: a"
    assert law_folder.local_files() == {"measures/b.yaml": "id: b"}
    (shipped / "measures" / "a.yaml").write_text("id: changed")
    assert (law_folder.roots_in_use()[0] / "measures" / "a.yaml").read_text() == "id: a"


def test_packs_are_numbered_and_kept_and_the_pointer_moves(now):
    first = take(now, b="id: b")
    before = law_folder.stamp()
    second = take(now, "e" * 64, c="id: c")
    assert (first.folder[:10], second.folder[:10]) == ("packs/0001", "packs/0002")
    assert law_folder.stamp() != before
    assert law_folder.local_files().keys() == {
        "measures/b.yaml",
        "measures/c.yaml",
    }  # the layer grows on what was there
    assert [one["hash"][0] for one in law_folder.packs_kept()] == ["e", "f"]


def test_what_was_only_staged_is_gone(now):
    with law_folder.staged() as candidate:
        law_folder.write_local(candidate, "measures/b.yaml", "id: b")
        assert candidate.folder.exists()
    assert not candidate.folder.exists()
    assert law_folder.in_use() is None


def test_one_change_at_a_time(now):
    def one(number):
        return take(now, f"{number}" * 64, **{f"m{number}": f"id: m{number}"}).folder

    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(one, range(4)))
    assert len(set(folders)) == 4
    assert len(law_folder.local_files()) == 4  # none was lost to another


def test_a_change_of_one_byte_is_another_state(shipped):
    before = law_folder.fingerprint([shipped])
    (shipped / "measures" / "a.yaml").write_text("id: b")
    assert law_folder.fingerprint([shipped]) != before
    with pytest.raises(LawNoRoot):
        law_folder.fingerprint([shipped / "gone"])


@pytest.mark.parametrize("content", ["{", "[]", '{"folder": "x"}', ""])
def test_a_pointer_that_cannot_be_read_is_told(now, content):
    take(now)
    (law_folder.law_home() / law_folder.POINTER).write_text(content)
    with pytest.raises(LawPackGone):
        law_folder.in_use()


def test_a_backup_takes_the_packs_and_then_the_pointer(now):
    assert list(law_folder.kept_files()) == []
    take(now, b="id: b")
    names = [name for name, _ in law_folder.kept_files()]
    assert names[-1] == "in-use.json"
    assert any(name.endswith("/law/local/measures/b.yaml") for name in names)
    assert {law_folder.place_of(name) for name in names} == {path for _, path in law_folder.kept_files()}
    for name in ("../x", "packs/../../x", "staging/x", "packs/.x", "/etc/x"):
        with pytest.raises(LawFileName):
            law_folder.place_of(name)


def test_a_local_name_is_a_folder_and_a_file():
    assert str(law_folder.check_name("deadlines/jx.file.yaml")) == "deadlines/jx.file.yaml"
    for name in ("x.yaml", "../x.yaml", "a/b/c.yaml", "a/.yaml", "a/b.txt"):
        with pytest.raises(LawFileName):
            law_folder.check_name(name)
