"""Files a command is given: every encoding that occurs, and everything a file may be instead."""

import json
import os

import pytest

from tests.cli.conftest import FACTS
from zhibao.cli import reading

TEXT = json.dumps({"procedure": "administrative", "events": [], "note": "核查"}, ensure_ascii=False)


def clocks(run, path):
    return run("law", "clocks", path, "--json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_that_occurs_is_read(run, tmp_path, encoding):
    path = tmp_path / "events.json"
    path.write_bytes(TEXT.encode(encoding))
    told = clocks(run, path)
    assert (told.code, told.json["clocks"]) == (0, [])
    assert ("GB 18030" in told.err) == (encoding == "gb18030")


@pytest.mark.parametrize("raw", [b"\xff", b"a\x00b", b"\xff\xfe\x00\xd8\x00\xd8", b"\x80\x81\xff"])
def test_what_is_no_text_is_refused(run, tmp_path, raw):
    path = tmp_path / "events.json"
    path.write_bytes(raw)
    told = clocks(run, path)
    assert (told.code, told.error["code"]) == (2, "not-text")


@pytest.mark.parametrize(
    ("text", "line", "column", "piece"),
    [
        ('{"a": 1,\n  "b" 2}', 2, 7, "not JSON"),
        ("", 1, 1, "not JSON"),
        ('{"a": 1,\n "a": 2}', 2, 2, "twice"),
        ('{"a":\n NaN}', 2, 2, "NaN"),
        ("[" * 100_000, 1, 1, "deeply"),
        ('{"a":\n "x\\uD800"}', 2, 4, "half a character"),
        ('{"a": 12,\n "b": ' + "9" * 5000 + "}", 2, 7, "too long"),
    ],
)
def test_broken_json_is_told_with_line_and_column(run, tmp_path, text, line, column, piece):
    path = tmp_path / "events.json"
    path.write_text(text)
    told = clocks(run, path)
    assert (told.code, told.error["code"], told.error["where"]) == (2, "bad-json", f"{path}:{line}:{column}")
    assert piece in told.error["message"]


def test_a_character_written_as_its_two_halves_is_whole(run, tmp_path):
    path = tmp_path / "events.json"
    path.write_text('{"procedure": "administrative", "events": [], "note": "\\ud842\\udfb7"}')
    assert clocks(run, path).code == 0


def test_another_shape_is_told(run, tmp_path):
    path = tmp_path / "events.json"
    path.write_text("[1]")
    assert clocks(run, path).error["code"] == "wrong-shape"


def test_a_hyphen_reads_standard_input(run):
    told = run("law", "assess", "-", "--json", given=json.dumps(FACTS).encode())
    assert told.json["offences"][0]["tier"] == "base"
    assert run("law", "assess", "-", "--json", given=b"{").error["where"].startswith("stdin:1:")


def test_a_folder_a_device_and_a_closed_file_are_no_files(run, tmp_path):
    assert clocks(run, tmp_path).error["code"] == "not-a-file"
    assert clocks(run, "/dev/null").error["code"] == "not-a-file"
    assert clocks(run, tmp_path / "a" / "b").error["code"] == "input-missing"
    assert clocks(run, "a\x00b").error["code"] == "input-missing"


def test_a_name_no_system_takes_is_told(run):
    assert clocks(run, "x" * 5000).error["code"] == "file-closed"


def test_a_file_that_cannot_be_read_is_told(monkeypatch, run, tmp_path):
    path = tmp_path / "events.json"
    path.write_text(TEXT)

    class Closed(type(path)):
        def open(self, *_args, **_more):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "Path", Closed)
    told = clocks(run, path)
    assert (told.error["code"], "permission denied" in told.error["message"]) == ("file-closed", True)


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(run, tmp_path):
    path = tmp_path / "events.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 1024**3)  # a hole: takes no space
    told = clocks(run, path)
    assert (told.error["code"], "64 MB" in told.error["message"]) == ("input-too-large", True)
