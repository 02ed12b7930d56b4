"""The clocks equal a slow day-by-day telling of the same rules on any list of events."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docket.slow_clocks import CHINA, slow_clocks
from zhibao.docket.clocks import clocks
from zhibao.docket.events import Event

KINDS = {
    "clue-received": {}, "filing-extended": {}, "filed": {}, "not-filed": {}, "evidence-preserved": {}, "preservation-disposed": {},
    "seized": {}, "seizure-extended": {"length": "20 days"}, "seizure-lifted": {}, "examination-started": {}, "examination-ended": {},
    "identification-started": {}, "identification-ended": {}, "suspended": {}, "resumed": {}, "decision-extended": {"length": "45 days"},
    "penalty-notice-served": {}, "statement-made": {}, "hearing-requested": {}, "hearing-held": {}, "decided": {}, "decision-served": {},
    "published": {}, "decision-changed": {}, "publicity-withdrawn": {}, "executed": {}, "terminated": {}, "closed": {},
    "transfer-proposed": {}, "transfer-approved": {}, "handed-over": {}, "receipt-signed": {"competent": False}, "forwarded": {},
    "police-filed": {}, "police-refused": {}, "refusal-received": {}, "reconsideration-requested": {},
    "reconsideration-decided": {"result": "upheld"}, "supervision-requested": {}, "explanation-demanded": {}, "explained": {},
    "filing-ordered": {}, "goods-handed-over": {}, "complaint-accepted": {}, "mediation-ended": {}, "petition-received": {},
    "petition-filed": {}, "copy-served": {"domestic": False}, "adjudication-extended": {"length": "1 months"}, "adjudicated": {},
    "agreement-effective": {}, "confirmation-requested": {}, "detained": {}, "released": {}, "preservation-requested": {},
    "preservation-ruled": {},
}  # fmt: skip
LENGTHS = ("20 days", "45 days", "1 months", "3 months", "10 working-days")
FIRST = datetime(2018, 6, 1, 8, 30, tzinfo=CHINA)
CHAPTERS = (
    (
        "clue-received",
        "filing-extended",
        "filed",
        "examination-started",
        "examination-ended",
        "identification-started",
        "identification-ended",
    ),
    (
        "filed",
        "suspended",
        "resumed",
        "hearing-requested",
        "hearing-held",
        "decision-extended",
        "decided",
        "examination-started",
        "examination-ended",
    ),
    ("seized", "seizure-extended", "seizure-lifted", "examination-started", "examination-ended"),
    ("petition-filed", "adjudication-extended", "suspended", "resumed", "adjudicated"),
    (
        "receipt-signed",
        "forwarded",
        "police-filed",
        "police-refused",
        "refusal-received",
        "reconsideration-requested",
        "reconsideration-decided",
        "supervision-requested",
    ),
    tuple(KINDS),
)


@st.composite
def histories(draw):
    start = FIRST + timedelta(days=draw(st.integers(0, 3400)))
    chapter = draw(st.sampled_from(CHAPTERS))
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(chapter), st.integers(0, 40), st.sampled_from((0, 510, 600, 1439)), st.booleans()
            ),
            min_size=1,
            max_size=9,
        )
    )
    events, day = [], start
    for kind, days, minutes, full in steps:
        day += timedelta(days=days)
        at = day.replace(hour=minutes // 60, minute=minutes % 60)
        data = dict(KINDS[kind]) if full else {}
        if "length" in data:
            data["length"] = draw(st.sampled_from(LENGTHS))
        events.append(Event(kind, at, data))
    return events, day + timedelta(days=draw(st.integers(0, 60)), minutes=draw(st.integers(0, 1439)))


@settings(max_examples=400, deadline=None)
@given(histories())
def test_clocks_equal_the_slow_telling(pack, history):
    events, now = history
    fast = {
        (clock.id, clock.entry): (clock.state, clock.due, clock.reading)
        for clock in clocks(pack, events, now=now)
        if clock.id != "adm.hearing.notice"
    }
    assert fast == slow_clocks(pack, events, now)
