"""Backup and restore: all of it comes back, on either database, or nothing does."""

import hashlib
import json
import subprocess
import sys
import zipfile

import pytest
from django.utils import timezone

from tests.cli.conftest import Told
from tests.house.source import ROOT
from tests.jobs.database import own_database
from zhibao.apps.work.tables import kept_tables
from zhibao.cli.archive import MANIFEST, TABLES, VAULT


@pytest.fixture(scope="module")
def here(tmp_path_factory, django_db_setup):
    with own_database(tmp_path_factory.mktemp("here")) as environment:
        yield environment


@pytest.fixture
def there(tmp_path):
    with own_database(tmp_path) as environment:
        yield environment


FILL = """
import django
django.setup()
from django.utils import timezone
from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.vault.actions.seal_exhibits import seal_exhibits
from zhibao.apps.work.actions.ask_job import ask_job
now = timezone.now()
agency = factories.make_organ()
handler = factories.make_person(agency, username="handler")
analyst = factories.make_person(agency, "analyst", username="analyst")
matter = open_matter(actor=handler, title="青釉坊茶具", place="360202", procedure="administrative", rights=[factories.make_right()], now=now)
exhibit = keep_exhibit(actor=handler, matter_id=matter.pk, proceeding_id=matter.proceedings.get().pk, stream=[b"words"],
    name="a.txt", origin="on the spot", captured_at=now, expected_seq=None, now=timezone.now())
seal_exhibits(actor=handler, exhibit_ids=[exhibit.pk], now=timezone.now())
ask_job(actor=analyst, kind="screen-feed", data={"feed": "x"}, now=now)
"""


def python(code, environment):
    """Run a script in a process of its own, on an installation."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def command(environment, *words):
    """Run a command as a process, on an installation."""
    done = subprocess.run(
        [sys.executable, "-m", "zhibao.cli", *map(str, words)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Told(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def filled(here):
    python(FILL, here)
    return here


@pytest.fixture(scope="module")
def archive(filled, tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "copy.zip"
    told = command(filled, "backup", path, "--json")
    assert told.code == 0, told.out + told.err
    return path, told.json


COUNTS = """
import django, json
django.setup()
from zhibao.apps.work.tables import kept_tables
print(json.dumps({table.label: table.rows.count() for table in kept_tables()}))
"""
GO_ON = """
import django
django.setup()
from django.utils import timezone
from zhibao.apps.cases.models import Matter
from zhibao.apps.organs.models import Person
from zhibao.apps.cases.actions.record_event import record_event
matter, handler = Matter.objects.get(), Person.objects.get(username="handler")
record_event(actor=handler, matter_id=matter.pk, proceeding_id=matter.proceedings.get().pk, kind="note-added", at=timezone.now(),
    data={"text": "again"}, expected_seq=matter.head_seq, now=timezone.now())
