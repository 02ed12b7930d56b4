import io
from datetime import timedelta

import pytest

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.answer_finding import answer_finding
from zhibao.apps.cases.actions.assign_handler import assign_handler
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.errors import (
    AlreadyHandedOver,
    BadVerdict,
    FindingNotFound,
    HandlerOfOtherOrgan,
    MatterMovedOn,
    NoReason,
    NoReceivingOrgan,
    NotCompetent,
    NotYourProceeding,
    SeveralReceivingOrgans,
)
from zhibao.apps.cases.models import ClockRow, Counter, FindingRow, Matter, Proceeding
from zhibao.apps.cases.opening import JoinedParty
from zhibao.apps.cases.store.numbers import lead_numbers, take_numbers
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.organs.models import Role
from zhibao.apps.vault.errors import TypeMismatch
from zhibao.apps.vault.models import Exhibit
from zhibao.docket.errors import UnknownProcedure
from zhibao.kernel.errors import BadPlaceCode, ZhibaoError

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OVER = {"kind": "counterfeit-mark-goods", "from": "2026-05-01", "to": "2026-07-30", "illegal_gain": "90000.00"}


def rows(model):
    return sorted(
        model.objects.values_list(*[field.attname for field in model._meta.concrete_fields if field.name != "id"]),
        key=str,
    )


# --- opening ----------------------------------------------------------------------------------------------------------


def test_numbers_have_no_gap_and_begin_anew_each_year_and_organ(handler, police_handler, now):
    def number(person, procedure, at):
        return open_matter(actor=person, title="x", place="360202", procedure=procedure, now=at)

    with pytest.raises(ZhibaoError):
        open_matter(actor=handler, title="x", place="361", procedure="administrative", now=now)
    assert number(handler, "administrative", now).number == "M-2026-000001"
    with pytest.raises(NotCompetent):
        number(handler, "criminal", now)
    second = number(handler, "administrative", now)
    assert second.number == "M-2026-000002"
    assert second.proceedings.get().number.endswith("立〔2026〕2号")
    assert number(handler, "complaint", now).proceedings.get().number.endswith("〔2026〕1号")
    assert number(police_handler, "criminal", now).proceedings.get().number.endswith("刑立〔2026〕1号")
    next_year = number(handler, "administrative", now + 60 * DAY)
    assert next_year.number == "M-2027-000001"
    assert next_year.proceedings.get().number.endswith("立〔2027〕1号")


def test_numbers_are_taken_in_runs(now):
    assert lead_numbers(now, 2) == ["L-2026-000001", "L-2026-000002"]
    assert list(take_numbers("x", 3)) == [1, 2, 3]
    assert list(take_numbers("x")) == [4]
    assert Counter.objects.get(series="x").last == 4


def test_opening_says_what_is_wrong(handler, analyst, now):
    for more, error in (
        ({"procedure": "administrativ"}, UnknownProcedure),
        ({"place": "36x"}, BadPlaceCode),
        ({"actor": analyst}, DeedNotAllowed),
    ):
        with pytest.raises(error):
            open_matter(
                **{"actor": handler, "title": "x", "place": "360202", "procedure": "administrative", "now": now} | more
            )
    assert not Matter.objects.exists()
    assert not Counter.objects.exists()


def test_parties_and_the_day_of_receipt_are_in_the_record(handler, now):
    suspect = factories.make_party("景德镇仿古茶具店", kind="shop")
    matter = open_matter(
        actor=handler,
        title="x",
        place="360202",
        procedure="administrative",
        lead="L-2026-000007",
        parties=[JoinedParty(suspect, "suspect")],
        received_at=now - 5 * DAY,
        now=now,
    )
    events = queries.events_of(matter)
    assert events[0].data["lead"] == "L-2026-000007"
    assert (events[1].kind, events[1].at) == ("clue-received", now - 5 * DAY)
    assert events[2].data == {"party": str(suspect.pk), "name": suspect.name, "role": "suspect"}
    assert queries.state_of(matter, now).parties[0].name == suspect.name


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hand(matter, proceeding, handler, now):
    def hand(**more):
        return hand_over(
            **{
                "actor": handler,
                "matter_id": matter.pk,
                "proceeding_id": proceeding.pk,
                "at": now,
                "expected_seq": None,
                "now": now,
            }
            | more
        )

    return hand


def test_handing_over_opens_the_criminal_proceeding_with_its_own_clocks(
    hand, tell, matter, police, police_handler, now
):
    tell("act-found", data=OVER)
    handed = hand(expected_seq=4)
    assert handed.event.data == {"to": police.pk, "proceeding": str(handed.proceeding.pk)}
    opened = handed.proceeding
    assert (opened.procedure, opened.organ, opened.handler) == ("criminal", police, None)
    assert opened.number == f"{police.paper_word}刑立〔2026〕1号"
    assert [event.kind for event in queries.events_of(matter)][-2:] == ["handed-over", "proceeding-opened"]
    assert queries.state_of(matter, now).open_transfers
    signed = record_event(
        actor=police_handler,
        matter_id=matter.pk,
        proceeding_id=opened.pk,
        kind="receipt-signed",
        at=now,
        data={},
        expected_seq=6,
        now=now,
    )
    assert signed.organ == police.pk
    clock = ClockRow.objects.get(clock="xfer.police.decide")
    assert (clock.organ_id, clock.state, clock.proceeding_id) == (police.pk, "running", opened.pk)


