from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.checks import chain_faults
from zhibao.apps.cases.errors import (
    BrokenChain,
    EventHasItsOwnAction,
    EventNotFound,
    ExhibitNotHere,
    MatterMovedOn,
    MatterNotFound,
    NothingCorrected,
    NotYourProceeding,
    ProceedingNotFound,
    SeqAhead,
    UnreadableData,
)
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event, Matter
from zhibao.apps.cases.store import record, refreshing
from zhibao.apps.cases.store.standings import standings
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.docket.chain import check_chain
from zhibao.docket.corrections import effective
from zhibao.docket.errors import EventBeforeStart, EventInFuture, UnknownEventKind
from zhibao.docket.standing import Standing
from zhibao.kernel.errors import ZhibaoError

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_opened_matter_begins_with_its_clue_and_its_right(matter, proceeding, handler):
    events = queries.events_of(matter)
    assert [event.kind for event in events] == ["proceeding-opened", "clue-received", "right-attached"]
    assert [event.seq for event in events] == [1, 2, 3]
    assert {event.law_pack for event in events} == {current_pack().hash}
    assert {(event.actor, event.organ, event.proceeding) for event in events} == {
        (str(handler.pk), handler.organ_id, str(proceeding.pk))
    }
    assert check_chain(events) == []
    assert (matter.number, matter.head_seq, matter.head_hash) == ("M-2026-000001", 3, events[-1].hash)
    assert proceeding.number == f"{handler.organ.paper_word}立〔2026〕1号"
    assert (proceeding.stage, proceeding.handler) == ("check", handler)


def test_recording_starts_ends_and_lists_clocks(tell, matter, proceeding, now):
    [clock] = matter.clock_rows.all()
    assert (clock.clock, clock.state, clock.organ_id) == ("adm.file", "running", proceeding.organ_id)
    event = tell("filed", expected_seq=3)
    assert event.seq == 4
    matter.refresh_from_db()
    assert matter.head_seq == matter.derived_seq == 4
    assert dict(matter.clock_rows.values_list("clock", "state"))["adm.file"] == "met"
    assert matter.next_due == matter.clock_rows.filter(state="running").order_by("due").first().due
    proceeding.refresh_from_db()
    assert proceeding.stage == "investigation"


def test_who_was_slower_is_told_who_recorded_what(tell, matter, head, now):
    tell("filed", actor=head, expected_seq=3)
    tell("note-added", data={"text": "已电话告知"}, actor=head)
    with pytest.raises(MatterMovedOn) as told:
        tell("not-filed", expected_seq=3)
    assert told.value.code == "matter-moved-on"
    assert head.name_zh in told.value.say("zh")
    assert "立案" in told.value.say("zh")
    assert "备注" in told.value.say("zh")
    assert head.name_en in told.value.say("en")
    assert [event.kind for event in queries.events_of(matter)][3:] == ["filed", "note-added"]


def test_nobody_has_seen_what_is_not_there(tell):
    with pytest.raises(SeqAhead) as told:
        tell("filed", expected_seq=9)
    assert "9" in told.value.say("zh")


def test_a_lost_race_at_the_last_moment_leaves_nothing(tell, matter, head, monkeypatch):
    """Another officer records between reading the head and moving it: the second is told and nothing is half done."""
    real = record.join

    def other_first(*args, **kwargs):
        addition = real(*args, **kwargs)
        monkeypatch.setattr(record, "join", real)
        tell("note-added", data={"text": "先到"}, actor=head)
        return addition

    monkeypatch.setattr(record, "join", other_first)
    with pytest.raises(MatterMovedOn) as told:
        tell("filed", expected_seq=3)
    assert head.name_zh in told.value.say("zh")
    matter.refresh_from_db()
    assert matter.head_seq == matter.derived_seq == 4
    assert [event.kind for event in queries.events_of(matter)][3:] == ["note-added"]
    assert queries.chain_of(matter) == []


def test_a_head_that_will_not_move_is_a_lost_race_too(tell, matter, monkeypatch):
    monkeypatch.setattr(record, "put", lambda _addition: False)
    with pytest.raises(MatterMovedOn):
        tell("filed")
    assert queries.events_of(matter)[-1].seq == 3


def test_who_does_not_mind_what_came_before_goes_after_it(tell, matter, head, monkeypatch):
    real = record.join

    def other_first(*args, **kwargs):
        addition = real(*args, **kwargs)
        monkeypatch.setattr(record, "join", real)
        tell("note-added", data={"text": "先到"}, actor=head)
        return addition

    monkeypatch.setattr(record, "join", other_first)
    assert tell("filed").seq == 5
    matter.refresh_from_db()
    assert queries.chain_of(matter) == []


def test_what_was_known_and_is_no_longer_so_refuses_nobody(tell, matter, handler, now):
    """``filed`` stands once: another process withdrew it meanwhile, so it may be recorded again."""
    tell("filed")
    here = standings.take(matter.pk, current_pack())
    correct_event(actor=handler, matter_id=matter.pk, seq=4, withdrawn=True, why="x", expected_seq=4, now=now)
    standings.keep(matter.pk, here)  # as this process still knows it
    assert tell("filed").seq == 6


