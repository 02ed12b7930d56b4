from dataclasses import replace
from datetime import datetime

import pytest

from tests.docket.conftest import event, moment
from zhibao.docket import errors
from zhibao.docket.acceptance import check_new

NOW = moment("2026-11-23T09:00")
ADM = {"proceeding": "a", "procedure": "administrative", "organ": "mr"}


def adm(kind, at, seq=0, /, **data):
    return replace(event(kind, at, seq=seq, **data), **ADM, recorded_at=NOW)


CLUE = adm("clue-received", "2026-09-28", 1)
FILED = adm("filed", "2026-10-20", 2, number="立〔2026〕41号")


def test_what_fits_is_accepted(pack):
    check_new(pack, [], CLUE)
    check_new(pack, [CLUE], FILED)
    check_new(pack, [CLUE, FILED], adm("note-added", "2026-10-21", text="看过现场"))
    check_new(
        pack, [CLUE, FILED], adm("corrected", "2026-10-22", corrects=2, at="2026-10-19T10:00:00+08:00", why="笔误")
    )
    check_new(pack, [CLUE, FILED], adm("corrected", "2026-10-22", corrects=2, data={"number": "x"}, why="笔误"))
    check_new(pack, [CLUE, FILED], adm("corrected", "2026-10-22", corrects=2, withdrawn=True, why="没有立案"))


LINE = {"name": "酒", "right": "r", "quantity": 3, "state": "sold", "prices": {"actual": "12.50"}}


def test_goods_acts_and_every_type_of_field_are_accepted(pack):
    check_new(pack, [CLUE], adm("goods-recorded", "2026-10-20", lines=[LINE]))
    check_new(
        pack,
        [CLUE],
        adm(
            "act-found",
            "2026-10-20",
            **{
                "kind": "sell-counterfeit-goods",
                "from": "2026-05-01",
                "to": "2026-07-30",
                "right_kinds": 1,
                "illegal_gain": "31000.00",
                "entity": False,
            },
        ),
    )
    check_new(pack, [CLUE, FILED], adm("decision-extended", "2026-10-21", length="30 days"))
    check_new(pack, [CLUE], adm("seized", "2026-10-21", list="", place=None))


SELL = {"kind": "sell-counterfeit-goods", "from": "2026-05-01"}
WRONG = [
    (adm("act-found", "2026-10-20"), errors.EventDataMissing, "data.kind"),
    (adm("act-found", "2026-10-20", **SELL, to="2026-04-30"), errors.EventDaysBackwards, "data.to"),
    (adm("act-found", "2026-10-20", **SELL, to="2026-10-21"), errors.EventDayAfter, "data.to"),
    (adm("prior-found", "2026-10-20", **{"kind": "administrative-penalty", "for": "counterfeit-labels", "on": "2026-10-21"}), errors.EventDayAfter, "data.on"),
    (adm("clue-recieved", "2026-09-28"), errors.UnknownEventKind, "kind"),
    (adm("zzzzzz", "2026-09-28"), errors.UnknownEventKind, "kind"),
    (replace(adm("filed", "2026-09-28"), at=datetime.fromisoformat("2026-10-01T10:00:00")), errors.EventWithoutTime, "at"),
    (adm("filed", "2026-11-24"), errors.EventInFuture, "at"),
    (adm("decided", "2026-10-01"), errors.EventBeforeStart, "at"),
    (adm("police-filed", "2026-10-01"), errors.EventNotOfProcedure, "kind"),
    (replace(adm("filed", "2026-10-01"), procedure="nothing"), errors.EventNotOfProcedure, "kind"),
    (adm("filed", "2026-10-21"), errors.EventTwice, "kind"),
    (adm("not-filed", "2026-10-21"), errors.EventDataMissing, "data.reason"),
    (adm("not-filed", "2026-10-21", reason=""), errors.EventDataMissing, "data.reason"),
    (adm("seized", "2026-10-21", recieved_at="x"), errors.EventDataUnknown, "data.recieved_at"),
    (adm("complaint-accepted", "2026-10-21", x="x"), errors.EventNotOfProcedure, "kind"),
    (adm("transfer-proposed", "2026-10-21", received_at="soon"), errors.EventDataWrong, "data.received_at"),
    (adm("decided", "2026-10-21", fine="many"), errors.EventDataWrong, "data.fine"),
    (adm("decided", "2026-10-21", fine=3), errors.EventDataWrong, "data.fine"),
    (adm("decided", "2026-10-21", result="praise"), errors.EventDataWrong, "data.result"),
    (adm("decided", "2026-10-21", publish="yes"), errors.EventDataWrong, "data.publish"),
    (adm("act-found", "2026-10-21", kind="theft"), errors.EventDataWrong, "data.kind"),
    (adm("act-found", "2026-10-21", **{"kind": "sell-counterfeit-goods", "from": "2026-02-30"}), errors.EventDataWrong, "data.from"),
    (adm("act-found", "2026-10-21", **SELL, labels=-1), errors.EventDataWrong, "data.labels"),
    (adm("act-found", "2026-10-21", **SELL, labels=True), errors.EventDataWrong, "data.labels"),
    (adm("decision-extended", "2026-10-21", length="a while"), errors.EventDataWrong, "data.length"),
    (adm("goods-recorded", "2026-10-21", lines={}), errors.EventDataWrong, "data.lines"),
    (adm("goods-recorded", "2026-10-21", lines=[1]), errors.EventDataWrong, "data.lines[0]"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "quantity": "3"}]), errors.EventDataWrong, "data.lines[0].quantity"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "name": " "}]), errors.EventDataWrong, "data.lines[0].name"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "right": 4}]), errors.EventDataWrong, "data.lines[0].right"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "state": "given"}]), errors.EventDataWrong, "data.lines[0].state"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "prices": []}]), errors.EventDataWrong, "data.lines[0].prices"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "price": "3"}]), errors.EventDataWrong, "data.lines[0].price"),
    (adm("goods-recorded", "2026-10-21", lines=[LINE, {**LINE, "prices": {"actual": "x"}}]), errors.EventDataWrong, "data.lines[1].prices.actual"),
    (adm("goods-recorded", "2026-10-21", lines=[{**LINE, "prices": {"wished": "1.00"}}]), errors.EventDataWrong, "data.lines[0].prices.wished"),
    (adm("corrected", "2026-10-22", corrects=9, withdrawn=True, why="x"), errors.BadCorrection, "data.corrects"),
    (adm("corrected", "2026-10-22", corrects="9", withdrawn=True, why="x"), errors.EventDataWrong, "data.corrects"),
    (adm("corrected", "2026-10-22", corrects=3, data={"why": "y"}, why="x"), errors.BadCorrection, "data.corrects"),
    (adm("corrected", "2026-10-22", corrects=2, why="x"), errors.BadCorrection, "data"),
    (replace(adm("corrected", "2026-10-22", corrects=2, withdrawn=True, why="x"), proceeding="b"), errors.BadCorrection, "data.corrects"),
    (adm("corrected", "2026-10-22", corrects=2, at="2026-10-19", why="x"), errors.EventWithoutTime, "data.at"),
    (adm("corrected", "2026-10-22", corrects=2, at="2026-12-01T10:00:00+08:00", why="x"), errors.EventInFuture, "data.at"),
    (adm("corrected", "2026-10-22", corrects=2, at="2026-09-01T10:00:00+08:00", why="x"), errors.EventBeforeStart, "at"),
    (adm("corrected", "2026-10-22", corrects=2, data={"numbre": "x"}, why="x"), errors.EventDataUnknown, "data.data.numbre"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("new", "error", "where"), WRONG, ids=[f"{place} {error.code}" for place, (_, error, _) in enumerate(WRONG)]
)
def test_what_cannot_stand_is_refused_with_a_sentence(pack, new, error, where):
    stored = [CLUE, FILED, adm("corrected", "2026-10-21", 3, corrects=1, at="2026-09-28T10:30:00+08:00", why="x")]
    with pytest.raises(error) as caught:
        check_new(pack, stored, new)
    assert caught.value.where == where
    assert caught.value.say("zh")
    assert "{" not in caught.value.say("zh") + caught.value.say("en") + caught.value.hint("zh") + caught.value.hint(
        "en"
    )


