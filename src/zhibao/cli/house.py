"""Commands that run an installation: serve, worker, migrate, check, rebuild.

Knows how the parts are started, not what they do.
"""

from io import StringIO

import click
from django.core.management import call_command

from zhibao.apps.cases.access import find_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.library.actions.activate_pack import activate_pack
from zhibao.cli.frame import Command
from zhibao.cli.health import run_checks
from zhibao.cli.readiness import pending, require_tables
from zhibao.cli.serving import serve as run_server
from zhibao.cli.session import Session, session, steps
from zhibao.cli.speech import both
from zhibao.cli.values import now


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
def serve(*, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve with granian; a worker runs beside it unless told otherwise."""
    require_tables()
    voice = session()
    take_up_law(voice)
    voice.note(f"打开 http://{host}:{port}/ ，按 Ctrl-C 停止。", f"Serving http://{host}:{port}/ until Ctrl-C.")
    run_server(host=host, port=port, workers=workers, with_worker=with_worker)


def take_up_law(voice: Session) -> None:
    """Take the packs on disk into use if they hold; else say what is wrong with them and go on with the one in use."""
    done = activate_pack(actor=None, now=now())
    for one in done.complaints:
        voice.note(
            f"法律包没有换：{one.where}: {one.says.zh}",
            f"The law pack was not taken into use: {one.where}: {one.says.en}",
        )


@click.command(
    "worker", cls=Command, help=both("做排队的任务，直到被停止。", "Work through the jobs that wait, until stopped.")
)
@click.option("--until-idle", is_flag=True, help=both("没有任务可做时就结束。", "End when nothing can be done now."))
def worker(*, until_idle: bool) -> None:
    """Run one worker in this process."""
    require_tables()
    voice = session()
    taken = call_command("worker", until_idle=until_idle, stdout=StringIO())
    voice.answer(
        {"jobs": int(taken or 0)}, lambda: [voice.say(f"做了 {taken or 0} 个任务。", f"{taken or 0} jobs done.")]
    )


@click.command(
    "rebuild",
    cls=Command,
    help=both("从事项重新算出期限和发现。", "Derive clocks and findings afresh from the events."),
)
@click.option("--matter", "matter_id", default="", metavar="MATTER", help=both("只算这个案件。", "Only this matter."))
def rebuild(*, matter_id: str) -> None:
    """Bring the rows of one matter, or of all, to what their events give now."""
    require_tables()
    voice = session()
    with voice.progress("重新计算", "Deriving afresh") as advance:
        one = find_matter(matter_id).pk if matter_id else None
        done = rebuild_projections(now=now(), matter_id=one, progress=steps(advance))
    text = voice.say(
        f"重算 {done.matters} 个案件，改了 {done.changed} 个。",
        f"{done.matters} matters derived, {done.changed} changed.",
    )
    voice.answer({"matters": done.matters, "changed": done.changed}, lambda: [text])


@click.command(
    "check",
    cls=Command,
    help=both(
        "检查设置、数据库、法律包、案件链和存证库。", "Check settings, database, law pack, event chains and vault."
    ),
)
@click.option(
    "--fast", is_flag=True, help=both("不逐个读证据文件和案件链。", "Leave out reading every file and every chain.")
)
def check(*, fast: bool) -> None:
    """Run the numbered checks; exit 1 if one fails. A check that could not be run fails."""
    voice = session()
    with voice.progress("检查", "Checking") as advance:
        found = [
            step.as_json(number, voice.lang) for number, step in enumerate(run_checks(fast=fast, advance=advance), 1)
        ]
    ok = all(step["result"] != "fail" for step in found)
    sign = {"pass": "✓", "fail": "✗", "skipped": "·"}
    lines = [
        f"{sign[step['result']]} {step['check']}. {step['title']}  {'; '.join(step['why'])}".rstrip() for step in found
    ]
    voice.answer({"ok": ok, "checks": found}, lambda: lines, ok=ok)