def test_of_what_others_recorded_only_the_new_is_read(tell, matter, head):
    """Another process went on from what is known here: its events join by their hash, so the ones before are not read."""
    tell("note-added", data={"text": "甲"})
    here = standings.take(matter.pk, current_pack())
    ours = here.seq
    for text in ("乙", "丙"):
        tell("note-added", data={"text": text}, actor=head)
    events = queries.events_of(matter)
    standings.keep(matter.pk, Standing(here.guide, events[:ours]))
    with CaptureQueriesContext(connection) as captured:
        assert tell("filed", expected_seq=6).seq == 7
    assert [query["sql"] for query in captured if 'cases_event"."seq" >' in query["sql"]]
    matter.refresh_from_db()
    assert queries.chain_of(matter) == []


def test_a_past_that_is_not_the_recorded_one_is_read_afresh(tell, matter):
    """What is known here does not lead to what stands: a forged or undone past is dropped whole."""
    tell("note-added", data={"text": "甲"})
    here = standings.take(matter.pk, current_pack())
    here.rewind(2)
    here.events[1] = replace(here.events[1], hash="0" * 64)
    standings.keep(matter.pk, here)
    assert tell("filed").seq == 5
    matter.refresh_from_db()
    assert queries.chain_of(matter) == []


def test_an_append_that_was_undone_is_not_built_upon(tell, matter):
    with transaction.atomic():
        tell("note-added", data={"text": "x"})
        transaction.set_rollback(True)
    assert tell("filed").seq == 4
    matter.refresh_from_db()
    assert queries.chain_of(matter) == []


def test_a_record_whose_head_does_not_fit_is_not_continued(tell, matter):
    Matter.objects.filter(pk=matter.pk).update(head_hash="0" * 64)
    with pytest.raises(BrokenChain):
        tell("filed")


def test_lists_stand_when_deriving_fails_and_the_sweep_mends_them(transactional_db, tell, matter, now, monkeypatch):
    monkeypatch.setattr(refreshing, "derive", lambda *_args, **_kwargs: 1 / 0)
    assert tell("filed").seq == 4
    matter.refresh_from_db()
    assert (matter.head_seq, matter.derived_seq) == (4, 3)
    assert dict(matter.clock_rows.values_list("clock", "state")) == {"adm.file": "running"}
    assert sweep(now=now).matters == 1
    assert dict(matter.clock_rows.values_list("clock", "state"))["adm.file"] == "met"
    matter.refresh_from_db()
    assert matter.derived_seq == 4


@pytest.mark.parametrize(
    ("kind", "data", "at", "error"),
    [
        ("no-such-kind", {}, None, UnknownEventKind),
        ("filed", {}, HOUR, EventInFuture),
        ("filed", {}, -timedelta(days=30), EventBeforeStart),
        ("proceeding-opened", {}, None, EventHasItsOwnAction),
        ("handed-over", {}, None, EventHasItsOwnAction),
        ("corrected", {}, None, EventHasItsOwnAction),
        ("note-added", {"text": "a\x00b"}, None, UnreadableData),
        ("note-added", {"text": "\ud800"}, None, UnreadableData),
        ("act-found", {"kind": "counterfeit-mark-goods", "illegal_gain": 310.5}, None, UnreadableData),
    ],
)
def test_what_does_not_hold_is_refused_with_a_sentence_and_nothing_kept(tell, matter, now, kind, data, at, error):
    with pytest.raises(error) as refused:
        tell(kind, at=now + (at or timedelta()), data=data, when=now)
    assert refused.value.say("zh").strip()
    assert refused.value.say("en").strip()
    assert queries.events_of(matter)[-1].seq == 3


def test_only_the_organ_that_holds_the_proceeding_records(tell, matter, proceeding, analyst, outsider, supervisor, now):
    with pytest.raises(NotYourProceeding) as refused:
        tell("filed", actor=analyst)
    assert proceeding.organ.name_zh in refused.value.say("zh")
    with pytest.raises(MatterNotFound):
        tell("filed", actor=outsider)
    with pytest.raises(ZhibaoError) as refused:
        tell("filed", actor=supervisor)
    assert refused.value.code == "purpose-missing"


def test_a_proceeding_of_another_matter_is_not_found(tell, matter, handler, now):
    with pytest.raises(ProceedingNotFound):
        record_event(
            actor=handler,
            matter_id=matter.pk,
            proceeding_id="11111111-1111-1111-1111-111111111111",
            kind="filed",
            at=now,
            data={},
            expected_seq=None,
            now=now,
        )


def test_an_exhibit_of_elsewhere_cannot_be_cited(matter, proceeding, handler, now):
    with pytest.raises(ExhibitNotHere):
        record_event(
            actor=handler,
            matter_id=matter.number,
            proceeding_id=proceeding.pk,
            kind="filed",
            at=now,
            data={},
            exhibits=["11111111-1111-1111-1111-111111111111"],
            expected_seq=None,
            now=now,
        )


