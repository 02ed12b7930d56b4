"""What was done about the law is never changed or removed: the database itself refuses, whichever it is."""

import pytest
from django.db import DatabaseError, connection, transaction

from zhibao.apps.library.models import LawEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(law_officer, now):
    return LawEvent.objects.create(
        kind="value-checked", at=now, by=law_officer, organ=law_officer.organ, subject="deadlines/x", law_pack="a"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE library_lawevent SET verdict = 'differs' WHERE id = {pk}",
        "DELETE FROM library_lawevent WHERE id = {pk}",
        "DELETE FROM library_lawevent",
        "UPDATE library_lawevent SET id = id + 1000",
    ],
)
def test_raw_sql_changes_nothing(event, statement):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(pk=event.pk))
    assert LawEvent.objects.get().verdict == ""


def test_a_row_is_not_written_over_either(event):
    connection.check_constraints()  # PostgreSQL truncates no table whose foreign keys are still to be checked
    if connection.vendor == "sqlite":
        statement = "INSERT OR REPLACE INTO library_lawevent SELECT * FROM library_lawevent"
    else:
        statement = "TRUNCATE library_lawevent"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LawEvent.objects.count() == 1


def test_the_model_cannot_do_it_either(event):
    event.verdict = "differs"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        LawEvent.objects.all().delete()
