"""Whether the database is there and has all its tables."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhibao.cli.errors import NotReady
from zhibao.cli.machine import machine_error


def pending() -> list[str]:
    """Return the migrations that are not applied; raises NotReady if the database cannot be reached."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        told = machine_error(error)
        if told is not None:
            raise told from error
        why = (str(error).strip().splitlines() or ["?"])[0].removesuffix(".")
        raise NotReady(where="ZHIBAO_DATABASE_URL", why_zh="连不上它", why_en=why) from error
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_tables() -> None:
    """Raise NotReady unless the database has all its tables."""
    missing = pending()
    if missing:
        zh, en = (
            f"有 {len(missing)} 步更新没有做，从 {missing[0]} 起",
            f"{len(missing)} migrations are not applied, from {missing[0]}",
        )
        raise NotReady(where="ZHIBAO_DATABASE_URL", why_zh=zh, why_en=en)
