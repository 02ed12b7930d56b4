"""Clocks across organs, proceedings and languages; how days are counted stands in the golden cases."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.docket.conftest import event, moment
from zhibao.docket.clocks import clocks
from zhibao.docket.errors import EventBadTime, EventWithoutTime
from zhibao.docket.events import Event


def at(proceeding, procedure, organ, kind, day, /, seq=0, **data):
    return replace(event(kind, day, seq=seq, **data), proceeding=proceeding, procedure=procedure, organ=organ)


def one(found, clock, entry=1):
    return next(item for item in found if (item.id, item.entry) == (clock, entry))


A = ("a", "administrative", "mr-1")
B = ("b", "administrative", "mr-2")
C = ("c", "criminal", "police-1")
D = ("d", "criminal", "police-2")


def test_two_administrative_proceedings_of_one_matter_do_not_answer_each_other(pack):
    events = [at(*A, "filed", "2026-03-02"), at(*B, "filed", "2026-03-03"), at(*B, "decided", "2026-03-10")]
    found = clocks(pack, events, now=moment("2026-03-20"))
    assert (one(found, "adm.decide", 1).state, one(found, "adm.decide", 2).state) == ("running", "met")
    assert (one(found, "adm.decide", 1).organ, one(found, "adm.decide", 2).organ) == ("mr-1", "mr-2")


def test_a_pause_of_one_proceeding_does_not_stop_the_other(pack):
    events = [at(*A, "filed", "2026-03-02"), at(*B, "filed", "2026-03-02"), at(*B, "suspended", "2026-03-05")]
    found = clocks(pack, events, now=moment("2026-03-20"))
    assert [one(found, "adm.decide", entry).state for entry in (1, 2)] == ["running", "suspended"]


def test_an_extension_of_one_proceeding_does_not_lengthen_the_other(pack):
    events = [at(*A, "filed", "2026-03-02"), at(*B, "filed", "2026-03-02"), at(*B, "decision-extended", "2026-03-05")]
    found = clocks(pack, events, now=moment("2026-03-20"))
    assert [one(found, "adm.decide", entry).allowed for entry in (1, 2)] == [90, 120]


def test_the_police_answer_in_their_own_proceeding_and_owe_it_there(pack):
    events = [
        at(*A, "handed-over", "2026-03-10", to="police-1", proceeding="c"),
        at(*A, "receipt-signed", "2026-03-10"),
        at(*C, "police-filed", "2026-03-12"),
    ]
    clock = one(clocks(pack, events, now=moment("2026-03-20")), "xfer.police.decide")
    assert (clock.state, clock.organ, clock.proceeding) == ("met", "police-1", "c")


def test_the_nearest_earlier_proceeding_owes_the_step(pack):
    events = [
        at(*C, "proceeding-opened", "2026-03-09"),
        at(*A, "receipt-signed", "2026-03-10"),
        at(*D, "proceeding-opened", "2026-03-19"),
    ]
    assert one(clocks(pack, events, now=moment("2026-03-20")), "xfer.police.decide").organ == "police-1"


def test_without_any_criminal_proceeding_nobody_is_named(pack):
    clock = one(clocks(pack, [at(*A, "receipt-signed", "2026-03-10")], now=moment("2026-03-11")), "xfer.police.decide")
    assert (clock.organ, clock.proceeding) == ("", "a")


def test_lines_joined_by_different_handings_over_stay_apart(pack):
    events = [
        at(*A, "handed-over", "2026-03-10", to="police-1", proceeding="c"), at(*B, "handed-over", "2026-03-10", to="police-2", proceeding="d"),
        at(*C, "receipt-signed", "2026-03-10"), at(*D, "receipt-signed", "2026-03-10"), at(*D, "police-refused", "2026-03-12"),
        at(*A, "filing-notice-received", "2026-03-14"), at(*B, "goods-handed-over", "2026-03-15"),
    ]  # fmt: skip
    found = clocks(pack, events, now=moment("2026-03-16"))
    assert [one(found, "xfer.police.decide", entry).state for entry in (1, 2)] == ["overdue", "met"]
    assert one(found, "xfer.goods").state == "running"


def test_forwarding_joins_the_second_organ_to_the_line(pack):
    events = [
        at(*A, "handed-over", "2026-03-10", to="police-1", proceeding="c"), at(*C, "receipt-signed", "2026-03-10", competent=False),
        at(*C, "forwarded", "2026-03-11T09:00", to="police-2", proceeding="d"), at(*D, "receipt-signed", "2026-03-12"),
        at(*D, "police-refused", "2026-03-13"), at(*A, "refusal-received", "2026-03-14"), at(*A, "reconsideration-requested", "2026-03-15"),
    ]  # fmt: skip
    found = clocks(pack, events, now=moment("2026-03-16"))
    assert one(found, "xfer.police.decide", 2).state == "met"
    assert one(found, "xfer.reconsider.decide").organ == "police-2"


def test_a_proceeding_that_no_handing_over_names_answers_anyone(pack):
    events = [
        at(*A, "handed-over", "2026-03-10", proceeding="c"),
        at(*A, "receipt-signed", "2026-03-10"),
        at(*D, "police-filed", "2026-03-11"),
    ]
    assert one(clocks(pack, events, now=moment("2026-03-16")), "xfer.police.decide").state == "met"


def test_a_second_administrative_proceeding_outside_the_line_is_not_answered_by_it(pack):
    events = [
        at(*A, "seized", "2026-03-02"), at(*B, "seized", "2026-03-02"), at(*A, "handed-over", "2026-03-10", proceeding="c"),
        at(*C, "receipt-signed", "2026-03-10"), at(*C, "goods-handed-over", "2026-03-12"),
    ]  # fmt: skip
    found = clocks(pack, events, now=moment("2026-03-16"))
    assert [one(found, "adm.seizure", entry).state for entry in (1, 2)] == ["met", "running"]


def test_proceedings_outside_every_line_answer_each_other(pack):
    events = [
        at(*A, "receipt-signed", "2026-03-10"),
        at(*C, "police-filed", "2026-03-11"),
        at(*B, "note-added", "2026-03-10", text="x"),
    ]
    assert one(clocks(pack, events, now=moment("2026-03-16")), "xfer.police.decide").state == "met"


def test_the_desk_that_asks_is_taken_to_have_recorded_what_names_no_procedure(pack):
    events = [replace(event("clue-received", "2026-03-02"), organ="mr-1")]
    assert one(clocks(pack, events, now=moment("2026-03-03"), procedure="administrative"), "adm.file").organ == "mr-1"
    assert one(clocks(pack, events, now=moment("2026-03-03")), "adm.file").organ == ""


def test_parties_owe_no_step_as_an_organ(pack):
    clock = one(
        clocks(pack, [at(*A, "penalty-notice-served", "2026-03-02")], now=moment("2026-03-03")), "adm.statement"
    )
    assert (clock.owed_by, clock.organ, clock.proceeding) == ("party", "", "a")
    assert clock.owed_by_title.en == "party"


def test_corrections_move_the_clock_and_ledgers_name_the_number_in_the_matter(pack):
    events = [
        at(*A, "clue-received", "2026-03-02", seq=7),
        at(*A, "corrected", "2026-03-04", seq=8, corrects=7, at="2026-03-03T10:00:00+08:00", why="x"),
    ]
    clock = one(clocks(pack, events, now=moment("2026-03-05")), "adm.file")
    assert clock.started == moment("2026-03-03")
    assert [line.event for line in clock.ledger] == [7]


def test_days_are_those_of_china_whatever_the_offset(pack):
    late_evening = Event("clue-received", datetime.fromisoformat("2026-09-27T20:00:00-05:00"))
    assert str(one(clocks(pack, [late_evening], now=moment("2026-10-01")), "adm.file").due) == "2026-10-23"


def test_only_open_clocks_are_open(pack):
    events = [
        at(*A, "clue-received", "2026-03-02"),
        at(*A, "filed", "2026-03-03"),
        at(*A, "evidence-preserved", "2026-03-03"),
    ]
    found = clocks(pack, events, now=moment("2026-03-20"))
    assert {item.id: item.is_open for item in found} == {"adm.file": False, "adm.decide": True, "adm.preserve": False}


def test_a_hearing_set_in_advance_is_counted_back_from(pack):
    events = [event("hearing-requested", "2026-03-09"), event("hearing-held", "2026-03-23")]
    clock = one(clocks(pack, events, now=moment("2026-03-10")), "adm.hearing.notice")
    assert (str(clock.due), clock.state, clock.used, clock.allowed) == ("2026-03-12", "running", None, None)


def test_a_hearing_nobody_asked_for_needs_its_notice_too(pack):
    clock = one(clocks(pack, [event("hearing-held", "2026-03-23")], now=moment("2026-03-24")), "adm.hearing.notice")
    assert (str(clock.due), clock.state) == ("2026-03-12", "overdue")


def test_a_suspended_clock_still_says_how_much_it_may_use(pack):
    events = [event("filed", "2026-03-02"), event("suspended", "2026-03-12")]
    clock = one(clocks(pack, events, now=moment("2026-06-01")), "adm.decide")
    assert (clock.state, clock.used, clock.allowed, clock.due_moment) == ("suspended", 10, 90, None)


def test_an_extension_that_does_not_say_how_long_is_not_counted(pack):
    events = [
        event("filed", "2026-01-05"),
        event("decision-extended", "2026-03-01"),
        event("decision-extended", "2026-03-02"),
    ]
    clock = one(clocks(pack, events, now=moment("2026-03-05")), "adm.decide")
    assert [line.what for line in clock.ledger] == ["started", "extended", "extension-refused"]


def test_steps_after_the_end_change_nothing(pack):
    events = [
        event("clue-received", "2026-03-02"),
        event("filed", "2026-03-05"),
        event("filing-extended", "2026-03-06"),
        event("examination-started", "2026-03-06"),
    ]
    clock = one(clocks(pack, events, now=moment("2026-06-05")), "adm.file")
    assert (str(clock.due), [line.what for line in clock.ledger]) == ("2026-03-23", ["started", "met"])


def test_a_pause_that_was_over_before_the_start_is_not_in_the_ledger(pack):
    events = [
        event("examination-started", "2026-02-02"),
        event("examination-ended", "2026-02-05"),
        event("clue-received", "2026-03-02"),
    ]
    assert [line.what for line in one(clocks(pack, events, now=moment("2026-03-05")), "adm.file").ledger] == ["started"]


def test_a_time_without_offset_is_refused(pack):
    with pytest.raises(EventWithoutTime):
        clocks(pack, [Event("filed", datetime.fromisoformat("2026-03-02T10:00:00"))], now=moment("2026-03-05"))


def test_a_receipt_that_is_no_time_is_refused(pack):
    with pytest.raises(EventBadTime) as caught:
        clocks(pack, [event("refusal-received", "2026-03-02", received_at="soon")], now=moment("2026-03-05"))
    assert caught.value.where == "refusal-received.received_at"
    with pytest.raises(EventWithoutTime):
        clocks(
            pack, [event("refusal-received", "2026-03-02", received_at="2026-03-02T10:00")], now=moment("2026-03-05")
        )


def test_the_printed_clock_of_a_stored_matter_names_its_proceeding(pack):
    printed = one(
        clocks(pack, [at(*A, "clue-received", "2026-03-02", seq=3)], now=moment("2026-03-03")), "adm.file"
    ).as_json(pack, "en")
    assert (printed["proceeding"], printed["organ"], printed["length"], printed["if_missed"]) == (
        "a",
        "mr-1",
        "15 working-days",
        "overdue",
    )


def test_the_printed_clock_says_from_when_the_step_can_be_taken(pack):
    printed = one(clocks(pack, [event("mark-registered", "2016-05-07")], now=moment("2026-01-02")), "term.tm.renew")
    assert (printed.as_json(pack, "en")["opens"], printed.as_json(pack, "en")["due"]) == ("2025-05-06", "2026-05-06")
    other = one(clocks(pack, [event("clue-received", "2026-03-02")], now=moment("2026-03-03")), "adm.file")
    assert other.as_json(pack, "en")["opens"] is None


def test_a_start_that_does_not_name_its_day_opens_no_clock(pack):
    told = clocks(pack, [event("preservation-executed", "2026-03-02")], now=moment("2026-03-03"))
    assert "pres.renew" not in {clock.id for clock in told}


def test_a_day_to_count_from_that_is_no_day_is_refused(pack):
    with pytest.raises(EventBadTime) as caught:
        clocks(pack, [event("preservation-executed", "2026-03-02", until="soon")], now=moment("2026-03-03"))
    assert caught.value.where == "preservation-executed.until"
