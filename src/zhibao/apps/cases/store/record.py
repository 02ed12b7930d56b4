"""The record itself: how one append is written, and how events are read back.

Knows sequence, chain and transaction; knows nothing of who may write or of what the law makes of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from zhibao.apps.cases.errors import BrokenChain, MatterMovedOn, MatterNotFound, SeqAhead, UnreadableData
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event as EventRow
from zhibao.apps.cases.models import Proceeding
from zhibao.apps.cases.store.rows import Addition, Head, heads_of, put
from zhibao.apps.cases.store.standings import guides, standings
from zhibao.apps.organs.models import Person
from zhibao.docket.chain import seal
from zhibao.docket.events import Event, Json
from zhibao.docket.standing import Standing
from zhibao.kernel.canonical import canonical_bytes
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be recorded; number, hash and law pack are the store's to add."""

    proceeding: Proceeding
    kind: str
    at: datetime
    data: Mapping[str, Json] = field(default_factory=dict)
    exhibits: tuple[str, ...] = ()


def add(
    matter_id: UUID, steps: Sequence[Step], *, actor: Person, now: datetime, expected_seq: int | None = None
) -> tuple[Event, ...]:
    """Record the steps in a transaction, or in the caller's, and return all events of the matter.

    The matter is taken as this process knows it, else read. Lists are not touched: ``appending`` is the door to this.
    """
    pack = current_pack()
    known = standings.take(matter_id, pack)
    if known is not None and expected_seq in {None, known.seq}:
        try:
            addition = join(matter_id, known, steps, actor=actor, now=now)
        except ZhibaoError:
            pass  # it may be refused for what no longer stands: only a fresh reading may refuse
        else:
            if put(addition):
                return _kept(matter_id, known)
            known.rewind(addition.seen.seq)
    with transaction.atomic():
        standing = read_standing(matter_id, pack, known)
        check_seen(matter_id, expected_seq, standing.seq)
        addition = join(matter_id, standing, steps, actor=actor, now=now)
        if not put(addition):
            raise moved_on(matter_id, addition.seen.seq)
    return _kept(matter_id, standing)


def _kept(matter_id: UUID, standing: Standing) -> tuple[Event, ...]:
    """Return the events, and keep the standing for the next append: from then on others may change it."""
    events = tuple(standing.events)
    standings.keep(matter_id, standing)
    return events


def read_standing(matter_id: UUID, pack: Pack, known: Standing | None = None) -> Standing:
    """Return the matter as it stands, its head held until the caller's transaction ends.

    Raises ``MatterNotFound``, and ``BrokenChain`` where the last event is not the one the head names.
    """
    heads = heads_of([matter_id], hold=True)
    if matter_id not in heads:
        raise MatterNotFound
    return standings_at(heads, {matter_id: known} if known else {}, pack)[matter_id]


def standings_at(heads: Mapping[UUID, Head], known: Mapping[UUID, Standing], pack: Pack) -> dict[UUID, Standing]:
    """Return each matter as its head says it stands; two queries at most for all.

    Of a matter known here only what was recorded since is read, and taken if it joins what is known; else all of it.
    Raises ``BrokenChain`` where the last event is not the one the head names.
    """
    found = {key: standing for key, standing in known.items() if (standing.seq, standing.hash) == heads[key]}
    since = {key: standing.seq for key, standing in known.items() if standing.seq < heads[key].seq}
    for key, later in _events_since(since).items():
        if known[key].follow(later):
            found[key] = known[key]
    unknown = [key for key in heads if key not in found]
    for key, events in (events_of_many(unknown) if unknown else {}).items():
        found[key] = Standing(guides.of(pack), events)
    for key, standing in found.items():
        if (standing.seq, standing.hash) != heads[key]:
            raise BrokenChain(where=str(key), matter=str(key), seq=heads[key].seq)
    return found


def check_seen(matter_id: UUID, expected_seq: int | None, seq: int) -> None:
    """Raise ``MatterMovedOn`` or ``SeqAhead`` where the person had not seen just the events up to ``seq``."""
    if expected_seq is not None and expected_seq > seq:
        raise SeqAhead(expected=expected_seq, head=seq)
    if expected_seq is not None and expected_seq < seq:
        raise moved_on(matter_id, expected_seq)


def moved_on(matter_id: UUID, seen: int) -> MatterMovedOn:
    """Name the people and the steps that came after ``seen``, in both languages."""
    rows = EventRow.objects.filter(matter_id=matter_id, seq__gt=seen).select_related("actor").order_by("seq")
    kinds = current_pack().event_kinds
    people = {row.actor_id: row.actor for row in rows}
    titles = {row.kind: kinds[row.kind].title if row.kind in kinds else None for row in rows}
    return MatterMovedOn(
        where=f"seq {seen}",
        who_zh="、".join(person.name_zh for person in people.values()),
        who_en=", ".join(person.name_en or person.name_zh for person in people.values()),
        what_zh="、".join(title.zh if title else kind for kind, title in titles.items()),
        what_en=", ".join(title.en if title else kind for kind, title in titles.items()),
    )


