import json
from datetime import datetime

import pytest

from tests.docket.conftest import moment
from zhibao.docket import errors
from zhibao.docket.given import clocks_json, near, read_given

NOW = moment("2026-11-01T09:00")


def document(*events, **more):
    rows = [{"kind": kind, "at": at, "data": data} for kind, at, data in events]
    return {"procedure": "administrative", "events": rows, **more}


def test_the_answer_has_the_shape_of_the_contract(pack):
    asked = document(("clue-received", "2026-09-28T10:00:00+08:00", {}), now="2026-11-01T09:00:00+08:00")
    answer = clocks_json(pack, asked, now=moment("2030-01-01"), lang="zh")
    clock = answer["clocks"][0]
    assert {key: clock[key] for key in ("id", "state", "due", "met_at", "provisional", "owed_by", "confidence")} == {
        "id": "adm.file", "state": "overdue", "due": "2026-10-23", "met_at": None, "provisional": False, "owed_by": "handling-organ", "confidence": "text",
    }  # fmt: skip
    assert clock["ledger"] == [{"event": 0, "what": "started", "at": "2026-09-28T10:00:00+08:00"}]
    assert clock["cite_id"] == "cn.samr-penalty-procedure@2022/18"
    assert "第18条" in clock["cite"]
    assert answer["law_pack"] == pack.hash
    assert json.loads(json.dumps(answer)) == answer


def test_ids_stay_and_names_change_with_the_language(pack):
    asked = document(("clue-received", "2026-09-28T10:00:00+08:00", {}), now="2026-11-01T09:00:00+08:00")
    zh, en = (clocks_json(pack, asked, now=NOW, lang=lang)["clocks"][0] for lang in ("zh", "en"))
    assert zh["id"] == en["id"]
    assert zh["title"] != en["title"]


def test_the_time_given_is_used_only_where_the_document_has_none(pack):
    asked = document(("clue-received", "2026-09-28T10:00:00+08:00", {}))
    assert clocks_json(pack, asked, now=moment("2026-10-01"), lang="en")["clocks"][0]["state"] == "running"
    assert read_given(pack, asked).now is None


def test_the_order_of_the_list_does_not_matter_and_ledgers_name_its_places(pack):
    asked = document(("filed", "2026-10-01T10:00:00+08:00", {}), ("clue-received", "2026-09-28T10:00:00+08:00", {}))
    clock = clocks_json(pack, asked, now=NOW, lang="en")["clocks"][0]
    assert [(line["event"], line["what"]) for line in clock["ledger"]] == [(1, "started"), (0, "met")]


def test_events_after_the_time_asked_for_are_ignored_and_said_to_be(pack):
    asked = document(
        ("clue-received", "2026-09-28T10:00:00+08:00", {}),
        ("filed", "2026-12-01T10:00:00+08:00", {}),
        now="2026-10-01T00:00:00+08:00",
    )
    answer = clocks_json(pack, asked, now=NOW, lang="en")
    assert answer["ignored"] == [1]
    assert answer["clocks"][0]["state"] == "running"


def test_a_start_before_any_text_is_said_to_be_without_a_clock(pack):
    asked = document(("clue-received", "2015-01-05T10:00:00+08:00", {}))
    answer = clocks_json(pack, asked, now=NOW, lang="en")
    assert answer["clocks"] == []
    assert answer["unclocked"] == [{"id": "adm.file", "event": 0}]


def test_events_of_other_organs_may_stand_in_the_list(pack):
    rows = [
        {"kind": "receipt-signed", "at": "2026-11-02T10:00:00+08:00", "organ": "police-a", "procedure": "criminal"},
        {
            "kind": "police-filed",
            "at": "2026-11-04T10:00:00+08:00",
            "organ": "police-a",
            "procedure": "criminal",
            "data": {},
        },
    ]
    clock = clocks_json(pack, {"procedure": "administrative", "events": rows}, now=moment("2026-11-10"), lang="en")[
        "clocks"
    ][0]
    assert (clock["id"], clock["state"], clock["organ"]) == ("xfer.police.decide", "met", "police-a")


def test_conflicts_and_extensions_are_printed(pack):
    rows = [
        {"kind": "complaint-accepted", "at": "2025-09-01T10:00:00+08:00"},
        {"kind": "seized", "at": "2025-09-01T10:00:00+08:00"},
    ]
    rows.append({"kind": "seizure-extended", "at": "2025-09-20T10:00:00+08:00"})
    found = {
        clock["id"]: clock
        for clock in clocks_json(pack, {"events": rows}, now=moment("2025-09-25"), lang="en")["clocks"]
    }
    assert found["cmp.mediate"]["conflicts"][0]["due"] == "2025-11-07"
    assert found["adm.seizure"]["ledger"][1]["length"] == "30 days"


def test_conflicts_of_a_clock_that_is_met_by_hours_and_suspended_print_nulls(pack):
    rows = [
        {"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00"},
        {"kind": "examination-started", "at": "2026-09-29T10:00:00+08:00"},
    ]
    rows.append({"kind": "transfer-approved", "at": "2026-09-29T10:00:30+08:00"})
    found = {
        clock["id"]: clock
        for clock in clocks_json(pack, {"events": rows}, now=moment("2026-09-30T08:00"), lang="en")["clocks"]
    }
    assert found["adm.file"]["due"] is None
    assert found["adm.file"]["due_moment"] is None
    assert found["xfer.handover"]["due"] == "2026-09-30T10:00:00+08:00"
    assert found["xfer.handover"]["used"] == 21


