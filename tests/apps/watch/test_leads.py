import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests import factories
from zhibao.apps.cases import queries as cases
from zhibao.apps.cases.models import Matter
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.organs.models import Role
from zhibao.apps.register.models import Party
from zhibao.apps.vault.errors import CapturedInFuture
from zhibao.apps.vault.queries import open_blob
from zhibao.apps.watch import queries
from zhibao.apps.watch.actions.allow_shop import allow_shop
from zhibao.apps.watch.actions.decide_lead import decide_lead
from zhibao.apps.watch.actions.keep_evidence import keep_evidence
from zhibao.apps.watch.actions.open_from_lead import open_from_lead
from zhibao.apps.watch.actions.report_lead import report_lead
from zhibao.apps.watch.actions.undo_decision import undo_decision
from zhibao.apps.watch.claims import claim_digest, new_claim_code
from zhibao.apps.watch.errors import (
    ClaimNotFound,
    LeadDecided,
    LeadNotFound,
    LeadOpened,
    LeadWithoutShop,
    NoOrganForLead,
    NothingToUndo,
    ReportTooLong,
    ReportTooShort,
    UnknownVerdict,
)
from zhibao.apps.watch.models import Hit, Lead, LeadDecision, Listing
from zhibao.apps.watch.queries import LeadFilters
from zhibao.kernel.errors import BadPlaceCode

pytestmark = pytest.mark.django_db
SAID = "集市第三排有人卖假的青釉坊茶具，一套八十元。"


@pytest.fixture
def vault(settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path / "vault"


# --- judging ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "state"), [("like", "kept"), ("unlike", "dismissed"), ("authorised", "authorised")]
)
def test_a_verdict_moves_the_lead_out_of_the_queue_and_undoing_brings_it_back(lead, handler, now, verdict, state):
    decide_lead(actor=handler, lead_id=lead.pk, verdict=verdict, why="包装相同", now=now)
    lead.refresh_from_db()
    assert lead.state == state
    assert queries.next_lead(handler) is None
    undo_decision(actor=handler, lead_id=lead.number, now=now + timedelta(minutes=1))
    lead.refresh_from_db()
    assert lead.state == "new"
    assert queries.next_lead(handler) == lead
    assert [row.verdict for row in queries.lead_detail(handler, lead.pk).decisions] == [verdict, "undone"]


def test_who_judges_second_is_told_who_was_first(lead, handler, colleague, now):
    decide_lead(actor=handler, lead_id=lead.pk, verdict="like", now=now)
    with pytest.raises(LeadDecided) as refused:
        decide_lead(actor=colleague, lead_id=lead.pk, verdict="unlike", now=now)
    assert handler.name_zh in refused.value.say("zh")
    assert handler.name_en in refused.value.say("en")
    assert LeadDecision.objects.count() == 1


def test_verdicts_are_known_ones_and_undoing_needs_one(lead, handler, now):
    with pytest.raises(UnknownVerdict):
        decide_lead(actor=handler, lead_id=lead.pk, verdict="maybe", now=now)
    with pytest.raises(NothingToUndo):
        undo_decision(actor=handler, lead_id=lead.pk, now=now)


def test_a_lead_is_judged_at_its_desk_and_the_desks_above(lead, analyst, outsider, registrar, supervisor, now):
    above = factories.make_person(factories.make_organ(place="360000"), Role.HEAD)
    assert [one.pk for one in queries.leads(above).items] == [lead.pk]
    decide_lead(actor=above, lead_id=lead.pk, verdict="like", now=now)
    for person in (outsider, registrar, supervisor):
        assert queries.leads(person).total == 0
        with pytest.raises(LeadNotFound):
            queries.lead_detail(person, lead.pk)
    for key in (uuid4(), "L-2026-999999", "x"):
        with pytest.raises(LeadNotFound):
            queries.lead_detail(analyst, key)


