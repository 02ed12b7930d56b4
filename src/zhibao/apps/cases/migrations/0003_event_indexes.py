"""Drop the indexes on events that nothing reads by: each is one more page to write, and to flush, for every event.

Events are found through (matter, seq) and by when they were recorded. The table itself is not rebuilt, which on SQLite
would lose the triggers of 0002.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COLUMNS = ("matter_id", "proceeding_id", "kind", "organ_id", "actor_id")


def drop(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "cases_event")
    for name, what in found.items():
        is_plain = what["index"] and not (what["unique"] or what["primary_key"])
        if is_plain and len(what["columns"]) == 1 and what["columns"][0] in COLUMNS:
            schema_editor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


def restore(apps, schema_editor):
    for column in COLUMNS:
        schema_editor.execute(f"CREATE INDEX cases_event_{column}_again ON cases_event ({column})")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_append_only"), ("organs", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, restore)],
            state_operations=[
                migrations.AlterField("event", "kind", models.CharField(max_length=40)),
                migrations.AlterField(
                    "event",
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.matter",
                    ),
                ),
                migrations.AlterField(
                    "event",
                    "proceeding",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.proceeding",
                    ),
                ),
                migrations.AlterField(
                    "event",
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                migrations.AlterField(
                    "event",
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        )
    ]
