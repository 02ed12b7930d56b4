from datetime import timedelta
from uuid import uuid4

import pytest

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.access import access_matter, access_proceeding, reach_of, visible_matters
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.cases.errors import MatterNotFound, NotYourProceeding, ProceedingNotFound
from zhibao.apps.organs.errors import PurposeMissing
from zhibao.apps.organs.models import Reading, Role
from zhibao.apps.vault.access import access_exhibit
from zhibao.apps.vault.actions.add_exhibit import add_exhibit

pytestmark = pytest.mark.django_db


def test_the_handling_organ_sees_its_matter_by_id_and_by_number(matter, handler, colleague, head):
    for person in (handler, colleague, head):
        assert access_matter(person, matter.pk) == access_matter(person, str(matter.pk)) == matter
        assert access_matter(person, matter.number) == matter
    assert not Reading.objects.exists()


def test_to_all_others_it_does_not_exist(matter, outsider, registrar, police_handler, now):
    other_supervisor = factories.make_person(factories.make_organ("procuratorate", "360100"), Role.SUPERVISOR)
    for person in (outsider, registrar, police_handler, other_supervisor):
        with pytest.raises(MatterNotFound) as refused:
            access_matter(person, matter.pk, "好奇", now=now)
        assert matter.number not in refused.value.say("zh")
        assert not visible_matters(person).exists()
    for key in (uuid4(), "M-2026-999999", "nonsense"):
        with pytest.raises(MatterNotFound):
            access_matter(outsider, key)


def test_heads_of_a_higher_organ_of_the_same_kind_see_it_and_are_logged(matter, province_agency, now):
    above = factories.make_person(province_agency, Role.HEAD)
    assert access_matter(above, matter.pk, now=now) == matter
    assert list(visible_matters(above)) == [matter]
    assert Reading.objects.get().person == above
    only_handler = factories.make_person(province_agency, Role.HANDLER)
    with pytest.raises(MatterNotFound):
        access_matter(only_handler, matter.pk, now=now)
    elsewhere = factories.make_person(factories.make_organ("police", "360000"), Role.HEAD)
    with pytest.raises(MatterNotFound):
        access_matter(elsewhere, matter.pk, now=now)


def test_a_list_holds_no_matter_of_a_neighbour_of_the_same_kind_and_place(matter, agency, now):
    neighbour = factories.make_organ(agency.kind, agency.place, id="jx-360200-second-office")
    head = factories.make_person(neighbour, Role.HEAD)
    assert not visible_matters(head).exists()
    with pytest.raises(MatterNotFound):
        access_matter(head, matter.pk, now=now)


def test_a_supervisor_says_why_once_a_working_day_and_it_is_logged(matter, supervisor, now):
    with pytest.raises(PurposeMissing):
        access_matter(supervisor, matter.pk, now=now)
    assert not Reading.objects.exists()
    assert access_matter(supervisor, matter.pk, "核对移送", now=now) == matter
    assert access_matter(supervisor, matter.pk, now=now + timedelta(hours=2)) == matter
    with pytest.raises(PurposeMissing):
        access_matter(supervisor, matter.pk, now=now + timedelta(hours=13))
    reading = queries.readings_of(matter).items[0]
    assert (reading.person, reading.purpose, reading.at) == (supervisor, "核对移送", now)
    assert list(visible_matters(supervisor)) == [matter]


def test_reading_does_not_let_anybody_write(matter, proceeding, supervisor, analyst, handler, now):
    access_matter(supervisor, matter.pk, "核对", now=now)
    for person in (analyst,):
        with pytest.raises(NotYourProceeding):
            access_proceeding(person, matter.pk, proceeding.pk)
    with pytest.raises(PurposeMissing):
        access_proceeding(supervisor, matter.pk, proceeding.pk)
    with pytest.raises(ProceedingNotFound):
        access_proceeding(handler, matter.pk, uuid4())
    assert access_proceeding(handler, matter.number, str(proceeding.pk)) == proceeding


def test_a_place_reaches_what_lies_in_it():
    def person(place):
        class Organ:
            pass

        class Person:
            organ = Organ()

        Person.organ.place = place
        return Person

    assert [reach_of(person(place)) for place in ("000000", "360000", "360200", "360202")] == [
        "",
        "36",
        "3602",
        "360202",
    ]


def test_exhibits_are_seen_by_whoever_sees_the_matter(matter, proceeding, handler, supervisor, outsider, analyst, now):
    exhibit = keep_exhibit(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=proceeding.pk,
        stream=[b"%PDF-1.7 x"],
        name="a.pdf",
        origin="x",
        captured_at=now,
        expected_seq=None,
        now=now,
    )
    assert access_exhibit(analyst, exhibit.pk, now=now) == exhibit
    assert access_exhibit(supervisor, exhibit.pk, purpose="核对", now=now) == exhibit
    with pytest.raises(MatterNotFound):
        access_exhibit(outsider, exhibit.pk, now=now)


def test_evidence_is_added_by_the_handling_organ_only(matter, handler, outsider, analyst, now):
    from zhibao.apps.vault.access import access_matter_for_keeping
    from zhibao.apps.vault.actions.store_file import store_file

    blob = store_file(actor=outsider, stream=[b"%PDF-1.7 x"], name="a.pdf", now=now)
    given = {"blob": blob, "name": "a.pdf", "origin": "x", "captured_at": now, "now": now}
    with pytest.raises(MatterNotFound):
        add_exhibit(actor=outsider, matter_id=matter.pk, **given)
    assert add_exhibit(actor=handler, matter_id=matter.pk, **given).number == 1
    head_elsewhere = factories.make_person(handler.organ, Role.ANALYST)
    from zhibao.apps.cases.access import Gate

    with pytest.raises(NotYourProceeding):
        Gate().may_work(head_elsewhere, matter.pk)
    access_matter_for_keeping(handler, matter.pk)