def test_a_supervisor_of_the_organ_itself_reads_but_does_not_judge(lead, agency, now):
    inside = factories.make_person(agency, Role.SUPERVISOR)
    with pytest.raises(DeedNotAllowed):
        decide_lead(actor=inside, lead_id=lead.pk, verdict="like", now=now)


def test_an_allowed_shop_is_learnt_and_undoing_unlearns_it(lead, right, handler, offer, screen, now):
    allow_shop(actor=handler, lead_id=lead.pk, why="授权书已核对", now=now)
    right.refresh_from_db()
    assert right.details["authorised_shops"] == ["仿古茶具店"]
    offer("青釉坊茶盘 新品", place="360200")
    assert screen().hits == 0
    undo_decision(actor=handler, lead_id=lead.pk, now=now)
    right.refresh_from_db()
    assert right.details["authorised_shops"] == []
    assert screen().hits == 1


def test_only_a_lead_with_a_shop_allows_one(agency, handler, now):
    reported = report_lead(text=SAID, place="360200", now=now)
    with pytest.raises(LeadWithoutShop):
        allow_shop(actor=handler, lead_id=reported.lead.pk, now=now)


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_what_the_feed_said_is_kept_once_however_often_it_is_asked(lead, handler, analyst, outsider, now, vault):
    kept = keep_evidence(actor=handler, lead_id=lead.pk, now=now)
    assert [exhibit.name for exhibit in kept] == [
        f"{lead.number}-{listing.pk}.json" for listing in Listing.objects.order_by("pk")
    ]
    with open_blob(kept[0].blob) as file:
        said = json.load(file)
    assert (said["title"], said["shop"], said["price"]) == ("青釉坊茶杯 手工", "仿古茶具店", "")
    assert keep_evidence(actor=handler, lead_id=lead.pk, now=now) == []
    assert queries.evidence_of(analyst, lead) == kept
    assert queries.evidence_of(outsider, lead) == []
    with pytest.raises(DeedNotAllowed):
        keep_evidence(actor=factories.make_person(lead.organ, Role.ANALYST), lead_id=lead.pk, now=now)


def test_half_of_a_leads_evidence_is_never_kept(lead, handler, now, vault):
    Listing.objects.filter(pk=Listing.objects.last().pk).update(seen_at=now + timedelta(days=1))
    with pytest.raises(CapturedInFuture):
        keep_evidence(actor=handler, lead_id=lead.pk, now=now)
    assert queries.evidence_of(handler, lead) == []


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_lead_becomes_a_matter_with_clue_right_and_parties(lead, right, handler, now):
    matter = open_from_lead(actor=handler, lead_id=lead.pk, now=now)
    lead.refresh_from_db()
    assert (lead.state, lead.matter) == ("opened", matter)
    events = cases.events_of(matter)
    assert [event.kind for event in events] == [
        "proceeding-opened",
        "clue-received",
        "right-attached",
        "party-joined",
        "party-joined",
    ]
    assert events[0].data["lead"] == lead.number
    assert events[2].data["right"] == str(right.pk)
    assert [(event.data["name"], event.data["role"]) for event in events[3:]] == [
        (right.owner.name, "right-holder"),
        ("仿古茶具店", "suspect"),
    ]
    assert (matter.place, matter.title) == (lead.place, lead.title)
    assert matter.clock_rows.get().clock == "adm.file"
    assert LeadDecision.objects.get().verdict == "opened"


def test_the_same_shop_is_one_party(lead, right, handler, offer, screen, now):
    factories.make_right("玉泉轩")
    offer("玉泉轩茶杯", place="360200")
    screen()
    for one in Lead.objects.all():
        open_from_lead(actor=handler, lead_id=one.pk, now=now)
    assert Matter.objects.count() == 2
    assert Party.objects.filter(kind="shop").count() == 1


