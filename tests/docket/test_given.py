import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docket.conftest import moment
from zhibao.docket import errors
from zhibao.docket.given import clocks_json, near, read_given
from zhibao.kernel.errors import BadInput

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

CLUE = ("clue-received", "2026-09-01T10:00:00+08:00", {})
AT = "2026-09-05T10:00:00+08:00"
WRONG += [
    (
        document(CLUE, ("corrected", AT, {"corrects": 2, "withdrawn": True, "why": "x"})),
        errors.BadCorrection,
        "events[1].data.corrects",
    ),
    (
        document(CLUE, ("corrected", AT, {"corrects": 1, "at": "soon", "why": "x"})),
        errors.EventDataWrong,
        "events[1].data.at",
    ),
    (
        document(CLUE, ("corrected", AT, {"corrects": 1, "at": "2026-09-04", "why": "x"})),
        errors.EventWithoutTime,
        "events[1].data.at",
    ),
    (document(("filed", "0026-09-01T10:00:00+08:00", {})), errors.EventBadTime, "events[0].at"),
    (
        document(("filed", AT, {}), ("decision-extended", AT, {}), ("decision-extended", AT, {"length": "5 hours"})),
        errors.ExtensionWithoutLength,
        "events[2].data.length",
    ),
    (
        document(("filed", AT, {}), ("decision-extended", AT, {}), ("decision-extended", AT, {"length": "9000 years"})),
        errors.ExtensionWithoutLength,
        "events[2].data.length",
    ),
]


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


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)
TIMES = st.sampled_from(
    [
        "2026-03-02T10:00:00+08:00",
        "2026-03-20T23:59:59-05:00",
        "2021-07-14T10:00:00Z",
        "9999-12-31T23:59:59+00:00",
        "2026-03-02",
        "2026-02-30",
    ]
)
DATA = st.dictionaries(
    st.sampled_from(
        [
            "received_at",
            "hearing_at",
            "length",
            "ref",
            "competent",
            "result",
            "corrects",
            "at",
            "withdrawn",
            "why",
            "proceeding",
            "data",
        ]
    ),
    ANYTHING | TIMES | st.sampled_from(["30 days", "5 hours", "400 years", "10 working-days"]) | st.integers(0, 5),
    max_size=4,
)
KINDS = ["clue-received", "filed", "decision-extended", "decision-extended", "suspended", "resumed", "corrected", "corrected", "refusal-received",
         "hearing-requested", "hearing-notice-served", "hearing-held", "receipt-signed", "handed-over", "transfer-approved", "nothing"]  # fmt: skip
ROWS = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS) | ANYTHING, "at": TIMES | ANYTHING},
    optional={"data": DATA | ANYTHING, "organ": ANYTHING, "proceeding": ANYTHING, "procedure": ANYTHING},
)


@settings(max_examples=400, deadline=None)
@given(
    st.fixed_dictionaries(
        {"events": st.lists(ROWS, max_size=6) | ANYTHING},
        optional={"procedure": st.just("administrative") | ANYTHING, "now": TIMES | ANYTHING},
    )
    | ANYTHING
)
def test_any_document_is_answered_or_refused_with_a_sentence(pack, asked):
    said = {}
    try:
        said = clocks_json(pack, asked, now=NOW, lang="en")
    except BadInput as error:
        said = {lang: error.as_json(lang)["message"] for lang in ("zh", "en")}
    assert json.loads(json.dumps(said)) == said
    assert all(said.values()) or "clocks" in said
