"""``zhibao law diff``: what of an entry of the law changes between two days.

Needs no database and no network; the comparison and its words are in rules/.
"""

from datetime import date
from pathlib import Path

import click

from zhibao.cli.frame import Command
from zhibao.cli.session import session
from zhibao.cli.speech import both
from zhibao.cli.values import Day
from zhibao.rules.diff import diff as compare
from zhibao.rules.diff_words import diff_json, diff_lines
from zhibao.rules.load import load_pack

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
    "diff",
    cls=Command,
    help=both(
        "比较一个条目在两天的规定：长度、标准、条文、条号、比例、日期。",
        "Compare an entry on two days: lengths, limits, articles, their numbers, ratios, dates.",
    ),
)
@click.argument("entry_id", metavar="ID")
@click.option("--from", "first", type=Day(), required=True, help=both("较早的一天。", "The earlier day."))
@click.option("--to", "second", type=Day(), required=True, help=both("较晚的一天。", "The later day."))
@FOLDERS
def diff(*, entry_id: str, first: date, second: date, folders: tuple[str, ...]) -> None:
    """Print what of one entry changes between two days."""
    voice = session()
    pack = load_pack(*(Path(folder) for folder in folders))
    found = compare(pack, entry_id, first, second)
    voice.answer(diff_json(pack, found, voice.lang), lambda: diff_lines(pack, found, voice.lang))
