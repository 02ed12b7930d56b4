"""Commands on an installation: the register, matters, findings, people, health, deriving afresh."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.models import ClockRow, Event
from zhibao.apps.organs.models import Organ, Person, Role
from zhibao.apps.register.models import Right
from zhibao.apps.vault.actions.store_file import store_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path, monkeypatch):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    settings.ZHIBAO_KEYS = tmp_path / "keys"
    monkeypatch.delenv("ZHIBAO_AS", raising=False)


@pytest.fixture
def matter(handler):
    right = factories.make_right()
    return open_matter(
        actor=handler,
        title="青釉坊茶具",
        place="360202",
        procedure="administrative",
        rights=[right],
        now=timezone.now(),
    )


@pytest.fixture
def rights(tmp_path):
    path = tmp_path / "rights.csv"
    path.write_text(
        "注册号,商标,权利人,类别\n70000001,云岭,九江云岭茶业有限公司,30\n70000002,,九江云岭茶业有限公司,30\n"
    )
    return path


def test_a_file_of_rights_is_brought_in_and_its_bad_rows_are_told(run, admin, rights):
    told = run("register", "import", rights, "--json")
    assert told.code == 0
    assert "Acting as admin" in told.err
    one = told.json["imports"][0]
    assert (one["rows"], one["made"], one["bad"], one["bad_rows"][0]["row"]) == (2, 1, 1, 3)
    assert one["bad_rows"][0]["problems"][0]["hint"]
    again = run("register", "import", rights, "--as", "admin")
    assert "1 the same, 1 to mend" in again.out
    assert "Row 3:" in again.out
    assert again.err == ""


def test_a_file_that_is_no_table_is_refused(run, admin, tmp_path):
    path = tmp_path / "rights.xlsx"
    path.write_text("<html></html>")
    told = run("register", "import", path, "--json")
    assert told.code == 2
    assert not Right.objects.exists()


def test_a_file_that_breaks_off_keeps_what_came_before_and_says_no(run, admin, rights, monkeypatch):
    from zhibao.apps.register import limits
    from zhibao.apps.register.actions import import_file

    assert limits.ROWS > 1
    monkeypatch.setattr(import_file, "ROWS", 1)
    told = run("register", "import", rights, "--json")
    assert (told.code, told.json["imports"][0]["made"]) == (1, 1)
    assert told.json["imports"][0]["problem"]["message"] in run("register", "import", rights).out


def test_without_one_administrator_a_name_must_be_given(run, rights, admin, other_agency):
    second = factories.make_person(other_agency, Role.ADMIN, username="second")
    told = run("register", "import", rights, "--json")
    assert (told.code, told.error["code"]) == (2, "several-administrators")
    assert "admin" in told.error["message"]
    assert run("register", "import", rights, "--as", second.username, "--json").code == 0
    assert run("register", "import", rights, "--as", "nobody", "--json").error["code"] == "person-not-found"


def test_the_environment_may_name_who_acts(run, rights, admin, registrar, monkeypatch):
    monkeypatch.setenv("ZHIBAO_AS", "registrar")
    told = run("register", "import", rights, "--json")
    assert (told.code, told.err) == (0, "")


def test_rights_go_out_in_columns_that_come_in_again(run, admin, tmp_path, rights):
    run("register", "import", rights)
    out = tmp_path / "out.csv"
    assert run("register", "export", out, "--json").json == {"file": str(out), "rights": 1}
    assert run("register", "export", out, "--json").error["code"] == "target-not-empty"
    assert "1 rights written" in run("register", "export", out, "--force").out
    assert run("register", "import", out, "--json").json["imports"][0]["same"] == 1
    assert run("register", "export", tmp_path / "out.pdf", "--json").error["code"] == "bad-usage"
    assert run("register", "export", tmp_path / "none" / "out.csv", "--json").error["code"] == "file-closed"


def test_a_right_is_shown_as_of_a_day(run, db):
    right = factories.make_right(number="12345678")
    told = run("register", "show", "12345678", "--on", "2030-01-01", "--json").json
    assert (told["id"], told["on"]["status"], told["on"]["in_force"]) == (str(right.pk), "expired", False)
    assert run("register", "show", right.pk, "--json").json["number"] == "12345678"
    assert "status: in force" in run("register", "show", "trademark 12345678", "--on", "2020-01-01").out
    told = run("register", "show", "12345678", "--on", "2020-01-01", "--lang", "zh").out
    assert "种类: 注册商标" in told
    assert "状态: 有效" in told
    assert "是否有效: 是" in told
    assert run("register", "show", "99", "--json").error["code"] == "right-not-found"


def test_matters_are_listed_and_told(run, matter):
    listed = run("case", "list", "--json").json
    assert (listed["total"], listed["matters"][0]["number"]) == (1, matter.number)
    assert run("case", "list", "--state", "closed", "--json").json["total"] == 0
    assert matter.number in run("case", "list").out
    told = run("case", "show", matter.number, "--json").json
    assert told["clocks"][0]["id"] == "adm.file"
    assert {"law_pack", "assessment", "findings"} <= set(told)
    assert "running" in run("case", "show", matter.pk).out
    assert run("case", "show", "M-1999-000001", "--json").error["code"] == "matter-not-found"


def test_what_keeps_a_matter_from_being_assessed_is_told(run, matter, handler):
    from zhibao.apps.cases.actions.record_event import record_event

    data = {"kind": "counterfeit-mark-goods", "from": "2026-01-01"}
    record_event(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=matter.proceedings.get().pk,
        kind="act-found",
        at=timezone.now(),
        data=data,
        expected_seq=None,
        now=timezone.now(),
    )
    told = run("case", "show", matter.number, "--json").json
    assert told["assessment"] is None
    assert f"? {told['missing']['message']}" in run("case", "show", matter.number).out


def test_crimes_and_findings_are_told_to_a_person(run, matter, handler):
    from zhibao.apps.cases.actions.record_event import record_event

    act = {
        "kind": "counterfeit-mark-goods",
        "from": "2025-05-01",
        "to": "2025-07-30",
        "illegal_gain": "31000.00",
        "right_kinds": 1,
    }
    record_event(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=matter.proceedings.get().pk,
        kind="act-found",
        at=timezone.now(),
        data=act,
        expected_seq=None,
        now=timezone.now(),
    )
    told = run("case", "show", matter.number, "--lang", "zh").out
    assert "假冒注册商标罪：达到第一档（2025-04-26 起的规定" in told
    assert "  行政处罚  " in told
    assert "进行中" in told


def test_the_record_of_a_matter_is_told_with_its_chain(run, matter):
    told = run("case", "events", matter.number, "--json")
    assert (told.code, told.json["chain"]["ok"]) == (0, True)
    assert [event["seq"] for event in told.json["events"]] == list(range(1, matter.head_seq + 1))
    told = run("case", "events", matter.number, "--lang", "zh").out
    assert "收到线索" in told
    assert matter.proceedings.get().organ.short_zh in told


def test_a_record_that_does_not_join_says_no(run, matter):
    matter.head_hash = "0" * 64
    matter.save()
    told = run("case", "events", matter.number, "--json")
    assert (told.code, told.json["chain"]["ok"], len(told.json["chain"]["faults"])) == (1, False, 1)
    assert "! #" in run("case", "events", matter.number).out


def test_findings_are_told_with_events_and_articles(run, matter):
    rebuild_projections(now=timezone.now() + timedelta(days=120), matter_id=matter.pk)
    told = run("findings", "--json").json
    assert told["total"] == 1
    one = told["findings"][0]
    assert (one["kind"], one["matter"]) == ("overdue", matter.number)
    assert one["events"]
    assert one["cites"]
    assert run("findings", "--organ", "jx-nowhere", "--json").json["total"] == 0
    assert run("findings", "--since", "2099-01-01", "--json").json["total"] == 0
    assert matter.number in run("findings").out


def test_all_findings_are_told_however_many_pages_they_fill(run, matter, monkeypatch):
    monkeypatch.setattr("zhibao.cli.findings.PAGE", 1)
    other = open_matter(
        actor=Person.objects.get(username="handler"),
        title="乙",
        place="360202",
        procedure="administrative",
        now=timezone.now(),
    )
    rebuild_projections(now=timezone.now() + timedelta(days=120))
    assert {one["matter"] for one in run("findings", "--json").json["findings"]} == {matter.number, other.number}


def test_rows_are_derived_afresh(run, matter):
    ClockRow.objects.all().delete()
    assert run("rebuild", "--json").json == {"matters": 1, "changed": 1}
    assert ClockRow.objects.exists()
    assert run("rebuild", "--matter", matter.number, "--json").json == {"matters": 1, "changed": 0}
    assert "1 matters" in run("rebuild").out


def test_check_passes_step_by_step(run, matter, settings):
    told = run("check", "--json")
    assert told.code == 0, told.out
    assert [step["result"] for step in told.json["checks"]] == ["pass"] * 5
    fast = run("check", "--fast", "--json")
    assert [step["result"] for step in fast.json["checks"]][3:] == ["skipped", "skipped"]
    assert "✓ 1." in run("check", "--fast").out


def test_check_finds_a_broken_chain_and_a_changed_file(run, matter, handler, settings):
    blob = store_file(actor=handler, stream=[b"words"], name="a.txt", now=timezone.now())
    place = settings.ZHIBAO_VAULT / blob.sha256[:2] / blob.sha256[2:4] / blob.sha256
    place.chmod(0o600)
    place.write_bytes(b"other")
    matter.head_seq += 1
    matter.save()
    told = run("check", "--json")
    assert told.code == 1
    failed = [step for step in told.json["checks"] if step["result"] == "fail"]
    assert [step["check"] for step in failed] == [4, 5]
    assert matter.number in failed[0]["why"][0]
    assert "✗ 4." in run("check").out


def test_check_leaves_out_what_needs_tables_that_are_not_there(run, db, monkeypatch):
    monkeypatch.setattr("zhibao.cli.health.pending", lambda: ["cases.0001_initial"])
    told = run("check", "--json").json["checks"]
    assert [step["result"] for step in told][1:] == ["fail", "pass", "skipped", "skipped"]


def test_check_fails_on_a_law_pack_that_does_not_load_and_on_settings(run, db, monkeypatch):
    from django.core.checks import Error

    from zhibao.cli import health
    from zhibao.kernel.errors import NotFound

    def broken():
        raise NotFound(where="law/cn", what="law")

    monkeypatch.setattr(health, "current_pack", broken)
    monkeypatch.setattr(health, "run_system_checks", lambda **_: [Error("生产环境开着调试。 Debugging is on.")])
    told = run("check", "--fast", "--json")
    assert [step["result"] for step in told.json["checks"]][:3] == ["fail", "pass", "fail"]
    assert told.code == 1


def test_the_first_organ_and_person_need_nobodys_name_the_next_do(run, db):
    organ = ["--kind", "market-regulation", "--place", "360000", "--name-zh", "省局", "--name-en", "Province office"]
    assert run("people", "add-organ", "jx-360000", *organ, "--competence", "administrative", "--json").json == {
        "organ": "jx-360000"
    }
    early = run("people", "add-organ", "jx-360300", *organ[:2], "--place", "360300", *organ[4:], "--json")
    assert (early.code, early.error["code"]) == (2, "no-administrator")
    person = ["--organ", "jx-360000", "--role", "admin"]
    told = run("people", "add", "root", *person, "--json", given="porcelain-blue-2026\n")
    assert told.json == {"person": "root"}, told.err
    assert Organ.objects.get().competences == ["administrative"]
    assert Person.objects.get().check_password("porcelain-blue-2026")
    assert "entered" in run("people", "add-organ", "jx-360100", *organ[:2], "--place", "360100", *organ[4:]).out
    assert "can log in" in run("people", "add", "second", *person, given="porcelain-blue-2026\n").out
    weak = run("people", "add", "third", *person, "--as", "root", "--json", given="12345\n")
    assert (weak.code, weak.error["code"]) == (2, "weak-password")
    listed = run("people", "organs", "--json").json["organs"]
    assert {one["id"] for one in listed} == {"jx-360000", "jx-360100"}
    assert "Province office" in run("people", "organs", "--place", "360000").out


def test_at_a_terminal_the_password_is_asked_for(monkeypatch):
    import sys

    from zhibao.cli import people
    from zhibao.cli.session import Session

    class Terminal:
        def isatty(self):
            return True

    asked = {}
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(people.click, "prompt", lambda text, **more: asked.update(more) or "secret")
    assert people._password(Session(lang="en", as_json=False)) == "secret"
    assert asked["hide_input"]


def test_a_token_is_shown_once_and_works(run, handler):
    from zhibao.apps.organs.tokens import person_for

    told = run("people", "token", "handler", "--for", "a feed", "--json").json
    assert person_for(told["token"], timezone.now()) == handler
    assert (
        run("people", "token", "handler", "--for", "x", "--ends", "1999-01-01", "--json").error["code"]
        == "bad-token-term"
    )


def test_migrate_says_what_it_did(run, db):
    assert run("migrate", "--json").json == {"applied": []}
    assert "up to date" in run("migrate").out


def test_the_worker_does_what_waits_and_ends(run, analyst, db):
    from zhibao.apps.work.actions.ask_job import ask_job

    ask_job(actor=analyst, kind="screen-feed", data={}, now=timezone.now())
    assert run("worker", "--until-idle", "--json").json == {"jobs": 1}
    assert "0 jobs" in run("worker", "--until-idle").out


def test_a_database_without_tables_is_told_with_what_to_do(process, tmp_path):
    told = process("case", "list", "--json", ZHIBAO_DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert (told.code, told.error["code"]) == (2, "database-not-ready")
    assert "zhibao migrate" in told.error["hint"]


def test_a_database_that_is_not_there_is_told(process, tmp_path):
    told = process("migrate", "--json", ZHIBAO_DATABASE_URL="postgres://x:y@127.0.0.1:1/none")
    assert (told.code, told.error["code"]) == (2, "database-not-ready")


def test_nothing_a_reader_of_everything_is_can_be_stored():
    from zhibao.cli.acting import everyone

    assert everyone().pk is None
    assert not Event.objects.filter(actor__username="").exists()
    assert json.dumps(everyone().roles)