def test_a_kept_lead_may_be_opened_and_an_opened_one_is_neither_judged_nor_undone(lead, handler, now):
    decide_lead(actor=handler, lead_id=lead.pk, verdict="like", now=now)
    matter = open_from_lead(actor=handler, lead_id=lead.pk, title="青釉坊案", now=now)
    assert matter.title == "青釉坊案"
    for call in (
        lambda: open_from_lead(actor=handler, lead_id=lead.pk, now=now),
        lambda: decide_lead(actor=handler, lead_id=lead.pk, verdict="like", now=now),
        lambda: undo_decision(actor=handler, lead_id=lead.pk, now=now),
    ):
        with pytest.raises(LeadOpened) as refused:
            call()
        assert matter.number in refused.value.say("zh")


def test_a_dismissed_lead_is_not_opened_and_an_analyst_opens_none(lead, handler, analyst, now):
    with pytest.raises(DeedNotAllowed):
        open_from_lead(actor=analyst, lead_id=lead.pk, now=now)
    decide_lead(actor=handler, lead_id=lead.pk, verdict="unlike", now=now)
    with pytest.raises(LeadDecided):
        open_from_lead(actor=handler, lead_id=lead.pk, now=now)
    assert not Matter.objects.exists()


def test_what_the_docket_refuses_leaves_lead_and_numbers_as_they_were(lead, handler, now):
    Lead.objects.update(place="36")
    with pytest.raises(BadPlaceCode):
        open_from_lead(actor=handler, lead_id=lead.pk, now=now)
    lead.refresh_from_db()
    assert (lead.state, lead.matter) == ("new", None)
    assert not LeadDecision.objects.exists()
    Lead.objects.update(place="360200")
    assert open_from_lead(actor=handler, lead_id=lead.pk, now=now).number == "M-2026-000001"


# --- reporting --------------------------------------------------------------------------------------------------------


def test_a_report_lands_on_the_desk_and_its_code_asks_about_it(agency, handler, now):
    reported = report_lead(text=SAID, place="360200", contact=" 13800000000 ", now=now)
    lead = reported.lead
    assert (lead.source, lead.organ, lead.title, lead.contact) == ("report", agency, SAID, "13800000000")
    assert lead.number == "L-2026-000001"
    typed = reported.claim_code.lower().replace("-", " ")
    assert queries.lead_of_claim(typed) == lead
    assert reported.claim_code.replace("-", "") not in str(Lead.objects.values().get())
    matter = open_from_lead(actor=handler, lead_id=lead.pk, now=now + timedelta(days=3))
    clue = cases.events_of(matter)[1]
    assert (clue.kind, clue.at) == ("clue-received", now)


def test_an_owner_may_report_with_their_right(agency, right, now):
    reported = report_lead(text=SAID, place="360200", right=right, owner=True, now=now)
    assert (reported.lead.source, reported.lead.right) == ("owner", right)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": "假货"}, ReportTooShort),
        ({"text": "假" * 5001}, ReportTooLong),
        ({"place": "36"}, BadPlaceCode),
        ({"place": "440100"}, NoOrganForLead),
    ],
)
def test_a_report_that_cannot_be_taken_says_why(agency, now, more, error):
    with pytest.raises(error):
        report_lead(**{"text": SAID, "place": "360200", "now": now} | more)
    assert not Lead.objects.exists()


@pytest.mark.parametrize("code", ["", "-", "ABCD-EFGH-JKLM-NPQR", "你好"])
def test_a_wrong_code_finds_nothing_not_even_leads_without_one(lead, code):
    with pytest.raises(ClaimNotFound):
        queries.lead_of_claim(code)


def test_codes_are_long_random_and_read_however_they_are_typed():
    codes = {new_claim_code() for _ in range(200)}
    assert len(codes) == 200
    code = codes.pop()
    assert len(code.replace("-", "")) == 16
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "－" for sign in code.lower())
    assert claim_digest(full_width) == claim_digest(code) != claim_digest(code[:-1])


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def queue(agency, right, offer, screen, now):
    """Three leads: one shop with four copies, one with one, and a report."""
    offer(*(f"青釉坊茶杯{n}" for n in range(4)), shop="多件店", place="360200")
    offer("清釉坊茶壶", shop="谐音店", place="360222")
    screen()
    report_lead(text=SAID, place="360200", now=now)


