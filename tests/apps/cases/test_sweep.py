"""The sweep touches what changed and what fell due, and leaves what a rebuild of everything would leave."""

from datetime import timedelta

import pytest

from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.models import ClockRow, FindingRow, Matter
from zhibao.apps.cases.store import refreshing

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters(handler, now):
    """Matters opened on different days, so that they fall due on different days."""
    return [
        open_matter(
            actor=handler, title=f"案件{number}", place="360202", procedure="administrative", rights=[],
            now=now - timedelta(days=5 * number),
        )
        for number in range(6)
    ]  # fmt: skip


def record(handler, matter, kind, at, **data):
    proceeding = matter.proceedings.get()
    return record_event(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        kind=kind,
        at=at,
        data=data,
        expected_seq=None,
        now=at,
    )


def rows():
    clocks = ClockRow.objects.order_by("matter", "clock", "entry")
    findings = FindingRow.objects.order_by("matter", "key")
    heads = Matter.objects.order_by("pk")
    return (
        list(clocks.values("matter", "clock", "entry", "state", "started", "due", "organ", "proceeding", "view")),
        list(findings.values("matter", "key", "kind", "since", "weight", "organ", "view")),
        list(heads.values("pk", "derived_seq", "derived_pack", "next_due")),
    )


def test_day_by_day_the_sweep_leaves_what_a_full_rebuild_leaves(matters, handler, now):
    record(handler, matters[0], "filed", now + timedelta(hours=1))
    record(handler, matters[1], "filed", now + timedelta(hours=1))
    record(handler, matters[1], "suspended", now + timedelta(hours=2), reason="等鉴定")
    touched = 0
    for day in range(1, 130, 9):
        moment = now + timedelta(days=day)
        touched += sweep(now=moment).matters
        swept = rows()
        assert rebuild_projections(now=moment).changed == 0
        assert rows() == swept
        assert sweep(now=moment).matters == 0
    assert 0 < touched < 15 * len(matters)
    assert FindingRow.objects.filter(kind="overdue").exists()


def test_only_what_fell_due_is_touched(matters, now):
    sweep(now=now)
    first = Matter.objects.exclude(next_due=None).order_by("next_due")[0]
    assert sweep(now=first.next_due - timedelta(seconds=1)).matters == 0
    assert sweep(now=first.next_due).matters >= 1
    assert ClockRow.objects.get(matter=first, clock="adm.file").state == "overdue"


def test_events_whose_rows_waited_are_brought_up(matters, handler, now, monkeypatch):
    sweep(now=now)
    monkeypatch.setattr(refreshing, "bring_up", lambda *_args, **_more: None)
    record(handler, matters[2], "filed", now + timedelta(hours=1))
    monkeypatch.undo()
    assert sweep(now=now + timedelta(hours=1)).matters == 1
    assert ClockRow.objects.filter(matter=matters[2], clock="adm.decide").exists()


def test_rows_of_an_older_law_are_made_anew(matters, now):
    sweep(now=now)
    Matter.objects.filter(pk=matters[3].pk).update(derived_pack="0" * 64)
    assert sweep(now=now).matters == 1


def test_a_row_that_went_missing_comes_back_with_the_next_turn(matters, now):
    sweep(now=now)
    ClockRow.objects.filter(matter=matters[4]).delete()
    FindingRow.objects.filter(matter=matters[4]).delete()
    Matter.objects.filter(pk=matters[4].pk).update(next_due=now)
    assert sweep(now=now + timedelta(minutes=1)).changed == 1
    kept = rows()
    rebuild_projections(now=now + timedelta(minutes=1))
    assert rows() == kept


def test_a_finding_that_no_longer_stands_is_removed_and_one_that_says_something_else_is_changed(matters, now):
    later = now + timedelta(days=60)
    sweep(now=later)
    row = FindingRow.objects.filter(matter=matters[5]).first()
    FindingRow.objects.filter(pk=row.pk).update(weight=row.weight + 1)
    FindingRow.objects.create(
        matter=matters[5], kind="overdue", key="overdue:none:1", since=now.date(), weight=1, view={}
    )
    Matter.objects.filter(pk=matters[5].pk).update(next_due=later)
    sweep(now=later)
    assert FindingRow.objects.get(pk=row.pk).weight == row.weight
    assert not FindingRow.objects.filter(key="overdue:none:1").exists()


def test_a_matter_that_moves_on_while_it_is_derived_is_left_to_who_moved_it(matters, handler, now, monkeypatch):
    sweep(now=now)
    Matter.objects.filter(pk=matters[0].pk).update(next_due=now)
    from zhibao.apps.cases.actions import rebuild_projections as module

    real = module.events_of_many

    def meanwhile(batch):
        found = real(batch)
        record(handler, matters[0], "filed", now + timedelta(hours=1))
        return found

    monkeypatch.setattr(module, "events_of_many", meanwhile)
    assert sweep(now=now + timedelta(hours=1)).changed == 0
    assert ClockRow.objects.filter(matter=matters[0], clock="adm.decide").exists()
