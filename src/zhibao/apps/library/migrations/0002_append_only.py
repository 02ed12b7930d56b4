"""The database itself refuses to change or remove what was done about the law, whoever asks."""

from django.db import migrations

SAYS = "what was done about the law is never changed or removed"
TABLES = {"library_lawevent": "id = NEW.id"}  # each with what makes two of its rows the same


def sqlite(table, same):
    # INSERT OR REPLACE removes the old row without firing a DELETE trigger, so inserting over a row is refused as well.
    exists = f"SELECT 1 FROM {table} WHERE {same}"
    abort = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({exists}) {abort}"


def sqlite_back(table, same):
    for name in ("no_update", "no_delete", "no_replace"):
        yield f"DROP TRIGGER {table}_{name}"


def postgres(table, same):
    yield f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$"""
    yield f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""
    yield f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"""


def postgres_back(table, same):
    yield f"DROP TRIGGER {table}_no_truncate ON {table}"
    yield f"DROP TRIGGER {table}_no_change ON {table}"
    yield f"DROP FUNCTION {table}_refuse()"


def run(schema_editor, on_sqlite, on_postgres):
    statements = on_sqlite if schema_editor.connection.vendor == "sqlite" else on_postgres
    for table, same in TABLES.items():
        for statement in statements(table, same):
            schema_editor.execute(statement)


def forbid(apps, schema_editor):
    run(schema_editor, sqlite, postgres)


def allow(apps, schema_editor):
    run(schema_editor, sqlite_back, postgres_back)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