def test_the_queue_is_ordered_and_walks_to_its_end(queue, handler, now):
    page = queries.leads(handler)
    assert [lead.score for lead in page.items] == sorted((lead.score for lead in page.items), reverse=True)
    walked = []
    one = queries.next_lead(handler)
    while one is not None and one not in walked:
        walked.append(one)
        one = queries.next_lead(handler, after=one)
    assert walked == list(page.items)
    assert one == walked[0]
    for left, lead in zip((2, 1, 0), walked, strict=True):
        decide_lead(actor=handler, lead_id=lead.pk, verdict="like", now=now)
        assert queries.count_new_leads(handler) == left
    assert queries.next_lead(handler, after=walked[0]) is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, 3),
        ({"text": "多件"}, 1),
        ({"text": "八十元"}, 1),
        ({"text": "L-2026-000001"}, 1),
        ({"state": "new"}, 3),
        ({"state": "kept"}, 0),
        ({"source": "report"}, 1),
        ({"channel": "homophone"}, 1),
        ({"place": "360222"}, 1),
        ({"place": "360200"}, 3),
        ({"organ": "nobody"}, 0),
    ],
)
def test_the_list_is_narrowed(queue, handler, wanted, found):
    assert queries.leads(handler, LeadFilters(**wanted)).total == found


def test_lists_do_not_grow_with_what_they_hold(queue, handler, django_assert_num_queries):
    with django_assert_num_queries(3):
        page = queries.leads(handler)
        assert sorted(lead.listings for lead in page.items) == [0, 1, 4]
        assert sorted(len(lead.best) for lead in page.items) == [0, 1, 1]  # a shop may have thousands
        assert all(hit.listing.title for lead in page.items for hit in lead.best)
        assert all(lead.right is None or lead.right.owner.name for lead in page.items)
    lead = page.items[0]
    assert lead.best == [max(lead.hits.all(), key=lambda hit: hit.score)]
    with django_assert_num_queries(4):
        detail = queries.lead_detail(handler, lead.pk)
        assert all(hit.listing.feed.name_zh for hit in detail.hits)


def test_a_channel_is_as_good_as_people_found_it(queue, handler, now):
    exact, homophone = queries.track_record(handler)
    assert (exact.channel, exact.raised, exact.share_percent) == ("exact", 1, None)
    leads = {lead.series: lead for lead in Lead.objects.filter(source="watch")}
    decide_lead(actor=handler, lead_id=leads["market/多件店"].pk, verdict="authorised", now=now)
    decide_lead(actor=handler, lead_id=leads["market/谐音店"].pk, verdict="unlike", now=now)
    exact, homophone = queries.track_record(handler)
    assert (exact.like, exact.unlike, exact.share_percent) == (1, 0, 100)
    assert (homophone.like, homophone.unlike, homophone.share_percent) == (0, 1, 0)
    undo_decision(actor=handler, lead_id=leads["market/谐音店"].pk, now=now)
    assert queries.track_record(handler)[1].share_percent is None


def test_feeds_show_what_they_hold(queue, handler, analyst, offer, now):
    offer("还没筛查的茶杯", shop="新店")
    [view] = queries.feeds(handler)
    assert (view.feed.pk, view.listings, view.unscreened, view.last_seen) == ("market", 6, 1, now)
    assert dict(view.hits) == {"exact": 4, "homophone": 1}
    assert Hit.objects.count() == 5


def test_rows_name_themselves(lead, handler, now):
    hit = lead.hits.filter(channel="exact").get()
    assert str(lead) == lead.number
    assert str(hit) == "青釉坊 exact"
    assert str(hit.listing) == hit.listing.title
    assert str(hit.listing.feed) == "market"
    assert str(decide_lead(actor=handler, lead_id=lead.pk, verdict="like", now=now)) == f"{lead.pk}: like"
