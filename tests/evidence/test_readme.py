"""The commands of the README, run as they stand there, in bash, over an unpacked bundle."""

import json
import shutil
import subprocess

import pytest

from tests.evidence.samples import files_of, good_bundle
from zhibao.evidence.readme import COMMANDS, readme_text


@pytest.fixture
def unpacked(tmp_path, openssl):
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine")
    for name, data in files_of(good_bundle()).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def run(folder, script):
    return subprocess.run(["bash", "-euc", script], cwd=folder, capture_output=True, text=True, check=False)


def test_both_languages_carry_every_command():
    text = readme_text()
    for command in COMMANDS.values():
        assert text.count(command.split("\n")[0].strip()) >= 2


def test_contents_and_records_are_recomputed(unpacked):
    entry = json.loads((unpacked / "manifest.json").read_text())["exhibits"][0]
    said = run(unpacked, COMMANDS["content"]).stdout
    assert entry["sha256"] in said
    assert entry["sm3"] in said
    listed = json.loads((unpacked / "log" / "1.leaf").read_text())["manifest"]
    said = run(unpacked, COMMANDS["record"]).stdout
    assert said.count(listed["sha256"]) == said.count(listed["sm3"]) == 2


@pytest.mark.parametrize(("algorithm", "line"), [("sha256", 0), ("sm3", 1)])
def test_the_tree_is_climbed_to_the_root(unpacked, algorithm, line):
    roots = run(unpacked, COMMANDS["roots"]).stdout.split()
    for number in (1, 2, 3):
        proof = json.loads((unpacked / "log" / f"{number}.{algorithm}.json").read_text())
        leaf = COMMANDS["leaf"].replace("1.leaf", f"{number}.leaf").replace("sha256", algorithm)
        assert run(unpacked, leaf).stdout.split()[0] == proof["leaf"]
        call = f"climb {algorithm} {proof['index']} {proof['tree_size']} {proof['leaf']} {' '.join(proof['path'])}"
        assert run(unpacked, f"{COMMANDS['climb']}\n{call}").stdout.strip() == roots[line]


def test_the_signature_holds_and_a_changed_note_does_not(unpacked):
    assert "Verified Successfully" in run(unpacked, COMMANDS["signature"]).stdout
    note = unpacked / "log" / "checkpoint"
    note.write_bytes(note.read_bytes().replace(b"\n8\n", b"\n9\n"))
    assert run(unpacked, COMMANDS["signature"]).returncode != 0


def test_the_time_stamps_hold(unpacked):
    done = run(unpacked, COMMANDS["time"])
    assert (done.stdout + done.stderr).count("Verification: OK") == 2
    assert "Nov 20 02:01:00 2026 GMT" in done.stdout