"""


def test_everything_comes_back_holds_and_goes_on(filled, archive, there):
    path, told = archive
    assert told["files"] == 2
    back = command(there, "restore", path, "--digest", told["digest"], "--json")
    assert back.code == 0, back.out + back.err
    assert (back.json["rows"], back.json["files"], back.json["digest"]) == (told["rows"], 2, told["digest"])
    assert json.loads(python(COUNTS, there)) == told["tables"]
    checked = command(there, "check", "--json")
    assert checked.code == 0, checked.out
    python(GO_ON, there)
    number = command(there, "case", "list", "--json").json["matters"][0]["number"]
    assert command(there, "case", "events", number, "--json").json["chain"]["ok"] is True


def test_a_second_backup_or_restore_overwrites_nothing(filled, archive):
    path, _ = archive
    assert command(filled, "backup", path, "--json").error["code"] == "target-not-empty"
    assert command(filled, "restore", path, "--json").error["code"] == "target-not-empty"


def rewritten(path, change):
    """Return a copy of the archive with parts changed by ``change(name, bytes) -> bytes | None``."""
    out = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return out


def without_words(name, data):
    return data.replace(b"words", b"other") if name.startswith(VAULT) else data


def without_a_table(name, data):
    return None if name == f"{TABLES}cases.event.jsonl" else data


def another_version(name, data):
    return data.replace(b'"version": 1', b'"version": 99') if name == MANIFEST else data


def no_manifest(name, data):
    return None if name == MANIFEST else data


def no_json(name, data):
    return b"{" if name == MANIFEST else data


def forged_name(name, data):
    """A manifest that was written anew: its digests hold, but a file is not what its name says."""
    if name != MANIFEST:
        return data
    manifest = json.loads(data)
    wrong = VAULT + "0" * 64
    first = next(part for part in manifest["parts"] if part.startswith(VAULT))
    manifest["parts"][wrong] = manifest["parts"].pop(first)
    return json.dumps(manifest).encode()


def other_tables(name, data):
    if name != MANIFEST:
        return data
    return json.dumps(json.loads(data) | {"migrations": ["cases.0001_initial"]}).encode()


@pytest.mark.django_db
def test_whatever_was_done_to_an_archive_nothing_is_restored(archive, run, settings, tmp_path):
    path, _ = archive
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    torn = path.with_name("torn.zip")
    torn.write_bytes(path.read_bytes()[:-2000])
    plain = path.with_name("plain.zip")
    plain.write_text("not a zip")
    changes = [without_words, without_a_table, another_version, no_manifest, no_json, forged_name, other_tables]
    for given in [torn, plain, *(rewritten_as(path, change) for change in changes)]:
        answer = run("restore", given, "--json")
        assert (answer.code, answer.error["code"]) == (2, "bad-archive"), given
    assert run("restore", path, "--digest", "0" * 64, "--json").error["code"] == "bad-archive"
    assert not any(table.rows.exists() for table in kept_tables())
    assert not list(settings.ZHIBAO_VAULT.glob("??/??/*"))
    assert run("restore", path, "--json").code == 0


def rewritten_as(path, change):
    out = rewritten(path, change)
    return out.rename(out.with_name(f"{change.__name__}.zip"))


@pytest.mark.django_db
def test_a_restore_that_fails_midway_removes_the_files_it_placed(run, settings, tmp_path, monkeypatch):
    from zhibao.cli import keeping

    settings.ZHIBAO_VAULT, settings.ZHIBAO_KEYS = tmp_path / "vault", tmp_path / "keys"
    place = settings.ZHIBAO_VAULT / "ab" / "cd"
    place.mkdir(parents=True)
    name = "abcd" + "0" * 60
    (place / name).write_bytes(b"x")
    path = tmp_path / "copy.zip"
    made = run("backup", path, "--json")
    assert (made.code, made.json["files"]) == (0, 1)
    assert hashlib.sha256(b"x").hexdigest() != name
    assert run("restore", path, "--json").error["code"] == "target-not-empty"
    (place / name).unlink()
    assert run("restore", path, "--json").error["code"] == "bad-archive"  # the file is not what its name says

    good = hashlib.sha256(b"x").hexdigest()
    home = settings.ZHIBAO_VAULT / good[:2] / good[2:4]
    home.mkdir(parents=True)
    (home / good).write_bytes(b"x")
    second = tmp_path / "second.zip"
    assert "1 files of evidence" in run("backup", second).out
    (home / good).unlink()

    def fails(_lines):
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "load_tables", fails)
        assert run("restore", second, "--json").code == 3
    assert not (home / good).exists()
    assert "1 files" in run("restore", second).out
    assert (home / good).read_bytes() == b"x"


@pytest.mark.django_db
def test_a_place_that_cannot_be_written_is_told(run, tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    assert run("backup", tmp_path / "none" / "copy.zip", "--json").error["code"] == "file-closed"
    assert run("backup", tmp_path, "--json").error["code"] == "target-not-empty"
    assert timezone.now()


TAKE = """
import django
django.setup()
from django.utils import timezone
from zhibao.apps.organs import law_folder
with law_folder.changing(), law_folder.staged() as candidate:
    law_folder.write_local(candidate, "measures/jx.yaml", "id: jx.cups\\ntitle: {zh: 茶杯, en: cups}\\nunit: count\\n")
    law_folder.take_into_use(candidate, "f" * 64, by="zhou", why="cups", now=timezone.now())
"""
READ = """
import django
django.setup()
from zhibao.apps.organs.law import current_pack
print("jx.cups" in current_pack().measures)
"""


def test_the_law_pack_in_use_comes_back_with_the_records(tmp_path, there):
    (tmp_path / "first").mkdir()
    with own_database(tmp_path / "first") as first:
        python(TAKE, first)
        assert command(first, "backup", tmp_path / "whole.zip").code == 0
    assert python(READ, there).strip() == "False"
    assert command(there, "restore", tmp_path / "whole.zip").code == 0
    assert python(READ, there).strip() == "True"
