"""The pack in use: swapped only by one that loads and whose golden cases hold; the old one is kept; every process notices."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as django_settings

from tests import factories
from tests.apps.library.statutes import CASES, DEADLINE
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.models import ClockRow, Matter
from zhibao.apps.library import queries
from zhibao.apps.library.actions.activate_pack import activate_pack
from zhibao.apps.library.actions.export_local_pack import export_local_pack
from zhibao.apps.library.actions.propose_case import propose_case
from zhibao.apps.library.actions.propose_file import propose_file
from zhibao.apps.library.actions.withdraw_file import withdraw_file
from zhibao.apps.library.errors import LawFileNotFound, LawFileTooLong, LawNotYours
from zhibao.apps.library.models import LawEvent
from zhibao.apps.organs import law, law_folder
from zhibao.apps.organs.errors import DeedNotAllowed, LawFileName, LawPackGone
from zhibao.apps.organs.law import current_pack, old_pack
from zhibao.rules.load import load_pack

pytestmark = pytest.mark.django_db
NAME = "deadlines/jx.answer.yaml"
ADDED = DEADLINE.replace("tea.reply", "jx.answer").replace("ends: [filed, not-filed]", "ends: closed")


def propose(actor, now, content=ADDED, name=NAME, *, take=True):
    return propose_file(actor=actor, name=name, content=content, take=take, now=now)


def test_without_a_change_the_packs_are_read_where_they_were_shipped(law_officer):
    found = queries.pack_in_use(law_officer)
    assert (found.folder, found.before, found.local_files, found.may_change) == ("", (), (), True)
    assert found.pack.hash == load_pack(*django_settings.ZHIBAO_LAW).hash


def test_a_file_that_holds_is_taken_into_use(law_officer, now):
    before = current_pack().hash
    done = propose(law_officer, now)
    assert (done.taken, done.holds, done.complaints) == (True, True, ())
    assert [(one.section, one.id, one.how) for one in done.touched] == [("deadlines", "jx.answer", "new")]
    assert "jx.answer" in current_pack().deadlines
    assert current_pack().deadlines["jx.answer"].where == f"law/local/{NAME}:1"
    assert done.pack_hash == current_pack().hash != before
    event = LawEvent.objects.get()
    assert (event.kind, event.subject, event.data["before"], event.by) == (
        "pack-activated",
        done.pack_hash,
        before,
        law_officer,
    )
    assert queries.local_file(law_officer, NAME) == ADDED


def test_trying_changes_nothing(law_officer, county_officer, now):
    before = current_pack().hash
    for person in (law_officer, county_officer):
        done = propose(person, now, take=False)
        assert (done.taken, done.holds, done.pack_hash) == (False, True, before)
    assert not LawEvent.objects.exists()
    assert not list((law_folder.law_home() / "staging").iterdir())
    assert law_folder.in_use() is None


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (ADDED.replace("cn.tea-labels/4", "cn.tea-labels/44"), "law-cites-nothing", f"law/local/{NAME}:13"),
        (ADDED.replace("15 days", "fifteen"), "law-wrong-shape", f"law/local/{NAME}:11"),
        (ADDED.replace("confidence: text", "colour: red"), "law-unknown-key", f"law/local/{NAME}:14"),
        (ADDED.replace("to: 2026-12-31", "to: 2026-11-30"), "law-gap", f"law/local/{NAME}:15"),
        (DEADLINE, "law-replaces-without-basis", f"law/local/{NAME}:1"),
        ("a: [", "law-not-read", f"law/local/{NAME}"),
    ],
)
def test_a_pack_that_does_not_load_never_replaces_the_one_in_use(law_officer, now, content, code, where):
    before = current_pack().hash
    done = propose(law_officer, now, content)
    assert not done.taken
    assert code in {one.code for one in done.complaints}, [one.code for one in done.complaints]
    assert any(one.where.startswith(where) for one in done.complaints), [one.where for one in done.complaints]
    assert all(one.says.zh and one.says.en for one in done.complaints)
    assert current_pack().hash == done.pack_hash == before
    event = LawEvent.objects.get()
    assert (event.kind, event.data["count"]) == ("pack-refused", len(done.complaints))
    assert event.data["complaints"][0]["where"]


def test_a_golden_case_that_does_not_come_out_keeps_the_pack_out(law_officer, now):
    assert propose(law_officer, now).taken
    before = current_pack().hash
    wrong = CASES.replace("tea.reply", "jx.answer").replace("2026-12-16", "2026-12-17")
    done = propose_case(actor=law_officer, name="clocks-answer", content=wrong, take=True, now=now)
    assert not done.taken
    assert done.complaints[0].code == "golden-case"
    assert done.complaints[0].where.startswith("law/local/cases/clocks-answer.yaml:")
    assert "2026-12-16" in done.complaints[0].says.en
    assert current_pack().hash == before
    right = CASES.replace("tea.reply", "jx.answer")
    assert propose_case(actor=law_officer, name="clocks-answer", content=right, take=True, now=now).taken
    broken = propose(law_officer, now, ADDED.replace("15 days", "16 days"))
    assert (broken.taken, broken.complaints[0].code) == (False, "golden-case")  # its own case stands guard from now on


def test_replacing_an_entry_needs_what_lets_it(law_officer, now):
    with_basis = DEADLINE.replace("15 days", "12 days").replace(
        "procedure:", "replaces_under: {cite: cn.tea-labels/4-1, from: 2020-05-01}\nprocedure:"
    )
    done = propose(law_officer, now, with_basis, "deadlines/tea.reply.yaml")
    assert done.taken
    assert current_pack().deadlines["tea.reply"].versions[0].length.number == 12


def test_the_old_pack_is_kept_for_reading(law_officer, now):
    shipped = current_pack().hash
    first = propose(law_officer, now).pack_hash
    second = propose(law_officer, now + timedelta(minutes=1), ADDED.replace("15 days", "14 days")).pack_hash
    assert current_pack().hash == second
    assert old_pack(first).deadlines["jx.answer"].versions[0].length.number == 15
    assert old_pack("0" * 64) is None
    assert old_pack(second).hash == second
    assert old_pack(shipped) is None  # it lies where it was shipped, not among the packs taken into use
    before = queries.pack_in_use(law_officer).before
    assert [(one.hash, one.by) for one in before] == [(first, "law-officer")]


def test_a_withdrawn_file_is_gone_and_one_that_is_not_there_is_not_found(law_officer, now):
    propose(law_officer, now)
    with pytest.raises(LawFileNotFound):
        withdraw_file(actor=law_officer, name="deadlines/none.yaml", take=True, now=now)
    assert withdraw_file(actor=law_officer, name=NAME, now=now).touched[0].how == "gone"
    assert withdraw_file(actor=law_officer, name=NAME, take=True, now=now).taken
    assert "jx.answer" not in current_pack().deadlines


def test_only_a_law_officer_of_the_top_organ_changes_the_pack(handler, admin, supervisor, county_officer, now):
    for person in (handler, admin, supervisor):
        with pytest.raises(DeedNotAllowed):
            propose(person, now)
        with pytest.raises(DeedNotAllowed):
            propose(person, now, take=False)
        with pytest.raises(DeedNotAllowed):
            activate_pack(actor=person, now=now)
    with pytest.raises(LawNotYours):
        propose(county_officer, now)
    with pytest.raises(LawNotYours):
        withdraw_file(actor=county_officer, name=NAME, take=True, now=now)
    assert not LawEvent.objects.exists()
    assert not queries.pack_in_use(county_officer).may_change


@pytest.mark.parametrize(
    "name",
    ["../x.yaml", "deadlines/../../x.yaml", "/etc/x.yaml", "x.yaml", "deadlines/x.yml", "deadlines/a/b.yaml", "deadlines/.x.yaml",
     "Deadlines/x.yaml", "deadlines/甲.yaml", "deadlines//x.yaml", "", "deadlines/x.yaml\n", f"deadlines/{'x' * 200}.yaml"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(law_officer, now, name):
    with pytest.raises(LawFileName):
        propose(law_officer, now, name=name)
    with pytest.raises(LawFileName):
        queries.local_file(law_officer, name)


def test_a_file_without_end_is_refused(law_officer, now):
    with pytest.raises(LawFileTooLong):
        propose(law_officer, now, "#" * 1_100_000)


@pytest.mark.parametrize("content", ["[" * 20_000, "a: &x 1\nb: *x\n", "\x00", "a: 1\na: 2", "- " * 5000])
def test_hostile_yaml_is_refused_with_a_sentence(law_officer, now, content):
    done = propose(law_officer, now, content)
    assert not done.taken
    assert done.complaints[0].says.zh


def test_a_request_stays_with_the_pack_it_began_with(law_officer, now):
    law.begin()
    try:
        first = current_pack()
        propose(law_officer, now)
        assert current_pack() is first
    finally:
        law.end()
    assert "jx.answer" in current_pack().deadlines
    with law.one_pack():
        assert "jx.answer" in current_pack().deadlines


def test_another_process_notices_at_its_next_look(law_officer, now, tmp_path, tea_pack):
    script = (
        "import sys, os, django; django.setup()\n"
        "from zhibao.apps.organs.law import current_pack\n"
        "print('jx.answer' in current_pack().deadlines, flush=True)\n"
        "sys.stdin.readline()\n"
        "print('jx.answer' in current_pack().deadlines, current_pack().hash, flush=True)\n"
    )
    law_paths = ":".join(map(str, django_settings.ZHIBAO_LAW))
    env = {
        **os.environ,
        "ZHIBAO_HOME": str(tmp_path),
        "ZHIBAO_LAW": law_paths,
        "DJANGO_SETTINGS_MODULE": "zhibao.project.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", script], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline().strip() == "False"
        done = propose(law_officer, now)
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline().split() == ["True", done.pack_hash]


def test_after_a_swap_the_sweep_brings_derived_rows_up(law_officer, handler, now):
    matter = open_matter(
        actor=handler,
        title="茶罐",
        place="360202",
        procedure="administrative",
        rights=[factories.make_right()],
        now=now,
    )
    assert not ClockRow.objects.filter(clock="jx.answer").exists()
    done = propose(law_officer, now)
    assert Matter.objects.exclude(derived_pack=done.pack_hash).count() == 1  # stale, and known to be
    sweep(now=now)
    matter.refresh_from_db()
    assert matter.derived_pack == done.pack_hash
    assert ClockRow.objects.filter(clock="jx.answer", state="running").exists()


def test_a_damaged_pack_on_disk_does_not_stop_a_process_that_holds_it(law_officer, now):
    done = propose(law_officer, now)
    assert current_pack().hash == done.pack_hash
    (law_folder.law_home() / law_folder.POINTER).write_text("{")
    assert current_pack().hash == done.pack_hash
    with pytest.raises(LawPackGone):
        law_folder.in_use()


def test_a_swap_that_cannot_be_written_leaves_all_as_it_was(law_officer, now, monkeypatch):
    before = current_pack().hash

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(law_folder, "_write_whole", full)
    with pytest.raises(OSError, match="No space"):
        propose(law_officer, now)
    monkeypatch.undo()
    assert current_pack().hash == before
    assert not LawEvent.objects.exists()
    assert propose(law_officer, now).taken


# --- the packs that are shipped ---------------------------------------------------------------------------------------


@pytest.fixture
def shipped(settings, tmp_path, tea_pack):
    """A writable copy of the invented layer, as an update of the product would change it."""
    root = tmp_path / "shipped" / "law" / "cn-tea"
    for path in tea_pack.rglob("*.yaml"):
        target = root / path.relative_to(tea_pack)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    settings.ZHIBAO_LAW = (*settings.ZHIBAO_LAW[:-1], root)
    return root


def test_the_shipped_packs_are_taken_into_use_once(shipped, now):
    first = activate_pack(actor=None, now=now)
    assert (first.activated, first.changed, first.complaints) == (True, True, ())
    assert first.cases == 1  # of the layer that has any
    again = activate_pack(actor=None, now=now)
    assert (again.activated, again.changed, again.pack_hash) == (True, False, first.pack_hash)
    assert LawEvent.objects.filter(kind="pack-activated", by=None).count() == 1


def test_a_shipped_pack_that_is_broken_leaves_the_one_in_use_and_says_where(shipped, law_officer, now):
    before = activate_pack(actor=None, now=now).pack_hash
    path = shipped / "deadlines" / "tea.reply.yaml"
    path.write_text(path.read_text().replace("cn.tea-labels/5", "cn.tea-labels/55"))
    done = activate_pack(actor=law_officer, now=now)
    assert (done.activated, done.pack_hash) == (False, before)
    assert done.complaints[0].where == "law/cn-tea/deadlines/tea.reply.yaml:18"
    assert "cn.tea-labels/55" in done.complaints[0].says.zh
    assert current_pack().hash == before
    assert LawEvent.objects.filter(kind="pack-refused").count() == 1


def test_a_shipped_golden_case_that_fails_keeps_the_shipped_pack_out(shipped, now):
    activate_pack(actor=None, now=now)
    path = shipped / "deadlines" / "tea.reply.yaml"
    path.write_text(path.read_text().replace("length: 20 days", "length: 21 days"))
    done = activate_pack(actor=None, now=now)
    assert {one.code for one in done.complaints} == {"golden-case"}
    assert done.complaints[0].where.startswith("law/cn-tea/cases/clocks-tea.yaml:")


def test_a_new_shipped_pack_keeps_the_local_layer(shipped, law_officer, now):
    propose(law_officer, now)
    path = shipped / "deadlines" / "tea.reply.yaml"
    path.write_text(path.read_text().replace("answering an objection", "answering objections"))
    done = activate_pack(actor=None, now=now)
    assert done.changed
    assert "jx.answer" in current_pack().deadlines
    assert current_pack().deadlines["tea.reply"].title.en == "answering objections"


def test_shipped_folders_that_are_gone_are_told(shipped, settings, now, tmp_path):
    activate_pack(actor=None, now=now)
    settings.ZHIBAO_LAW = (*settings.ZHIBAO_LAW, tmp_path / "gone")
    done = activate_pack(actor=None, now=now)
    assert (done.activated, len(done.complaints)) == (False, 1)


def test_the_local_layer_goes_upstream_as_a_zip(law_officer, now):
    propose(law_officer, now)
    raw = export_local_pack(actor=law_officer, now=now)
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        assert set(archive.namelist()) == {"manifest.json", f"law/local/{NAME}"}
        assert archive.read(f"law/local/{NAME}").decode() == ADDED
        assert json.loads(archive.read("manifest.json"))["law_pack"] == current_pack().hash
    assert export_local_pack(actor=law_officer, now=now) == raw
