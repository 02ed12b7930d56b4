"""In whose name a command acts on an installation.

Whoever runs commands here holds the database anyway; the name is for the record. It is said once on standard error when
it was not given.
"""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from zhibao.apps.organs.access import operator, operators
from zhibao.apps.organs.models import Organ, Person, Role
from zhibao.cli.errors import NoAdministrator, SeveralAdministrators
from zhibao.cli.session import session
from zhibao.cli.speech import both

Function = TypeVar("Function", bound=Callable[..., Any])
VARIABLE = "ZHIBAO_AS"


def as_option(function: Function) -> Function:
    """Add ``--as NAME`` to a command."""
    told = both(
        "以谁的名义；默认 ZHIBAO_AS，否则唯一的管理员。", "In whose name; ZHIBAO_AS, else the only administrator."
    )
    return click.option("--as", "name", default="", metavar="NAME", help=told)(function)


def acting(name: str) -> Person:
    """Return the person named, or by ZHIBAO_AS, or the one administrator of the widest organ; raises NoAdministrator, SeveralAdministrators."""
    wanted = name or os.environ.get(VARIABLE, "")
    if wanted:
        return operator(wanted)
    found = operators(Role.ADMIN)
    if not found:
        raise NoAdministrator(where="--as")
    if len(found) > 1:
        raise SeveralAdministrators(where="--as", names=", ".join(person.username for person in found))
    session().note(f"以 {found[0].username} 的名义。", f"Acting as {found[0].username}.")
    return found[0]


def everyone() -> Person:
    """Return a reader of everything who is nobody: for lists read at the machine itself. It can never be stored."""
    state = Organ(id="", kind="", level="state", place="000000")
    return Person(username="", organ=state, roles=[str(Role.SUPERVISOR), str(Role.HEAD), str(Role.REGISTRAR)])
