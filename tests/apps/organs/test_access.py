"""Access is decided object by object: by role, by kind of organ, by the place it covers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_organ, make_person
from zhibao.apps.organs.access import (
    RULES,
    Deed,
    access_organ,
    access_person,
    can,
    covers,
    operator,
    operators,
    organ_of,
    require,
    require_reading,
)
from zhibao.apps.organs.errors import DeedNotAllowed, OrganNotFound, PersonNotFound, PurposeMissing
from zhibao.apps.organs.models import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("place", "other", "expected"),
    [
        ("360000", "360200", True),
        ("360000", "360222", True),
        ("360200", "360222", True),
        ("360200", "360200", True),
        ("360222", "360222", True),
        ("000000", "360222", True),
        ("360222", "360200", False),
        ("360200", "360100", False),
        ("360200", "360000", False),
        ("360000", "370000", False),
        ("360222", "360223", False),
    ],
)
def test_a_place_covers_what_lies_in_it(place, other, expected):
    assert covers(place, other) is expected


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_covering_is_transitive_along_the_levels(province, prefecture, county):
    high, mid = f"{province:02}0000", f"{province:02}{prefecture:02}00"
    low = f"{province:02}{prefecture:02}{county:02}"
    assert covers(high, mid)
    assert covers(mid, low)
    assert covers(high, low)
    assert not covers(low, mid)


def test_every_deed_has_a_rule_with_words_in_both_languages():
    assert set(RULES) == set(Deed)
    assert all(rule.name.zh and rule.name.en and rule.roles <= set(Role.values) for rule in RULES.values())


def test_a_handler_handles_for_their_own_organ_only(
    handler, agency, county_agency, other_agency, police, province_agency
):
    assert can(handler, Deed.HANDLE, agency)
    assert not any(can(handler, Deed.HANDLE, organ) for organ in (county_agency, other_agency, police, province_agency))


def test_reading_reaches_organs_of_the_same_kind_below(
    handler, agency, county_agency, other_agency, police, province_agency
):
    assert can(handler, Deed.READ, county_agency)
    assert not any(can(handler, Deed.READ, organ) for organ in (other_agency, police, province_agency))
    superior = make_person(province_agency, Role.HANDLER)
    assert can(superior, Deed.READ, agency)
    assert can(superior, Deed.READ, county_agency)
    assert not can(superior, Deed.READ, police)


def test_two_organs_of_one_kind_at_one_place_do_not_read_each_other(agency, handler):
    twin = make_organ("market-regulation", "360200", id="jx-twin")
    assert not can(handler, Deed.READ, twin)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ADMIN])
def test_registrars_and_administrators_do_not_read_matters(agency, role):
    assert not can(make_person(agency, role), Deed.READ, agency)


def test_only_the_head_approves(handler, head, agency):
    assert can(head, Deed.APPROVE, agency)
    assert not can(handler, Deed.APPROVE, agency)


def test_a_closed_account_may_do_nothing(agency):
    gone = make_person(agency, *Role, is_active=False)
    assert not any(can(gone, deed, agency) for deed in Deed)


def test_a_supervisor_reads_other_organs_of_the_place_with_a_purpose(supervisor, agency, county_agency, other_agency):
    require_reading(supervisor, county_agency, "核对九月移送案件")
    with pytest.raises(PurposeMissing):
        require_reading(supervisor, agency, "  ")
    with pytest.raises(DeedNotAllowed):
        require_reading(supervisor, other_agency, "核对")


def test_own_people_read_without_a_purpose(handler, agency):
    require_reading(handler, agency, "")


def test_a_refusal_says_which_role_would_do(handler, agency):
    with pytest.raises(DeedNotAllowed) as caught:
        require(handler, Deed.APPROVE, agency)
    assert caught.value.say("zh") == "你不能替这个机关批准：需要本机关的负责人岗位。"
    assert caught.value.say("en") == "You may not approve for this organ: this needs the role of head in that organ."


def test_a_thing_is_judged_by_its_organ(handler, colleague, outsider, agency):
    assert organ_of(colleague) == agency
    assert can(handler, Deed.HANDLE, colleague)
    assert not can(outsider, Deed.HANDLE, colleague)
    with pytest.raises(TypeError):
        organ_of("agency")


def test_an_organ_is_found_by_its_id(handler, police):
    assert access_organ(handler, police.pk) == police
    with pytest.raises(OrganNotFound):
        access_organ(handler, "jx-nowhere")
    with pytest.raises(DeedNotAllowed):
        access_organ(handler, police.pk, Deed.HANDLE)


def test_a_person_sees_themselves_and_an_administrator_sees_their_people(
    handler, colleague, admin, outsider, province_admin
):
    assert access_person(handler, "HANDLER") == handler
    assert access_person(admin, "colleague") == colleague
    assert access_person(province_admin, "colleague") == colleague
    for name in ("colleague", "nobody"):
        with pytest.raises(PersonNotFound):
            access_person(handler, name)
    with pytest.raises(PersonNotFound):
        access_person(admin, outsider.username)


def test_the_command_line_acts_as_an_active_person(handler, admin, province_admin, agency):
    assert operator("HANDLER") == handler
    make_person(agency, username="gone", is_active=False)
    for name in ("gone", "nobody"):
        with pytest.raises(PersonNotFound):
            operator(name)
    assert operators(Role.ADMIN) == [province_admin]
    assert operators(Role.ANALYST) == []
