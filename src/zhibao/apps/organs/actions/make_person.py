"""Enter a person."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.errors import BadPerson, UsernameTaken
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Organ, Person, Role
from zhibao.apps.organs.passwords import check_password

SUPERVISING = {"supervisor", "procuratorate"}  # families of organs whose people may read what other organs do


def make_person(
    *,
    actor: Person | None,
    organ: Organ,
    username: str,
    name_zh: str,
    name_en: str,
    roles: Sequence[str],
    password: str | None = None,
    language: str = "zh",
    now: datetime,
) -> Person:
    """Enter a person of ``organ`` and return them; without a password they cannot log in yet (``set_password``).

    ``actor`` is None only for the very first person of an installation. Whoever may enter organs at a place also enters
    the first person of a new one, who must be its administrator and goes on from there. Raises BadPerson, WeakPassword,
    UsernameTaken, DeedNotAllowed.
    """
    del now  # people carry no time of their own; every action takes it
    person = Person(
        username=username.strip(),
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        organ=organ,
        roles=list(roles),
        language=language,
    )
    with transaction.atomic():
        _require(actor, person)
        check_person(person)
        if Person.objects.filter(username__iexact=person.username).exists():
            raise UsernameTaken(username=person.username, where="username")
        if password is None:
            person.set_unusable_password()
        else:
            check_password(person, password)
            person.set_password(password)
        person.save(force_insert=True)
    return person


def _require(actor: Person | None, person: Person) -> None:
    if actor is None and not Person.objects.exists():
        return
    actor = actor or Person(
        organ=person.organ, roles=[]
    )  # nobody: holds no role, so the rule says no in the usual words
    founding = person.has_role(Role.ADMIN) and can(actor, Deed.FOUND, person.organ)
    if not (founding and not Person.objects.filter(organ=person.organ).exists()):
        require(actor, Deed.MANAGE, person.organ)


def check_person(person: Person) -> None:
    """Raise BadPerson for a log-in name, name, role or language that cannot be."""
    if not re.fullmatch(r"[A-Za-z0-9._-]{2,60}", person.username):
        raise BadPerson(
            field_zh="登录名",
            field_en="log-in name",
            value=person.username,
            where="username",
            why_zh="要 2 到 60 个字母、数字、点、横线",
            why_en="it needs 2 to 60 letters, digits, dots or hyphens",
        )
    if not person.name_zh and not person.name_en:
        raise BadPerson(
            field_zh="姓名", field_en="name", value="", where="name", why_zh="没有写", why_en="it is missing"
        )
    unknown = [role for role in person.roles if role not in Role.values]
    if unknown or not person.roles:
        raise BadPerson(
            field_zh="岗位",
            field_en="roles",
            value="、".join(unknown),
            where="roles",
            why_zh=f"只能是 {'、'.join(Role.values)}",
            why_en=f"known are {', '.join(Role.values)}",
        )
    if person.has_role(Role.SUPERVISOR) and _family(person.organ) not in SUPERVISING:
        raise BadPerson(
            field_zh="岗位",
            field_en="roles",
            value=Role.SUPERVISOR.value,
            where="roles",
            why_zh="监督岗位只设在监督机关和检察院",
            why_en="supervisors work in supervising organs and procuratorates only",
        )
    if person.language not in {"zh", "en"}:
        raise BadPerson(
            field_zh="语言",
            field_en="language",
            value=person.language,
            where="language",
            why_zh="只有 zh 和 en",
            why_en="there are zh and en",
        )


def _family(organ: Organ) -> str:
    kind = current_pack().organ_kinds.get(organ.kind)
    return kind.family if kind else ""
