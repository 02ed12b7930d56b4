from dataclasses import replace
from datetime import date

from tests.docket.conftest import event, moment
from zhibao.docket.clocks import clocks
from zhibao.docket.facts import facts_of
from zhibao.docket.findings import day_en, day_zh, findings
from zhibao.docket.fold import fold
from zhibao.rules.assess import assess


def adm(kind, at, seq, /, **data):
    return replace(event(kind, at, seq=seq, **data), proceeding="a", procedure="administrative", organ="mr-1")


def pol(kind, at, seq, /, **data):
    return replace(event(kind, at, seq=seq, **data), proceeding="c", procedure="criminal", organ="police-1")


def found(pack, events, now, *, assessed=True):
    at = moment(now)
    answer = assess(pack, facts_of(pack, fold(pack, events), on=at.date()), today=at.date()) if assessed else None
    return {one.kind: one for one in findings(pack, events, now=at, assessment=answer)}


HANDED = adm("handed-over", "2026-03-10", 1, to="police-1", proceeding="c")
ACT = adm(
    "act-found",
    "2026-03-06",
    2,
    **{"kind": "sell-counterfeit-goods", "from": "2026-01-01", "to": "2026-03-05", "sales": "80000.00"},
)
DECIDED = adm("decided", "2026-03-16", 3, result="penalty", fine="100000.00")


def test_an_overdue_duty_names_its_day_events_and_articles(pack):
    finding = found(pack, [adm("clue-received", "2026-09-28", 1)], "2026-11-01", assessed=False)["overdue"]
    assert (finding.key, finding.organ, finding.since, finding.events, finding.weight) == (
        "overdue:adm.file:1",
        "mr-1",
        date(2026, 10, 24),
        (1,),
        3,
    )
    assert finding.cites[0].to_text() == "cn.samr-penalty-procedure@2022/18"
    assert "2026年10月23日" in finding.says.zh
    assert "23 Oct 2026" in finding.says.en


def test_nothing_is_found_in_time(pack):
    assert found(pack, [adm("clue-received", "2026-09-28", 1)], "2026-10-23", assessed=False) == {}


def test_a_duty_done_late_is_found_lightly(pack):
    events = [adm("clue-received", "2026-09-28", 1), adm("filed", "2026-10-26", 2)]
    finding = found(pack, events, "2026-11-01", assessed=False)["late"]
    assert (finding.weight, finding.events) == (1, (1, 2))
    assert "26 Oct 2026" in finding.says.en


def test_hours_say_their_minute(pack):
    finding = found(pack, [adm("transfer-approved", "2026-03-09T15:20", 1)], "2026-03-12", assessed=False)["overdue"]
    assert "2026年3月10日15:20" in finding.says.zh
    assert "15:20 on 10 Mar 2026" in finding.says.en


def test_kept_evidence_that_lapsed_is_found_but_a_right_not_used_is_not(pack):
    events = [adm("evidence-preserved", "2026-03-02", 1), adm("penalty-notice-served", "2026-03-02", 2)]
    assert set(found(pack, events, "2026-03-20", assessed=False)) == {"preservation-lapsed"}


def test_a_clock_forwarded_away_is_not_found(pack):
    events = [HANDED, pol("receipt-signed", "2026-03-10", 2, competent=False), pol("forwarded", "2026-03-11T09:00", 3)]
    assert found(pack, events, "2026-04-20", assessed=False) == {}


def test_penalised_instead_of_transferred(pack):
    finding = found(pack, [ACT, DECIDED], "2026-03-17")["penalised-instead-of-transferred"]
    assert (finding.events, finding.since, finding.organ) == ((2, 3), date(2026, 3, 16), "mr-1")
    assert [cite.to_text() for cite in finding.cites][:2] == ["cn.transfer-rules@2020/11", "cn.transfer-rules@2020/3"]
    assert finding.data == {"basis": "threshold"}
    assert "达到刑事立案标准" in finding.says.zh


def test_not_when_it_was_handed_over_or_stays_below_or_no_penalty_was_given(pack):
    assert "penalised-instead-of-transferred" not in found(pack, [HANDED, ACT, DECIDED], "2026-03-12")
    small = replace(ACT, data={**ACT.data, "sales": "100.00", "illegal_gain": "0", "unsold_value": "0"})
    assert set(found(pack, [small, DECIDED], "2026-03-17")) == set()
    mild = replace(DECIDED, data={"result": "no-penalty"})
    assert set(found(pack, [ACT, mild], "2026-03-17")) == {"should-transfer"}


def test_suspicion_alone_obliges_to_hand_over(pack):
    events = [
        replace(ACT, data={"kind": "sell-counterfeit-goods", "from": "2026-01-01", "to": "2026-03-05"}),
        adm("suspicion-assessed", "2026-03-07", 3, reasonable=True, police_measures_needed=True),
    ]
    finding = found(pack, events, "2026-03-17")["should-transfer"]
    assert finding.since == date(2026, 3, 7)
    assert "犯罪合理嫌疑" in finding.says.zh


