"""What holds for every command: one document on standard output, exit codes, two languages, errors as the contract says."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tests.house.source import ROOT
from zhibao.cli import frame, main
from zhibao.cli.frame import Command, Group
from zhibao.cli.session import QUIET_SECONDS, Session, session, steps
from zhibao.cli.speech import both, pick, wanted_lang, wants_json

ERROR_KEYS = {"code", "message", "where", "hint"}


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        (["--bogus"], "bad-usage", "--bogus"),
        (["serv"], "bad-usage", "serv"),
        ([], "bad-usage", ""),
        (["law"], "bad-usage", ""),
        (["law", "assess"], "bad-usage", "FACTS.json"),
        (["law", "assess", "a.json", "b.json"], "bad-usage", ""),
        (["law", "show", "adm.file", "--on"], "bad-usage", "--on"),
        (["law", "show", "adm.file", "--on", "2026.2.30"], "no-such-day", "--on"),
        (["law", "assess", "nowhere.json"], "input-missing", "nowhere.json"),
        (["law", "show", "adm.fill"], "no-such-law-entry", "adm.fill"),
        (["watch", "search", "x", "--register", "r.csv", "--class", "99"], "bad-usage", "--class"),
        (["law", "show", "adm.file", "--lang", "fr"], "bad-usage", "--lang"),
    ],
)
def test_whatever_is_wrong_is_one_json_error_and_exit_2(run, words, code, where):
    told = run("--json", *words)
    assert told.code == 2
    assert set(told.error) == ERROR_KEYS
    assert (told.error["code"], told.error["where"]) == (code, where)
    assert told.error["message"]
    assert told.err == ""


def test_the_same_as_a_sentence_on_standard_error_without_json(run):
    told = run("law", "assess", "nowhere.json")
    assert (told.code, told.out) == (2, "")
    assert "nowhere.json" in told.err


@pytest.mark.parametrize("place", ["before", "after"])
def test_json_and_lang_may_stand_at_any_level(run, place):
    words = (
        ["--json", "--lang", "zh", "law", "show", "adm.file"]
        if place == "before"
        else ["law", "show", "adm.file", "--json", "--lang=zh"]
    )
    told = run(*words)
    assert told.code == 0
    assert told.json["title"] == "核查后决定是否立案"


def test_near_misses_are_named(run):
    assert "--law" in run("law", "check", "--lwa", "--json").error["message"]
    assert "law" in run("lawx", "--json").error["message"]


def test_help_is_in_both_languages_and_goes_to_standard_output(run):
    english, chinese = run("law", "--help"), run("law", "--help", "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    assert "Usage: " in english.out
    assert "用法：" in chinese.out
    assert "期限" in chinese.out
    assert "\x1f" not in english.out + chinese.out


def test_without_a_command_the_help_is_shown_and_that_is_no_success(run):
    told = run()
    assert (told.code, told.out) == (2, "")
    assert "Commands:" in told.err


def test_every_command_of_every_group_has_help_in_both_languages():
    def walk(command, name):
        assert "\x1f" in (command.help or ""), name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert "\x1f" in (parameter.help or ""), f"{name} {parameter.name}"
        if isinstance(command, Group):
            context = click.Context(command, obj=Session(lang="en", as_json=False))
            for child in command.list_commands(context):
                walk(command.get_command(context, child), f"{name} {child}")

    walk(main.main, "zhibao")


def test_all_commands_of_the_contract_exist():
    context = click.Context(main.main)
    assert set(main.main.list_commands(context)) >= {
        "demo",
        "serve",
        "worker",
        "migrate",
        "check",
        "backup",
        "restore",
        "rebuild",
        "law",
        "register",
        "watch",
        "proof",
        "case",
        "findings",
    }
    families = {"law": {"show", "used-by", "assess", "clocks", "check"}, "register": {"import", "export", "show"}}
    families |= {"watch": {"screen", "search"}, "proof": {"seal", "verify", "log"}, "case": {"list", "show", "events"}}
    for name, wanted in families.items():
        assert wanted <= set(main.main.get_command(context, name).commands), name


@click.group(cls=Group, help=both("试。", "Try."))
def trial():
    pass


@trial.command("fault", help=both("坏。", "Break."))
def fault():
    raise RuntimeError("inside")


@trial.command("no", help=both("否。", "No."))
def no():
    session().answer({"ok": False}, lambda: ["no"], ok=False)


@trial.command("stop", help=both("停。", "Stop."))
def stop():
    raise click.Abort


@trial.command("gone", help=both("走了。", "Gone."))
def gone():
    raise BrokenPipeError


@trial.command("pick", help=both("选。", "Pick."))
@click.option("--many", type=click.IntRange(1, 3), help=both("几。", "How many."))
@click.option("--date", type=click.DateTime(), help=both("日。", "Day."))
def choose(many, date):
    session().note("旁注", "aside")
    session().answer({"many": many}, lambda: [str(many)])


def invoke(*words):
    return CliRunner().invoke(trial, list(words))


def test_a_fault_of_ours_is_neither_success_nor_a_no(monkeypatch):
    told = invoke("fault", "--json")
    assert told.exit_code == frame.FAULT == 3
    assert json.loads(told.stdout)["error"]["code"] == "fault"
    assert "RuntimeError: inside" in told.stderr


def test_a_no_is_exit_1_with_its_document():
    told = invoke("no", "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (1, {"ok": False})


def test_an_interruption_is_said_and_has_its_own_code():
    told = invoke("stop", "--lang", "en")
    assert (told.exit_code, told.stderr) == (130, "Interrupted.\n")


def test_a_reader_that_is_gone_is_no_fault():
    done = subprocess.run(
        [sys.executable, "-c", "from tests.cli.test_frame import trial; trial(['gone'])"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("words", "piece"),
    [(["--many", "9"], "from 1 to 3"), (["--many", "x"], "from 1 to 3"), (["--date", "x"], "wrong value")],
)
def test_values_out_of_range_are_told_in_words(words, piece):
    told = invoke("pick", *words, "--json", "--lang", "en")
    assert piece in json.loads(told.stdout)["error"]["message"]


def test_notes_go_to_standard_error_only():
    told = invoke("pick", "--many", "2", "--json", "--lang", "zh")
    assert (json.loads(told.stdout), told.stderr) == ({"many": 2}, "旁注\n")


def test_one_command_alone_has_its_session_too():
    @click.command("alone", cls=Command, help=both("独。", "Alone."))
    def alone():
        session().answer({"lang": session().lang}, list)

    with alone.make_context("alone", ["--json"]) as context:
        assert context.obj.as_json


@pytest.mark.parametrize(
    ("argv", "environ", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),
        (["--lang", "en"], {}, "en"),
        (["--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["--lang", "fr"], {"LANG": "en_US"}, "en"),
        (["--", "--lang", "en"], {}, "zh"),
        (["--lang"], {}, "zh"),
    ],
)
def test_the_language_is_what_is_asked_for_else_the_locales_else_chinese(argv, environ, lang):
    assert wanted_lang(argv, environ) == lang


def test_json_after_two_hyphens_is_an_argument():
    assert wants_json(["law", "--json"])
    assert not wants_json(["law", "--", "--json"])


def test_a_text_in_one_language_only_is_left_as_it_is():
    assert (pick("plain", "en"), pick(both("甲", "a"), "en"), pick(both("甲", "a"), "zh")) == ("plain", "a", "甲")


def test_reports_of_how_many_are_done_become_steps():
    seen = []
    report = steps(seen.append)
    for done in (2, 5, 9):
        report(done, 9)
    assert seen == [2, 3, 4]


class Terminal:
    """A standard error that says it is a terminal."""

    encoding = "utf-8"

    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


@pytest.mark.parametrize(("quiet", "drawn"), [(3600.0, False), (-1.0, True)])
def test_a_bar_is_drawn_on_a_terminal_once_the_work_takes_longer(monkeypatch, quiet, drawn):
    assert QUIET_SECONDS == 1.0
    monkeypatch.setattr("zhibao.cli.session.QUIET_SECONDS", quiet)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Session(lang="en", as_json=False).progress("做", "Working", 3) as advance:
        advance(1)
        advance(2)
    assert ("Working" in terminal.text) == drawn


def test_no_bar_under_json_or_without_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Session(lang="en", as_json=True).progress("做", "Working", 3) as advance:
        advance(3)
    assert terminal.text == ""