def test_a_matter_is_not_handed_to_the_same_organ_twice(hand, police):
    hand()
    with pytest.raises(AlreadyHandedOver) as refused:
        hand()
    assert police.name_zh in refused.value.say("zh")
    assert Proceeding.objects.filter(organ=police).count() == 1


def test_the_nearest_receiver_is_found_and_two_are_a_question(hand, matter, police, procuratorate, now):
    procuratorate.competences = ["criminal"]
    procuratorate.save()
    with pytest.raises(SeveralReceivingOrgans) as asked:
        hand()
    assert police.name_zh in asked.value.say("zh")
    county = factories.make_organ("police", place="360202")
    assert hand().proceeding.organ == county
    assert hand(to=police.pk).proceeding.organ == police


def test_without_a_receiver_nothing_is_recorded(hand, matter, now):
    for more in ({}, {"to": "nobody"}, {"procedure": "no-such"}):
        with pytest.raises(NoReceivingOrgan):
            hand(**more)
    with pytest.raises(NotCompetent):
        hand(to=factories.make_organ("court").pk)
    assert queries.events_of(matter)[-1].seq == 3


def test_handing_over_what_has_moved_on_leaves_no_half_proceeding(hand, tell, police, now):
    tell("filed")
    with pytest.raises(MatterMovedOn):
        hand(expected_seq=3)
    assert not Proceeding.objects.filter(organ=police).exists()
    assert not Counter.objects.filter(series__contains="police").exists()


# --- exhibits ---------------------------------------------------------------------------------------------------------


def keep(matter, proceeding, handler, now, **more):
    return keep_exhibit(
        **{
            "actor": handler,
            "matter_id": matter.pk,
            "proceeding_id": proceeding.pk,
            "stream": io.BytesIO(b"%PDF-1.7 x"),
            "name": "笔录.pdf",
            "origin": "现场提取",
            "captured_at": now,
            "expected_seq": None,
            "now": now,
        }
        | more
    )


def test_an_exhibit_is_kept_recorded_and_may_then_be_cited(matter, proceeding, handler, now):
    exhibit = keep(matter, proceeding, handler, now)
    event = queries.events_of(matter)[-1]
    assert event.kind == "exhibit-added"
    assert event.data == {"exhibit": str(exhibit.pk), "name": "笔录.pdf", "sha256": exhibit.blob_id}
    assert exhibit.number == 1
    cited = record_event(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        kind="filed",
        at=now,
        data={},
        exhibits=[str(exhibit.pk)],
        expected_seq=4,
        now=now,
    )
    assert cited.exhibits == (str(exhibit.pk),)


def test_an_exhibit_that_cannot_be_recorded_is_not_kept(matter, proceeding, handler, tell, now):
    with pytest.raises(TypeMismatch):
        keep(matter, proceeding, handler, now, stream=io.BytesIO(b"<html>"))
    tell("filed")
    with pytest.raises(MatterMovedOn):
        keep(matter, proceeding, handler, now, expected_seq=3)
    assert not Exhibit.objects.exists()


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_head_assigns_and_a_handler_takes_what_nobody_handles(matter, proceeding, handler, colleague, head, now):
    with pytest.raises(DeedNotAllowed):
        assign_handler(actor=colleague, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=colleague, now=now)
    assigned = assign_handler(actor=head, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=colleague, now=now)
    assert assigned.handler == colleague
    assert "李松" in queries.events_of(matter)[-1].data["text"]
    Proceeding.objects.update(handler=None)
    taken = assign_handler(actor=handler, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=handler, now=now)
    assert taken.handler == handler
    assert queries.proceedings_of(matter)[0].handler == handler


def test_nobody_of_another_organ_or_without_the_role_is_made_handler(matter, proceeding, head, outsider, analyst, now):
    for person in (outsider, analyst):
        with pytest.raises(HandlerOfOtherOrgan):
            assign_handler(actor=head, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=person, now=now)


# --- findings ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def overdue(matter, now):
    """The matter a month later: nobody has decided whether to file."""
    later = now + 40 * DAY
    sweep(now=later)
    return FindingRow.objects.get(matter=matter), later


def test_a_finding_is_answered_by_the_organ_and_by_its_supervisor(overdue, matter, handler, supervisor, outsider):
    finding, later = overdue
    said = {"matter_id": matter.pk, "key": finding.key, "why": "系统漏记延期", "now": later}
    answer_finding(actor=handler, verdict="wrong", **said)
    with pytest.raises(ZhibaoError):
        answer_finding(actor=supervisor, verdict="right", **said)
    answer_finding(actor=supervisor, verdict="right", purpose="核对逾期", **said)
    with pytest.raises(ZhibaoError):
        answer_finding(actor=outsider, verdict="right", **said)
    answers = queries.answers_of(matter)[finding.key]
    assert [(answer.by, answer.verdict) for answer in answers] == [(handler, "wrong"), (supervisor, "right")]
    [accuracy] = queries.finding_accuracy(handler)
    assert (accuracy.kind, accuracy.standing, accuracy.right, accuracy.wrong, accuracy.answered) == (
        finding.kind,
        1,
        1,
        0,
        1,
    )


