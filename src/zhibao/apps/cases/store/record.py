"""The record itself: how events are written and read back.

Knows sequence, chain and transaction; knows nothing of who may write or of what the law makes of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from zhibao.apps.cases.deriving import derive
from zhibao.apps.cases.errors import MatterMovedOn, MatterNotFound, SeqAhead, UnreadableData
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Event as EventRow
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.store import projections
from zhibao.apps.organs.models import Person
from zhibao.docket.acceptance import check_new
from zhibao.docket.chain import seal
from zhibao.docket.events import Event, Json
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


def append(
    *, matter_id: UUID, steps: Sequence[Step], actor: Person, now: datetime, expected_seq: int | None = None
) -> tuple[Event, ...]:
    """Append ``steps`` to a matter in one transaction and return them as recorded.

    ``expected_seq`` is the last event the person had seen; if others have recorded since, nothing is written and
    ``MatterMovedOn`` says who and what. Left out, the step is appended to whatever stands now. The projections are
    refreshed in the same transaction, so a list never shows what the record does not hold.
    """
    pack = current_pack()
    with transaction.atomic():
        matter = _open_head(matter_id, expected_seq)
        before = events_of(matter_id, upto=matter.head_seq)
        added = seal_steps(pack, before, steps, actor=actor, now=now)
        derived = derive(pack, (*before, *added), now=now)
        add_events(matter, added, derived_seq=added[-1].seq, derived_pack=pack.hash, next_due=derived.next_due)
        projections.bring(matter, derived, pack)
    return added


def _open_head(matter_id: UUID, expected_seq: int | None) -> Matter:
    matters = Matter.objects.all() if expected_seq is not None else Matter.objects.select_for_update()
    matter = matters.filter(pk=matter_id).first()
    if matter is None:
        raise MatterNotFound
    if expected_seq is not None and expected_seq > matter.head_seq:
        raise SeqAhead(expected=expected_seq, head=matter.head_seq)
    if expected_seq is not None and expected_seq < matter.head_seq:
        raise _moved_on(matter_id, expected_seq)
    return matter


def add_events(matter: Matter, added: Sequence[Event], **more: str | int | datetime | None) -> None:
    """Move the head and insert the events, inside the caller's transaction; ``more`` is written with the head.

    Compare and set: whoever moves the head from the number they read has won; the other gets ``MatterMovedOn``.
    """
    seen = matter.head_seq
    head = {"head_seq": added[-1].seq, "head_hash": added[-1].hash, **more}
    if not Matter.objects.filter(pk=matter.pk, head_seq=seen).update(**head):
        raise _moved_on(matter.pk, seen)
    for name, value in head.items():
        setattr(matter, name, value)
    EventRow.objects.bulk_create(event_rows(matter, added))


def _moved_on(matter_id: UUID, seen: int) -> MatterMovedOn:
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


def seal_steps(
    pack: Pack, before: Sequence[Event], steps: Iterable[Step], *, actor: Person, now: datetime
) -> tuple[Event, ...]:
    """Return ``steps`` as events joined to the chain of ``before``, each accepted against all before it.

    Raises what ``docket.acceptance`` raises, and ``UnreadableData``. Writes nothing.
    """
    events = list(before)
    for step in steps:
        event = Event(
            kind=step.kind,
            at=step.at.astimezone(UTC),
            data=readable(step.data),
            proceeding=str(step.proceeding.pk),
            procedure=step.proceeding.procedure,
            organ=step.proceeding.organ_id,
            actor=str(actor.pk),
            seq=len(events) + 1,
            recorded_at=now.astimezone(UTC),
            exhibits=step.exhibits,
            law_pack=pack.hash,
        )
        check_new(pack, events, event)
        events.append(seal(event, events[-1].hash if events else ""))
    return tuple(events[len(before) :])


def readable(data: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return ``data`` if both databases can keep it and give it back bit for bit; else raise ``UnreadableData``."""
    try:
        text = canonical_bytes(data)
    except (ZhibaoError, ValueError, TypeError) as fault:
        raise UnreadableData(problem_zh=_said(fault, "zh"), problem_en=_said(fault, "en")) from fault
    if b"\\u0000" in text:
        raise UnreadableData(problem_zh="文字里有空字符", problem_en="text with a NUL character")
    return data


def _said(fault: Exception, lang: str) -> str:
    """Return what is wrong as part of a sentence."""
    if isinstance(fault, ZhibaoError):
        return fault.say(lang).rstrip("。.")
    return (
        "有半个字符或者写不成 JSON 的值" if lang == "zh" else "half a character, or a value that JSON has no form for"
    )


def event_rows(matter: Matter, events: Iterable[Event]) -> list[EventRow]:
    """Return the rows that keep ``events``."""
    return [
        EventRow(
            matter=matter,
            seq=event.seq,
            proceeding_id=UUID(event.proceeding),
            kind=event.kind,
            at=event.at,
            recorded_at=event.recorded_at or event.at,
            organ_id=event.organ,
            actor_id=int(event.actor),
            data=event.data,
            exhibits=list(event.exhibits),
            law_pack=event.law_pack,
            prev=event.prev,
            hash=event.hash,
        )
        for event in events
    ]


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
