"""The mirror of the events: what it holds equals the record, whatever happened to it in between."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest

from zhibao.apps.cases.actions import sweep as sweeping
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.sweep import keep_mirror, sweep
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event, Matter
from zhibao.apps.cases.store import mirror as module
from zhibao.apps.cases.store.mirror import Mirror
from zhibao.apps.cases.store.record import events_of
from zhibao.docket.clocks import clocks
from zhibao.docket.columns.fleet import clock_columns
from zhibao.docket.columns.kernel import fold_matters
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.columns.tables import STATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirror(tmp_path):
    return Mirror(current_pack(), tmp_path / "mirror")


@pytest.fixture
def another(handler, now):
    def another(title="月湖窑"):
        return open_matter(actor=handler, title=title, place="360202", procedure="administrative", rights=[], now=now)

    return another


def told(mirror, now):
    """Return the clocks of every mirrored matter by columns: (matter, id, entry, state)."""
    pack = current_pack()
    found = clock_columns(tables_of(pack.deadlines), pack.calendar, mirror.columns(), now=now, fold=fold_matters)
    ids, rows = mirror.matter_ids(), found.rows
    return {
        (ids[rows.matter[k]], found.law.deadlines[rows.limit[k]].id, int(rows.number[k]), STATES[rows.state[k]])
        for k in range(len(found))
    }


def recorded(now):
    return {
        (matter, clock.id, clock.entry, clock.state)
        for matter in Matter.objects.values_list("pk", flat=True)
        for clock in clocks(current_pack(), events_of(matter), now=now)
    }


def agrees(mirror, now):
    assert told(mirror, now) == recorded(now)
    return True


def test_a_mirror_not_there_is_built(mirror, matter, another, now):
    another()
    with pytest.raises(LookupError):
        mirror.columns()
    assert mirror.matter_ids() == []
    seen = []
    caught = mirror.catch_up(now=now, progress=lambda done, total: seen.append((done, total)))
    assert (caught.matters, caught.built, seen) == (2, True, [(2, 2)])
    assert agrees(mirror, now)


def test_only_matters_with_new_events_are_read_again(mirror, matter, another, tell, now):
    another()
    mirror.catch_up(now=now)
    assert mirror.catch_up(now=now) == module.Caught(0, 0, built=False)
    tell("filed", now + timedelta(days=1))
    caught = mirror.catch_up(now=now + timedelta(days=1))
    assert (caught.matters, caught.built) == (1, False)
    assert agrees(mirror, now + timedelta(days=200))


def test_a_matter_opened_since_is_added(mirror, matter, another, now):
    mirror.catch_up(now=now)
    another()
    assert mirror.catch_up(now=now).matters == 1
    assert agrees(mirror, now + timedelta(days=30))


def test_a_correction_encodes_its_matter_anew(mirror, matter, tell, handler, now):
    filed = tell("filed", now)
    mirror.catch_up(now=now)
    correct_event(
        actor=handler,
        matter_id=matter.pk,
        seq=filed.seq,
        withdrawn=True,
        why="登错了案件",
        expected_seq=None,
        now=now + timedelta(hours=1),
    )
    mirror.catch_up(now=now + timedelta(hours=1))
    assert agrees(mirror, now + timedelta(days=40))
    assert not any(clock == "adm.decide" for _matter, clock, _entry, _state in told(mirror, now + timedelta(days=40)))


@pytest.mark.parametrize("harm", ["short", "gone", "no json", "no manifest"])
def test_a_mirror_that_was_harmed_is_built_again(mirror, matter, now, harm):
    mirror.catch_up(now=now)
    folder = mirror.files.folder
    if harm == "short":
        (folder / "steps.at.bin").write_bytes(b"123")
    elif harm == "gone":
        (folder / "steps.code.bin").unlink()
    elif harm == "no json":
        (folder / "manifest.json").write_text("{")
    else:
        (folder / "manifest.json").unlink()
    assert mirror.catch_up(now=now).built
    assert agrees(mirror, now)


def test_what_a_crash_left_behind_the_manifest_is_overwritten(mirror, matter, tell, now):
    mirror.catch_up(now=now)
    with (mirror.files.folder / "steps.code.bin").open("ab") as file:
        file.write(b"\x07\x00" * 5)
    tell("filed", now)
    assert not mirror.catch_up(now=now).built
    assert agrees(mirror, now + timedelta(days=200))


def test_a_mirror_of_another_database_is_built_again(mirror, matter, now):
    mirror.catch_up(now=now)
    path = mirror.files.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"last": "0" * 64}))
    assert mirror.catch_up(now=now).built


def test_a_mirror_of_another_law_is_not_read_and_dropped(mirror, matter, now, tmp_path):
    mirror.catch_up(now=now)
    other = Mirror(replace(current_pack(), hash="f" * 64), tmp_path / "mirror")
    assert other.catch_up(now=now).built
    assert not mirror.files.folder.exists()


def test_a_mirror_that_is_mostly_superseded_is_built_again(mirror, matter, tell, now, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 1)
    mirror.catch_up(now=now)
    built = []
    for number in range(4):
        tell("note-added", now + timedelta(minutes=number), {"text": "记录"})
        built.append(mirror.catch_up(now=now + timedelta(minutes=number)).built)
    assert True in built
    assert agrees(mirror, now + timedelta(days=30))


def test_an_event_whose_transaction_committed_late_is_not_missed(mirror, matter, another, now, monkeypatch):
    """On PostgreSQL a lower id may appear after a higher one was read; the watermark waits for it."""
    mirror.catch_up(now=now)
    late, early = another("晚到的"), another("先到的")
    rows = list(Event.objects.filter(matter=late).values_list("pk", flat=True))
    hidden = Event.objects.exclude(pk__in=rows)
    monkeypatch.setattr(module.Event, "objects", hidden, raising=False)
    mirror.catch_up(now=now + timedelta(minutes=1))
    monkeypatch.undo()
    assert early.pk in mirror.matter_ids()
    assert late.pk not in mirror.matter_ids()
    mirror.catch_up(now=now + timedelta(minutes=2))
    assert late.pk in mirror.matter_ids()
    assert agrees(mirror, now + timedelta(days=30))


def test_a_number_given_back_is_not_waited_for_for_ever(mirror, matter, another, now):
    mirror.catch_up(now=now)
    another()
    last = Event.objects.order_by("-pk").first().pk
    mirror._manifest = mirror.files.manifest()
    assert mirror._changed(now)[2] == last
    mirror._manifest["watermark"] = -7  # as if numbers before the next were missing
    assert mirror._changed(now)[2] == -7
    assert mirror._changed(now + timedelta(hours=2))[2] == last


def written(matter, kind, data, at):
    """Write an event as it is, unchecked."""
    last = Event.objects.filter(matter=matter).order_by("-seq").first()
    last.pk, last.seq, last.kind, last.data, last.at = None, last.seq + 1, kind, data, at
    last.save(force_insert=True)
    Matter.objects.filter(pk=matter.pk).update(head_seq=last.seq)


def test_a_matter_the_docket_cannot_read_has_no_clocks_and_is_counted(mirror, matter, another, now):
    other = another()
    written(matter, "hearing-notice-served", {"hearing_at": "soon"}, now)
    mirror.catch_up(now=now)
    assert mirror.files.manifest()["unreadable"] == 1
    found = mirror.columns()
    assert (found.ends - found.begins).tolist() == [2 * (one == other.pk) for one in mirror.matter_ids()]
    assert {key for key, *_rest in told(mirror, now)} == {other.pk}


def test_columns_mapped_before_a_rebuild_stay_as_they_were(mirror, matter, now):
    mirror.catch_up(now=now)
    mapped = mirror.columns().steps.at
    before = mapped.copy()
    mirror.files.clear()
    assert np.array_equal(mapped, before)


def test_the_sweep_keeps_the_mirror(matter, settings, tmp_path, now):
    settings.ZHIBAO_MIRROR = tmp_path / "kept"
    sweep(now=now)
    assert Mirror(current_pack()).matter_ids() == [matter.pk]


def test_a_disk_that_refuses_the_mirror_does_not_stop_the_sweep(matter, settings, tmp_path, now, caplog):
    (tmp_path / "a file").write_text("")
    settings.ZHIBAO_MIRROR = tmp_path / "a file" / "mirror"
    assert keep_mirror(now=now) is None
    assert "mirror" in caplog.text
    assert sweeping.sweep(now=now).matters == 0


def test_ids_come_back_as_they_were(mirror):
    one = uuid4()
    mirror.files.clear()
    lengths = dict.fromkeys(("steps", "extras", "places", "blocks", "matters"), 0)
    after = mirror.files.append({"matters.id": np.array([list(one.bytes)], dtype=np.uint8)}, lengths)
    mirror.files.commit({"lengths": after})
    assert mirror.matter_ids() == [one]
