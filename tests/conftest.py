"""Fixtures every test may use: the law pack, organs of one prefecture and its neighbours, and people of each role."""

import importlib

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests import factories
from zhibao.apps.organs.models import Role


def pytest_configure():
    # A real hash takes a third of a second by design, and nearly every test makes people.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def pack():
    from zhibao.rules.load import load_pack

    return load_pack()


@pytest.fixture(autouse=True, scope="session")
def emptying_append_only_tables():
    """Tests that commit empty all tables at their end, which the append-only triggers rightly refuse: lift them for that moment."""
    rules = [importlib.import_module(f"zhibao.apps.{app}.migrations.0002_append_only") for app in ("cases", "vault")]
    empty = TransactionTestCase._fixture_teardown

    def lifted(case):
        with connection.schema_editor() as editor:
            for rule in rules:
                rule.allow(None, editor)
        empty(case)
        with connection.schema_editor() as editor:
            for rule in rules:
                rule.forbid(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """Counters of log-ins and used codes do not pass from test to test."""
    cache.clear()


@pytest.fixture
def now():
    return factories.NOW


@pytest.fixture
def agency(db):
    """Market regulation of a prefecture."""
    return factories.make_organ()


@pytest.fixture
def county_agency(agency):
    """A county of the same prefecture."""
    return factories.make_organ(place="360222", parent=agency)


@pytest.fixture
def province_agency(db):
    return factories.make_organ(place="360000")


@pytest.fixture
def other_agency(db):
    """Market regulation of another prefecture."""
    return factories.make_organ(place="360100")


@pytest.fixture
def police(db):
    return factories.make_organ("police")


@pytest.fixture
def procuratorate(db):
    return factories.make_organ("procuratorate")


@pytest.fixture
def court(db):
    return factories.make_organ("court")


@pytest.fixture
def handler(agency):
    return factories.make_person(agency, Role.HANDLER, username="handler", name_zh="陈静", name_en="Chen Jing")


@pytest.fixture
def colleague(agency):
    return factories.make_person(agency, Role.HANDLER, username="colleague", name_zh="李松", name_en="Li Song")


@pytest.fixture
def head(agency):
    return factories.make_person(agency, Role.HEAD, username="head")


@pytest.fixture
def registrar(agency):
    return factories.make_person(agency, Role.REGISTRAR, username="registrar")


@pytest.fixture
def analyst(agency):
    return factories.make_person(agency, Role.ANALYST, username="analyst")


@pytest.fixture
def admin(agency):
    return factories.make_person(agency, Role.ADMIN, username="admin")


@pytest.fixture
def province_admin(province_agency):
    return factories.make_person(province_agency, Role.ADMIN, username="province-admin")


@pytest.fixture
def police_handler(police):
    return factories.make_person(police, Role.HANDLER, username="police")


@pytest.fixture
def police_head(police):
    return factories.make_person(police, Role.HEAD, username="police-head")


@pytest.fixture
def supervisor(procuratorate):
    return factories.make_person(procuratorate, Role.SUPERVISOR, username="supervisor")


@pytest.fixture
def outsider(other_agency):
    """A handler of another prefecture's agency."""
    return factories.make_person(other_agency, Role.HANDLER, username="outsider")
