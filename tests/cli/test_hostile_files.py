"""Files and machines that fail a command: always a sentence in the language asked for and exit 2, never a trace."""

import errno
import json
import sqlite3

import pytest

from zhibao.cli.errors import DatabaseBusy, DatabaseClosed, DiskFull, FileClosed
from zhibao.cli.machine import file_closed, machine_error

ACT = '{"acts": [{"kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-05-01", "turnover": %s}]}'


def has_chinese(text):
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("text", "column"),
    [
        (ACT % ("9" * 6000), ACT.index("%s") + 1),
        ('{"acts": [], "\\ud800": 1}', 15),
        ('{"acts": [{"kind": "\\uD83D"}]}', 21),
        ('{"acts": ' + "[" * 100_000, 1),
        ('{"acts": NaN}', 10),
    ],
)
def test_json_that_no_program_can_hold_is_told_with_its_place(run, tmp_path, text, column, lang):
    path = tmp_path / "facts.json"
    path.write_text(text)
    told = run("law", "assess", path, "--json", "--lang", lang)
    assert (told.code, told.error["code"]) == (2, "bad-json")
    assert told.error["where"].endswith(f":1:{column}")
    assert has_chinese(told.error["message"]) == (lang == "zh")


def test_an_escaped_pair_is_one_character_and_an_escaped_backslash_no_escape(run, tmp_path):
    path = tmp_path / "events.json"
    path.write_text('{"procedure": "administrative", "events": [], "a": "\\ud83d\\ude00", "b": "\\\\ud800"}')
    assert run("law", "clocks", path, "--json").code == 0


def test_a_terminal_does_not_obey_what_a_file_says(run, tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"acts": [{"kind": "\\u001b[2J\\u202egoods"}]}')
    told = run("law", "assess", path)
    assert told.code == 2
    assert "\x1b" not in told.err
    assert "\\x1b[2J\\u202egoods" in told.err


@pytest.mark.parametrize("words", [("used-by", "xx//"), ("used-by", "cn.fashi-2025-5/999"), ("show", "a\x1b[2J")])
def test_what_the_pack_does_not_have_is_said_with_a_remedy(run, words):
    for lang in ("zh", "en"):
        told = run("law", *words, "--json", "--lang", lang)
        assert told.code == 2
        assert told.error["hint"]
        assert has_chinese(told.error["message"]) == (lang == "zh")


def chained(error):
    """The error as it arrives: wrapped by a library, and another one on top of it while cleaning up."""
    try:
        try:
            raise RuntimeError("wrapped") from error
        finally:
            raise ValueError("I/O operation on closed file")
    except ValueError as last:
        return last


def of_sqlite(code):
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


class OfPostgres(Exception):
    """Carries the state as psycopg's classes do."""

    def __init__(self, state):
        self.sqlstate = state


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (of_sqlite(sqlite3.SQLITE_FULL), DiskFull),
        (OfPostgres("53100"), DiskFull),
        (of_sqlite(sqlite3.SQLITE_BUSY | 2 << 8), DatabaseBusy),
        (OfPostgres("55P03"), DatabaseBusy),
        (of_sqlite(sqlite3.SQLITE_READONLY), DatabaseClosed),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), DatabaseClosed),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/zhibao/vault"), FileClosed),
    ],
)
def test_what_the_machine_refuses_is_found_behind_what_came_on_top(error, told):
    found = machine_error(chained(error))
    assert type(found) is told
    assert has_chinese(found.say("zh"))
    assert not has_chinese(found.say("en"))
    assert found.hint("zh")


def test_a_fault_of_ours_stays_one():
    assert machine_error(chained(KeyError("x"))) is None
    assert machine_error(of_sqlite(sqlite3.SQLITE_CONSTRAINT)) is None


def test_why_a_file_cannot_be_used_is_said_in_either_language():
    error = file_closed("/x", PermissionError(errno.EACCES, "Permission denied"))
    assert error.say("zh") == "「/x」不能读写：没有权限。"
    assert error.say("en") == "'/x' cannot be read or written: permission denied."
    odd = file_closed("/x", OSError(errno.EXDEV, "Invalid cross-device link"))
    assert "系统错误" in odd.say("zh")
    assert "Invalid cross-device link" in odd.say("en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_full_disk_ends_a_command_with_a_sentence(run, tmp_path, monkeypatch, lang):
    def no_room(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    monkeypatch.setattr("zhibao.cli.law.load_pack", no_room)
    told = run("law", "show", "adm.file", "--json", "--lang", lang)
    assert (told.code, told.error["code"], told.error["where"]) == (2, "disk-full", str(tmp_path))
    assert "Traceback" not in told.err
    assert has_chinese(told.error["message"]) == (lang == "zh")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"ZHIBAO_DATABASE_URL": "oracle://x"}, "bad-database-address"),
        ({"ZHIBAO_DATABASE_URL": "postgres://a:secret@h:port/x"}, "bad-database-address"),
        ({"ZHIBAO_DATABASE_URL": "postgres://[bad/x"}, "bad-database-address"),
        ({"ZHIBAO_DATABASE_URL": "postgres://a:secret@127.0.0.1:1/x"}, "database-not-ready"),
        ({"ZHIBAO_DATABASE_URL": "sqlite:////proc/nowhere/x.sqlite3"}, "database-closed"),
        ({"ZHIBAO_HOME": "/proc/nowhere"}, "bad-home"),
        ({"ZHIBAO_PRODUCTION": "1", "ZHIBAO_SECRET_KEY": ""}, "no-secret-key"),
    ],
)
def test_a_wrong_installation_is_told_and_no_password_with_it(process, environment, code):
    told = process("case", "list", "--json", "--lang", "zh", **environment)
    assert (told.code, told.error["code"]) == (2, code), told.err
    assert has_chinese(told.error["message"])
    assert "secret@" not in told.out + told.err
    assert "Traceback" not in told.err


def test_a_torn_table_is_told_in_chinese_without_the_librarys_english(run, tmp_path):
    listings, marks = tmp_path / "l.parquet", tmp_path / "m.csv"
    listings.write_bytes(b"PAR1xxxx")
    marks.write_text("id,mark\n1,青釉坊\n")
    told = run("watch", "screen", listings, "--register", marks, "--out", tmp_path / "h.csv", "--json", "--lang", "zh")
    assert (told.code, told.error["code"]) == (2, "table-unreadable")
    assert "Parquet magic" not in json.dumps(told.error)
