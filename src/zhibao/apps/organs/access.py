"""Who may do what, to which thing: one table of deeds, and small functions that read it.

Knows roles, organs and places; does not know rights, matters or exhibits. A thing of a higher app is judged by the
organ it belongs to (its ``organ``); what more such a thing needs, its own app's ``access.py`` asks on top.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from zhibao.apps.organs.errors import DeedNotAllowed, OrganNotFound, PersonNotFound, PurposeMissing
from zhibao.apps.organs.models import Organ, Person, Role
from zhibao.kernel.labels import Label
from zhibao.kernel.places import PlaceCode


class Deed(StrEnum):
    """What a person may want to do."""

    READ = "read"  # a matter, a lead, an exhibit of the organ
    SUPERVISE = "supervise"  # read what other organs do, with a purpose, and see findings
    HANDLE = "handle"  # open matters, record events, add exhibits
    CORRECT = "correct"  # a correcting event
    APPROVE = "approve"  # steps that need the head of the organ
    SEAL = "seal"
    ANSWER = "answer"  # say of a finding about the organ whether it is right; supervisors do so too
    TRIAGE = "triage"  # decide leads
    SCREEN = "screen"  # take listings in and hold them against the register
    READ_REGISTER = "read-register"
    REGISTER = "register"  # add rights, change their status, import files
    EXPORT = "export"
    READ_ORGANS = "read-organs"
    MANAGE = "manage"  # people of an organ
    FOUND = "found"  # make organs
    READ_LAW = "read-law"
    IMPORT_LAW = "import-law"  # bring in texts of law
    CHECK_LAW = "check-law"  # say whether a legal value is as the text says
    CHANGE_LAW = "change-law"  # the pack in use: a published calendar, a deadline of the province's own
    USE_API = "use-api"  # have tokens of one's own


class Reach(StrEnum):
    """How far from one's own organ a deed reaches."""

    ANYWHERE = "anywhere"
    OWN = "own"  # the person's organ
    BELOW = "below"  # that and organs of the same kind in places it covers
    COVERED = "covered"  # any organ in a place the person's organ covers
    FOUNDED = "founded"  # as below; from an organ with none above it, any organ in a place it covers


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles allow a deed, how far it reaches, and what the deed is called in a sentence."""

    name: Label
    roles: frozenset[str]
    reach: Reach


ALL = frozenset(str(role) for role in Role)
READERS = frozenset({Role.HANDLER.value, Role.HEAD.value, Role.ANALYST.value, Role.SUPERVISOR.value})
CASE = frozenset({Role.HANDLER.value, Role.HEAD.value})


def _rule(zh: str, en: str, roles: frozenset[str] | set[Role], reach: Reach) -> Rule:
    return Rule(Label(zh, en), frozenset(str(role) for role in roles), reach)


RULES: dict[str, Rule] = {
    Deed.READ: _rule("查看这个机关的案件", "read the matters of this organ", READERS, Reach.BELOW),
    Deed.SUPERVISE: _rule("监督这个机关", "supervise this organ", {Role.SUPERVISOR}, Reach.COVERED),
    Deed.HANDLE: _rule("替这个机关办案", "handle matters of this organ", CASE, Reach.OWN),
    Deed.CORRECT: _rule("更正这个机关的记录", "correct records of this organ", CASE, Reach.OWN),
    Deed.APPROVE: _rule("替这个机关批准", "approve for this organ", {Role.HEAD}, Reach.OWN),
    Deed.SEAL: _rule("封存这个机关的证据", "seal exhibits of this organ", CASE, Reach.OWN),
    Deed.ANSWER: _rule("答复监督发现", "answer findings", CASE, Reach.BELOW),
    Deed.TRIAGE: _rule(
        "判断这个机关的线索", "decide leads of this organ", {Role.HANDLER, Role.HEAD, Role.ANALYST}, Reach.BELOW
    ),
    Deed.SCREEN: _rule("运行监测", "run the watch", {Role.ANALYST, Role.ADMIN}, Reach.ANYWHERE),
    Deed.READ_REGISTER: _rule("查权利", "look up rights", ALL, Reach.ANYWHERE),
    Deed.REGISTER: _rule("登记权利", "enter rights", {Role.REGISTRAR, Role.ADMIN}, Reach.ANYWHERE),
    Deed.EXPORT: _rule(
        "导出权利", "export rights", {Role.REGISTRAR, Role.ANALYST, Role.HEAD, Role.ADMIN}, Reach.ANYWHERE
    ),
    Deed.READ_ORGANS: _rule("查机关", "look up organs", ALL, Reach.ANYWHERE),
    Deed.MANAGE: _rule("管理这个机关的人员", "manage the people of this organ", {Role.ADMIN}, Reach.BELOW),
    Deed.FOUND: _rule("设立机关", "enter organs", {Role.ADMIN}, Reach.FOUNDED),
    Deed.READ_LAW: _rule("查法律", "look up the law", ALL, Reach.ANYWHERE),
    Deed.IMPORT_LAW: _rule("导入法律文本", "import texts of law", {Role.LAW_OFFICER, Role.ADMIN}, Reach.ANYWHERE),
    Deed.CHECK_LAW: _rule("核对法律值", "check legal values", {Role.LAW_OFFICER}, Reach.ANYWHERE),
    Deed.CHANGE_LAW: _rule("修改法律包", "change the law pack", {Role.LAW_OFFICER}, Reach.ANYWHERE),
    Deed.USE_API: _rule("使用接口", "use the interface", ALL, Reach.OWN),
}

_REACH_WORDS = {
    Reach.ANYWHERE: Label("", ""),
    Reach.OWN: Label("本机关的", " in that organ"),
    Reach.BELOW: Label("本机关或同系统上级机关的", " in that organ or one above it of the same kind"),
    Reach.COVERED: Label("管得到该地区的机关的", " in an organ that covers its place"),
    Reach.FOUNDED: Label(
        "同系统上级机关、或管得到该地区又没有上级的机关的",
        " in an organ above it of the same kind, or one that covers its place and has none above",
    ),
}
_ROLE_EN = {
    Role.HANDLER: "handler",
    Role.HEAD: "head",
    Role.REGISTRAR: "registrar",
    Role.ANALYST: "analyst",
    Role.SUPERVISOR: "supervisor",
    Role.LAW_OFFICER: "law officer",
    Role.ADMIN: "administrator",
}


@runtime_checkable
class OfOrgan(Protocol):
    """Anything that belongs to one organ."""

    organ: Organ


def covers(place: str, other: str) -> bool:
    """Return whether a GB/T 2260 place is or contains another: a province its cities, a city its counties."""
    return PlaceCode(place).contains(PlaceCode(other))


def within_reach(own: Organ, other: Organ, reach: Reach) -> bool:
    """Return whether a deed of that reach, done by somebody of ``own``, arrives at ``other``."""
    if reach is Reach.ANYWHERE or own.pk == other.pk:
        return True
    if not covers(own.place, other.place) or reach is Reach.OWN:
        return False
    below = own.kind == other.kind and own.place != other.place
    return reach is Reach.COVERED or below or (reach is Reach.FOUNDED and own.parent_id is None)


def organ_of(thing: object) -> Organ | None:
    """Return the organ a thing is judged by, or None for a deed that concerns no organ in particular."""
    if thing is None or isinstance(thing, Organ):
        return thing
    if isinstance(thing, OfOrgan):
        return thing.organ
    raise TypeError(f"{type(thing).__name__} belongs to no organ")


def can(person: Person, deed: str, thing: object = None) -> bool:
    """Return whether ``person`` may do ``deed`` to ``thing`` (an organ, something with an ``organ``, or nothing)."""
    rule = RULES[deed]
    if not (person.is_active and rule.roles.intersection(person.roles)):
        return False
    organ = organ_of(thing)
    return organ is None or within_reach(person.organ, organ, rule.reach)


def require(person: Person, deed: str, thing: object = None) -> None:
    """Raise DeedNotAllowed, saying which roles would do, unless ``person`` may do ``deed`` to ``thing``."""
    if can(person, deed, thing):
        return
    rule, where = RULES[deed], _REACH_WORDS[RULES[deed].reach]
    roles = [role for role in Role if role.value in rule.roles]
    raise DeedNotAllowed(
        deed_zh=rule.name.zh,
        deed_en=rule.name.en,
        needs_zh=f"{where.zh}{'、'.join(role.label for role in roles)}岗位",
        needs_en=f"the role of {' or '.join(_ROLE_EN[role] for role in roles)}{where.en}",
    )


def require_reading(person: Person, thing: object, purpose: str) -> None:
    """Let people of the organ (or one above it) read, and supervisors of the place who say why; raise otherwise."""
    if can(person, Deed.READ, thing):
        return
    require(person, Deed.SUPERVISE, thing)
    if not purpose.strip():
        raise PurposeMissing


def access_organ(person: Person, organ_id: str, deed: str = Deed.READ_ORGANS) -> Organ:
    """Return an organ the person may do ``deed`` to; raises OrganNotFound or DeedNotAllowed."""
    organ = Organ.objects.filter(pk=organ_id).first()
    if organ is None:
        raise OrganNotFound(organ=organ_id)
    require(person, deed, organ)
    return organ


def access_person(person: Person, username: str) -> Person:
    """Return a person by log-in name: oneself always, others to the administrator of their organ or one above it."""
    found = Person.objects.select_related("organ").filter(username__iexact=username).first()
    if found is None or not (found.pk == person.pk or can(person, Deed.MANAGE, found)):
        raise PersonNotFound(person=username)
    return found


def operator(username: str) -> Person:
    """Return the active person with this log-in name, for the command line, whose user holds the database anyway."""
    found = Person.objects.select_related("organ").filter(username__iexact=username).first()
    if found is None or not found.is_active:
        raise PersonNotFound(person=username)
    return found


def operators(role: str) -> list[Person]:
    """Return the active people with a role whose organ covers the most, for the command line to act as when there is one."""
    people = [
        person for person in Person.objects.select_related("organ").filter(is_active=True) if person.has_role(role)
    ]
    widest = min((len(person.organ.place.rstrip("0")) for person in people), default=0)
    return [person for person in people if len(person.organ.place.rstrip("0")) == widest]
