"""A matter handled rightly, told only in the contract's core events, accuses nobody on any day of its course or after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.docket.conftest import event, moment
from zhibao.docket.clocks import OVERDUE, clocks
from zhibao.docket.findings import findings

LONG_AFTER = moment("2029-01-02")
HANDED_OVER = """2026-03-02 clue-received, 2026-03-10 filed, 2026-03-10 seized, 2026-03-20 transfer-proposed, 2026-03-22 transfer-approved,
    2026-03-22T20:00 handed-over, 2026-03-22T21:00 receipt-signed, """
HONEST = {
    "penalty": """2026-03-02 clue-received, 2026-03-10 filed, 2026-03-10 seized, 2026-04-02 seizure-extended, 2026-04-10 penalty-notice-served,
        2026-04-13 statement-made, 2026-04-27 decided, 2026-04-28 decision-served, 2026-05-10 published, 2026-07-12 executed, 2026-07-20 closed""",
    "penalty after a hearing": """2026-03-02 clue-received, 2026-03-10 filed, 2026-03-10 evidence-preserved, 2026-03-15 preservation-disposed,
        2026-04-10 penalty-notice-served, 2026-04-13 hearing-requested, 2026-04-18 hearing-notice-served, 2026-05-08 hearing-held,
        2026-06-10 decided, 2026-06-11 decision-served, 2026-06-20 published, 2026-08-12 enforcement-demanded, 2026-08-18 executed, 2026-08-20 closed""",
    "decision changed": """2026-03-02 clue-received, 2026-03-10 filed, 2026-03-27 decided, 2026-03-28 decision-served, 2026-04-10 published,
        2026-05-27 decision-changed, 2026-05-28 publicity-withdrawn, 2026-05-28 decision-served, 2026-06-10 executed, 2026-06-15 closed""",
    "not filed": "2026-03-02 clue-received, 2026-03-10 not-filed",
    "terminated": "2026-03-02 clue-received, 2026-03-10 filed, 2026-03-27 terminated, 2026-03-30 closed",
    "transfer": f"{HANDED_OVER} 2026-03-24 police-filed, 2026-03-25 filing-notice-received, 2026-03-26 goods-handed-over, 2026-04-01 closed",
    "transfer with papers asked for": f"""{HANDED_OVER} 2026-03-23 materials-requested, 2026-03-24 materials-supplied, 2026-03-24 police-filed,
        2026-03-25 filing-notice-received, 2026-03-26 goods-handed-over, 2026-04-01 closed""",
    "transfer refused by the head": """2026-03-02 clue-received, 2026-03-10 filed, 2026-03-20 transfer-proposed, 2026-03-22 transfer-refused,
        2026-04-10 penalty-notice-served, 2026-04-20 decided, 2026-04-22 decision-served, 2026-05-05 published, 2026-05-12 executed, 2026-05-20 closed""",
    "not prosecuted and returned": f"""{HANDED_OVER} 2026-03-24 police-filed, 2026-03-25 filing-notice-received, 2026-03-26 goods-handed-over,
        2026-05-01 not-prosecuted, 2026-05-02 returned-for-penalty, 2026-05-06 filed, 2026-07-10 penalty-notice-served, 2026-07-20 decided,
        2026-07-20 decision-served, 2026-08-01 published, 2026-09-01 executed, 2026-09-03 closed""",
    "complaint": "2026-05-06 complaint-received, 2026-05-08 complaint-accepted, 2026-06-20 mediation-ended",
    "complaint rejected": "2026-05-06 complaint-received, 2026-05-08 complaint-rejected",
    "adjudication": """2026-03-02 petition-received, 2026-03-05 petition-filed, 2026-03-08 copy-served, 2026-03-20 answer-received,
        2026-04-01 joined, 2026-05-20 suspended, 2026-05-30 resumed, 2026-06-05 adjudication-extended, 2026-07-02 adjudicated""",
    "preservation": """2026-03-02 preservation-requested, 2026-03-03 preservation-ruled, 2026-03-04 preservation-executed, 2026-03-20 suit-filed""",
    "confirmation": "2026-03-02 agreement-effective, 2026-03-20 confirmation-requested",
    "customs, released": "2026-03-02 suspects-notified, 2026-03-04 detention-requested, 2026-03-05 detained, 2026-04-10 released",
    "customs, court": "2026-03-02 suspects-notified, 2026-03-04 detention-requested, 2026-03-05 detained, 2026-04-10 court-notice-received",
    "customs, no request": "2026-03-02 suspects-notified, 2026-03-06 released",
}


def told(text):
    steps = [line.split() for line in text.split(",")]
    return [replace(event(kind, at), seq=number) for number, (at, kind) in enumerate(steps, 1)]


def days(events):
    day = events[0].at
    while day <= events[-1].at + timedelta(days=1):
        yield day
        day += timedelta(days=1)
    yield LONG_AFTER


@pytest.mark.parametrize("name", HONEST)
def test_a_matter_handled_rightly_accuses_nobody(pack, name):
    events = told(HONEST[name])
    for now in days(events):
        derived = clocks(pack, events, now=now)
        assert [(clock.id, clock.due) for clock in derived if clock.state == OVERDUE] == [], now
        assert [one.says.en for one in findings(pack, events, now=now, assessment=None, derived=derived)] == [], now
