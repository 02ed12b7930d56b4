"""The command ``zhibao demo``: a sample province in a folder of its own, built anew each time.

Knows the folder and the order; loads Django only after the folder is fixed.
"""

import json
import os
import secrets
import shutil
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from zhibao.cli.demo.telling import tell
from zhibao.cli.errors import NotASample
from zhibao.cli.frame import Command
from zhibao.cli.serving import free_port, serve
from zhibao.cli.session import session
from zhibao.cli.speech import both

MARKER = "sample-province.json"
ANSWER_KEY = "answer-key.json"
PASSWORD_WORDS = ("porcelain", "cobalt", "celadon", "camphor", "teahill", "lantern", "sandbar", "egret")


@click.command(
    "demo",
    cls=Command,
    help=both(
        "造一个示例省，跑一遍监测和期限，说出找到了什么，并打开它。",
        "Build the sample province, run the watch and the clocks, say what was found, serve it.",
    ),
)
@click.option("--no-serve", is_flag=True, help=both("造完就结束，不打开网页。", "Build it only; do not serve."))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=both("端口。", "Port."))
@click.option("--data", default="var/demo", show_default=True, help=both("放示例省的文件夹。", "Folder of the sample."))
def demo(no_serve: bool, port: int, data: str) -> None:  # noqa: FBT001  click calls it so
    """Build, run the main job, tell, serve."""
    voice = session()
    started = time.monotonic()
    home = prepare(Path(data))
    os.environ["ZHIBAO_HOME"] = str(home)
    os.environ.pop("ZHIBAO_DATABASE_URL", None)
    import_module("zhibao.cli.main").open_house()
    password = f"{secrets.choice(PASSWORD_WORDS)}-{secrets.choice(PASSWORD_WORDS)}-{secrets.randbelow(9000) + 1000}"
    summary, key = import_module("zhibao.cli.demo.run").run(voice, password)
    port = free_port(port)
    summary |= {
        "seconds": round(time.monotonic() - started, 1),
        "address": f"http://127.0.0.1:{port}/",
        "data": data,
        "password": password,
    }
    keep(home, summary, key)
    voice.answer(summary, lambda: tell(voice, summary))
    if not no_serve:
        voice.note("按 Ctrl-C 停止。", "Press Ctrl-C to stop.")
        serve(host="127.0.0.1", port=port, workers=1, with_worker=True)


def prepare(folder: Path) -> Path:
    """Return an empty folder with the sample's marker; an older sample there is removed, anything else is left alone.

    Raises NotASample for a folder that holds something else.
    """
    home = folder.resolve()
    if home.exists() and any(home.iterdir()):
        if not (home / MARKER).exists():
            raise NotASample(where=str(folder))
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARKER).write_text("{}")
    return home


def keep(home: Path, summary: dict[str, Any], key: dict[str, Any]) -> None:
    """Write the summary and, apart from it, the answer key beside the data; the password goes into neither."""
    told = {name: value for name, value in summary.items() if name != "password"}
    (home / MARKER).write_text(json.dumps(told, ensure_ascii=False, indent=2))
    (home / ANSWER_KEY).write_text(json.dumps(key, ensure_ascii=False, indent=2))
