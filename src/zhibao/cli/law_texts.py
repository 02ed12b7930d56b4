"""``zhibao law import`` and the other commands that need the installation's database to speak of the law.

The rest of ``zhibao law`` starts without Django, so what needs it stands in ``law_house`` and is loaded when asked for.
"""

from importlib import import_module

import click

from zhibao.cli.frame import Command
from zhibao.cli.main import open_house
from zhibao.cli.speech import both

HOUSE = "zhibao.cli.law_house"
AS = click.option(
    "--as",
    "name",
    default="",
    metavar="NAME",
    help=both(
        "以谁的名义；默认 ZHIBAO_AS，否则唯一的管理员。", "In whose name; ZHIBAO_AS, else the only administrator."
    ),
)


@click.command(
    "import",
    cls=Command,
    help=both(
        "导入法律文本（Markdown、Word），分成条款，对上法律包里的版本。",
        "Import texts of law (Markdown, Word): split into articles, matched to versions of the pack.",
    ),
)
@click.argument("paths", metavar="FOLDER|FILE…", nargs=-1, required=True)
@click.option(
    "--instrument",
    default="",
    metavar="ID",
    help=both("是哪一部规定，例如 cn.trademark-law。", "Which instrument it is, e.g. cn.trademark-law."),
)
@click.option(
    "--version", default="", metavar="ID", help=both("是哪一版，例如 2026。", "Which version it is, e.g. 2026.")
)
@AS
def import_texts(*, paths: tuple[str, ...], instrument: str, version: str, name: str) -> None:
    """Bring in files and folders; importing the same text again changes nothing."""
    open_house()
    import_module(HOUSE).import_paths(paths, instrument=instrument, version=version, name=name)


@click.command(
    "activate",
    cls=Command,
    help=both(
        "检查盘上的法律包，没有问题才换上使用；有问题的不换，说明在哪个文件哪一行。",
        "Check the packs on disk and take them into use if they hold; else keep the one in use and say what is wrong where.",
    ),
)
def activate() -> None:
    """Take the shipped packs, with the installation's own layer on top, into use."""
    open_house()
    import_module(HOUSE).activate()


@click.command(
    "texts",
    cls=Command,
    help=both(
        "列出导入的法律文本，和它们与法律包不合的地方。",
        "List the imported texts, and where they and the pack disagree.",
    ),
)
@AS
def texts(*, name: str) -> None:
    """List texts and findings; exit 1 where the pack cites what a text does not have."""
    open_house()
    import_module(HOUSE).list_texts(name=name)


COMMANDS = (import_texts, activate, texts)
