"""What rests on an article, and in how many open matters that the person may see."""

import pytest

from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.library import queries
from zhibao.apps.library.actions.refresh_traits import refresh_traits
from zhibao.apps.library.models import MatterRead, MatterTrait
from zhibao.kernel.citations import Citation

pytestmark = pytest.mark.django_db
REPLY = Citation("cn.tea-labels", None, "4")
FAKE = "cn.fashi-2025-5"


@pytest.fixture
def open_one(now):
    def open_one(actor, place="360202", title="茶罐"):
        return open_matter(
            actor=actor, title=title, place=place, procedure="administrative", rights=[factories.make_right()], now=now
        )

    return open_one


@pytest.fixture
def tell(now):
    def tell(matter, actor, kind, data):
        return record_event(
            actor=actor,
            matter_id=matter.pk,
            proceeding_id=matter.proceedings.get().pk,
            kind=kind,
            at=now,
            data=data,
            expected_seq=None,
            now=now,
        )

    return tell


def counts(person, citation):
    found = {}
    for one in queries.uses_of(person, citation):
        found[one.id] = found.get(one.id, 0) + (one.open_matters or 0)
    return found


def test_a_running_clock_rests_on_its_article(open_one, handler):
    assert counts(handler, REPLY) == {"tea.reply": 0}
    open_one(handler)
    assert counts(handler, REPLY) == {"tea.reply": 1}
    assert counts(handler, Citation("cn.tea-labels", "2019", "4"))["tea.reply"] == 1


def test_a_clock_rests_on_the_version_it_runs_under(open_one, handler):
    open_one(handler)
    uses = {one.first.year: one for one in queries.uses_of(handler, Citation("cn.tea-labels", "2019", "4"))}
    assert uses[2020].open_matters == 1
    assert uses[2027].open_matters == 0  # the same provision under its later number: nothing runs under it yet
    assert uses[2027].cites == (Citation("cn.tea-labels", "2026", "5"),)


def test_only_matters_the_person_may_see_are_counted(open_one, handler, outsider, supervisor, head, admin):
    open_one(handler)
    open_one(outsider, place="360102")
    assert counts(handler, REPLY)["tea.reply"] == 1
    assert counts(outsider, REPLY)["tea.reply"] == 1
    assert counts(supervisor, REPLY)["tea.reply"] == 1  # of the place covered
    assert counts(admin, REPLY)["tea.reply"] == 0  # administrators read no matters
    assert [one.matter.place for one in queries.resting_matters(outsider, REPLY).items] == ["360102"]


def test_the_matters_are_listed_with_their_clocks(open_one, handler):
    matter = open_one(handler)
    page = queries.resting_matters(handler, REPLY)
    assert page.total == 1
    assert page.items[0].matter.pk == matter.pk
    clock = page.items[0].clocks[0]
    assert (clock.clock, clock.state, clock.cite) == ("tea.reply", "running", "cn.tea-labels@2019/4")
    assert clock.titles.en == "answering an objection"


def test_a_clock_that_ended_counts_no_more(open_one, tell, handler):
    matter = open_one(handler)
    tell(matter, handler, "filed", {})
    assert counts(handler, REPLY) == {"tea.reply": 0}
    assert queries.resting_matters(handler, REPLY).total == 0


def fake(amount):
    return {
        "kind": "counterfeit-mark-goods",
        "from": "2026-05-01",
        "to": "2026-05-30",
        "right_kinds": 1,
        "illegal_gain": amount,
    }


def test_a_limit_that_is_met_counts_for_its_article(open_one, tell, handler, now):
    matter = open_one(handler)
    tell(matter, handler, "act-found", fake("31000.00"))
    refresh_traits(now=now)
    uses = {one.id: one.open_matters for one in queries.uses_of(handler, Citation(FAKE, "2025", "3", 1, 1))}
    assert uses["cn.criminal.213"] == 1
    other = {one.id: one.open_matters for one in queries.uses_of(handler, Citation(FAKE, "2025", "3", 1, 3))}
    assert other["cn.criminal.213"] == 0  # the repeat limit is not met
    page = queries.resting_matters(handler, Citation(FAKE, None, "3"))
    assert [one.matter.pk for one in page.items] == [matter.pk]
    assert ("cn.criminal.213", "base", "goods.gain") in page.items[0].limits


def test_a_limit_just_missed_does_not_count(open_one, tell, handler, now):
    matter = open_one(handler)
    tell(matter, handler, "act-found", fake("29999.99"))
    refresh_traits(now=now)
    assert not MatterTrait.objects.filter(kind="limit").exists()
    assert set(MatterTrait.objects.values_list("kind", "value")) == {
        ("right", "trademark"),
        ("act", "counterfeit-mark-goods"),
    }


def test_traits_are_derived_again_only_for_what_moved(open_one, tell, handler, now):
    first, second = open_one(handler), open_one(handler, title="茶饼")
    assert refresh_traits(now=now) == 2
    assert refresh_traits(now=now) == 0
    tell(second, handler, "act-found", fake("31000.00"))
    assert refresh_traits(now=now) == 1
    MatterRead.objects.filter(matter=first).update(law_pack="older")
    assert refresh_traits(now=now) == 1
    tell(second, handler, "filed", {})
    tell(second, handler, "decided", {"result": "no-penalty"})
    tell(second, handler, "closed", {})
    assert refresh_traits(now=now) == 0
    assert set(MatterRead.objects.values_list("matter", flat=True)) == {first.pk}  # nothing is kept of what closed


def test_a_corrected_act_takes_its_limit_away(open_one, tell, handler, now):
    from zhibao.apps.cases.actions.correct_event import correct_event

    matter = open_one(handler)
    act = tell(matter, handler, "act-found", fake("31000.00"))
    refresh_traits(now=now)
    assert MatterTrait.objects.filter(kind="limit").exists()
    correct_event(
        actor=handler, matter_id=matter.pk, seq=act.seq, withdrawn=True, why="查错了人", expected_seq=None, now=now
    )
    refresh_traits(now=now)
    assert not MatterTrait.objects.filter(kind__in=("limit", "act")).exists()
