"""Organs and people are entered by those who may, and what does not hold is told."""

from datetime import timedelta

import pytest

from tests.factories import PASSWORD, make_organ, make_person
from zhibao.apps.organs import queries
from zhibao.apps.organs.actions.change_person import change_person
from zhibao.apps.organs.actions.change_preferences import change_preferences
from zhibao.apps.organs.actions.issue_token import issue_token
from zhibao.apps.organs.actions.log_reading import log_reading
from zhibao.apps.organs.actions.make_organ import make_organ as enter_organ
from zhibao.apps.organs.actions.make_person import make_person as enter_person
from zhibao.apps.organs.actions.revoke_token import revoke_token
from zhibao.apps.organs.actions.set_password import set_password
from zhibao.apps.organs.errors import (
    BadOrgan,
    BadPerson,
    BadToken,
    BadTokenTerm,
    DeedNotAllowed,
    OrganKept,
    PersonNotFound,
    TokenNotFound,
    UsernameTaken,
    WeakPassword,
)
from zhibao.apps.organs.models import ApiToken, Organ, Person, Reading, Role
from zhibao.apps.organs.paging import page_of
from zhibao.apps.organs.tokens import digest_of, person_for
from zhibao.kernel.errors import BadPlaceCode

pytestmark = pytest.mark.django_db


def organ_fields(**more):
    return {
        "id": "jx-360300-customs",
        "kind": "customs",
        "place": "360300",
        "name_zh": "萍乡海关",
        "name_en": "Pingxiang Customs",
    } | more


def person_fields(**more):
    return {"username": "wang", "name_zh": "王", "name_en": "Wang", "roles": ["handler"], "password": PASSWORD} | more


def test_an_installation_begins_with_one_organ_and_one_administrator(now):
    organ = enter_organ(actor=None, **organ_fields(), now=now)
    assert (organ.level, organ.short_zh) == ("city", "萍乡海关")
    first = enter_person(actor=None, organ=organ, **person_fields(roles=["admin"]), now=now)
    assert first.check_password(PASSWORD)
    with pytest.raises(DeedNotAllowed):
        enter_organ(actor=None, **organ_fields(id="jx-2"), now=now)
    with pytest.raises(DeedNotAllowed):
        enter_person(actor=None, organ=organ, **person_fields(username="li"), now=now)


def test_an_administrator_enters_organs_of_the_places_covered(province_admin, admin, now):
    made = enter_organ(
        actor=province_admin, **organ_fields(competences=("customs",), parent="jx-360000-market-regulation"), now=now
    )
    assert made.competences == ["customs"]
    with pytest.raises(DeedNotAllowed):
        enter_organ(actor=admin, **organ_fields(id="jx-360100-x", place="360100"), now=now)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"id": "海关"}, BadOrgan),
        ({"id": "JX-1"}, BadOrgan),
        ({"name_en": " "}, BadOrgan),
        ({"place": "36"}, BadPlaceCode),
        ({"id": "jx-360000-market-regulation"}, OrganKept),
    ],
)
def test_what_does_not_hold_of_an_organ(province_admin, now, fields, error):
    with pytest.raises(error):
        enter_organ(actor=province_admin, **organ_fields(**fields), now=now)
    assert Organ.objects.count() == 1


def test_whoever_enters_an_organ_enters_its_first_administrator_and_nobody_else(province_admin, now):
    police = make_organ("police")
    with pytest.raises(DeedNotAllowed):
        enter_person(actor=province_admin, organ=police, **person_fields(), now=now)
    first = enter_person(actor=province_admin, organ=police, **person_fields(roles=["admin"]), now=now)
    with pytest.raises(DeedNotAllowed):
        enter_person(actor=province_admin, organ=police, **person_fields(username="li", roles=["admin"]), now=now)
    assert enter_person(actor=first, organ=police, **person_fields(username="li"), now=now).organ == police


