"""The people of an organ from the page: added, given roles and passwords, closed; only by who manages the organ."""

import pytest
from django.urls import reverse

from tests import factories
from zhibao.apps.organs.models import Person, Role
from zhibao.web.pages.people import role_names

pytestmark = pytest.mark.django_db
NEW = {"username": "lin", "name_zh": "林疏影", "roles": ["handler"], "password": "青瓷-Kiln-4471-窑火"}


@pytest.fixture
def admin(agency):
    return factories.make_person(agency, Role.ADMIN, username="boss")


@pytest.fixture
def desk(client, admin):
    client.force_login(admin)
    return client


def change(desk, person, deed, **more):
    address = reverse("change-person", kwargs={"username": person.username})
    return desk.post(address, {"deed": deed} | more, follow=True)


def test_somebody_added_has_the_password_given(desk, agency):
    answer = desk.post(reverse("add-person"), NEW | {"organ": agency.pk}, follow=True)
    assert "已加入林疏影" in answer.content.decode()
    assert "管理人员" in desk.get(reverse("profile")).content.decode()
    assert Person.objects.get(username="lin").check_password(NEW["password"])


def test_every_role_is_called_something(desk):
    assert all(name != role for role, name in role_names())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"username": "林"}, "登录名"),
        ({"roles": []}, "岗位"),
        ({"password": "123"}, "密码"),
        ({"username": "boss"}, "boss"),
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed_without_the_password(desk, agency, typed, words):
    answer = desk.post(reverse("add-person"), NEW | {"organ": agency.pk} | typed)
    page = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert words in page
    assert "林疏影" in page
    assert NEW["password"] not in page
    assert not Person.objects.filter(username="lin").exists()


def test_roles_are_changed_and_an_account_is_closed_and_reopened(desk, handler):
    change(desk, handler, "roles", roles=["handler", "head"])
    handler.refresh_from_db()
    assert handler.roles == ["handler", "head"]
    assert "已停用" in change(desk, handler, "close").content.decode()
    handler.refresh_from_db()
    assert not handler.is_active
    change(desk, handler, "open")
    handler.refresh_from_db()
    assert handler.is_active


def test_a_new_password_is_checked(desk, handler):
    assert "密码" in change(desk, handler, "password", password="123").content.decode()
    assert "有了新密码" in change(desk, handler, "password", password=NEW["password"]).content.decode()
    handler.refresh_from_db()
    assert handler.check_password(NEW["password"])


def test_who_does_not_manage_the_organ_sees_and_changes_nothing(client, desk, handler, police):
    client.force_login(handler)
    assert client.get(reverse("people")).status_code == 403
    assert "管理人员" not in client.get(reverse("profile")).content.decode()
    assert change(client, factories.make_person(handler.organ, Role.HANDLER), "close").status_code == 404
    assert client.post(reverse("add-person"), NEW | {"organ": handler.organ_id}).status_code == 403


def test_another_organs_people_are_out_of_reach(desk, police):
    other = police if isinstance(police, Person) else factories.make_person(police, Role.HANDLER)
    assert desk.get(reverse("people"), {"organ": other.organ_id}).status_code == 403
    assert change(desk, other, "close").status_code == 404
    other.refresh_from_db()
    assert other.is_active
