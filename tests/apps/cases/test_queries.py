from datetime import timedelta

import pytest

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.answer_finding import answer_finding
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.models import ClockRow, Counter, FindingRow
from zhibao.apps.cases.queries import FindingFilters, MatterFilters

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def many(handler, colleague, outsider, now):
    """Five matters of one organ on five days, and one of another."""
    made = []
    for number in range(5):
        person = handler if number % 2 == 0 else colleague
        made.append(
            open_matter(
                actor=person,
                title=f"茶具案{number}",
                place="360202" if number < 3 else "360222",
                procedure="administrative" if number < 4 else "complaint",
                received_at=now - number * DAY,
                now=now - number * timedelta(hours=1),
            )
        )
    other = open_matter(actor=outsider, title="茶具案", place="360102", procedure="administrative", now=now)
    return [*made, other]


def titles(page):
    return [matter.title for matter in page.items]


def test_a_list_holds_what_one_may_know_newest_first_in_pages(many, handler, outsider, analyst, registrar):
    page = queries.matters(handler, page=1, size=2)
    assert (titles(page), page.total, page.pages) == (["茶具案0", "茶具案1"], 5, 3)
    assert titles(queries.matters(analyst)) == titles(queries.matters(handler))
    assert titles(queries.matters(outsider)) == ["茶具案"]
    assert titles(queries.matters(registrar)) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "案3"}, ["茶具案3"]),
        ({"text": "M-2026-000001"}, ["茶具案0"]),
        ({"text": "立〔2026〕2号"}, ["茶具案1"]),
        ({"place": "360222"}, ["茶具案3", "茶具案4"]),
        ({"place": "360200"}, [f"茶具案{n}" for n in range(5)]),
        ({"procedure": "complaint"}, ["茶具案4"]),
        ({"organ": "nobody"}, []),
        ({"mine": True}, ["茶具案0", "茶具案2", "茶具案4"]),
        ({"state": "open"}, [f"茶具案{n}" for n in range(5)]),
        ({"state": "closed"}, []),
        ({"state": "overdue"}, []),
        ({"state": "transferred"}, []),
        ({"state": "open", "mine": True, "place": "360202"}, ["茶具案0", "茶具案2"]),
    ],
)
def test_a_list_is_narrowed(many, handler, wanted, found):
    assert titles(queries.matters(handler, MatterFilters(**wanted))) == found


def test_closed_overdue_and_transferred_matters_are_found(many, handler, police, now):
    first, _second, third = many[:3]
    record_event(
        actor=handler,
        matter_id=first.pk,
        proceeding_id=first.proceedings.get().pk,
        kind="not-filed",
        at=now,
        data={"reason": "没有违法事实"},
        expected_seq=None,
        now=now,
    )
    hand_over(
        actor=handler,
        matter_id=third.pk,
        proceeding_id=third.proceedings.get().pk,
        at=now,
        expected_seq=None,
        now=now,
    )
    sweep(now=now + 60 * DAY)

    def state(name):
        return titles(queries.matters(handler, MatterFilters(state=name)))

    assert state("closed") == ["茶具案0"]
    assert state("transferred") == ["茶具案2"]
    assert "茶具案1" in state("overdue")
    assert "茶具案0" not in state("overdue")


