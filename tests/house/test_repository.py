"""What may not stand in the repository: registry hosts, machine paths, loose ends; and what must."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT, rel

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".txt",
    ".po",
    ".cfg",
    "",
    ".svg",
    ".tsv",
    ".csv",
}
OWN = [
    path
    for path in TRACKED
    if path.is_file() and path.suffix in TEXT and "vendor" not in path.parts and path.name not in {"LICENSE", "NOTICE"}
]
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|farm|root)/")
LOOSE_END = re.compile(r"\b(?:TODO|FIXME|XXX)\b")


@pytest.mark.parametrize("path", [p for p in TRACKED if p.suffix == ".lock" or p.name.endswith("lock.json")], ids=rel)
def test_lock_files_record_no_host(path: Path):
    assert "://" not in path.read_text()


def test_nothing_names_a_machine_path_or_leaves_a_loose_end():
    faults = []
    for path in OWN:
        if path == Path(__file__):
            continue
        text = path.read_text(errors="replace")
        faults += [f"{rel(path)}: {m.group()}" for rule in (MACHINE_PATH, LOOSE_END) for m in rule.finditer(text)]
    assert faults == []


def test_the_database_of_the_demo_and_secrets_are_not_tracked():
    assert [rel(p) for p in TRACKED if p.suffix in {".sqlite3", ".pem", ".key"} or p.name == "secret_key"] == []
