from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions import append_many as module
from zhibao.apps.cases.actions.append_many import append_many
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.incoming import IncomingEvent, IncomingMatter, IncomingProceeding
from zhibao.apps.cases.models import Counter, Event, Matter, Proceeding

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def docket(handler, police_handler, now):
    """A matter of last year with both proceedings, as another system kept it."""

    def docket(title="老案", **more):
        own = IncomingProceeding("administrative", handler.organ_id, now - 300 * DAY, handler="HANDLER")
        theirs = IncomingProceeding("criminal", police_handler.organ_id, now - 200 * DAY)
        steps = [
            (own, "proceeding-opened", 300, {"procedure": "administrative", "organ": handler.organ_id}),
            (own, "clue-received", 300, {}),
            (own, "filed", 290, {}),
            (own, "handed-over", 200, {"to": police_handler.organ_id, "proceeding": str(theirs.id)}),
            (theirs, "proceeding-opened", 200, {"procedure": "criminal", "organ": police_handler.organ_id}),
            (theirs, "receipt-signed", 199, {}),
            (theirs, "police-filed", 195, {}),
        ]
        events = tuple(
            IncomingEvent(one.id, kind, now - days * DAY, "handler" if one is own else "police", data)
            for one, kind, days, data in steps
        )
        matter = IncomingMatter(title, "360202", now - 300 * DAY, (own, theirs), events)
        return replace(matter, **more)

    return docket


def bring(admin, now, *matters, **more):
    return append_many(actor=admin, matters=matters, now=now, **more)


def test_a_whole_docket_comes_in_with_chain_clocks_findings_and_numbers(
    docket, province_admin, handler, police_handler, now
):
    brought = bring(province_admin, now, docket())
    assert (brought.matters, brought.events, brought.refused) == (1, 7, ())
    matter = Matter.objects.get()
    assert matter.number == "M-2026-000001"
    assert queries.chain_of(matter) == []
    first, second = queries.proceedings_of(matter)
    assert (first.handler, first.number[-9:]) == (handler, "立〔2026〕1号"[-9:])
    assert (second.organ, second.handler) == (police_handler.organ, None)
    assert second.stage == "investigation"
    assert queries.events_of(matter)[2].recorded_at == now - 290 * DAY
    assert matter.clock_rows.filter(clock="adm.file").get().state == "met"
    assert matter.finding_rows.filter(kind="filed-but-idle").exists()
    assert rebuild_projections(now=now).changed == 0


def test_a_matter_with_anything_wrong_is_refused_whole_and_the_others_kept(docket, province_admin, now):
    good, wrong = docket("好"), docket("坏")
    broken = replace(wrong, events=(*wrong.events[:3], replace(wrong.events[3], kind="no-such-kind")))
    other = IncomingProceeding("administrative", "nobody", now)
    stranger = docket("人")
    cases = [
        (broken, "unknown-event-kind"),
        (docket("地", place="36"), "bad-place-code"),
        (docket("机关", proceedings=(other,)), "organ-not-found"),
        (replace(stranger, events=(replace(stranger.events[0], actor="nobody"),)), "person-not-found"),
        (docket("程序", events=(replace(good.events[0], proceeding=uuid4()),)), "proceeding-not-found"),
    ]
    done = []
    brought = bring(
        province_admin,
        now,
        *(matter for matter, _code in cases),
        good,
        progress=lambda at, total: done.append((at, total)),
        total=6,
    )
    assert [(refused.place, refused.title) for refused in brought.refused] == [
        (place, matter.title) for place, (matter, _code) in enumerate(cases)
    ]
    codes = [refused.error.code for refused in brought.refused]
    assert codes[0] == "unknown-event-kind"
    assert codes[2:] == [code for _matter, code in cases[2:]]
    assert brought.refused[0].error.where.startswith("events[3]")
    assert [matter.title for matter in Matter.objects.all()] == ["好"]
    assert Matter.objects.get().number == "M-2026-000001"
    assert Counter.objects.get(series="M-2026").last == 1
    assert Proceeding.objects.count() == 2
    assert done == [(6, 6)]


