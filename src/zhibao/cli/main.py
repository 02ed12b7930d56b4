"""The command ``zhibao``: which command lives in which module.

Modules are loaded only when their command is asked for, so that ``zhibao law`` starts without Django. Those that need
the database are marked; for them the settings are loaded first.
"""

import os
from dataclasses import dataclass
from importlib import import_module

import click

from zhibao.cli.frame import Group
from zhibao.cli.session import Session
from zhibao.cli.speech import both, pick


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command lives (``module:name``), what it is for, and whether it needs the database."""

    path: str
    zh: str
    en: str
    needs_house: bool = False


PLACES: dict[str, Place] = {
    "demo": Place(
        "zhibao.cli.demo.command:demo",
        "造一个示例省，跑一遍主要工作，并打开它。",
        "Build the sample province, run the main job, serve it.",
    ),
    "law": Place(
        "zhibao.cli.law:law",
        "法律：条文、门槛、期限，以及它们怎样适用。",
        "The law: provisions, limits, clocks, and how they apply.",
    ),
    "register": Place(
        "zhibao.cli.register:register",
        "权利登记：导入、导出、查看。",
        "The register of rights: import, export, show.",
        needs_house=True,
    ),
    "watch": Place(
        "zhibao.cli.watch:watch",
        "监测：拿在售商品对照权利。",
        "The watch: hold what is sold against what is protected.",
    ),
    "proof": Place("zhibao.cli.proof:proof", "存证：封存、核验。", "Evidence: seal and verify."),
    "case": Place(
        "zhibao.cli.case:case", "案件：列表、状态、事项。", "Matters: list, state, events.", needs_house=True
    ),
    "findings": Place(
        "zhibao.cli.findings:findings", "监督发现。", "What a supervisor should look at.", needs_house=True
    ),
    "people": Place(
        "zhibao.cli.people:people", "机关、人员和接口密钥。", "Organs, people and API tokens.", needs_house=True
    ),
    "serve": Place(
        "zhibao.cli.house:serve", "打开网页和接口。", "Serve the pages and the interface.", needs_house=True
    ),
    "worker": Place("zhibao.cli.house:worker", "做排队的任务。", "Work through the jobs that wait.", needs_house=True),
    "migrate": Place(
        "zhibao.cli.house:migrate", "建立或更新数据库的表。", "Make or update the database's tables.", needs_house=True
    ),
    "check": Place(
        "zhibao.cli.house:check",
        "检查设置、法律包、案件链和存证库。",
        "Check settings, law pack, event chains and vault.",
        needs_house=True,
    ),
    "rebuild": Place(
        "zhibao.cli.house:rebuild",
        "从事项重新算出期限和发现。",
        "Derive clocks and findings afresh from the events.",
        needs_house=True,
    ),
    "backup": Place(
        "zhibao.cli.keeping:backup",
        "把数据库和证据库备份成一个文件。",
        "Copy database and vault into one file.",
        needs_house=True,
    ),
    "restore": Place(
        "zhibao.cli.keeping:restore",
        "从备份恢复到空的安装。",
        "Restore a backup into an empty installation.",
        needs_house=True,
    ),
}


class Root(Group):
    """The root command, which loads the others when they are asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(PLACES)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        found = ctx.find_object(Session)
        return pick(both(PLACES[name].zh, PLACES[name].en), found.lang if found else "zh")

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        place = PLACES.get(name)
        if place is None:
            return None
        if place.needs_house:
            open_house()
        module, _, attribute = place.path.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def open_house() -> None:
    """Load Django's settings and models, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhibao.project.settings")
    import_module("django").setup()


@click.group(
    cls=Root,
    help=both(
        "知保：从第一条线索到依法办结，一个省的知识产权保护。",
        "Zhibao: a province's protection of intellectual property, from the first suspicion to the case's lawful end.",
    ),
)
def main() -> None:
    """Stand at the root; the commands do the work."""
