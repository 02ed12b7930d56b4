"""The description is kept: whatever a program sends by it, no answer is a 5xx and every answer is as described."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import factories
from zhibao.api import auth
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.organs.actions.issue_token import issue_token
from zhibao.apps.organs.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def kept_connection():
    """A real request ends by closing its connection; here that would end the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(db, kept_connection, settings, tmp_path, monkeypatch):
    """A person who may do everything, in an installation with one matter and one right."""
    settings.ZHIBAO_VAULT, settings.ZHIBAO_KEYS, settings.HOME = tmp_path / "vault", tmp_path / "keys", tmp_path
    monkeypatch.setattr(auth, "PER_MINUTE", 10**9)
    organ = factories.make_organ()
    person = factories.make_person(organ, *Role.values, username="everything")
    now = timezone.now()
    right = factories.make_right()
    open_matter(actor=person, title="青釉坊茶具", place="360202", procedure="administrative", rights=[right], now=now)
    return issue_token(actor=person, name="schema", now=now)[1]


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_the_interface_keeps_its_description(case, token):
    case.headers["Authorization"] = f"Bearer {token}"
    case.call_and_validate(checks=CHECKS)
