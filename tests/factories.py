"""Things tests need: organs, people, parties, rights. Invented names only.

Rows are written directly, not through actions, so that a test of one action does not depend on another.
"""

import itertools
from datetime import UTC, date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from zhibao.apps.organs.models import Organ, Person, Role
from zhibao.apps.register.models import Party, Right, RightPeriod
from zhibao.kernel.places import PlaceCode

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # a Monday, 10:30 in Shanghai
PASSWORD = "porcelain-blue-2026"

_count = itertools.count(1)


def make_organ(kind="market-regulation", place="360200", **more) -> Organ:
    key = more.pop("id", f"jx-{place}-{kind}")
    fields = {
        "kind": kind,
        "level": PlaceCode(place).level.value,
        "place": place,
        "name_zh": f"{place} {kind} 局",
        "name_en": f"{place} {kind} office",
        "short_zh": f"{place}局",
        "short_en": f"{place} office",
        "paper_word": f"试{place[2:4]}",
        "competences": COMPETENCES.get(kind, []),
    } | more
    return Organ.objects.get_or_create(id=key, defaults=fields)[0]


COMPETENCES = {
    "market-regulation": ["administrative", "complaint", "adjudication"],
    "police": ["criminal"],
    "procuratorate": ["supervision"],
    "court": ["civil"],
    "customs": ["customs"],
}


@cache
def hashed() -> str:
    """The password's hash, made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def make_person(organ, *roles, username="", **more) -> Person:
    number = next(_count)
    person = Person(
        username=username or f"person{number}",
        name_zh=more.pop("name_zh", f"测试员{number}"),
        name_en=more.pop("name_en", f"Test person {number}"),
        organ=organ,
        roles=[str(role) for role in roles or (Role.HANDLER,)],
        **more,
    )
    person.password = hashed()
    person.save()
    return person


def make_party(name="景德镇青釉瓷业有限公司", **more) -> Party:
    return Party.objects.create(**{"kind": "company", "name": name, "place": "360200"} | more)


def make_right(
    name="青釉坊", kind="trademark", owner=None, number="", since=date(2018, 3, 7), until=date(2028, 3, 6), **more
) -> Right:
    from zhibao.apps.register.store import sought_text

    right = Right(
        kind=kind,
        name=name,
        number=number or f"{10_000_000 + next(_count)}",
        owner=owner or Party.objects.filter(name="景德镇青釉瓷业有限公司").first() or make_party(),
        **{"classes": [21], "granted_on": since, "watched": True} | more,
    )
    right.sought = sought_text(right)
    right.save()
    if since:
        RightPeriod.objects.create(right=right, status="in-force", from_day=since, to_day=until)
    return right