WRONG = [
    ([], errors.EventsNotReadable, "$"),
    ({"events": {}}, errors.EventsNotReadable, "events"),
    ({"events": [1]}, errors.EventsNotReadable, "events[0]"),
    ({"events": [{"at": "2026-09-28T10:00:00+08:00"}]}, errors.EventsNotReadable, "events[0].kind"),
    ({"events": [{"kind": "clue-recieved", "at": "2026-09-28T10:00:00+08:00"}]}, errors.UnknownEventKind, "events[0].kind"),
    ({"events": [{"kind": "filed"}]}, errors.EventsNotReadable, "events[0].at"),
    ({"events": [{"kind": "filed", "at": "2026-09-28T10:00:00"}]}, errors.EventWithoutTime, "events[0].at"),
    ({"events": [{"kind": "filed", "at": "2026-09-28"}]}, errors.EventWithoutTime, "events[0].at"),
    ({"events": [{"kind": "filed", "at": "2026-02-30T10:00:00+08:00"}]}, errors.EventBadTime, "events[0].at"),
    ({"events": [{"kind": "filed", "at": "2026-02-30"}]}, errors.EventBadTime, "events[0].at"),
    ({"events": [{"kind": "filed", "at": "2026-09-28T10:00:00+08:00", "data": []}]}, errors.EventsNotReadable, "events[0].data"),
    ({"procedure": "administrativ", "events": []}, errors.UnknownProcedure, "procedure"),
    ({"procedure": 1, "events": []}, errors.EventsNotReadable, "procedure"),
    ({"events": [], "now": "tomorrow"}, errors.EventBadTime, "now"),
    ({"events": [{"kind": "filed", "at": "2026-09-28T10:00:00+08:00", "procedure": "x"}]}, errors.UnknownProcedure, "events[0].procedure"),
    (document(("refusal-received", "2026-09-28T10:00:00+08:00", {"received_at": "soon"})), errors.EventBadTime, "events[0].data.received_at"),
    (document(("examination-ended", "2026-09-01T10:00:00+08:00", {}), ("examination-started", "2026-09-05T10:00:00+08:00", {})), errors.EventBeforeStart, "events[0].at"),
    (document(("clue-received", "2026-09-05T10:00:00+08:00", {}), ("filed", "2026-09-01T10:00:00+08:00", {})), errors.EventBeforeStart, "events[1].at"),
    (
        document(("filed", "2026-01-05T10:00:00+08:00", {}), ("decision-extended", "2026-03-01T10:00:00+08:00", {}), ("decision-extended", "2026-04-01T10:00:00+08:00", {})),
        errors.ExtensionWithoutLength,
        "events[2].data.length",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "error", "where"), WRONG, ids=lambda value: getattr(value, "__name__", None))
def test_what_cannot_be_read_is_refused_by_name_and_place(pack, asked, error, where):
    with pytest.raises(error) as caught:
        clocks_json(pack, asked, now=NOW, lang="zh")
    assert caught.value.where == where
    for lang in ("zh", "en"):
        assert "{" not in caught.value.say(lang) + caught.value.hint(lang).replace('{"', "").replace("{}", "").replace(
            "[{", ""
        )


def test_an_unknown_kind_names_the_nearest(pack):
    with pytest.raises(errors.UnknownEventKind) as caught:
        read_given(pack, document(("clue-recieved", "2026-09-28T10:00:00+08:00", {})))
    assert "clue-received" in caught.value.hint("en")
    assert near("zzzz", {"b": 1, "a": 1}) == "a, b"


def test_a_second_extension_with_its_length_is_read(pack):
    asked = document(
        ("filed", "2026-01-05T10:00:00+08:00", {}), ("decision-extended", "2026-03-01T10:00:00+08:00", {}),
        ("decision-extended", "2026-04-01T10:00:00+08:00", {"length": "10 days"}),
    )  # fmt: skip
    assert clocks_json(pack, asked, now=moment("2026-04-02"), lang="en")["clocks"][0]["allowed"] == 130


def test_a_day_of_receipt_counts_as_its_first_moment(pack):
    asked = document(("refusal-received", "2026-11-04T10:00:00+08:00", {"received_at": "2026-11-05"}))
    clock = clocks_json(pack, asked, now=moment("2026-11-06"), lang="en")["clocks"][0]
    assert datetime.fromisoformat(clock["started"]) == moment("2026-11-05T00:00")


def test_a_correction_in_the_list_counts_from_one_as_in_a_docket(pack):
    rows = [
        {"kind": "clue-received", "at": "2026-03-02T10:00:00+08:00"},
        {
            "kind": "corrected",
            "at": "2026-03-04T10:00:00+08:00",
            "data": {"corrects": 1, "at": "2026-03-03T10:00:00+08:00", "why": "x"},
        },
    ]
    clock = clocks_json(pack, {"events": rows}, now=moment("2026-03-05"), lang="en")["clocks"][0]
    assert clock["started"] == "2026-03-03T10:00:00+08:00"
    assert clock["ledger"][0]["event"] == 0
