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
    "preservation-executed": {"until": "2026-03-01"}, "preservation-renewal-requested": {}, "preservation-ended": {},
    "suit-received": {}, "suit-accepted": {"track": "ordinary"}, "track-changed": {"to": "ordinary", "accepted_on": "2024-02-29"},
    "trial-extended": {"length": "3 months"}, "announcement-started": {}, "announcement-ended": {}, "settlement-started": {},
    "settlement-ended": {}, "judged": {}, "judgment-received": {"ruling": True, "domestic": False}, "appeal-filed": {},
    "appeal-accepted": {"ruling": True}, "appeal-judged": {}, "infringement-known": {"right": "patent", "harmed_on": "2004-09-30"},
    "limitation-interrupted": {"right": "patent"}, "suit-filed": {}, "confirmation-accepted": {}, "confirmation-extended": {},
    "confirmed": {}, "mediation-assigned": {"assignment": "entrusted", "track": "simple"}, "mediation-extended": {"length": "20 days"},
    "award-received": {}, "setaside-requested": {}, "setaside-accepted": {}, "setaside-ruled": {}, "record-approved": {},
    "record-renewed": {"previous_end": "2024-02-29"}, "record-cancelled": {}, "court-notice-received": {}, "mark-applied": {},
    "mark-published": {}, "opposition-filed": {"publication_end": "2025-11-30"}, "opposition-decided": {},
    "office-time-extended": {"length": "4 months"}, "mark-registered": {}, "mark-renewed": {"term_begins": "2024-02-29"},
    "mark-removed": {}, "invalidity-requested": {"ground": "relative"}, "invalidity-ruled": {}, "major-petition-filed": {},
    "major-request-changed": {}, "major-extended": {"length": "1 months"}, "major-adjudicated": {}, "counter-notice-forwarded": {},
    "notarisation-delayed": {"length": "6 working-days"}, "complaint-or-suit-told": {}, "expo-complaint-received": {},
    "expo-complaint-handed-on": {},
    "act-ended": {"grave_harm": True}, "jurisdiction-disputed": {}, "jurisdiction-agreed": {}, "designation-requested": {},
    "jurisdiction-designated": {}, "assistance-requested": {}, "assistance-given": {}, "measure-approved": {},
    "review-submitted": {}, "review-extended": {"length": "10 working-days"}, "reviewed": {}, "service-announced": {},
    "fine-paid": {}, "appeal-period-ended": {}, "enforcement-demanded": {}, "enforcement-applied": {}, "presider-named": {},
    "hearing-file-delivered": {}, "hearing-set": {"hearing_at": "2024-02-20T09:00:00+08:00"}, "hearing-announced": {},
    "hearing-notice-served": {}, "hearing-cancelled": {}, "hearing-reported": {}, "publicity-pushed": {}, "publicity-stopped": {},
    "reconsideration-applied": {}, "reconsideration-accepted": {"simple": True}, "reconsideration-rejected": {},
    "reconsideration-extended": {"length": "20 days"}, "reconsideration-ruled": {}, "reconsideration-ruling-served": {},
    "decision-sued": {}, "report-received": {}, "report-decided": {"named": True}, "reporter-told": {}, "reports-merged": {},
    "authority-disputed": {}, "authority-settled": {}, "authority-referred": {}, "harm-known": {}, "complaint-received": {},
    "clue-found-mediating": {}, "mediation-terminated": {}, "ending-told": {}, "listed": {"other_province": True},
    "list-published": {}, "list-pushed": {}, "list-removal-decided": {}, "list-basis-annulled": {}, "list-removed": {},
    "listing-restored": {}, "repair-applied": {"kind": "serious-list"}, "repair-accepted": {"kind": "serious-list"},
    "repair-returned": {}, "repair-rejected": {}, "repair-extended": {}, "repair-decided": {"other_province": True},
    "repair-carried-out": {}, "repair-pushed": {}, "repair-fraud-found": {}, "masking-requested": {}, "masked": {},
    "outside-repair-received": {}, "outside-repair-mirrored": {}, "dishonesty-found": {"grade": "serious"},
    "dishonesty-unlisted": {}, "cnipa-notice-received": {}, "cnipa-objected": {}, "cnipa-dishonesty-found": {},
    "cnipa-dishonesty-repeated": {}, "cnipa-measures-ended": {}, "reasons-upheld": {}, "reasons-upheld-told": {},
    "reverse-registered": {}, "reverse-review-extended": {"length": "10 working-days"}, "consultation-started": {},
    "consultation-ended": {}, "reverse-suspended": {}, "reverse-resumed": {}, "reverse-reviewed": {},
    "not-prosecuted": {"penalty_needed": True}, "returned-for-penalty": {}, "opinion-answered": {},
    "procuratorate-case-received": {}, "procuratorate-triaged": {}, "procuratorate-reconsidered": {"result": "upheld"},
    "procuratorate-review-requested": {}, "agency-changed": {}, "agency-change-filed": {},
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
    ("preservation-executed", "preservation-renewal-requested", "preservation-ended", "suit-filed"),
    (
        "suit-accepted",
        "trial-extended",
        "announcement-started",
        "announcement-ended",
        "settlement-started",
        "settlement-ended",
        "suspended",
        "resumed",
        "track-changed",
        "judged",
    ),
    ("judgment-received", "appeal-filed", "appeal-accepted", "suspended", "resumed", "appeal-judged"),
    ("infringement-known", "limitation-interrupted", "suit-filed"),
    ("record-approved", "record-renewed", "record-cancelled", "detained", "court-notice-received", "released"),
    (
        "mark-published",
        "opposition-filed",
        "office-time-extended",
        "suspended",
        "resumed",
        "opposition-decided",
        "mark-registered",
        "mark-renewed",
        "mark-removed",
        "invalidity-requested",
    ),
    (
        "counter-notice-forwarded",
        "notarisation-delayed",
        "complaint-or-suit-told",
        "award-received",
        "setaside-accepted",
    ),
    (
        "hearing-requested", "presider-named", "hearing-file-delivered", "hearing-set", "hearing-announced",
        "hearing-notice-served", "hearing-held", "hearing-cancelled", "hearing-reported", "decided",
    ),
    ("decision-served", "fine-paid", "appeal-period-ended", "enforcement-demanded", "enforcement-applied", "decision-sued",
     "reconsideration-accepted", "reconsideration-extended", "suspended", "resumed", "reconsideration-ruled"),
    ("published", "publicity-stopped", "publicity-withdrawn", "decision-changed", "publicity-pushed"),
    ("report-received", "filing-extended", "examination-started", "examination-ended", "reports-merged", "report-decided",
     "reporter-told", "clue-received", "filed"),
    ("listed", "list-published", "list-removed", "listing-restored", "repair-applied", "repair-accepted", "repair-extended",
     "repair-decided", "cnipa-dishonesty-found", "cnipa-dishonesty-repeated", "cnipa-measures-ended", "dishonesty-found"),
    ("reverse-registered", "consultation-started", "consultation-ended", "reverse-suspended", "reverse-resumed",
     "reverse-review-extended", "reverse-reviewed", "not-prosecuted", "returned-for-penalty", "opinion-answered"),
    tuple(KINDS),
)  # fmt: skip


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