def test_police_that_signed_and_stay_silent(pack):
    events = [HANDED, pol("receipt-signed", "2026-03-10T15:00", 2, competent=True)]
    finding = found(pack, events, "2026-03-14", assessed=False)["transferred-and-unanswered"]
    assert (finding.key, finding.organ, finding.proceeding) == (
        "transferred-and-unanswered:xfer.police.decide:1",
        "police-1",
        "c",
    )


def test_police_that_never_signed(pack):
    assert found(pack, [HANDED], "2026-03-13", assessed=False) == {}
    finding = found(pack, [HANDED], "2026-03-14", assessed=False)["transferred-and-unanswered"]
    assert (finding.key, finding.organ, finding.proceeding, finding.since) == (
        "transferred-and-unanswered:handover:1",
        "police-1",
        "c",
        date(2026, 3, 14),
    )
    assert finding.data["reading"] is True
    assert finding.cites


def test_a_handing_over_before_the_rules_is_not_measured(pack):
    assert found(pack, [adm("handed-over", "2001-01-05", 1)], "2026-03-14", assessed=False) == {}


def test_refused_without_reasons(pack):
    events = [HANDED, pol("receipt-signed", "2026-03-10T15:00", 2), pol("police-refused", "2026-03-12", 3)]
    assert found(pack, events, "2026-03-13", assessed=False)["refused-without-reasons"].events == (3,)
    said = [*events[:2], pol("police-refused", "2026-03-12", 3, reason="证据不足")]
    assert "refused-without-reasons" not in found(pack, said, "2026-03-13", assessed=False)


def test_filed_and_left_lying(pack):
    events = [HANDED, pol("receipt-signed", "2026-03-10T15:00", 2), pol("police-filed", "2026-03-12", 3)]
    assert found(pack, events, "2026-05-11", assessed=False) == {}
    finding = found(pack, events, "2026-05-12", assessed=False)["filed-but-idle"]
    assert (finding.since, finding.events) == (date(2026, 5, 12), (3,))
    assert "不是法定期限" in finding.says.zh
    busy = [*events, pol("investigation-step", "2026-05-01", 4, what="询问")]
    assert found(pack, busy, "2026-05-12", assessed=False) == {}
    assert found(pack, busy, "2026-07-20", assessed=False)["filed-but-idle"].events == (3, 4)
    ended = [*events, pol("sent-for-prosecution", "2026-05-01", 4)]
    assert found(pack, ended, "2026-07-20", assessed=False) == {}


def test_not_prosecuted_and_not_returned(pack):
    events = [pol("not-prosecuted", "2026-05-01", 1, penalty_needed=True)]
    assert found(pack, events, "2026-05-02", assessed=False)["not-returned-for-penalty"].events == (1,)
    assert found(pack, [*events, pol("returned-for-penalty", "2026-05-02", 2)], "2026-05-03", assessed=False) == {}
    assert found(pack, [pol("not-prosecuted", "2026-05-01", 1)], "2026-05-02", assessed=False) == {}


def test_findings_print_and_come_weightiest_first(pack):
    events = [ACT, DECIDED, adm("clue-received", "2026-01-05", 4)]
    at = moment("2026-05-01")
    answer = assess(pack, facts_of(pack, fold(pack, events), on=at.date()), today=at.date())
    listed = findings(pack, events, now=at, assessment=answer)
    assert [one.weight for one in listed] == sorted((one.weight for one in listed), reverse=True)
    printed = listed[0].as_json(pack, "zh")
    assert printed["kind"] == "penalised-instead-of-transferred"
    assert printed["cites"][0]["cite_id"] == "cn.transfer-rules@2020/11"
    assert len({one.key for one in listed}) == len(listed)


def test_what_has_not_happened_yet_is_not_found(pack):
    assert found(pack, [adm("decided", "2026-03-16", 1)], "2026-03-15", assessed=False) == {}


def test_days_read_as_people_write_them():
    assert (day_zh(date(2026, 11, 3)), day_en(date(2026, 11, 3))) == ("2026年11月3日", "3 Nov 2026")


def test_clocks_already_derived_are_not_derived_again(pack):
    events, at = [adm("clue-received", "2026-09-28", 1)], moment("2026-11-01")
    derived = clocks(pack, events, now=at)
    assert findings(pack, events, now=at, assessment=None, derived=derived) == findings(
        pack, events, now=at, assessment=None
    )
    assert findings(pack, events, now=at, assessment=None, derived=()) == ()


def test_a_refusal_left_standing(pack):
    refused = adm("refusal-received", "2026-11-02", 1, received_at="2026-11-02")
    finding = found(pack, [refused], "2026-11-06", assessed=False)["reconsideration-missed"]
    assert finding.organ == "mr-1"
    assert "到2026年11月5日为止" in finding.says.zh
    assert found(pack, [refused, adm("supervision-requested", "2026-11-04", 2)], "2026-11-06", assessed=False) == {}
