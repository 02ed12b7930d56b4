"""Tables of which the database itself refuses to change or remove a row, whoever asks: triggers for both databases.

Knows SQL; which tables, and what the refusal says, stands in the migration that asks for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Statements = Callable[[str, str], Iterator[str]]


@dataclass(frozen=True)
class AppendOnly:
    """``tables`` maps each table to what makes two of its rows the same; ``says`` is what the refusal says."""

    says: str
    tables: Mapping[str, str]

    def forbid(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        """Make the triggers: what a migration runs."""
        self._run(editor, self._sqlite, self._postgres)

    def allow(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        """Take the triggers away again."""
        self._run(editor, _sqlite_back, _postgres_back)

    def _run(self, editor: BaseDatabaseSchemaEditor, on_sqlite: Statements, on_postgres: Statements) -> None:
        statements = on_sqlite if editor.connection.vendor == "sqlite" else on_postgres
        for table, same in self.tables.items():
            for statement in statements(table, same):
                editor.execute(statement)

    def _sqlite(self, table: str, same: str) -> Iterator[str]:
        # INSERT OR REPLACE removes the old row without firing a DELETE trigger, so inserting over a row is refused as well.
        exists = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608  the names are a migration's own
        abort = f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({exists}) {abort}"

    def _postgres(self, table: str, _same: str) -> Iterator[str]:
        yield f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{self.says}' USING ERRCODE = 'restrict_violation'; END $$"""
        yield f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""
        yield f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"""


def _sqlite_back(table: str, _same: str) -> Iterator[str]:
    for name in ("no_update", "no_delete", "no_replace"):
        yield f"DROP TRIGGER {table}_{name}"


def _postgres_back(table: str, _same: str) -> Iterator[str]:
    yield f"DROP TRIGGER {table}_no_truncate ON {table}"
    yield f"DROP TRIGGER {table}_no_change ON {table}"
    yield f"DROP FUNCTION {table}_refuse()"