@pytest.mark.parametrize(
    ("fields", "error", "where"),
    [
        ({"username": "王"}, BadPerson, "username"),
        ({"name_zh": "", "name_en": " "}, BadPerson, "name"),
        ({"roles": []}, BadPerson, "roles"),
        ({"roles": ["king"]}, BadPerson, "roles"),
        ({"language": "fr"}, BadPerson, "language"),
        ({"username": "ADMIN"}, UsernameTaken, "username"),
        ({"password": "12345"}, WeakPassword, "password"),
    ],
)
def test_what_does_not_hold_of_a_person(admin, agency, now, fields, error, where):
    with pytest.raises(error) as caught:
        enter_person(actor=admin, organ=agency, **person_fields(**fields), now=now)
    assert caught.value.where == where
    assert not Person.objects.filter(name_zh="王").exists()


def test_a_weak_password_is_explained_in_both_languages(admin, agency, now):
    with pytest.raises(WeakPassword) as caught:
        enter_person(actor=admin, organ=agency, **person_fields(password="1234567"), now=now)
    assert caught.value.say("zh") == "密码太容易猜：少于 10 个字符，是常见的密码，只有数字。"
    assert caught.value.say("en") == (
        "The password is too easy to guess: it has fewer than 10 characters and it is a common one and it has only digits."
    )
    with pytest.raises(WeakPassword, match="log-in name"):
        enter_person(actor=admin, organ=agency, **person_fields(username="porcelain", password="porcelain1"), now=now)


def test_a_person_without_a_password_gets_one_from_the_administrator(admin, handler, agency, now):
    person = enter_person(actor=admin, organ=agency, **person_fields(password=None), now=now)
    assert not person.has_usable_password()
    assert set_password(actor=admin, username="WANG", password=PASSWORD, now=now).check_password(PASSWORD)
    with pytest.raises(DeedNotAllowed):
        set_password(actor=handler, username="handler", password=PASSWORD, now=now)
    with pytest.raises(PersonNotFound):
        set_password(actor=handler, username="wang", password=PASSWORD, now=now)


def test_preferences_are_one_s_own(handler, now):
    changed = change_preferences(actor=handler, language="en", now=now)
    assert (changed.language, changed.single_keys) == ("en", True)
    assert change_preferences(actor=handler, single_keys=False, now=now).language == "en"
    with pytest.raises(BadPerson):
        change_preferences(actor=handler, language="fr", now=now)


def test_closing_an_account_ends_its_tokens_at_once(admin, handler, now):
    _, text = issue_token(actor=handler, name="feed", now=now)
    change_person(actor=admin, username="handler", roles=["handler", "head"], active=False, now=now)
    handler.refresh_from_db()
    assert (handler.roles, handler.is_active) == (["handler", "head"], False)
    with pytest.raises(BadToken):
        person_for(text, now)
    assert ApiToken.objects.get().ends_at == now


def test_only_a_digest_of_a_token_is_kept(handler, now):
    kept, text = issue_token(actor=handler, name=" feed ", now=now)
    assert kept.digest == digest_of(text)
    assert text not in str(ApiToken.objects.values().get())
    assert (kept.name, text.startswith(kept.start), str(kept)) == ("feed", True, f"feed {kept.start}…")
    assert queries.tokens_of(handler) == [kept]


def test_a_token_stands_for_its_person_until_it_ends(handler, now):
    kept, text = issue_token(actor=handler, name="feed", ends_at=now + timedelta(days=1), now=now)
    assert person_for(text, now) == handler
    kept.refresh_from_db()
    assert kept.last_used_at == now
    person_for(text, now + timedelta(minutes=1))
    kept.refresh_from_db()
    assert kept.last_used_at == now
    for token, at in ((text, now + timedelta(days=1)), (text + "x", now), ("", now)):
        with pytest.raises(BadToken):
            person_for(token, at)


def test_a_token_is_ended_by_its_owner_only(handler, colleague, now):
    kept, text = issue_token(actor=handler, name="feed", now=now)
    with pytest.raises(TokenNotFound):
        revoke_token(actor=colleague, token_id=kept.pk, now=now)
    assert revoke_token(actor=handler, token_id=kept.pk, now=now).ends_at == now
    assert revoke_token(actor=handler, token_id=kept.pk, now=now + timedelta(days=1)).ends_at == now
    with pytest.raises(BadToken):
        person_for(text, now)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_token_may_not_outlive_a_year(handler, now, days):
    with pytest.raises(BadTokenTerm):
        issue_token(actor=handler, name="feed", ends_at=now + timedelta(days=days), now=now)