def test_a_number_given_elsewhere_is_kept_and_the_next_of_ours_goes_on(docket, province_admin, handler, now):
    one = docket()
    kept = replace(one, proceedings=(replace(one.proceedings[0], number="景市监立〔2025〕77号"), one.proceedings[1]))
    bring(province_admin, now, kept)
    assert Proceeding.objects.filter(number="景市监立〔2025〕77号").exists()
    ours = open_matter(actor=handler, title="x", place="360202", procedure="administrative", now=now)
    assert ours.number == "M-2026-000002"
    assert ours.proceedings.get().number.endswith("立〔2026〕1号")


def test_a_number_that_came_in_is_passed_over_by_our_own(docket, province_admin, handler, now):
    first = open_matter(actor=handler, title="甲", place="360202", procedure="administrative", now=now)
    ours = first.proceedings.get().number
    theirs = ours.replace("1号", "2号")
    one = docket()
    bring(
        province_admin, now, replace(one, proceedings=(replace(one.proceedings[0], number=theirs), one.proceedings[1]))
    )
    second = open_matter(actor=handler, title="乙", place="360202", procedure="administrative", now=now)
    assert second.proceedings.get().number == ours.replace("1号", "3号")


def test_a_number_twice_refuses_the_second_matter_and_keeps_the_others(docket, province_admin, now):
    def numbered(title, number):
        one = docket(title)
        return replace(one, proceedings=(replace(one.proceedings[0], number=number), one.proceedings[1]))

    bring(province_admin, now, numbered("甲", "景市监立〔2025〕77号"))
    brought = bring(
        province_admin,
        now,
        numbered("乙", "景市监立〔2025〕77号"),
        numbered("丙", "景市监立〔2025〕78号"),
        numbered("丁", "景市监立〔2025〕78号"),
        docket("戊"),
    )
    assert [(one.title, one.error.code) for one in brought.refused] == [
        ("乙", "proceeding-number-taken"),
        ("丁", "proceeding-number-taken"),
    ]
    assert set(Matter.objects.values_list("title", flat=True)) == {"甲", "丙", "戊"}


def test_a_refused_matter_leaves_its_number_free(docket, province_admin, now):
    one = docket("坏")
    number = replace(one.proceedings[0], number="景市监立〔2025〕9号")
    bad = replace(one, proceedings=(number, replace(one.proceedings[1], organ="nobody")))
    two = docket("好")
    good = replace(two, proceedings=(replace(two.proceedings[0], number=number.number), two.proceedings[1]))
    brought = bring(province_admin, now, bad, good)
    assert [one.error.code for one in brought.refused] == ["organ-not-found"]
    assert Proceeding.objects.get(number=number.number).matter.title == "好"


def test_batches_hold_whole_matters(docket, province_admin, now, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 10)
    done = []
    brought = bring(
        province_admin, now, *(docket(f"{n}") for n in range(5)), progress=lambda at, total: done.append((at, total))
    )
    assert brought.matters == 5
    assert done == [(2, None), (4, None), (5, None)]
    assert sorted(Matter.objects.values_list("title", flat=True)) == [f"{n}" for n in range(5)]


def test_only_an_administrator_whose_organ_covers_them_brings_matters_in(docket, handler, admin, now):
    for person in (handler, factories.make_person(factories.make_organ("procuratorate", "360100"), "admin")):
        brought = bring(person, now, docket())
        assert [refused.error.code for refused in brought.refused] == ["deed-not-allowed"]
    assert bring(admin, now, docket()).matters == 1


def test_nothing_is_nothing(province_admin, now):
    assert bring(province_admin, now).matters == 0
    assert not Event.objects.exists()