def test_what_is_owed_comes_by_due_time_with_its_matter(many, handler, colleague, outsider, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = queries.owed(handler)
        assert {row.matter.title for row in rows} >= {"茶具案0", "茶具案3"}
        assert all(row.proceeding.organ.pk == handler.organ_id and row.proceeding.handler for row in rows)
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    assert {row.matter.title for row in queries.owed(colleague, mine_only=True)} == {"茶具案1", "茶具案3"}
    assert {row.matter.title for row in queries.owed(outsider)} == {"茶具案"}


def test_nearness_counts_legal_days_and_the_last_instant_is_in_time(many, handler, now):
    row = queries.owed(handler)[0]

    def part(at):
        groups = queries.by_nearness([row], at)
        [name] = [name for name in ("overdue", "today", "soon", "later") if getattr(groups, name)]
        assert len(groups) == 1
        return name

    instant = timedelta(microseconds=1)
    assert part(row.due) == "overdue"
    assert part(row.due - instant) == "today"
    assert part(row.due - DAY) == "today"
    assert part(row.due - DAY - instant) == "soon"
    assert part(row.due - 4 * DAY) == "soon"
    assert part(row.due - 4 * DAY - instant) == "later"
    row.due = None
    assert part(now) == "later"


def test_what_others_owe_in_my_matters_is_waited_for(many, handler, police, police_handler, now):
    matter = many[0]
    handed = hand_over(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=matter.proceedings.get().pk,
        at=now,
        expected_seq=None,
        now=now,
    )
    record_event(
        actor=police_handler,
        matter_id=matter.pk,
        proceeding_id=handed.proceeding.pk,
        kind="receipt-signed",
        at=now,
        data={},
        expected_seq=None,
        now=now,
    )
    waited = queries.waiting_for(handler)
    assert "xfer.police.decide" in {row.clock for row in waited}
    assert handler.organ_id not in {row.organ_id for row in waited}
    assert queries.waiting_for(handler, mine_only=True) == waited
    assert "xfer.police.decide" in {row.clock for row in queries.owed(police_handler)}


def test_a_bar_shows_the_clock_as_it_stands_now(many, handler, now, django_assert_num_queries):
    rows = queries.owed(handler)
    with django_assert_num_queries(1):
        alive = queries.live_clocks(rows, now + 5 * DAY)
    assert set(alive) == {row.pk for row in rows}
    for row in rows:
        assert alive[row.pk].clock.id == row.clock
        assert alive[row.pk].clock.used > 0
        assert alive[row.pk].events[1].kind == "proceeding-opened"
        assert "used" not in row.view["zh"]
        assert row.view["zh"]["title"] != row.view["en"]["title"]


def test_findings_are_listed_narrowed_and_counted(many, handler, outsider, supervisor, now):
    later = now + 60 * DAY
    sweep(now=later)
    found = queries.findings(handler)
    assert found.total == FindingRow.objects.filter(organ=handler.organ).count() > 0
    assert queries.findings(supervisor).total == found.total
    assert {row.matter.title for row in queries.findings(outsider).items} == {"茶具案"}
    first = found.items[0]
    answer_finding(actor=handler, matter_id=first.matter_id, key=first.key, verdict="right", why="漏办", now=later)

    def total(**wanted):
        return queries.findings(handler, FindingFilters(**wanted)).total

    assert total(unanswered=True) == found.total - 1
    assert total(kind="overdue") == FindingRow.objects.filter(kind="overdue", organ=handler.organ).count()
    assert total(kind="no-such") == total(organ="no-such") == 0
    assert total(place="360202") + total(place="360222") == found.total
    assert total(since=later.date() + DAY) == 0
    counts = queries.counts(handler, later)
    assert (counts.findings, counts.matters) == (found.total - 1, 5)
    assert counts.overdue == ClockRow.objects.filter(organ=handler.organ, state="overdue").count()
    assert counts.owed >= counts.overdue > 0


def test_the_news_is_what_others_recorded(many, handler, colleague, now):
    events = queries.recent(handler, now - 10 * DAY)
    assert {event.actor_id for event in events} == {colleague.pk}
    assert [event.recorded_at for event in events] == sorted((e.recorded_at for e in events), reverse=True)
    assert queries.recent(handler, now) == []
    assert len(queries.recent(handler, now - 10 * DAY, limit=1)) == 1


def test_queries_do_not_grow_with_the_lists(many, handler, supervisor, now, django_assert_num_queries):
    sweep(now=now + 60 * DAY)
    with django_assert_num_queries(3):
        page = queries.matters(handler)
        assert all(p.organ.name_zh and p.handler.name_zh for matter in page.items for p in matter.proceedings.all())
    with django_assert_num_queries(2):
        assert all(row.matter.number and row.organ for row in queries.findings(supervisor).items)
    with django_assert_num_queries(3):
        queries.counts(handler, now)
    with django_assert_num_queries(1):
        assert all(e.matter.number and e.actor.name_zh for e in queries.recent(handler, now - 10 * DAY))
    with django_assert_num_queries(2):
        queries.finding_accuracy(handler)


def test_one_matter_costs_one_query_to_derive(many, now, django_assert_num_queries):
    matter = many[0]
    with django_assert_num_queries(1):
        derived = queries.derived_of(matter, now)
    assert derived.clocks == queries.clocks_of(matter, now)
    assert derived.findings == queries.findings_of(matter, now)
    assert derived.assessment.as_json("zh") == queries.assessment_of(matter, now.date()).as_json("zh")
    with django_assert_num_queries(1):
        rows = queries.event_rows_of(matter)
        assert [row.actor.username for row in rows] == ["handler"] * len(rows)
    assert [row.seq for row in rows] == sorted((row.seq for row in rows), reverse=True)


def test_the_assessment_follows_the_goods_and_the_chosen_law(many, handler, now):
    matter = many[0]
    factories.make_organ("police")
    for kind, data in (
        ("act-found", {"kind": "counterfeit-mark-goods", "from": "2026-05-01", "to": "2026-07-30"}),
        (
            "goods-recorded",
            {
                "lines": [
                    {"name": "茶壶", "quantity": 100, "state": "sold", "prices": {"actual": "600.00"}},
                    {"name": "茶杯", "quantity": 10, "state": "unsold", "prices": {"marked": "50.00"}},
                ]
            },
        ),
    ):
        record_event(
            actor=handler,
            matter_id=matter.pk,
            proceeding_id=matter.proceedings.get().pk,
            kind=kind,
            at=now,
            data=data,
            expected_seq=None,
            now=now,
        )
    [offence] = queries.assessment_of(matter, now.date()).as_json("zh")["offences"]
    assert (offence["offence"], offence["tier"], offence["rule_version"]) == ("cn.criminal.213", "base", "2025-04-26")


def test_rows_name_themselves(many, handler, now):
    sweep(now=now + 60 * DAY)
    matter = many[0]
    clock, finding = matter.clock_rows.first(), matter.finding_rows.first()
    answer = answer_finding(
        actor=handler, matter_id=matter.pk, key=finding.key, verdict="right", why="x", now=now + 60 * DAY
    )
    assert str(matter) == matter.number
    assert str(matter.proceedings.get()) == matter.proceedings.get().number
    assert str(matter.events.first()) == f"{matter.pk} 1 proceeding-opened"
    assert str(clock) == f"{matter.pk} {clock.clock} 1"
    assert str(finding) == f"{matter.pk} {finding.key}"
    assert str(answer) == f"{finding.key}: right"
    assert str(Counter.objects.get(series="M-2026")) == "M-2026: 6"