def test_readings_of_half_an_hour_are_one_unless_the_purpose_changes(supervisor, now):
    first = log_reading(actor=supervisor, kind="matter", object_id="m1", purpose=" 抽查 ", now=now)
    again = log_reading(
        actor=supervisor, kind="matter", object_id="m1", purpose="抽查", now=now + timedelta(minutes=29)
    )
    assert again == first
    log_reading(actor=supervisor, kind="matter", object_id="m1", purpose="信访", now=now + timedelta(minutes=29))
    log_reading(actor=supervisor, kind="matter", object_id="m1", purpose="信访", now=now + timedelta(hours=2))
    log_reading(actor=supervisor, kind="matter", object_id="m2", now=now)
    assert [r.purpose for r in queries.readings_of("matter", ["m1"]).items] == ["信访", "信访", "抽查"]
    assert queries.readings_by(supervisor).total == 4
    assert Reading.objects.filter(organ=supervisor.organ).count() == 4


def test_lists_of_organs_and_people(handler, colleague, admin, outsider, agency, county_agency, police):
    assert queries.organs(handler, place="360200", kind="market-regulation") == [agency, county_agency]
    assert queries.organs(handler, competence="criminal") == [police]
    gone = make_person(agency, is_active=False)
    assert gone in queries.people_of(admin, agency)
    assert queries.people_of(handler, agency) == [admin, colleague, handler]
    with pytest.raises(DeedNotAllowed):
        queries.people_of(outsider, agency)


def test_the_nearest_competent_organ(agency, county_agency, province_agency, police):
    assert queries.organ_for("360222", "administrative") == county_agency
    assert queries.organ_for("360281", "administrative") == agency
    assert queries.organ_for("360300", "administrative") == province_agency
    assert queries.organ_for("360222", "criminal") == police
    assert queries.organ_for("370000", "administrative") is None


def test_pages_have_bounds(agency):
    page = page_of(Organ.objects.all(), -3, 0)
    assert (page.number, page.size, page.total, page.pages, page.first, page.last) == (1, 1, 1, 1, 1, 1)
    empty = page_of(Person.objects.filter(roles=[Role.ADMIN]), 5, 10_000)
    assert (empty.number, empty.size, empty.first, empty.last, empty.pages) == (1, 500, 0, 0, 1)


def test_names_for_the_shell(handler, agency, now):
    assert (str(handler), str(agency)) == ("陈静", "360200 market-regulation 局")
    assert str(log_reading(actor=handler, kind="matter", object_id="m1", now=now)) == f"{handler.pk} matter m1"
    assert Person.objects.get_by_natural_key("HANDLER") == handler
    assert not handler.has_role(Role.HEAD)


@pytest.mark.parametrize(("kind", "may"), [("joint-conference", True), ("procuratorate", True), ("police", False)])
def test_supervisors_work_in_supervising_organs_only(kind, may, now):
    organ = make_organ(kind, "360200")
    admin = make_person(organ, Role.ADMIN)
    given = person_fields(roles=["supervisor"], password=None)
    if may:
        assert enter_person(actor=admin, organ=organ, **given, now=now).roles == ["supervisor"]
        return
    with pytest.raises(BadPerson, match="supervising organs"):
        enter_person(actor=admin, organ=organ, **given, now=now)
    with pytest.raises(BadPerson, match="supervising organs"):
        change_person(actor=admin, username=admin.username, roles=["admin", "supervisor"], now=now)


def test_an_organ_with_one_above_it_founds_its_own_kind_below_and_nothing_else(now):
    province = make_organ("market-regulation", "360000")
    city = make_organ("market-regulation", "360200", parent=province)
    admin = make_person(city, Role.ADMIN)
    county = {"id": "jx-360222-market", "kind": "market-regulation", "place": "360222"}
    assert enter_organ(actor=admin, **organ_fields(**county), now=now).place == "360222"
    for kind, place in (("joint-conference", "360200"), ("market-regulation", "360300")):
        with pytest.raises(DeedNotAllowed):
            enter_organ(actor=admin, **organ_fields(id=f"jx-{place}-{kind}-2", kind=kind, place=place), now=now)
