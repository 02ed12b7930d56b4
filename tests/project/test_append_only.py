"""The two halves of tests that commit: the tables are empty afterwards, and the database refuses changes again."""

import pytest
from django.db import connection

from tests.factories import make_organ
from zhibao.apps.organs.models import Organ

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_turn_begins_empty_and_guarded(turn):
    assert not Organ.objects.exists()
    make_organ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cases_event")
        assert cursor.fetchone() == (0,)
    assert guards() >= 1


def guards() -> int:
    table = "sqlite_master" if connection.vendor == "sqlite" else "pg_trigger"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {column} LIKE 'cases_event_no_%%'", [])
        return cursor.fetchone()[0]