def test_a_correction_moves_the_clock_and_keeps_the_first_record(matter, handler, now):
    before = matter.clock_rows.get().due
    correct_event(
        actor=handler,
        matter_id=matter.pk,
        seq=2,
        at=now - timedelta(days=10),
        why="收到日期记错",
        expected_seq=3,
        now=now,
    )
    assert matter.clock_rows.get().due < before
    events = queries.events_of(matter)
    assert events[1].at == now
    assert next(event for event in effective(events) if event.seq == 2).at == now - timedelta(days=10)
    assert check_chain(events) == []


def test_a_withdrawn_event_ends_nothing_any_longer(tell, matter, handler, now):
    tell("filed")
    correct_event(
        actor=handler, matter_id=matter.pk, seq=4, withdrawn=True, why="记错案件", expected_seq=None, now=now + HOUR
    )
    assert dict(matter.clock_rows.values_list("clock", "state")) == {"adm.file": "running"}


def test_data_is_corrected_as_a_whole(tell, matter, handler, now):
    tell("note-added", data={"text": "青釉"})
    correct_event(
        actor=handler, matter_id=matter.pk, seq=4, data={"text": "青花"}, why="笔误", expected_seq=None, now=now
    )
    assert effective(queries.events_of(matter))[-1].data == {"text": "青花"}


def test_a_correction_needs_a_target_a_change_and_a_reason(matter, handler, analyst, outsider, now):
    for seq, more, error in (
        (99, {"withdrawn": True, "why": "x"}, EventNotFound),
        (2, {"why": "x"}, NothingCorrected),
        (2, {"withdrawn": True, "why": " "}, NothingCorrected),
    ):
        with pytest.raises(error):
            correct_event(actor=handler, matter_id=matter.pk, seq=seq, expected_seq=None, now=now, **more)
    for person, seq, error in ((outsider, 99, MatterNotFound), (analyst, 2, NotYourProceeding)):
        with pytest.raises(error):
            correct_event(
                actor=person, matter_id=matter.pk, seq=seq, why="x", withdrawn=True, expected_seq=None, now=now
            )
    assert queries.events_of(matter)[-1].seq == 3


def test_a_numberless_time_zone_reads_back_as_the_same_instant(tell, matter, now):
    event = tell("filed", at=now.astimezone(factories.NOW.tzinfo))
    assert queries.events_of(matter)[-1] == event


STATEMENTS = {
    "sqlite": [
        "UPDATE cases_event SET kind = 'x'",
        "DELETE FROM cases_event",
        "DELETE FROM cases_event WHERE seq = 2",
        "INSERT OR REPLACE INTO cases_event SELECT * FROM cases_event WHERE seq = 2",
        "REPLACE INTO cases_event SELECT * FROM cases_event",
        "INSERT INTO cases_event SELECT * FROM cases_event WHERE true ON CONFLICT (matter_id, seq) DO UPDATE SET kind = 'x'",
    ],
    "postgresql": [
        "UPDATE cases_event SET kind = 'x'",
        "DELETE FROM cases_event",
        "DELETE FROM cases_event WHERE seq = 2",
        "TRUNCATE cases_event",
        "TRUNCATE cases_matter CASCADE",
        "INSERT INTO cases_event SELECT * FROM cases_event ON CONFLICT (id) DO UPDATE SET kind = 'x'",
    ],
}


@pytest.mark.parametrize("statement", STATEMENTS[connection.vendor])
def test_the_database_itself_refuses_to_change_or_remove_an_event(matter, statement):
    before = queries.events_of(matter)
    connection.check_constraints()  # PostgreSQL truncates nothing while foreign keys wait to be checked
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.events_of(matter) == before


def test_a_matter_with_events_cannot_be_deleted(matter):
    with pytest.raises(DatabaseError), transaction.atomic():
        matter.delete()


def test_the_check_finds_a_forged_record(matter, proceeding, handler, now):
    done = []
    assert list(chain_faults(progress=lambda at, total: done.append((at, total)))) == []
    Event.objects.create(
        matter=matter,
        seq=4,
        proceeding=proceeding,
        kind="filed",
        at=now,
        recorded_at=now,
        organ=handler.organ,
        actor=handler,
        law_pack="",
        prev="forged",
        hash="0" * 64,
    )
    [fault] = chain_faults()
    assert (fault.where, fault.data["seq"]) == (matter.number, 4)
    assert "4" in fault.say("zh")
    assert done == [(1, 1)]


def test_the_check_finds_a_head_that_does_not_fit(matter):
    Matter.objects.filter(pk=matter.pk).update(head_seq=2)
    matter.refresh_from_db()
    assert [fault.seq for fault in queries.chain_of(matter)] == [2]


def test_recording_needs_a_role(matter, proceeding, registrar, now):
    with pytest.raises((NotYourProceeding, DeedNotAllowed)):
        record_event(
            actor=registrar,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            kind="filed",
            at=now,
            data={},
            expected_seq=None,
            now=now,
        )
