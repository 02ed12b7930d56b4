"""``zhibao people``: the first organ and the first people of an installation, and tokens for programs.

The pages do the same for those who may manage an organ; this is for whoever sets the machine up.
"""

import sys
from datetime import datetime
from typing import Any

import click

from zhibao.apps.organs.access import access_organ, operator
from zhibao.apps.organs.actions.issue_token import issue_token
from zhibao.apps.organs.actions.make_organ import make_organ
from zhibao.apps.organs.actions.make_person import make_person
from zhibao.apps.organs.models import Role
from zhibao.apps.organs.queries import is_founded, organs
from zhibao.cli.acting import acting, as_option, everyone
from zhibao.cli.frame import Group
from zhibao.cli.readiness import require_tables
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.telling import table
from zhibao.cli.values import Moment, now


@click.group(
    cls=Group, help=both("机关和人员：设立、登录名、接口密钥。", "Organs and people: make them, log-ins, API tokens.")
)
def people() -> None:
    """Stand for the family of commands."""
    require_tables()


@people.command("organs", help=both("列出机关。", "List the organs."))
@click.option("--place", default="", help=both("地区代码，包括下级。", "Place code, with those below."))
@click.option("--kind", default="", help=both("只要这一类。", "Only this kind."))
def list_organs(*, place: str, kind: str) -> None:
    """Print the organs of this installation."""
    voice = session()
    found = [
        {"id": o.pk, "kind": o.kind, "level": o.level, "place": o.place, "name_zh": o.name_zh, "name_en": o.name_en}
        for o in organs(everyone(), kind=kind, place=place)
    ]
    heads = ("id", voice.say("地区", "place"), voice.say("名称", "name"))
    rows = [(one["id"], one["place"], voice.say(one["name_zh"], one["name_en"])) for one in found]
    voice.answer({"organs": found}, lambda: table(heads, rows))


@people.command("add-organ", help=both("设立一个机关。", "Enter an organ."))
@click.argument("organ_id", metavar="ID")
@click.option(
    "--kind", required=True, help=both("机关类别，如 market-regulation。", "Its kind, such as market-regulation.")
)
@click.option("--place", required=True, help=both("六位行政区划代码。", "Place code of six digits."))
@click.option("--name-zh", required=True, help=both("中文名称。", "Name in Chinese."))
@click.option("--name-en", required=True, help=both("英文名称。", "Name in English."))
@click.option("--paper-word", default="", help=both("文书字号，如 景市监。", "Word that opens its papers' numbers."))
@click.option(
    "--competence", multiple=True, help=both("能办的程序，可多次。", "A procedure it may handle; repeatable.")
)
@as_option
def add_organ(*, organ_id: str, name: str, competence: tuple[str, ...], **given: str) -> None:
    """Make an organ; the very first needs nobody's name."""
    actor = acting(name) if name or is_founded() else None
    made = make_organ(actor=actor, id=organ_id, competences=competence, now=now(), **given)
    voice = session()
    voice.answer({"organ": made.pk}, lambda: [voice.say(f"已设立 {made.name_zh}。", f"{made.name_en} entered.")])


@people.command(
    "add", help=both("加一个人；密码从标准输入读。", "Enter a person; the password is read from standard input.")
)
@click.argument("username")
@click.option("--organ", required=True, metavar="ID", help=both("哪个机关的。", "Of which organ."))
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(Role.values),
    help=both("岗位，可多次。", "Role; repeatable."),
)
@click.option("--name-zh", default="", help=both("中文姓名。", "Name in Chinese."))
@click.option("--name-en", default="", help=both("英文姓名。", "Name in English."))
@as_option
def add(*, username: str, organ: str, roles: tuple[str, ...], name_zh: str, name_en: str, name: str) -> None:
    """Make a person; the very first of an installation needs nobody's name."""
    voice = session()
    actor = acting(name) if name or is_founded(people=True) else None
    made = make_person(
        actor=actor,
        organ=access_organ(everyone(), organ),
        username=username,
        name_zh=name_zh or username,
        name_en=name_en or username,
        roles=roles,
        password=_password(voice),
        now=now(),
    )
    voice.answer(
        {"person": made.username}, lambda: [voice.say(f"{made.username} 可以登录了。", f"{made.username} can log in.")]
    )


def _password(voice: Session) -> str:
    """Read a password: asked for, unseen, at a terminal; else the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(voice.say("密码", "Password"), hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")


@people.command(
    "token",
    help=both("给一个人发一把接口密钥，只显示这一次。", "Issue an API token for a person; it is shown this once."),
)
@click.argument("username")
@click.option("--for", "purpose", required=True, help=both("给什么程序用。", "For which program."))
@click.option("--ends", type=Moment(), help=both("到期时间；默认一年后。", "When it ends; after a year by default."))
def token(*, username: str, purpose: str, ends: datetime | None) -> None:
    """Issue a token in the name of the person it is for."""
    kept, text = issue_token(actor=operator(username), name=purpose, ends_at=ends, now=now())
    told: dict[str, Any] = {"token": text, "person": username, "ends_at": kept.ends_at and kept.ends_at.isoformat()}
    session().answer(told, lambda: [text])
