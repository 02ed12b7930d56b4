"""One case under two laws: which clocks and tiers come out otherwise."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from zhibao.docket.events import Event
from zhibao.docket.whatif import Answer, compare_clocks, compare_document, compare_tiers, limits_touched
from zhibao.kernel.days import LEGAL_TZ, Length, Unit
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.whatif import WhatIf

NOW = datetime(2026, 11, 1, 9, tzinfo=LEGAL_TZ)
CLUE = Event("clue-received", datetime(2026, 9, 28, 10, tzinfo=LEGAL_TZ), {})
FACTS = {
    "acts": [
        {
            "kind": "counterfeit-mark-goods",
            "from": "2025-05-01",
            "to": "2025-07-30",
            "right_kinds": 1,
            "illegal_gain": "31000.00",
        }
    ],
    "priors": [],
    "on": "2026-11-23",
}


@pytest.fixture
def shorter(pack):
    """The time to decide on filing is ten working days and not fifteen."""
    limit = pack.deadlines["adm.file"]
    versions = tuple(replace(one, length=Length(10, Unit.WORKING_DAYS)) for one in limit.versions)
    changed = replace(pack, deadlines={**pack.deadlines, limit.id: replace(limit, versions=versions)})
    return WhatIf(changed, frozenset({("deadlines", limit.id)}))


@pytest.fixture
def without(pack):
    """There is no crime of counterfeiting a mark."""
    offences = {name: one for name, one in pack.offences.items() if name != "cn.criminal.213"}
    gone = replace(pack.offences["cn.criminal.213"], versions=(), statute=pack.offences["cn.criminal.213"].statute)
    return WhatIf(replace(pack, offences={**offences, gone.id: gone}), frozenset({("offences", gone.id)}))


def test_a_shorter_limit_moves_the_last_day_and_the_state(pack, shorter):
    (answer,) = compare_clocks(pack, shorter, [CLUE], now=datetime(2026, 10, 20, 9, tzinfo=LEGAL_TZ))
    assert answer == Answer(
        "clock", "adm.file", "", 1,
        {"state": "running", "due": "2026-10-23"}, {"state": "overdue", "due": "2026-10-16"},
    )  # fmt: skip
    assert answer.differing == ("state", "due")
    assert answer.as_json()["entry"] == 1


def test_what_is_done_in_time_under_both_differs_in_its_last_day_only(pack, shorter):
    filed = Event("filed", datetime(2026, 9, 29, 10, tzinfo=LEGAL_TZ), {})
    (answer,) = compare_clocks(pack, shorter, [CLUE, filed], now=NOW)
    assert answer.differing == ("due",)


def test_a_clock_that_only_one_law_knows_is_named(pack):
    gone = WhatIf(replace(pack, deadlines={}), frozenset({("deadlines", "adm.file")}))
    (answer,) = compare_clocks(pack, gone, [CLUE], now=NOW)
    assert (answer.new, answer.differing) == (None, ("presence",))
    assert answer.as_json()["new"] is None
    back = WhatIf(pack, frozenset({("deadlines", "adm.file")}))
    (other,) = compare_clocks(gone.pack, back, [CLUE], now=NOW)
    assert (other.old, other.differing, other.as_json()["old"]) == (None, ("presence",), None)


def test_a_change_elsewhere_changes_no_clock_and_no_tier(pack):
    same = WhatIf(pack, frozenset({("rights", "trademark")}))
    assert compare_clocks(pack, same, [CLUE], now=NOW) == ()
    assert compare_tiers(pack, same, FACTS, today=date(2026, 11, 23)) == ()
    assert limits_touched(pack, same) == frozenset()


def test_a_calendar_year_touches_every_clock(pack):
    assert limits_touched(pack, WhatIf(pack, frozenset({("years", "2026")}))) == set(pack.deadlines)


def test_tiers_and_transfer_are_compared(pack, without):
    found = {one.id: one for one in compare_tiers(pack, without, FACTS, today=date(2026, 11, 23))}
    assert found["cn.criminal.213"].old["tier"] == "base"
    assert found["cn.criminal.213"].new["tier"] == "unknown"
    assert found["transfer"].old == {"must": True, "basis": "threshold"}
    assert found["transfer"].as_json() == {
        "kind": "transfer", "id": "transfer", "old": {"must": True, "basis": "threshold"},
        "new": {"must": None, "basis": "unknown"},
    }  # fmt: skip


def test_a_document_is_told_by_its_fields(pack, shorter, without):
    events = {
        "events": [{"kind": "clue-received", "at": "2026-09-28T10:00:00+08:00"}],
        "now": "2026-10-20T09:00:00+08:00",
    }
    (answer,) = compare_document(pack, shorter, events, now=NOW, today=date(2026, 11, 1))
    assert answer.new == {"state": "overdue", "due": "2026-10-16"}
    del events["now"]
    (answer,) = compare_document(pack, shorter, events, now=NOW, today=date(2026, 11, 1))
    assert answer.old == {"state": "overdue", "due": "2026-10-23"}
    assert len(compare_document(pack, without, FACTS, now=NOW, today=date(2026, 11, 1))) == 2
    with pytest.raises(ZhibaoError):
        compare_document(pack, without, {"acts": 3}, now=NOW, today=date(2026, 11, 1))
