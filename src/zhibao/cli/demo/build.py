"""Builds the sample province through the same actions people use, then runs the main job over it.

Knows the order of things; what is invented comes from the generators, what is derived from the rooms below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from zhibao.apps.cases.actions.append_many import append_many
from zhibao.apps.cases.incoming import IncomingEvent, IncomingMatter, IncomingProceeding
from zhibao.apps.organs.actions.make_organ import make_organ
from zhibao.apps.organs.actions.make_person import make_person
from zhibao.apps.organs.models import Organ, Person
from zhibao.apps.register.actions.add_rights import add_rights
from zhibao.apps.register.models import Right
from zhibao.apps.register.newcomers import NewParty, NewPeriod, NewRight
from zhibao.apps.register.queries import each_right, rights_with
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.screen_feed import ScreenSummary, screen_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.cli.demo.generate_listings import FEEDS, ListingSeed, Planted, generate_listings
from zhibao.cli.demo.generate_matters import MatterSeed, generate_matters
from zhibao.cli.demo.generate_organs import OrganSeed, PersonSeed, generate_organs, generate_people
from zhibao.cli.demo.generate_rights import OwnerSeed, RightSeed, draw_logo, generate_owners, generate_rights
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.money import parse_yuan

Advance = Callable[[int], None]
SEED = 20200604  # the day of the opinions the software is built from
ADMIN = "admin"
BIRTHPLACE = "jx-360000-ip-office"  # the organ of the first administrator


@dataclass(slots=True)
class Province:
    """What was made, and the answer key of what was planted in it."""

    now: datetime
    random: Random
    people: dict[str, Person] = field(default_factory=dict)
    owners: list[OwnerSeed] = field(default_factory=list)
    rights: list[RightSeed] = field(default_factory=list)
    planted_series: list[Planted] = field(default_factory=list)
    matters: list[tuple[IncomingMatter, MatterSeed]] = field(default_factory=list)
    screened: list[ScreenSummary] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def build_organs(province: Province, password: str) -> None:
    """Make the organs and the people; only the well-known accounts get a password."""
    seeds = {seed.id: seed for seed in generate_organs()}
    people = list(generate_people(province.random))
    first = _make_organ(province, None, seeds.pop(BIRTHPLACE))
    admin_seed = next(seed for seed in people if seed.username == ADMIN)
    admin = _make_person(province, None, first, admin_seed, password)
    organs = {first.pk: first} | {seed.id: _make_organ(province, admin, seed) for seed in seeds.values()}
    heads: dict[str, Person] = {first.pk: admin}
    for seed in people:
        if seed.username == ADMIN:
            continue
        known = "-" not in seed.username or seed.username.startswith("officer")
        person = _make_person(
            province, heads.get(seed.organ, admin), organs[seed.organ], seed, password if known else None
        )
        heads.setdefault(seed.organ, person)


def _make_organ(province: Province, actor: Person | None, seed: OrganSeed) -> Organ:
    return make_organ(
        actor=actor,
        id=seed.id,
        kind=seed.kind,
        place=seed.place,
        name_zh=seed.name_zh,
        name_en=seed.name_en,
        short_zh=seed.short_zh,
        short_en=seed.short_en,
        paper_word=seed.paper_word,
        parent=seed.parent,
        competences=seed.competences,
        now=province.now,
    )


def _make_person(
    province: Province, actor: Person | None, organ: Organ, seed: PersonSeed, password: str | None
) -> Person:
    person = make_person(
        actor=actor,
        organ=organ,
        username=seed.username,
        name_zh=seed.name_zh,
        name_en=seed.name_en,
        roles=seed.roles,
        password=password,
        language=seed.language,
        now=province.now,
    )
    province.people[seed.username] = person
    return person


def build_rights(province: Province, advance: Advance) -> int:
    """Register the rights, a drawn logo for every mark, and return how many are new."""
    province.owners = list(generate_owners(province.random))
    province.rights = list(generate_rights(province.random, province.owners, province.now.date()))
    admin = province.people[ADMIN]
    added = add_rights(actor=admin, rights=_incoming_rights(province, admin, advance), now=province.now)
    return added.made


def _incoming_rights(province: Province, admin: Person, advance: Advance) -> Iterator[NewRight]:
    for n, seed in enumerate(province.rights):
        logo = ""
        if seed.kind == "trademark":
            image = BytesIO(draw_logo(seed.name, n))
            logo = store_file(actor=admin, stream=image, name=f"{seed.number}.png", now=province.now).sha256
        yield _incoming_right(seed, province.owners[seed.owner], logo)
        advance(1)


def _incoming_right(seed: RightSeed, owner: OwnerSeed, logo: str) -> NewRight:
    return NewRight(
        kind=seed.kind,
        number=seed.number,
        name=seed.name,
        owner=NewParty(
            name=owner.name,
            kind=owner.kind,
            name_en=owner.name_en,
            uscc=owner.uscc,
            place=owner.place,
            address=owner.address,
            phone=owner.phone,
            country=owner.country,
            ownership=owner.ownership,
            size=owner.size,
        ),
        classes=seed.classes,
        goods=seed.goods,
        applied_on=seed.applied_on,
        granted_on=seed.granted_on,
        industry=seed.industry,
        place=seed.place,
        watched=seed.watched,
        image_sha256=logo,
        periods=tuple(NewPeriod(*period) for period in seed.periods),
        details=seed.details,
    )


def build_listings(province: Province, advance: Advance) -> int:
    """Take in the feeds' listings and return how many are new."""
    listings, province.planted_series = generate_listings(
        province.random, province.owners, province.rights, province.now
    )
    admin = province.people[ADMIN]
    new = 0
    for feed, name_zh, name_en in FEEDS:
        make_feed(actor=admin, id=feed, name_zh=name_zh, name_en=name_en, now=province.now)
        rows = [_incoming_listing(seed) for seed in listings if seed.feed == feed]
        taken = take_listings(actor=admin, feed=feed, rows=rows, now=province.now)
        province.refused += [error.say("en") for error in taken.refused]
        new += taken.new
        advance(len(rows))
    return new


