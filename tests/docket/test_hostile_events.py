"""EVENTS as a careless or hostile program sends them, and due days counted by hand from the notices on holidays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docket.conftest import moment
from zhibao.docket import errors
from zhibao.docket.given import clocks_json
from zhibao.kernel.errors import BadInput

NOW = moment("2026-11-25")
START = "2026-03-02T10:00:00+08:00"


def asked(pack, *events, procedure="administrative", now="2026-12-01T00:00:00+08:00"):
    rows = [{"kind": kind, "at": at, "data": data} for kind, at, data in events]
    return clocks_json(pack, {"procedure": procedure, "events": rows, "now": now}, now=NOW, lang="zh")


@pytest.mark.parametrize("seen", [["x"], {"x": 1}, 12, True, "2026.2.30", "9999-12-31"])
def test_a_receipt_that_is_no_time_is_refused_where_it_stands(pack, seen):
    with pytest.raises(errors.EventBadTime) as caught:
        asked(pack, ("transfer-proposed", START, {"received_at": seen}))
    assert caught.value.where == "events[0].data.received_at"


def test_data_of_null_is_no_data(pack):
    row = {"kind": "clue-received", "at": START, "data": None, "organ": None, "proceeding": None, "procedure": None}
    told = clocks_json(pack, {"procedure": "administrative", "events": [row]}, now=NOW, lang="en")
    assert [clock["id"] for clock in told["clocks"]] == ["adm.file"]


@pytest.mark.parametrize("competent", ["false", 0, "no", []])
def test_a_flag_that_is_no_flag_does_not_quietly_stop_a_clock(pack, competent):
    with pytest.raises(errors.EventDataWrong) as caught:
        asked(pack, ("receipt-signed", START, {"competent": competent}))
    assert caught.value.where == "events[0].data.competent"
    assert caught.value.hint("zh")


def test_a_flag_of_null_is_not_known(pack):
    told = asked(pack, ("receipt-signed", START, {"competent": None}))
    assert [clock["id"] for clock in told["clocks"]] == ["xfer.police.decide"]


@pytest.mark.parametrize(
    ("at", "fault"),
    [("2026-03-02", errors.EventWithoutTime), ("2026.2.30", errors.EventBadTime), ("😀", errors.EventBadTime)],
)
def test_what_was_written_is_quoted_and_nothing_else(pack, at, fault):
    with pytest.raises(fault) as caught:
        asked(pack, ("filed", at, {}))
    assert f"「{at}」" in caught.value.say("zh")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(START),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KINDS = ["clue-received", "transfer-proposed", "receipt-signed", "decision-extended", "corrected", "filed", "suspended"]
FIELDS = ["received_at", "competent", "length", "corrects", "at", "data", "withdrawn", "hearing_at", "ref", "result"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(KINDS) | JSON, "at": st.just(START) | JSON},
            optional={"data": st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4) | JSON, "organ": JSON},
        ),
        max_size=4,
    )
)
def test_anything_is_answered_or_refused(pack, rows):
    assert answered_or_refused(pack, rows)


def answered_or_refused(pack, rows):
    """Return the answer's pack, or where the document was refused; any other error goes through."""
    try:
        return clocks_json(pack, {"procedure": "administrative", "events": rows}, now=NOW, lang="en")["law_pack"]
    except BadInput as error:
        return error.where


def at(day, clock="10:00"):
    return f"{day}T{clock}:00+08:00"


IDENTIFYING = [("identification-started", at("2026-03-10"), {}), ("examination-started", at("2026-03-16"), {}), ("identification-ended", at("2026-03-20"), {}), ("examination-ended", at("2026-03-25"), {})]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "procedure", "events", "due"),
    [
        # 30 days end on Saturday 4 April, which opens the holiday: the next working day is Tuesday 7 April.
        ("adm.seizure", "administrative", [("seized", at("2026-03-05"), {})], "2026-04-07"),
        ("adm.seizure", "administrative", [("seized", at("2026-03-02"), {}), ("seizure-extended", at("2026-03-30"), {})], "2026-05-06"),
        # 15 working days from Monday 2 March; the two spans join to 10-25 March, whose 11 working days do not count.
        ("adm.file", "administrative", [("clue-received", at("2026-03-02"), {}), *IDENTIFYING], "2026-04-08"),
        ("adm.decide", "administrative", [("filed", at("2026-03-02"), {}), ("suspended", at("2026-03-10"), {}), ("examination-started", at("2026-03-12"), {}), ("examination-ended", at("2026-03-15"), {}), ("resumed", at("2026-03-20"), {})], "2026-06-10"),
        ("adm.decide", "administrative", [("filed", at("2026-03-02"), {}), ("decision-extended", at("2026-05-20"), {}), ("decision-extended", at("2026-06-20"), {"length": "45 days"})], "2026-08-14"),
        ("pad.decide", "adjudication", [("petition-filed", at("2025-11-30"), {})], "2026-02-28"),
        ("cmp.mediate", "complaint", [("complaint-accepted", at("2024-07-01"), {})], "2024-08-30"),
        ("cus.request", "customs", [("suspects-notified", at("2026-09-30"), {})], "2026-10-10"),
        ("xfer.approve", "administrative", [("transfer-proposed", at("2026-03-04"), {})], "2026-03-09"),
        ("civ.preserve.rule", "civil", [("preservation-requested", at("2026-03-06", "09:30"), {})], at("2026-03-08", "09:30")),
    ],
)  # fmt: skip
def test_due_days_counted_by_hand(pack, limit, procedure, events, due):
    clocks = asked(pack, *events, procedure=procedure)["clocks"]
    assert next(clock for clock in clocks if clock["id"] == limit)["due"] == due
