"""A small invented world made through the actions: a feed with copies, leads, a matter with goods and a handing over.

Used by the page tests and, served, by the browser tests. Every firm and mark is invented.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests import factories
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.keep_exhibit import keep_exhibit
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.opening import JoinedParty
from zhibao.apps.cases.queries import proceedings_of
from zhibao.apps.organs.models import Person, Role
from zhibao.apps.register.models import Right
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.screen_feed import screen_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.docket.events import Json

TITLES = (
    ("青釉坊 手绘盖碗", "青浦瓷器店", 6800),
    ("青★釉★坊 正品茶具", "青浦瓷器店", 9900),
    ("清釉坊 功夫茶具", "雅集茶器", 5600),
    ("GANYU 快充头", "屿数码", 3900),
    ("景德镇手绘花瓶", "窑火工坊", 12800),
)


@dataclass(frozen=True, slots=True)
class World:
    """Who is in it and what happened."""

    handler: Person
    colleague: Person
    head: Person
    registrar: Person
    analyst: Person
    police: Person
    supervisor: Person
    right: Right
    matter: Matter
    fresh: Matter


def people() -> dict[str, Person]:
    """Make one organ of each kind and one person of each role, in the ordinary places."""
    agency = factories.make_organ(
        name_zh="景德镇市市场监督管理局", short_zh="市场监管局", short_en="Market regulation", paper_word="景市监"
    )
    police = factories.make_organ(
        "police", name_zh="景德镇市公安局", short_zh="公安局", short_en="Police", paper_word="景公"
    )
    proc = factories.make_organ(
        "procuratorate",
        place="360000",
        name_zh="江西省人民检察院",
        short_zh="省检察院",
        short_en="Procuratorate",
        paper_word="赣检",
    )
    return {
        "handler": factories.make_person(
            agency, Role.HANDLER, username="shen", name_zh="沈砚秋", name_en="Shen Yanqiu"
        ),
        "colleague": factories.make_person(
            agency, Role.HANDLER, username="wei", name_zh="魏书棠", name_en="Wei Shutang"
        ),
        "head": factories.make_person(agency, Role.HEAD, Role.HANDLER, username="head"),
        "registrar": factories.make_person(agency, Role.REGISTRAR, username="registrar"),
        "analyst": factories.make_person(agency, Role.ANALYST, Role.ADMIN, username="analyst"),
        "police": factories.make_person(
            police, Role.HANDLER, username="police", name_zh="梁问渠", name_en="Liang Wenqu"
        ),
        "supervisor": factories.make_person(
            proc, Role.SUPERVISOR, username="supervisor", name_zh="温既明", name_en="Wen Jiming"
        ),
    }


def watch(analyst: Person, now: datetime) -> None:
    """Take a feed in and screen it."""
    make_feed(actor=analyst, id="demo-mall", name_zh="示例商城", name_en="Sample mall", now=now)
    rows = [
        IncomingListing(
            f"L{number}", title, shop=shop, price_fen=price, place="360200", seen_at=now - timedelta(hours=5)
        )
        for number, (title, shop, price) in enumerate(TITLES)
    ]
    take_listings(actor=analyst, feed="demo-mall", rows=rows, now=now)
    screen_feed(actor=analyst, feed="demo-mall", now=now)


def record(
    actor: Person, matter: Matter, kind: str, at: datetime, now: datetime, data: Mapping[str, Json] | None = None
) -> int:
    """Record one event in the actor's own proceeding of the matter."""
    own = next(each for each in proceedings_of(matter) if each.organ_id == actor.organ_id)
    event = record_event(
        actor=actor,
        matter_id=matter.pk,
        proceeding_id=own.pk,
        kind=kind,
        at=at,
        data=data or {},
        expected_seq=None,
        now=now,
    )
    return event.seq


def old_matter(who: dict[str, Person], right: Right, now: datetime) -> Matter:
    """A matter from the clue to the handing over, with goods, a late step and a correction."""
    handler = who["handler"]
    start = now - timedelta(days=120)
    shop = factories.make_party("青浦坊瓷器店", kind="shop")
    parties = [JoinedParty(right.owner, "right-holder"), JoinedParty(shop, "suspect")]
    matter = open_matter(
        actor=handler,
        title="销售假冒「青釉坊」瓷器案",
        place="360200",
        procedure="administrative",
        rights=[right],
        parties=parties,
        received_at=start,
        now=now,
    )

    def at(days: float) -> datetime:
        return start + timedelta(days=days)

    record(handler, matter, "filed", at(10), now)
    seized = record(handler, matter, "seized", at(11), now)
    record(handler, matter, "identification-started", at(12), now)
    record(handler, matter, "identification-ended", at(22), now)
    record(
        handler,
        matter,
        "act-found",
        at(25),
        now,
        {"kind": "sell-counterfeit-goods", "from": "2024-11-06", "to": "2025-03-28", "right_kinds": 1, "entity": False},
    )
    lines = [
        {"name": "盖碗", "right": str(right.pk), "quantity": 1840, "state": "sold", "prices": {"actual": "68.00"}},
        {"name": "品茗杯", "right": str(right.pk), "quantity": 4500, "state": "sold", "prices": {"actual": "36.00"}},
        {"name": "盖碗", "right": str(right.pk), "quantity": 860, "state": "unsold", "prices": {}},
        {"name": "香插", "right": str(right.pk), "quantity": 120, "state": "unsold", "prices": {"marked": "45.00"}},
    ]
    record(handler, matter, "goods-recorded", at(26), now, {"lines": lines})
    record(handler, matter, "transfer-proposed", at(28), now)
    record(handler, matter, "transfer-approved", at(30), now)
    own = proceedings_of(matter)[0]
    hand_over(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=own.pk,
        at=at(31),
        expected_seq=None,
        to=who["police"].organ_id,
        now=now,
    )
    record(who["police"], matter, "receipt-signed", at(31.2), now)
    correct_event(
        actor=handler, matter_id=matter.pk, seq=seized, why="时间记错了", at=at(11.1), expected_seq=None, now=now
    )
    keep_exhibit(
        actor=handler,
        matter_id=matter.pk,
        proceeding_id=own.pk,
        stream=io.BytesIO("订单号,件数\n1,1840\n".encode()),
        name="订单导出.csv",
        origin="平台导出，两名执法人员在场",
        captured_at=at(11),
        expected_seq=None,
        now=now,
    )
    return matter


def build(now: datetime | None = None) -> World:
    """Build the world as of ``now`` (default: the present moment, as a served page sees it)."""
    now = now or datetime.now(UTC)
    who = people()
    right = factories.make_right()
    factories.make_right(name="赣屿", number="20000001")
    watch(who["analyst"], now)
    matter = old_matter(who, right, now)
    fresh = open_matter(
        actor=who["handler"],
        title="直播间销售茶叶案",
        place="360200",
        procedure="administrative",
        received_at=now - timedelta(days=8),
        now=now,
    )
    sweep(now=now)
    return World(**who, right=right, matter=matter, fresh=fresh)
