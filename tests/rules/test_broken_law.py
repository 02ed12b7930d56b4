"""One bad file per mistake: each is refused with its file and line, in words of both languages."""

import shutil
from pathlib import Path

import pytest

from zhibao.rules.errors import LawFault
from zhibao.rules.load import check_pack, default_roots, load_pack

FOLDER = Path(__file__).parent.parent / "broken_law"
FILES = sorted(FOLDER.glob("*.yaml"))


def header(path):
    lines = path.read_text().split("\n")[:5]
    return dict(line.removeprefix("# ").split(": ", 1) for line in lines)


@pytest.fixture(scope="module")
def national(tmp_path_factory):
    """What the broken files lean on, without the long registers: each of them is read anew for every mistake."""
    root = tmp_path_factory.mktemp("base") / "law" / "cn"
    long = shutil.ignore_patterns(
        "calendars", "deadlines", "rights", "organs", "pricing", "cases", "courts", "credit", "evidence", "forms", "jurisdiction",
        "publicity", "rewards", "values",
    )  # fmt: skip
    shutil.copytree(default_roots()[0], root, ignore=long)
    return root


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_mistake_is_refused_with_its_place_and_words(path, national, tmp_path):
    want = header(path)
    folder = tmp_path / "law" / "cn-xx" / want["folder"]
    folder.mkdir(parents=True)
    (folder / path.name).write_text(path.read_text())
    problems = [problem.error for problem in check_pack(national, tmp_path / "law" / "cn-xx")]
    assert [(error.code, error.where) for error in problems] == [
        (want["code"], f"law/cn-xx/{want['folder']}/{path.name}:{want['line']}")
    ]
    assert want["en"] in problems[0].say("en")
    assert want["zh"] in problems[0].say("zh")


def test_the_pack_they_are_added_to_holds_by_itself():
    assert check_pack() == []


def test_a_pack_with_a_fault_does_not_load(national, tmp_path):
    folder = tmp_path / "law" / "cn-xx" / "measures"
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text("id: x\n")
    with pytest.raises(LawFault, match="is missing"):
        load_pack(national, tmp_path / "law" / "cn-xx")