def join(matter_id: UUID, standing: Standing, steps: Sequence[Step], *, actor: Person, now: datetime) -> Addition:
    """Join ``steps`` to ``standing``, each accepted against all before it, and return them as an addition to its head.

    Raises what ``docket.acceptance`` raises, and ``UnreadableData``; ``standing`` is then as it was.
    """
    seen = Head(standing.seq, standing.hash)
    try:
        data = tuple(_join(standing, step, actor=actor, now=now) for step in steps)
    except Exception:
        standing.rewind(seen.seq)
        raise
    return Addition(matter_id, seen, tuple(standing.events[seen.seq :]), data)


def _join(standing: Standing, step: Step, *, actor: Person, now: datetime) -> str:
    """Join one step and return the canonical form of its data."""
    data = readable(step.data)
    event = Event(
        kind=step.kind,
        at=step.at.astimezone(UTC),
        data=step.data,
        proceeding=str(step.proceeding.pk),
        procedure=step.proceeding.procedure,
        organ=step.proceeding.organ_id,
        actor=str(actor.pk),
        seq=standing.seq + 1,
        recorded_at=now.astimezone(UTC),
        exhibits=step.exhibits,
        law_pack=standing.guide.pack.hash,
    )
    standing.check(event)
    standing.add(seal(event, standing.hash, data))
    return data


def readable(data: Mapping[str, Json]) -> str:
    """Return the canonical form of ``data`` if both databases can keep it and give it back bit for bit.

    Raises ``UnreadableData``.
    """
    try:
        text = canonical_bytes(data).decode()
    except (ZhibaoError, ValueError, TypeError) as fault:
        raise UnreadableData(problem_zh=_said(fault, "zh"), problem_en=_said(fault, "en")) from fault
    if "\\u0000" in text:
        raise UnreadableData(problem_zh="文字里有空字符", problem_en="text with a NUL character")
    return text


def _said(fault: Exception, lang: str) -> str:
    """Return what is wrong as part of a sentence."""
    if isinstance(fault, ZhibaoError):
        return fault.say(lang).rstrip("。.")
    return (
        "有半个字符或者写不成 JSON 的值" if lang == "zh" else "half a character, or a value that JSON has no form for"
    )


COLUMNS = (
    "matter_id",
    "kind",
    "at",
    "data",
    "proceeding_id",
    "proceeding__procedure",
    "organ_id",
    "actor_id",
    "seq",
    "recorded_at",
    "exhibits",
    "law_pack",
    "prev",
    "hash",
)


def events_of(matter_id: UUID, *, upto: int | None = None) -> tuple[Event, ...]:
    """Return the matter's events in order, as the docket reads them; one query."""
    rows = EventRow.objects.filter(matter_id=matter_id)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    return tuple(event for _matter, event in _read(rows.order_by("seq")))


def events_of_many(matter_ids: Iterable[UUID]) -> dict[UUID, tuple[Event, ...]]:
    """Return the events of each matter; one query for all."""
    found: dict[UUID, list[Event]] = {matter_id: [] for matter_id in matter_ids}
    for matter_id, event in _read(EventRow.objects.filter(matter_id__in=list(found)).order_by("matter_id", "seq")):
        found[matter_id].append(event)
    return {matter_id: tuple(events) for matter_id, events in found.items()}


def _events_since(seqs: Mapping[UUID, int]) -> dict[UUID, list[Event]]:
    """Return of each matter the events after the number given; one query for all, none for none."""
    found: dict[UUID, list[Event]] = {key: [] for key in seqs}
    if found:
        wanted = Q(*(Q(matter_id=key, seq__gt=seq) for key, seq in seqs.items()), _connector=Q.OR)
        for key, event in _read(EventRow.objects.filter(wanted).order_by("matter_id", "seq")):
            found[key].append(event)
    return found


def _read(rows: "QuerySet[EventRow]") -> Iterator[tuple[UUID, Event]]:
    """Yield each row's matter and event without making a model of it: a matter may have thousands."""
    for row in rows.values_list(*COLUMNS):
        matter, kind, at, data, proceeding, procedure, organ, actor, seq, recorded_at, exhibits, law, prev, digest = row
        yield (
            matter,
            Event(
                kind=kind,
                at=at,
                data=data,
                proceeding=str(proceeding),
                procedure=procedure,
                organ=organ,
                actor=str(actor),
                seq=seq,
                recorded_at=recorded_at,
                exhibits=tuple(exhibits),
                law_pack=law,
                prev=prev,
                hash=digest,
            ),
        )


def proceeding_of_event(matter_id: UUID, seq: int) -> UUID | None:
    """Return the proceeding of the matter's event ``seq``, None where there is no such event."""
    found: UUID | None = (
        EventRow.objects.filter(matter_id=matter_id, seq=seq).values_list("proceeding_id", flat=True).first()
    )
    return found