def test_a_start_may_not_be_put_after_what_answers_it(pack):
    ended = adm("examination-ended", "2026-10-01", 2)
    with pytest.raises(errors.EventBeforeStart):
        check_new(pack, [CLUE, ended], adm("examination-started", "2026-10-05"))


def test_disorder_that_was_there_before_is_not_the_new_events_fault(pack):
    stored = [adm("examination-ended", "2026-10-01", 1), adm("examination-started", "2026-10-05", 2)]
    check_new(pack, stored, adm("note-added", "2026-10-06", text="x"))


def test_another_proceeding_of_the_same_procedure_has_its_own_filing(pack):
    check_new(pack, [CLUE, FILED], replace(adm("filed", "2026-09-01"), proceeding="b"))


def test_a_second_extension_must_say_how_long(pack):
    stored = [CLUE, FILED, adm("decision-extended", "2026-10-25", 3)]
    with pytest.raises(errors.ExtensionWithoutLength) as caught:
        check_new(pack, stored, adm("decision-extended", "2026-11-01"))
    assert caught.value.where == "data.length"
    check_new(pack, stored, adm("decision-extended", "2026-11-01", length="10 days"))
    check_new(pack, stored, replace(adm("decision-extended", "2026-11-01"), proceeding="b"))


def test_an_event_without_a_time_of_recording_is_not_measured_against_now(pack):
    check_new(pack, [CLUE], replace(adm("filed", "2026-12-24"), recorded_at=None))
    check_new(
        pack,
        [CLUE, FILED],
        replace(adm("corrected", "2026-10-22", corrects=2, at="2026-12-01T10:00:00+08:00", why="x"), recorded_at=None),
    )


def test_the_days_of_a_corrected_act_are_checked_as_well(pack):
    act = adm("act-found", "2026-10-20", 3, **SELL)
    stored = [CLUE, FILED, act]
    check_new(pack, stored, adm("corrected", "2026-10-22", corrects=3, data={**SELL, "to": "2026-05-02"}, why="x"))
    with pytest.raises(errors.EventDayAfter) as caught:
        check_new(pack, stored, adm("corrected", "2026-10-22", corrects=3, data={**SELL, "to": "2026-10-21"}, why="x"))
    assert caught.value.where == "data.data.to"
    check_new(
        pack,
        stored,
        adm(
            "corrected",
            "2026-10-22",
            corrects=3,
            at="2026-10-21T09:00:00+08:00",
            data={**SELL, "to": "2026-10-21"},
            why="x",
        ),
    )
