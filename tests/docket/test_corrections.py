from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docket.conftest import event, moment
from zhibao.docket.corrections import effective
from zhibao.docket.fold import fold


def test_without_corrections_everything_stands():
    events = (event("clue-received", "2026-03-02", seq=1), event("filed", "2026-03-05", seq=2))
    assert effective(events) == events


def test_a_correction_changes_the_time_or_the_data_and_goes_itself():
    events = [
        event("clue-received", "2026-03-02", seq=1),
        event("filed", "2026-03-05", seq=2, number="1"),
        event("corrected", "2026-03-06", seq=3, corrects=2, at="2026-03-04T09:00:00+08:00", why="typo"),
        event("corrected", "2026-03-07", seq=4, corrects=2, data={"number": "2"}, why="typo"),
    ]
    filed = effective(events)[1]
    assert (filed.seq, filed.at, filed.data) == (2, moment("2026-03-04T09:00"), {"number": "2"})
    assert len(effective(events)) == 2


def test_the_later_correction_goes_first():
    events = [
        event("clue-received", "2026-03-02", seq=1),
        event("corrected", "2026-03-06", seq=2, corrects=1, at="2026-03-04T09:00:00+08:00", why="a"),
        event("corrected", "2026-03-07", seq=3, corrects=1, at="2026-03-03T09:00:00+08:00", why="b"),
    ]
    assert effective(events)[0].at == moment("2026-03-03T09:00")


def test_a_withdrawn_event_is_gone_and_a_withdrawn_correction_has_no_effect():
    events = [
        event("clue-received", "2026-03-02", seq=1),
        event("filed", "2026-03-05", seq=2),
        event("corrected", "2026-03-06", seq=3, corrects=2, withdrawn=True, why="a"),
    ]
    assert [one.seq for one in effective(events)] == [1]
    undone = [*events, event("corrected", "2026-03-07", seq=4, corrects=3, withdrawn=True, why="b")]
    assert [one.seq for one in effective(undone)] == [1, 2]
    redone = [*undone, event("corrected", "2026-03-08", seq=5, corrects=4, withdrawn=True, why="c")]
    assert [one.seq for one in effective(redone)] == [1]


def test_a_correction_of_nothing_changes_nothing():
    events = [
        event("clue-received", "2026-03-02", seq=1),
        event("corrected", "2026-03-06", seq=2, corrects="x", why="a"),
    ]
    assert [one.seq for one in effective(events)] == [1]


IN = {"proceeding": "p", "procedure": "administrative"}
RIGHT = [
    ("clue-received", 0, {}), ("filed", 3, {"number": "1"}), ("examination-started", 5, {}), ("examination-ended", 9, {}),
    ("act-found", 10, {"kind": "sell-counterfeit-goods", "sales": "100.00"}), ("penalty-notice-served", 20, {}), ("decided", 30, {}),
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.permutations(range(len(RIGHT))), st.lists(st.integers(1, 3), min_size=len(RIGHT), max_size=len(RIGHT)), st.data()
)
def test_any_order_of_recording_with_corrections_folds_like_the_corrected_history(pack, order, wrongs, data):
    """Record the events in any order, each wrong in its time, its data, or not at all; correct them; also record one that never was."""
    start = moment("2026-03-02")
    right = [
        replace(event(kind, "2026-03-02", **more), at=start.replace(day=2 + days % 28), **IN)
        for kind, days, more in RIGHT
    ]
    recorded = []
    for place in order:
        true, wrong = right[place], wrongs[place]
        given_data = {"number": "wrong"} if wrong == 2 else true.data
        recorded.append(
            replace(true, at=true.at.replace(hour=1) if wrong == 1 else true.at, data=given_data, seq=len(recorded) + 1)
        )
    ghost = data.draw(st.booleans())
    if ghost:
        recorded.append(replace(event("seized", "2026-03-20", seq=len(recorded) + 1), **IN))
    for one, place in list(zip(recorded, order, strict=False)):
        true, wrong = right[place], wrongs[place]
        if wrong < 3:
            mend = {"at": true.at.isoformat()} if wrong == 1 else {"data": dict(true.data)}
            recorded.append(
                replace(
                    event("corrected", "2026-04-20", seq=len(recorded) + 1, corrects=one.seq, why="typo", **mend), **IN
                )
            )
    if ghost:
        recorded.append(
            replace(
                event(
                    "corrected",
                    "2026-04-20",
                    seq=len(recorded) + 1,
                    corrects=len(RIGHT) + 1,
                    withdrawn=True,
                    why="never",
                ),
                **IN,
            )
        )
    seq_of = {place: seq for seq, place in enumerate(order, start=1)}
    plain = [replace(one, seq=seq_of[place]) for place, one in enumerate(right)]
    assert fold(pack, recorded) == fold(pack, plain)