def _incoming_listing(seed: ListingSeed) -> IncomingListing:
    return IncomingListing(
        external_id=seed.external_id,
        title=seed.title,
        shop=seed.shop,
        price_fen=parse_yuan(seed.price),
        category=seed.category,
        url=seed.url,
        place=seed.place,
        seen_at=seed.seen_at,
    )


def build_matters(province: Province, advance: Advance) -> int:
    """Bring in the matters with their events and return how many events were kept."""
    local = province.now.astimezone(LEGAL_TZ)
    seeds = list(generate_matters(province.random, province.owners, province.rights, local))
    marks = {right.number: right for right in each_right(rights_with(kind="trademark"))}
    province.matters = [(_incoming_matter(seed, marks[seed.right]), seed) for seed in seeds]
    done = 0

    def told(count: int, _total: int | None) -> None:
        nonlocal done
        advance(count - done)
        done = count

    brought = append_many(
        actor=province.people[ADMIN], matters=[m for m, _ in province.matters], now=province.now, progress=told
    )
    province.refused += [f"{one.title}: {one.error.say('en')} ({one.error.where})" for one in brought.refused]
    return brought.events


ORGAN_OF = {"administrative": "market-regulation", "criminal": "police", "complaint": "market-regulation"}


def _incoming_matter(seed: MatterSeed, right: Right) -> IncomingMatter:
    proceedings: dict[str, IncomingProceeding] = {}
    for event in seed.events:
        if event.procedure not in proceedings:
            organ = f"jx-{seed.place}-{ORGAN_OF[event.procedure]}"
            proceedings[event.procedure] = IncomingProceeding(
                event.procedure, organ, event.at - timedelta(seconds=30), handler=_clerk(organ)
            )
    first = seed.events[0]
    opened = proceedings[first.procedure]
    joined: list[IncomingEvent] = [
        _opening(opened, first.at),
        _event(opened, first.kind, first.at, first.data),
        _event(
            opened,
            "right-attached",
            first.at,
            {"right": str(right.pk), "kind": right.kind, "number": right.number, "name": right.name},
        ),
        _event(opened, "party-joined", first.at, {"party": seed.suspect, "name": seed.suspect, "role": "suspect"}),
    ]
    seen = {first.procedure}
    for event in seed.events[1:]:
        proceeding = proceedings[event.procedure]
        if event.procedure not in seen:
            seen.add(event.procedure)
            joined.append(_opening(proceeding, event.at))
        data = dict(event.data)
        if event.kind == "handed-over":
            receiver = proceedings[str(data["to"])]
            data = {"to": receiver.organ, "proceeding": str(receiver.id)}
        joined.append(_event(proceeding, event.kind, event.at, data))
    return IncomingMatter(seed.title, seed.place, first.at, tuple(proceedings.values()), tuple(joined))


def _clerk(organ: str) -> str:
    return f"{organ.removeprefix('jx-')}-2"


def _opening(proceeding: IncomingProceeding, at: datetime) -> IncomingEvent:
    return _event(proceeding, "proceeding-opened", at, {"procedure": proceeding.procedure, "organ": proceeding.organ})


def _event(proceeding: IncomingProceeding, kind: str, at: datetime, data: dict[str, object]) -> IncomingEvent:
    return IncomingEvent(proceeding.id, kind, at, _clerk(proceeding.organ), data)  # type: ignore[arg-type]  # generators write plain JSON


def screen(province: Province, advance: Advance) -> None:
    """Run the watch over every feed."""
    for feed, _, _ in FEEDS:
        last = 0

        def told(count: int, _total: int | None) -> None:
            nonlocal last
            advance(count - last)
            last = count

        province.screened.append(screen_feed(actor=province.people[ADMIN], feed=feed, now=province.now, progress=told))
