"""Commands that run an installation: serve, worker, migrate, check, rebuild.

Knows how the parts are started, not what they do.
"""

import click
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhibao.cli.errors import NotReady
from zhibao.cli.frame import Command
from zhibao.cli.serving import serve as run_server
from zhibao.cli.session import session
from zhibao.cli.speech import both


def pending() -> list[str]:
    """Return the migrations that are not applied; raises NotReady if the database cannot be reached."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise NotReady(where="ZHIBAO_DATABASE_URL", why=str(error).strip()) from error
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def require_tables() -> None:
    """Raise NotReady unless the database has all its tables."""
    missing = pending()
    if missing:
        raise NotReady(where="ZHIBAO_DATABASE_URL", why=", ".join(missing[:3]))


@click.command("migrate", cls=Command, help=both("建立或更新数据库的表。", "Make or update the database's tables."))
def migrate() -> None:
    """Apply every migration that is not applied."""
    voice = session()
    todo = pending()
    call_command("migrate", verbosity=0, interactive=False)
    voice.answer(
        {"applied": todo},
        lambda: todo or [voice.say("数据库的表已是最新。", "The database's tables are up to date.")],
    )


@click.command(
    "serve", cls=Command, help=both("打开网页和接口，直到按 Ctrl-C。", "Serve pages and interface until Ctrl-C.")
)
@click.option("--host", default="127.0.0.1", show_default=True, help=both("监听的地址。", "Address to listen on."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=both("端口。", "Port."))
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=both("进程数。", "Processes.")
)
@click.option("--with-worker/--no-worker", default=True, help=both("同时做排队的任务。", "Also work through the jobs."))
def serve(host: str, port: int, workers: int, with_worker: bool) -> None:  # noqa: FBT001  click calls it so
    """Serve with granian; a worker runs beside it unless told otherwise."""
    require_tables()
    voice = session()
    voice.note(f"打开 http://{host}:{port}/ ，按 Ctrl-C 停止。", f"Serving http://{host}:{port}/ until Ctrl-C.")
    run_server(host=host, port=port, workers=workers, with_worker=with_worker)


@click.command(
    "worker", cls=Command, help=both("做排队的任务，直到被停止。", "Work through the jobs that wait, until stopped.")
)
@click.option("--until-idle", is_flag=True, help=both("没有任务可做时就结束。", "End when nothing can be done now."))
def worker(until_idle: bool) -> None:  # noqa: FBT001  click calls it so
    """Run one worker in this process."""
    require_tables()
    voice = session()
    taken = call_command("worker", until_idle=until_idle)
    voice.answer(
        {"jobs": int(taken or 0)}, lambda: [voice.say(f"做了 {taken or 0} 个任务。", f"{taken or 0} jobs done.")]
    )
