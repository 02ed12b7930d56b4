"""Fixtures every test may use: the law pack, organs of one prefecture and its neighbours, and people of each role."""

import importlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase

from tests import factories
from zhibao.apps.cases.store.writer import writer
from zhibao.apps.organs import law
from zhibao.apps.organs.models import Role


def pytest_configure():
    # A real hash takes a third of a second by design, and nearly every test makes people.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Each process of a run has a database of its own, and so a mirror of its own.
    settings.ZHIBAO_MIRROR = Path(tempfile.mkdtemp(prefix="zhibao-mirror-"))


def pytest_unconfigure():
    shutil.rmtree(settings.ZHIBAO_MIRROR, ignore_errors=True)


@pytest.fixture(scope="session")
def pack():
    from zhibao.rules.load import load_pack

    return load_pack()


@pytest.fixture(autouse=True, scope="session")
def emptying_append_only_tables():
    """Tests that commit empty all tables at their end, which the append-only triggers rightly refuse: lift them for that moment."""
    rules = [
        importlib.import_module(f"zhibao.apps.{app}.migrations.0002_append_only")
        for app in ("cases", "vault", "library")
    ]
    empty = TransactionTestCase._fixture_teardown

    def lifted(case):
        with connection.schema_editor() as editor:
            for rule in rules:
                rule.RULE.allow(None, editor)
        empty(case)
        with connection.schema_editor() as editor:
            for rule in rules:
                rule.RULE.forbid(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """Counters of log-ins and used codes do not pass from test to test."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_request_under_way():
    """A request whose file nobody closed (a download) has not ended for Django, and would stay with its law pack."""
    yield
    law.end()


@pytest.fixture
def on_disk(transactional_db, tmp_path):
    """The tests' SQLite lies in memory, which locks whole tables; an installation's lies on disk. Use a copy on disk."""
    if connection.vendor != "sqlite":
        yield
        writer.close()  # its thread holds a connection to the tests' database
        writer.open()
        return
    wrapper = connections["default"]
    in_memory, name = wrapper.connection, wrapper.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        in_memory.backup(copy)
    wrapper.connection, wrapper.settings_dict["NAME"] = None, str(tmp_path / "copy.sqlite3")
    yield
    writer.close()  # its thread holds a connection to the copy
    writer.open()
    wrapper.close()
    wrapper.connection, wrapper.settings_dict["NAME"] = in_memory, name


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


def one_of(organ, role, username, **names):
    """A fixture that makes a person of an organ's fixture."""

    @pytest.fixture
    def person(request):
        return factories.make_person(request.getfixturevalue(organ), role, username=username, **names)

    return person


handler = one_of("agency", Role.HANDLER, "handler", name_zh="陈静", name_en="Chen Jing")
colleague = one_of("agency", Role.HANDLER, "colleague", name_zh="李松", name_en="Li Song")
head = one_of("agency", Role.HEAD, "head")
registrar = one_of("agency", Role.REGISTRAR, "registrar")
analyst = one_of("agency", Role.ANALYST, "analyst")
admin = one_of("agency", Role.ADMIN, "admin")
province_admin = one_of("province_agency", Role.ADMIN, "province-admin")
police_handler = one_of("police", Role.HANDLER, "police")
police_head = one_of("police", Role.HEAD, "police-head")
supervisor = one_of("procuratorate", Role.SUPERVISOR, "supervisor")
outsider = one_of("other_agency", Role.HANDLER, "outsider")  # of another prefecture
