from dataclasses import replace
from datetime import date

import pytest

from tests.docket.conftest import event
from zhibao.docket.transfers import handovers, radar
from zhibao.rules.assess import assess


def step(kind, at, seq, proceeding="a", procedure="administrative", /, **data):
    return replace(event(kind, at, seq=seq, **data), proceeding=proceeding, procedure=procedure)


SENT = step("handed-over", "2026-03-10", 1, to="police-1", proceeding="c")


def police(kind, at, seq, /, **data):
    return step(kind, at, seq, "c", "criminal", **data)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], "sent"),
        (["receipt-signed"], "received"),
        (["receipt-signed", "materials-requested"], "incomplete"),
        (["receipt-signed", "materials-requested", "materials-supplied"], "received"),
        (["receipt-signed", "forwarded"], "forwarded"),
        (["receipt-signed", "police-filed"], "filed"),
        (["receipt-signed", "police-refused"], "refused"),
        (["receipt-signed", "police-refused", "reconsideration-decided"], "refused"),
    ],
)
def test_where_a_handing_over_stands(kinds, state):
    events = [SENT, *[police(kind, f"2026-03-{11 + place}", place + 2) for place, kind in enumerate(kinds)]]
    found = handovers(events)[0]
    assert (found.state, found.is_open) == (state, state not in {"filed", "refused"})


def test_what_the_sender_heard_counts_as_well():
    found = handovers(
        [SENT, step("filing-notice-received", "2026-03-12", 2), step("goods-handed-over", "2026-03-13", 3)]
    )[0]
    assert (found.state, found.last, found.goods) == ("filed", 2, True)


def test_what_happened_before_or_in_another_line_is_no_answer():
    other = step("handed-over", "2026-03-10", 5, "b", "administrative", to="police-2", proceeding="d")
    events = [
        police("police-filed", "2026-03-09", 2),
        SENT,
        other,
        step("police-filed", "2026-03-12", 6, "d", "criminal"),
    ]
    found = {one.event: one.state for one in handovers(events)}
    assert found == {1: "sent", 5: "filed"}


def test_a_second_handing_over_of_the_same_line_takes_the_later_answers():
    again = step("handed-over", "2026-03-20", 3, to="police-2", proceeding="d")
    events = [
        SENT,
        police("police-refused", "2026-03-12", 2),
        again,
        step("police-filed", "2026-03-22", 4, "d", "criminal"),
    ]
    assert [one.state for one in handovers(events)] == ["refused", "filed"]


def answer(pack, sales):
    act = {
        "kind": "sell-counterfeit-goods",
        "from": "2026-01-01",
        "to": "2026-02-01",
        "sales": sales,
        "illegal_gain": "0",
        "unsold_value": "0",
    }
    return assess(
        pack,
        {
            "acts": [act],
            "priors": [],
            "suspicion": {"reasonable": False, "police_measures_needed": False},
            "on": "2026-03-01",
        },
        today=date(2026, 3, 1),
    )


def test_the_radar_says_what_assess_says_and_whether_it_is_done(pack):
    facts = step("act-found", "2026-03-01", 7, kind="sell-counterfeit-goods")
    seen = radar([facts], answer(pack, "50000.00"))
    assert (seen.must, seen.basis, seen.done, seen.events) == (True, "threshold", False, (7,))
    assert seen.cite is not None
    assert seen.cite.instrument == "cn.transfer-rules"
    assert radar([facts, SENT], answer(pack, "50000.00")).done
    below = radar([facts], answer(pack, "49999.99"))
    assert (below.must, below.cite) == (False, None)
    unknown = radar([facts], None)
    assert (unknown.must, unknown.basis) == (None, "unknown")
