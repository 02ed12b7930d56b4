"""``zhibao law route``: which court or organ a matter goes to, by which article.

Needs no database and no network; the rules and courts are those of the pack, worked out in rules/.
"""

from pathlib import Path

import click

from zhibao.cli.frame import Command
from zhibao.cli.reading import read_object
from zhibao.cli.session import session
from zhibao.cli.speech import both
from zhibao.cli.values import today
from zhibao.rules.load import load_pack
from zhibao.rules.route import route as find_route
from zhibao.rules.route_answer import route_json, route_lines

FOLDERS = click.option(
    "--law",
    "folders",
    multiple=True,
    metavar="FOLDER",
    help=both(
        "法律包的文件夹，可多次；默认国家包和江西包。",
        "Folder of a law pack, may be repeated; by default China's and Jiangxi's.",
    ),
)


@click.command(
    "route",
    cls=Command,
    help=both(
        "这件事归哪个法院、哪个机关管，依据哪一条。",
        "Which court or organ a matter goes to, and by which article.",
    ),
)
@click.argument("facts", metavar="FACTS.json")
@FOLDERS
def route(*, facts: str, folders: tuple[str, ...]) -> None:
    """Print where the matter in a file goes."""
    voice = session()
    pack = load_pack(*(Path(folder) for folder in folders))
    found = find_route(pack, read_object(facts, voice), today=today())
    voice.answer(route_json(pack, found, voice.lang), lambda: route_lines(pack, found, voice.lang))