def test_another_organ_of_the_place_does_not_answer_for_the_one_concerned(
    matter, proceeding, police_handler, province_agency, handler, now
):
    hand_over(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        at=now,
        to=police_handler.organ_id,
        expected_seq=None,
        now=now,
    )
    later = now + 40 * DAY
    sweep(now=later)
    finding = FindingRow.objects.filter(matter=matter, organ=handler.organ).first()
    said = {"matter_id": matter.pk, "key": finding.key, "why": "没有漏办", "now": later}
    with pytest.raises(DeedNotAllowed):
        answer_finding(actor=police_handler, verdict="wrong", **said)
    above = factories.make_person(province_agency, Role.HEAD)
    assert answer_finding(actor=above, verdict="right", **said).by == above


def test_an_answer_needs_a_finding_a_known_verdict_and_a_reason(overdue, matter, handler):
    finding, later = overdue
    said = {"actor": handler, "matter_id": matter.pk, "now": later}
    for more, error in (
        ({"key": "x", "verdict": "right", "why": "x"}, FindingNotFound),
        ({"key": finding.key, "verdict": "maybe", "why": "x"}, BadVerdict),
        ({"key": finding.key, "verdict": "right", "why": " "}, NoReason),
    ):
        with pytest.raises(error):
            answer_finding(**said, **more)


# --- derived rows -----------------------------------------------------------------------------------------------------


def test_the_sweep_moves_what_time_has_moved_and_finds_nothing_the_second_time(matter, now):
    assert sweep(now=now).matters == 0
    due = matter.next_due
    done = []
    swept = sweep(now=due, progress=lambda at, total: done.append((at, total)))
    assert (swept.matters, swept.changed) == (1, 1)
    assert done == [(1, 1)]
    assert ClockRow.objects.get().state == "overdue"
    assert FindingRow.objects.get().kind == "overdue"
    assert sweep(now=due).matters == 0


def test_the_sweep_takes_up_a_changed_law_pack(matter, now):
    Matter.objects.update(derived_pack="older")
    swept = sweep(now=now)
    assert (swept.matters, swept.changed) == (1, 1)
    assert sweep(now=now).matters == 0


def test_rebuilding_brings_damaged_rows_back_and_leaves_good_ones_alone(matter, tell, hand, police, now):
    tell("filed")
    tell("act-found", data=OVER)
    hand()
    good = [rows(model) for model in (ClockRow, FindingRow, Proceeding)]
    keys = list(ClockRow.objects.values_list("pk", flat=True))
    again = rebuild_projections(now=now, matter_id=matter.pk)
    assert (again.matters, again.changed) == (1, 0)
    assert list(ClockRow.objects.values_list("pk", flat=True)) == keys
    ClockRow.objects.filter(state="running").update(state="met")
    ClockRow.objects.filter(state="met").first().delete()
    FindingRow.objects.create(matter=matter, kind="x", key="x", since=now, weight=1, view={})
    Proceeding.objects.update(stage="x", closed_at=now)
    Matter.objects.update(next_due=None)
    assert rebuild_projections(now=now).changed == 1
    assert [rows(model) for model in (ClockRow, FindingRow, Proceeding)] == good


def test_findings_of_idleness_are_looked_for_daily_while_the_police_have_it(hand, matter, now):
    from zhibao.kernel.days import legal_day

    factories.make_organ("police")
    hand()
    matter.refresh_from_db()
    assert legal_day(matter.next_due) == legal_day(now) + DAY


def test_the_other_side_may_not_write_in_ours(hand, matter, proceeding, police, police_handler, now):
    hand()
    with pytest.raises(NotYourProceeding):
        record_event(
            actor=police_handler,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            kind="filed",
            at=now,
            data={},
            expected_seq=None,
            now=now,
        )


def test_a_head_alone_may_approve(matter, proceeding, handler, now):
    assert handler.has_role(Role.HANDLER)
    with pytest.raises(DeedNotAllowed):
        assign_handler(actor=handler, matter_id=matter.pk, proceeding_id=proceeding.pk, handler=handler, now=now)


def test_an_act_whose_days_are_not_known_is_recorded_and_what_is_missing_is_said(tell, matter, now):
    tell("act-found", data={"kind": OVER["kind"]})
    derived = queries.derived_of(matter, now)
    assert derived.assessment is None
    assert derived.missing is not None
    assert derived.missing.where.startswith("acts[0]")
    tell("act-found", data=OVER | {"act": "act-4"})
    derived = queries.derived_of(matter, now)
    assert derived.missing is None
    assert derived.assessment.as_json("zh")["transfer"]["must"] is True
